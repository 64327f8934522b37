import CommandCatalog

/// How what a command has changed is logged.
enum Effect {
    /// It changes nothing.
    case none
    /// As it was sent: its effect is always the same.
    case verbatim
    /// As it was sent, if the numbers at these places are written as every Redis writes them; else as the state of its
    /// key: 2.8 takes `+5`, `007` and `5\0x` for numbers, later ones do not.
    case numbers(ClosedRange<Int>)
    /// The same, where the string that is counted up is such a number, too.
    case sum
    /// The same for scores, in every second place from this one on.
    case scores(first: Int)
    /// As it was sent, if all members of its key have one score; else as the state of its key: what a range of names is
    /// among others hangs on how a sorted set is kept.
    case equalScores
    /// As the state of its key: what it does hangs on the clock, or on how a sum is rounded.
    case state
    /// As the instant of its key's expiry, or as its removal.
    case deadline
    /// As the value of its field.
    case field
    /// As the removal of the member that it has answered.
    case poppedMember
    /// As one removal a key, of those that there were.
    case removals
    /// As one SET a key.
    case pairs
    /// As the state of the key at this place among the arguments.
    case destination(argument: Int)
    /// As a removal from the end of one list and an insertion at the head of another.
    case movedElement
    /// As a removal from one set and an insertion into another.
    case movedMember

    @inline(__always)
    init(of id: Command.ID) {
        switch id {
        case .append, .getset, .persist, .setnx, .hdel, .hmset, .hset, .hsetnx, .linsert, .lpop, .lpush, .lpushx, .rpop,
            .rpush, .rpushx, .sadd, .srem, .zrem, .zremrangebyscore:
            self = .verbatim
        case .decr, .decrby, .incr, .incrby: self = .sum
        case .setrange, .lrem, .lset: self = .numbers(2...2)
        case .setbit, .ltrim, .zremrangebyrank: self = .numbers(2...3)
        case .zadd, .zincrby: self = .scores(first: 2)
        case .zremrangebylex: self = .equalScores
        case .set, .setex, .psetex, .incrbyfloat, .restore: self = .state
        case .expire, .expireat, .pexpire, .pexpireat: self = .deadline
        case .hincrby, .hincrbyfloat: self = .field
        case .spop: self = .poppedMember
        case .del: self = .removals
        case .mset, .msetnx: self = .pairs
        case .sdiffstore, .sinterstore, .sunionstore, .zinterstore, .zunionstore: self = .destination(argument: 1)
        case .bitop: self = .destination(argument: 2)
        case .rpoplpush: self = .movedElement
        case .smove: self = .movedMember
        case .dump, .exists, .pttl, .ttl, .type, .bitcount, .get, .getbit, .getrange, .mget, .strlen, .hexists, .hget,
            .hgetall, .hkeys, .hlen, .hmget, .hscan, .hvals, .lindex, .llen, .lrange, .scard, .sdiff, .sinter,
            .sismember, .smembers, .srandmember, .sscan, .sunion, .zcard, .zcount, .zlexcount, .zrange, .zrangebylex,
            .zrangebyscore, .zrank, .zrevrange, .zrevrangebyscore, .zrevrank, .zscan, .zscore, .discard, .exec, .multi,
            .unwatch, .watch, .auth, .echo, .ping, .quit, .select:
            self = .none
        }
    }
}
