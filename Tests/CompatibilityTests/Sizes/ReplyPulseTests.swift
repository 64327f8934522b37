import Testing

@testable import Compatibility

@Suite struct ReplyPulseTests {
    private let start = ContinuousClock.now

    @Test func `a server that drips is given up, one that sends is not`() {
        var dripping = ReplyPulse(seconds: 30)
        dripping.begin(at: start)
        let answers = (1...30).map { dripping.goesOn(with: 3, at: start + .seconds($0)) }
        #expect(answers == [Bool](repeating: true, count: 29) + [false])

        var sending = ReplyPulse(seconds: 30)
        sending.begin(at: start)
        let others = (1..<300).map { sending.goesOn(with: 50, at: start + .seconds($0)) }
        #expect(!others.contains(false))
    }

    @Test func `what was sent in one span says nothing of the next, and a new request begins one`() {
        var pulse = ReplyPulse(seconds: 30)
        pulse.begin(at: start)
        let first = pulse.goesOn(with: 1_000_000, at: start + .seconds(30))
        let second = pulse.goesOn(with: 1, at: start + .seconds(60))
        pulse.begin(at: start + .seconds(100))
        let third = pulse.goesOn(with: 1, at: start + .seconds(129))
        #expect([first, second, third] == [true, false, true])
    }
}
