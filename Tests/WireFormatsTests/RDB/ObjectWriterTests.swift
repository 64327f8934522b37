import Testing

@testable import WireFormats

@Suite("DUMP payloads are written as 2.8.24 writes them")
struct ObjectWriterTests {
    @Test("Byte for byte", arguments: try Fixtures.dumps())
    func fixtures(dump: Fixtures.Dump) throws {
        var writer = ObjectWriter()
        // The order of a hash table's elements is the server's own, so they are written in the order they are read.
        let value = try DumpedValue(payload: dump.payload)
        #expect(value.dump(&writer).hexadecimal == dump.payload.hexadecimal)
    }

    private func list(_ elements: [[UInt8]], _ kind: ObjectKind = .list) -> DumpedValue {
        DumpedValue(kind: kind, elements: elements.map { DumpedValue.Element(bytes: $0) })
    }

    private func type(_ value: DumpedValue) throws -> RDBType? {
        var writer = ObjectWriter()
        let payload = value.dump(&writer)
        let read = try DumpedValue(payload: payload)
        if value.kind == .set {
            let sorted = { (value: DumpedValue) in
                value.elements.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
            }
            #expect(sorted(read) == sorted(value))
        } else {
            #expect(read == value)
        }
        return RDBType(rawValue: payload[0])
    }

    @Test("Lists become plain beyond 512 elements or 64 bytes")
    func lists() throws {
        let short = [UInt8]("x")
        #expect(try type(list(Array(repeating: short, count: 512))) == .listZiplist)
        #expect(try type(list(Array(repeating: short, count: 513))) == .list)
        #expect(try type(list([short, [UInt8](repeating: 1, count: 64), short])) == .listZiplist)
        #expect(try type(list([short, [UInt8]("123456789012"), [UInt8](repeating: 1, count: 65), short])) == .list)
    }

    @Test("Sets become hash tables beyond 512 members or with one that is no integer")
    func sets() throws {
        let numbers = (0..<513).map { [UInt8](String($0 * 7919 - 100_000)) }
        #expect(try type(list(Array(numbers.dropLast()), .set)) == .setIntset)
        #expect(try type(list(numbers, .set)) == .set)
        #expect(try type(list([[UInt8]("5"), [UInt8]("-3"), [UInt8]("05")], .set)) == .set)
        #expect(try type(list([[UInt8]("9223372036854775807"), [UInt8]("-9223372036854775808")], .set)) == .setIntset)
        #expect(try type(list([[UInt8]("9223372036854775808")], .set)) == .set)
    }

    @Test("Hashes become hash tables beyond 512 fields, or 64 bytes of a field or a value")
    func hashes() throws {
        func hash(_ count: Int, long: Int) -> DumpedValue {
            DumpedValue(
                kind: .hash,
                elements: (0..<count).map {
                    DumpedValue.Element(
                        bytes: [UInt8]("f\($0)"), value: [UInt8](repeating: 9, count: $0 == 1 ? long : 2))
                })
        }
        #expect(try type(hash(512, long: 64)) == .hashZiplist)
        #expect(try type(hash(513, long: 1)) == .hash)
        #expect(try type(hash(3, long: 65)) == .hash)
    }

    @Test("Sorted sets become plain beyond 128 members or 64 bytes, scores and all")
    func sortedSets() throws {
        func sortedSet(_ count: Int, long: Int) -> DumpedValue {
            DumpedValue(
                kind: .sortedSet,
                elements: (0..<count).map {
                    let score = $0 == 0 ? -Double.infinity : $0 == count - 1 ? .infinity : Double($0) / 8 - 3
                    return DumpedValue.Element(
                        bytes: [UInt8](repeating: UInt8($0 & 0x7F), count: $0 == 2 ? long : 2), score: score)
                })
        }
        #expect(try type(sortedSet(128, long: 64)) == .sortedSetZiplist)
        #expect(try type(sortedSet(129, long: 1)) == .sortedSet)
        #expect(try type(sortedSet(5, long: 65)) == .sortedSet)
    }

    @Test("Strings that spell a number of 32 bits are kept as one, others are not")
    func strings() throws {
        var writer = ObjectWriter()
        for (text, size) in [
            ("0", 2), ("-128", 2), ("128", 3), ("-32768", 3), ("32768", 5), ("-2147483648", 5), ("2147483648", 11),
            ("007", 4), ("-0", 3), ("+1", 3), ("", 1), ("99999999999", 12),
        ] {
            let value = list([[UInt8](text)], .string)
            let payload = value.dump(&writer)
            #expect(payload.count == 1 + size + 10, "\(text)")
            #expect(try DumpedValue(payload: payload) == value)
        }
    }

    @Test("Integers of every width in a ziplist")
    func ziplistIntegers() throws {
        let numbers: [Int64] = [
            0, 12, 13, -1, 127, 128, -128, -129, 32767, 32768, -32769, 8_388_607, 8_388_608, -8_388_608, -8_388_609,
            2_147_483_647, 2_147_483_648, -2_147_483_649, .max, .min,
        ]
        #expect(try type(list(numbers.map { [UInt8](String($0)) })) == .listZiplist)
    }

    @Test("A writer begins anew with each value")
    func abandoned() {
        var writer = ObjectWriter()
        writer.begin(.hash, count: 1)
        [UInt8]("field").withUnsafeBytes { writer.append($0) }
        #expect(list([[UInt8]("abc")], .string).dump(&writer) == [UInt8].payload("00 03616263"))
    }

    @Test("In a file the key stands between the type and the value")
    func fileEntry() {
        var writer = ObjectWriter()
        var file: [UInt8] = []
        writer.begin(.string, count: 1)
        [UInt8]("abc").withUnsafeBytes { writer.append($0) }
        [UInt8]("12").withUnsafeBytes { writer.finish(key: $0, to: &file) }
        #expect(file == [UInt8](hexadecimal: "00 c00c 03616263"))
    }
}
