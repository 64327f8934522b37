import Testing

@testable import WireFormats

@Suite("DUMP payloads are read as RESTORE of 2.8.24 reads them")
struct ObjectReaderTests {
    @Test("What 2.8.24 has written", arguments: try Fixtures.dumps())
    func fixtures(dump: Fixtures.Dump) throws {
        let value = try DumpedValue(payload: dump.payload)
        #expect("\(value.kind)" == dump.kind)
        var found: [[UInt8]] = value.elements.flatMap { element in
            switch value.kind {
            case .hash: return [element.bytes, element.value]
            case .sortedSet:
                var text: [UInt8] = []
                ScoreText.append(element.score, signingZero: true, to: &text)
                return [element.bytes, text]
            default: return [element.bytes]
            }
        }
        var expected = dump.contents
        if value.kind == .set {
            found.sort { $0.lexicographicallyPrecedes($1) }
            expected.sort { $0.lexicographicallyPrecedes($1) }
        }
        if dump.name == "dump/small zset" { expected[expected.count - 1] = [UInt8]("1.0000000000000001e+300") }
        #expect(found == expected)
    }

    @Test("A zipmap, which nothing since 2.4 writes")
    func zipmap() throws {
        let value = try DumpedValue(payload: .payload("09 11  02 01 66 03 02 766c6c 0000 02 6667 01 00 76 ff"))
        #expect(
            value.elements == [
                DumpedValue.Element(bytes: [UInt8]("f"), value: [UInt8]("vll")),
                DumpedValue.Element(bytes: [UInt8]("fg"), value: [UInt8]("v")),
            ])
    }

    @Test("Scores that are no finite number, and lengths in all their widths")
    func plainSortedSet() throws {
        let payload = [UInt8].payload("03 4003  0161 fe  40016b ff  8000000001 63 03322e35")
        #expect(
            try DumpedValue(payload: payload).elements == [
                DumpedValue.Element(bytes: [UInt8]("a"), score: .infinity),
                DumpedValue.Element(bytes: [UInt8]("k"), score: -.infinity),
                DumpedValue.Element(bytes: [UInt8]("c"), score: 2.5),
            ])
    }

    @Test("A wrong version or checksum is told from wrong contents")
    func versionAndChecksum() throws {
        let good = [UInt8].payload("00 03616263")
        #expect(try DumpedValue(payload: good).elements.map(\.bytes) == [[UInt8]("abc")])
        for index in good.indices {
            var bad = good
            bad[index] ^= 0x10
            #expect { try DumpedValue(payload: bad) } throws: { ($0 as? RDBError)?.isVersionOrChecksum == true }
        }
        #expect { try DumpedValue(payload: .payload("00 03616263", version: 7)) } throws: {
            ($0 as? RDBError)?.kind == .unsupportedVersion(7)
        }
        #expect(try DumpedValue(payload: .payload("00 03616263", version: 7), maximumVersion: 7).kind == .string)
        #expect { try DumpedValue(payload: Array(good.prefix(9))) } throws: {
            ($0 as? RDBError)?.kind == .missingFooter && ($0 as? RDBError)?.isVersionOrChecksum == true
        }
    }

    @Test(
        "Contents that contradict themselves",
        arguments: [
            ("", .truncated, 0),
            ("0e 01 00", .unknownType(0x0E), 0),
            ("63", .unknownType(0x63), 0),
            ("00 05616263", .truncated, 2),
            ("00 82", .badLength(0x82), 1),
            ("00 c4", .badLength(0xC4), 1),
            ("00 817fffffffffffffff", .stringTooLong(bytes: 0x7FFF_FFFF_FFFF_FFFF), 1),
            ("00 8000200000", .stringTooLong(bytes: 0x0020_0000), 1),
            ("00 c3 03 800000ffff 000000", .badCompression, 1),
            ("00 c3 02 02 0161", .badCompression, 1),
            ("01 00", .emptyCollection, 2),
            ("01 c0", .badLength(0xC0), 1),
            ("01 80ffffffff 0161", .truncated, 8),
            ("03 01 0161 fd", .badScore, 4),
            ("03 01 0161 03 6e616e", .badScore, 4),
            ("0b 0a 0200000002000000 0100", .badCompactEncoding(.intset), 1),
            ("0b 0a 0300000001000000 0100", .badCompactEncoding(.intset), 1),
            ("0b 08 0200000000000000", .emptyCollection, 1),
            ("0a 0b 0b0000000a0000000000ff", .emptyCollection, 1),
            ("0a 0d 0d0000000a0000000200 00f2 ff", .badCompactEncoding(.ziplist), 1),
            ("0a 0d 0d0000000a0000000100 01f2 ff", .badCompactEncoding(.ziplist), 1),
            ("0a 0d 0e0000000a0000000100 00f2 ff", .badCompactEncoding(.ziplist), 1),
            ("0a 0e 0e0000000a0000000100 0005 61 ff", .badCompactEncoding(.ziplist), 1),
            ("0d 0d 0d0000000a0000000100 00f2 ff", .badCompactEncoding(.ziplist), 1),
            ("0c 10 100000000c0000000200 00f2 0201 78 ff", .badScore, 1),
            ("09 05 01 01 66 01 00", .badCompactEncoding(.zipmap), 1),
        ] as [(String, RDBError.Kind, Int)])
    func damaged(hexadecimal: String, kind: RDBError.Kind, byteOffset: Int) {
        #expect {
            try DumpedValue(payload: .payload(hexadecimal))
        } throws: { error in
            error as? RDBError == RDBError(kind: kind, byteOffset: byteOffset)
                && (error as? RDBError)?.isVersionOrChecksum == false
        }
    }

    @Test("Every string beyond the limit is refused before memory is taken")
    func limit() {
        #expect { try DumpedValue(payload: .payload("00 c3 03 4080 e07701"), maximumStringBytes: 127) } throws: {
            ($0 as? RDBError)?.kind == .stringTooLong(bytes: 128)
        }
    }

    @Test("No payload with a right checksum stops the reader")
    func garbage() throws {
        var random = SeededGenerator()
        var valid = try Fixtures.dumps().map(\.payload).filter { $0.count < 400 }
        valid.append(.payload("09 11  02 01 66 03 02 766c6c 0000 02 6667 01 00 76 ff"))
        valid.append(.payload("03 4003  0161 fe  40016b ff  8000000001 63 03322e35"))
        var accepted = 0
        for _ in 0..<SeededGenerator.rounds(60_000) {
            var payload = random.mutate(valid[random.below(valid.count)])
            guard payload.count >= 10 else { continue }
            payload[payload.count - 10] = 6
            payload[payload.count - 9] = 0
            if (try? DumpedValue(payload: payload.withChecksum)) != nil { accepted += 1 }
        }
        #expect(accepted > 1000, "seed \(random.seed)")
    }
}
