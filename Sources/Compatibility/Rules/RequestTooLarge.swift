extension Rule {
    /// One request is larger on the wire than the target takes.
    ///
    /// Fires on an MSET of eleven values of a million bytes; is silent on one of nine.
    public static let requestTooLarge = Rule(
        .requestTooLarge, name: "request-too-large", severity: .error,
        summary: "A request is 10 MB or more on the wire.",
        explanation: """
            A request, counted with the protocol's own bytes, must stay under 10 MB. The server answers a protocol \
            error and closes the connection, so that other requests on it fail too. Large MSET, HMSET, SADD and RPUSH \
            calls are the usual case.
            """,
        badExample: ["MSET k1 (1,000,000 bytes) k2 (1,000,000 bytes) … k11 (1,000,000 bytes)"],
        goodExample: ["MSET k1 (1,000,000 bytes) k2 (1,000,000 bytes) … k9 (1,000,000 bytes)"],
        instead: "send it in several requests")
}
