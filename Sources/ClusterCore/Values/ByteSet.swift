/// A set of bytes: one bit each.
struct ByteSet: Sendable, Equatable {
    private var words: SIMD4<UInt64> = .zero

    /// An empty set.
    init() {}

    /// A set of one byte.
    init(_ byte: UInt8) { insert(byte) }

    /// All other bytes.
    var inverted: ByteSet {
        var set = ByteSet()
        set.words = ~words
        return set
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    /// Adds the bytes from one to another, whichever is the greater.
    ///
    /// Redis compares `char`, which is signed where it usually runs: bytes from 0x80 on lie below the ASCII ones.
    mutating func insert(from first: UInt8, to last: UInt8) {
        let (first, last) = (Int8(bitPattern: first), Int8(bitPattern: last))
        for byte in min(first, last)...max(first, last) { insert(UInt8(bitPattern: byte)) }
    }

    /// Visits the bytes in ascending order.
    func forEach(_ body: (UInt8) -> Void) {
        for index in 0..<4 {
            var rest = words[index]
            while rest != 0 {
                body(UInt8(index * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
    }
}
