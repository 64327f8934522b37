/// Where the arguments of a line stand, and how long they really are.
///
/// Invariant: the first `count` of `capacity` elements at `rangeStorage` and at `lengthStorage` are initialized.
struct MonitorArguments: ~Copyable {
    private var rangeStorage: UnsafeMutablePointer<Range<Int>>
    private var lengthStorage: UnsafeMutablePointer<Int>
    private var capacity: Int
    private var count = 0

    private static let initialCapacity = 64
    /// A line of more arguments than this gives its storage back when the next one begins.
    private static let keptCapacity = 65_536

    init() {
        capacity = Self.initialCapacity
        rangeStorage = .allocate(capacity: capacity)
        lengthStorage = .allocate(capacity: capacity)
    }

    deinit {
        rangeStorage.deallocate()
        lengthStorage.deallocate()
    }

    /// Valid until the list is changed.
    @inline(__always)
    var ranges: UnsafeBufferPointer<Range<Int>> { UnsafeBufferPointer(start: rangeStorage, count: count) }

    /// Valid until the list is changed.
    @inline(__always)
    var lengths: UnsafeBufferPointer<Int> { UnsafeBufferPointer(start: lengthStorage, count: count) }

    @inline(__always)
    mutating func append(_ range: Range<Int>, length: Int) {
        if count == capacity { reallocate(capacity: capacity * 2) }
        put(range, length: length, at: count)
        count &+= 1
    }

    /// How many elements can be put behind the last one; see ``commit(_:)``.
    @inline(__always)
    var room: Int { capacity &- count }

    /// Writes an element behind the last one, `offset` places further; it counts once it is committed.
    @inline(__always)
    func putAhead(_ range: Range<Int>, length: Int, offset: Int) {
        put(range, length: length, at: count &+ offset)
    }

    @inline(__always)
    private func put(_ range: Range<Int>, length: Int, at index: Int) {
        (rangeStorage + index).initialize(to: range)
        (lengthStorage + index).initialize(to: length)
    }

    /// Takes over so many elements that were put ahead.
    @inline(__always)
    mutating func commit(_ added: Int) { count &+= added }

    @inline(__always)
    mutating func removeAll() {
        count = 0
        if capacity > Self.keptCapacity { reallocate(capacity: Self.initialCapacity) }
    }

    @inline(never)
    private mutating func reallocate(capacity newCapacity: Int) {
        precondition(newCapacity >= count)
        let ranges = UnsafeMutablePointer<Range<Int>>.allocate(capacity: newCapacity)
        let lengths = UnsafeMutablePointer<Int>.allocate(capacity: newCapacity)
        ranges.moveInitialize(from: rangeStorage, count: count)
        lengths.moveInitialize(from: lengthStorage, count: count)
        rangeStorage.deallocate()
        lengthStorage.deallocate()
        (rangeStorage, lengthStorage, capacity) = (ranges, lengths, newCapacity)
    }
}
