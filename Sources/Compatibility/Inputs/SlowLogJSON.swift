/// The entries that redis-cli shows of SLOWLOG GET with `--json`.
///
///     [[26,1795394111,6,["HELLO","3"],"127.0.0.1:59886",""],…]
struct SlowLogJSON {
    /// One entry.
    struct Entry {
        var byteOffset = 0
        var seconds: Int64 = 0
        var arguments: [[UInt8]] = []
    }

    private let text: [UInt8]
    private(set) var position = 0
    /// Whether the closing bracket was reached.
    private(set) var isAtEnd = false

    /// - Parameter start: where the array begins.
    init(_ text: [UInt8], from start: Int = 0) {
        self.text = text
        position = start
        if take("[") { skipBlanks() }
    }

    /// The next entry; nil at the end and at the first byte that does not fit.
    mutating func next() -> Entry? {
        guard !isAtEnd else { return nil }
        if take("]") {
            isAtEnd = true
            return nil
        }
        _ = take(",")
        skipBlanks()
        var entry = Entry(byteOffset: position)
        guard take("["), number() != nil, take(","), let seconds = number(), take(","), number() != nil, take(","),
            take("[")
        else { return nil }
        entry.seconds = seconds
        while !take("]") {
            guard let argument = string() else { return nil }
            entry.arguments.append(argument)
            _ = take(",")
        }
        while !take("]") {
            guard take(","), string() != nil || number() != nil else { return nil }
        }
        return entry.arguments.isEmpty ? nil : entry
    }

    private mutating func skipBlanks() {
        while position < text.count,
            text[position] == 32 || text[position] == 10 || text[position] == 13 || text[position] == 9
        {
            position += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func number() -> Int64? {
        skipBlanks()
        let digits = text[position...].prefix { ($0 >= 48 && $0 <= 57) || $0 == 45 }
        guard let number = Int64(String(decoding: digits.prefix(24), as: UTF8.self)) else { return nil }
        position = digits.endIndex
        return number
    }

    private mutating func string() -> [UInt8]? {
        guard take("\"") else { return nil }
        var bytes: [UInt8] = []
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return bytes }
            guard byte == 92 else {
                bytes.append(byte)
                continue
            }
            guard position < text.count else { return nil }
            let escape = text[position]
            position += 1
            guard appendEscape(escape, to: &bytes) else { return nil }
        }
        return nil
    }

    /// redis-cli writes a byte that it does not show as `\u00HH`.
    private mutating func appendEscape(_ escape: UInt8, to bytes: inout [UInt8]) -> Bool {
        switch escape {
        case UInt8(ascii: "n"): bytes.append(10)
        case UInt8(ascii: "r"): bytes.append(13)
        case UInt8(ascii: "t"): bytes.append(9)
        case UInt8(ascii: "b"): bytes.append(8)
        case UInt8(ascii: "f"): bytes.append(12)
        case UInt8(ascii: "u"):
            let digits = text[position...].prefix(4)
            guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
                return false
            }
            position = digits.endIndex
            if value < 256 {
                bytes.append(UInt8(value))
            } else {
                bytes.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
            }
        default: bytes.append(escape)
        }
        return true
    }
}
