/// Takes what may be a secret out of what is shown.
public enum Secrets {
    /// What stands in a secret's place.
    public static let mask = "(redacted)"

    /// The text with the user and password of every URL in it masked: `redis://:secret@host` becomes
    /// `redis://(redacted)@host`.
    public static func maskURLs(in text: String) -> String {
        guard text.contains("://") else { return text }
        var shown = Substring()
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            shown += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let end = rest.firstIndex { " \t\"'`<>/?#,;\\".contains($0) } ?? rest.endIndex
            // A password may hold what would end the authority; the last `@` before a blank or quote decides.
            let wordEnd = rest.firstIndex { " \t\"'`<>".contains($0) } ?? rest.endIndex
            guard let sign = rest[..<end].lastIndex(of: "@") ?? passwordEnd(rest[..<wordEnd]) else { continue }
            shown += mask
            rest = rest[sign...]
        }
        return String(shown + rest)
    }

    /// The `@` behind a password with characters that a URL does not allow there; nil where a host begins first.
    private static func passwordEnd(_ word: Substring) -> Substring.Index? {
        guard let colon = word.firstIndex(of: ":"), let sign = word.lastIndex(of: "@"), colon < sign else { return nil }
        let port = word[word.index(after: colon)...].prefix { $0.isNumber }
        let behindPort = port.endIndex < word.endIndex ? word[port.endIndex] : "/"
        return !port.isEmpty && behindPort == "/" ? nil : sign
    }

    /// Whether arguments of a command are to be masked: those that the catalog says so of, and the sensitive parts of
    /// some refused ones.
    package static func hiddenArguments(ofCommand name: String) -> Int? {
        switch name {
        case "AUTH": 1
        case "HELLO": 2
        case "CONFIG": 3
        case "ACL": 2
        case "MIGRATE": 7
        default: nil
        }
    }
}
