import Glibc

/// The memory of a ``GrowthScreen``'s buckets, all zero at first.
///
/// The system gives a page where one is touched: a small input touches few. A large one touches most of them, in no
/// order, so that its pages are large ones where the system has them: a lookup then rarely waits for an address to be
/// translated.
struct BucketMemory: ~Copyable {
    /// As many buckets as were asked for.
    let buckets: UnsafeMutablePointer<GrowthBucket>
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int

    private static let largePage = 2 << 20
    /// From so many bytes on an input is a large one.
    private static let largeInput = 64 << 20

    /// - Parameters:
    ///   - count: how many buckets.
    ///   - inputBytes: how large the input is.
    init(count: Int, inputBytes: Int) {
        let bytes = count * MemoryLayout<GrowthBucket>.stride
        mappedBytes = bytes + Self.largePage
        let flags = MAP_PRIVATE | CInt(MAP_ANONYMOUS) | CInt(MAP_NORESERVE)
        guard let mapping = mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, flags, -1, 0), mapping != MAP_FAILED else {
            preconditionFailure("no memory for \(count) buckets")
        }
        self.mapping = mapping
        let start = mapping.alignedUp(toMultipleOf: Self.largePage)
        if inputBytes >= Self.largeInput { madvise(start, bytes, MADV_HUGEPAGE) }
        buckets = start.bindMemory(to: GrowthBucket.self, capacity: count)
    }

    deinit { munmap(mapping, mappedBytes) }
}
