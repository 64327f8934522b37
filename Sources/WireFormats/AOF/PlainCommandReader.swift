internal import CLibrary

/// Reads commands that are there as a whole and written as servers write them, some times faster than
/// ``RequestDecoder``, which remembers where it was and tells what is wrong.
///
///     *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n
struct PlainCommandReader: ~Copyable {
    private var list = ReusableList<Range<Int>>()

    /// Where the arguments of the last command stand; valid until the next one is read.
    @inline(__always)
    var ranges: UnsafeBufferPointer<Range<Int>> { list.elements }

    /// How many digits a number may have here.
    private static let maximumDigits = 8

    /// Reads the command at the beginning of some bytes, an asterisk; returns how many it has, or nil where it is
    /// anything but plain.
    mutating func read(_ base: UnsafeRawPointer, end: Int) -> Int? {
        list.removeAll()
        guard let header = Self.number(base, 1, end), header.number > 0 else { return nil }
        var position = header.next
        for _ in 0..<header.number {
            guard let (length, start) = Self.header(base, position, end) else { return nil }
            let after = start &+ length
            guard after &+ 2 <= end, base.loadUnaligned(fromByteOffset: after, as: UInt16.self) == Self.lineEnd else {
                return nil
            }
            list.append(Range(uncheckedBounds: (start, after)))
            Self.prefetch(base, from: position, upTo: after, end)
            position = after &+ 2
        }
        return position
    }

    /// How far behind an argument memory is asked for: what comes until then takes longer to be read than memory does
    /// to answer.
    private static let distance = 2048
    /// A longer argument is passed over, not read.
    private static let longestRead = 4096
    private static let cacheLine = 64

    /// Asks for as many lines of the cache, some way ahead, as an argument has: where one is skipped over to find the
    /// next one, the processor does not foresee which lines it will need.
    @inline(__always)
    private static func prefetch(_ base: UnsafeRawPointer, from position: Int, upTo after: Int, _ end: Int) {
        guard after &- position <= longestRead, after &+ distance <= end else { return }
        var ahead = position &+ distance
        repeat {
            clibrary_prefetch(base.advanced(by: ahead))
            ahead &+= cacheLine
        } while ahead < after &+ distance
    }

    private static let lineEnd = UInt16(littleEndian: 0x0A0D)

    /// The length that an argument's header tells, and where its bytes begin.
    ///
    ///     byte   0 1 2 3 4 5 6 7
    ///            $ 5 \r \n v a l u        the shortest headers are told by one comparison of eight bytes each
    ///            $ 1 2 \r \n …
    ///            $ 1 2 8 \r \n …
    @inline(__always)
    private static func header(_ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> (number: Int, next: Int)? {
        guard position &+ 8 <= end else { return longHeader(base, position, end) }
        let bytes = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let ones = Int(bytes &>> 8 & 0xFF) &- Int(Byte.zero)
        if bytes & 0xFFFF_00FF == 0x0A0D_0024, UInt(bitPattern: ones) <= 9 { return (ones, position &+ 4) }
        let tens = Int(bytes &>> 16 & 0xFF) &- Int(Byte.zero)
        // The first of several digits is not 0.
        guard UInt(bitPattern: ones &- 1) <= 8, UInt(bitPattern: tens) <= 9 else { return nil }
        if bytes & 0xFF_FF00_00FF == 0x0A_0D00_0024 { return (ones &* 10 &+ tens, position &+ 5) }
        let hundreds = Int(bytes &>> 24 & 0xFF) &- Int(Byte.zero)
        if bytes & 0xFFFF_0000_00FF == 0x0A0D_0000_0024, UInt(bitPattern: hundreds) <= 9 {
            return (ones &* 100 &+ tens &* 10 &+ hundreds, position &+ 6)
        }
        return longHeader(base, position, end)
    }

    @inline(never)
    private static func longHeader(
        _ base: UnsafeRawPointer, _ position: Int, _ end: Int
    ) -> (number: Int, next: Int)? {
        guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == Byte.dollar else { return nil }
        return number(base, position &+ 1, end)
    }

    /// The number at `position` and what stands behind its CR LF; nil where it is not all there, or no such number.
    @inline(__always)
    private static func number(_ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> (number: Int, next: Int)? {
        let limit = min(end &- 2, position &+ maximumDigits)
        var index = position
        var number = 0
        while index < limit {
            let digit = base.load(fromByteOffset: index, as: UInt8.self) &- Byte.zero
            guard digit <= 9 else { break }
            number = number &* 10 &+ Int(digit)
            index &+= 1
        }
        // A number that begins with 0 and goes on is for the decoder to judge.
        let isCanonical = index == position &+ 1 || base.load(fromByteOffset: position, as: UInt8.self) != Byte.zero
        guard index > position, isCanonical, index &+ 2 <= end,
            base.loadUnaligned(fromByteOffset: index, as: UInt16.self) == lineEnd
        else { return nil }
        return (number, index &+ 2)
    }
}
