/// The text of one argument as MONITOR writes it (`sdscatrepr`).
///
/// It stands between double quotes, printable ASCII as it is, and otherwise:
///
///     \\  \"  \n  \r  \t  \a  \b        one byte for two
///     \xHH                              one byte for four
public enum MonitorText {
    /// Appends the bytes that `text` stands for, the text between the quotes.
    public static func unescape(_ text: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        var position = 0
        while position < text.count {
            let byte = text[position]
            position += 1
            guard byte == Byte.backslash, position < text.count else {
                bytes.append(byte)
                continue
            }
            let (value, size) = escape(text, at: position)
            bytes.append(value)
            position += size
        }
    }

    /// The byte that the escape with its letter at `position` stands for, and how many bytes it has from the letter on.
    ///
    /// Escapes that `sdscatrepr` does not write stand for their letter, as in an inline request.
    private static func escape(_ text: UnsafeRawBufferPointer, at position: Int) -> (value: UInt8, size: Int) {
        switch text[position] {
        case UInt8(ascii: "n"): return (Byte.lineFeed, 1)
        case UInt8(ascii: "r"): return (Byte.carriageReturn, 1)
        case UInt8(ascii: "t"): return (Byte.tab, 1)
        case UInt8(ascii: "a"): return (Byte.bell, 1)
        case UInt8(ascii: "b"): return (Byte.backspace, 1)
        case UInt8(ascii: "x") where position + 2 < text.count:
            guard let high = Byte.hexValue(text[position + 1]), let low = Byte.hexValue(text[position + 2]) else {
                return (UInt8(ascii: "x"), 1)
            }
            return (high << 4 | low, 3)
        case let other: return (other, 1)
        }
    }
}
