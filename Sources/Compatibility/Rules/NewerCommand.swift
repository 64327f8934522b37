extension Rule {
    /// The command came with a Redis later than the one whose protocol the target speaks.
    ///
    /// Fires on `UNLINK old`; is silent on `DEL old`.
    public static let newerCommand = Rule(
        .newerCommand, name: "newer-command", severity: .error,
        summary: "This command is newer than Redis 2.8.",
        explanation: """
            The target speaks the protocol of Redis 2.8. A command of a later release is unknown to it, however common \
            it has become: streams (5.0), UNLINK and MEMORY (4.0), GETDEL and COPY (6.2), FUNCTION (7.0).
            """,
        badExample: ["UNLINK old"],
        goodExample: ["DEL old"],
        instead: "use a command of Redis 2.8")
}
