/// Room for a string that is not written in plain: the spelling of a number or decompressed bytes.
///
/// It is used again for the next one and grows to the longest.
///
/// Invariant: what `spell` and `decompress` return points into `storage`, and is valid until one of them is called
/// again.
struct ScratchBytes: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer

    init() {
        storage = .allocate(byteCount: DecimalInteger.maximumLength + 4, alignment: 1)
    }

    deinit {
        storage.deallocate()
    }

    /// The decimal spelling of `value`.
    mutating func spell(_ value: Int64) -> UnsafeRawBufferPointer {
        // Written from the end of the first 24 bytes towards their beginning.
        var start = DecimalInteger.maximumLength + 4
        let end = start
        var rest = value.magnitude
        repeat {
            start -= 1
            storage[start] = Byte.zero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if value < 0 {
            start -= 1
            storage[start] = Byte.minus
        }
        return UnsafeRawBufferPointer(rebasing: storage[start..<end])
    }

    /// A copy of some bytes.
    mutating func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        makeRoom(for: bytes.count)
        storage.copyMemory(from: bytes)
        return UnsafeRawBufferPointer(rebasing: storage[..<bytes.count])
    }

    /// `length` bytes decompressed from `stored`, or nil when it is damaged.
    mutating func decompress(_ stored: UnsafeRawBufferPointer, length: Int) -> UnsafeRawBufferPointer? {
        makeRoom(for: length)
        let target = UnsafeMutableRawBufferPointer(rebasing: storage[..<length])
        return LZF.decompress(stored, into: target) ? UnsafeRawBufferPointer(target) : nil
    }

    private mutating func makeRoom(for count: Int) {
        guard storage.count < count else { return }
        storage.deallocate()
        storage = .allocate(byteCount: count, alignment: 1)
    }
}
