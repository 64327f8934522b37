// What releases after 2.8 added to the arguments of the supported commands (documentation of Redis 8.10, "History", and of
// Valkey 9.1), and how the same is done with 2.8.

extension Command.ID {
    /// The command's later forms; nil where there are none.
    var laterForms: LaterForms? {
        switch self {
        case .auth: .auth
        case .bitcount: .bitcount
        case .bitop: .bitop
        case .exists: .exists
        case .expire: .expire
        case .expireat: .expireat
        case .pexpire: .pexpire
        case .pexpireat: .pexpireat
        case .hscan: .hscan
        case .hset: .hset
        case .lpop: .lpop
        case .rpop: .rpop
        case .lpushx: .lpushx
        case .rpushx: .rpushx
        case .restore: .restore
        case .set: .set
        case .spop: .spop
        case .zadd: .zadd
        case .zrange: .zrange
        case .zrank: .zrank
        case .zrevrank: .zrevrank
        case .zinterstore, .zunionstore: .aggregate
        default: nil
        }
    }
}

// MARK: - Keys and the connection

extension LaterForms {
    static let auth = one(
        "user name", Version(6, 0, 0), from: 2,
        instead: "AUTH with the password alone: the instance has one, and no users")

    static let exists = several(
        "several keys", Version(3, 0, 3), from: 2, instead: "EXISTS key by key, in a pipeline, and add up the answers")

    static let expire = expiring("EXPIRE", reading: "TTL")
    static let expireat = expiring("EXPIREAT", reading: "TTL")
    static let pexpire = expiring("PEXPIRE", reading: "PTTL")
    static let pexpireat = expiring("PEXPIREAT", reading: "PTTL")

    private static func expiring(_ command: String, reading: String) -> LaterForms {
        func later(_ word: String, where condition: String) -> Option {
            .later(
                word, Version(7, 0, 0),
                instead: "WATCH, \(reading), and where \(condition), MULTI, \(command), EXEC; else UNWATCH")
        }
        return options(
            from: 3,
            [
                later("NX", where: "it answers -1"), later("XX", where: "it answers 0 or more"),
                later("GT", where: "it answers 0 or more and less than the new time"),
                later("LT", where: "it answers -1 or more than the new time"),
            ])
    }

    static let restore = options(
        from: 4,
        [
            .later("REPLACE", Version(3, 0, 0), instead: "MULTI, DEL, RESTORE, EXEC"),
            .later(
                "ABSTTL", Version(5, 0, 0),
                instead: "RESTORE with the milliseconds that are left: the deadline less the client's clock"),
            .later("IDLETIME", Version(5, 0, 0), arguments: 1, instead: "leave it out: nothing reads it here"),
            .later("FREQ", Version(5, 0, 0), arguments: 1, instead: "leave it out: nothing reads it here"),
        ])
}

// MARK: - Strings

extension LaterForms {
    static let bitcount = options(
        from: 4,
        [
            .later("BYTE", Version(7, 0, 0), instead: "leave BYTE out: 2.8 counts in bytes"),
            .later(
                "BIT", Version(7, 0, 0),
                instead: "BITCOUNT of the whole bytes between, and GETBIT of the bits at both ends"),
        ])

    static let bitop = LaterForms(
        start: 1,
        content: .word([
            .later("DIFF", Version(8, 2, 0), instead: "BITOP OR of the other keys, BITOP NOT of that, BITOP AND"),
            .later(
                "DIFF1", Version(8, 2, 0), instead: "BITOP NOT of the first key, BITOP OR of the others, BITOP AND"),
            .later("ANDOR", Version(8, 2, 0), instead: "BITOP OR of the other keys, then BITOP AND with the first"),
            .later("ONE", Version(8, 2, 0), instead: "GET the strings, and combine their bits in the client"),
        ]))

    static let set = options(
        from: 3,
        [
            .known("EX", arguments: 1), .known("PX", arguments: 1), .known("NX"), .known("XX"),
            .later(
                "KEEPTTL", Version(6, 0, 0),
                instead: "WATCH, PTTL, then MULTI, SET with PX and what PTTL has answered, EXEC"),
            .later("GET", Version(6, 2, 0), instead: "GETSET; with other options WATCH, GET, then MULTI, SET, EXEC"),
            .later("EXAT", Version(6, 2, 0), arguments: 1, instead: "MULTI, SET, EXPIREAT, EXEC"),
            .later("PXAT", Version(6, 2, 0), arguments: 1, instead: "MULTI, SET, PEXPIREAT, EXEC"),
            comparing("IFEQ"), comparing("IFNE"), comparing("IFDEQ"), comparing("IFDNE"),
        ])

    private static func comparing(_ word: String) -> Option {
        .later(
            word, Version(8, 4, 0), arguments: 1,
            instead: "WATCH, GET and compare in the client, then MULTI, SET, EXEC; else UNWATCH")
    }
}

// MARK: - Hashes, lists and sets

extension LaterForms {
    static let hscan = options(
        from: 3,
        [
            .known("MATCH", arguments: 1), .known("COUNT", arguments: 1),
            .later(
                "NOVALUES", Version(7, 4, 0), instead: "HSCAN without it, and leave the values; HKEYS of a small hash"),
        ])

    static let hset = several(
        "several fields", Version(4, 0, 0), from: 4, group: 2,
        instead: "HMSET, which takes the same arguments and answers OK")

    static let lpop = popping("LRANGE key 0 count-1, LTRIM key count -1")
    static let rpop = popping("LRANGE key -count -1, LTRIM key 0 -(count+1)")

    private static func popping(_ commands: String) -> LaterForms {
        one("count", Version(6, 2, 0), from: 2, instead: "MULTI, \(commands), EXEC")
    }

    static let lpushx = pushing("LPUSHX")
    static let rpushx = pushing("RPUSHX")

    private static func pushing(_ command: String) -> LaterForms {
        several(
            "several elements", Version(4, 0, 0), from: 3,
            instead: "\(command) element by element, between MULTI and EXEC")
    }

    static let spop = one(
        "count", Version(3, 2, 0), from: 2, instead: "SPOP as many times, in a pipeline or between MULTI and EXEC")
}

// MARK: - Sorted sets

extension LaterForms {
    static let zadd = options(
        from: 2,
        [
            adding("NX", Version(3, 0, 2), where: "it answers nothing"),
            adding("XX", Version(3, 0, 2), where: "it answers a score"),
            .later("CH", Version(3, 0, 2), instead: "ZSCORE and ZADD between MULTI and EXEC, and compare the scores"),
            .later("INCR", Version(3, 0, 2), instead: "ZINCRBY"),
            adding("GT", Version(6, 2, 0), where: "it answers nothing or less than the new score"),
            adding("LT", Version(6, 2, 0), where: "it answers nothing or more than the new score"),
        ])

    private static func adding(_ word: String, _ since: Version, where condition: String) -> Option {
        .later(
            word, since, instead: "WATCH, ZSCORE, and where \(condition), MULTI, ZADD, EXEC; else UNWATCH")
    }

    static let zrange = options(
        from: 4,
        [
            .known("WITHSCORES"),
            .later("BYSCORE", Version(6, 2, 0), instead: "ZRANGEBYSCORE; with REV ZREVRANGEBYSCORE"),
            .later(
                "BYLEX", Version(6, 2, 0),
                instead: "ZRANGEBYLEX; with REV the same, and reverse what it gives in the client"),
            .later("REV", Version(6, 2, 0), instead: "ZREVRANGE; with BYSCORE ZREVRANGEBYSCORE"),
            .later(
                "LIMIT", Version(6, 2, 0), arguments: 2,
                instead: "ZRANGEBYSCORE or ZRANGEBYLEX, which take LIMIT; a range of ranks needs none"),
        ])

    static let zrank = ranking("ZRANK")
    static let zrevrank = ranking("ZREVRANK")

    private static func ranking(_ command: String) -> LaterForms {
        options(
            from: 3,
            [.later("WITHSCORE", Version(7, 2, 0), instead: "\(command) and ZSCORE between MULTI and EXEC")])
    }

    static let aggregate = LaterForms(
        start: 3,
        content: .aggregate([
            .later(
                "COUNT", Version(8, 8, 0),
                instead:
                    "copy each key with ZUNIONSTORE and WEIGHTS 0, ZADD 1 for each member, and AGGREGATE SUM of these")
        ]))
}
