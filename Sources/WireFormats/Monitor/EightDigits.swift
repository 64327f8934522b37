/// Eight decimal digits read at once, as the times of MONITOR's lines have them.
///
///     byte   0 1 2 3 4 5 6 7        "17953951" → 17,953,951
enum EightDigits {
    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// The number that the eight bytes at `position` spell; nil where one of them is no digit.
    @inline(__always)
    static func read(_ base: UnsafeRawPointer, at position: Int) -> Int64? {
        value(UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
    }

    /// The number that the last six of the eight bytes at `position` spell; nil where one of them is no digit.
    @inline(__always)
    static func readSix(_ base: UnsafeRawPointer, at position: Int) -> Int64? {
        let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        return value(word & ~0xFFFF | zeros & 0xFFFF)
    }

    @inline(__always)
    private static func value(_ word: UInt64) -> Int64? {
        let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        // A digit's high half is 3, and stays 3 where 6 is added.
        guard word & high | ((word &+ 0x0606_0606_0606_0606) & high) &>> 4 == 0x3333_3333_3333_3333 else { return nil }
        // Neighbours are put together: digits to pairs, pairs to fours, fours to the number.
        let digits = word & ~high
        let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
        return Int64(truncatingIfNeeded: (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF)
    }
}
