/// Hashes of bytes for tables of keys and members: 64 bits, the same in every run.
///
/// Two different members of one collection that meet in all 64 bits would be counted as one. Among a million members
/// that happens once in 37 million collections.
enum ByteHash {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93
    private static let third: UInt64 = 0xA076_1D64_78BD_642F

    /// The hash of some bytes.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        guard let base = bytes.baseAddress else { return mix(seed ^ first, third) }
        let count = bytes.count
        var state = (seed ^ third) &+ UInt64(truncatingIfNeeded: count) &* third
        var position = 0
        if count >= 64 { state = hashBlocks(base, count, state, &position) }
        while position &+ 16 <= count {
            let low = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let high = base.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
            state = mix(low ^ first, high ^ state)
            position &+= 16
        }
        if position &+ 8 <= count {
            state = mix(base.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ second, state ^ first)
            position &+= 8
        }
        var rest: UInt64 = 0
        while position < count {
            rest = rest &<< 8 | UInt64(base.load(fromByteOffset: position, as: UInt8.self))
            position &+= 1
        }
        return mix(rest ^ first, state ^ second)
    }

    /// Hashes as many blocks of 64 bytes as there are, in four lanes that do not wait for each other.
    @inline(never)
    private static func hashBlocks(
        _ base: UnsafeRawPointer, _ count: Int, _ state: UInt64, _ position: inout Int
    ) -> UInt64 {
        func word(_ offset: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        var (a, b, c, d) = (state, state ^ first, state ^ second, state ^ third)
        var place = 0
        while place &+ 64 <= count {
            a = mix(word(place) ^ first, word(place &+ 8) ^ a)
            b = mix(word(place &+ 16) ^ second, word(place &+ 24) ^ b)
            c = mix(word(place &+ 32) ^ third, word(place &+ 40) ^ c)
            d = mix(word(place &+ 48) ^ first, word(place &+ 56) ^ d)
            place &+= 64
        }
        position = place
        return mix(a ^ second, b ^ third) ^ mix(c ^ first, d ^ second)
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
