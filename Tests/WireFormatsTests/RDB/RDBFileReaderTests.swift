import Testing

@testable import WireFormats

@Suite("RDB files")
struct RDBFileReaderTests {
    private func verify(_ file: [UInt8], _ contents: RDBFileReader.Contents = .bytes) -> [String] {
        SplitVerifier.verify(file) { RDBFileDriver.read($0, contents: contents) }
    }

    /// What the reader finds in a file with these records, the version and the end left out.
    private func records(_ hexadecimal: String, version: String = "0012") -> [String] {
        let file = RDBFileDriver.file(version: version, hexadecimal)
        let found = verify(file)
        #expect(found.first == "version(\(Int(version) ?? 0))")
        #expect(found.last == "end at \(file.count), verified")
        let lengths = verify(file, .lengths)
        #expect(lengths.map(\.withoutContents) == found.map(\.withoutContents))
        return Array(found.dropFirst().dropLast())
    }

    @Test("Every kind that 7.0 has, as redis-server 7.0.15 wrote it")
    func kinds() throws {
        let file = try Fixtures.bytes("redis-7.0-kinds.rdb")
        let found = verify(file)
        #expect(found.first == "version(10)" && found.last == "end at \(file.count), verified")
        #expect(found.contains("auxiliary redis-ver=7.0.15"))
        #expect(found.contains("function 68") && found.contains("database(3)"))
        let y = String(repeating: "y", count: 12)
        let keys: [String: [String]] = [
            "plain string": ["  5 value"], "number string": ["  5 12345"], "compressed string": ["  200 \(y)"],
            "expiring string": ["  4 soon"],
            "list list": ["  1 a", "  2 bb", "  3 300", "  2 -7", "  5 70000", "  10 5000000000", "  200 \(y)"],
            "hash hash": ["  5 field = 5 value", "  1 n = 2 12"], "bighash hash": ["  1 f = 200 \(y)"],
            "ints set": ["  2 -2", "  1 1", "  5 40000"], "wide set": ["  1 1", "  10 5000000000"],
            "words set": ["  1 a", "  1 b", "  1 c"],
            "zset sortedSet": ["  1 c score -inf", "  1 a score 1.0", "  1 b score 2.5", "  1 d score 1e+300"],
            "bigzset sortedSet": ["  1 x score inf", "  200 \(y) score 1.5"], "stream stream": [],
            "other string": ["  2 db"],
        ]
        var seen: [String: [String]] = [:]
        var current = ""
        for line in found {
            if line.hasPrefix("key ") {
                current = line.split(separator: " ")[1...2].joined(separator: " ")
                seen[current] = []
                #expect(line.hasSuffix("expiry 4102444800123") == (current == "expiring string"))
            } else if line.hasPrefix("  ") {
                seen[current, default: []].append(line)
            }
        }
        seen["words set"]?.sort()
        #expect(seen == keys)
        #expect(verify(file, .lengths).map(\.withoutContents) == found.map(\.withoutContents))
    }

    @Test("Large elements of a list stand alone, keys carry LFU's frequency, as redis-server 7.0.15 wrote it")
    func frequencies() throws {
        let file = try Fixtures.bytes("redis-7.0-lfu.rdb")
        let found = verify(file)
        #expect(found.contains { $0.hasPrefix("key a string 0 at ") && $0.contains(" frequency ") })
        #expect(found.contains { $0.hasPrefix("key big list 18 at ") && $0.contains(" frequency ") })
        #expect(found.filter { $0.hasPrefix("  ") }.map(\.withoutContents).sorted() == ["  1", "  5", "  800"])
        #expect(verify(file, .lengths).map(\.withoutContents) == found.map(\.withoutContents))
    }

    @Test("A file without checksum carries LRU's idle time, as redis-server 7.0.15 wrote it")
    func withoutChecksum() throws {
        let file = try Fixtures.bytes("redis-7.0-lru-nochecksum.rdb")
        let found = verify(file)
        #expect(found.contains { $0.hasPrefix("key h hash 16 at ") && $0.contains(" idle ") })
        #expect(found.last == "end at \(file.count)")
    }

    @Test("Files before version 5 have no checksum, and expiry in seconds")
    func oldVersions() {
        let file = [UInt8]("REDIS0001") + [UInt8](hexadecimal: "fe00 fd 80e1f55e 00 016b 0176 ff")
        #expect(
            verify(file + [1, 2, 3]) == [
                "version(1)", "database(0)", "key k string 0 at 16 expiry 1593172352000", "  1 v", "keyEnd",
                "end at \(file.count)",
            ])
    }

    @Test(
        "Types that no server at hand writes",
        arguments: [
            // Plain list, set, hash; sorted sets with scores as text and in binary.
            ("01 016b 02 0161 c07f", ["key k list 1 at 9", "  1 a", "  3 127"]),
            ("02 016b 01 0162", ["key k set 2 at 9", "  1 b"]),
            ("04 016b 01 0166 c1ff7f", ["key k hash 4 at 9", "  1 f = 5 32767"]),
            ("03 016b 02 0161 03322e35 0162 ff", ["key k sortedSet 3 at 9", "  1 a score 2.5", "  1 b score -inf"]),
            ("05 016b 01 0161 0000000000000440", ["key k sortedSet 5 at 9", "  1 a score 2.5"]),
            ("09 016b 06 01 0166 0000 ff", ["key k hash 9 at 9", "  1 f"]),
            // A quicklist of two ziplists; listpacks with every encoding of a number.
            (
                "0e 016b 02 0d 0d0000000a0000000100 00f2 ff 0d 0d0000000a0000000100 00f3 ff",
                ["key k list 14 at 9", "  1 1", "  1 2"]
            ),
            (
                "14 016b 2c 2c000000 0800 7f01 dfff02 f1ff7f03 f200008004 f3ffffff7f05 f4ffffffffffffff7f09 816102 e0016203 ff",
                [
                    "key k set 20 at 9", "  3 127", "  2 -1", "  5 32767", "  8 -8388608", "  10 2147483647",
                    "  19 922337203685", "  1 a", "  1 b",
                ]
            ),
            ("11 016b 0f 0f000000 0200 816102 83322e3504 ff", ["key k sortedSet 17 at 9", "  1 a score 2.5"]),
            // Hashes with expiry times of fields, before 7.4 and since.
            ("16 016b 01 05 0166 0176", ["key k hash 22 at 9", "  1 f = 1 v expiry 5"]),
            (
                "18 016b 00e40b5402000000 02 00 0166 0176 05 0167 0177",
                ["key k hash 24 at 9", "  1 f = 1 v", "  1 g = 1 w expiry 10000000004"]
            ),
            ("17 016b 0f 0f000000 0300 816602 817602 0001 ff", ["key k hash 23 at 9", "  1 f = 1 v"]),
            (
                "19 016b 0102030405060708 17 17000000 0300 816602 817602 f400e40b540200000009 ff",
                ["key k hash 25 at 9", "  1 f = 1 v expiry 10000000000"]
            ),
            // A module's value: a number of each kind, and a string.
            (
                "07 016b 8145e25238df912c03 01 01 05 02 4005 03 00000000 04 0000000000000000 05 03616263 00",
                ["key k module ReJSON-RL 7 at 9"]
            ),
            // A stream of 7.2: a node, a group with a pending entry, a consumer that has it.
            (
                "15 016b 01 03616263 02 6465 01 01 00 01 00 00 00 01 01 0167 01 00 01"
                    + "01 00000000000000010000000000000000 0000000000000000 01"
                    + "01 0163 0000000000000000 0000000000000000 01 00000000000000010000000000000000",
                ["key k stream 21 at 9"]
            ),
            ("0f 016b 00 00 00 00 00", ["key k stream 15 at 9"]),
        ] as [(String, [String])])
    func types(hexadecimal: String, findings: [String]) {
        #expect(records(hexadecimal) == findings + ["keyEnd"])
    }

    @Test("What is no key: a module's data, functions before 7.0's release, slots")
    func otherRecords() {
        let found = records("f7 8145e25238df912c03 02 02 01 05 00 f4 01 02 03 fb 01 00")
        #expect(
            found == [
                "\(RDBEvent.moduleData(RDBModuleType(rawValue: 5035677737576115203)))",
                "tableSizes(keys: 1, expiring: 0)",
            ])
        // Many modules write that they have nothing.
        #expect(records("f7 8145e25238df912c03 02 02 00 fb 01 00") == ["tableSizes(keys: 1, expiring: 0)"])
        #expect(records("f6 0161 0162 01 0163 02 6465") == ["function 2"])
    }

    /// An identifier of a stream's entry, as pending ones have it.
    private static let identifier = "00000000000000010000000000000000"

    @Test(
        "What Redis 8 and Valkey 9 write",
        arguments: [
            // What modules keep with a key: one class, a number and a string.
            ("0013", "f3 01 11223344 02 05 05 03616263 00 00 016b 0176", ["key k string 0 at 23 metadata", "  1 v"]),
            // A stream of 8.6 with two producers, the second of which has no entry.
            (
                "0013", "1a 016b 00 00 00 00 00 00 00 00 00 00 05 40c8 02 0170 01 0131 05 00 0171 00 07 01",
                ["key k stream 26 at 9"]
            ),
            // One of 8.8 with a group, whose only entry was given back.
            (
                "0014",
                "1b 016b 01 03616263 02 6465 01 01 00 01 00 00 00 01 01 0167 01 00 01 01 \(identifier)"
                    + " 0000000000000000 01 01 0163 0000000000000000 0000000000000000 00 01 \(identifier) 00 00 00 00 00",
                ["key k stream 27 at 9"]
            ),
            // Fields with their deadlines behind them, one of them with none.
            (
                "080", "16 016b 02 0166 0176 00e40b5402000000 0167 0177 ffffffffffffffff",
                ["key k hash 22 at 9", "  1 f = 1 v expiry 10000000000", "  1 g = 1 w"]
            ),
            // Slots that were being taken over.
            ("080", "f3 036a6f62 02 00 05 40c8 43e8 00 016b 0176", ["key k string 0 at 21", "  1 v"]),
        ] as [(String, String, [String])])
    func laterReleases(version: String, hexadecimal: String, findings: [String]) {
        #expect(records(hexadecimal, version: version) == findings + ["keyEnd"])
    }

    @Test("What is longer than is held is passed over, with its length")
    func longestHeld() {
        let long = String(repeating: "61", count: 40)
        let hexadecimal =
            "00 28\(long) 0176 00 0173 28\(long) 04 0168 02 0166 28\(long) 28\(long) 0176 03 017a 01 28\(long) 0131"
            + "14 016c 0f 0f000000 0200 816102 83322e3504 ff 12 0171 02 01 28\(long) 02 0f 0f000000 0200 816102 83322e3504 ff"
        let file = RDBFileDriver.file(version: "0011", hexadecimal)
        let found = SplitVerifier.verify(file) { RDBFileDriver.read($0, longestHeld: 12) }
        #expect(found.first == "version(11)" && found.last == "end at \(file.count), verified")
        #expect(
            found.filter { $0.hasPrefix("  ") } == [
                "  1 v", "  40 passed over", "  1 = 40 passed over", "  40 = 1 passed over", "  40 passed over",
                "  15 passed over", "  40 passed over", "  15 passed over",
            ])
        #expect(found.contains("key \(String(repeating: "a", count: 40)) string 0 at 9"))
    }

    @Test(
        "Damage is reported with its place",
        arguments: [
            ("RODIS0011", "not an RDB file at byte 0"),
            ("VULKAN080", "not an RDB file at byte 0"),
            ("VALKEY0x0", "not an RDB file at byte 0"),
            ("VALKEY08", "unexpected end of the data at byte 8"),
            ("REDIS00x1", "not an RDB file at byte 0"),
            ("REDIS_URL=redis://h", "not an RDB file at byte 0"),
            ("REDIS0013", "unexpected end of the data at byte 9"),
            ("REDIS0000", "unsupported version 0 of the format at byte 0"),
            ("REDIS00", "unexpected end of the data at byte 7"),
            ("", "unexpected end of the data at byte 0"),
            ("REDIS0011", "unexpected end of the data at byte 9"),
            ("REDIS0011\u{1A}", "unknown type of value 26 at byte 9"),
            (
                "REDIS0011\u{06}",
                "the value of a module as release candidates of Redis 4.0 wrote it is not supported, only the module can read it, at byte 9"
            ),
            ("REDIS0013\u{08}", "unknown type of value 8 at byte 9"),
            ("REDIS0012\u{1C}", "type 28 of version 12 of the RDB format is not supported, at byte 9"),
            ("REDIS0015\u{1C}", "type 28 of version 15 of the RDB format is not supported, at byte 9"),
            ("VALKEY080\u{17}", "type 23 of version 80 of Valkey's RDB format is not supported, at byte 9"),
            ("REDIS0011\u{00}\u{01}k\u{05}abc", "unexpected end of the data at byte 16"),
            ("REDIS0011\u{01}\u{01}k\u{02}\u{01}a", "unexpected end of the data at byte 15"),
            ("REDIS0011\u{0A}\u{01}k\u{02}ab", "a ziplist is damaged at byte 12"),
        ])
    func damage(text: String, message: String) {
        #expect(verify([UInt8](text)).last == message)
    }

    @Test("A wrong checksum is reported at the end")
    func wrongChecksum() throws {
        var file = try Fixtures.bytes("redis-7.0-kinds.rdb")
        file[file.count - 1] ^= 1
        #expect(RDBFileDriver.read([file]).last?.hasPrefix("wrong checksum: ") == true)
        #expect(RDBFileDriver.read([file]).last?.hasSuffix(" at byte \(file.count - 8)") == true)
    }

    @Test("A long string is passed over in bounded memory")
    func longString() throws {
        var reader = RDBFileReader()
        let length = 40 << 20
        let beginning = [UInt8]("REDIS0011") + [UInt8](hexadecimal: "00 016b 80 02800000")
        var sent = 0
        var chunk = beginning
        var events: [RDBEvent] = []
        while events.last != .keyEnd {
            let event = try chunk.withUnsafeBytes { try reader.next(in: $0, isLast: false) }
            if case .needMore(let consumed) = event {
                try #require(consumed == chunk.count, "nothing is left over within a string")
                chunk = [UInt8](repeating: 0x78, count: min(1 << 20, length - sent))
                sent += chunk.count
            } else {
                events.append(event)
            }
        }
        #expect(events == [.version(11), .key, .element, .keyEnd])
        #expect(reader.element.length == length)
        #expect(reader.byteOffset == beginning.count + length)
    }

    @Test("No file stops the reader, and the pieces do not matter")
    func garbage() throws {
        var random = SeededGenerator()
        let files =
            try ["redis-7.0-kinds.rdb", "redis-7.0-lru-nochecksum.rdb"].map { try Fixtures.bytes($0) } + [
                RDBFileDriver.file(
                    version: "0012",
                    "18 016b 0102030405060708 02 00 0166 0176 05 0167 0177 0b 016a 0a 0200000001000000 0100"),
                RDBFileDriver.file(
                    version: "0006", "0e 016b 01 0d 0d0000000a0000000100 00f2 ff 03 016c 02 0161 03322e35 0162 ff"),
            ]
        for round in 0..<SeededGenerator.rounds(6_000) {
            let file = random.mutate(files[random.below(files.count)])
            let cut = random.below(file.count + 1)
            let contents: RDBFileReader.Contents = round % 2 == 0 ? .bytes : .lengths
            let whole = RDBFileDriver.read([file], contents: contents)
            let halves = RDBFileDriver.read([Array(file[..<cut]), Array(file[cut...])], contents: contents)
            guard whole == halves else {
                Issue.record("seed \(random.seed), round \(round), cut \(cut): \(whole.suffix(2)) \(halves.suffix(2))")
                return
            }
        }
    }
}

extension String {
    /// A finding of the driver without the bytes and scores, which one that reads lengths does not have.
    fileprivate var withoutContents: String {
        guard hasPrefix("  ") else { return self }
        let words = split(separator: " ")
        guard let equals = words.firstIndex(of: "=") else { return "  \(words[0])" }
        return "  \(words[0]) = \(words[equals + 1])"
    }
}
