import TestSupport
import Testing

@testable import ClusterCore

struct DeadlineTests {
    private static let start = Instant(microseconds: 1_700_000_000_000_900)

    /// The ends of each range that the eight bytes are divided into.
    private static let ends: [Int64] = [
        Int64.max, Int64.max - 1, Int64.max / 1000, Int64.max / 1000 + 1, 4_611_686_018_427_387_904,
        253_402_300_799_999, 253_402_300_800_000, 1, 0, Int64.min, Int64.min + 1, Int64.min + 1_700_000_000_000,
        -4_611_686_018_427_387_904, -1_000_000_000_000_000_000,
    ]

    @Test(arguments: ends)
    func `milliseconds of any size are kept in eight bytes`(milliseconds: Int64) {
        let deadline = Deadline(milliseconds: milliseconds)
        #expect(deadline.milliseconds == milliseconds)
        #expect(deadline != .never)
        #expect(deadline.expiry == (milliseconds < 0 ? nil : milliseconds))
    }

    @Test(arguments: [-1, -2, -1_000_000, -250_000_000_000_000_000] as [Int64])
    func `negative milliseconds near 1970 stay negative`(milliseconds: Int64) throws {
        #expect(try #require(Deadline(milliseconds: milliseconds).milliseconds) < -1_000_000)
        #expect(Deadline(milliseconds: milliseconds).millisecondsLeft(from: Self.start) == 0)
    }

    @Test func `random milliseconds are kept, and compared with the clock, as 2.8 does`() {
        var generator = SeededGenerator()
        for _ in 0..<10_000 {
            let bits = Int64.random(in: .min ... .max, using: &generator)
            let milliseconds = bits >> Int64.random(in: 0..<64, using: &generator)
            let deadline = Deadline(milliseconds: milliseconds)
            if milliseconds >= 0 || milliseconds < -300_000_000_000_000_000 {
                #expect(deadline.milliseconds == milliseconds)
            }
            let now = Self.start.milliseconds
            #expect(deadline.hasPassed(at: Self.start) == (milliseconds >= 0 && milliseconds < now))
            #expect(deadline.hasCome(at: Self.start) == (milliseconds <= now))
            let after = Deadline(milliseconds: milliseconds, after: Self.start)
            #expect((after.expiry == nil) == (now &+ milliseconds < 0))
        }
    }

    @Test func `a deadline has passed from the millisecond after it on, and nothing is left from its own on`() {
        let deadline = Deadline(milliseconds: 1_000)
        #expect(!deadline.hasPassed(at: Instant(microseconds: 1_000_999)))
        #expect(deadline.hasPassed(at: Instant(microseconds: 1_001_000)))
        #expect(deadline.millisecondsLeft(from: Instant(microseconds: 1_000_500)) == 0)
        #expect(!Deadline.never.hasPassed(at: Clock.latest))
        #expect(Deadline.never.millisecondsLeft(from: Self.start) == nil)
        #expect(!Deadline(milliseconds: 0).hasPassed(at: .beginning))
    }

    @Test func `what was set is what is left, as long as no whole millisecond has gone by`() {
        let deadline = Deadline(milliseconds: 60_000, after: Self.start)
        #expect(deadline.millisecondsLeft(from: Instant(microseconds: Self.start.microseconds + 999)) == 60_000)
        #expect(deadline.millisecondsLeft(from: Instant(microseconds: Self.start.microseconds + 1_000)) == 59_999)
    }
}
