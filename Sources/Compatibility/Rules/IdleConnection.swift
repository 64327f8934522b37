extension Rule {
    /// A connection sends nothing for longer than the target keeps it open, and is then used again.
    ///
    /// Fires on a pause of 1,801 seconds between two commands of a connection; is silent on one of 1,800. Only a trace
    /// with times and clients shows it.
    public static let idleConnection = Rule(
        .idleConnection, name: "idle-connection", severity: .warning,
        summary: "A connection is silent for more than 30 minutes.",
        explanation: """
            The target closes a connection that sends nothing for 30 minutes. The next command on it fails unless the \
            library connects anew by itself.
            """,
        badExample: [#"1000.000000 [0 10.0.0.1:1] "PING""#, #"2801.000000 [0 10.0.0.1:1] "PING""#],
        goodExample: [#"1000.000000 [0 10.0.0.1:1] "PING""#, #"2800.000000 [0 10.0.0.1:1] "PING""#],
        instead: "send PING now and then, or have the pool test and replace idle connections")
}
