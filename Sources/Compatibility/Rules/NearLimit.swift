extension Rule {
    /// A key or value comes near its limit.
    ///
    /// Off unless a percentage is given. With 80, fires on a key of 102 bytes; is silent on one of 101.
    public static let nearLimit = Rule(
        .nearLimit, name: "near-limit", severity: .warning, isOnByDefault: false,
        summary: "A key or value is near the target's limit.",
        explanation: """
            What is at 80 per cent of a limit today may be over it next year. The rule is off by default; it is turned \
            on by saying how many per cent are near.
            """,
        badExample: ["GET page:" + String(repeating: "a", count: 110)],
        goodExample: ["GET page:" + String(repeating: "a", count: 80)],
        instead: "split it before it grows further")
}
