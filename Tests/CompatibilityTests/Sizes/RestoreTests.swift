import Testing

@testable import Compatibility

/// RESTORE of payloads that a redis-server 7.0.15 has dumped.
@Suite struct RestoreTests {
    /// What `RESTORE k 0 payload` leaves: the type, the payload in bytes, and whether that is a guess.
    private static func restored(_ hexadecimal: String) -> SizedKey? {
        let payload = stride(from: 0, to: hexadecimal.count, by: 2).compactMap { index in
            UInt8(String(Array(hexadecimal)[index..<index + 2]), radix: 16)
        }
        let head = "*4\r\n$7\r\nRESTORE\r\n$1\r\nk\r\n$1\r\n0\r\n$\(payload.count)\r\n"
        let file = TemporaryFile(Array((Lint.resp("SELECT", "0") + head).utf8) + payload + [13, 10], name: "x.aof")
        return SizeReport.read([file.path], SizeOptions()).largest.first
    }

    @Test(
        arguments: [
            ("00036162630a00d9ac303d4172a2e2", "string", 3),
            // A list of two nodes, a hash, and a sorted set in listpacks.
            (
                "12020213130000000300816102826262038363636304ff021414000000020084646464640585656565656506ff"
                    + "0a0018ab91f3c5248911", "list", 15
            ),
            ("101515000000040081660281760282676703f1393003ff0a00ca0671ed315419b3", "hash", 9),
            ("111515000000040081610201018262620383322e3504ff0a00ecdbcf7ea094bb09", "zset", 19),
            // One with scores of eight bytes.
            (
                "050504656565659c7500883ce4377e0164000000000000104001630000000000000840016200000000000000400161"
                    + "000000000000f03f0a008691dab9be9a035a", "zset", 48
            ),
            (
                "130110000000000000000100000000000000011d1d0000000a0001010001010181660200010201000100018176020401ff"
                    + "0101010101000001000a00ff55ab626ac035db", "stream", 0
            ),
        ] as [(String, String, Int)])
    func `What later versions dump has the size that the RDB file gives it`(
        _ payload: String, _ type: String, _ bytes: Int
    ) {
        let key = Self.restored(payload)
        #expect(key?.type == type)
        #expect(key?.valueBytes == bytes)
        #expect(key?.isApproximate == false)
    }

    @Test func `A damaged payload is refused, and one of an unknown type has a size that is not known`() {
        #expect(Self.restored("00036162640a00d9ac303d4172a2e2") == nil)
        // Version 99: a string, and a value of type 99.
        #expect(Self.restored("0003616263630048e424d0fbbde5bd")?.valueBytes == 3)
        let key = Self.restored("63036162636300548bcd0f6a2e26ab")
        #expect(key?.type == "other")
        #expect(key?.isApproximate == true)
    }
}
