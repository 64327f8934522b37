// Commands on sorted sets.

extension Unsupported {
    static let sortedSets: [Command] = [
        .unnamed(
            "BZMPOP", Version(7, 0, 0), .sortedSet, arity: -5, keys: .counted(destination: nil, count: 2, first: 3),
            instead: "in a loop with a pause, key by key: WATCH, ZRANGE key 0 0, then MULTI, ZREM, EXEC"),
        .unnamed(
            "BZPOPMAX", Version(5, 0, 0), .sortedSet, arity: -3, keys: .range(first: 1, last: -2, step: 1),
            instead: "in a loop with a pause: WATCH, ZREVRANGE key 0 0, then MULTI, ZREM, EXEC"),
        .unnamed(
            "BZPOPMIN", Version(5, 0, 0), .sortedSet, arity: -3, keys: .range(first: 1, last: -2, step: 1),
            instead: "in a loop with a pause: WATCH, ZRANGE key 0 0, then MULTI, ZREM, EXEC"),
        .unnamed(
            "ZDIFF", Version(6, 2, 0), .sortedSet, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "ZRANGE of each key, and take the difference in the client"),
        .unnamed(
            "ZDIFFSTORE", Version(6, 2, 0), .sortedSet, arity: -4, keys: .counted(destination: 1, count: 2, first: 3),
            instead: "ZUNIONSTORE into the destination, then ZREM the members of the other keys"),
        .unnamed(
            "ZINTER", Version(6, 2, 0), .sortedSet, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "ZINTERSTORE into a key for the purpose, ZRANGE, DEL"),
        .unnamed(
            "ZINTERCARD", Version(7, 0, 0), .sortedSet, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "ZINTERSTORE into a key for the purpose: it answers the number of members; then DEL"),
        .unnamed(
            "ZMPOP", Version(7, 0, 0), .sortedSet, arity: -4, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "key by key: WATCH, ZRANGE key 0 0 (ZREVRANGE for MAX), then MULTI, ZREM, EXEC"),
        .unnamed(
            "ZMSCORE", Version(6, 2, 0), .sortedSet, arity: -3, keys: .first,
            instead: "several ZSCORE in a pipeline"),
        .unnamed(
            "ZPOPMAX", Version(5, 0, 0), .sortedSet, arity: -2, keys: .first,
            instead: "WATCH, ZREVRANGE key 0 0, then MULTI, ZREM, EXEC"),
        .unnamed(
            "ZPOPMIN", Version(5, 0, 0), .sortedSet, arity: -2, keys: .first,
            instead: "WATCH, ZRANGE key 0 0, then MULTI, ZREM, EXEC"),
        .unnamed(
            "ZRANDMEMBER", Version(6, 2, 0), .sortedSet, arity: -2, keys: .first,
            instead: "ZCARD, then ZRANGE at a random rank"),
        .unnamed(
            "ZRANGESTORE", Version(6, 2, 0), .sortedSet, arity: -5, keys: .range(first: 1, last: 2, step: 1),
            instead: "ZRANGE WITHSCORES, then ZADD into the destination"),
        .unnamed(
            "ZREVRANGEBYLEX", Version(2, 8, 9), .sortedSet, arity: -4, keys: .first,
            instead: "ZRANGEBYLEX, and reverse what it gives in the client"),
        .unnamed(
            "ZUNION", Version(6, 2, 0), .sortedSet, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "ZUNIONSTORE into a key for the purpose, ZRANGE, DEL"),
    ]
}
