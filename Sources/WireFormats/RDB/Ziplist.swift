// A ziplist (`ziplist.c`):
//
//     bytes:4  tail:4  count:2  entries …  FF
//
// `bytes` is the size of the whole, `tail` where the last entry begins, `count` 65,535 where there are as many or
// more; all numbers the low byte first. An entry is
//
//     previous  encoding  data
//
// `previous` is the size of the entry before: one byte, or FE and four bytes where it is 254 or more.
//
//     00LLLLLL                       a string of up to 63 bytes
//     01LLLLLL LLLLLLLL              of up to 16,383, the high bits first
//     10000000 and 4 bytes           the high byte first
//     11000000 11010000 11100000     a number of 2, 4, 8 bytes
//     11110000 11111110              of 3 bytes, of 1
//     1111NNNN                       N - 1, which is 0 to 12

private let ziplistHeaderSize = 10
private let ziplistEnd: UInt8 = 0xFF
private let wideLength: UInt8 = 0xFE
private let int16Encoding: UInt8 = 0xC0
private let int32Encoding: UInt8 = 0xD0
private let int64Encoding: UInt8 = 0xE0
private let int24Encoding: UInt8 = 0xF0
private let int8Encoding: UInt8 = 0xFE
private let firstImmediate: UInt8 = 0xF1
private let lastImmediate: UInt8 = 0xFD

extension ByteCursor {
    /// Reads the header; the number of entries, nil where it is not written.
    mutating func readZiplistHeader() throws(RDBError) -> Int? {
        let size = try readInteger(UInt32.self)
        let tail = try readInteger(UInt32.self)
        let count = try readInteger(UInt16.self)
        guard size == bytes.count, tail >= ziplistHeaderSize, tail < size, bytes[bytes.count - 1] == ziplistEnd else {
            throw error(.badCompactEncoding(.ziplist))
        }
        return count == .max ? nil : Int(count)
    }

    /// Reads an entry; nil at the end marker.
    ///
    /// - Parameter previousLength: the size of the entry before, 0 for the first one; becomes that of this entry.
    @inline(__always)
    mutating func readZiplistEntry(previousLength: inout Int) throws(RDBError) -> CompactEntry? {
        let start = position
        let first = try readByte()
        if first == ziplistEnd { return nil }
        let previous = first == wideLength ? Int(try readInteger(UInt32.self)) : Int(first)
        guard previous == previousLength else { throw error(.badCompactEncoding(.ziplist)) }
        let encoding = try readByte()
        let entry: CompactEntry =
            encoding < int16Encoding
            ? .bytes(try readZiplistString(encoding)) : .integer(try readZiplistInteger(encoding))
        previousLength = position &- start
        return entry
    }

    private mutating func readZiplistString(_ encoding: UInt8) throws(RDBError) -> UnsafeRawBufferPointer {
        switch encoding >> 6 {
        case 0: try readBytes(Int(encoding))
        case 1: try readBytes(Int(encoding & 0x3F) << 8 | Int(try readByte()))
        default: try readBytes(Int(try readInteger(UInt32.self).byteSwapped))
        }
    }

    private mutating func readZiplistInteger(_ encoding: UInt8) throws(RDBError) -> Int64 {
        switch encoding {
        case int16Encoding: Int64(try readInteger(Int16.self))
        case int32Encoding: Int64(try readInteger(Int32.self))
        case int64Encoding: try readInteger(Int64.self)
        case int24Encoding: try readInt24()
        case int8Encoding: Int64(try readInteger(Int8.self))
        case firstImmediate...lastImmediate: Int64(encoding - firstImmediate)
        default: throw error(.badCompactEncoding(.ziplist))
        }
    }
}

/// Builds a ziplist as 2.8 does when its entries are pushed at the end one by one.
struct ZiplistWriter {
    /// The header, filled in at the end, and the entries.
    private var bytes = [UInt8](repeating: 0, count: ziplistHeaderSize)
    private var tail = ziplistHeaderSize
    private var count = 0

    /// Strings that spell a number are kept as one, but for those of this many bytes and more.
    private static let numberTextLimit = 32

    /// Appends an entry; a spelled number in as few bytes as it takes.
    mutating func append(_ entry: UnsafeRawBufferPointer) {
        let start = bytes.count
        let previousLength = count == 0 ? 0 : start - tail
        if previousLength < wideLength {
            bytes.append(UInt8(previousLength))
        } else {
            bytes.append(wideLength)
            bytes.appendInteger(UInt32(previousLength))
        }
        if entry.count < Self.numberTextLimit, let number = DecimalInteger.parse(entry) {
            append(number)
        } else {
            appendStringHeader(entry.count)
            bytes.append(contentsOf: entry)
        }
        tail = start
        count += 1
    }

    private mutating func append(_ number: Int64) {
        if number >= 0, number <= Int64(lastImmediate - firstImmediate) {
            bytes.append(firstImmediate + UInt8(number))
        } else if let byte = Int8(exactly: number) {
            bytes.append(int8Encoding)
            bytes.appendInteger(byte)
        } else if let word = Int16(exactly: number) {
            bytes.append(int16Encoding)
            bytes.appendInteger(word)
        } else if number >= -(1 << 23), number < 1 << 23 {
            bytes.append(int24Encoding)
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0.prefix(3)) }
        } else if let word = Int32(exactly: number) {
            bytes.append(int32Encoding)
            bytes.appendInteger(word)
        } else {
            bytes.append(int64Encoding)
            bytes.appendInteger(number)
        }
    }

    private mutating func appendStringHeader(_ length: Int) {
        switch length {
        case ..<(1 << 6):
            bytes.append(UInt8(length))
        case ..<(1 << 14):
            bytes.append(0x40 | UInt8(length >> 8))
            bytes.append(UInt8(truncatingIfNeeded: length))
        default:
            bytes.append(0x80)
            bytes.appendInteger(UInt32(length).byteSwapped)
        }
    }

    /// The ziplist with all entries.
    consuming func finish() -> [UInt8] {
        bytes.append(ziplistEnd)
        var header: [UInt8] = []
        header.appendInteger(UInt32(bytes.count))
        header.appendInteger(UInt32(tail))
        header.appendInteger(UInt16(clamping: count))
        bytes.replaceSubrange(..<ziplistHeaderSize, with: header)
        return bytes
    }
}
