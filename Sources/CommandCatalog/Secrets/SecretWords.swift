/// The words of requests that announce a secret.
enum SecretWords {
    /// Whether a word is AUTH or AUTH2, or has one slip at most.
    static func isAuth(_ word: Span<UInt8>) -> Bool { auths.contains { $0.slips(in: word) != nil } }

    private static let auths = [NearWord("AUTH", limit: 1), NearWord("AUTH2", limit: 1)]

    /// Whether a word is exactly AUTH or AUTH2, in any case of letters.
    static func isExactlyAuth(_ word: Span<UInt8>) -> Bool {
        equalsFolded(word, "AUTH") || equalsFolded(word, "AUTH2")
    }

    /// Whether a word is what somebody may write for AUTH who does not know Redis: no Redis has such a command.
    static func isLogin(_ word: Span<UInt8>) -> Bool {
        guard word.count >= 2, word.count <= 16 else { return false }
        return logins.contains(String(decoding: capitals(word), as: UTF8.self))
    }

    private static let logins: Set<String> = [
        "LOGIN", "LOGON", "SIGNIN", "PASS", "PASSWORD", "PASSWD", "PASSPHRASE", "PWD", "PW", "AUTHENTICATE",
        "AUTHENTICATION", "AUTHORIZE", "AUTHN", "AUTHUSER", "USER", "USERNAME", "CREDENTIAL", "CREDENTIALS", "SECRET",
        "TOKEN", "REQUIREPASS", "MASTERAUTH", "SETPASSWORD",
    ]

    /// Whether a word is the name of a setting that holds a password or the user that it belongs to, or nearly so.
    static func isSetting(_ word: Span<UInt8>) -> Bool {
        guard word.count >= 4, word.count <= 64 else { return false }
        return settings.contains { $0.slips(in: word) != nil } || parts.contains { contains(word, $0) }
    }

    private static let settings = [
        "REQUIREPASS", "MASTERAUTH", "MASTERUSER", "PRIMARYAUTH", "PRIMARYUSER", "TLS-KEY-FILE-PASS", "AUTH-PASS",
        "AUTH-USER", "SENTINEL-PASS", "SENTINEL-USER",
    ].map { NearWord($0, limit: 2) }

    /// What the names of other settings have in them, those of modules and of later releases.
    private static let parts: [[UInt8]] = ["PASS", "SECRET", "TOKEN"].map { Array($0.utf8) }

    private static func contains(_ word: Span<UInt8>, _ part: [UInt8]) -> Bool {
        guard word.count >= part.count else { return false }
        return (0...word.count - part.count).contains { start in
            part.indices.allSatisfy { capital(word[start + $0]) == part[$0] }
        }
    }

    /// Whether a word is a rule of ACL SETUSER that holds no password.
    static func isPlainRule(_ word: Span<UInt8>) -> Bool {
        guard !word.isEmpty else { return true }
        switch word[0] {
        case UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "@"), UInt8(ascii: "("):
            return true
        default:
            // The end of a selector: `(+@all ~k)`.
            if word[word.count - 1] == UInt8(ascii: ")") { return isPlainRule(word.extracting(droppingLast: 1)) }
            return word.count <= 24 && rules.contains(String(decoding: capitals(word), as: UTF8.self))
        }
    }

    private static let rules: Set<String> = [
        "ON", "OFF", "NOPASS", "RESETPASS", "RESET", "ALLKEYS", "RESETKEYS", "ALLCHANNELS", "RESETCHANNELS",
        "ALLCOMMANDS", "NOCOMMANDS", "SANITIZE-PAYLOAD", "SKIP-SANITIZE-PAYLOAD", "CLEARSELECTORS", "ALLDBS",
        "RESETDBS",
    ]

    private static func capitals(_ word: Span<UInt8>) -> [UInt8] {
        var letters: [UInt8] = []
        letters.reserveCapacity(word.count)
        for index in word.indices { letters.append(capital(word[index])) }
        return letters
    }
}
