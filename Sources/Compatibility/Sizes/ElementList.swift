/// The elements of a list, as hashes and lengths, in a ring.
struct ElementList {
    /// One element.
    ///
    /// Trivial, 16 bytes.
    struct Element {
        var hash: UInt64 = 0
        var length = 0
    }

    private var ring: [Element] = []
    private var head = 0
    private(set) var count = 0
    /// The lengths of all elements together.
    private(set) var payload = 0

    subscript(index: Int) -> Element { ring[(head + index) & (ring.count - 1)] }

    mutating func pushRight(_ element: Element) {
        makeRoom()
        ring[(head + count) & (ring.count - 1)] = element
        count += 1
        payload += element.length
    }

    mutating func pushLeft(_ element: Element) {
        makeRoom()
        head = (head - 1) & (ring.count - 1)
        ring[head] = element
        count += 1
        payload += element.length
    }

    mutating func popLeft() -> Element? {
        guard count > 0 else { return nil }
        let element = ring[head]
        head = (head + 1) & (ring.count - 1)
        count -= 1
        payload -= element.length
        return element
    }

    mutating func popRight() -> Element? {
        guard count > 0 else { return nil }
        let element = self[count - 1]
        count -= 1
        payload -= element.length
        return element
    }

    mutating func set(_ index: Int, _ element: Element) {
        payload += element.length - self[index].length
        ring[(head + index) & (ring.count - 1)] = element
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

    private mutating func makeRoom() {
        guard count == ring.count else { return }
        let elements = (0..<count).map { self[$0] }
        ring = elements + Array(repeating: Element(), count: max(4, count * 2) - count)
        if ring.count & (ring.count - 1) != 0 {
            ring += Array(repeating: Element(), count: ring.count.nextPowerOfTwo - ring.count)
        }
        head = 0
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        var power = 1
        while power < self { power *= 2 }
        return power
    }
}
