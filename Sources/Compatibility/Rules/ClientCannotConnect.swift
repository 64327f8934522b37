extension Rule {
    /// A client library insists on a command of its greeting that the target refuses.
    ///
    /// Fires on `HELLO 3` and `CLIENT SETINFO LIB-NAME node-redis` of one connection, and on a client of node-redis that is
    /// made without `RESP: 2`; is silent where the setting is made.
    public static let clientCannotConnect = Rule(
        .clientCannotConnect, name: "client-cannot-connect", severity: .error,
        summary: "A client library cannot connect: it does not go on after a refused command.",
        explanation: """
            Most libraries ignore that a command of their greeting is refused, these do not: redis-py from release 8 on, \
            node-redis from 6 on and Ruby's redis-client close the connection where HELLO is refused, ioredis where INFO is, \
            rueidis where CLIENT TRACKING is. Each has a setting that leaves the command out. The rule is silent where the \
            setting is made, in the call that makes the client or in a file that the call's options may come from, and \
            where a manifest asks for an earlier release.
            """,
        badExample: ["HELLO 3", "CLIENT SETINFO LIB-NAME node-redis"],
        goodExample: ["PING"],
        instead: "make the setting that leaves the command out")
}
