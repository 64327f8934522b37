import Testing

@testable import ClusterCore

@Suite struct SetAlgebraTests {
    /// Sets of every form and of very different sizes, so that both ways to a difference are gone.
    @Test func `union, intersection and difference of many sets are those of Swift's sets`() {
        var random = Seed.generator()
        for _ in 0..<60 {
            let commander = Commander()
            var sets: [Set<String>] = []
            for index in 0..<Int.random(in: 1...6, using: &random) {
                let size = [0, 3, 40, 300, 900][Int.random(in: 0..<5, using: &random)]
                let prefix = Bool.random(using: &random) ? "" : "0"
                let members = Set((0..<size).map { _ in prefix + "\(Int.random(in: 0..<1_000, using: &random))" })
                if size > 0 { commander.run(["SADD", "k\(index)"] + members) }
                sets.append(members)
            }
            // One set twice: it is read from the same record both times.
            sets.append(sets[0])
            let keys = sets.indices.map { "k\($0 == sets.count - 1 ? 0 : $0)" }
            let union = sets.reduce(into: Set<String>()) { $0.formUnion($1) }
            let shared = sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }
            let left = sets.dropFirst().dropLast().reduce(sets[0]) { $0.subtracting($1) }
            #expect(Set(Answer.bulks(commander.run(["SUNION"] + keys))) == union, "\(Seed.note)")
            #expect(Set(Answer.bulks(commander.run(["SINTER"] + keys))) == shared, "\(Seed.note)")
            #expect(Set(Answer.bulks(commander.run(["SDIFF"] + keys.dropLast()))) == left, "\(Seed.note)")
            #expect(commander.run(["SDIFF"] + keys) == "*0\r\n")
            #expect(commander.run(["SUNIONSTORE", "k0"] + keys) == ":\(union.count)\r\n")
            #expect(Set(Answer.bulks(commander.run("SMEMBERS k0"))) == union)
        }
    }

    @Test func `one name a hundred thousand times is read once`() {
        let commander = Commander()
        let members = (0..<200).map { "m\($0)" }
        commander.run(["SADD", "k"] + members)
        commander.run(["SADD", "l"] + members.dropLast(50))
        let names = [String](repeating: "k", count: 100_000)
        let alternating = (0..<50_000).flatMap { _ in ["k", "l"] }
        #expect(Answer.bulks(commander.run(["SUNION"] + names)).count == 200)
        #expect(Answer.bulks(commander.run(["SINTER"] + names)).count == 200)
        #expect(commander.run(["SDIFF"] + names) == "*0\r\n")
        #expect(Answer.bulks(commander.run(["SDIFF", "k"] + [String](repeating: "l", count: 100_000))).count == 50)
        #expect(Answer.bulks(commander.run(["SUNION"] + alternating)).count == 200)
        #expect(Answer.bulks(commander.run(["SINTER"] + alternating)).count == 150)
        #expect(commander.run(["SDIFF"] + alternating) == "*0\r\n")
        #expect(commander.run(["SDIFF", "k", "k"]) == "*0\r\n")
    }

    @Test func `a difference goes the same way whichever set is large`() {
        let commander = Commander()
        let many = (0..<2_000).map { "m\($0)" }
        commander.run(["SADD", "large"] + many)
        commander.run(["SADD", "small", "m1", "m2", "x"])
        #expect(Answer.bulks(commander.run("SDIFF small large")) == ["x"])
        #expect(Answer.bulks(commander.run("SDIFF large small small small small")).count == 1_998)
        #expect(commander.run("SDIFFSTORE large large small") == ":1998\r\n")
        #expect(commander.run("SISMEMBER large m1") == ":0\r\n")
    }
}
