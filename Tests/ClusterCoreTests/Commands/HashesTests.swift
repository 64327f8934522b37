import Testing

@testable import ClusterCore

@Suite struct HashesTests {
    private let commander = Commander()

    /// A word of so many bytes.
    private func word(_ count: Int, of letter: Character = "x") -> String { String(repeating: letter, count: count) }

    @Test func `A hash may weigh exactly the limit, fields and values together`() {
        commander.maximumValueBytes = 100
        #expect(commander.run(["HSET", "k", "f", word(99)]) == ":1\r\n")
        #expect(commander.run("HSET k g 0") == "-ERR value under the key would be 102 bytes, the limit is 100\r\n")
        #expect(commander.run("HSETNX k g 0") == "-ERR value under the key would be 102 bytes, the limit is 100\r\n")
        #expect(commander.run("HINCRBY k g 1") == "-ERR value under the key would be 102 bytes, the limit is 100\r\n")
        #expect(
            commander.run("HINCRBYFLOAT k g 1.5") == "-ERR value under the key would be 104 bytes, the limit is 100\r\n"
        )
        #expect(commander.run("HLEN k") == ":1\r\n")
        #expect(commander.payloadBytes == 100)
        #expect(
            commander.run(["HSET", "new", "f", word(100)]).hasPrefix("-ERR value under the key would be 101 bytes"))
        #expect(commander.run("EXISTS new") == ":0\r\n")
    }

    @Test func `A hash that is too large may be made smaller, and may stay as large`() {
        commander.run(["HSET", "k", "f", word(99)])
        commander.maximumValueBytes = 10
        #expect(commander.run(["HSET", "k", "f", word(99, of: "y")]) == ":0\r\n")
        #expect(commander.run(["HSET", "k", "f", word(98)]) == ":0\r\n")
        #expect(commander.run(["HSET", "k", "f", word(99)]).hasPrefix("-ERR value under the key"))
        #expect(commander.payloadBytes == 99)
    }

    @Test func `HMSET counts of a repeated field only the last value`() {
        commander.maximumValueBytes = 100
        #expect(commander.run(["HMSET", "k", "f", word(90), "f", word(95)]) == "+OK\r\n")
        #expect(commander.payloadBytes == 96)
        #expect(commander.run(["HMSET", "k", "f", "", "g", word(90), "f", "abc"]) == "+OK\r\n")
        #expect(commander.run("HGET k f") == "$3\r\nabc\r\n")
        #expect(commander.payloadBytes == 95)
        #expect(
            commander.run(["HMSET", "k", "a", "", "f", word(8), "h", "12"])
                == "-ERR value under the key would be 104 bytes, the limit is 100\r\n")
        #expect(commander.run("HKEYS k") == "*2\r\n$1\r\nf\r\n$1\r\ng\r\n")
        #expect(commander.payloadBytes == 95)
    }

    @Test func `HMSET that passes the limit on its way and ends below it is taken`() {
        commander.maximumValueBytes = 100
        commander.run(["HSET", "k", "f", word(80)])
        #expect(commander.run(["HMSET", "k", "g", word(60), "f", "1"]) == "+OK\r\n")
        #expect(commander.payloadBytes == 63)
    }

    @Test func `A hash without fields is no key`() {
        commander.run("HMSET k a 1 b 2 c 3")
        #expect(commander.run("HDEL k a nope b a c nope") == ":3\r\n")
        #expect(commander.run("EXISTS k") == ":0\r\n")
        #expect(commander.payloadBytes == 0)
    }

    @Test(
        "Watchers of a hash are told where 2.8 tells them",
        arguments: [
            ("HSET k f 1", true), ("HSETNX k g 1", true), ("HMSET k f 1", true), ("HDEL k f", true),
            ("HINCRBY k f 0", true),
            ("HINCRBYFLOAT k f 0", true), ("HSETNX k f 2", false), ("HDEL k nope", false), ("HGETALL k", false),
            ("HINCRBY k f x", false), ("HINCRBY k text 1", false),
        ])
    func watching(_ command: String, _ isTold: Bool) {
        commander.run("HMSET k f 1 text abc")
        let watcher = commander.watch("k")
        commander.run(command)
        #expect(watcher.isBroken == isTold, "\(command)")
    }

    @Test func `HINCRBYFLOAT goes on with infinity as 2_8 does`() {
        commander.run("HSET k f 1")
        #expect(commander.run("HINCRBYFLOAT k f inf") == "$3\r\ninf\r\n")
        #expect(commander.run("HINCRBYFLOAT k f 5") == "$3\r\ninf\r\n")
        #expect(commander.run("HGET k f") == "$3\r\ninf\r\n")
    }

    @Test func `The payload of all keys follows random commands, and a model agrees`() {
        var generator = Seed.generator()
        var model: [String: [String: String]] = [:]
        func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
        for step in 0..<20_000 {
            let key = "k\(below(3))"
            let field = "f\(below(below(2) == 0 ? 10 : 900))"
            let value = word(below(70))
            switch below(8) {
            case 0, 1:
                let old = model[key, default: [:]].updateValue(value, forKey: field)
                #expect(
                    commander.run(["HSET", key, field, value]) == (old == nil ? ":1\r\n" : ":0\r\n"), "step \(step)")
            case 2:
                let isNew = model[key]?[field] == nil
                if isNew { model[key, default: [:]][field] = value }
                #expect(commander.run(["HSETNX", key, field, value]) == (isNew ? ":1\r\n" : ":0\r\n"), "step \(step)")
            case 3:
                #expect(commander.run(["HMSET", key, field, value, "f0", value]) == "+OK\r\n")
                for name in [field, "f0"] { model[key, default: [:]][name] = value }
            case 4, 5:
                let gone = Set([field, "f1"]).filter { model[key]?.removeValue(forKey: $0) != nil }
                if model[key]?.isEmpty == true { model[key] = nil }
                #expect(commander.run(["HDEL", key, field, "f1"]) == ":\(gone.count)\r\n", "step \(step)")
            default:
                let expected = model[key]?[field].map { "$\($0.count)\r\n\($0)\r\n" } ?? "$-1\r\n"
                #expect(commander.run(["HGET", key, field]) == expected, "step \(step)")
            }
        }
        #expect(commander.keyCount == model.count)
        let payload = model.values.joined().reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        #expect(commander.payloadBytes == payload, "\(Seed.note)")
    }
}

/// HSCAN from the first step to the last.
@Suite struct HashScanTests {
    private let commander = Commander()

    /// One step: the next cursor, and the fields that were answered.
    private func step(_ words: [String]) throws -> (cursor: String, fields: [String]) {
        let lines = commander.run(words).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        try #require(lines.count > 4 && lines[0] == "*2" && lines[3].hasPrefix("*"), "\(lines.prefix(5))")
        let bulks = stride(from: 5, to: lines.count - 1, by: 2).map { lines[$0] }
        #expect(lines[3] == "*\(bulks.count)")
        return (lines[2], stride(from: 0, to: bulks.count, by: 2).map { bulks[$0] })
    }

    @Test func `A compact hash is answered whole, whatever COUNT says`() throws {
        for number in 0..<512 { commander.run("HSET k field:\(number) v") }
        let (cursor, fields) = try step(["HSCAN", "k", "0", "COUNT", "1"])
        #expect(cursor == "0")
        #expect(fields == (0..<512).map { "field:\($0)" })
        #expect(try step(["HSCAN", "k", "77", "match", "*:51?"]).fields == ["field:510", "field:511"])
    }

    @Test func `Fields that stay are all answered while others come and go between the steps`() throws {
        for number in 0..<1000 { commander.run("HSET k stays:\(number) v") }
        var seen: Set<String> = []
        var cursor = "0"
        var steps = 0
        repeat {
            let (next, fields) = try step(["HSCAN", "k", cursor, "MATCH", "stays:*", "COUNT", "20"])
            seen.formUnion(fields)
            cursor = next
            for number in 0..<200 {
                let isGrowing = steps < 15
                commander.run(isGrowing ? "HSET k comes:\(steps):\(number) v" : "HDEL k comes:\(steps - 15):\(number)")
            }
            steps += 1
        } while cursor != "0" && steps < 10_000
        #expect(seen == Set((0..<1000).map { "stays:\($0)" }))
        #expect(steps > 10)
    }

    @Test func `A step answers about as many fields as COUNT asks for`() throws {
        for number in 0..<10_000 { commander.run("HSET k \(number) v") }
        let (_, fields) = try step(["HSCAN", "k", "0", "COUNT", "100"])
        #expect((100..<150).contains(fields.count), "\(fields.count) fields")
        #expect(try step(["HSCAN", "k", "0", "COUNT", "9223372036854775807"]).cursor == "0")
    }
}
