import Glibc
import Testing
import WireFormats

/// `clusterctl import`, `export`, `snapshot` and `--load`: data from and for elsewhere.
@Suite("clusterctl import")
struct ImportTests {
    /// A small RDB file of version 6 with two keys, one that is too long, and one that has expired.
    private static func file(_ folder: Folder) -> String {
        var writer = RDBFileWriter()
        func add(_ key: String, _ value: String, expiry: Int64? = nil) {
            Array(key.utf8).withUnsafeBytes { key in
                writer.append(key: key, expiry: expiry) { writer in
                    writer.begin(.string, count: 1)
                    Array(value.utf8).withUnsafeBytes { writer.append($0) }
                }
            }
        }
        add("a", "1")
        add("b", "2", expiry: 4_000_000_000_000)
        add(String(repeating: "k", count: 128), "3")
        add("gone", "4", expiry: 1_000)
        writer.finish()
        var bytes: [UInt8] = []
        writer.take { bytes += $0 }
        folder.write("dump.rdb", bytes)
        return folder.path("dump.rdb")
    }

    @Test func `the keys of a file are imported, and what breaks the contract is listed`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", Self.file(folder))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("skipped 'kkkk"), "\(ending)")
        #expect(ending.errors.contains("key is 128 bytes, the limit is 127"), "\(ending)")
        #expect(ending.errorLines.last?.hasSuffix("2 keys, 1 expired, 1 skipped") == true, "\(ending)")
        let client = try cluster.client()
        #expect(try client.ask("GET", "a") == "1")
        #expect(try client.ask("GET", "b") == "2")
        #expect(try client.ask("EXISTS", "gone") == "0")
        try await cluster.stop()
    }

    @Test func `a strict import ends at what cannot be kept`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--strict", "--port", "\(cluster.port)", Self.file(folder))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("--strict"), "\(ending)")
        try await cluster.stop()
    }

    @Test func `a cluster begins with the data of a file`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--load", Self.file(folder))
        #expect(try cluster.client().ask("GET", "a") == "1")
        try await cluster.stop()
    }

    @Test func `a log is imported, its later forms as those of 2_8`() async throws {
        let folder = Folder()
        var bytes: [UInt8] = []
        for line in [
            "SELECT 0", "SET a 1 PXAT 4000000000000", "INCR a", "SET a 10.5 KEEPTTL", "MULTI", "RPUSH l x", "RPUSH l y",
            "EXEC",
            "SELECT 1", "SET other 1", "SELECT 0", "XADD s * f v",
        ] {
            bytes += RequestEncoder.encode(line.split(separator: " ").map { Array($0.utf8) })
        }
        folder.write("log.aof", bytes + Array("*3\r\n$3\r\nSET\r\n$1".utf8))
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", folder.path("log.aof"))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("byte \(bytes.count) on, is torn"), "\(ending)")
        #expect(ending.errors.contains("skipped 'other': it is in database 1"), "\(ending)")
        #expect(ending.errors.contains("skipped 's': ERR unknown command 'XADD'"), "\(ending)")
        let client = try cluster.client()
        #expect(try client.ask("GET", "a") == "10.5")
        #expect(try client.ask("TTL", "a") != "-1")
        #expect(try client.ask("LLEN", "l") == "2")
        try await cluster.stop()
    }

    @Test(arguments: ["no such file", "redis://127.0.0.1:1", "/tmp", "redis://:secret@127.0.0.1:1"])
    func `a source that cannot be read ends in one line and status 3`(_ source: String) async throws {
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", source)
        #expect(ending.status == 3, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(!ending.errors.contains("secret"), "\(ending)")
        try await cluster.stop()
    }

    @Test(arguments: [
        ("redis://:secret@h:x", "a port is a number"), ("rediss://:secret@h", "TLS"),
        ("redis://:secret@127.0.0.1/3", "database 0 alone"),
    ])
    func `a URL that names no server ends in one line and status 2`(_ url: String, _ words: String) async throws {
        for arguments in [["import", url], ["start", "--port", "0", "--load", url]] {
            let ending = try await Program(arguments).ending()
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.errorLines.count == 1 && ending.errors.contains(words), "\(ending)")
            #expect(!ending.errors.contains("secret"), "\(ending)")
        }
    }

    @Test func `what is no data is refused`() async throws {
        let folder = Folder()
        folder.write("text", Array("hello\n".utf8))
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", folder.path("text"))
        #expect(ending.status == 3, "\(ending)")
        #expect(ending.errors.contains("neither an RDB file nor an append-only log"), "\(ending)")
        try await cluster.stop()
    }

    @Test func `an export is what an import takes`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let client = try cluster.client()
        _ = try client.ask("SET", "a", "1")
        _ = try client.ask("ZADD", "z", "1.5", "m")
        let export = try await Program.run("export", "--port", "\(cluster.port)", "--rdb", folder.path("out.rdb"))
        #expect(export.status == 0, "\(export)")
        #expect(export.errors.contains("2 keys"), "\(export)")
        let other = try await Cluster("--load", folder.path("out.rdb"))
        #expect(try other.client().ask("ZSCORE", "z", "m") == "1.5")
        try await cluster.stop()
        try await other.stop()
    }

    @Test func `a snapshot brings back what there was`() async throws {
        let cluster = try await Cluster()
        let client = try cluster.client()
        _ = try client.ask("SET", "a", "1")
        let port = "\(cluster.port)"
        #expect(try await Program.run("snapshot", "--port", port, "save", "clean").status == 0)
        _ = try client.ask("SET", "a", "2")
        _ = try client.ask("SET", "b", "2")
        #expect(try await Program.run("snapshot", "--port", port, "restore", "clean").status == 0)
        #expect(try client.ask("GET", "a") == "1")
        #expect(try client.ask("EXISTS", "b") == "0")
        let missing = try await Program.run("snapshot", "--port", port, "restore", "other")
        #expect(missing.status != 0)
        #expect(missing.errors.contains("there are clean"), "\(missing)")
        try await cluster.stop()
    }
}
