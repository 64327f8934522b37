/// A length, of one, two, five or nine bytes.
///
///     00LLLLLL                      0 to 63
///     01LLLLLL LLLLLLLL             to 16,383, the high bits first
///     10000000 and 4 bytes          to 2^32 - 1, the high byte first
///     10000001 and 8 bytes          since version 8
///     11EEEEEE                      no length: a string in the special encoding E
struct RDBLength {
    /// The length, or the number of the special encoding.
    let value: UInt64
    let isEncoding: Bool

    static let shortLimit = 1 << 6
    static let mediumLimit = 1 << 14
}

extension ByteCursor {
    /// Reads a length or the number of a special encoding.
    @inline(__always)
    mutating func readLengthOrEncoding() throws(RDBError) -> RDBLength {
        guard remaining >= 1, let base = bytes.baseAddress else { throw error(.truncated) }
        let first = base.load(fromByteOffset: position, as: UInt8.self)
        if first < RDBLength.shortLimit {
            seek(to: position &+ 1)
            return RDBLength(value: UInt64(first), isEncoding: false)
        }
        return try readLongLength(first)
    }

    /// Reads a length where no special encoding can stand.
    @inline(__always)
    mutating func readLength() throws(RDBError) -> UInt64 {
        let start = position
        let length = try readLengthOrEncoding()
        guard !length.isEncoding else {
            seek(to: start)
            throw error(.badLength(bytes[start]))
        }
        return length.value
    }

    private mutating func readLongLength(_ first: UInt8) throws(RDBError) -> RDBLength {
        switch first {
        case 0x40...0x7F:
            let both = try readInteger(UInt16.self).byteSwapped
            return RDBLength(value: UInt64(both & 0x3FFF), isEncoding: false)
        case 0x80:
            guard remaining >= 5 else { throw error(.truncated) }
            try skip(1)
            return RDBLength(value: UInt64(try readInteger(UInt32.self).byteSwapped), isEncoding: false)
        case 0x81:
            guard remaining >= 9 else { throw error(.truncated) }
            try skip(1)
            return RDBLength(value: try readInteger(UInt64.self).byteSwapped, isEncoding: false)
        case 0xC0...0xFF:
            try skip(1)
            return RDBLength(value: UInt64(first & 0x3F), isEncoding: true)
        default:
            throw error(.badLength(first))
        }
    }
}

extension RDBLength {
    /// Appends a length of up to 2^32 - 1, all that version 6 knows.
    static func append(_ length: Int, to bytes: inout [UInt8]) {
        switch length {
        case ..<shortLimit:
            bytes.append(UInt8(length))
        case ..<mediumLimit:
            bytes.append(0x40 | UInt8(length >> 8))
            bytes.append(UInt8(truncatingIfNeeded: length))
        default:
            bytes.append(0x80)
            bytes.appendInteger(UInt32(length).byteSwapped)
        }
    }
}

extension [UInt8] {
    /// Appends a number in little-endian order.
    mutating func appendInteger(_ value: some FixedWidthInteger & BitwiseCopyable) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
