/// What others have written before a line of MONITOR: `docker logs -t`, `docker compose logs`, `kubectl logs --prefix`,
/// `journalctl`, `ts`.
///
///     redis-1  | 1795394106.974517 [0 127.0.0.1:59752] "SET" "k" "v"
///     [pod/redis-0/redis] 1795394106.974517 [0 127.0.0.1:59752] "SET" "k" "v"
///     Nov 28 17:13:01 host redis-cli[71]: 1795394106.974517 [0 127.0.0.1:59752] "SET" "k" "v"
enum MonitorPrefix {
    /// A longer one is none.
    private static let maximumBytes = 512

    /// How many bytes stand before the time that a line of MONITOR begins with; nil if there is no such time.
    static func length(_ base: UnsafeRawPointer, end: Int) -> Int? {
        var position = 0
        let last = min(end, maximumBytes)
        while position < last {
            if ends(base, at: position, end) { return position }
            position += 1
        }
        return nil
    }

    /// Whether a prefix ends at a place, as that of the line before did.
    static func ends(_ base: UnsafeRawPointer, at position: Int, _ end: Int) -> Bool {
        position < end && isDigit(base, position) && (position == 0 || !isWordByte(base, position - 1))
            && isTime(base, position, end)
    }

    /// Whether a time stands at a place, and behind it what MONITOR writes there.
    private static func isTime(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
        var position = start
        while position < end, position - start < 12, isDigit(base, position) { position += 1 }
        guard position - start >= 8, position < end, byte(base, position) == UInt8(ascii: ".") else { return false }
        let microseconds = position + 1
        position = microseconds
        while position < end, position - microseconds < 7, isDigit(base, position) { position += 1 }
        guard position - microseconds == 6, position + 1 < end, byte(base, position) == Byte.space else { return false }
        return [UInt8(ascii: "["), UInt8(ascii: "("), Byte.doubleQuote].contains(byte(base, position + 1))
    }

    /// Whether a line says nothing but OK behind the prefix.
    static func isOK(_ base: UnsafeRawPointer, end: Int) -> Bool {
        var end = end
        while end > 0, [Byte.lineFeed, Byte.carriageReturn].contains(byte(base, end - 1)) { end -= 1 }
        return end >= 3 && end <= maximumBytes && byte(base, end - 1) == UInt8(ascii: "K")
            && byte(base, end - 2) == UInt8(ascii: "O")
            && [Byte.space, Byte.tab, UInt8(ascii: "+")].contains(byte(base, end - 3))
    }

    @inline(__always)
    private static func byte(_ base: UnsafeRawPointer, _ position: Int) -> UInt8 {
        base.load(fromByteOffset: position, as: UInt8.self)
    }

    @inline(__always)
    private static func isDigit(_ base: UnsafeRawPointer, _ position: Int) -> Bool {
        byte(base, position) &- Byte.zero <= 9
    }

    private static func isWordByte(_ base: UnsafeRawPointer, _ position: Int) -> Bool {
        let found = byte(base, position)
        return found &- Byte.zero <= 9 || found | 0x20 >= UInt8(ascii: "a") && found | 0x20 <= UInt8(ascii: "z")
            || found == UInt8(ascii: ".") || found == UInt8(ascii: "_") || found == UInt8(ascii: "-")
    }
}
