import Testing

@testable import ClusterCore

@Suite struct LoginLedgerTests {
    private let ledger = LoginLedger()
    private let start = ContinuousClock.now

    private func fail(_ count: Int, from client: String = "10.0.0.1:5000", after seconds: Int = 0) {
        for _ in 0..<count { _ = ledger.failed(client, now: start + .seconds(seconds)) }
    }

    private func wait(_ client: String = "10.0.0.1:6000", isRight: Bool = false, after seconds: Int = 0) -> Int64 {
        ledger.wait(for: client, isRight: isRight, now: start + .seconds(seconds))
    }

    @Test func `waits double from the third wrong password of an address on, up to a second`() {
        fail(2)
        #expect(wait() == 0)
        fail(1)
        #expect(wait() == 100)
        fail(1, after: 2)
        #expect(wait(after: 2) == 200)
        fail(10, after: 4)
        #expect(wait(after: 4) == 1_000)
        fail(1_000, after: 6)
        #expect(wait(after: 6) == 1_000)
        #expect(wait("10.0.0.2:6000", after: 6) == 0, "another address waits")
    }

    @Test func `attempts of one address wait one behind the other, on whatever connections they are made`() {
        fail(12)
        #expect(wait("10.0.0.1:1") == 1_000)
        #expect(wait("10.0.0.1:2") == 2_000)
        #expect(wait("10.0.0.1:3", isRight: true) == 3_000, "a right one is told apart by its time")
        #expect(wait("10.0.0.2:1") == 0)
        #expect(wait("10.0.0.1:4", after: 2) == 2_000)
        #expect(wait("10.0.0.1:5", after: 10) == 1_000)
    }

    @Test func `where too many wait a further one is not looked at`() {
        fail(12)
        for count in 1...10 {
            #expect(!ledger.isCrowded("10.0.0.1:7", now: start))
            #expect(wait() == count * 1_000)
        }
        #expect(ledger.isCrowded("10.0.0.1:7", now: start))
        #expect(!ledger.isCrowded("10.0.0.2:7", now: start))
        #expect(!ledger.isCrowded("10.0.0.1:7", now: start + .seconds(1)))
    }

    @Test func `a right password waits only where somebody guesses`() {
        fail(10)
        #expect(wait(isRight: true) == 0)
        fail(1)
        #expect(wait(isRight: true) == 1_000)
    }

    @Test func `after a minute an address begins anew`() {
        fail(20)
        #expect(wait(after: 59) == 1_000)
        #expect(wait(after: 61) == 0)
        fail(1, after: 61)
        #expect(wait(after: 61) == 0)
    }

    @Test func `a log line is due at most every ten seconds, and tells how many there were`() {
        #expect(ledger.failed("a:1", now: start) == 1)
        #expect(ledger.failed("a:2", now: start + .seconds(1)) == nil)
        #expect(ledger.failed("a:3", now: start + .seconds(9)) == nil)
        #expect(ledger.failed("a:4", now: start + .seconds(10)) == 3)
        #expect(ledger.failed("b:1", now: start + .seconds(10)) == 1)
    }

    @Test func `addresses past a thousand count together`() {
        for number in 0..<5_000 { _ = ledger.failed("h\(number):1", now: start) }
        #expect(wait("h0:9") == 0)
        #expect(wait("h4999:9") == 1_000)
        #expect(wait("never:9") == 2_000)
    }
}
