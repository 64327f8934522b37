import Foundation
import TestSupport
import Testing
import WireFormats

/// `clusterctl import` of files as people have them, those of public reports among them.
@Suite("clusterctl import of stored files", .blocking)
struct StoredFileImportTests {
    /// The inputs that `sizes` and `lint` are tested with, too.
    private static let stored = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "CompatibilityTests/Fixtures/Stored").path(percentEncoded: false)

    /// What is true of a file.
    struct Truth: CustomTestStringConvertible {
        let file: String
        /// The keys and what GET, LRANGE or HGETALL say of them.
        var keys: [String: String] = [:]
        var status = 0
        /// What stderr says.
        var words: [String] = []

        var testDescription: String { file }
    }

    private static let restored = ["s": "hello", "l": "e0 e1 e2 e3 e4", "h": "a 1 b 2"]

    static let truths: [Truth] = [
        Truth(file: "aof-flushall.aof", keys: ["after": "2"]),
        Truth(file: "aof-flushdb-async.aof", keys: ["after": "2"]),
        Truth(file: "aof-move.aof", status: 1, words: ["skipped 'a': it goes to database 2"]),
        Truth(
            file: "aof-eval.aof", status: 1, words: ["skipped 'eval': what the script does to keys is not in the log"]),
        Truth(file: "aof-restore-replace.aof", keys: restored),
        Truth(file: "aof-restore-absttl.aof", keys: restored),
        Truth(file: "aof-restore-v10.aof", keys: restored),
        Truth(file: "aof-multi-no-exec.aof", keys: ["foo": "hello"], words: ["the end, from byte 56 on, is torn"]),
        Truth(file: "aof-partial-exec.aof", keys: ["foo": "hello"], words: ["the end, from byte 104 on, is torn"]),
        Truth(
            file: "aof-zero-tail.aof", keys: ["a": "1"], status: 3,
            words: ["at byte 50: what stands before it is imported"]),
        Truth(
            file: "aof-newline-tail.aof", keys: ["a": "1"], status: 3,
            words: ["a line feed where a command was to begin"]),
        Truth(
            file: "rdb12-hash-field-ttl.rdb", keys: ["cart:1": "pear 4 apple 3", "cart:2": "apple 3"], status: 1,
            words: ["changed 'cart:1': 1 field has a time to live", ": 2 keys, 1 field expired, 1 changed"]),
        Truth(file: "rdb-database-3.rdb", status: 1, words: ["skipped 'k': it is in database 3"]),
        Truth(file: "rdb-version-13-plain.rdb", keys: ["k": "v"]),
        Truth(file: "rdb-valkey-80-plain.rdb", keys: ["k": "v"]),
        Truth(
            file: "rdb-with-eof-mark.rdb", keys: ["greeting": "hello"],
            words: ["40 bytes behind the end of the RDB data"]),
        Truth(
            file: "resp-lf-only.txt", status: 3,
            words: ["byte 0: this is no append-only file", "LF alone", "nothing is imported"]),
    ]

    private static func contents(_ client: Client, _ keys: some Collection<String>) throws -> [String: String] {
        var found: [String: String] = [:]
        for key in keys {
            let readers = ["string": ["GET", key], "list": ["LRANGE", key, "0", "-1"], "hash": ["HGETALL", key]]
            guard let reader = readers[try client.ask("TYPE", key)] else { continue }
            found[key] = reader.count == 2 ? try client.ask(reader[0], key) : try client.ask(reader[0], key, "0", "-1")
        }
        return found
    }

    @Test(arguments: truths) func `import brings what is true of a file`(_ truth: Truth) async throws {
        let cluster = try await Cluster("--replicas", "0")
        let file = "\(Self.stored)/\(truth.file)"
        let ending = try await Program.run("import", "--port", "\(cluster.port)", file)
        #expect(ending.status == truth.status, "\(ending)")
        for words in truth.words { #expect(ending.errors.contains(words), "\(ending)") }
        let names = Set(Self.truths.flatMap(\.keys.keys) + ["a", "k"])
        #expect(try Self.contents(try cluster.client(), names) == truth.keys, "\(ending)")
        try await cluster.stop()
    }

    @Test(arguments: truths.filter { $0.status == 1 })
    func `a strict import of what cannot be kept as it is imports nothing`(_ truth: Truth) async throws {
        let cluster = try await Cluster("--replicas", "0")
        let file = "\(Self.stored)/\(truth.file)"
        let ending = try await Program.run("import", "--strict", "--port", "\(cluster.port)", file)
        #expect(ending.status == 1 && ending.errors.contains("so nothing is imported"), "\(ending)")
        #expect(try Self.contents(try cluster.client(), truth.keys.keys).isEmpty)
        try await cluster.stop()
    }

    // MARK: gzip, folders, pipes

    private static func log(_ lines: String...) -> [UInt8] {
        lines.flatMap { RequestEncoder.encode(AOFImportTests.words($0)) }
    }

    @Test func `gzip is read, a log's folder is, and what comes through a pipe`() async throws {
        let folder = Folder()
        folder.write("one.aof", Self.log("SELECT 0", "SET a 1", "FLUSHALL", "SET b 2"))
        folder.write(
            "many.manifest", "file base.aof seq 1 type b\nfile old.aof seq 1 type h\nfile incr.aof seq 1 type i\n")
        folder.write("base.aof", Self.log("SELECT 0", "SET a 1"))
        folder.write("old.aof", Self.log("SELECT 0", "SET old 1"))
        folder.write("incr.aof", Self.log("SELECT 0", "SET c 3"))
        for sources in [["one.aof", "", "pipe"], ["one.aof.gz", ".", "many.manifest.gz"]] {
            for source in sources {
                let cluster = try await Cluster("--replicas", "0")
                let path = source.isEmpty || source == "." ? folder.path : folder.path(source)
                let ending: Program.Ending
                if source == "pipe" {
                    ending = try await Program.shell(
                        "cat \(folder.path("one.aof")) | $CLUSTERCTL import --strict --port \(cluster.port) /dev/stdin")
                } else {
                    ending = try await Program.run("import", "--port", "\(cluster.port)", path)
                }
                #expect(ending.status == 0, "\(source): \(ending)")
                let isLog = source.hasPrefix("one") || source == "pipe"
                let found = try Self.contents(try cluster.client(), ["a", "b", "c", "old"])
                #expect(found == (isLog ? ["b": "2"] : ["a": "1", "c": "3"]), "\(source): \(ending)")
                try await cluster.stop()
            }
            for name in ["one.aof", "base.aof", "incr.aof", "many.manifest"] where folder.exists(name) {
                #expect(try await Program.shell("gzip \(folder.path(name))").status == 0)
            }
        }
    }

    @Test func `a base that is missing or empty and named is damage`() async throws {
        let folder = Folder()
        folder.write("a.manifest", "file base.aof seq 1 type b\nfile incr.aof seq 1 type i\n")
        folder.write("incr.aof", Self.log("SELECT 0", "SET c 3"))
        let cluster = try await Cluster("--replicas", "0")
        for content in [nil, ""] {
            if let content { folder.write("base.aof", content) }
            let ending = try await Program.run("import", "--port", "\(cluster.port)", folder.path)
            #expect(ending.status == 3 && ending.errors.contains("base.aof"), "\(ending)")
            #expect(ending.errorLines.count == 1, "\(ending)")
        }
        #expect(try cluster.client().ask("EXISTS", "c") == "0")
        try await cluster.stop()
    }

    @Test func `only the last file of a log may be torn`() async throws {
        let folder = Folder()
        folder.write("a.manifest", "file base.aof seq 1 type b\nfile one.aof seq 1 type i\nfile two.aof seq 2 type i\n")
        folder.write("base.aof", Self.log("SELECT 0", "SET a 1"))
        for (one, two, status) in [("SET b 2", "*3\r\n$3", 0), ("SET b 2\n*3\r\n$3", "", 3)] {
            let parts = one.split(separator: "\n", maxSplits: 1)
            let torn = parts.count > 1 ? Array(String(parts[1]).utf8) : []
            folder.write("one.aof", Self.log("SELECT 0", String(parts[0])) + torn)
            folder.write("two.aof", Self.log("SELECT 0", "SET c 3") + Array(two.utf8))
            let cluster = try await Cluster("--replicas", "0")
            let ending = try await Program.run("import", "--port", "\(cluster.port)", folder.path)
            #expect(ending.status == status, "\(ending)")
            if status == 3 { #expect(ending.errors.contains("one.aof: byte 50: "), "\(ending)") }
            let lint = try await Program.run("lint", "--isolated", folder.path)
            let sizes = try await Program.run("sizes", folder.path)
            #expect(lint.status == status && sizes.status == status, "\(lint)\(sizes)")
            try await cluster.stop()
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends the reading, and what was carried is finished`(_ signal: CInt) async throws {
        let folder = Folder()
        var bytes: [UInt8] = []
        for index in 0..<60_000 {
            bytes += RequestEncoder.encode(["SET", "k\(index)", "1", "PXAT", "4000000000000"].map { Array($0.utf8) })
        }
        let log = folder.write("log.aof", bytes)
        let cluster = try await Cluster("--replicas", "0")
        let client = try cluster.client()
        let program = try Program(["import", "--port", "\(cluster.port)", log])
        let hasBegun = await isTrueSoon { (try? client.ask("EXISTS", "k0")) == "1" }
        program.send(signal)
        let ending = try await program.ending()
        #expect(hasBegun && (ending.status == 130 || ending.status == 0), "\(ending)")
        if ending.status == 130 {
            #expect(ending.errorLines.count == 1 && ending.errors.contains("interrupted: what was read"), "\(ending)")
        }
        let left = Int64(try client.ask("PTTL", "k0")) ?? 0
        #expect(left > 0 && left < 4_000_000_000_000, "\(left)")
        try await cluster.stop()
    }

    @Test(arguments: ["", "* a list\n", "# a remark\n# another\n", "*3\r\n$3\r\nSET\r\n", "REDIS_URL=redis://h/1\n"])
    func `what holds no command is refused`(_ text: String) async throws {
        let folder = Folder()
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program.run("import", "--port", "\(cluster.port)", folder.write("file", text))
        #expect(ending.status == 3 && ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("nothing is imported"), "\(ending)")
        try await cluster.stop()
    }

    // MARK: Fields with a time to live

    @Test func `a log's fields with a time to live are listed, those whose time is over are gone`() async throws {
        let folder = Folder()
        let lines = [
            "SELECT 0", "HSET h a 1 b 2 c 3 d 4 e 5", "HPEXPIREAT h 1000 FIELDS 2 a b",
            "HPEXPIREAT h 4000000000000 FIELDS 3 c d none", "HSET h b 22", "HPERSIST h FIELDS 1 d", "HDEL h e",
            "HSET all a 1", "HPEXPIREAT all 1000 FIELDS 1 a", "HSET r f 1 g 2", "HPEXPIREAT r 1000 FIELDS 1 f",
            "RENAME r s",
            "COPY s t", "HSETEX x PXAT 1000 FIELDS 2 f 1 g 2", "HSETEX x KEEPTTL FIELDS 1 f 3", "HSETEX x FIELDS 1 g 4",
            "HSET y f 1", "HPEXPIREAT y 1000 FIELDS 1 f", "DEL y", "HSET y f 2", "HSET z f 1 g 2",
            "HGETDEL z FIELDS 1 f",
            "HGETEX z PXAT 1000 FIELDS 1 g", "HGETEX z PERSIST FIELDS 1 g", "HPEXPIREAT z 4000000000000 NX FIELDS 1 g",
            "HPEXPIREAT z 1000 GT FIELDS 1 g",
        ]
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program.run("import", "--port", "\(cluster.port)", AOFImportTests.log(folder, lines))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errorLines.count == 3, "\(ending)")
        #expect(ending.errors.contains("changed 'h': 1 field has a time to live"), "\(ending)")
        #expect(ending.errors.contains("changed 'z': 1 field has a time to live"), "\(ending)")
        let keys = try Self.contents(try cluster.client(), ["h", "all", "r", "s", "t", "x", "y", "z"])
        #expect(
            keys == [
                "h": "b 22 c 3 d 4", "s": "g 2", "t": "g 2", "x": "g 4", "y": "f 2", "z": "g 2",
            ], "\(ending)")
        try await cluster.stop()
    }

    @Test func `functions and what scripts do are told, what changes nothing is not`() async throws {
        let folder = Folder()
        let lines = [
            "SELECT 0", "SCRIPT LOAD x", "EVALSHA 6b1bf486c81ceb7edf3c093f4c48582e38c0e791 0", "FCALL f 1 k",
            "FUNCTION LOAD x", "FUNCTION FLUSH", "SCRIPT FLUSH", "PUBLISH c m", "SPUBLISH c m", "SET a 1",
        ]
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program.run("import", "--port", "\(cluster.port)", AOFImportTests.log(folder, lines))
        #expect(ending.status == 1 && ending.errorLines.count == 4, "\(ending)")
        for name in ["EVALSHA", "FCALL", "FUNCTION"] { #expect(ending.errors.contains("skipped '\(name)': ")) }
        #expect(try cluster.client().ask("GET", "a") == "1")
        try await cluster.stop()
    }

    // MARK: Bounds

    @Test func `a value of which a small gzip file has hundreds of megabytes takes no such memory`() async throws {
        let folder = Folder()
        let bytes = 400_000_000
        let script = """
            { printf '*3\\r\\n$3\\r\\nSET\\r\\n$3\\r\\nbig\\r\\n$\(bytes)\\r\\n'; head -c \(bytes) /dev/zero; \
              printf '\\r\\n*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\na\\r\\n$1\\r\\n1\\r\\n'; } \
              | gzip -1 > \(folder.path("big.aof.gz"))
            """
        #expect(try await Program.shell(script).status == 0)
        let cluster = try await Cluster("--replicas", "0")
        let file = folder.path("big.aof.gz")
        // The address space that the program has without any data is some 200 MB.
        func run(_ command: String, kilobytes: Int) async throws -> Program.Ending {
            try await Program.shell("ulimit -v \(kilobytes); exec $CLUSTERCTL \(command) \(file)")
        }
        let sizes = try await run("sizes", kilobytes: 400_000)
        #expect(sizes.status == 1 && sizes.output.contains("400,000,000 bytes"), "\(sizes)")
        let lint = try await run("lint", kilobytes: 500_000)
        #expect(lint.status == 1 && lint.output.contains("value-too-large"), "\(lint)")
        let ending = try await run("import --port \(cluster.port)", kilobytes: 400_000)
        #expect(ending.status == 1 && ending.errors.contains("skipped 'big'"), "\(ending)")
        #expect(try cluster.client().ask("GET", "a") == "1")
        try await cluster.stop()
    }
}
