extension Rule {
    /// Redis 2.8 has the command, but the product's page names it nowhere.
    ///
    /// Fires on `EVAL "return 1" 0`; is silent on `LPOP jobs`.
    public static let unlistedCommand = Rule(
        .unlistedCommand, name: "unlisted-command", severity: .error,
        summary: "Redis 2.8 has this command, the target's list of supported commands does not.",
        explanation: """
            The list of supported commands is the whole of what is supported. An earlier edition of the page promised \
            blocking pops and EVAL for later; the present one does not name them, and the server answers \
            `ERR unknown command`.
            """,
        badExample: ["BLPOP jobs 5"],
        goodExample: ["LPOP jobs"],
        instead: "use a supported command")
}
