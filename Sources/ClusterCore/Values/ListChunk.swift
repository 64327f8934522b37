import CMemory
import Glibc

/// A stretch of a long list: elements as `PackedElements` lays them out, with room before and behind them.
///
/// ```text
///   0         begin                   end           capacity
///   +---------+-----------------------+-------------+
///   | room    | elements …            | room        |
///   +---------+-----------------------+-------------+
/// ```
///
/// So that pushing to either end of the list moves nothing, the first chunk fills from its end towards its beginning,
/// the last one the other way. A `ListChunk` is a handle: the list that it belongs to frees it.
struct ListChunk {
    private let address: UnsafeMutablePointer<UInt8>
    private let capacity: UInt32
    private var begin: UInt32
    private var end: UInt32
    /// The number of elements.
    private(set) var count: Int32 = 0

    /// What a chunk has room for: a page, less the allocator's own bytes.
    static let standardCapacity = 4080

    /// An end of a chunk or of a list.
    enum End {
        case head, tail
    }

    /// An empty chunk with room for at least `size` bytes, all of it on the side of `end`.
    ///
    /// What needs more than half a chunk gets one of just its size: in one of the standard size, nothing else as large
    /// would fit beside it.
    init(roomFor size: Int, at end: End) {
        let capacity = size > Self.standardCapacity / 2 ? size : Self.standardCapacity
        precondition(capacity <= Int(UInt32.max))
        guard let allocated = malloc(capacity) else { cmemory_end(capacity) }
        address = allocated.assumingMemoryBound(to: UInt8.self)
        self.capacity = UInt32(capacity)
        begin = end == .tail ? 0 : self.capacity
        self.end = begin
    }

    /// A chunk with a copy of some elements.
    init(copying elements: PackedElements, count: Int) {
        self.init(roomFor: elements.byteCount, at: .tail)
        memcpy(address, elements.start, elements.byteCount)
        end = UInt32(elements.byteCount)
        self.count = Int32(count)
    }

    /// Gives the memory back.
    func free() {
        Glibc.free(address)
    }

    /// The bytes of the elements, whose places the changing functions take; valid until the chunk next changes.
    @inline(__always)
    var elements: PackedElements {
        PackedElements(start: UnsafePointer(address + Int(begin)), byteCount: Int(end - begin))
    }

    /// The bytes that are free on both sides together.
    @inline(__always)
    var room: Int { Int(capacity - (end - begin)) }
}

// MARK: - The ends

extension ListChunk {
    /// Adds an element at an end and returns true, or does nothing where that side has no room for it; O(1).
    @inline(__always)
    mutating func push(_ bytes: ByteView, to end: End) -> Bool {
        let size = PackedElements.size(ofElement: bytes.count)
        if end == .tail {
            guard Int(capacity - self.end) >= size else { return false }
            PackedElements.write(bytes, to: address + Int(self.end))
            self.end += UInt32(truncatingIfNeeded: size)
        } else {
            guard Int(begin) >= size else { return false }
            begin -= UInt32(truncatingIfNeeded: size)
            PackedElements.write(bytes, to: address + Int(begin))
        }
        count += 1
        return true
    }

    /// The element at an end of a chunk that has any; O(1).
    @inline(__always)
    func element(at end: End) -> PackedElements.Element {
        end == .tail ? elements.element(endingAt: elements.byteCount) : elements.element(at: 0)
    }

    /// Takes out the elements before `place`, `number` of them; O(1).
    @inline(__always)
    mutating func removeAll(before place: Int, number: Int) {
        precondition(place <= Int(end - begin) && number <= count)
        begin += UInt32(place)
        count -= Int32(number)
    }

    /// Takes out the elements from `place` on, `number` of them; O(1).
    @inline(__always)
    mutating func removeAll(from place: Int, number: Int) {
        precondition(place <= Int(end - begin) && number <= count)
        end = begin + UInt32(place)
        count -= Int32(number)
    }
}

// MARK: - The middle

extension ListChunk {
    /// Adds an element before the one at `place` and returns true, or does nothing where the chunk has no room.
    mutating func insert(_ bytes: ByteView, at place: Int) -> Bool {
        guard let gap = replaceBytes(place..<place, by: PackedElements.size(ofElement: bytes.count)) else {
            return false
        }
        PackedElements.write(bytes, to: gap)
        count += 1
        return true
    }

    /// Puts other bytes in the place of an element and returns true, or does nothing where the chunk has no room.
    mutating func replace(_ element: PackedElements.Element, with bytes: ByteView) -> Bool {
        let size = PackedElements.size(ofElement: bytes.count)
        guard let gap = replaceBytes(element.place..<element.end, by: size) else { return false }
        PackedElements.write(bytes, to: gap)
        return true
    }

    /// Takes an element out.
    mutating func remove(_ element: PackedElements.Element) {
        _ = replaceBytes(element.place..<element.end, by: 0)
        count -= 1
    }

    /// Opens or closes a gap of `size` bytes where those of `places` are, and returns where it begins; nil, and nothing
    /// has changed, where there is no room.
    private mutating func replaceBytes(_ places: Range<Int>, by size: Int) -> UnsafeMutablePointer<UInt8>? {
        let used = Int(end - begin)
        precondition(places.lowerBound >= 0 && places.upperBound <= used, "places \(places) of \(used)")
        let newUsed = used - places.count + size
        guard newUsed <= Int(capacity) else { return nil }
        let before = places.lowerBound
        let behind = used - places.upperBound
        let oldBegin = Int(begin)
        let newBegin = beginAfterReplacing(before: before, behind: behind, growth: newUsed - used)
        let moved = address + newBegin
        // The part on the side that the elements move to goes first, so that neither is written over by the other.
        if newBegin <= oldBegin { memmove(moved, address + oldBegin, before) }
        memmove(moved + before + size, address + oldBegin + places.upperBound, behind)
        if newBegin > oldBegin { memmove(moved, address + oldBegin, before) }
        begin = UInt32(newBegin)
        end = UInt32(newBegin + newUsed)
        return moved + before
    }

    /// Where the elements are to begin after a gap has grown: the shorter side moves, if there is room for it.
    private func beginAfterReplacing(before: Int, behind: Int, growth: Int) -> Int {
        let roomBefore = Int(begin)
        let roomBehind = Int(capacity - end)
        if growth <= 0 { return before < behind ? roomBefore - growth : roomBefore }
        if roomBefore >= growth && (before < behind || roomBehind < growth) { return roomBefore - growth }
        return roomBehind >= growth ? roomBefore : 0
    }

    /// Moves the elements from `place` on, `number` of them, to a chunk of their own.
    mutating func split(at place: Int, number: Int) -> ListChunk {
        let rest = PackedElements(start: elements.start + place, byteCount: elements.byteCount - place)
        let chunk = ListChunk(copying: rest, count: number)
        removeAll(from: place, number: number)
        return chunk
    }

    /// Adds a copy of another chunk's elements behind these; there must be room.
    mutating func append(contentsOf other: ListChunk) {
        let added = other.elements
        guard let gap = replaceBytes(elements.byteCount..<elements.byteCount, by: added.byteCount) else {
            preconditionFailure("\(added.byteCount) bytes do not fit in \(room)")
        }
        memcpy(gap, added.start, added.byteCount)
        count += other.count
    }
}
