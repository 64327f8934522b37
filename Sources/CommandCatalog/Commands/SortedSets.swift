// Sorted sets.

extension Command {
    static let zadd = supported(
        .zadd, "ZADD", since: Version(1, 2, 0), .sortedSet, arity: -4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key score member [score member ...]",
        summary: "Adds members with scores, or changes their scores.")

    static let zcard = supported(
        .zcard, "ZCARD", since: Version(1, 2, 0), .sortedSet, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives the number of members of a sorted set.")

    static let zcount = supported(
        .zcount, "ZCOUNT", since: Version(2, 0, 0), .sortedSet, arity: 4, keys: .first,
        flags: [.readonly, .fast], syntax: "key min max",
        summary: "Counts the members within a range of scores.")

    static let zincrby = supported(
        .zincrby, "ZINCRBY", since: Version(1, 2, 0), .sortedSet, arity: 4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key increment member",
        summary: "Adds to a member's score.")

    static let zinterstore = supported(
        .zinterstore, "ZINTERSTORE", since: Version(2, 0, 0), .sortedSet, arity: -4,
        keys: .counted(destination: 1, count: 2, first: 3),
        flags: [.write, .denyOOM, .movableKeys],
        syntax: "destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]",
        summary: "Stores the members that all sorted sets have.")

    static let zlexcount = supported(
        .zlexcount, "ZLEXCOUNT", since: Version(2, 8, 9), .sortedSet, arity: 4, keys: .first,
        flags: [.readonly, .fast], syntax: "key min max",
        summary: "Counts the members within a range of bytes, where all scores are equal.")

    static let zrange = supported(
        .zrange, "ZRANGE", since: Version(1, 2, 0), .sortedSet, arity: -4, keys: .first,
        flags: [.readonly], syntax: "key start stop [WITHSCORES]",
        summary: "Gives the members of a range of ranks, lowest score first.")

    static let zrangebylex = supported(
        .zrangebylex, "ZRANGEBYLEX", since: Version(2, 8, 9), .sortedSet, arity: -4, keys: .first,
        flags: [.readonly], syntax: "key min max [LIMIT offset count]",
        summary: "Gives the members within a range of bytes, where all scores are equal.")

    static let zrangebyscore = supported(
        .zrangebyscore, "ZRANGEBYSCORE", since: Version(1, 0, 5), .sortedSet, arity: -4, keys: .first,
        flags: [.readonly], syntax: "key min max [WITHSCORES] [LIMIT offset count]",
        summary: "Gives the members within a range of scores, lowest first.")

    static let zrank = supported(
        .zrank, "ZRANK", since: Version(2, 0, 0), .sortedSet, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key member",
        summary: "Gives a member's rank, counted from the lowest score.")

    static let zrem = supported(
        .zrem, "ZREM", since: Version(1, 2, 0), .sortedSet, arity: -3, keys: .first,
        flags: [.write, .fast], syntax: "key member [member ...]",
        summary: "Removes members from a sorted set.")

    static let zremrangebylex = supported(
        .zremrangebylex, "ZREMRANGEBYLEX", since: Version(2, 8, 9), .sortedSet, arity: 4, keys: .first,
        flags: [.write], syntax: "key min max",
        summary: "Removes the members within a range of bytes, where all scores are equal.")

    static let zremrangebyrank = supported(
        .zremrangebyrank, "ZREMRANGEBYRANK", since: Version(2, 0, 0), .sortedSet, arity: 4, keys: .first,
        flags: [.write], syntax: "key start stop",
        summary: "Removes the members of a range of ranks.")

    static let zremrangebyscore = supported(
        .zremrangebyscore, "ZREMRANGEBYSCORE", since: Version(1, 2, 0), .sortedSet, arity: 4, keys: .first,
        flags: [.write], syntax: "key min max",
        summary: "Removes the members within a range of scores.")

    static let zrevrange = supported(
        .zrevrange, "ZREVRANGE", since: Version(1, 2, 0), .sortedSet, arity: -4, keys: .first,
        flags: [.readonly], syntax: "key start stop [WITHSCORES]",
        summary: "Gives the members of a range of ranks, highest score first.")

    static let zrevrangebyscore = supported(
        .zrevrangebyscore, "ZREVRANGEBYSCORE", since: Version(2, 2, 0), .sortedSet, arity: -4, keys: .first,
        flags: [.readonly], syntax: "key max min [WITHSCORES] [LIMIT offset count]",
        summary: "Gives the members within a range of scores, highest first.")

    static let zrevrank = supported(
        .zrevrank, "ZREVRANK", since: Version(2, 0, 0), .sortedSet, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key member",
        summary: "Gives a member's rank, counted from the highest score.")

    static let zscan = supported(
        .zscan, "ZSCAN", since: Version(2, 8, 0), .sortedSet, arity: -3, keys: .first,
        flags: [.readonly, .random], syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "Walks over the members and scores of a sorted set.")

    static let zscore = supported(
        .zscore, "ZSCORE", since: Version(1, 2, 0), .sortedSet, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key member",
        summary: "Gives a member's score.")

    static let zunionstore = supported(
        .zunionstore, "ZUNIONSTORE", since: Version(2, 0, 0), .sortedSet, arity: -4,
        keys: .counted(destination: 1, count: 2, first: 3),
        flags: [.write, .denyOOM, .movableKeys],
        syntax: "destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]",
        summary: "Stores the members of all sorted sets together.")
}
