import Testing

@testable import ClusterCore

@Suite struct SortedSetStoreTests {
    private let commander = Commander()

    private func scores(_ key: String) -> [String: Double] {
        let bulks = Answer.bulks(commander.run("ZRANGE \(key) 0 -1 WITHSCORES"))
        return stride(from: 0, to: bulks.count, by: 2).reduce(into: [:]) { $0[bulks[$1]] = Double(bulks[$1 + 1]) }
    }

    /// A way to put two scores together.
    private typealias Combine = (Double, Double) -> Double

    @Test func `a source named a hundred thousand times is added up as often, and read once`() {
        commander.run("ZADD k 0.1 a 3 b")
        commander.run("ZADD l 1 a")
        let count = 100_000
        var sum = 0.1
        for _ in 1..<count { sum += 0.1 }
        let names = [String](repeating: "k", count: count)
        #expect(commander.run(["ZUNIONSTORE", "d", "\(count)"] + names) == ":2\r\n")
        #expect(scores("d") == ["a": sum, "b": 300_000])
        #expect(commander.run(["ZINTERSTORE", "d", "\(count)"] + names + ["AGGREGATE", "MAX"]) == ":2\r\n")
        #expect(scores("d") == ["a": 0.1, "b": 3])
        #expect(commander.run(["ZINTERSTORE", "d", "\(count + 1)", "l"] + names) == ":1\r\n")
        // The smaller source is first: 1, then 0.1 as often.
        var shared = 1.0
        for _ in 0..<count { shared += 0.1 }
        #expect(scores("d") == ["a": shared])
        #expect(commander.run("ZUNIONSTORE d 3 k l k WEIGHTS 1 1 2") == ":2\r\n")
        #expect(scores("d") == ["a": 1 + 0.1 + 0.2, "b": 9])
    }

    @Test func `sources that alternate so often that it would take long are refused`() {
        commander.run("ZADD k 1 a 2 b 3 c")
        commander.run("ZADD l 1 a 2 b 3 c")
        let names = (0..<40_000).flatMap { _ in ["k", "l"] }
        let refusal = "-ERR the keys named more than once have over 200000 members in all\r\n"
        #expect(commander.run(["ZUNIONSTORE", "d", "80000"] + names) == refusal)
        #expect(commander.run(["ZINTERSTORE", "d", "80000"] + names) == refusal)
        #expect(commander.run("EXISTS d") == ":0\r\n")
        #expect(commander.run(["ZUNIONSTORE", "d", "60000"] + names.prefix(60_000)) == ":3\r\n")
    }

    @Test func `random unions and intersections agree with Dictionaries`() {
        var random = Seed.generator()
        for _ in 0..<80 {
            var sources: [[String: Double]] = []
            commander.run("DEL d k0 k1 k2 k3")
            for index in 0..<Int.random(in: 1...4, using: &random) {
                var source: [String: Double] = [:]
                let isSet = Int.random(in: 0..<4, using: &random) == 0
                for _ in 0..<[0, 5, 60, 300][Int.random(in: 0..<4, using: &random)] {
                    let score = isSet ? 1 : Double(Int.random(in: -50...50, using: &random))
                    source["m\(Int.random(in: 0..<400, using: &random))"] = score
                }
                let words = isSet ? Array(source.keys) : source.flatMap { ["\($0.value)", $0.key] }
                if !source.isEmpty { commander.run([isSet ? "SADD" : "ZADD", "k\(index)"] + words) }
                sources.append(source)
            }
            let weights = sources.map { _ in Double(Int.random(in: -3...3, using: &random)) }
            let aggregates: [(String, Combine)] = [
                ("SUM", { $0 + $1 }), ("MIN", { min($0, $1) }), ("max", { max($0, $1) }),
            ]
            let (name, combine) = aggregates[Int.random(in: 0..<3, using: &random)]
            let weighted = zip(sources, weights).map { source, weight in source.mapValues { $0 * weight } }
            let union = weighted.reduce(into: [String: Double]()) { $0.merge($1, uniquingKeysWith: combine) }
            let shared = union.filter { member in sources.allSatisfy { $0[member.key] != nil } }
            let options =
                "\(sources.count) \(sources.indices.map { "k\($0)" }.joined(separator: " "))"
                + " WEIGHTS \(weights.map { "\($0)" }.joined(separator: " ")) AGGREGATE \(name)"
            #expect(commander.run("ZUNIONSTORE d \(options)") == ":\(union.count)\r\n", "\(Seed.note)")
            #expect(scores("d") == union, "\(options) \(Seed.note)")
            #expect(commander.run("ZINTERSTORE d \(options)") == ":\(shared.count)\r\n", "\(Seed.note)")
            #expect(scores("d") == shared, "\(options) \(Seed.note)")
        }
    }

    @Test func `what is no number becomes 0`() {
        commander.run("ZADD a inf x 1 y")
        commander.run("ZADD b -inf x")
        commander.run("ZUNIONSTORE d 2 a b")
        #expect(scores("d") == ["x": 0, "y": 1])
        commander.run("ZUNIONSTORE d 1 a WEIGHTS 0")
        #expect(scores("d") == ["x": 0, "y": 0])
        commander.run("ZINTERSTORE d 2 a b WEIGHTS 1 -1")
        #expect(scores("d") == ["x": .infinity])
    }

    @Test func `the count of keys is looked at before the keys, the keys before the options`() {
        commander.run("SET s text")
        commander.run("ZADD k 1 a")
        #expect(commander.run("ZUNIONSTORE d x s") == "-ERR value is not an integer or out of range\r\n")
        #expect(commander.run("ZUNIONSTORE d 0 s").hasPrefix("-ERR at least 1 input key is needed"))
        #expect(commander.run("ZUNIONSTORE d 2 s") == "-ERR syntax error\r\n")
        #expect(commander.run("ZUNIONSTORE d 9223372036854775807 k") == "-ERR syntax error\r\n")
        #expect(commander.run("ZUNIONSTORE d 1 s BOGUS").hasPrefix("-WRONGTYPE"))
        #expect(commander.run("ZUNIONSTORE d 1 k WEIGHTS") == "-ERR syntax error\r\n")
        #expect(commander.run("ZUNIONSTORE d 1 k WEIGHTS x") == "-ERR weight value is not a float\r\n")
        #expect(commander.run("ZUNIONSTORE d 1 k AGGREGATE avg") == "-ERR syntax error\r\n")
        #expect(commander.run("EXISTS d") == ":0\r\n")
    }

    @Test func `a result that is too large leaves the destination`() {
        commander.run("ZADD a 1 aa 2 bb")
        commander.run("ZADD b 1 cc")
        commander.run("SET d text")
        commander.maximumValueBytes = 29
        #expect(commander.run("ZUNIONSTORE d 2 a b").hasPrefix("-ERR value under the key would be 30 bytes"))
        #expect(commander.run("GET d") == "$4\r\ntext\r\n")
        commander.maximumValueBytes = 30
        #expect(commander.run("ZUNIONSTORE d 2 a b") == ":3\r\n")
        #expect(commander.payloadBytes == 60)
    }

    @Test func `an empty result removes the destination, whatever it was`() {
        commander.run("SET d text")
        #expect(commander.run("ZINTERSTORE d 2 none k") == ":0\r\n")
        #expect(commander.keyCount == 0)
    }

    @Test func `a destination may be its own source and loses its time to live`() {
        commander.run("ZADD k 1 a 2 b")
        commander.run("EXPIRE k 100")
        #expect(commander.run("ZUNIONSTORE k 2 k k WEIGHTS 1 10") == ":2\r\n")
        #expect(scores("k") == ["a": 11, "b": 22])
        #expect(commander.run("TTL k") == ":-1\r\n")
    }
}
