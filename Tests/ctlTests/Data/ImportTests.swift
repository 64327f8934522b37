import Glibc
import Testing
import WireFormats

/// `clusterctl import`, `export`, `snapshot` and `--load`: data from and for elsewhere.
@Suite("clusterctl import")
struct ImportTests {
    /// A small RDB file of version 6 with two keys, one that is too long, and one that has expired.
    private static func file(_ folder: Folder, others: [String] = []) -> String {
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
        for key in others { add(key, "5") }
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

    @Test func `a strict import lists all that cannot be kept, and imports nothing`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--max-key-bytes", "100")
        let file = Self.file(folder, others: [String(repeating: "j", count: 101), "c"])
        let ending = try await Program.run("import", "--strict", "--port", "\(cluster.port)", file)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errorLines.count == 3, "\(ending)")
        #expect(ending.errors.contains("key is 128 bytes, the limit is 100"), "\(ending)")
        #expect(ending.errors.contains("key is 101 bytes, the limit is 100"), "\(ending)")
        #expect(
            ending.errorLines.last?.contains("2 things cannot be kept, so nothing is imported") == true, "\(ending)")
        let client = try cluster.client()
        #expect(try client.ask("EXISTS", "a") == "0")
        #expect(try client.ask("EXISTS", "c") == "0")
        try await cluster.stop()
    }

    @Test func `a strict import in which all can be kept imports all`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--max-key-bytes", "200")
        let ending = try await Program.run("import", "--strict", "--port", "\(cluster.port)", Self.file(folder))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.hasSuffix("3 keys, 1 expired\n"), "\(ending)")
        #expect(try cluster.client().ask("GET", "a") == "1")
        try await cluster.stop()
    }

    @Test func `a strict import of a log is tried as a whole`() async throws {
        let folder = Folder()
        let bytes = ["SET a 1", "APPEND a 23", "APPEND a 456789", "SET b 1"].flatMap { line in
            RequestEncoder.encode(line.split(separator: " ").map { Array($0.utf8) })
        }
        folder.write("log.aof", bytes)
        let log = folder.path("log.aof")
        let cluster = try await Cluster("--max-value-bytes", "5")
        let ending = try await Program.run("import", "--strict", "--port", "\(cluster.port)", log)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("'a': ERR value under the key would be 9 bytes, the limit is 5"), "\(ending)")
        for key in ["a", "b"] { #expect(try cluster.client().ask("EXISTS", key) == "0") }
        try await cluster.stop()
        let start = try await Program.run(
            "start", "--port", "0", "--strict", "--max-value-bytes", "5", "--load", log)
        #expect(start.status == 1 && start.output.isEmpty, "\(start)")
        #expect(start.errors.contains("so nothing is imported"), "\(start)")
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

    @Test func `a snapshot without a name is refused`() async throws {
        let ending = try await Program.run("snapshot", "save", "")
        #expect(ending.status == 2 && ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("the name is empty"), "\(ending)")
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
