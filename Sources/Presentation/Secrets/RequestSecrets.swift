public import CommandCatalog

/// Which arguments of one request must not be shown, and which of the others are keys.
public struct RequestSecrets: Sendable {
    /// The first argument that holds a secret by its place, as all after it may; `Int.max` if none does.
    public let first: Int
    private let keys: KeyIndexes
    /// The first argument after a key that is called as a password is, under which the values are some; else `Int.max`.
    private let firstUnderPassword: Int

    /// Looks at a request.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold it.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    ///   - row: the command that it is, where it goes by a name of its own.
    public init(in buffer: Span<UInt8>, arguments: Span<Range<Int>>, as row: Command? = nil) {
        let command = row ?? Catalog.row(in: buffer, arguments: arguments)
        let secret = row?.facts.secrets.firstSecret(in: buffer, arguments: arguments)
        first = secret ?? Catalog.firstSecret(in: buffer, arguments: arguments) ?? Int.max
        var keys = command?.facts.keys.indexes(in: buffer, arguments: arguments)
        self.keys = keys ?? KeyLayout.none.indexes(argumentCount: 0) { _ in nil }
        let firstKey = keys?.next().flatMap { $0 < arguments.count ? $0 : nil }
        let isPassword = firstKey.map { Self.isPassword(key: buffer.extracting(arguments[$0])) } ?? false
        firstUnderPassword = isPassword ? (firstKey ?? 0) + 1 : Int.max
    }

    /// Looks at a request of these words.
    public init(_ words: some Collection<[UInt8]>) {
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for word in words {
            places.append(bytes.count..<bytes.count + word.count)
            bytes += word
        }
        self.init(in: bytes.span, arguments: places.span)
    }

    /// Whether an argument is a key, which stays readable.
    public func isKey(_ index: Int) -> Bool { keys.isKey(index) }

    /// Whether an argument is hidden whole: it is a secret by its place, or the value beside a name such as `password`.
    ///
    /// - Parameter name: the argument before it, or as much of it as a name has.
    public func hides(_ index: Int, after name: @autoclosure () -> [UInt8]) -> Bool {
        if index >= first { return true }
        guard index > 0, !isKey(index) else { return false }
        return index >= firstUnderPassword || (index > 1 && !isKey(index - 1) && Secrets.isName(name()))
    }

    /// Whether a key is called as a password is: `user:1:password`.
    private static func isPassword(key: Span<UInt8>) -> Bool {
        var start = key.count
        while start > 0, key[start - 1] != UInt8(ascii: ":"), key.count - start <= longestName { start -= 1 }
        var name: [UInt8] = []
        for index in start..<key.count { name.append(key[index]) }
        return Secrets.isName(name, isCertain: true)
    }

    /// No name of a secret is longer.
    public static let longestName = 200

    // MARK: Lines

    /// The places of what is secret in a line that somebody typed.
    ///
    /// Its quotes need not match: a password may be behind them. What follows a secret is hidden with it, up to the end of the line.
    ///
    /// - Parameter wordsBefore: how many of the line's words stand before the command's name.
    public static func places(in line: [UInt8], wordsBefore: ([[UInt8]]) -> Int) -> [Range<Int>] {
        let typed = TypedLine(line)
        let isWhole = typed.partial.isEmpty
        let words = typed.words + (isWhole ? [] : [typed.partialWord])
        let places = typed.places + (isWhole ? [] : [typed.partial.startIndex..<typed.partial.endIndex])
        let before = wordsBefore(words)
        let request = Array(words.dropFirst(before))
        let secrets = RequestSecrets(request)
        return request.indices.filter { secrets.hides($0, after: request[$0 - 1]) }.map { index in
            let place = places[before + index]
            return place.lowerBound..<(index >= secrets.first ? line.count : place.upperBound)
        }
    }
}
