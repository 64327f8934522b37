extension Rule {
    /// A key is longer than the target allows.
    ///
    /// Fires on a key of 128 bytes; is silent on one of 127.
    public static let keyTooLong = Rule(
        .keyTooLong, name: "key-too-long", severity: .error,
        summary: "A key is longer than 127 bytes.",
        explanation: """
            Keys are at most 127 bytes. Bytes, not characters: a Chinese character counts three. Keys made out of URLs, \
            queries or user input are the usual case.
            """,
        badExample: ["GET page:" + String(repeating: "a", count: 123)],
        goodExample: ["GET page:" + String(repeating: "a", count: 122)],
        instead: "shorten the key, for instance to a prefix and a hash of the long part")
}
