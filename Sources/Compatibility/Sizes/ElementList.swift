/// The elements of a list, as lengths and hashes, in rings.
struct ElementList {
    /// One element.
    struct Element {
        /// 0 where elements are not told apart.
        var hash: UInt64 = 0
        var length: UInt32 = 0
    }

    /// A power of two of places, of which `count` from `head` on are taken.
    ///
    /// Four bytes an element: a log has millions of them.
    private var lengths: [UInt32] = []
    /// The elements' hashes in the same places; empty as long as all are 0.
    private var hashes: [UInt64] = []
    private var head = 0
    private(set) var count = 0
    /// The lengths of all elements together.
    private(set) var payload = 0

    subscript(index: Int) -> Element { element(at: place(index)) }

    mutating func pushRight(_ element: Element) {
        makeRoom(for: 1)
        count += 1
        put(element, at: place(count - 1))
        payload += Int(element.length)
    }

    mutating func pushLeft(_ element: Element) {
        makeRoom(for: 1)
        count += 1
        head = (head - 1) & (lengths.count - 1)
        put(element, at: head)
        payload += Int(element.length)
    }

    mutating func popLeft() -> Element? {
        guard count > 0 else { return nil }
        let element = self[0]
        head = place(1)
        count -= 1
        payload -= Int(element.length)
        return element
    }

    mutating func popRight() -> Element? {
        guard count > 0 else { return nil }
        let element = self[count - 1]
        count -= 1
        payload -= Int(element.length)
        return element
    }

    mutating func set(_ index: Int, _ element: Element) {
        payload += Int(element.length) - Int(self[index].length)
        put(element, at: place(index))
    }

    /// Keeps the elements from `first` to `last`, both clamped by the caller.
    mutating func keep(_ first: Int, _ last: Int) {
        guard first <= last, first < count else { return self = ElementList() }
        while count > last + 1 { _ = popRight() }
        for _ in 0..<first { _ = popLeft() }
    }

    /// Puts an element before or behind the first one that equals `pivot`.
    ///
    /// Returns whether it was found.
    mutating func insert(_ element: Element, beside pivot: UInt64, isBefore: Bool) -> Bool {
        guard let place = (0..<count).first(where: { self[$0].hash == pivot }) else { return false }
        var elements = (0..<count).map { self[$0] }
        elements.insert(element, at: isBefore ? place : place + 1)
        replace(with: elements)
        return true
    }

    /// Removes elements that equal `hash`: all for 0, so many from the left, or from the right for a negative number.
    mutating func remove(_ hash: UInt64, count limit: Int) {
        var left = limit == 0 ? count : limit == Int.min ? Int.max : abs(limit)
        var kept: [Element] = []
        let order = limit < 0 ? Array((0..<count).reversed()) : Array(0..<count)
        for index in order {
            if left > 0, self[index].hash == hash { left -= 1 } else { kept.append(self[index]) }
        }
        guard kept.count < count else { return }
        replace(with: limit < 0 ? kept.reversed() : kept)
    }

    private mutating func replace(with elements: [Element]) {
        self = ElementList()
        for element in elements { pushRight(element) }
    }

    // MARK: Places

    private func place(_ index: Int) -> Int { (head + index) & (lengths.count - 1) }

    private func element(at place: Int) -> Element {
        Element(hash: hashes.isEmpty ? 0 : hashes[place], length: lengths[place])
    }

    private mutating func put(_ element: Element, at place: Int) {
        lengths[place] = element.length
        if hashes.isEmpty {
            guard element.hash != 0 else { return }
            hashes = Array(repeating: 0, count: lengths.count)
        }
        hashes[place] = element.hash
    }

    /// Makes the rings large enough for so many elements more, twice as large as they were at least.
    mutating func makeRoom(for more: Int) {
        guard count + more > lengths.count else { return }
        let capacity = 1 << (Int.bitWidth - max(3, count + more - 1).leadingZeroBitCount)
        lengths = Self.unrolled(lengths, from: head, capacity)
        if !hashes.isEmpty { hashes = Self.unrolled(hashes, from: head, capacity) }
        head = 0
    }

    /// A larger ring with what one has, from its beginning on.
    private static func unrolled<Word: FixedWidthInteger>(_ ring: [Word], from head: Int, _ capacity: Int) -> [Word] {
        Array(unsafeUninitializedCapacity: capacity) { words, count in
            _ = words.initialize(fromContentsOf: ring[head...])
            _ = words[(ring.count - head)...].initialize(fromContentsOf: ring[..<head])
            words[ring.count...].initialize(repeating: 0)
            count = capacity
        }
    }
}
