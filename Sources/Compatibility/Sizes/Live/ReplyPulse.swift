/// Whether a server that owes replies gives them: one that sends a byte now and then does not, though it is never silent for
/// long.
struct ReplyPulse {
    let seconds: Int
    /// The least that is to come in so many seconds.
    static let fewestBytes = 1_000

    private var begin = ContinuousClock.now
    private var bytes = 0

    init(seconds: Int) {
        self.seconds = seconds
    }

    /// Begins to count: something was asked.
    mutating func begin(at now: ContinuousClock.Instant) {
        begin = now
        bytes = 0
    }

    /// Counts what has come; false where too little has come for too long.
    mutating func goesOn(with count: Int, at now: ContinuousClock.Instant) -> Bool {
        bytes += count
        guard now - begin >= .seconds(seconds) else { return true }
        defer { begin(at: now) }
        return bytes >= Self.fewestBytes
    }
}
