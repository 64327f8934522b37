import Testing

@testable import ClusterCore

@Suite struct SortedSetValueTests {
    /// A sorted set in a variable, beside the plain dictionary that it has to agree with.
    private struct Pair: ~Copyable {
        var record = SortedSetValue.make(key: Bytes.empty)
        var model: [String: Double] = [:]

        deinit {
            StoredValue.release(record)
        }

        var sorted: [String] {
            model.sorted {
                $0.value != $1.value ? $0.value < $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }.map(\.key)
        }

        mutating func update(_ member: String, _ score: Double) {
            let change = Bytes.with(member) { member in
                withUnsafeMutablePointer(to: &record) { SortedSetValue(slot: $0).update(member, score: score) }
            }
            let old = model.updateValue(score, forKey: member)
            #expect(change == (old == nil ? .added : old == score ? .unchanged : .rescored), "\(Seed.note)")
        }

        mutating func remove(_ member: String) {
            let removed = Bytes.with(member) { member in
                withUnsafeMutablePointer(to: &record) { SortedSetValue(slot: $0).remove(member) }
            }
            #expect(removed == (model.removeValue(forKey: member) != nil), "\(Seed.note)")
        }

        mutating func remove(_ ranks: Range<Int>) {
            for member in sorted[ranks] { model[member] = nil }
            withUnsafeMutablePointer(to: &record) { SortedSetValue(slot: $0).remove(ranks) }
        }

        func check() {
            let members = SortedSetMembers(record)
            var forward: [String] = []
            var backward: [String] = []
            members.forEach { forward.append($0.text + " \($1)") }
            members.forEachReversed(0..<members.count) { member, _ in backward.append(member.text) }
            let sorted = sorted
            #expect(forward == sorted.map { $0 + " \(model[$0] ?? .nan)" }, "\(Seed.note)")
            #expect(backward == sorted.reversed(), "\(Seed.note)")
            #expect(members.payload == model.keys.reduce(0) { $0 + $1.utf8.count + 8 })
            for (rank, member) in sorted.enumerated() {
                Bytes.with(member) { view in
                    #expect(members.rank(of: view) == rank && members.score(of: view) == model[member])
                }
            }
            if let ranked = members.ranked {
                ranked.pointee.checkInvariants()
            } else {
                PackedSortedSet(record).checkInvariants()
            }
        }
    }

    @Test(arguments: [60, 400, 3_000])
    func `random updates and removals agree with a Dictionary in both forms`(names: Int) {
        var random = Seed.generator()
        for scores in [1, 5, 1_000] {
            var pair = Pair()
            for round in 0..<3_000 {
                let member = "m\(Int.random(in: 0..<names, using: &random))"
                switch Int.random(in: 0..<20, using: &random) {
                case 0 where !pair.model.isEmpty:
                    let first = Int.random(in: 0..<pair.model.count, using: &random)
                    pair.remove(first..<min(pair.model.count, first + Int.random(in: 0..<8, using: &random)))
                case 1..<6: pair.remove(member)
                default: pair.update(member, Double(Int.random(in: 0..<scores, using: &random)))
                }
                if round % 500 == 499 { pair.check() }
            }
        }
    }

    @Test func `128 members of 64 bytes stay packed, one more of either does not`() {
        var pair = Pair()
        for index in 0..<128 { pair.update("m\(index)", Double(index % 10)) }
        pair.update("m7", 100)
        #expect(pair.record.form == .packedSortedSet)
        pair.check()
        pair.update("n", 0)
        #expect(pair.record.form == .sortedSet)
        pair.check()
        var long = Pair()
        long.update(String(repeating: "x", count: 64), 1)
        #expect(long.record.form == .packedSortedSet)
        long.update(String(repeating: "x", count: 65), 0)
        #expect(long.record.form == .sortedSet)
        long.check()
    }

    @Test(arguments: [50, 500])
    func `ranges of scores are those of the plain scores, infinite ends included`(count: Int) throws {
        var random = Seed.generator()
        var pair = Pair()
        for index in 0..<count { pair.update("m\(index)", Double(Int.random(in: -9...9, using: &random))) }
        pair.update("low", -.infinity)
        pair.update("high", .infinity)
        let ends = ["-inf", "(-inf", "-9", "(-3", "0", "(0", "-0", "2.5", "(2.5", "9", "(9", "inf", "(+inf"]
        let sorted = pair.sorted
        for (low, high) in ends.flatMap({ low in ends.map { (low, $0) } }) {
            let range = try Bytes.with(low) { low in try Bytes.with(high) { try ScoreRange(minimum: low, maximum: $0) }
            }
            let expected = sorted.filter { member in
                let score = pair.model[member] ?? .nan
                let minimum = Double(low.drop { $0 == "(" }) ?? .nan
                let maximum = Double(high.drop { $0 == "(" }) ?? .nan
                return (low.hasPrefix("(") ? score > minimum : score >= minimum)
                    && (high.hasPrefix("(") ? score < maximum : score <= maximum)
            }
            #expect(Array(sorted[SortedSetMembers(pair.record).ranks(range)]) == expected, "\(low) \(high)")
        }
    }

    @Test(arguments: [50, 500])
    func `ranges of bytes are those of the plain members`(count: Int) throws {
        var pair = Pair()
        for index in 0..<count { pair.update("\(index * 7)", 3) }
        pair.update("", 3)
        let sorted = pair.sorted
        let ends = ["-", "+", "[", "(", "[1", "(14", "[14", "[21x", "(9", "[99999"]
        func isIn(_ member: String, above low: String, below high: String) -> Bool {
            func order(_ end: String) -> Int {
                let end = Array(end.utf8.dropFirst())
                return Array(member.utf8) == end ? 0 : member.utf8.lexicographicallyPrecedes(end) ? -1 : 1
            }
            let isAbove = low == "-" || (low != "+" && (order(low) > 0 || (order(low) == 0 && low.hasPrefix("["))))
            let isBelow = high == "+" || (high != "-" && (order(high) < 0 || (order(high) == 0 && high.hasPrefix("["))))
            return isAbove && isBelow
        }
        for (low, high) in ends.flatMap({ low in ends.map { (low, $0) } }) {
            let ranks = try Bytes.with(low) { low in
                try Bytes.with(high) { SortedSetMembers(pair.record).ranks(try LexRange(minimum: low, maximum: $0)) }
            }
            let expected = sorted.filter { isIn($0, above: low, below: high) }
            #expect(Array(sorted[ranks]) == expected, "\(low) \(high)")
        }
    }

    @Test func `an accumulator becomes the form that suits its members`() {
        for (count, length, form) in [(128, 64, ValueForm.packedSortedSet), (129, 3, .sortedSet), (2, 65, .sortedSet)] {
            var accumulator = ScoreAccumulator()
            for index in (0..<count).reversed() {
                let member = "\(index)" + String(repeating: "x", count: length - "\(index)".count)
                Bytes.with(member) { accumulator.update($0) { old in (old ?? 0) + Double(index % 5) } }
            }
            let record = accumulator.finish(key: Bytes.empty)
            #expect(record.form == form && SortedSetMembers(record).count == count)
            #expect(SortedSetValue.payload(of: record) == count * (length + 8))
            if let ranked = SortedSetMembers(record).ranked {
                ranked.pointee.checkInvariants()
            } else {
                PackedSortedSet(record).checkInvariants()
            }
            StoredValue.release(record)
        }
    }
}
