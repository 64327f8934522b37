/// A position in bytes, and reads that move it on.
///
/// What does not fit throws ``RDBError/Kind/truncated`` and moves nothing within one read.
///
/// Invariant: 0 ≤ `position` ≤ `bytes.count`; every read checks before it touches a byte.
struct ByteCursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    /// What `byteOffset` of an error counts for position 0.
    let origin: Int

    init(_ bytes: UnsafeRawBufferPointer, position: Int = 0, origin: Int = 0) {
        precondition(position >= 0 && position <= bytes.count)
        self.bytes = bytes
        self.position = position
        self.origin = origin
    }

    @inline(__always)
    var remaining: Int { bytes.count &- position }

    /// An error at `position`.
    @inline(never)
    func error(_ kind: RDBError.Kind) -> RDBError {
        RDBError(kind: kind, byteOffset: origin + position)
    }

    @inline(__always)
    mutating func seek(to position: Int) {
        precondition(position >= 0 && position <= bytes.count)
        self.position = position
    }

    @inline(__always)
    mutating func skip(_ count: Int) throws(RDBError) {
        guard count >= 0, remaining >= count else { throw error(.truncated) }
        position &+= count
    }

    @inline(__always)
    mutating func readByte() throws(RDBError) -> UInt8 {
        guard remaining >= 1, let base = bytes.baseAddress else { throw error(.truncated) }
        let byte = base.load(fromByteOffset: position, as: UInt8.self)
        position &+= 1
        return byte
    }

    /// A number in little-endian order.
    @inline(__always)
    mutating func readInteger<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) throws(RDBError) -> T {
        guard remaining >= MemoryLayout<T>.size, let base = bytes.baseAddress else { throw error(.truncated) }
        let value = T(littleEndian: base.loadUnaligned(fromByteOffset: position, as: T.self))
        position &+= MemoryLayout<T>.size
        return value
    }

    /// A number of three bytes in little-endian order, with its sign.
    mutating func readInt24() throws(RDBError) -> Int64 {
        guard remaining >= 3 else { throw error(.truncated) }
        let low = Int32(bytes[position]) | Int32(bytes[position + 1]) << 8
        let value = low | Int32(Int8(bitPattern: bytes[position + 2])) << 16
        position &+= 3
        return Int64(value)
    }

    /// The next `count` bytes in place.
    @inline(__always)
    mutating func readBytes(_ count: Int) throws(RDBError) -> UnsafeRawBufferPointer {
        guard count >= 0, remaining >= count, let base = bytes.baseAddress else { throw error(.truncated) }
        let view = UnsafeRawBufferPointer(start: base + position, count: count)
        position &+= count
        return view
    }
}
