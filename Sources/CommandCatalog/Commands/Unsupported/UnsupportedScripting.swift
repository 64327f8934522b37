// Lua scripts and functions.

extension Unsupported {
    static let scripting: [Command] = [
        .unnamed(
            "EVAL", Version(2, 6, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .refused(
            "EVALSHA", Version(2, 6, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .unnamed(
            "EVALSHA_RO", Version(7, 0, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .unnamed(
            "EVAL_RO", Version(7, 0, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .unnamed(
            "FCALL", Version(7, 0, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .unnamed(
            "FCALL_RO", Version(7, 0, 0), .scripting, arity: -3, keys: .counted(destination: nil, count: 2, first: 3),
            instead: Instead.scripts),
        .unnamed("FUNCTION", Version(7, 0, 0), .scripting, arity: -2, instead: Instead.scripts),
        .unnamed("FUNCTION DELETE", Version(7, 0, 0), .scripting, arity: 3, instead: Instead.scripts),
        .unnamed("FUNCTION DUMP", Version(7, 0, 0), .scripting, arity: 2, instead: Instead.scripts),
        .unnamed("FUNCTION FLUSH", Version(7, 0, 0), .scripting, arity: -2, instead: Instead.scripts),
        .unnamed("FUNCTION HELP", Version(7, 0, 0), .scripting, arity: 2, instead: Instead.scripts),
        .unnamed("FUNCTION KILL", Version(7, 0, 0), .scripting, arity: 2, instead: Instead.scripts),
        .unnamed("FUNCTION LIST", Version(7, 0, 0), .scripting, arity: -2, instead: Instead.scripts),
        .unnamed("FUNCTION LOAD", Version(7, 0, 0), .scripting, arity: -3, instead: Instead.scripts),
        .unnamed("FUNCTION RESTORE", Version(7, 0, 0), .scripting, arity: -3, instead: Instead.scripts),
        .unnamed("FUNCTION STATS", Version(7, 0, 0), .scripting, arity: 2, instead: Instead.scripts),
        .refused("SCRIPT", Version(2, 6, 0), .scripting, arity: -2, instead: Instead.scripts),
        .unnamed("SCRIPT DEBUG", Version(3, 2, 0), .scripting, arity: 3, instead: Instead.scripts),
        .refused("SCRIPT EXISTS", Version(2, 6, 0), .scripting, arity: -3, instead: Instead.scripts),
        .refused("SCRIPT FLUSH", Version(2, 6, 0), .scripting, arity: -2, instead: Instead.scripts),
        .unnamed("SCRIPT HELP", Version(5, 0, 0), .scripting, arity: 2, instead: Instead.scripts),
        .refused("SCRIPT KILL", Version(2, 6, 0), .scripting, arity: 2, instead: Instead.scripts),
        .refused("SCRIPT LOAD", Version(2, 6, 0), .scripting, arity: 3, instead: Instead.scripts),
        .unnamed("SCRIPT SHOW", Version(.valkey, (8, 0, 0)), .scripting, arity: 3, instead: Instead.scripts),
    ]
}
