// Commands on keys of any type.

extension Command {
    static let del = supported(
        .del, "DEL", since: Version(1, 0, 0), .key, arity: -2, keys: .every,
        flags: [.write], syntax: "key [key ...]",
        summary: "Deletes keys; tells how many there were.")

    static let dump = supported(
        .dump, "DUMP", since: Version(2, 6, 0), .key, arity: 2, keys: .first,
        flags: [.readonly], syntax: "key",
        summary: "Gives a key's value in Redis' serialised form, for RESTORE.")

    static let exists = supported(
        .exists, "EXISTS", since: Version(1, 0, 0), .key, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Tells whether a key exists.")

    static let expire = supported(
        .expire, "EXPIRE", since: Version(1, 0, 0), .key, arity: 3, keys: .first,
        flags: [.write, .fast], syntax: "key seconds",
        summary: "Lets a key live for a number of seconds.")

    static let expireat = supported(
        .expireat, "EXPIREAT", since: Version(1, 2, 0), .key, arity: 3, keys: .first,
        flags: [.write, .fast], syntax: "key timestamp",
        summary: "Lets a key live until a Unix time in seconds.")

    static let persist = supported(
        .persist, "PERSIST", since: Version(2, 2, 0), .key, arity: 2, keys: .first,
        flags: [.write, .fast], syntax: "key",
        summary: "Takes a key's time to live away.")

    static let pexpire = supported(
        .pexpire, "PEXPIRE", since: Version(2, 6, 0), .key, arity: 3, keys: .first,
        flags: [.write, .fast], syntax: "key milliseconds",
        summary: "Lets a key live for a number of milliseconds.")

    static let pexpireat = supported(
        .pexpireat, "PEXPIREAT", since: Version(2, 6, 0), .key, arity: 3, keys: .first,
        flags: [.write, .fast], syntax: "key milliseconds-timestamp",
        summary: "Lets a key live until a Unix time in milliseconds.")

    static let pttl = supported(
        .pttl, "PTTL", since: Version(2, 6, 0), .key, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives a key's time to live in milliseconds.")

    static let restore = supported(
        .restore, "RESTORE", since: Version(2, 6, 0), .key, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key ttl serialized-value",
        summary: "Makes a key out of what DUMP gave.")

    static let ttl = supported(
        .ttl, "TTL", since: Version(1, 0, 0), .key, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives a key's time to live in seconds.")

    static let type = supported(
        .type, "TYPE", since: Version(1, 0, 0), .key, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives the type of a key's value.")
}
