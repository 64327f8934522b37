// Commands on keys of any type.

extension Unsupported {
    static let keys: [Command] = [
        .unnamed(
            "COPY", Version(6, 2, 0), .key, arity: -3, keys: .range(first: 1, last: 2, step: 1),
            instead: "DUMP, then RESTORE (PTTL gives the time to live)"),
        .unnamed(
            "EXPIRETIME", Version(7, 0, 0), .key, arity: 2, keys: .first,
            instead: "TTL, and add it to the client's clock"),
        .refused("KEYS", Version(1, 0, 0), .key, arity: 2, instead: Instead.keyIndex),
        .refused(
            "MIGRATE", Version(2, 6, 0), .key, arity: 6, keys: .migrate, secrets: .afterAuth(from: 4),
            instead: "copy key by key: DUMP here, RESTORE there, then DEL"),
        .refused(
            "MOVE", Version(1, 0, 0), .key, arity: 3, keys: .first,
            instead: "there is one database: tell the keys apart by a prefix"),
        .refused("OBJECT", Version(2, 2, 3), .key, arity: 3, keys: .second, instead: Instead.objectInspection),
        .refused(
            "OBJECT ENCODING", Version(2, 2, 3), .key, arity: 3, keys: .second,
            instead: Instead.objectInspection),
        .unnamed("OBJECT FREQ", Version(4, 0, 0), .key, arity: 3, keys: .second, instead: Instead.objectInspection),
        .unnamed("OBJECT HELP", Version(6, 2, 0), .key, arity: 2, instead: Instead.objectInspection),
        .refused(
            "OBJECT IDLETIME", Version(2, 2, 3), .key, arity: 3, keys: .second,
            instead: Instead.objectInspection),
        .refused(
            "OBJECT REFCOUNT", Version(2, 2, 3), .key, arity: 3, keys: .second,
            instead: Instead.objectInspection),
        .unnamed(
            "PEXPIRETIME", Version(7, 0, 0), .key, arity: 2, keys: .first,
            instead: "PTTL, and add it to the client's clock"),
        .refused(
            "RANDOMKEY", Version(1, 0, 0), .key, arity: 1,
            instead: "keep an index set of the keys and ask it with SRANDMEMBER"),
        .refused(
            "RENAME", Version(1, 0, 0), .key, arity: 3, keys: .range(first: 1, last: 2, step: 1),
            instead: Instead.renameByCopy),
        .refused(
            "RENAMENX", Version(1, 0, 0), .key, arity: 3, keys: .range(first: 1, last: 2, step: 1),
            instead: Instead.renameByCopy),
        .refused("SCAN", Version(2, 8, 0), .key, arity: -2, instead: Instead.keyIndex),
        .refused(
            "SORT", Version(1, 0, 0), .key, arity: -2, keys: .storing(first: 1, options: 2),
            instead: Instead.sorting),
        .unnamed("SORT_RO", Version(7, 0, 0), .key, arity: -2, keys: .first, instead: Instead.sorting),
        .unnamed(
            "TOUCH", Version(3, 2, 1), .key, arity: -2, keys: .every,
            instead: "EXISTS, key by key"),
        .unnamed(
            "UNLINK", Version(4, 0, 0), .key, arity: -2, keys: .every,
            instead: "DEL, which takes the same arguments"),
        .unnamed("WAIT", Version(3, 0, 0), .key, arity: 3, instead: Instead.waiting),
        .unnamed("WAITAOF", Version(7, 2, 0), .key, arity: 4, instead: Instead.waiting),
    ]
}
