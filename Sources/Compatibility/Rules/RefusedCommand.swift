extension Rule {
    /// The page of the product lists the command as refused.
    ///
    /// Fires on `KEYS *`; is silent on `SMEMBERS index:keys`.
    public static let refusedCommand = Rule(
        .refusedCommand, name: "refused-command", severity: .error,
        summary: "The target refuses this command.",
        explanation: """
            The product's page lists the command among those that the Cluster edition does not support. The server \
            answers `ERR unknown command`, every time. Commands that look at the whole keyspace (KEYS, SCAN, RANDOMKEY, \
            DBSIZE), move keys (RENAME, MIGRATE, SORT), run stored scripts, publish messages or administer a server are \
            of this kind.
            """,
        badExample: ["KEYS session:*"],
        goodExample: ["SADD index:sessions session:1", "SMEMBERS index:sessions"],
        instead: "use a supported command")
}
