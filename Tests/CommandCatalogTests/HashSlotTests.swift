import Testing

@testable import CommandCatalog

@Suite struct HashSlotTests {
    static func slot(_ key: String) -> Int { Int(HashSlot(ofKey: key.utf8.span).number) }

    /// The checksum bit by bit, as its definition says: polynomial 0x1021, start 0, nothing reflected.
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.reduce(UInt16(0)) { crc, byte in
            (0..<8).reduce(crc ^ UInt16(byte) << 8) { crc, _ in crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
        }
    }

    @Test func `the checksum has the check value of CRC16 XMODEM`() {
        let crc = Array("123456789".utf8).withUnsafeBytes { HashSlot.checksum($0) }
        #expect(crc == 0x31C3)
    }

    @Test func `every entry of the tables follows from the polynomial`() {
        for distance in 0..<4 {
            for byte in 0..<256 {
                let expected = Self.checksum([UInt8(byte)] + [UInt8](repeating: 0, count: distance))
                #expect(ChecksumTable.bySlices[256 * distance + byte] == expected, "byte \(byte), distance \(distance)")
            }
        }
    }

    @Test func `the checksum of every length equals that of the definition`() {
        var bytes: [UInt8] = []
        for length in 0..<300 {
            let crc = bytes.withUnsafeBytes { HashSlot.checksum($0) }
            #expect(crc == Self.checksum(bytes), "\(length) bytes")
            bytes.append(UInt8(truncatingIfNeeded: length &* 167 &+ 13))
        }
    }

    // As Redis 7.0 in cluster mode answers to CLUSTER KEYSLOT.
    @Test(arguments: [("123456789", 12_739), ("foo", 12_182), ("bar", 5_061), ("hello", 866), ("somekey", 11_058)])
    func `slots of known keys`(key: String, slot: Int) {
        #expect(Self.slot(key) == slot)
    }

    @Test func `keys with the same hash tag share a slot`() {
        #expect(Self.slot("{user1000}.following") == Self.slot("{user1000}.followers"))
        #expect(Self.slot("{user1000}.following") == Self.slot("user1000"))
        #expect(Self.slot("a-long-beginning-before:{user1000}:end") == Self.slot("user1000"))
    }

    @Test(arguments: [
        ("foo{}{bar}", "foo{}{bar}"), ("foo{{bar}}zap", "{bar"), ("foo{bar}{zap}", "bar"), ("{}", "{}"),
        ("foo{bar", "foo{bar"), ("foo}bar{", "foo}bar{"), ("}{x}", "x"), ("", ""), ("12345678{tag}", "tag"),
        ("1234567{12345678}", "12345678"), ("{12345678901234567}x", "12345678901234567"),
    ])
    func `the part that is hashed is the specification's`(key: String, hashed: String) {
        #expect(Self.slot(key) == Int(Self.checksum(hashed.utf8) & 16_383))
    }

    @Test func `shards get even, contiguous ranges that cover all slots`() throws {
        for shards in [1, 2, 3, 5, 7, 8, 16, 100, 16_384] {
            var next = 0
            for shard in 0..<shards {
                let slots = HashSlot.slots(ofShard: shard, of: shards)
                #expect(slots.lowerBound == next, "shard \(shard) of \(shards)")
                #expect(slots.count == HashSlot.count / shards || slots.count == HashSlot.count / shards + 1)
                for number in [slots.lowerBound, slots.upperBound - 1] {
                    #expect(try #require(HashSlot(number: number)).shard(of: shards) == shard)
                }
                next = slots.upperBound
            }
            #expect(next == HashSlot.count)
        }
    }

    @Test func `there are slots 0 to 16383 and no others`() {
        #expect(HashSlot(number: -1) == nil)
        #expect(HashSlot(number: 16_384) == nil)
        #expect(HashSlot(number: 16_383)?.number == 16_383)
    }
}
