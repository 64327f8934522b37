/// A command's name of up to 16 bytes, in two integers, its ASCII letters made capitals.
///
/// Comparing two names is then comparing two pairs of integers: the request path never makes a String of a name. The
/// bytes stand in the order of memory, the name's first byte lowest, the rest zero:
///
///     byte   0 1 2 3 4 5 6 7 | 8 9 10 11 12 13 14 15
///            low             | high
struct PackedName: Hashable, BitwiseCopyable {
    var low: UInt64
    var high: UInt64
    /// The name's length: keeps `GET` apart from `GET` with a zero byte after it.
    var count: UInt8

    /// The longest name that fits; every supported command's does.
    static let capacity = 16

    /// No name: equal to none that is packed from bytes.
    static let none = PackedName()

    private init() {
        low = 0
        high = 0
        count = 0
    }

    /// Packs a name; nil where it is empty or longer than ``capacity``.
    ///
    /// Reads whole words that overlap where the length is not a power of two, so that no byte is read alone for names
    /// of more than three bytes.
    @inline(__always)
    init?(_ name: Span<UInt8>) {
        guard !name.isEmpty, name.count <= Self.capacity else { return nil }
        count = UInt8(truncatingIfNeeded: name.count)
        (low, high) = name.withUnsafeBytes { bytes in
            let count = bytes.count
            if count >= 8 {
                return (Self.word(bytes, 0), Self.word(bytes, count &- 8) >> UInt64(8 &* (16 &- count)))
            }
            if count >= 4 {
                return (Self.half(bytes, 0) | Self.half(bytes, count &- 4) &<< UInt64(8 &* (count &- 4)), 0)
            }
            let middle = count &>> 1
            let first = UInt64(bytes[0]), second = UInt64(bytes[middle]), last = UInt64(bytes[count &- 1])
            return (first | second &<< UInt64(8 &* middle) | last &<< UInt64(8 &* (count &- 1)), 0)
        }
        low = Self.capitals(low)
        high = Self.capitals(high)
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func half(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    /// Eight bytes with `a` to `z` made capitals.
    ///
    /// Adding to seven-bit bytes sets a byte's top bit where it is at least some bound, without a carry into the next.
    private static func capitals(_ bytes: UInt64) -> UInt64 {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        let sevenBits = bytes & ~tops
        let atLeastA = sevenBits &+ ones &* (0x80 - 0x61)
        let aboveZ = sevenBits &+ ones &* (0x80 - 0x7B)
        let letters = (atLeastA ^ aboveZ) & ~bytes & tops
        return bytes ^ (letters &>> 2)
    }

    /// A well spread number of 64 bits: its top bits choose the place in a table.
    var hash: UInt64 {
        (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    }
}
