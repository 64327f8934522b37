import CommandCatalog

/// What the name of a variable, field, option or method says of the value that belongs to it.
enum SecretName {
    /// How sure it is that the value is a secret.
    enum Kind {
        /// It is none.
        case none
        /// Perhaps: a token, an `auth`. Names of keys are called so too.
        case weak
        /// A password.
        case strong
        /// The name of a setting of Redis that is followed by this number of words with a password among them.
        case setting(words: Int)
        /// The command AUTH, or the word AUTH within another.
        case auth
        /// ACL SETUSER, or a method that sends it: rules follow, passwords among them.
        case setUser
    }

    /// What a name says: `REDIS_PASSWORD`, `spring.redis.password`, `setPassword`, `--pass`, `requirepass`.
    static func kind(of name: ArraySlice<UInt8>) -> Kind {
        guard name.count >= 2, name.count <= 200 else { return .none }
        let parts = parts(of: name)
        guard let last = parts.last else { return .none }
        if let kind = exactKind(String(decoding: name, as: UTF8.self).lowercased()) { return kind }
        if parts.count >= 2, ["setuser", "aclsetuser"].contains(parts.suffix(2).joined()) { return .setUser }
        if strong.contains(last) || isNearlyPassword(last) { return .strong }
        if weak.contains(last) { return .weak }
        let isKey = last == "key" || last == "keys"
        return isKey && parts.count >= 2 && keepers.contains(parts[parts.count - 2]) ? .weak : .none
    }

    private static func exactKind(_ name: String) -> Kind? {
        switch name {
        case "auth", "auth2": .auth
        case "auth-pass", "auth-user": .setting(words: 2)
        case "requirepass", "masterauth", "masteruser", "primaryauth", "primaryuser", "tls-key-file-pass",
            "tls-client-key-file-pass", "sentinel-pass", "sentinel-user":
            .setting(words: 1)
        case "setuser", "aclsetuser", "acl_setuser": .setUser
        default: nil
        }
    }

    private static let strong: Set<String> = [
        "password", "passwords", "passwd", "passwort", "passphrase", "passcode", "pass", "passw", "pwd", "pw", "psw",
        "pswd", "userpass", "userpassword", "redispassword", "redispass", "dbpassword", "requirepass", "masterauth",
        "authpass", "authpassword", "authorization", "credential", "credentials",
    ]
    private static let weak: Set<String> = [
        "auth", "auths", "authentication", "authenticate", "login", "secret", "secrets", "token", "tokens", "apikey",
        "authtoken", "redisauth", "secretkey", "accesskey",
    ]
    /// What makes a secret of a key: `access_key`.
    private static let keepers: Set<String> = ["access", "secret", "api", "private", "account", "shared", "auth"]
    /// What may stand behind the word that decides: `password_default`.
    private static let endings: Set<String> = [
        "value", "text", "string", "str", "plain", "raw", "default", "env", "var", "val", "literal", "encoded",
        "base64",
    ]

    private static let password = "password"

    private static func isNearlyPassword(_ part: String) -> Bool {
        guard part.utf8.count >= 7, part.utf8.first == UInt8(ascii: "p") else { return false }
        return Catalog.slips(between: part, and: password, limit: 1) != nil
    }

    /// The parts of a name in small letters, without numbers and without what only says of which form the value is.
    private static func parts(of name: ArraySlice<UInt8>) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var previous: UInt8 = 0
        func end() {
            if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
            part = []
        }
        for (index, byte) in zip(name.indices, name) {
            let isLetter = byte | 0x20 >= 97 && byte | 0x20 <= 122
            guard isLetter else {
                end()
                previous = byte
                continue
            }
            let isCapital = byte < 97
            let isAfterSmall = previous >= 97 && previous <= 122
            let isBeforeSmall = index + 1 < name.endIndex && name[index + 1] >= 97 && name[index + 1] <= 122
            if isCapital, isAfterSmall || (isBeforeSmall && previous >= 65 && previous <= 90) { end() }
            part.append(byte | 0x20)
            previous = byte
        }
        end()
        while parts.count > 1, let last = parts.last, endings.contains(last) { parts.removeLast() }
        return parts
    }
}
