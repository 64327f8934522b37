import Testing

@testable import WireFormats

@Suite("Manifests of append-only folders")
struct AOFManifestTests {
    @Test("What redis-server 7.0.15 writes")
    func manifest() throws {
        let manifest = try AOFManifest(
            [UInt8]("file appendonly.aof.3.base.rdb seq 3 type b\nfile appendonly.aof.3.incr.aof seq 3 type i\n"))
        #expect(
            manifest.files == [
                AOFManifest.File(name: [UInt8]("appendonly.aof.3.base.rdb"), sequence: 3, kind: .base),
                AOFManifest.File(name: [UInt8]("appendonly.aof.3.incr.aof"), sequence: 3, kind: .incremental),
            ])
    }

    @Test("Order of keys, unknown keys, comments and quotes")
    func lenient() throws {
        let manifest = try AOFManifest(
            [UInt8](
                "# old\nTYPE h seq 1 file old\nstartoffset 0 seq 2 type i file \"a \\x62\"\ntype b file base seq 1\nfile c seq 3 type i"
            ))
        #expect(manifest.files.map(\.name) == ["old", "a b", "base", "c"].map { [UInt8]($0) })
        #expect(manifest.dataFiles.map(\.name) == ["base", "a b", "c"].map { [UInt8]($0) })
    }

    @Test(
        "What Redis refuses, with its line",
        arguments: [
            ("", .empty, 1), ("# nothing\n", .empty, 1), ("file a seq 1 type b\n\n", .notPairs, 2),
            ("file a seq 1", .notPairs, 1), ("file a seq 1 type b x", .notPairs, 1),
            ("file \"a seq 1 type b", .notPairs, 1),
            ("file ../a seq 1 type b", .badName, 1), ("file .. seq 1 type b", .badName, 1),
            ("fil a seq 1 type b", .badName, 1),
            ("file a seq x type b", .badSequence, 1), ("file a seq 0 type b", .badSequence, 1),
            ("file a seq 1 type x", .badType, 1), ("file a seq 1 type bb", .badType, 1),
            ("file a seq 1 type b\nfile b seq 2 type b", .severalBases, 2),
            ("file a seq 2 type i\nfile b seq 2 type i", .sequenceNotAscending, 2),
        ] as [(String, AOFManifestError.Kind, Int)])
    func refused(text: String, kind: AOFManifestError.Kind, line: Int) {
        #expect(throws: AOFManifestError(kind: kind, line: line)) { try AOFManifest([UInt8](text)) }
    }

    @Test("A manifest that was written with its checksum is read again, and no flipped bit of it as another one")
    func checksum() throws {
        let manifest = AOFManifest([
            AOFManifest.File(name: [UInt8]("appendonly.aof.3.base.rdb"), sequence: 3, kind: .base, size: 4711),
            AOFManifest.File(name: [UInt8]("appendonly.aof.4.incr.aof"), sequence: 4, kind: .incremental),
        ])
        let bytes = manifest.bytes
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "#CRC64:9caa52f9a1e12222\nfile appendonly.aof.3.base.rdb seq 3 type b size 4711\n"
                + "file appendonly.aof.4.incr.aof seq 4 type i\n")
        #expect(try AOFManifest(bytes) == manifest)
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                guard let read = try? AOFManifest(flipped) else { continue }
                #expect(read.files == manifest.files, "bit \(bit) of byte \(index)")
            }
            #expect((try? AOFManifest([UInt8](bytes[..<index]))) == nil, "\(index) bytes")
        }
    }

    @Test("Sizes that are none are refused")
    func badSize() {
        for text in ["-1", "x", "99999999999999999999"] {
            #expect(throws: AOFManifestError(kind: .badSize, line: 1)) {
                try AOFManifest([UInt8]("file a seq 1 type b size \(text)\n"))
            }
        }
    }

    @Test("Lines of 1,024 bytes are refused")
    func longLine() {
        let line = [UInt8]("file a seq 1 type b x ")
        #expect(throws: Never.self) { try AOFManifest(line + [UInt8](repeating: 0x79, count: 1023 - line.count)) }
        #expect(throws: AOFManifestError(kind: .lineTooLong, line: 1)) {
            try AOFManifest(line + [UInt8](repeating: 0x79, count: 1024 - line.count))
        }
    }

    @Test("A file of commands that mentions a file is no manifest")
    func detection() {
        #expect(AOFManifest.isManifest([UInt8]("# c\nfile a seq 1 type b\n")))
        #expect(
            !AOFManifest.isManifest([UInt8]("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$24\r\n\nfile a seq 1 type b\n\n\n\r\n")))
        #expect(!AOFManifest.isManifest([]))
    }
}
