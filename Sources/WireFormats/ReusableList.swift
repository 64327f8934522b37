/// What describes the arguments of one request, in storage that is used again for the next one.
///
/// It is not an `Array` because one that a caller still holds when the next request is decoded would be copied on
/// write. Invariant: the first `count` of `capacity` elements at `storage` are initialized.
struct ReusableList<Element>: ~Copyable {
    private var storage: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    /// Room for the arguments of all but rare requests: 256 bytes a connection.
    private static var initialCapacity: Int { 16 }

    /// A request of more arguments than this (64 KiB of ranges) gives its storage back when the next one begins, so
    /// that one MSET of a million keys does not cost its connection 16 MB for ever.
    private static var keptCapacity: Int { 4096 }

    init() {
        capacity = Self.initialCapacity
        storage = .allocate(capacity: Self.initialCapacity)
    }

    deinit {
        storage.deinitialize(count: count)
        storage.deallocate()
    }

    /// The elements, valid until the list is changed.
    @inline(__always)
    var elements: UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: storage, count: count)
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { reallocate(capacity: capacity * 2) }
        storage.advanced(by: count).initialize(to: element)
        count &+= 1
    }

    @inline(__always)
    mutating func removeAll() {
        storage.deinitialize(count: count)
        count = 0
        if capacity > Self.keptCapacity { reallocate(capacity: Self.initialCapacity) }
    }

    @inline(never)
    private mutating func reallocate(capacity newCapacity: Int) {
        precondition(newCapacity >= count)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
        larger.moveInitialize(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity = newCapacity
    }
}
