import Testing

@testable import ClusterCore

@Suite struct SortedSetsTests {
    private let commander = Commander()

    // MARK: Against a model

    @Test(arguments: [10, 100, 1_000])
    func `a stream of commands leaves what it leaves in a Dictionary`(names: Int) {
        var random = Seed.generator()
        var model: [String: Double] = [:]
        for _ in 0..<4_000 {
            let member = "m\(Int.random(in: 0..<names, using: &random))"
            let other = "m\(Int.random(in: 0..<names, using: &random))"
            let score = Double(Int.random(in: -40...40, using: &random)) / 2
            let line: String
            let expected: String
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<6:
                line = "ZADD k \(score) \(member) \(score + 1) \(other)"
                expected = ":\(Set([member, other]).subtracting(model.keys).count)\r\n"
                model[member] = score
                model[other] = score + 1
            case 6, 7:
                line = "ZINCRBY k \(score) \(member)"
                model[member, default: 0] += score
                expected = Self.bulk(model[member])
            case 8, 9:
                line = "ZREM k \(member) \(other) \(member)"
                let removed = Set([member, other]).intersection(model.keys)
                expected = ":\(removed.count)\r\n"
                for member in removed { model[member] = nil }
            case 10:
                line = "ZREMRANGEBYSCORE k \(score) (\(score + 1)"
                let removed = model.filter { $0.value >= score && $0.value < score + 1 }
                expected = ":\(removed.count)\r\n"
                for member in removed.keys { model[member] = nil }
            default:
                line = "ZSCORE k \(member)"
                expected = Self.bulk(model[member])
            }
            #expect(commander.run(line) == expected, "\(line) \(Seed.note)")
            #expect(commander.payloadBytes == model.keys.reduce(0) { $0 + $1.utf8.count + 8 }, "\(line) \(Seed.note)")
            #expect(commander.keyCount == (model.isEmpty ? 0 : 1))
        }
        let sorted = model.sorted { $0.value != $1.value ? $0.value < $1.value : $0.key < $1.key }.map(\.key)
        #expect(Answer.bulks(commander.run("ZRANGE k 0 -1")) == sorted, "\(Seed.note)")
        for (rank, member) in sorted.enumerated() {
            #expect(commander.run("ZRANK k \(member)") == ":\(rank)\r\n")
            #expect(commander.run("ZREVRANK k \(member)") == ":\(sorted.count - 1 - rank)\r\n")
        }
    }

    private static func bulk(_ score: Double?) -> String {
        guard let score else { return "$-1\r\n" }
        let text = score == score.rounded() ? "\(Int(score))" : "\(score)"
        return "$\(text.utf8.count)\r\n\(text)\r\n"
    }

    // MARK: Limits

    @Test func `ZADD counts 8 bytes a score and each new member once`() {
        commander.maximumValueBytes = 20
        #expect(commander.run("ZADD k 1 a") == ":1\r\n")
        #expect(commander.run("ZADD k 1 bb 2 ccc").hasPrefix("-ERR value under the key would be 30 bytes"))
        #expect(commander.run("ZCARD k") == ":1\r\n")
        #expect(commander.run("ZADD k 1 bbb 2 bbb 3 bbb 4 a") == ":1\r\n")
        #expect(commander.payloadBytes == 20)
        #expect(commander.run("ZRANGE k 0 -1") == "*2\r\n$3\r\nbbb\r\n$1\r\na\r\n")
        #expect(commander.run("ZINCRBY k 1 c").hasPrefix("-ERR value under the key would be 29 bytes"))
        #expect(commander.run("ZINCRBY k 1 a") == "$1\r\n5\r\n")
    }

    @Test func `a sorted set over the limit may be made smaller and have its scores changed`() {
        commander.run("ZADD k 1 a 2 b 3 c")
        commander.maximumValueBytes = 10
        #expect(commander.run("ZADD k 9 a") == ":0\r\n")
        #expect(commander.run("ZREM k b") == ":1\r\n")
        #expect(commander.run("ZADD k 1 b").hasPrefix("-ERR value"))
        #expect(commander.run("ZREMRANGEBYRANK k 0 0") == ":1\r\n")
    }

    // MARK: What 2.8 does

    @Test func `all scores are read before one is used`() {
        #expect(commander.run("ZADD k 1 a x b") == "-ERR value is not a valid float\r\n")
        #expect(commander.run("ZADD k 1 a 2") == "-ERR syntax error\r\n")
        commander.run("SET s text")
        #expect(commander.run("ZADD s x a") == "-ERR value is not a valid float\r\n")
        #expect(commander.run("ZADD s 1 a").hasPrefix("-WRONGTYPE"))
        #expect(commander.keyCount == 1)
    }

    @Test func `a sum that is no number is refused and changes nothing`() {
        commander.run("ZADD k inf a")
        #expect(commander.run("ZINCRBY k -inf a") == "-ERR resulting score is not a number (NaN)\r\n")
        #expect(commander.run("ZSCORE k a") == "$3\r\ninf\r\n")
    }

    @Test(arguments: [1, 200])
    func `a write that changes nothing breaks no WATCH`(members: Int) {
        commander.run(["ZADD", "k"] + (0..<members).flatMap { ["\($0)", "m\($0)"] })
        #expect(!commander.breaksWatch(of: "k", "ZADD k 0 m0"))
        #expect(!commander.breaksWatch(of: "k", "ZADD k -0 m0"))
        #expect(!commander.breaksWatch(of: "k", "ZINCRBY k 0 m0"))
        #expect(!commander.breaksWatch(of: "k", "ZREM k none"))
        #expect(!commander.breaksWatch(of: "k", "ZREMRANGEBYSCORE k 1000 2000"))
        #expect(!commander.breaksWatch(of: "none", "ZUNIONSTORE none 1 nothing"))
        #expect(commander.breaksWatch(of: "k", "ZADD k 5 m0"))
        #expect(commander.breaksWatch(of: "k", "ZINCRBY k 1 m0"))
        #expect(commander.breaksWatch(of: "k", "ZREMRANGEBYRANK k 0 0"))
        #expect(commander.breaksWatch(of: "k", "ZUNIONSTORE k 1 k") == (members > 1))
    }

    @Test func `ZSCAN answers every member that stays with its score, while others come and go`() {
        let staying = (0..<500).map { "stay\($0)" }
        commander.run(["ZADD", "k"] + staying.flatMap { ["1.5", $0] })
        var seen: Set<String> = []
        var cursor = "0"
        var round = 0
        repeat {
            let bulks = Answer.bulks(commander.run("ZSCAN k \(cursor) COUNT 20"))
            cursor = bulks[0]
            for index in stride(from: 1, to: bulks.count, by: 2) {
                if bulks[index].hasPrefix("stay") { #expect(bulks[index + 1] == "1.5") }
                seen.insert(bulks[index])
            }
            round += 1
            let passing = (0..<150).map { "pass\(round % 10)-\($0)" }
            commander.run(
                round % 20 < 10 ? ["ZADD", "k"] + passing.flatMap { ["7", $0] } : ["ZREM", "k"] + passing)
        } while cursor != "0"
        #expect(seen.isSuperset(of: staying), "\(Set(staying).subtracting(seen).count) are missing")
    }

    @Test func `ZSCAN of a small sorted set is one step, in order`() {
        commander.run("ZADD k 2 b 1 a 3 c")
        #expect(Answer.bulks(commander.run("ZSCAN k 0")) == ["0", "a", "1", "b", "2", "c", "3"])
        #expect(Answer.bulks(commander.run("ZSCAN k 0 MATCH [ac]")) == ["0", "a", "1", "c", "3"])
    }
}
