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

    @Test(
        "sums that do not fit are the last instants that there are: what waits for one never ends",
        arguments: [Int64.max, Int64.max - 1, Int64.max / 1000])
    func sums(difference: Int64) {
        #expect(Self.start.after(milliseconds: difference) > Self.start.after(milliseconds: 1_000_000_000_000_000))
        #expect(Self.start.after(milliseconds: -difference) < Self.start)
    }

    @Test(
        "milliseconds beyond what microseconds can name are the last that they can", arguments: [Int64.max, Int64.min])
    func saturates(milliseconds: Int64) {
        let instant = Instant(milliseconds: milliseconds)
        #expect((instant > Self.start) == (milliseconds > 0))
    }
}
