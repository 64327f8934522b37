/// Hashes of bytes for tables of keys and members: 64 bits, the same in every run.
///
/// Two different members of one collection that meet in all 64 bits would be counted as one. Among a million members
/// that happens once in 37 million collections.
enum ByteHash {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93
    private static let third: UInt64 = 0xA076_1D64_78BD_642F

    /// The hash of some bytes.
    ///
    /// What is left behind the last whole step is read from the end backwards, with bytes that were read before: the
    /// length is part of the hash.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        guard let base = bytes.baseAddress else { return mix(seed ^ first, third) }
        let count = bytes.count
        let state = (seed ^ third) &+ UInt64(truncatingIfNeeded: count) &* third
        if count > 64 { return hashBlocks(base, count, state) }
        if count >= 16 { return hashPairs(base, count, state) }
        let (low, high): (UInt64, UInt64)
        if count >= 8 {
            (low, high) = (word(base, 0), word(base, count &- 8))
        } else if count >= 4 {
            (low, high) = (half(base, 0), half(base, count &- 4))
        } else if count > 0 {
            low = byte(base, 0) &<< 8 | byte(base, count &>> 1)
            high = byte(base, count &- 1)
        } else {
            (low, high) = (0, 0)
        }
        return mix(mix(low ^ first, high ^ state) ^ second, state ^ third)
    }

    @inline(__always)
    private static func hashPairs(_ base: UnsafeRawPointer, _ count: Int, _ state: UInt64) -> UInt64 {
        var result = state
        var position = 0
        while position &+ 16 < count {
            result = mix(word(base, position) ^ first, word(base, position &+ 8) ^ result)
            position &+= 16
        }
        result = mix(word(base, count &- 16) ^ second, word(base, count &- 8) ^ result)
        return mix(result ^ second, state ^ third)
    }

    /// Hashes blocks of 64 bytes in four lanes that do not wait for each other.
    @inline(never)
    private static func hashBlocks(_ base: UnsafeRawPointer, _ count: Int, _ state: UInt64) -> UInt64 {
        var (a, b, c, d) = (state, state ^ first, state ^ second, state ^ third)
        var place = 0
        while place &+ 64 <= count {
            a = mix(word(base, place) ^ first, word(base, place &+ 8) ^ a)
            b = mix(word(base, place &+ 16) ^ second, word(base, place &+ 24) ^ b)
            c = mix(word(base, place &+ 32) ^ third, word(base, place &+ 40) ^ c)
            d = mix(word(base, place &+ 48) ^ first, word(base, place &+ 56) ^ d)
            place &+= 64
        }
        if place &+ 16 < count {
            a = mix(word(base, place) ^ second, word(base, place &+ 8) ^ a)
            if place &+ 32 < count {
                b = mix(word(base, place &+ 16) ^ third, word(base, place &+ 24) ^ b)
                if place &+ 48 < count {
                    c = mix(word(base, place &+ 32) ^ first, word(base, place &+ 40) ^ c)
                }
            }
        }
        d = mix(word(base, count &- 16) ^ second, word(base, count &- 8) ^ d)
        return mix(mix(a ^ second, b ^ third), mix(c ^ first, d ^ second) ^ state)
    }

    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    private static func half(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    @inline(__always)
    private static func byte(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
