extension Rule {
    /// A database other than 0 is used.
    ///
    /// Fires on `SELECT 3`; is silent on `SELECT 0`.
    public static let otherDatabase = Rule(
        .otherDatabase, name: "other-database", severity: .error,
        summary: "The target has database 0 alone.",
        explanation: """
            SELECT with any other number answers `ERR invalid DB index`. Many libraries select a database at connection \
            time, from a setting or from the path of a URL such as `redis://host/3`, and then fail to connect at all.
            """,
        badExample: ["SELECT 3"],
        goodExample: ["SELECT 0"],
        instead: "keep everything in database 0 and tell the parts apart by a prefix of the keys")
}
