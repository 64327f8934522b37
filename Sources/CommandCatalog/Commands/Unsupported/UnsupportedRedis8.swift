// What Redis 8 and Valkey have added: values, streams, administration.

extension Unsupported {
    static var redis8: [Command] { redis8Values + redis8Server + arrays + vectorSets }

    static let redis8Values: [Command] = [
        .unnamed(
            "DELEX", Version(8, 4, 0), .string, arity: -2, keys: .first,
            instead: "WATCH, GET and compare in the client, then MULTI, DEL, EXEC; else UNWATCH"),
        .unnamed(
            "DELIFEQ", Version(.valkey, (9, 0, 0)), .string, arity: 3, keys: .first,
            instead: "WATCH, GET and compare in the client, then MULTI, DEL, EXEC; else UNWATCH"),
        .unnamed(
            "DIGEST", Version(8, 4, 0), .string, arity: 2, keys: .first,
            instead: "GET, and hash the value in the client"),
        .unnamed("INCREX", Version(8, 8, 0), .string, arity: -2, keys: .first, instead: "MULTI, INCRBY, EXPIRE, EXEC"),
        .unnamed(
            "MSETEX", Version(8, 4, 0), .string, arity: -4, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "MULTI, SETEX key by key, EXEC"),
        .unnamed(
            "STRALGO", Version(6, 0, 0), .string, arity: -2,
            instead: "GET both strings and compare them in the client"),
        .unnamed("HGETDEL", Version(8, 0, 0), .hash, arity: -5, keys: .first, instead: "MULTI, HMGET, HDEL, EXEC"),
        .unnamed("HGETEX", Version(8, 0, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HSETEX", Version(8, 0, 0), .hash, arity: -6, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HIMPORT", Version(8, 10, 0), .hash, arity: -2, instead: "HMSET, hash by hash, in a pipeline"),
        .unnamed("HIMPORT DISCARD", Version(8, 10, 0), .hash, arity: 3, instead: "HMSET, hash by hash, in a pipeline"),
        .unnamed(
            "HIMPORT DISCARDALL", Version(8, 10, 0), .hash, arity: 2,
            instead: "HMSET, hash by hash, in a pipeline"),
        .unnamed("HIMPORT PREPARE", Version(8, 10, 0), .hash, arity: -4, instead: "HMSET, hash by hash, in a pipeline"),
        .unnamed(
            "HIMPORT SET", Version(8, 10, 0), .hash, arity: -5, keys: .second,
            instead: "HMSET, hash by hash, in a pipeline"),
        .unnamed(
            "BLMOVEM", Version(8, 10, 0), .list, arity: -6, keys: .range(first: 1, last: 2, step: 1),
            instead: "in a loop with a pause: RPOPLPUSH for RIGHT LEFT, as often as there are elements to move"),
        .unnamed(
            "LMOVEM", Version(8, 10, 0), .list, arity: -5, keys: .range(first: 1, last: 2, step: 1),
            instead: "RPOPLPUSH for RIGHT LEFT, as often as there are elements to move, between MULTI and EXEC"),
        .unnamed(
            "SDIFFCARD", Version(8, 10, 0), .set, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "SDIFF, and count what it gives"),
        .unnamed(
            "SUNIONCARD", Version(8, 10, 0), .set, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "SUNION, and count what it gives"),
        .unnamed("XACKDEL", Version(8, 2, 0), .stream, arity: -6, keys: .first, instead: Instead.streamGroup),
        .unnamed("XCFGSET", Version(8, 6, 0), .stream, arity: -2, keys: .first, instead: Instead.streamLog),
        .unnamed("XDELEX", Version(8, 2, 0), .stream, arity: -5, keys: .first, instead: Instead.streamLog),
        .unnamed("XIDMPRECORD", Version(8, 6, 2), .stream, arity: 5, keys: .first, instead: Instead.streamLog),
        .unnamed("XNACK", Version(8, 8, 0), .stream, arity: -7, keys: .first, instead: Instead.streamGroup),
    ]

    static let redis8Server: [Command] = [
        .unnamed("BACKUP", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP ABORT", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP CLEANUP", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP HELP", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP LIST", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP SEAL", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP START", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("BACKUP STATUS", Version(8, 10, 0), .server, arity: 2, instead: Instead.backups),
        .unnamed("COMMANDLOG", Version(.valkey, (8, 1, 0)), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("COMMANDLOG GET", Version(.valkey, (8, 1, 0)), .server, arity: -4, instead: Instead.monitoring),
        .unnamed("COMMANDLOG HELP", Version(.valkey, (8, 1, 0)), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("COMMANDLOG LEN", Version(.valkey, (8, 1, 0)), .server, arity: -3, instead: Instead.monitoring),
        .unnamed("COMMANDLOG RESET", Version(.valkey, (8, 1, 0)), .server, arity: -3, instead: Instead.monitoring),
        .unnamed("HOTKEYS", Version(8, 6, 0), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("HOTKEYS GET", Version(8, 6, 0), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("HOTKEYS HELP", Version(8, 6, 1), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("HOTKEYS RESET", Version(8, 6, 0), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("HOTKEYS START", Version(8, 6, 0), .server, arity: -2, instead: Instead.monitoring),
        .unnamed("HOTKEYS STOP", Version(8, 6, 0), .server, arity: 2, instead: Instead.monitoring),
        .unnamed("SFLUSH", Version(8, 0, 0), .server, arity: -3, instead: Instead.flushing),
        .unnamed("TRIMSLOTS", Version(8, 4, 0), .server, arity: -5, instead: Instead.flushing),
    ]

    /// Sparse arrays, since Redis 8.8.
    static let arrays: [Command] = [
        .unnamed("ARCOUNT", Version(8, 8, 0), .array, arity: 2, keys: .first, instead: Instead.array),
        .unnamed("ARDEL", Version(8, 8, 0), .array, arity: -3, keys: .first, instead: Instead.array),
        .unnamed("ARDELRANGE", Version(8, 8, 0), .array, arity: -4, keys: .first, instead: Instead.array),
        .unnamed("ARGET", Version(8, 8, 0), .array, arity: 3, keys: .first, instead: Instead.array),
        .unnamed("ARGETRANGE", Version(8, 8, 0), .array, arity: 4, keys: .first, instead: Instead.array),
        .unnamed("ARGREP", Version(8, 8, 0), .array, arity: -6, keys: .first, instead: Instead.array),
        .unnamed("ARINFO", Version(8, 8, 0), .array, arity: -2, keys: .first, instead: Instead.array),
        .unnamed("ARINSERT", Version(8, 8, 0), .array, arity: -3, keys: .first, instead: Instead.array),
        .unnamed("ARLASTITEMS", Version(8, 8, 0), .array, arity: -3, keys: .first, instead: Instead.array),
        .unnamed("ARLEN", Version(8, 8, 0), .array, arity: 2, keys: .first, instead: Instead.array),
        .unnamed("ARMGET", Version(8, 8, 0), .array, arity: -3, keys: .first, instead: Instead.array),
        .unnamed("ARMSET", Version(8, 8, 0), .array, arity: -4, keys: .first, instead: Instead.array),
        .unnamed("ARNEXT", Version(8, 8, 0), .array, arity: 2, keys: .first, instead: Instead.array),
        .unnamed("AROP", Version(8, 8, 0), .array, arity: -5, keys: .first, instead: Instead.array),
        .unnamed("ARRING", Version(8, 8, 0), .array, arity: -4, keys: .first, instead: Instead.array),
        .unnamed("ARSCAN", Version(8, 8, 0), .array, arity: -4, keys: .first, instead: Instead.array),
        .unnamed("ARSEEK", Version(8, 8, 0), .array, arity: 3, keys: .first, instead: Instead.array),
        .unnamed("ARSET", Version(8, 8, 0), .array, arity: -4, keys: .first, instead: Instead.array),
    ]

    /// Vector sets, since Redis 8.0.
    static let vectorSets: [Command] = [
        .unnamed("VADD", Version(8, 0, 0), .vectorSet, arity: -5, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VCARD", Version(8, 0, 0), .vectorSet, arity: 2, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VDIM", Version(8, 0, 0), .vectorSet, arity: 2, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VEMB", Version(8, 0, 0), .vectorSet, arity: -3, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VGETATTR", Version(8, 0, 0), .vectorSet, arity: 3, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VINFO", Version(8, 0, 0), .vectorSet, arity: 2, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VISMEMBER", Version(8, 2, 0), .vectorSet, arity: 3, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VLINKS", Version(8, 0, 0), .vectorSet, arity: -3, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VRANDMEMBER", Version(8, 0, 0), .vectorSet, arity: -2, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VRANGE", Version(8, 4, 0), .vectorSet, arity: -4, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VREM", Version(8, 0, 0), .vectorSet, arity: 3, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VSETATTR", Version(8, 0, 0), .vectorSet, arity: 4, keys: .first, instead: Instead.vectorSearch),
        .unnamed("VSIM", Version(8, 0, 0), .vectorSet, arity: -4, keys: .first, instead: Instead.vectorSearch),
    ]
}
