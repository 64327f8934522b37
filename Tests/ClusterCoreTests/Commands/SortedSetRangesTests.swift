import Testing

@testable import ClusterCore

@Suite struct SortedSetRangesTests {
    private let commander = Commander()

    /// Fills `k` with members of scores 0, 0, 1, 1, 2, … and returns them in order.
    private func fill(_ count: Int) -> [String] {
        let members = (0..<count).map { "m" + String(repeating: "0", count: 4 - "\($0)".count) + "\($0)" }
        commander.run(["ZADD", "k"] + members.enumerated().flatMap { ["\($0 / 2)", $1] })
        return members
    }

    @Test(arguments: [30, 500])
    func `ZRANGE and ZREVRANGE answer what slices of an array hold`(count: Int) {
        let members = fill(count)
        let ends = [0, 1, 7, count / 2, count - 1, count, count + 5, -1, -2, -count, -count - 5]
        for (start, stop) in ends.flatMap({ start in ends.map { (start, $0) } }) {
            let first = max(start < 0 ? start + count : start, 0)
            let last = min(stop < 0 ? stop + count : stop, count - 1)
            let slice = first <= last && first < count ? Array(members[first...last]) : []
            let reversed = first <= last && first < count ? Array(Array(members.reversed())[first...last]) : []
            #expect(Answer.bulks(commander.run("ZRANGE k \(start) \(stop)")) == slice, "\(start) \(stop)")
            #expect(Answer.bulks(commander.run("ZREVRANGE k \(start) \(stop)")) == reversed, "\(start) \(stop)")
        }
        #expect(commander.run("ZRANGE k 9223372036854775807 -9223372036854775808") == "*0\r\n")
        #expect(
            commander.run("ZRANGE k 0 1 WiThScOrEs") == "*4\r\n$5\r\nm0000\r\n$1\r\n0\r\n$5\r\nm0001\r\n$1\r\n0\r\n")
    }

    @Test(arguments: [30, 500])
    func `LIMIT cuts a range of scores from its own end`(count: Int) {
        let members = fill(count)
        let range = Array(members[4...11])
        for (offset, limit) in [(0, 3), (2, 3), (7, 9), (8, 1), (0, 0), (3, -1), (0, -7), (-1, 5)] {
            let rest = offset < 0 ? 0 : max(range.count - offset, 0)
            let taken = offset < 0 ? 0 : limit < 0 ? rest : min(limit, rest)
            let options = "LIMIT \(offset) \(limit)"
            #expect(
                Answer.bulks(commander.run("ZRANGEBYSCORE k (1 5 \(options)"))
                    == Array(range.dropFirst(max(offset, 0)).prefix(taken)), "\(options)")
            #expect(
                Answer.bulks(commander.run("ZREVRANGEBYSCORE k 5 (1 \(options)"))
                    == Array(range.reversed().dropFirst(max(offset, 0)).prefix(taken)), "\(options)")
        }
        #expect(commander.run("ZCOUNT k (1 5") == ":8\r\n")
        #expect(commander.run("ZCOUNT k 5 1") == ":0\r\n")
        #expect(commander.run("ZRANGEBYSCORE k 1 1 LIMIT 0 9223372036854775807").hasPrefix("*2\r\n"))
        #expect(commander.run("ZRANGEBYSCORE k 1 1 LIMIT 9223372036854775807 1") == "*0\r\n")
        #expect(commander.run("ZRANGEBYSCORE k 1 1 LIMIT 0") == "-ERR syntax error\r\n")
    }

    @Test func `options may come twice and in any order, the last LIMIT holds`() {
        commander.run("ZADD k 1 a 2 b 3 c")
        let line = "ZRANGEBYSCORE k -inf +inf LIMIT 0 1 WITHSCORES LIMIT 1 1 WITHSCORES"
        #expect(commander.run(line) == "*2\r\n$1\r\nb\r\n$1\r\n2\r\n")
        #expect(commander.run("ZRANGEBYLEX k - + WITHSCORES") == "-ERR syntax error\r\n")
    }

    @Test(arguments: [60, 400])
    func `ranges of bytes select, count and remove the same members`(count: Int) {
        let members = (0..<count).map { "\($0)" }.sorted()
        commander.run(["ZADD", "k"] + members.flatMap { ["0", $0] })
        let expected = members.filter { $0 > "2" && $0 <= "35" }
        #expect(Answer.bulks(commander.run("ZRANGEBYLEX k (2 [35")) == expected)
        #expect(Answer.bulks(commander.run("ZRANGEBYLEX k (2 [35 LIMIT 1 2")) == Array(expected[1...2]))
        #expect(commander.run("ZLEXCOUNT k (2 [35") == ":\(expected.count)\r\n")
        #expect(commander.run("ZREMRANGEBYLEX k (2 [35") == ":\(expected.count)\r\n")
        #expect(Answer.bulks(commander.run("ZRANGE k 0 -1")) == members.filter { !expected.contains($0) })
        #expect(commander.run("ZREMRANGEBYLEX k - +") == ":\(count - expected.count)\r\n")
        #expect(commander.keyCount == 0 && commander.payloadBytes == 0)
    }

    @Test(arguments: ["a", "", "-x", "+x", "2"])
    func `ends of ranges of bytes without a marker are refused`(end: String) {
        let error = "-ERR min or max not valid string range item\r\n"
        #expect(commander.run(["ZRANGEBYLEX", "k", end, "+"]) == error)
        #expect(commander.run(["ZLEXCOUNT", "k", "-", end]) == error)
        #expect(commander.run(["ZREMRANGEBYLEX", "k", end, end]) == error)
    }

    @Test(arguments: [40, 400])
    func `removing by rank and by score leaves the rest, the last removal takes the key`(count: Int) {
        var members = fill(count)
        #expect(commander.run("ZREMRANGEBYRANK k 5 9") == ":5\r\n")
        members.removeSubrange(5...9)
        #expect(commander.run("ZREMRANGEBYRANK k -3 -1") == ":3\r\n")
        members.removeLast(3)
        #expect(commander.run("ZREMRANGEBYRANK k 5 4") == ":0\r\n")
        #expect(commander.run("ZREMRANGEBYSCORE k (1 (7") == ":5\r\n")
        members.removeAll { ("m0004"..."m0013").contains($0) }
        #expect(Answer.bulks(commander.run("ZRANGE k 0 -1")) == members)
        #expect(commander.payloadBytes == members.count * 13)
        #expect(commander.run("ZREMRANGEBYSCORE k -inf +inf") == ":\(members.count)\r\n")
        #expect(commander.keyCount == 0 && commander.payloadBytes == 0)
    }
}
