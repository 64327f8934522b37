import Testing

@testable import ClusterCore

@Suite struct PackedSequenceTests {
    /// A packed record beside the plain array that it has to agree with.
    private struct Pair: ~Copyable {
        var record = Bytes.with("a key of the keyspace") { PackedSequence.make(form: .packedList, key: $0) }
        var model: [[UInt8]] = []

        deinit { record.free() }

        /// The place of the element at an index.
        func place(_ index: Int) -> Int {
            PackedSequence(record).elements.place(ofIndex: index, count: model.count)
        }

        func check() {
            let sequence = PackedSequence(record)
            sequence.checkInvariants()
            #expect(sequence.elements.map { $0.bytes.copied() } == model, "\(Seed.note)")
            #expect(sequence.payload == model.reduce(0) { $0 + $1.count })
            #expect(record.key.text == "a key of the keyspace")
            #expect(record.form == .packedList)
        }
    }

    private static func bytes(using generator: inout SmallGenerator) -> [UInt8] {
        let longest = [4, 40, 300].randomElement(using: &generator) ?? 0
        return (0..<Int.random(in: 0...longest, using: &generator)).map { _ in .random(in: 0...255, using: &generator) }
    }

    @Test func `Random changes leave what the same changes leave of an array`() {
        var generator = Seed.generator()
        var pair = Pair()
        for _ in 0..<4000 {
            let bytes = Self.bytes(using: &generator)
            let index = Int.random(in: 0...pair.model.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0:
                bytes.withByteView { PackedSequence.append($0, to: &pair.record) }
                pair.model.append(bytes)
            case 1:
                bytes.withByteView { PackedSequence.prepend($0, to: &pair.record) }
                pair.model.insert(bytes, at: 0)
            case 2:
                let place = pair.place(index)
                bytes.withByteView { PackedSequence.insert($0, at: place, in: &pair.record) }
                pair.model.insert(bytes, at: index)
            case 3:
                let place = pair.place(index)
                bytes.withByteView { PackedSequence.insert($0, $0.slice(0..<0), at: place, in: &pair.record) }
                pair.model.insert(contentsOf: [bytes, []], at: index)
            case 4, 5:
                guard index < pair.model.count else { continue }
                let place = pair.place(index)
                bytes.withByteView { PackedSequence.replace(at: place, with: $0, in: &pair.record) }
                pair.model[index] = bytes
            default:
                let count = Int.random(in: 0...min(6, pair.model.count - index), using: &generator)
                PackedSequence.remove(count, at: pair.place(index), in: &pair.record)
                pair.model.removeSubrange(index..<index + count)
            }
            pair.check()
        }
    }

    @Test func `Records made with elements hold them`() {
        Bytes.with("field") { field in
            let one = PackedSequence.make(form: .packedSet, key: field, containing: field)
            let two = PackedSequence.make(form: .packedHash, key: field, containing: field, Bytes.empty)
            PackedSequence(one).checkInvariants()
            PackedSequence(two).checkInvariants()
            #expect(PackedSequence(one).elements.map(\.bytes.text) == ["field"])
            #expect(PackedSequence(two).elements.map(\.bytes.text) == ["field", ""])
            one.free()
            two.free()
        }
    }

    @Test func `A deadline survives changes that move the record`() {
        Bytes.with("element") { element in
            var record = PackedSequence.make(form: .packedList, key: element, deadline: 12345)
            for _ in 0..<1000 { PackedSequence.append(element, to: &record) }
            #expect(record.deadline == 12345)
            #expect(PackedSequence(record).count == 1000)
            record.free()
        }
    }
}
