extension Rule {
    /// A value grows over the limit by several writes, each of which is small enough.
    ///
    /// Fires on `SETRANGE log 999990 0123456789` followed by `APPEND log x`; is silent without the second.
    public static let valueGrowsTooLarge = Rule(
        .valueGrowsTooLarge, name: "value-grows-too-large", severity: .error,
        summary: "A value grows over 1,000,000 bytes.",
        explanation: """
            The sizes of the values are followed through the trace by the arithmetic of the commands. A list that is \
            only pushed to, a set that collects for ever, a string that is appended to: each write is small, and the one \
            that goes over the limit is refused, as is every growing one after it. What was stored before the trace \
            begins is not known and counts nothing.
            """,
        badExample: ["SETRANGE log 999990 0123456789", "APPEND log x"],
        goodExample: ["SETRANGE log 999990 0123456789", "DEL log", "APPEND log x"],
        instead: "split the collection over several keys (by day, by hash of the member), or trim it as it grows")
}
