/// Takes the escapes out of string literals.
enum StringDecoder {
    /// The bytes that a literal string stands for.
    ///
    /// - Returns: the bytes, and for each the offset in the file where it is written.
    static func bytes(of string: SyntaxNode, in text: SourceText) -> (bytes: [UInt8], offsets: [Int]) {
        var bytes: [UInt8] = []
        var offsets: [Int] = []
        let end = Int(string.end)
        var index = Int(string.start)
        bytes.reserveCapacity(max(0, end - index))
        while index < end {
            let start = index
            var written: [UInt8]
            if text[index] == SourceByte.backslash, !string.flags.contains(.raw) {
                let isQuoteOnly = string.flags.contains(.quoteEscapes)
                (written, index) = isQuoteOnly ? quoteEscape(text, index) : escape(text, index, end)
            } else {
                bytes.append(text[index])
                offsets.append(start)
                index += 1
                continue
            }
            for byte in written {
                bytes.append(byte)
                offsets.append(start)
            }
        }
        return (bytes, offsets)
    }

    /// `\'` and `\\` alone.
    private static func quoteEscape(_ text: SourceText, _ index: Int) -> ([UInt8], Int) {
        let byte = text[index + 1]
        guard byte == SourceByte.singleQuote || byte == SourceByte.backslash else {
            return ([SourceByte.backslash], index + 1)
        }
        return ([byte], index + 2)
    }

    private static func escape(_ text: SourceText, _ index: Int, _ end: Int) -> ([UInt8], Int) {
        guard index + 1 < end else { return ([SourceByte.backslash], index + 1) }
        let byte = text[index + 1]
        switch byte {
        case 0x6E: return ([SourceByte.lineFeed], index + 2)
        case 0x74: return ([SourceByte.tab], index + 2)
        case 0x72: return ([SourceByte.carriageReturn], index + 2)
        case SourceByte.zero: return ([0], index + 2)
        case SourceByte.lineFeed: return ([], index + 2)
        case 0x78: return hexadecimal(text, index + 2, digits: 2, end) ?? ([byte], index + 2)
        case 0x75:
            guard let (scalar, next) = number(text, index + 2, digits: 4, end), let unicode = Unicode.Scalar(scalar)
            else {
                return ([byte], index + 2)
            }
            return (Array(String(Swift.Character(unicode)).utf8), next)
        default: return ([byte], index + 2)
        }
    }

    private static func hexadecimal(_ text: SourceText, _ index: Int, digits: Int, _ end: Int) -> ([UInt8], Int)? {
        number(text, index, digits: digits, end).map { ([UInt8(truncatingIfNeeded: $0.value)], $0.next) }
    }

    private static func number(_ text: SourceText, _ start: Int, digits: Int, _ end: Int) -> (value: UInt32, next: Int)?
    {
        var value: UInt32 = 0
        var index = start
        while index < min(end, start + digits), let digit = SourceByte.hexValue(text[index]) {
            value = value << 4 | digit
            index += 1
        }
        return index == start ? nil : (value, index)
    }
}
