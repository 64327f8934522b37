import DequeModule

/// The elements of a list that has outgrown the compact form: a deque of packed chunks.
///
/// Pushing and popping at both ends is O(1) and allocates once in a chunk; an index is found by the chunks' counts and
/// then inside one chunk. No chunk is ever empty.
struct ChunkedList: ~Copyable {
    private var chunks: Deque<ListChunk> = []
    /// The number of elements.
    private(set) var count = 0
    /// The sum of the elements' lengths.
    private(set) var payload = 0

    typealias End = ListChunk.End

    /// How many chunks there are.
    var chunkCount: Int { chunks.count }

    /// An empty list.
    init() {}

    /// A list with a copy of some elements.
    init(copying elements: PackedElements, count: Int, payload: Int) {
        guard count > 0 else { return }
        chunks.append(ListChunk(copying: elements, count: count))
        self.count = count
        self.payload = payload
    }

    deinit {
        for chunk in chunks { chunk.free() }
    }

    /// Where an element stands; valid until the list next changes.
    struct Place: Equatable {
        let chunk: Int
        let offset: Int
    }
}

// MARK: - The ends

extension ChunkedList {
    @inline(__always)
    private func index(of end: End) -> Int { end == .head ? 0 : chunks.count - 1 }

    /// Adds an element at an end; O(1).
    @inline(__always)
    mutating func push(_ bytes: ByteView, to end: End) {
        if chunks.isEmpty || !chunks[index(of: end)].push(bytes, to: end) { pushChunk(with: bytes, to: end) }
        count += 1
        payload += bytes.count
    }

    @inline(never)
    private mutating func pushChunk(with bytes: ByteView, to end: End) {
        let chunk = Self.chunk(with: bytes, at: end)
        if end == .head { chunks.prepend(chunk) } else { chunks.append(chunk) }
    }

    /// A chunk that will grow towards `end`, with one element.
    private static func chunk(with bytes: ByteView, at end: End) -> ListChunk {
        var chunk = ListChunk(roomFor: PackedElements.size(ofElement: bytes.count), at: end)
        guard chunk.push(bytes, to: end) else { preconditionFailure("a new chunk has no room for its element") }
        return chunk
    }

    /// The element at an end of a list that has any; O(1).
    @inline(__always)
    func bytes(at end: End) -> ByteView { chunks[index(of: end)].element(at: end).bytes }

    /// Takes out the element at an end of a list that has any; O(1).
    mutating func removeElement(at end: End) {
        let index = index(of: end)
        let element = chunks[index].element(at: end)
        payload -= element.bytes.count
        count -= 1
        if end == .head {
            chunks[index].removeAll(before: element.end, number: 1)
        } else {
            chunks[index].removeAll(from: element.place, number: 1)
        }
        if chunks[index].count == 0 { removeChunk(at: index) }
    }

    private mutating func removeChunk(at index: Int) { chunks.remove(at: index).free() }

    /// Takes out the first `number` elements, or the last; O(number).
    mutating func removeElements(_ number: Int, at end: End) {
        precondition(number <= count)
        var left = number
        while left > 0 {
            let index = index(of: end)
            let chunk = chunks[index]
            let taken = min(left, Int(chunk.count))
            let kept = Int(chunk.count) - taken
            let border = chunk.elements.place(ofIndex: end == .head ? taken : kept, count: Int(chunk.count))
            payload -= Self.payload(of: chunk.elements, from: end == .head ? 0 : border, count: taken)
            if kept == 0 {
                removeChunk(at: index)
            } else if end == .head {
                chunks[index].removeAll(before: border, number: taken)
            } else {
                chunks[index].removeAll(from: border, number: taken)
            }
            left -= taken
        }
        count -= number
    }

    private static func payload(of elements: PackedElements, from place: Int, count: Int) -> Int {
        var place = place
        var payload = 0
        for _ in 0..<count {
            let element = elements.element(at: place)
            payload += element.bytes.count
            place = element.end
        }
        return payload
    }
}

// MARK: - Finding

extension ChunkedList {
    /// The place of the element at an index, found from the nearer end; O(chunks) and one chunk's elements.
    func place(ofIndex index: Int) -> Place {
        precondition(index >= 0 && index < count)
        var chunk = index < count / 2 ? 0 : chunks.count
        var first = index < count / 2 ? 0 : count
        if chunk == 0 {
            while first + Int(chunks[chunk].count) <= index {
                first += Int(chunks[chunk].count)
                chunk += 1
            }
        } else {
            repeat {
                chunk -= 1
                first -= Int(chunks[chunk].count)
            } while first > index
        }
        let offset = chunks[chunk].elements.place(ofIndex: index - first, count: Int(chunks[chunk].count))
        return Place(chunk: chunk, offset: offset)
    }

    /// The place of the first element that equals `bytes`; O(elements).
    func find(_ bytes: ByteView) -> Place? {
        for chunk in 0..<chunks.count {
            if let found = chunks[chunk].elements.find(bytes) { return Place(chunk: chunk, offset: found.place) }
        }
        return nil
    }

    /// The element at a place; O(1).
    func element(at place: Place) -> PackedElements.Element {
        chunks[place.chunk].elements.element(at: place.offset)
    }

    /// Visits `number` elements from a place on, which must be there.
    @inline(__always)
    func visit(_ number: Int, from place: Place, _ body: (ByteView) -> Void) {
        var left = number
        var index = place.chunk
        var offset = place.offset
        while left > 0 {
            let elements = chunks[index].elements
            while left > 0 && offset < elements.byteCount {
                let element = elements.element(at: offset)
                body(element.bytes)
                offset = element.end
                left -= 1
            }
            index += 1
            offset = 0
        }
    }
}

// MARK: - The middle

extension ChunkedList {
    /// Adds an element before or behind the one at a place; O(one chunk), and O(chunks) where one is added.
    mutating func insert(_ bytes: ByteView, at place: Place, behind isBehind: Bool) {
        insert(bytes, in: place.chunk, at: isBehind ? element(at: place).end : place.offset)
        count += 1
        payload += bytes.count
    }

    /// Adds an element at an offset of a chunk; where that has no room, at the end of a neighbour, in a new chunk
    /// between the two, or in this one after it has been split.
    private mutating func insert(_ bytes: ByteView, in index: Int, at offset: Int) {
        if chunks[index].insert(bytes, at: offset) { return }
        if offset == 0 {
            if index > 0 && chunks[index - 1].push(bytes, to: .tail) { return }
            chunks.insert(Self.chunk(with: bytes, at: .head), at: index)
        } else if offset == chunks[index].elements.byteCount {
            if index + 1 < chunks.count && chunks[index + 1].push(bytes, to: .head) { return }
            chunks.insert(Self.chunk(with: bytes, at: .tail), at: index + 1)
        } else {
            split(index, at: offset)
            insert(bytes, in: index, at: offset)
        }
    }

    /// Moves a chunk's elements from an offset on, which is neither end, to a new chunk behind it.
    private mutating func split(_ index: Int, at offset: Int) {
        var number = 0
        var place = offset
        let elements = chunks[index].elements
        while place < elements.byteCount {
            place = elements.element(at: place).end
            number += 1
        }
        chunks.insert(chunks[index].split(at: offset, number: number), at: index + 1)
    }

    /// Puts other bytes in the place of an element; O(one chunk), and O(chunks) where one is added or taken out.
    mutating func replace(at place: Place, with bytes: ByteView) {
        let old = element(at: place)
        payload += bytes.count - old.bytes.count
        if chunks[place.chunk].replace(old, with: bytes) { return }
        if chunks[place.chunk].count == 1 {
            chunks[place.chunk].free()
            chunks[place.chunk] = Self.chunk(with: bytes, at: .tail)
        } else {
            chunks[place.chunk].remove(old)
            insert(bytes, in: place.chunk, at: place.offset)
        }
    }

    /// Takes out up to `limit` elements that equal `bytes`, the first from `end` on, and returns how many; O(elements).
    mutating func remove(_ bytes: ByteView, upTo limit: Int, from end: End) -> Int {
        var removed = 0
        var index = end == .head ? 0 : chunks.count - 1
        while removed < limit && index >= 0 && index < chunks.count {
            removed += removeFromChunk(index, bytes, upTo: limit - removed, from: end)
            let isGone = chunks[index].count == 0
            if isGone { removeChunk(at: index) }
            if end == .tail { index -= 1 } else if !isGone { index += 1 }
        }
        count -= removed
        payload -= removed * bytes.count
        // What going through the chunks costs is then no more than what the removal did.
        if removed > chunks.count { mergeSparse() }
        return removed
    }

    private mutating func removeFromChunk(
        _ index: Int, _ bytes: ByteView, upTo limit: Int, from end: End
    ) -> Int {
        var removed = 0
        var place = end == .head ? 0 : chunks[index].elements.byteCount
        while removed < limit && (end == .head ? place < chunks[index].elements.byteCount : place > 0) {
            let elements = chunks[index].elements
            let element = end == .head ? elements.element(at: place) : elements.element(endingAt: place)
            let isEqual = element.bytes == bytes
            place = end == .head && !isEqual ? element.end : element.place
            guard isEqual else { continue }
            chunks[index].remove(element)
            removed += 1
        }
        return removed
    }

    /// Joins neighbours that fit in one chunk; O(chunks), and what is moved.
    private mutating func mergeSparse() {
        var joined: Deque<ListChunk> = []
        for chunk in chunks {
            if !joined.isEmpty, joined[joined.count - 1].room >= chunk.elements.byteCount {
                joined[joined.count - 1].append(contentsOf: chunk)
                chunk.free()
            } else {
                joined.append(chunk)
            }
        }
        chunks = joined
    }
}

// MARK: - Checking

extension ChunkedList {
    /// Walks all elements and compares them with what is counted: for tests.
    func checkInvariants() {
        var foundCount = 0
        var foundPayload = 0
        for chunk in chunks {
            var number = 0
            for element in chunk.elements {
                number += 1
                foundPayload += element.bytes.count
            }
            precondition(number > 0 && number == Int(chunk.count), "a chunk of \(chunk.count) has \(number)")
            foundCount += number
        }
        precondition(foundCount == count && foundPayload == payload, "\(foundCount) elements of \(foundPayload)")
    }
}
