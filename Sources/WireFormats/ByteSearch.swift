/// Searches for bytes, eight at a time.
enum ByteSearch {
    /// The first byte at or after `position` that is one of the two or a line feed, or `end`.
    @inline(__always)
    static func next(
        _ first: UInt8, _ second: UInt8, _ base: UnsafeRawPointer, from position: Int, end: Int
    ) -> Int {
        var position = position
        while position &+ 8 <= end {
            let word = EightBytes(base, at: position)
            let hits = word.places(of: first) | word.places(of: second) | word.places(of: Byte.lineFeed)
            if hits != 0 { return position &+ EightBytes.first(hits) }
            position &+= 8
        }
        while position < end {
            let byte = base.load(fromByteOffset: position, as: UInt8.self)
            if byte == first || byte == second || byte == Byte.lineFeed { return position }
            position &+= 1
        }
        return end
    }

    /// The first line feed at or after `position`, or nil.
    static func nextLineFeed(_ base: UnsafeRawPointer, from position: Int, end: Int) -> Int? {
        var position = position
        while position &+ 8 <= end {
            let hits = EightBytes(base, at: position).places(of: Byte.lineFeed)
            if hits != 0 { return position &+ EightBytes.first(hits) }
            position &+= 8
        }
        while position < end {
            if base.load(fromByteOffset: position, as: UInt8.self) == Byte.lineFeed { return position }
            position &+= 1
        }
        return nil
    }
}

/// Eight bytes in one word, to be compared with a byte all at once. (`SIMD16` compares lane by lane in Swift 6.3,
/// thirty times as slow.)
private struct EightBytes {
    private let word: UInt64
    private static let lowBits: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    init(_ base: UnsafeRawPointer, at position: Int) {
        word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// The high bit of the first byte that equals `byte` is set, none below it.
    ///
    /// Above it bits may be set for other bytes.
    @inline(__always)
    func places(of byte: UInt8) -> UInt64 {
        // The bytes that are equal become zero; taking one away then borrows into their high bit.
        let difference = word ^ (UInt64(byte) &* Self.lowBits)
        return (difference &- Self.lowBits) & ~difference & Self.highBits
    }

    /// The index of the first byte whose high bit is set.
    @inline(__always)
    static func first(_ places: UInt64) -> Int {
        places.trailingZeroBitCount >> 3
    }
}
