// An intset (`intset.c`): the width of a number in bytes (2, 4 or 8), how many there are, and the numbers in
// ascending order; everything the low byte first.
//
//     width:4  count:4  numbers …

extension ByteCursor {
    /// Reads the header: how many numbers there are and the width of each.
    mutating func readIntsetHeader() throws(RDBError) -> (count: Int, width: Int) {
        let width = Int(try readInteger(UInt32.self))
        let count = Int(try readInteger(UInt32.self))
        guard width == 2 || width == 4 || width == 8, remaining == count * width else {
            throw error(.badCompactEncoding(.intset))
        }
        return (count, width)
    }

    /// Reads a number; nil at the end.
    mutating func readIntsetEntry(width: Int) throws(RDBError) -> CompactEntry? {
        if remaining == 0 { return nil }
        return switch width {
        case 2: .integer(Int64(try readInteger(Int16.self)))
        case 4: .integer(Int64(try readInteger(Int32.self)))
        default: .integer(try readInteger(Int64.self))
        }
    }
}

enum Intset {
    /// The intset of `members`, which are in ascending order, each once, in the least width that holds them all.
    static func encode(_ members: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        guard let least = members.first, let greatest = members.last else {
            preconditionFailure("Redis has no empty sets")
        }
        let width = isWithin(Int16.self, least, greatest) ? 2 : isWithin(Int32.self, least, greatest) ? 4 : 8
        bytes.appendInteger(UInt32(width))
        bytes.appendInteger(UInt32(members.count))
        for member in members {
            withUnsafeBytes(of: member.littleEndian) { bytes.append(contentsOf: $0.prefix(width)) }
        }
        return bytes
    }

    private static func isWithin<T: FixedWidthInteger>(_ type: T.Type, _ least: Int64, _ greatest: Int64) -> Bool {
        T(exactly: least) != nil && T(exactly: greatest) != nil
    }
}
