// A zipmap (`zipmap.c`, small hashes before Redis 2.6):
//
//     count:1  ( length field  length free:1 value  unused bytes ) …  FF
//
// `count` is 254 where there are as many or more. A length is one byte below 254, or FE and four bytes, the low byte
// first. `free` says how many unused bytes follow the value.

private let zipmapEnd: UInt8 = 0xFF
private let zipmapWideLength: UInt8 = 0xFE

extension ByteCursor {
    /// Reads the header; the number of fields and values together, nil where it is not written.
    mutating func readZipmapHeader() throws(RDBError) -> Int? {
        let count = try readByte()
        return count < zipmapWideLength ? Int(count) * 2 : nil
    }

    /// Reads a field or a value; nil at the end marker, which stands in place of a field.
    mutating func readZipmapEntry(isValue: Bool) throws(RDBError) -> CompactEntry? {
        let first = try readByte()
        if first == zipmapEnd, !isValue { return nil }
        guard first != zipmapEnd else { throw error(.badCompactEncoding(.zipmap)) }
        let length = first == zipmapWideLength ? Int(try readInteger(UInt32.self)) : Int(first)
        let unused = isValue ? Int(try readByte()) : 0
        let entry = try readBytes(length)
        try skip(unused)
        return .bytes(entry)
    }
}
