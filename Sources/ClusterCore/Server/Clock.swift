import Glibc
import Synchronization

/// The instant that expiry and idle connections are measured by: the wall clock, or one that tests move by hand.
public final class Clock: Sendable {
    /// The instant of a clock moved by hand; `wall` where the wall clock counts.
    private let manual: Atomic<Int64>

    private static let wall = Int64.min

    /// The wall clock.
    public init() {
        manual = Atomic(Self.wall)
    }

    /// A clock that stands still at an instant until it is moved.
    public init(stoppedAt milliseconds: Int64) {
        manual = Atomic(milliseconds)
    }

    /// The present instant.
    ///
    /// Some 20 ns.
    public func now() -> Instant {
        let stopped = manual.load(ordering: .relaxed)
        if stopped != Self.wall { return Instant(milliseconds: stopped) }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// The end of the year 9999: no clock is moved beyond it.
    static let latest = Instant(milliseconds: Deadline.latestNear)

    /// Whether the clock stands still until it is moved.
    public var isManual: Bool { manual.load(ordering: .relaxed) != Self.wall }

    /// Moves a stopped clock; the wall clock does not let itself be moved.
    public func advance(by milliseconds: Int64) {
        precondition(manual.load(ordering: .relaxed) != Self.wall, "the wall clock cannot be moved")
        manual.add(milliseconds, ordering: .relaxed)
    }
}
