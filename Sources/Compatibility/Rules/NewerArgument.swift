extension Rule {
    /// The command is supported, but an option or form in the request came with a later Redis.
    ///
    /// Fires on `SET k v KEEPTTL`; is silent on `SET k v EX 60`.
    public static let newerArgument = Rule(
        .newerArgument, name: "newer-argument", severity: .error,
        summary: "This form of a supported command is newer than Redis 2.8.",
        explanation: """
            The command exists, so the mistake shows late: Redis 2.8 answers a syntax error, a wrong number of \
            arguments, or takes the option for a value. Known cases: HSET with several fields (4.0), SET with KEEPTTL \
            or GET (6.0, 6.2), ZADD with NX, XX, CH or INCR (3.0.2), SPOP with a count (3.2), EXISTS with several keys \
            (3.0.3), AUTH with a user (6.0).
            """,
        badExample: ["HSET user:1 name Ann age 31"],
        goodExample: ["HMSET user:1 name Ann age 31", "SET k v EX 60 NX"],
        instead: "use the form that Redis 2.8 has")
}
