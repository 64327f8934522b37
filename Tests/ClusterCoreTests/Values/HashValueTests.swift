import Testing

@testable import ClusterCore

/// A hash in a record of its own, as if it stood in the keyspace.
private final class StandaloneHash {
    let slot = HashTable.Slot.allocate(capacity: 1)

    init(field: [UInt8], value: [UInt8]) {
        let record = Bytes.with("key") { key in
            field.withByteView { field in value.withByteView { HashValue.make(key: key, field: field, value: $0) } }
        }
        slot.initialize(to: record)
    }

    deinit {
        if slot.pointee.form == .hash { HashValue.releaseObject(of: slot.pointee) }
        slot.pointee.free()
        slot.deallocate()
    }

    var hash: HashValue { HashValue(slot) }
    var isPacked: Bool { slot.pointee.form == .packedHash }

    func set(_ field: [UInt8], _ value: [UInt8]) {
        field.withByteView { field in value.withByteView { hash.set(hash.entry(field), to: $0) } }
    }

    func remove(_ field: [UInt8]) -> Int { field.withByteView { hash.remove(hash.entry($0)) } }

    func get(_ field: [UInt8]) -> [UInt8]? { field.withByteView { hash.entry($0).value?.copied() } }

    var pairs: [[[UInt8]]] {
        var pairs: [[[UInt8]]] = []
        hash.forEach { pairs.append([$0.copied(), $1.copied()]) }
        return pairs
    }
}

@Suite struct HashValueTests {
    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("Random changes leave what the same changes leave of a dictionary", arguments: [8, 80, 2000])
    func random(fields: Int) {
        var generator = Seed.generator()
        let hash = StandaloneHash(field: [], value: [])
        var model: [[UInt8]: [UInt8]] = [[]: []]
        for step in 0..<6000 {
            let field = Self.bytes("field \(Int.random(in: 0..<fields, using: &generator))")
            if Int.random(in: 0..<3, using: &generator) == 0 {
                let lost = hash.remove(field)
                let old = model.removeValue(forKey: field)
                #expect(lost == (old.map { $0.count + field.count } ?? 0), "step \(step), \(Seed.note)")
            } else {
                let value = [UInt8](repeating: 1, count: Int.random(in: 0...64, using: &generator))
                let entry = field.withByteView { hash.hash.entry($0).growth(settingTo: value.count) }
                #expect(entry == value.count - (model[field]?.count ?? -field.count), "step \(step), \(Seed.note)")
                hash.set(field, value)
                model[field] = value
            }
            #expect(hash.get(field) == model[field], "step \(step), \(Seed.note)")
            #expect(hash.hash.count == model.count)
        }
        #expect(hash.hash.payload == model.reduce(0) { $0 + $1.key.count + $1.value.count })
        #expect(Dictionary(uniqueKeysWithValues: hash.pairs.map { ($0[0], $0[1]) }) == model)
        #expect(hash.isPacked == (fields < 512))
    }

    @Test func `A compact hash keeps the order in which fields were first set`() {
        let hash = StandaloneHash(field: [1], value: [10])
        hash.set([2], [20])
        hash.set([3], [30])
        hash.set([1], [11, 12])
        _ = hash.remove([2])
        hash.set([2], [21])
        #expect(hash.pairs == [[[1], [11, 12]], [[3], [30]], [[2], [21]]])
    }

    @Test func `A hash of 512 fields is compact and one more outgrows it for good`() {
        let hash = StandaloneHash(field: Self.bytes("f0"), value: [])
        for number in 1..<512 { hash.set(Self.bytes("f\(number)"), []) }
        #expect(hash.isPacked)
        hash.set(Self.bytes("f7"), [7])
        #expect(hash.isPacked)
        hash.set(Self.bytes("f512"), [])
        #expect(!hash.isPacked)
        for number in 1...512 { _ = hash.remove(Self.bytes("f\(number)")) }
        #expect(!hash.isPacked)
        #expect(hash.hash.count == 1)
        #expect(hash.hash.payload == 2)
    }

    @Test func `Fields and values of 64 bytes are compact and longer ones are not`() {
        let fitting = [UInt8](repeating: 1, count: 64)
        let long = [UInt8](repeating: 1, count: 65)
        let compact = StandaloneHash(field: fitting, value: fitting)
        #expect(compact.isPacked)
        compact.set(fitting, long)
        #expect(!compact.isPacked)
        #expect(compact.get(fitting) == long)
        let byField = StandaloneHash(field: [1], value: [])
        byField.set(long, [])
        #expect(!byField.isPacked)
        #expect(!StandaloneHash(field: long, value: []).isPacked)
        #expect(!StandaloneHash(field: [], value: long).isPacked)
    }
}
