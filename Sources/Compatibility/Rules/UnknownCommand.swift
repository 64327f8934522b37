extension Rule {
    /// No Redis has a command of this name.
    ///
    /// Fires on `GTE k`; is silent on `GET k`.
    public static let unknownCommand = Rule(
        .unknownCommand, name: "unknown-command", severity: .error,
        summary: "No Redis has a command of this name.",
        explanation: """
            The name is mistyped, belongs to a module, or was made with rename-command. For a renamed command, say so \
            in the configuration: it is then judged as the command that it stands for.
            """,
        badExample: ["GTE user:1"],
        goodExample: ["GET user:1"],
        instead: "correct the name, or declare it as a renamed command in the configuration")
}
