import CommandCatalog

/// Takes what may be a secret out of what is shown.
///
/// The one place that knows what a secret looks like: what is shown, logged, or written to a file and came from elsewhere
/// goes through here. Of a request the catalog says which arguments are secret (``Catalog/firstSecret(in:arguments:)``);
/// in any other text they are found by the words around them.
public enum Secrets {
    /// What is shown in a secret's place.
    public static let mask = "(redacted)"

    /// The text with every secret masked that its form gives away: passwords in URLs, assignments, options, calls,
    /// literals beside a name such as `"password"`, commands that log in.
    ///
    /// Takes time in proportion to the text's length; a text of more than ``longest`` bytes is cut there.
    public static func masked(_ text: String, as notation: SecretNotation = .text) -> String {
        MaskedText(Array(text.utf8), as: notation).text
    }

    /// The text with the user and password of every URL in it masked: `redis://:secret@host` becomes
    /// `redis://(redacted)@host`.
    ///
    /// For what is to stay readable but for that, such as keys and paths.
    public static func maskURLs(in text: String) -> String {
        let bytes = Array(text.utf8)
        let ranges = UserInformation.ranges(in: bytes)
        return ranges.isEmpty ? text : MaskedText(bytes, hiding: ranges).text
    }

    /// The places of the secrets in a text, ascending and apart from each other.
    public static func ranges(in text: [UInt8], as notation: SecretNotation) -> [Range<Int>] {
        var scanner = SecretScanner(text, as: notation)
        scanner.run()
        return MaskedText.merged(scanner.found + UserInformation.ranges(in: text))
    }

    /// The same bytes with their secrets masked.
    public static func masked(_ bytes: [UInt8], as notation: SecretNotation) -> [UInt8] {
        hide(ranges(in: bytes, as: notation), in: bytes)
    }

    /// The same bytes with the user and password of every URL masked.
    public static func maskURLs(in bytes: [UInt8]) -> [UInt8] { hide(UserInformation.ranges(in: bytes), in: bytes) }

    /// The places of the users and passwords in URLs, ascending.
    public static func rangesOfURLs(in bytes: [UInt8]) -> [Range<Int>] { UserInformation.ranges(in: bytes) }

    private static func hide(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        guard !ranges.isEmpty else { return bytes }
        var shown: [UInt8] = []
        var position = bytes.startIndex
        for range in ranges {
            shown += bytes[position..<range.lowerBound] + mask.utf8
            position = range.upperBound
        }
        return shown + bytes[position...]
    }

    /// Whether a name says that the value beside it is a secret: `password`, `auth_token`.
    ///
    /// - Parameter isCertain: whether it has to be a password's.
    public static func isName(_ name: [UInt8], isCertain: Bool = false) -> Bool {
        switch SecretName.kind(of: name[...]) {
        case .none, .setUser: false
        case .strong, .setting: true
        case .weak, .auth: !isCertain
        }
    }

    /// A longer text is looked through up to here, and what follows is not shown.
    public static let longest = 1 << 20
}
