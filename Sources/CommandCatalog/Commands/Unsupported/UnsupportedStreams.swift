// Streams.

extension Unsupported {
    static let streams: [Command] = [
        .unnamed("XACK", Version(5, 0, 0), .stream, arity: -4, keys: .first, instead: Instead.streamGroup),
        .unnamed("XADD", Version(5, 0, 0), .stream, arity: -5, keys: .first, instead: Instead.streamLog),
        .unnamed("XAUTOCLAIM", Version(6, 2, 0), .stream, arity: -6, keys: .first, instead: Instead.streamGroup),
        .unnamed("XCLAIM", Version(5, 0, 0), .stream, arity: -6, keys: .first, instead: Instead.streamGroup),
        .unnamed("XDEL", Version(5, 0, 0), .stream, arity: -3, keys: .first, instead: Instead.streamLog),
        .unnamed("XGROUP", Version(5, 0, 0), .stream, arity: -2, instead: Instead.streamGroup),
        .unnamed("XGROUP CREATE", Version(5, 0, 0), .stream, arity: -5, keys: .second, instead: Instead.streamGroup),
        .unnamed(
            "XGROUP CREATECONSUMER", Version(6, 2, 0), .stream, arity: 5, keys: .second,
            instead: Instead.streamGroup),
        .unnamed(
            "XGROUP DELCONSUMER", Version(5, 0, 0), .stream, arity: 5, keys: .second,
            instead: Instead.streamGroup),
        .unnamed("XGROUP DESTROY", Version(5, 0, 0), .stream, arity: 4, keys: .second, instead: Instead.streamGroup),
        .unnamed("XGROUP HELP", Version(5, 0, 0), .stream, arity: 2, instead: Instead.streamGroup),
        .unnamed("XGROUP SETID", Version(5, 0, 0), .stream, arity: -5, keys: .second, instead: Instead.streamGroup),
        .unnamed("XINFO", Version(5, 0, 0), .stream, arity: -2, instead: Instead.streamLog),
        .unnamed("XINFO CONSUMERS", Version(5, 0, 0), .stream, arity: 4, keys: .second, instead: Instead.streamLog),
        .unnamed("XINFO GROUPS", Version(5, 0, 0), .stream, arity: 3, keys: .second, instead: Instead.streamLog),
        .unnamed("XINFO HELP", Version(5, 0, 0), .stream, arity: 2, instead: Instead.streamLog),
        .unnamed("XINFO STREAM", Version(5, 0, 0), .stream, arity: -3, keys: .second, instead: Instead.streamLog),
        .unnamed("XLEN", Version(5, 0, 0), .stream, arity: 2, keys: .first, instead: Instead.streamLog),
        .unnamed("XPENDING", Version(5, 0, 0), .stream, arity: -3, keys: .first, instead: Instead.streamGroup),
        .unnamed("XRANGE", Version(5, 0, 0), .stream, arity: -4, keys: .first, instead: Instead.streamLog),
        .unnamed("XREAD", Version(5, 0, 0), .stream, arity: -4, keys: .streams, instead: Instead.streamLog),
        .unnamed("XREADGROUP", Version(5, 0, 0), .stream, arity: -7, keys: .streams, instead: Instead.streamGroup),
        .unnamed("XREVRANGE", Version(5, 0, 0), .stream, arity: -4, keys: .first, instead: Instead.streamLog),
        .unnamed("XSETID", Version(5, 0, 0), .stream, arity: -3, keys: .first, instead: Instead.streamLog),
        .unnamed("XTRIM", Version(5, 0, 0), .stream, arity: -4, keys: .first, instead: Instead.streamLog),
    ]
}
