/// A point in time, in microseconds of the Unix epoch.
///
/// Redis counts in milliseconds and throws the rest of each reading of the clock away, so that PTTL sent right after
/// PSETEX may be one short of what was set. Here the rest is kept, and what is left is rounded up: an answer that Redis
/// could have given, and always the same one.
public struct Instant: Comparable, Sendable, BitwiseCopyable {
    /// Microseconds of the Unix epoch.
    public let microseconds: Int64

    /// Before every deadline: at this instant nothing has expired.
    static let beginning = Instant(microseconds: .min + 1000)

    /// The instants that milliseconds can name; later and earlier ones, beyond the year 294,000, are these.
    private static let representable = (Int64.min / 1000 + 1)...(Int64.max / 1000 - 1)

    /// A number of microseconds of the Unix epoch.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// A number of milliseconds of the Unix epoch.
    public init(milliseconds: Int64) {
        let representable = Self.representable
        microseconds = min(max(milliseconds, representable.lowerBound), representable.upperBound) * 1000
    }

    /// Milliseconds of the Unix epoch, rounded down.
    public var milliseconds: Int64 {
        microseconds >= 0 ? microseconds / 1000 : (microseconds - 999) / 1000
    }

    /// The instant so many milliseconds later, or the last that there is.
    public func after(milliseconds difference: Int64) -> Instant {
        let (sum, overflows) = milliseconds.addingReportingOverflow(difference)
        if overflows { return Instant(milliseconds: difference < 0 ? .min : .max) }
        guard Self.representable.contains(sum), Self.representable.contains(difference) else {
            return Instant(milliseconds: sum)
        }
        return Instant(microseconds: microseconds + difference * 1000)
    }

    /// Milliseconds from `now` to this instant, rounded up; 0 where it has come.
    func millisecondsLeft(from now: Instant) -> Int64 {
        microseconds <= now.microseconds ? 0 : (microseconds - now.microseconds + 999) / 1000
    }

    /// Earlier before later.
    @inline(__always)
    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
}
