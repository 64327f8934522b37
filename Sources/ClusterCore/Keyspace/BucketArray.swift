import CMemory
import Glibc

/// A power of two of buckets, zeroed, on cache lines of their own.
///
/// From a page on they are mapped and not allocated: the kernel zeroes a page when it is first touched, so a table of
/// millions of keys doubles without a pause.
struct BucketArray: ~Copyable {
    let count: Int
    private let address: UnsafeMutableRawPointer

    private static let mappedFrom = 4096

    init(count: Int) {
        precondition(count > 0 && count & (count - 1) == 0, "\(count) buckets are not a power of two")
        self.count = count
        let size = count * Bucket.size
        self.address = Self.zeroed(size: size)
    }

    /// An array without a bucket; it takes no memory.
    init() {
        guard let address = UnsafeMutableRawPointer(bitPattern: Bucket.size) else {
            preconditionFailure("an address that is not null is null")
        }
        self.count = 0
        self.address = address
    }

    private static func zeroed(size: Int) -> UnsafeMutableRawPointer {
        if size >= mappedFrom {
            let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let mapped, mapped != MAP_FAILED else { cmemory_end(size) }
            return mapped
        }
        guard let allocated = aligned_alloc(Bucket.size, size) else {
            cmemory_end(size)
        }
        memset(allocated, 0, size)
        return allocated
    }

    deinit {
        let size = count * Bucket.size
        if size >= Self.mappedFrom {
            munmap(address, size)
        } else if size > 0 {
            free(address)
        }
    }

    /// The bucket that records with this hash stand in, or begin to.
    @inline(__always)
    func bucket(of hash: UInt64) -> Bucket { self[Int(truncatingIfNeeded: hash) & (count - 1)] }

    @inline(__always)
    subscript(index: Int) -> Bucket {
        assert(index >= 0 && index < count)
        return Bucket(address: (address + index * Bucket.size).assumingMemoryBound(to: UInt64.self))
    }

    /// An empty bucket for the end of a chain.
    static func single() -> Bucket {
        Bucket(address: zeroed(size: Bucket.size).assumingMemoryBound(to: UInt64.self))
    }

    /// Gives back a bucket made by `single`.
    static func release(_ bucket: Bucket) { free(bucket.address) }
}
