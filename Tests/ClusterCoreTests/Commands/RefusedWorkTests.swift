import Testing

@testable import ClusterCore

/// What is refused in the end is not worked out first.
@Suite struct RefusedWorkTests {
    private let commander = Commander()

    /// What a command leaves in a buffer with a limit: how many bytes, and whether it has overflowed.
    private func answer(_ words: [String], limit: Int) -> (count: Int, isOverflowing: Bool) {
        var reply = ReplyBuffer(limit: limit)
        commander.execute(words.map { Array($0.utf8) }, &reply)
        return (reply.count, reply.isOverflowing)
    }

    @Test func `values that do not fit into the reply are not copied into it`() {
        commander.run(["SET", "k", String(repeating: "v", count: 100_000)])
        let names = [String](repeating: "k", count: 50)
        #expect(answer(["MGET"] + names, limit: 4 << 20) == (0, true))
        #expect(answer(["MGET"] + names.prefix(40), limit: 5 << 20).isOverflowing == false)
    }

    @Test func `members drawn by chance that surely do not fit are not drawn`() {
        commander.run(["SADD", "even"] + (0..<1_000).map { "member:\(1_000 + $0)" })
        #expect(answer(["SRANDMEMBER", "even", "-100000"], limit: 1 << 20) == (0, true))
        #expect(answer(["SRANDMEMBER", "even", "-40000"], limit: 1 << 20).isOverflowing == false)
        // Few long ones among many short ones: what they take differs from time to time.
        commander.run(["SADD", "uneven", String(repeating: "x", count: 10_000)] + (0..<999).map { "m\($0)" })
        for count in [1_000, 20_000, 40_000] {
            #expect(!answer(["SRANDMEMBER", "uneven", "-\(count)"], limit: 8 << 20).isOverflowing)
        }
        #expect(answer(["SRANDMEMBER", "uneven", "-1300000"], limit: 8 << 20) == (0, true))
    }

    @Test func `a union that is too large is given up after the set that makes it so`() {
        commander.maximumValueBytes = 10_000
        for set in 0..<10 {
            commander.run(["SADD", "s\(set)"] + (0..<800).map { "\(set * 1_000 + 100_000 + $0)" })
            commander.run(["ZADD", "z\(set)"] + (0..<600).flatMap { ["1", "\(set * 1_000 + 100_000 + $0)"] })
        }
        let sets = (0..<10).map { "s\($0)" }
        let line = "-ERR value under the key would be at least"
        #expect(commander.run(["SUNIONSTORE", "d"] + sets) == "\(line) 14400 bytes, the limit is 10000\r\n")
        let zsets = (0..<10).map { "z\($0)" }
        #expect(
            commander.run(["ZUNIONSTORE", "d", "10"] + zsets) == "\(line) 16800 bytes, the limit is 10000\r\n")
        #expect(commander.record("d") == nil)
        #expect(commander.run(["SUNIONSTORE", "d", "s1"]) == ":800\r\n")
    }

    @Test func `a union that does not fit into the reply ends where there is no more room`() {
        for set in 0..<5 { commander.run(["SADD", "s\(set)"] + (0..<2_000).map { "\(set):\($0)" }) }
        let (count, isOverflowing) = answer(["SUNION", "s0", "s1", "s2", "s3", "s4"], limit: 50_000)
        #expect(count <= 50_000 && isOverflowing)
    }
}
