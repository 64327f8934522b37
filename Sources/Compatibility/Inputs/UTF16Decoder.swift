/// Makes UTF-8 of UTF-16, a piece at a time.
///
/// A half of a surrogate pair without the other one becomes U+FFFD, and so does a last byte alone.
struct UTF16Decoder {
    private let isBigEndian: Bool
    /// The first byte of a unit whose second one has not come.
    private var firstByte: UInt8?
    /// A high surrogate whose low one has not come.
    private var highSurrogate: UInt16?

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// Whether text begins as UTF-16 does: with its byte order mark, or with ASCII every other byte of which is zero.
    ///
    /// Returns the decoder, and how many bytes the mark has.
    static func beginning(_ head: UnsafeRawBufferPointer) -> (decoder: UTF16Decoder, mark: Int)? {
        guard head.count >= 2 else { return nil }
        if head[0] == 0xFF, head[1] == 0xFE { return (UTF16Decoder(isBigEndian: false), 2) }
        if head[0] == 0xFE, head[1] == 0xFF { return (UTF16Decoder(isBigEndian: true), 2) }
        let units = min(head.count / 2, 64)
        guard units >= 4 else { return nil }
        for (isBigEndian, text, zero) in [(false, 0, 1), (true, 1, 0)] {
            func isASCII(_ unit: Int) -> Bool { head[2 * unit + zero] == 0 && isText(head[2 * unit + text]) }
            // The beginning, and most of what follows.
            if (0..<4).allSatisfy(isASCII), (0..<units).count(where: isASCII) * 4 >= units * 3 {
                return (UTF16Decoder(isBigEndian: isBigEndian), 0)
            }
        }
        return nil
    }

    private static func isText(_ byte: UInt8) -> Bool { (32..<127).contains(byte) || (9...13).contains(byte) }

    /// Appends the UTF-8 of more bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        for byte in bytes {
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            append(isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first), &output)
        }
    }

    /// Appends what the end of the text leaves.
    mutating func finish(to output: inout [UInt8]) {
        if highSurrogate != nil || firstByte != nil { Self.append(0xFFFD, &output) }
        highSurrogate = nil
        firstByte = nil
    }

    private mutating func append(_ unit: UInt16, _ output: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                return Self.append(0x10000 + UInt32(high & 0x3FF) << 10 + UInt32(unit & 0x3FF), &output)
            }
            Self.append(0xFFFD, &output)
        }
        switch unit & 0xFC00 {
        case 0xD800: highSurrogate = unit
        case 0xDC00: Self.append(0xFFFD, &output)
        default: Self.append(UInt32(unit), &output)
        }
    }

    private static func append(_ scalar: UInt32, _ output: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: output.append(UInt8(scalar))
        case 0..<0x800: output += [0xC0 | UInt8(scalar >> 6), 0x80 | UInt8(scalar & 0x3F)]
        case 0..<0x10000:
            output += [0xE0 | UInt8(scalar >> 12), 0x80 | UInt8(scalar >> 6 & 0x3F), 0x80 | UInt8(scalar & 0x3F)]
        default:
            output += [
                0xF0 | UInt8(scalar >> 18), 0x80 | UInt8(scalar >> 12 & 0x3F), 0x80 | UInt8(scalar >> 6 & 0x3F),
                0x80 | UInt8(scalar & 0x3F),
            ]
        }
    }
}
