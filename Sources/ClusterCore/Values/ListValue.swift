import Glibc

/// A list at its place in the keyspace.
///
/// As long as its elements with their lengths take no more than one chunk they stand in the record, as a
/// `PackedSequence`; a list that has outgrown that is a `ChunkedList` from then on. The order of a list does not depend
/// on its form, so the threshold need not be that of Redis 2.8: by bytes alone, a list of a few long elements stays
/// compact, and no push moves more than a page.
struct ListValue {
    private let slot: HashTable.Slot

    typealias End = ListChunk.End
    /// Where an element stands, valid until the list next changes; a compact list counts as its own only chunk.
    typealias Place = ChunkedList.Place

    /// Looks at the record at `slot`, which must be a list.
    @inline(__always)
    init(_ slot: HashTable.Slot) {
        assert(slot.pointee.form.type == .list)
        self.slot = slot
    }

    /// Whether the list is compact.
    @inline(__always)
    var isPacked: Bool { slot.pointee.form == .packedList }

    @inline(__always)
    private var packed: PackedSequence { PackedSequence(slot.pointee) }

    private typealias Object = UnsafeMutablePointer<ChunkedList>

    @inline(__always)
    private var object: Object { slot.pointee.object(as: ChunkedList.self) }

    /// The number of elements; O(1).
    @inline(__always)
    var count: Int { isPacked ? packed.count : object.pointee.count }

    /// The sum of the elements' lengths; O(1).
    @inline(__always)
    var payload: Int { Self.payload(of: slot.pointee) }
}

// MARK: - What holds for any value

extension ListValue {
    /// The sum of the elements' lengths; O(1).
    @inline(__always)
    static func payload(of record: Record) -> Int {
        record.form == .packedList
            ? PackedSequence(record).payload : record.object(as: ChunkedList.self).pointee.payload
    }

    /// How many chunks a list has that has outgrown the compact form; O(1).
    static func chunkCount(of record: Record) -> Int { record.object(as: ChunkedList.self).pointee.chunkCount }

    /// Frees the chunks of a list that has outgrown the compact form.
    static func releaseObject(of record: Record) {
        let object = record.object(as: ChunkedList.self)
        object.deinitialize(count: 1)
        object.deallocate()
    }
}

// MARK: - The ends

extension ListValue {
    /// A record for `key` whose list has one element.
    static func make(key: ByteView, element: ByteView) -> Record {
        if PackedElements.size(ofElement: element.count) <= ListChunk.standardCapacity {
            return PackedSequence.make(form: .packedList, key: key, containing: element)
        }
        var record = PackedSequence.make(form: .packedList, key: key)
        withUnsafeMutablePointer(to: &record) { ListValue($0).push(element, to: .tail) }
        return record
    }

    /// Adds an element at an end; O(1), or O(bytes) at the head of a compact list.
    @inline(__always)
    func push(_ bytes: ByteView, to end: End) {
        if isPacked {
            guard packedFits(bytes.count) else {
                outgrow()
                return object.pointee.push(bytes, to: end)
            }
            PackedSequence.insert(bytes, at: end == .head ? 0 : packed.end, in: &slot.pointee)
        } else {
            object.pointee.push(bytes, to: end)
        }
    }

    /// Whether a compact list stays compact with an element of `count` bytes more.
    @inline(__always)
    private func packedFits(_ count: Int) -> Bool {
        packed.end + PackedElements.size(ofElement: count) <= ListChunk.standardCapacity
    }

    /// The element at an end of a list that has any; O(1).
    @inline(__always)
    func bytes(at end: End) -> ByteView {
        guard isPacked else { return object.pointee.bytes(at: end) }
        let elements = packed.elements
        return end == .head ? elements.element(at: 0).bytes : elements.element(endingAt: elements.byteCount).bytes
    }

    /// Takes out the element at an end of a list that has any; O(1), or O(bytes) at the head of a compact list.
    @inline(__always)
    func removeElement(at end: End) {
        guard isPacked else { return object.pointee.removeElement(at: end) }
        let elements = packed.elements
        let place = end == .head ? 0 : elements.element(endingAt: elements.byteCount).place
        PackedSequence.remove(at: place, in: &slot.pointee)
    }

    /// Takes out the first `number` elements, or the last; O(number), and O(bytes) at the head of a compact list.
    func removeElements(_ number: Int, at end: End) {
        guard isPacked else { return object.pointee.removeElements(number, at: end) }
        let place = end == .head ? 0 : packed.elements.place(ofIndex: packed.count - number, count: packed.count)
        PackedSequence.remove(number, at: place, in: &slot.pointee)
    }

    /// Takes the last element of a list that has any and puts it before the first; O(its bytes), or O(bytes) in a
    /// compact list.
    func rotate() {
        let last = bytes(at: .tail)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(last.count, 1)) { copy in
            guard let start = copy.baseAddress else { preconditionFailure("no room for \(last.count) bytes") }
            memcpy(start, last.start, last.count)
            let element = ByteView(start: start, count: last.count)
            removeElement(at: .tail)
            push(element, to: .head)
        }
    }

    /// Moves the elements from the record to a chunk.
    private func outgrow() {
        let object = Object.allocate(capacity: 1)
        object.initialize(
            to: ChunkedList(copying: packed.elements, count: packed.count, payload: packed.payload))
        slot.pointee = slot.pointee.withObject(object, form: .list)
    }
}

// MARK: - Finding

extension ListValue {
    /// The place of the element at an index, found from the nearer end.
    func place(ofIndex index: Int) -> Place {
        guard isPacked else { return object.pointee.place(ofIndex: index) }
        precondition(index >= 0 && index < packed.count)
        return Place(chunk: 0, offset: packed.elements.place(ofIndex: index, count: packed.count))
    }

    /// The place of the first element that equals `bytes`; O(elements).
    func find(_ bytes: ByteView) -> Place? {
        guard isPacked else { return object.pointee.find(bytes) }
        return packed.elements.find(bytes).map { Place(chunk: 0, offset: $0.place) }
    }

    /// The element at a place; O(1).
    func bytes(at place: Place) -> ByteView {
        guard isPacked else { return object.pointee.element(at: place).bytes }
        return packed.elements.element(at: place.offset).bytes
    }

    /// Visits the elements of a range of indexes, which must be there, in order.
    @inline(__always)
    func visit(_ range: Range<Int>, _ body: (ByteView) -> Void) {
        if range.isEmpty { return }
        let first = place(ofIndex: range.lowerBound)
        guard isPacked else { return object.pointee.visit(range.count, from: first, body) }
        let elements = packed.elements
        var offset = first.offset
        for _ in range {
            let element = elements.element(at: offset)
            body(element.bytes)
            offset = element.end
        }
    }

    /// Visits all elements, in order.
    func forEach(_ body: (ByteView) -> Void) { visit(0..<count, body) }
}

// MARK: - The middle

extension ListValue {
    /// Adds an element before or behind the one at a place; O(bytes of a chunk), and O(chunks) where one is added.
    func insert(_ bytes: ByteView, at place: Place, behind isBehind: Bool) {
        if isPacked {
            if packedFits(bytes.count) {
                let offset = isBehind ? packed.elements.element(at: place.offset).end : place.offset
                return PackedSequence.insert(bytes, at: offset, in: &slot.pointee)
            }
            outgrow()
        }
        object.pointee.insert(bytes, at: place, behind: isBehind)
    }

    /// Puts other bytes in the place of an element; O(bytes of a chunk), and O(chunks) where one is added.
    func replace(at place: Place, with bytes: ByteView) {
        if isPacked {
            let old = packed.elements.element(at: place.offset)
            let grown = packed.end - (old.end - old.place) + PackedElements.size(ofElement: bytes.count)
            if grown <= ListChunk.standardCapacity {
                return PackedSequence.replace(at: place.offset, with: bytes, in: &slot.pointee)
            }
            outgrow()
        }
        object.pointee.replace(at: place, with: bytes)
    }

    /// Takes out up to `limit` elements that equal `bytes`, the first from `end` on, and returns how many; O(elements).
    func remove(_ bytes: ByteView, upTo limit: Int, from end: End) -> Int {
        guard isPacked else { return object.pointee.remove(bytes, upTo: limit, from: end) }
        var removed = 0
        var place = end == .head ? 0 : packed.end
        while removed < limit && (end == .head ? place < packed.end : place > 0) {
            let elements = packed.elements
            let element = end == .head ? elements.element(at: place) : elements.element(endingAt: place)
            let isEqual = element.bytes == bytes
            place = end == .head && !isEqual ? element.end : element.place
            guard isEqual else { continue }
            PackedSequence.remove(at: element.place, in: &slot.pointee)
            removed += 1
        }
        return removed
    }

    /// Walks all elements and compares them with what is counted: for tests.
    func checkInvariants() {
        if isPacked { packed.checkInvariants() } else { object.pointee.checkInvariants() }
    }
}
