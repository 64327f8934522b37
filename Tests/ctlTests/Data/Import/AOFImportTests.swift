import TestSupport
import Testing
import WireFormats

/// `clusterctl import` of append-only logs: the transactions in them, and the commands that 2.8 does not have.
@Suite("clusterctl import of a log", .blocking)
struct AOFImportTests {
    private static let hasRedis = Machine.has(RedisServer.program)

    static func words(_ line: String) -> [[UInt8]] { line.split(separator: " ").map { Array($0.utf8) } }

    /// Writes a log of commands.
    static func log(_ folder: Folder, _ lines: [String]) -> String {
        folder.write("log.aof", lines.flatMap { RequestEncoder.encode(words($0)) })
    }

    /// Lets a redis-server run commands, imports its log, and expects what the server has.
    ///
    /// - Parameters:
    ///   - isLazy: whether the server lets a key expire only when a command asks for it, so that its log does not
    ///     tell it before.
    ///   - allowsErrors: whether the server may refuse commands, which its log does not have then.
    ///   - statuses: how the import may end.
    ///   - note: said with what differs.
    static func expectSame(
        after lines: [String], _ options: [String] = [], isLazy: Bool = false, allowsErrors: Bool = false,
        statuses: Set<Int> = [0], note: String = ""
    ) async throws {
        let folder = Folder()
        let server = try RedisServer(
            loading: folder.path, options: isLazy ? ["--enable-debug-command", "yes"] : [])
        let source = try TestClient(server.endpoint)
        for line in (isLazy ? ["DEBUG SET-ACTIVE-EXPIRE 0"] : []) + lines {
            try source.send(words(line))
            let reply = try source.reply()
            #expect(allowsErrors || reply.errorText == nil, "\(line): \(reply)")
            if line == "BGREWRITEAOF" { try waitForRewrite(source) }
        }
        // So that no log is read whose keys are still alive here and not there.
        if isLazy { try await Task.sleep(for: .milliseconds(2_000)) }
        let keys = try source("KEYS", "*").elements?.compactMap(\.bytes) ?? []
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program(
            ["import", "--port", "\(cluster.port)", folder.path("appendonlydir/appendonly.aof.manifest")] + options
        ).ending()
        #expect(statuses.contains(ending.status), "\(ending)")
        // What the log took away must not be there either.
        let names = Set(keys).union(lines.flatMap { words($0).dropFirst() })
        let ours = try Contents(of: Array(names), try TestClient(.port(cluster.port)))
        let differences = ours.differences(from: try Contents(of: keys, source))
        #expect(differences.isEmpty, "\(note)\n\(differences.joined(separator: "\n"))")
        try await cluster.stop()
    }

    private static func waitForRewrite(_ source: TestClient) throws {
        let isDone = waits {
            let text = String(decoding: (try? source("INFO", "persistence"))?.bytes ?? [], as: UTF8.self)
            return text.contains("aof_rewrite_in_progress:0") && text.contains("aof_rewrite_scheduled:0")
        }
        #expect(isDone)
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `a time to live is kept through a transaction, and as the transaction has set it`() async throws {
        try await Self.expectSame(after: [
            "SET k 1 EX 1000", "SET l 1 EX 1000", "SET m 1 EX 1000", "SET n 1",
            "MULTI", "INCRBYFLOAT k 1.5", "SET other x", "EXEC",
            "MULTI", "PERSIST l", "INCRBYFLOAT l 1.5", "EXEC",
            "MULTI", "SET m 2", "EXPIRE m 5000", "INCRBYFLOAT m 1.5", "EXEC",
            "MULTI", "INCRBYFLOAT n 1.5", "EXPIRE n 2000", "INCRBYFLOAT n 1.5", "SET n 7 KEEPTTL", "EXEC",
        ])
    }

    @Test func `a deadline that has wrapped around is none, and one that is far away is kept`() async throws {
        let folder = Folder()
        let log = Self.log(
            folder,
            [
                "SET a 1", "PEXPIREAT a 1", "PEXPIREAT a -9223370336854775809", "SET b 1",
                "PEXPIREAT b 9223372036854775807", "SET c 1", "EXPIREAT c 9223372036854775807", "SET d 1",
                "PEXPIREAT d 1", "SET e 1", "PEXPIREAT e 4500000000000000", "SET e 2 KEEPTTL", "SET f 1",
                "PEXPIREAT f 1", "PEXPIREAT f 9223372036854775807",
            ])
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program(["import", "--port", "\(cluster.port)", log]).ending()
        #expect(ending.status == 0, "\(ending)")
        let client = try TestClient(.port(cluster.port))
        for key in ["a", "c"] { #expect(try client("TTL", key) == .integer(-1), "\(key)") }
        #expect(try client("EXISTS", "d") == .integer(0))
        for (key, least) in [("b", Int64(1) << 62), ("e", 4_490_000_000_000_000), ("f", 1 << 62)] {
            guard case .integer(let left) = try client("PTTL", key) else {
                Issue.record("\(key) is not there")
                continue
            }
            #expect(left > least, "\(key)")
        }
        #expect(try client("GET", "e") == .text("2"))
        try await cluster.stop()
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"), arguments: [[], ["--strict"]])
    func `strings and keys of a later release are those of its server`(_ options: [String]) async throws {
        try await Self.expectSame(
            after: [
                "SET a 1 EX 1000", "SET a 2 XX KEEPTTL", "SET a 3 KEEPTTL GET", "SET b 1", "SET b 2 GET",
                "SET b 3 XX GET EX 100", "SET c 1 NX", "SET d 1", "GETDEL d", "SET e 1", "GETEX e EX 1000", "SET f 1",
                "GETEX f EX 1000", "GETEX f PERSIST", "GETSET f 8", "SETEX g 1000 v",
                "EXPIRE g 2000 GT", "EXPIRE g 1500 LT", "PEXPIREAT g 99999999999999 XX", "EXPIRE f 700 NX",
                "MSET u 1 v 2 w 3", "UNLINK u v", "COPY a a2", "HSET h f 2 g 3", "COPY h b REPLACE",
                "COPY h a2 DB 0 REPLACE", "RENAME a moved", "RENAMENX c c2", "RENAME w b", "HSET h f 5",
                "HMSET h x 1 y 2",
                "HINCRBYFLOAT h f 1.5",
            ], options)
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `lists and sets of a later release are those of its server`() async throws {
        try await Self.expectSame(after: [
            "RPUSH l 1 2 3 4 5 6 7 8 9", "LPOP l 2", "RPOP l 2", "LMPOP 1 l LEFT COUNT 2", "LPUSHX l x y",
            "RPUSHX l z w", "LMOVE l r RIGHT LEFT", "LMOVE l r LEFT LEFT", "LMOVE l r LEFT RIGHT",
            "BLMOVE l r RIGHT RIGHT 0",
            "LMOVE r r LEFT RIGHT", "LMOVE r r RIGHT RIGHT", "BRPOPLPUSH l r 0",
            "RPUSH one x", "EXPIRE one 1000", "LMOVE one one LEFT RIGHT", "RPUSH gone x", "LMOVE gone r LEFT RIGHT",
            "RPUSH all 1 2", "LPOP all 9223372036854775807", "RPUSH all 1 2", "RPOP all 9223372036854775807",
            "SADD s 1 2 3 4 5 6 7 8 a b c d", "SPOP s", "SPOP s 2", "SADD s2 1 2 a b x", "SINTERSTORE s3 s s2",
            "SPOP s2 100",
        ])
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `sorted sets of a later release are those of its server`() async throws {
        try await Self.expectSame(after: [
            "ZADD z 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h 9 i 10 j", "ZADD z NX 1 x", "ZADD z XX CH 8 x", "ZADD z GT CH 9 x",
            "ZADD z LT 1 x", "ZADD z INCR 1.5 x", "ZADD z NX INCR 1 y", "ZADD z CH 3 y 4 x",
            "ZADD z NX 50 a 60 new 70 new", "ZADD z XX 51 b 60 none", "ZADD z GT 1 c 40 d 2 more",
            "ZADD z LT 1 e 40 f +inf far", "ZADD z XX GT CH -inf g 41 h 2 none", "ZPOPMIN z", "ZPOPMAX z 2",
            "BZPOPMIN z 0", "ZMPOP 1 z MAX COUNT 2",
            "GEOADD geo 13.361389 38.115556 Palermo 15.087269 37.502669 Catania",
            "GEOADD geo NX 13 38 Palermo 12 37 Other",
            "ZRANGESTORE r1 z 1 -2", "ZRANGESTORE r2 z 0 1 REV", "ZRANGESTORE r3 z (2 50 BYSCORE",
            "ZRANGESTORE r4 z 50 -inf BYSCORE REV LIMIT 1 2", "ZRANGESTORE r5 z 0 1", "ZRANGESTORE r5 z 100 200",
            "ZADD tiny 1 a", "ZPOPMIN tiny 100", "ZADD tiny 1 a 2 b", "EXPIRE tiny 1000", "ZRANGESTORE tiny tiny 1 1",
        ])
    }

    /// Commands after keys that live for 1.5 s: what extends their time, takes it along, ends it or leaves it.
    private static let extending = [
        "EXPIRE k 100000", "PERSIST p", "RENAME r r2", "EXPIRE r2 1000", "COPY c c2", "PERSIST c2", "SET q 2 KEEPTTL",
        "INCRBYFLOAT q 1.5", "EXPIRE q 500", "SET w x", "SADD s 1", "PEXPIRE s 1500", "SADD t 1 2",
        "SUNIONSTORE s t", "RENAME gone2 gone3", "GETSET g y", "SET onto x", "COPY y onto REPLACE", "SET long x",
        "COPY long onto2 REPLACE", "DEL d", "SET d w", "INCR n", "PERSIST n", "SETEX e 100000 v",
        "MULTI", "EXPIRE m 5000", "RENAME m m2", "INCR m2", "EXEC", "GETEX x EX 700", "EXPIRE long 7200",
        "RPUSH l a", "PEXPIRE l 1500", "LMOVE l l LEFT RIGHT", "PERSIST l", "SET again v PX 1500", "PERSIST again",
    ]
    private static let shortLived = [
        "k", "p", "r", "c", "q", "w", "gone", "gone2", "g", "y", "onto2", "d", "n", "e", "m", "x", "again",
    ].map { "SET \($0) 1 PX 1500" }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"), arguments: [[], ["--strict"]])
    func `a time that had passed by the import counts as the log has changed it later`(
        _ options: [String]
    ) async throws {
        try await Self.expectSame(after: Self.shortLived + Self.extending, options, isLazy: true)
        try await Self.expectSame(
            after: ["SET k v PX 1500", "EXPIRE k 100000", "SET p v PX 1500", "PERSIST p"], options, isLazy: true)
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `what the base of a log says has expired may be extended in the log`() async throws {
        try await Self.expectSame(after: Self.shortLived + ["BGREWRITEAOF"] + Self.extending, isLazy: true)
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `a key that had really expired begins anew`() async throws {
        try await Self.expectSame(
            after: [
                "SET e v PX 1", "RPUSH l a", "PEXPIRE l 1", "SET i 5 PX 1", "DEBUG SLEEP 0.05", "SET e w", "RPUSH l b",
                "INCR i",
            ], isLazy: true)
    }

    @Test func `keys that have expired at the end of a log are deleted and counted`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let lines = [
            "SET a 1", "PEXPIREAT a 1000", "SET b 1", "EXPIREAT b 1", "PERSIST b", "SET c 1 PXAT 1000", "RENAME c d",
            "SET c 2",
        ]
        let ending = try await Program.run("import", "--port", "\(cluster.port)", Self.log(folder, lines))
        #expect(ending.status == 0 && ending.errors.hasSuffix(": 8 commands, 2 expired\n"), "\(ending)")
        let client = try cluster.client()
        #expect(try ["a", "b", "c", "d"].map { try client.ask("PTTL", $0) } == ["-2", "-1", "-1", "-2"])
        try await cluster.stop()
    }

    @Test func `of more keys than are kept without a look at them, none is forgotten`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--replicas", "0")
        let lines = (0..<10_100).flatMap { ["SET k\($0) v", "PEXPIREAT k\($0) 1000"] }
        let ending = try await Program.run("import", "--port", "\(cluster.port)", Self.log(folder, lines))
        #expect(ending.errors.hasSuffix(": 20,200 commands, 10,100 expired\n"), "\(ending)")
        try await cluster.stop()
    }

    @Test(arguments: [[], ["--strict"]])
    func `an import that breaks off leaves no key that has expired`(_ options: [String]) async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let client = try cluster.client()
        _ = try client.ask("SET", "text", "x")
        // A strict one ends at a key of another type, of which the trial knows nothing.
        let lines = ["SET a 1", "PEXPIREAT a 1000", "SET b 1", "PEXPIREAT b 1000"]
        let ends = options.isEmpty ? [] : ["RPUSH text a", "RPUSH text b", "RENAME a c", "RPUSH text c"]
        let log = folder.write(
            "log.aof",
            (lines + ends).flatMap { RequestEncoder.encode(Self.words($0)) }
                + (options.isEmpty ? Array("nonsense\r\n".utf8) : []))
        let ending = try await Program(["import", "--port", "\(cluster.port)", log] + options).ending()
        #expect(ending.status == (options.isEmpty ? 3 : 1), "\(ending)")
        #expect(try ["a", "b", "c"].map { try client.ask("EXISTS", $0) } == ["0", "0", "0"])
        try await cluster.stop()
    }

    @Test(arguments: [
        ["MULTI", "SET a 1", "XADD s * f v", "SET b 2", "EXEC", "SET c 3"],
        ["multi", "SELECT 1", "SET s 1", "SELECT 0", "SET a 1", "SET b 2", "exec", "SET c 3"],
    ])
    func `what a transaction has that cannot be kept is left out alone`(_ lines: [String]) async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let log = Self.log(folder, lines)
        let strict = try await Program.run("import", "--strict", "--port", "\(cluster.port)", log)
        #expect(strict.status == 1 && strict.errorLines.count == 2, "\(strict)")
        #expect(try cluster.client().ask("EXISTS", "a") == "0")
        let ending = try await Program.run("import", "--port", "\(cluster.port)", log)
        #expect(ending.status == 1 && ending.errorLines.count == 2, "\(ending)")
        #expect(ending.errors.contains("skipped 's': "), "\(ending)")
        #expect(ending.errors.hasSuffix(", 1 skipped\n"), "\(ending)")
        for (key, value) in [("a", "1"), ("b", "2"), ("c", "3")] {
            #expect(try cluster.client().ask("GET", key) == value)
        }
        try await cluster.stop()
    }

    @Test func `a transaction without its end is left out`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let log = Self.log(folder, ["SET a 1", "MULTI", "SET b 2"])
        let ending = try await Program.run("import", "--port", "\(cluster.port)", log)
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("is torn and left out"), "\(ending)")
        #expect(ending.errors.hasSuffix(": 1 command\n"), "\(ending)")
        #expect(try cluster.client().ask("EXISTS", "b") == "0")
        try await cluster.stop()
    }

    @Test func `what 2_8 cannot do is named by its key, or by its name where it has none`() async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let lines = [
            "COPY a b DB 1", "ZRANGESTORE d s - + BYLEX", "BITFIELD f SET u8 0 200",
            "RENAME lost found", "ZADD m NX 1", "LPOP p x",
        ]
        let ending = try await Program.run("import", "--port", "\(cluster.port)", Self.log(folder, lines))
        #expect(ending.status == 1, "\(ending)")
        let subjects = ["b", "d", "f", "found", "m", "p"]
        #expect(ending.errorLines.count == subjects.count + 1, "\(ending)")
        for (line, subject) in zip(ending.errorLines, subjects) { #expect(line.hasPrefix("skipped '\(subject)': ")) }
        #expect(ending.errors.contains("'found': its value is that of 'lost', which is not there"), "\(ending)")
        try await cluster.stop()
    }
}
