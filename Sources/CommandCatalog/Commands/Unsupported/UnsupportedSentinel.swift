// Redis Sentinel.

extension Unsupported {
    static let sentinel: [Command] = [
        .unnamed(
            "SENTINEL", Version(2, 8, 4), .sentinel, arity: -2, secrets: .settings(from: 1),
            instead: Instead.oneAddress),
        .unnamed("SENTINEL CKQUORUM", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL CONFIG", Version(6, 2, 0), .sentinel, arity: -4, secrets: .settings(from: 3),
            instead: Instead.oneAddress),
        .unnamed("SENTINEL DEBUG", Version(7, 0, 0), .sentinel, arity: -2, instead: Instead.oneAddress),
        .unnamed("SENTINEL FAILOVER", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL FLUSHCONFIG", Version(2, 8, 4), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL GET-MASTER-ADDR-BY-NAME", Version(2, 8, 4), .sentinel, arity: 3,
            instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL GET-PRIMARY-ADDR-BY-NAME", Version(.valkey, (8, 0, 0)), .sentinel, arity: 3,
            instead: Instead.oneAddress),
        .unnamed("SENTINEL HELP", Version(6, 2, 0), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed("SENTINEL INFO-CACHE", Version(3, 2, 0), .sentinel, arity: -3, instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL IS-MASTER-DOWN-BY-ADDR", Version(2, 8, 4), .sentinel, arity: 6,
            instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL IS-PRIMARY-DOWN-BY-ADDR", Version(.valkey, (8, 0, 0)), .sentinel, arity: 6,
            instead: Instead.oneAddress),
        .unnamed("SENTINEL MASTER", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL MASTERS", Version(2, 8, 4), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed("SENTINEL MONITOR", Version(2, 8, 4), .sentinel, arity: 6, instead: Instead.oneAddress),
        .unnamed("SENTINEL MYID", Version(6, 2, 0), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed("SENTINEL PENDING-SCRIPTS", Version(2, 8, 4), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed("SENTINEL PRIMARIES", Version(.valkey, (8, 0, 0)), .sentinel, arity: 2, instead: Instead.oneAddress),
        .unnamed("SENTINEL PRIMARY", Version(.valkey, (8, 0, 0)), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL REMOVE", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL REPLICAS", Version(5, 0, 0), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL RESET", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed("SENTINEL SENTINELS", Version(2, 8, 4), .sentinel, arity: 3, instead: Instead.oneAddress),
        .unnamed(
            "SENTINEL SET", Version(2, 8, 4), .sentinel, arity: -5, secrets: .settings(from: 3),
            instead: Instead.oneAddress),
        .unnamed("SENTINEL SIMULATE-FAILURE", Version(3, 2, 0), .sentinel, arity: -3, instead: Instead.oneAddress),
        .unnamed("SENTINEL SLAVES", Version(2, 8, 0), .sentinel, arity: 3, instead: Instead.oneAddress),
    ]
}
