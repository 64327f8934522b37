import Testing

@testable import ClusterCore

@Suite struct SetValueTests {
    /// A set in a variable, beside the plain set that it has to agree with.
    private struct Pair: ~Copyable {
        var record: Record
        var model: Set<String>

        init(_ first: String) {
            record = Bytes.with(first) { SetValue.make(key: Bytes.empty, containing: $0) }
            model = [first]
        }

        deinit {
            StoredValue.release(record)
        }

        mutating func insert(_ member: String) {
            let inserted = Bytes.with(member) { member in
                withUnsafeMutablePointer(to: &record) { SetValue(slot: $0).insert(member) }
            }
            #expect(inserted == model.insert(member).inserted, "\(member) \(Seed.note)")
        }

        mutating func remove(_ member: String) {
            let removed = Bytes.with(member) { member in
                withUnsafeMutablePointer(to: &record) { SetValue(slot: $0).remove(member) }
            }
            #expect(removed == (model.remove(member) != nil), "\(member) \(Seed.note)")
        }

        func check() {
            let members = SetMembers(record)
            var seen: [String] = []
            members.forEach { seen.append($0.text) }
            #expect(Set(seen) == model && seen.count == model.count, "\(Seed.note)")
            #expect(members.count == model.count)
            #expect(members.payload == model.reduce(0) { $0 + $1.utf8.count })
            #expect(SetValue.payload(of: record) == members.payload)
            for member in model { #expect(Bytes.with(member) { members.contains($0) }) }
            if record.form == .integerSet { IntegerSet(record).checkInvariants() }
            if record.form == .packedSet { PackedSequence(record).checkInvariants() }
        }
    }

    @Test(arguments: [20, 200, 1_500])
    func `random insertions and removals agree with a Set in every form`(names: Int) {
        var random = Seed.generator()
        for kind in 0..<4 {
            var pair = Pair("0")
            for round in 0..<2_000 {
                let number = Int.random(in: -names...names, using: &random)
                let name =
                    switch kind {
                    case 0: "\(number)"
                    case 1: "m\(number)"
                    case 2: number % 7 == 0 ? "m\(number)" : "\(number)"
                    default: number % 50 == 0 ? String(repeating: "x", count: 64 + number & 1) : "\(number)"
                    }
                if Int.random(in: 0..<3, using: &random) > 0 { pair.insert(name) } else { pair.remove(name) }
                if round % 250 == 249 { pair.check() }
            }
        }
    }

    @Test func `512 integers are sorted, the 513th makes a table`() {
        var pair = Pair("0")
        for integer in (1..<512).reversed() { pair.insert("\(integer)") }
        pair.insert("0")
        #expect(pair.record.form == .integerSet)
        var first: [String] = []
        SetMembers(pair.record).forEach { first.append($0.text) }
        #expect(first == (0..<512).map(String.init))
        pair.insert("512")
        #expect(pair.record.form == .set)
        pair.check()
    }

    @Test func `128 members of 64 bytes stay packed, one more of either does not`() {
        var pair = Pair("m")
        for index in 1..<128 { pair.insert("m\(index)") }
        pair.insert("m5")
        #expect(pair.record.form == .packedSet)
        pair.insert("n")
        #expect(pair.record.form == .set)
        pair.check()
        var long = Pair(String(repeating: "x", count: 64))
        #expect(long.record.form == .packedSet)
        long.insert(String(repeating: "x", count: 65))
        #expect(long.record.form == .set)
        long.check()
        #expect(Pair(String(repeating: "x", count: 65)).record.form == .set)
    }

    @Test(arguments: [(100, ValueForm.packedSet), (200, .set)])
    func `integers that another member joins change their form by their count`(count: Int, form: ValueForm) {
        var pair = Pair("0")
        for integer in 1..<count { pair.insert("\(integer)") }
        pair.insert("01")
        #expect(pair.record.form == form)
        pair.check()
    }

    @Test func `a deadline outlives every change of form`() {
        for first in ["7", "word", String(repeating: "long ", count: 20)] {
            var record = Bytes.with(first) { SetValue.make(key: Bytes.empty, containing: $0, deadline: 99) }
            withUnsafeMutablePointer(to: &record) { slot in
                for index in 0..<200 {
                    #expect(slot.pointee.deadline == 99)
                    _ = Bytes.with("m\(index)") { SetValue(slot: slot).insert($0) }
                }
            }
            #expect(record.deadline == 99 && SetMembers(record).count == 201)
            StoredValue.release(record)
        }
    }

    @Test func `members by chance come out evenly`() {
        var random = Seed.generator()
        for size in [10, 100, 1_000] {
            for prefix in ["", "m"] {
                var pair = Pair("\(prefix)0")
                for index in 1..<size { pair.insert("\(prefix)\(index)") }
                var counts: [String: Int] = [:]
                let members = SetMembers(pair.record)
                for _ in 0..<20 {
                    var chosen: [String] = []
                    members.forEachChosen(size / 2, using: &random) { chosen.append($0.text) }
                    #expect(Set(chosen).count == size / 2 && pair.model.isSuperset(of: chosen))
                    for member in chosen { counts[member, default: 0] += 1 }
                }
                // Each is chosen 10 times of 20 on average: never and always have a chance of one in a million each.
                #expect(counts.values.count { $0 > 1 && $0 < 19 } > size * 9 / 10, "\(Seed.note)")
            }
        }
    }
}
