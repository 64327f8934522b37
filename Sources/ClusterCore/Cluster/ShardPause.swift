import Glibc

/// Rests of a thread that takes a shard's lock again and again: whoever waits for the lock is asleep by then, and would
/// find it taken again.
///
/// One rest a millisecond of work, so that many small steps do not cost a rest each.
struct ShardPause {
    private var lastRest = ContinuousClock.now

    private static let longestWork = Duration.milliseconds(1)
    /// In microseconds.
    private static let rest: useconds_t = 100

    /// To be called after each step, without the lock.
    mutating func restIfDue() {
        guard ContinuousClock.now - lastRest >= Self.longestWork else { return }
        usleep(Self.rest)
        lastRest = .now
    }
}
