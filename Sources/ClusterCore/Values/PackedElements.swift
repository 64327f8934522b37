import Glibc

/// Byte strings one after the other, each with its length on both sides so that they are walked from either end.
///
/// ```text
///   one element:  +--------+-- … --+---------+
///                 | length | bytes | htgnel  |
///                 +--------+-- … --+---------+
///    length  seven bits a byte, the lowest first; every byte but the last has its top bit set
///    htgnel  the same bytes in reverse order
/// ```
///
/// A `PackedElements` looks at such bytes without owning them: those inside a record (`PackedSequence`) or a list's
/// chunk (`ListChunk`). A place is the offset at which an element begins; the end is a place too. The view is valid
/// until the bytes are next written to.
struct PackedElements {
    let start: UnsafePointer<UInt8>
    /// The bytes that all elements take, their lengths included.
    let byteCount: Int

    @inline(__always)
    init(start: UnsafePointer<UInt8>, byteCount: Int) {
        assert(byteCount >= 0)
        self.start = start
        self.byteCount = byteCount
    }

    /// An element, where it begins, and where the next one does.
    struct Element {
        let bytes: ByteView
        let place: Int
        let end: Int
    }

    /// The longest element that the format takes: its length fits in four bytes.
    static let maximumElementCount = 1 << 28 - 1
}

// MARK: - Walking

extension PackedElements {
    /// The element that begins at `place`, which is not the end; O(1).
    @inline(__always)
    func element(at place: Int) -> Element {
        assert(place >= 0 && place < byteCount, "place \(place) of \(byteCount)")
        let first = start[place]
        if first < 0x80 { return element(at: place, lengthSize: 1, count: Int(first)) }
        return longElement(at: place)
    }

    @inline(never)
    private func longElement(at place: Int) -> Element {
        var count = 0
        var size = 0
        while true {
            precondition(place + size < byteCount && size < 4, "a length that does not end")
            let byte = start[place + size]
            count |= Int(byte & 0x7F) << (7 * size)
            size += 1
            if byte < 0x80 { return element(at: place, lengthSize: size, count: count) }
        }
    }

    /// The element that ends where `end` is, which is not the beginning; O(1).
    @inline(__always)
    func element(endingAt end: Int) -> Element {
        assert(end > 0 && end <= byteCount, "end \(end) of \(byteCount)")
        let last = start[end - 1]
        if last < 0x80 { return element(at: end - Int(last) - 2, lengthSize: 1, count: Int(last)) }
        return longElement(endingAt: end)
    }

    @inline(never)
    private func longElement(endingAt end: Int) -> Element {
        var count = 0
        var size = 0
        while true {
            precondition(end - size > 0 && size < 4, "a length that does not begin")
            let byte = start[end - 1 - size]
            count |= Int(byte & 0x7F) << (7 * size)
            size += 1
            if byte < 0x80 { return element(at: end - count - 2 * size, lengthSize: size, count: count) }
        }
    }

    @inline(__always)
    private func element(at place: Int, lengthSize: Int, count: Int) -> Element {
        let end = place + count + 2 * lengthSize
        assert(place >= 0 && end <= byteCount, "an element \(place)..<\(end) of \(byteCount) bytes")
        return Element(bytes: ByteView(start: start + place + lengthSize, count: count), place: place, end: end)
    }

    /// The place that lies `elements` further on than `place`; they must be there, O(elements).
    func place(_ elements: Int, after place: Int) -> Int {
        var place = place
        for _ in 0..<elements { place = element(at: place).end }
        return place
    }

    /// The place that lies `elements` before `place`; they must be there, O(elements).
    func place(_ elements: Int, before place: Int) -> Int {
        var place = place
        for _ in 0..<elements { place = element(endingAt: place).place }
        return place
    }

    /// The place of the element at `index` of `count`, found from the nearer end; `index == count` is the end.
    func place(ofIndex index: Int, count: Int) -> Int {
        assert(index >= 0 && index <= count)
        return index <= count / 2 ? place(index, after: 0) : place(count - index, before: byteCount)
    }

    /// The first element that equals `bytes`, of those at every `stride`-th place: 2 where fields stand before values;
    /// O(elements).
    @inline(__always)
    func find(_ bytes: ByteView, stride: Int = 1) -> Element? {
        var place = 0
        while place < byteCount {
            let candidate = element(at: place)
            if candidate.bytes == bytes { return candidate }
            place = stride == 2 ? element(at: candidate.end).end : candidate.end
        }
        return nil
    }
}

extension PackedElements: Sequence {
    /// Goes through the elements from the first to the last.
    struct Iterator: IteratorProtocol {
        private let elements: PackedElements
        private var place = 0

        @inline(__always)
        init(_ elements: PackedElements) {
            self.elements = elements
        }

        @inline(__always)
        mutating func next() -> Element? {
            if place == elements.byteCount { return nil }
            let element = elements.element(at: place)
            place = element.end
            return element
        }
    }

    @inline(__always)
    func makeIterator() -> Iterator { Iterator(self) }
}

// MARK: - Writing

extension PackedElements {
    /// The bytes that an element of `count` bytes takes.
    @inline(__always)
    static func size(ofElement count: Int) -> Int { count + 2 * lengthSize(count) }

    @inline(__always)
    private static func lengthSize(_ count: Int) -> Int {
        if count < 0x80 { return 1 }
        return count < 1 << 14 ? 2 : count < 1 << 21 ? 3 : 4
    }

    /// Writes an element to `target`, which has room for `size(ofElement:)`; returns where the next one begins.
    @inline(__always)
    @discardableResult
    static func write(_ bytes: ByteView, to target: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        let size = writeLength(bytes.count, to: target)
        memcpy(target + size, bytes.start, bytes.count)
        var end = target + size + bytes.count
        for index in (0..<size).reversed() {
            end.pointee = target[index]
            end += 1
        }
        return end
    }

    @inline(__always)
    private static func writeLength(_ count: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
        precondition(count <= maximumElementCount, "an element of \(count) bytes")
        var rest = count
        var size = 0
        while rest >= 0x80 {
            target[size] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            size += 1
        }
        target[size] = UInt8(truncatingIfNeeded: rest)
        return size + 1
    }
}
