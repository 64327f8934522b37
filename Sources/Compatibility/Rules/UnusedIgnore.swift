extension Rule {
    /// A comment that hides findings hides none.
    ///
    /// Fires on `clusterctl:ignore refused-command` beside a GET; is silent beside a KEYS.
    public static let unusedIgnore = Rule(
        .unusedIgnore, name: "unused-ignore", severity: .warning,
        summary: "A comment that ignores a rule has nothing to ignore.",
        explanation: """
            The finding that the comment was written for is gone. Left in place, the comment would hide the next one.
            """,
        badExample: ["r.get('k')  # clusterctl:ignore refused-command -- written for an earlier version"],
        goodExample: ["r.keys('*')  # clusterctl:ignore refused-command -- runs against the old server only"],
        instead: "delete the comment")
}
