import Testing

@testable import ClusterCore

@Suite("Instant")
struct InstantTests {
    private static let start = Instant(microseconds: 1_700_000_000_000_900)

    @Test("what was set is what is left, as long as no whole millisecond has gone by")
    func roundsUp() {
        let deadline = Self.start.after(milliseconds: 17_179_869_184)
        let later = Instant(microseconds: Self.start.microseconds + 150)
        #expect(deadline.millisecondsLeft(from: Self.start) == 17_179_869_184)
        #expect(deadline.millisecondsLeft(from: later) == 17_179_869_184)
        #expect(deadline.millisecondsLeft(from: later.after(milliseconds: 1)) == 17_179_869_183)
    }

    @Test("a deadline has passed from the millisecond after it on, and nothing is left from its own on")
    func passes() {
        let deadline = Instant(milliseconds: 1_000)
        #expect(!deadline.hasPassed(at: Instant(microseconds: 1_000_999)))
        #expect(deadline.hasPassed(at: Instant(microseconds: 1_001_000)))
        #expect(deadline.millisecondsLeft(from: Instant(microseconds: 1_000_500)) == 0)
        #expect(!Instant.never.hasPassed(at: Instant(milliseconds: .max)))
    }

    @Test("sums that do not fit 64 bits wrap, as in 2.8: the deadline has passed")
    func wraps() {
        #expect(Self.start.after(milliseconds: .max) < Self.start)
    }

    @Test(
        "milliseconds beyond what microseconds can name are the last that they can", arguments: [Int64.max, Int64.min])
    func saturates(milliseconds: Int64) {
        let instant = Instant(milliseconds: milliseconds)
        #expect((instant > Self.start) == (milliseconds > 0))
        #expect(instant != .never)
    }
}
