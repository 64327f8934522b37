/// Which arguments of a command hold a secret; argument 0 is the command's name.
///
/// What follows the first secret is taken for one too: a password with spaces that nobody has put in quotes is several
/// arguments.
public enum SecretLayout: Sendable, Hashable, BitwiseCopyable {
    /// None.
    case none
    /// This one and all after it (AUTH).
    case from(Int)
    /// All after the word AUTH or AUTH2, looked for from this argument on (MIGRATE).
    case afterAuth(from: Int)
    /// All from this one on but for SETNAME and its name (HELLO).
    case greeting(from: Int)
    /// What follows the name of a setting that holds a password or a user, looked for from this argument on (CONFIG SET).
    case settings(from: Int)
    /// The first rule for a user that is a password or its hash, or no rule at all, looked for from this argument on
    /// (ACL SETUSER).
    case userRules(from: Int)
    /// Those of the command that stands from this argument on (ACL DRYRUN).
    case command(from: Int)

    /// The first argument that holds a secret, which all after it may do as well; nil if none does.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public func firstSecret(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Int? {
        switch self {
        case .none: nil
        case .from(let first): first < arguments.count ? first : nil
        case .afterAuth(let first): Self.index(after: first, in: buffer, arguments, where: SecretWords.isAuth)
        case .greeting(let first): Self.greetingSecret(from: first, in: buffer, arguments)
        case .settings(let first):
            Self.index(after: first, in: buffer, arguments, where: SecretWords.isSetting)
        case .userRules(let first):
            (first..<max(first, arguments.count)).first { !SecretWords.isPlainRule(buffer.extracting(arguments[$0])) }
        case .command(let first): Self.nestedSecret(from: first, in: buffer, arguments)
        }
    }

    /// The same layout for a name that is spelled wrongly, so that its words may be others than expected: what it looks
    /// for is looked for in all arguments.
    var loosened: SecretLayout {
        switch self {
        case .none, .from, .command: .from(1)
        case .afterAuth: .afterAuth(from: 1)
        case .greeting: self
        case .settings: .settings(from: 1)
        case .userRules: .userRules(from: 1)
        }
    }

    /// The argument after the first one, from `first` on, of which `isName` is true; nil if there is none.
    static func index(
        after first: Int, in buffer: Span<UInt8>, _ arguments: Span<Range<Int>>, where isName: (Span<UInt8>) -> Bool
    ) -> Int? {
        var index = first
        while index + 1 < arguments.count {
            // What is not looked through may hold one. Two conditions: with `||` the optimizer of Swift 6.3.1 crashes.
            if index >= mostLookedThrough { return index + 1 }
            let word = buffer.extracting(arguments[index])
            if isName(word) { return index + 1 }
            index += 1
        }
        return nil
    }

    /// How many arguments are looked through: whoever sends more does not buy time with it.
    private static let mostLookedThrough = 1_000

    /// A command within a command is looked at, and one within that is hidden whole.
    private static func nestedSecret(
        from first: Int, in buffer: Span<UInt8>, _ arguments: Span<Range<Int>>
    ) -> Int? {
        guard first < arguments.count else { return nil }
        let inner = arguments.extracting(droppingFirst: first)
        if case .command = Catalog.row(in: buffer, arguments: inner)?.facts.secrets { return first }
        return Catalog.firstSecret(in: buffer, arguments: inner).map { $0 + first }
    }

    /// `HELLO 3 SETNAME app` has none; of `HELLO 3 AUTH user password`, and of what is no option, the words are hidden.
    private static func greetingSecret(
        from first: Int, in buffer: Span<UInt8>, _ arguments: Span<Range<Int>>
    ) -> Int? {
        var index = first
        while index < arguments.count {
            let word = buffer.extracting(arguments[index])
            if equalsFolded(word, "SETNAME") {
                index += 2
            } else if SecretWords.isAuth(word) {
                return index + 1 < arguments.count ? index + 1 : nil
            } else {
                return index
            }
        }
        return nil
    }
}
