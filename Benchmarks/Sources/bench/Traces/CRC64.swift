/// The checksum at the end of an RDB file: CRC-64 with the polynomial of Jones, reflected (`crc64.c` of Redis).
struct CRC64 {
    private(set) var value: UInt64 = 0
    private static let table: [UInt64] = (0..<256).map { byte in
        var rest = UInt64(byte)
        for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0x95AC_9329_AC4B_C9B5 : rest >> 1 }
        return rest
    }

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { value = Self.table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
    }
}
