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
