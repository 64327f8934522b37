extension Rule {
    /// A client library sends the command by itself when it connects.
    ///
    /// Fires on `CLIENT SETINFO LIB-NAME redis-py`, and on `import redis`; is silent on `PING`.
    public static let libraryHandshake = Rule(
        .libraryHandshake, name: "library-handshake", severity: .note,
        summary: "A client library sends a command at connection that the target refuses.",
        explanation: """
            No line of the application asks for these: HELLO, CLIENT SETINFO and the like come from the library when it \
            connects, and redis-cli asks for COMMAND DOCS. Most libraries ignore the error; some have an option that \
            turns the command off. Each library is named once, where a log has its greeting or where source code \
            imports it.
            """,
        badExample: ["CLIENT SETINFO LIB-NAME redis-py"],
        goodExample: ["PING"],
        instead: "turn it off in the library's options, or check that the library goes on after the error")
}
