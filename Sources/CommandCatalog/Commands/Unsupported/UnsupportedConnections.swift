// Commands on the connection.

extension Unsupported {
    static let connections: [Command] = [
        .refused("CLIENT", Version(2, 4, 0), .connection, arity: -2, instead: Instead.clientAdministration),
        .unnamed("CLIENT CACHING", Version(6, 0, 0), .connection, arity: 3, instead: Instead.clientCaching),
        .unnamed(
            "CLIENT CAPA", Version(.valkey, (8, 0, 0)), .connection, arity: -3,
            instead: Instead.clientAdministration),
        .refused("CLIENT GETNAME", Version(2, 6, 9), .connection, arity: 2, instead: Instead.clientName),
        .unnamed("CLIENT GETREDIR", Version(6, 0, 0), .connection, arity: 2, instead: Instead.clientCaching),
        .unnamed("CLIENT HELP", Version(5, 0, 0), .connection, arity: 2, instead: Instead.clientAdministration),
        .unnamed("CLIENT ID", Version(5, 0, 0), .connection, arity: 2, instead: Instead.clientAdministration),
        .unnamed(
            "CLIENT IMPORT-SOURCE", Version(.valkey, (8, 1, 0)), .connection, arity: 3,
            instead: Instead.clientAdministration),
        .unnamed("CLIENT INFO", Version(6, 2, 0), .connection, arity: 2, instead: Instead.clientAdministration),
        .refused("CLIENT KILL", Version(2, 4, 0), .connection, arity: -3, instead: Instead.clientAdministration),
        .refused("CLIENT LIST", Version(2, 4, 0), .connection, arity: -2, instead: Instead.clientAdministration),
        .unnamed("CLIENT NO-EVICT", Version(7, 0, 0), .connection, arity: 3, instead: Instead.clientAdministration),
        .unnamed("CLIENT NO-TOUCH", Version(7, 2, 0), .connection, arity: 3, instead: Instead.clientAdministration),
        .unnamed("CLIENT PAUSE", Version(3, 0, 0), .connection, arity: -3, instead: Instead.clientAdministration),
        .unnamed("CLIENT REPLY", Version(3, 2, 0), .connection, arity: 3, instead: Instead.clientAdministration),
        .unnamed("CLIENT SETINFO", Version(7, 2, 0), .connection, arity: 4, instead: Instead.clientInfo),
        .refused("CLIENT SETNAME", Version(2, 6, 9), .connection, arity: 3, instead: Instead.clientName),
        .unnamed("CLIENT TRACKING", Version(6, 0, 0), .connection, arity: -3, instead: Instead.clientCaching),
        .unnamed("CLIENT TRACKINGINFO", Version(6, 2, 0), .connection, arity: 2, instead: Instead.clientCaching),
        .unnamed("CLIENT UNBLOCK", Version(5, 0, 0), .connection, arity: -3, instead: Instead.clientAdministration),
        .unnamed("CLIENT UNPAUSE", Version(6, 2, 0), .connection, arity: 2, instead: Instead.clientAdministration),
        .unnamed(
            "HELLO", Version(6, 0, 0), .connection, arity: -1, secrets: .greeting(from: 2),
            instead: "speak RESP2 (`protocol=2` in the client's options) and send AUTH"),
        .unnamed("RESET", Version(6, 2, 0), .connection, arity: 1, instead: "close the connection and open another"),
    ]
}
