// A listpack (`listpack.c`, Redis 5 and later):
//
//     bytes:4  count:2  entries …  FF
//
// `bytes` is the size of the whole, `count` 65,535 where it is not known. An entry is an encoding, its data, and their
// size once more for reading backwards, seven bits a byte: one byte up to 127, then two, three, four, five.
//
//     0NNNNNNN                       0 to 127
//     10LLLLLL                       a string of up to 63 bytes
//     110NNNNN NNNNNNNN              a number of 13 bits with its sign
//     1110LLLL LLLLLLLL              a string of up to 4,095 bytes
//     11110000 and 4 bytes           a string, the low byte of its length first
//     11110001 11110010 11110011 11110100      a number of 2, 3, 4, 8 bytes

private let listpackHeaderSize = 6
private let listpackEnd: UInt8 = 0xFF

extension ByteCursor {
    /// Reads the header; the number of entries, nil where it is not written.
    mutating func readListpackHeader() throws(RDBError) -> Int? {
        let size = try readInteger(UInt32.self)
        let count = try readInteger(UInt16.self)
        guard size == bytes.count, bytes.count > listpackHeaderSize, bytes[bytes.count - 1] == listpackEnd else {
            throw error(.badCompactEncoding(.listpack))
        }
        return count == .max ? nil : Int(count)
    }

    /// Reads an entry; nil at the end marker.
    @inline(__always)
    mutating func readListpackEntry() throws(RDBError) -> CompactEntry? {
        let start = position
        let encoding = try readByte()
        if encoding == listpackEnd { return nil }
        let entry = try readListpackData(encoding)
        let size = position &- start
        guard try readListpackBackLength(size) == size else { throw error(.badCompactEncoding(.listpack)) }
        return entry
    }

    @inline(__always)
    private mutating func readListpackData(_ encoding: UInt8) throws(RDBError) -> CompactEntry {
        switch encoding {
        case 0x00...0x7F: return .integer(Int64(encoding))
        case 0x80...0xBF: return .bytes(try readBytes(Int(encoding & 0x3F)))
        case 0xC0...0xDF:
            let bits = Int64(encoding & 0x1F) << 8 | Int64(try readByte())
            return .integer(bits < 1 << 12 ? bits : bits - 1 << 13)
        case 0xE0...0xEF: return .bytes(try readBytes(Int(encoding & 0x0F) << 8 | Int(try readByte())))
        case 0xF0: return .bytes(try readBytes(Int(try readInteger(UInt32.self))))
        case 0xF1: return .integer(Int64(try readInteger(Int16.self)))
        case 0xF2: return .integer(try readInt24())
        case 0xF3: return .integer(Int64(try readInteger(Int32.self)))
        case 0xF4: return .integer(try readInteger(Int64.self))
        default: throw error(.badCompactEncoding(.listpack))
        }
    }

    /// Reads the size behind an entry of `size` bytes: the high bits first, the top bit set in all bytes but the first.
    @inline(__always)
    private mutating func readListpackBackLength(_ size: Int) throws(RDBError) -> Int {
        var value = Int(try readByte())
        // The last number of each width but the first already takes one byte more (`lpEncodeBacklen`).
        var limit = 127
        while size > limit {
            value = value << 7 | Int(try readByte() & 0x7F)
            limit = (limit == 127 ? 1 << 14 : (limit + 2) << 7) - 2
        }
        return value
    }
}
