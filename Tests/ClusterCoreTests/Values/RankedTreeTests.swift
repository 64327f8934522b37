import Testing

@testable import ClusterCore

@Suite struct RankedTreeTests {
    private typealias Entry = (score: Double, name: String)

    private static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        left.score != right.score ? left.score < right.score : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }

    /// A tree beside the plain array that it has to agree with.
    private struct Pair: ~Copyable {
        var tree = RankedTree()
        var model: [Entry] = []

        deinit {
            tree.forEach(0..<tree.count) { record, _ in record.free() }
        }

        mutating func insert(_ score: Double, _ name: String) {
            let entry = (score: score, name: name)
            let index = place(of: entry)
            if index < model.count, model[index].score == score, model[index].name == name { return }
            model.insert(entry, at: index)
            tree.insert(Bytes.with(name) { Record.make(form: .string, key: $0, valueCount: 8) }, score: score)
        }

        /// How many entries of the model come before one.
        private func place(of entry: Entry) -> Int {
            var low = 0
            var high = model.count
            while low < high {
                let middle = (low + high) / 2
                if isBefore(model[middle], entry) { low = middle + 1 } else { high = middle }
            }
            return low
        }

        mutating func move(_ rank: Int, to score: Double) {
            var entry = model.remove(at: rank)
            var found: (record: Record, score: Double)?
            tree.forEach(rank..<rank + 1) { found = ($0, $1) }
            if let found { tree.move(found.record, from: found.score, to: score) }
            entry.score = score
            model.insert(entry, at: place(of: entry))
        }

        mutating func remove(_ ranks: Range<Int>) -> [String] {
            var removed: [String] = []
            tree.remove(ranks) { record in
                removed.append(record.key.text)
                record.free()
            }
            model.removeSubrange(ranks)
            return removed
        }

        func check() {
            tree.checkInvariants()
            var walked: [String] = []
            tree.forEach(0..<tree.count) { record, score in walked.append("\(score) \(record.key.text)") }
            #expect(walked == model.map { "\($0.score) \($0.name)" }, "\(Seed.note)")
        }
    }

    @Test(arguments: [1, 3, 50, 1_000_000])
    func `random insertions and removals agree with a sorted array`(scores: Int) {
        var random = Seed.generator()
        var pair = Pair()
        for round in 0..<6_000 {
            let growing = round % 3_000 < 1_800
            if growing || pair.model.isEmpty {
                let score = Double(Int.random(in: 0..<scores, using: &random)) / 2
                pair.insert(score, "m\(Int.random(in: 0..<5_000, using: &random))")
            } else {
                let first = Int.random(in: 0..<pair.model.count, using: &random)
                let ranks = first..<min(pair.model.count, first + Int.random(in: 0...3, using: &random))
                let expected = pair.model[ranks].map(\.name)
                #expect(pair.remove(ranks) == expected, "\(Seed.note)")
            }
            if round % 500 == 499 { pair.check() }
        }
    }

    @Test(arguments: [0.4, 3, 1_000])
    func `a member that gets another score stands where it belongs`(step: Double) {
        var random = Seed.generator()
        var pair = Pair()
        for index in 0..<2_000 { pair.insert(Double(index / 2), "m\(index)") }
        for round in 0..<4_000 {
            let rank = Int.random(in: 0..<pair.model.count, using: &random)
            pair.move(rank, to: pair.model[rank].score + Double.random(in: -step...step, using: &random))
            if round % 400 == 399 { pair.check() }
        }
    }

    @Test func `ranks and bounds are those of a sorted array`() {
        var random = Seed.generator()
        var pair = Pair()
        for _ in 0..<2_000 {
            pair.insert(Double(Int.random(in: -20...20, using: &random)), "m\(Int.random(in: 0..<900, using: &random))")
        }
        for (rank, entry) in pair.model.enumerated() {
            #expect(Bytes.with(entry.name) { pair.tree.rank(of: $0, score: entry.score) } == rank)
        }
        for score in stride(from: -21.5, through: 21.5, by: 0.5) {
            #expect(pair.tree.count(below: score, including: false) == pair.model.count { $0.score < score })
            #expect(pair.tree.count(below: score, including: true) == pair.model.count { $0.score <= score })
        }
        #expect(pair.tree.count(below: -.infinity, including: true) == 0)
        #expect(pair.tree.count(below: .infinity, including: false) == pair.model.count)
    }

    @Test func `bounds by bytes hold where all scores are equal, empty members included`() {
        var pair = Pair()
        let names = (0..<700).map { "\($0)" } + ["", "a", "a\u{0}", "b"]
        for name in names { pair.insert(0, name) }
        let sorted = pair.model.map(\.name)
        for probe in names + ["5x", "zz", "35"] {
            let before = sorted.count { Array($0.utf8).lexicographicallyPrecedes(probe.utf8) }
            let equal = sorted.contains(probe) ? 1 : 0
            Bytes.with(probe) { view in
                #expect(pair.tree.count(before: view, including: false) == before)
                #expect(pair.tree.count(before: view, including: true) == before + equal)
            }
        }
    }

    @Test func `walks go through any range of ranks in both directions`() {
        var random = Seed.generator()
        var pair = Pair()
        for index in 0..<500 { pair.insert(Double(index % 37), "m\(index)") }
        let names = pair.model.map(\.name)
        for _ in 0..<300 {
            let first = Int.random(in: 0...names.count, using: &random)
            let ranks = first..<Int.random(in: first...names.count, using: &random)
            var forward: [String] = []
            var backward: [String] = []
            pair.tree.forEach(ranks) { record, _ in forward.append(record.key.text) }
            pair.tree.forEachReversed(ranks) { record, _ in backward.append(record.key.text) }
            #expect(forward == Array(names[ranks]))
            #expect(backward == names[ranks].reversed())
        }
    }

    @Test func `removing a range hands over each member once and leaves the rest in order`() {
        var random = Seed.generator()
        for size in [1, 29, 30, 31, 400, 5_000] {
            for _ in 0..<6 {
                var pair = Pair()
                for index in 0..<size { pair.insert(Double(index), "m\(index)") }
                let first = Int.random(in: 0...size, using: &random)
                let ranks = first..<Int.random(in: first...size, using: &random)
                let expected = pair.model[ranks].map(\.name)
                #expect(pair.remove(ranks) == expected)
                pair.check()
                #expect(pair.remove(0..<pair.model.count).count == size - ranks.count)
                pair.check()
            }
        }
    }

    @Test func `minus zero and zero are one score`() {
        var pair = Pair()
        pair.insert(-0.0, "b")
        pair.insert(0, "a")
        pair.tree.checkInvariants()
        #expect(pair.tree.count(below: 0, including: false) == 0)
        #expect(pair.tree.count(below: -0.0, including: true) == 2)
    }
}
