extension Rule {
    /// A connection uses a key while another connection's transaction on it is open.
    ///
    /// Fires where one connection's GET stands between MULTI and EXEC of another that writes the key; is silent where
    /// it comes after EXEC. Only a trace with times and clients shows it.
    public static let lockedKeyTouched = Rule(
        .lockedKeyTouched, name: "locked-key-touched", severity: .warning,
        summary: "A key is used by others while a transaction holds it.",
        explanation: """
            On the target a transaction locks its keys: until EXEC, reading or writing them from another connection \
            fails. On an ordinary Redis the other connection just comes earlier or later. MONITOR shows a queued \
            command only when it is run, so the time from MULTI to EXEC is taken for the time of the lock.
            """,
        badExample: [
            #"1.000000 [0 10.0.0.1:1] "MULTI""#, #"1.100000 [0 10.0.0.2:2] "GET" "stock""#,
            #"1.200000 [0 10.0.0.1:1] "DECR" "stock""#, #"1.200001 [0 10.0.0.1:1] "EXEC""#,
        ],
        goodExample: [
            #"1.000000 [0 10.0.0.1:1] "MULTI""#, #"1.200000 [0 10.0.0.1:1] "DECR" "stock""#,
            #"1.200001 [0 10.0.0.1:1] "EXEC""#, #"1.300000 [0 10.0.0.2:2] "GET" "stock""#,
        ],
        instead: "send MULTI to EXEC in one piece, and repeat a command that finds its key locked")
}
