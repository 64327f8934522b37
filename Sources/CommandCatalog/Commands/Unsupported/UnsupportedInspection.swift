// Looking into a server.

extension Unsupported {
    static var inspection: [Command] { inspectionFirst + inspectionLast }

    static let inspectionFirst: [Command] = [
        .unnamed("COMMAND", Version(2, 8, 13), .server, arity: -1, instead: Instead.commandTable),
        .unnamed("COMMAND COUNT", Version(2, 8, 13), .server, arity: 2, instead: Instead.commandTable),
        .unnamed("COMMAND DOCS", Version(7, 0, 0), .server, arity: -2, instead: Instead.commandTable),
        .unnamed("COMMAND GETKEYS", Version(2, 8, 13), .server, arity: -3, instead: Instead.commandTable),
        .unnamed("COMMAND GETKEYSANDFLAGS", Version(7, 0, 0), .server, arity: -3, instead: Instead.commandTable),
        .unnamed("COMMAND HELP", Version(5, 0, 0), .server, arity: 2, instead: Instead.commandTable),
        .unnamed("COMMAND INFO", Version(2, 8, 13), .server, arity: -2, instead: Instead.commandTable),
        .unnamed("COMMAND LIST", Version(7, 0, 0), .server, arity: -2, instead: Instead.commandTable),
        .refused(
            "DBSIZE", Version(1, 0, 0), .server, arity: 1,
            instead: "the console shows the number of keys; SCARD of an index set counts an application's own"),
        .unnamed("DEBUG", Version(1, 0, 0), .server, arity: -2, instead: Instead.serverTest),
        .refused("DEBUG OBJECT", Version(1, 0, 0), .server, arity: 3, keys: .second, instead: Instead.serverTest),
        .refused("DEBUG SEGFAULT", Version(1, 0, 0), .server, arity: 2, instead: Instead.serverTest),
        .refused("INFO", Version(1, 0, 0), .server, arity: -1, instead: Instead.monitoring),
        .unnamed("LATENCY", Version(2, 8, 13), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("LATENCY DOCTOR", Version(2, 8, 13), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("LATENCY GRAPH", Version(2, 8, 13), .server, arity: 3, instead: Instead.monitoring),
        .unnamed("LATENCY HELP", Version(2, 8, 13), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("LATENCY HISTOGRAM", Version(7, 0, 0), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("LATENCY HISTORY", Version(2, 8, 13), .server, arity: 3, instead: Instead.monitoring),
        .unnamed("LATENCY LATEST", Version(2, 8, 13), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("LATENCY RESET", Version(2, 8, 13), .server, arity: -2, instead: Instead.monitoring),
    ]

    static let inspectionLast: [Command] = [
        .unnamed(
            "LOLWUT", Version(5, 0, 0), .server, arity: -1,
            instead: "drop it: it draws a picture and tells the version"),
        .unnamed("MEMORY", Version(4, 0, 0), .server, arity: -2, instead: Instead.memory),
        .unnamed("MEMORY DOCTOR", Version(4, 0, 0), .server, arity: 2, instead: Instead.memory),
        .unnamed("MEMORY HELP", Version(4, 0, 0), .server, arity: 2, instead: Instead.memory),
        .unnamed("MEMORY MALLOC-STATS", Version(4, 0, 0), .server, arity: 2, instead: Instead.memory),
        .unnamed("MEMORY PURGE", Version(4, 0, 0), .server, arity: 2, instead: Instead.memory),
        .unnamed("MEMORY STATS", Version(4, 0, 0), .server, arity: 2, instead: Instead.memory),
        .unnamed(
            "MEMORY USAGE", Version(4, 0, 0), .server, arity: -3, keys: .second,
            instead: "STRLEN, or the lengths of what HGETALL, LRANGE, SMEMBERS or ZRANGE give"),
        .refused("MONITOR", Version(1, 0, 0), .server, arity: 1, instead: Instead.monitoring),
        .refused("SLOWLOG", Version(2, 2, 12), .server, arity: -2, instead: Instead.monitoring),
        .refused("SLOWLOG GET", Version(2, 2, 12), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("SLOWLOG HELP", Version(6, 2, 0), .server, arity: 2, instead: Instead.monitoring),
        .refused("SLOWLOG LEN", Version(2, 2, 12), .server, arity: 2, instead: Instead.monitoring),
        .refused("SLOWLOG RESET", Version(2, 2, 12), .server, arity: 2, instead: Instead.monitoring),
        .refused("TIME", Version(2, 6, 0), .server, arity: 1, instead: "the client's clock"),
    ]
}
