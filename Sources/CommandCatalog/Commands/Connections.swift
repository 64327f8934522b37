// The connection itself.

extension Command {
    static let auth = supported(
        .auth, "AUTH", since: Version(1, 0, 0), .connection, arity: 2, keys: .none,
        flags: [.readonly, .noScript, .loading, .stale, .fast], secrets: .from(1), syntax: "password",
        summary: "Authenticates the connection.")

    static let echo = supported(
        .echo, "ECHO", since: Version(1, 0, 0), .connection, arity: 2, keys: .none,
        flags: [.readonly, .fast], syntax: "message",
        summary: "Gives the message back.")

    static let ping = supported(
        .ping, "PING", since: Version(1, 0, 0), .connection, arity: -1, keys: .none,
        flags: [.readonly, .stale, .fast], syntax: "[message]",
        summary: "Answers PONG, or the message.")

    static let quit = supported(
        .quit, "QUIT", since: Version(1, 0, 0), .connection, arity: -1, keys: .none,
        flags: [], syntax: "",
        summary: "Closes the connection after a last reply.")

    static let select = supported(
        .select, "SELECT", since: Version(1, 0, 0), .connection, arity: 2, keys: .none,
        flags: [.readonly, .loading, .fast], syntax: "index",
        summary: "Chooses the database; there is one, number 0.")
}
