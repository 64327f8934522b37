extension Rule {
    /// A supported command has too few or too many arguments.
    ///
    /// Fires on `GET`; is silent on `GET k`.
    public static let wrongArity = Rule(
        .wrongArity, name: "wrong-arity", severity: .error,
        summary: "The command has the wrong number of arguments.",
        explanation: """
            The server answers `ERR wrong number of arguments`. Where the surplus arguments are a form of a later \
            Redis, newer-argument is reported in place of this rule.
            """,
        badExample: ["GET"],
        goodExample: ["GET user:1"],
        instead: "give the arguments that the command takes (clusterctl explain COMMAND shows them)")
}
