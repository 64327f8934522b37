// What releases after 2.8 added to the arguments of the supported commands (documentation of Redis 7.4, "History").

extension Command.ID {
    /// The command's later forms; nil where there are none up to Redis 7.4.
    var laterForms: LaterForms? {
        switch self {
        case .auth: .auth
        case .bitcount: .bitcount
        case .exists: .exists
        case .expire, .expireat, .pexpire, .pexpireat: .expire
        case .hscan: .hscan
        case .hset: .hset
        case .lpop, .rpop: .pop
        case .lpushx, .rpushx: .pushToExisting
        case .restore: .restore
        case .set: .set
        case .spop: .spop
        case .zadd: .zadd
        case .zrange: .zrange
        case .zrank, .zrevrank: .zrank
        default: nil
        }
    }
}

extension LaterForms {
    static let auth = one("user name", Version(6, 0, 0), from: 2)

    static let bitcount = options(from: 4, [.later("BYTE", Version(7, 0, 0)), .later("BIT", Version(7, 0, 0))])

    static let exists = several("several keys", Version(3, 0, 3), from: 2)

    static let expire = options(
        from: 3,
        [
            .later("NX", Version(7, 0, 0)), .later("XX", Version(7, 0, 0)), .later("GT", Version(7, 0, 0)),
            .later("LT", Version(7, 0, 0)),
        ])

    static let hscan = options(
        from: 3,
        [.known("MATCH", arguments: 1), .known("COUNT", arguments: 1), .later("NOVALUES", Version(7, 4, 0))])

    static let hset = several("several fields", Version(4, 0, 0), from: 4, group: 2)

    static let pop = one("count", Version(6, 2, 0), from: 2)

    static let pushToExisting = several("several elements", Version(4, 0, 0), from: 3)

    static let restore = options(
        from: 4,
        [
            .later("REPLACE", Version(3, 0, 0)), .later("ABSTTL", Version(5, 0, 0)),
            .later("IDLETIME", Version(5, 0, 0), arguments: 1), .later("FREQ", Version(5, 0, 0), arguments: 1),
        ])

    static let set = options(
        from: 3,
        [
            .known("EX", arguments: 1), .known("PX", arguments: 1), .known("NX"), .known("XX"),
            .later("KEEPTTL", Version(6, 0, 0)), .later("GET", Version(6, 2, 0)),
            .later("EXAT", Version(6, 2, 0), arguments: 1), .later("PXAT", Version(6, 2, 0), arguments: 1),
        ])

    static let spop = one("count", Version(3, 2, 0), from: 2)

    static let zadd = options(
        from: 2,
        [
            .later("NX", Version(3, 0, 2)), .later("XX", Version(3, 0, 2)), .later("CH", Version(3, 0, 2)),
            .later("INCR", Version(3, 0, 2)), .later("GT", Version(6, 2, 0)), .later("LT", Version(6, 2, 0)),
        ])

    static let zrange = options(
        from: 4,
        [
            .known("WITHSCORES"), .later("BYSCORE", Version(6, 2, 0)), .later("BYLEX", Version(6, 2, 0)),
            .later("REV", Version(6, 2, 0)), .later("LIMIT", Version(6, 2, 0), arguments: 2),
        ])

    static let zrank = options(from: 3, [.later("WITHSCORE", Version(7, 2, 0))])
}
