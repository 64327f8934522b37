import Testing

@testable import ClusterCore

/// A list in a record of its own, as if it stood in the keyspace, beside the array that it has to agree with.
private final class ListAndModel {
    let slot = HashTable.Slot.allocate(capacity: 1)
    var model: [[UInt8]]

    init(_ element: [UInt8]) {
        let record = Bytes.with("key") { key in element.withByteView { ListValue.make(key: key, element: $0) } }
        slot.initialize(to: record)
        model = [element]
    }

    deinit {
        if slot.pointee.form == .list { ListValue.releaseObject(of: slot.pointee) }
        slot.pointee.free()
        slot.deallocate()
    }

    var list: ListValue { ListValue(slot) }
    var isPacked: Bool { slot.pointee.form == .packedList }

    func push(_ element: [UInt8], to end: ListValue.End) {
        element.withByteView { list.push($0, to: end) }
        model.insert(element, at: end == .head ? 0 : model.count)
    }

    func removeElements(_ count: Int, at end: ListValue.End) {
        list.removeElements(count, at: end)
        if end == .head { model.removeFirst(count) } else { model.removeLast(count) }
    }

    func pop(_ end: ListValue.End) {
        #expect(list.bytes(at: end).copied() == (end == .head ? model.first : model.last), "\(Seed.note)")
        list.removeElement(at: end)
        model.remove(at: end == .head ? 0 : model.count - 1)
    }

    func insert(_ element: [UInt8], at index: Int, behind isBehind: Bool) {
        let place = list.place(ofIndex: index)
        element.withByteView { list.insert($0, at: place, behind: isBehind) }
        model.insert(element, at: isBehind ? index + 1 : index)
    }

    func replace(_ index: Int, with element: [UInt8]) {
        let place = list.place(ofIndex: index)
        element.withByteView { list.replace(at: place, with: $0) }
        model[index] = element
    }

    func remove(_ element: [UInt8], upTo limit: Int, from end: ListValue.End) {
        let removed = element.withByteView { list.remove($0, upTo: limit, from: end) }
        let all = model.indices.filter { model[$0] == element }
        let gone = end == .head ? all.prefix(limit) : all.suffix(limit)
        for index in gone.reversed() { model.remove(at: index) }
        #expect(removed == gone.count, "\(Seed.note)")
    }

    func check(_ step: Int) {
        list.checkInvariants()
        #expect(list.count == model.count, "step \(step), \(Seed.note)")
        #expect(list.payload == model.reduce(0) { $0 + $1.count }, "step \(step), \(Seed.note)")
        var elements: [[UInt8]] = []
        list.forEach { elements.append($0.copied()) }
        #expect(elements == model, "step \(step), \(Seed.note)")
    }
}

@Suite struct ListValueTests {
    /// One random change of those that leave the list with an element at least.
    private static func change(_ pair: ListAndModel, longest: Int, using generator: inout SmallGenerator) {
        let length = Int.random(in: 0...longest, using: &generator)
        let element = [UInt8](repeating: .random(in: 0..<4, using: &generator), count: length)
        let end: ListValue.End = Bool.random(using: &generator) ? .head : .tail
        let index = Int.random(in: 0..<pair.model.count, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<9:
            pair.push(element, to: end)
        case 9, 10:
            if pair.model.count > 1 { pair.pop(end) }
        case 11, 12:
            pair.insert(element, at: index, behind: Bool.random(using: &generator))
        case 13, 14:
            pair.replace(index, with: element)
        case 15:
            let chosen = pair.model[index]
            if pair.model.contains(where: { $0 != chosen }) {
                pair.remove(chosen, upTo: Int.random(in: 1...4, using: &generator), from: end)
            }
        case 16:
            pair.removeElements(min(pair.model.count - 1, Int.random(in: 0...4, using: &generator)), at: end)
        default:
            pair.list.rotate()
            pair.model.insert(pair.model.removeLast(), at: 0)
        }
    }

    @Test("Random changes leave what the same changes leave of an array", arguments: [2, 30, 700, 9000])
    func random(longest: Int) {
        var generator = Seed.generator()
        let pair = ListAndModel([])
        for step in 0..<3000 {
            Self.change(pair, longest: longest, using: &generator)
            pair.list.checkInvariants()
            if step.isMultiple(of: 50) { pair.check(step) }
        }
        pair.check(3000)
        #expect(pair.isPacked == (longest == 2))
    }

    @Test func `Each index of a long list leads to its element`() {
        let pair = ListAndModel([])
        for number in 0..<3000 {
            pair.push(Array("element \(number)".utf8), to: number.isMultiple(of: 3) ? .head : .tail)
        }
        for index in pair.model.indices {
            #expect(pair.list.bytes(at: pair.list.place(ofIndex: index)).copied() == pair.model[index])
        }
        for range in [0..<3001, 0..<1, 3000..<3001, 1234..<2345, 5..<5] {
            var elements: [[UInt8]] = []
            pair.list.visit(range) { elements.append($0.copied()) }
            #expect(elements == Array(pair.model[range]))
        }
    }

    @Test func `A list of one chunk's bytes is compact and outgrows it by one byte more`() {
        let pair = ListAndModel([UInt8](repeating: 1, count: 2036))
        pair.push([UInt8](repeating: 2, count: 2036), to: .head)
        #expect(pair.isPacked)
        pair.check(0)
        pair.replace(1, with: [UInt8](repeating: 1, count: 2037))
        #expect(!pair.isPacked)
        pair.check(1)
    }

    @Test func `Elements of a megabyte stand among empty ones`() {
        let large = [UInt8](repeating: 9, count: 1_000_000)
        let pair = ListAndModel(large)
        #expect(!pair.isPacked)
        for _ in 0..<5000 { pair.push([], to: .tail) }
        pair.insert(large, at: 2500, behind: false)
        pair.replace(2500, with: [1])
        pair.replace(3000, with: large)
        pair.check(0)
        pair.remove([], upTo: .max, from: .tail)
        pair.check(1)
        #expect(pair.model.count == 3)
    }

    @Test func `Trimming to the middle leaves the middle`() {
        let pair = ListAndModel([])
        for number in 0..<4000 { pair.push(Array("\(number)".utf8), to: .tail) }
        pair.removeElements(1999, at: .head)
        pair.removeElements(1999, at: .tail)
        pair.check(0)
        #expect(pair.model == [Array("1998".utf8), Array("1999".utf8), Array("2000".utf8)])
    }
}
