import Testing

@testable import ClusterCore

@Suite struct SetsTests {
    private let commander = Commander()

    // MARK: Against a model

    @Test(arguments: [8, 80, 900])
    func `a stream of commands leaves what it leaves in a Dictionary of Sets`(names: Int) {
        var random = Seed.generator()
        var model: [String: Set<String>] = [:]
        for _ in 0..<4_000 {
            let (key, other, target) = (Self.key(&random), Self.key(&random), Self.key(&random))
            let members = (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.member(names, &random) }
            let old = model[key] ?? []
            let expected: Int
            let line: String
            switch Int.random(in: 0..<9, using: &random) {
            case 0..<4:
                line = "SADD \(key) \(members.joined(separator: " "))"
                expected = Set(members).subtracting(old).count
                model[key] = old.union(members)
            case 4:
                line = "SREM \(key) \(members.joined(separator: " "))"
                expected = old.intersection(members).count
                model[key] = old.subtracting(members)
            case 5:
                line = "SMOVE \(key) \(other) \(members[0])"
                expected = old.contains(members[0]) ? 1 : 0
                if expected == 1 {
                    model[key]?.remove(members[0])
                    model[other, default: []].insert(members[0])
                }
            default:
                let (name, result) = Self.combined(old, model[other] ?? [], &random)
                line = "\(name)STORE \(target) \(key) \(other)"
                expected = result.count
                model[target] = result
            }
            model = model.filter { !$0.value.isEmpty }
            #expect(commander.run(line) == ":\(expected)\r\n", "\(line) \(Seed.note)")
            #expect(commander.keyCount == model.count, "\(line) \(Seed.note)")
            #expect(commander.payloadBytes == model.values.joined().reduce(0) { $0 + $1.utf8.count }, "\(line)")
        }
        for (key, members) in model {
            #expect(Set(Answer.bulks(commander.run("SMEMBERS \(key)"))) == members, "\(Seed.note)")
            #expect(commander.run("SCARD \(key)") == ":\(members.count)\r\n")
        }
    }

    private static func key(_ random: inout SmallGenerator) -> String { "k\(Int.random(in: 0..<5, using: &random))" }

    private static func member(_ names: Int, _ random: inout SmallGenerator) -> String {
        let number = Int.random(in: 0..<names, using: &random)
        return number % 5 == 0 ? "m\(number)" : "\(number)"
    }

    private static func combined(
        _ left: Set<String>, _ right: Set<String>, _ random: inout SmallGenerator
    ) -> (name: String, result: Set<String>) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: ("SUNION", left.union(right))
        case 1: ("SINTER", left.intersection(right))
        default: ("SDIFF", left.subtracting(right))
        }
    }

    // MARK: Limits

    @Test func `SADD that would go over the limit changes nothing, exactly the limit is allowed`() {
        commander.maximumValueBytes = 10
        #expect(commander.run("SADD k aaa bbb") == ":2\r\n")
        #expect(commander.run("SADD k cccc ddddd").hasPrefix("-ERR value under the key would be 15 bytes"))
        #expect(Set(Answer.bulks(commander.run("SMEMBERS k"))) == ["aaa", "bbb"])
        #expect(commander.run("SADD k aaa bbb cccc cccc aaa") == ":1\r\n")
        #expect(commander.payloadBytes == 10)
        #expect(commander.run("SADD k e").hasPrefix("-ERR value under the key would be 11 bytes, the limit is 10"))
        #expect(commander.run("SADD new 12345 678901").hasPrefix("-ERR value"))
        #expect(commander.keyCount == 1)
    }

    @Test func `a set over the limit may be made smaller and be written to without effect`() {
        commander.run("SADD k aaaaa bbbbb ccccc")
        commander.maximumValueBytes = 8
        #expect(commander.run("SADD k aaaaa") == ":0\r\n")
        #expect(commander.run("SREM k aaaaa") == ":1\r\n")
        #expect(commander.run("SADD k aaaaa").hasPrefix("-ERR value"))
    }

    @Test func `SMOVE into a set that has no room leaves both as they are`() {
        commander.maximumValueBytes = 6
        commander.run("SADD a xxx yyy")
        commander.run("SADD b zzzzz xxx")
        commander.run("SADD b zzzzz")
        #expect(commander.run("SMOVE a b yyy").hasPrefix("-ERR value under the key would be 8 bytes"))
        #expect(commander.run("SCARD a") == ":2\r\n")
        #expect(commander.run("SCARD b") == ":1\r\n")
        #expect(commander.payloadBytes == 11)
    }

    @Test func `a STORE form whose result is too large leaves the destination, a smaller result does not ask`() {
        commander.run("SADD a aaaa bbbb")
        commander.run("SADD b cccc dddd")
        commander.run("SET d text")
        commander.maximumValueBytes = 15
        #expect(commander.run("SUNIONSTORE d a b").hasPrefix("-ERR value under the key would be 16 bytes"))
        #expect(commander.run("GET d") == "$4\r\ntext\r\n")
        commander.maximumValueBytes = 4
        commander.run("SET big 123456789")
        commander.maximumValueBytes = 1
        #expect(commander.run("SUNIONSTORE d a").hasPrefix("-ERR value"))
        #expect(commander.run("SDIFFSTORE a a b") == ":2\r\n")
    }

    // MARK: By chance

    @Test func `SPOP takes every member once and the last one takes the key`() {
        for prefix in ["", "m"] {
            for count in [1, 50, 300] {
                let names = (0..<count).map { "\(prefix)\($0)" }
                commander.run(["SADD", "k"] + names)
                let popped = (0..<count).flatMap { _ in Answer.bulks(commander.run("SPOP k")) }
                #expect(popped.sorted() == names.sorted())
                #expect(commander.run("SPOP k") == "$-1\r\n")
                #expect(commander.keyCount == 0 && commander.payloadBytes == 0)
            }
        }
    }

    @Test(arguments: [5, 100, 2_000])
    func `SRANDMEMBER answers different members up to all, or so many with repeats`(count: Int) {
        for prefix in ["", "m"] {
            let names = Set((0..<count).map { "\(prefix)\($0)" })
            commander.run("DEL k")
            commander.run(["SADD", "k"] + names)
            for wanted in [1, 2, count / 9, count / 3, count - 1, count, count + 10] {
                let members = Answer.bulks(commander.run("SRANDMEMBER k \(wanted)"))
                #expect(members.count == min(wanted, count) && Set(members).count == members.count)
                #expect(names.isSuperset(of: members))
                let repeating = Answer.bulks(commander.run("SRANDMEMBER k -\(wanted)"))
                #expect(repeating.count == wanted && names.isSuperset(of: repeating))
            }
            #expect(Answer.bulks(commander.run("SRANDMEMBER k")).allSatisfy(names.contains))
        }
        #expect(commander.run("SRANDMEMBER k 0") == "*0\r\n")
        #expect(commander.run("SRANDMEMBER none 3") == "*0\r\n")
        #expect(commander.run("SRANDMEMBER k 1 2") == "-ERR syntax error\r\n")
    }

    @Test func `SRANDMEMBER with more repeats than the client may hold comes to an end`() {
        commander.run("SADD k a b c")
        var reply = ReplyBuffer(limit: 100_000)
        commander.execute(["SRANDMEMBER", "k", "-9223372036854775808"].map { Array($0.utf8) }, &reply)
        let isOverflowing = reply.isOverflowing
        #expect(isOverflowing)
    }

    // MARK: SSCAN

    @Test func `SSCAN answers every member that stays, while others come and go`() {
        let staying = (0..<700).map { "stay\($0)" }
        commander.run(["SADD", "k"] + staying)
        var seen: Set<String> = []
        var cursor = "0"
        var round = 0
        repeat {
            let bulks = Answer.bulks(commander.run("SSCAN k \(cursor) COUNT 20"))
            cursor = bulks[0]
            seen.formUnion(bulks.dropFirst())
            round += 1
            let passing = (0..<200).map { "pass\(round % 12)-\($0)" }
            commander.run([round % 24 < 12 ? "SADD" : "SREM", "k"] + passing)
        } while cursor != "0"
        #expect(seen.isSuperset(of: staying), "\(Set(staying).subtracting(seen).count) are missing")
    }

    @Test func `SSCAN with MATCH answers what matches of compact sets and tables`() {
        for count in [10, 400] {
            commander.run("DEL k")
            commander.run(["SADD", "k"] + (0..<count).map { "m\($0)" })
            let bulks = Answer.bulks(commander.run("SSCAN k 0 MATCH m[12] COUNT 10000"))
            #expect(bulks.first == "0" && Set(bulks.dropFirst()) == ["m1", "m2"])
        }
    }

    // MARK: What 2.8 does

    @Test func `a set of integers answers in numeric order`() {
        commander.run("SADD k 10 9 -1 100000 5000000000 0")
        #expect(Answer.bulks(commander.run("SMEMBERS k")) == ["-1", "0", "9", "10", "100000", "5000000000"])
        commander.run("SUNIONSTORE d k k")
        #expect(Answer.bulks(commander.run("SMEMBERS d")) == ["-1", "0", "9", "10", "100000", "5000000000"])
    }

    @Test func `texts that only look like integers are members of their own`() {
        #expect(commander.run("SADD k 1 01 +1 -0 0 1.0") == ":6\r\n")
        #expect(commander.run("SISMEMBER k 01") == ":1\r\n")
        #expect(commander.run("SISMEMBER k 00") == ":0\r\n")
        commander.run("SADD numbers 1 2")
        #expect(commander.run("SISMEMBER numbers 01") == ":0\r\n")
        #expect(commander.run("SREM numbers 01") == ":0\r\n")
    }

    @Test func `SINTER stops at a missing key before it looks at later types, SUNION and SDIFF do not`() {
        commander.run("SET s text")
        commander.run("SADD k a")
        #expect(commander.run("SINTER k none s") == "*0\r\n")
        #expect(commander.run("SINTER k s none").hasPrefix("-WRONGTYPE"))
        #expect(commander.run("SINTERSTORE d none s") == ":0\r\n")
        #expect(commander.run("SUNION k none s").hasPrefix("-WRONGTYPE"))
        #expect(commander.run("SDIFF none s").hasPrefix("-WRONGTYPE"))
        #expect(commander.run("SMOVE none s x") == ":0\r\n")
        #expect(commander.run("SMOVE k s x").hasPrefix("-WRONGTYPE"))
    }

    @Test func `a write that changes nothing breaks no WATCH`() {
        commander.run("SADD k a b")
        commander.run("SADD d x")
        #expect(!commander.breaksWatch(of: "k", "SADD k a"))
        #expect(!commander.breaksWatch(of: "k", "SREM k c"))
        #expect(!commander.breaksWatch(of: "k", "SMOVE k d nope"))
        #expect(!commander.breaksWatch(of: "k", "SMOVE k k a"))
        #expect(commander.breaksWatch(of: "k", "SADD k a c"))
        #expect(commander.breaksWatch(of: "d", "SMOVE k d c"))
        #expect(commander.breaksWatch(of: "k", "SPOP k"))
        #expect(commander.breaksWatch(of: "d", "SINTERSTORE d none"))
        #expect(!commander.breaksWatch(of: "d", "SINTERSTORE d none"))
        #expect(commander.breaksWatch(of: "d", "SDIFFSTORE d none"))
    }

    @Test func `sets that have expired are no sources, on whatever shard`() {
        commander.run("SADD a 1 2")
        commander.run("SADD b 2 3")
        commander.run("PEXPIRE b 100")
        commander.now += 101
        #expect(commander.run("SUNIONSTORE c a b") == ":2\r\n")
        #expect(commander.run("SINTER a b") == "*0\r\n")
        #expect(commander.keyCount == 2)
    }

    @Test func `a STORE form takes the time to live of the destination away`() {
        commander.run("SADD a 1")
        commander.run("SADD d 2")
        commander.run("EXPIRE d 100")
        commander.run("SUNIONSTORE d a")
        #expect(commander.run("TTL d") == ":-1\r\n")
    }
}
