import Foundation
import TestSupport
import Testing
import WireFormats

/// `clusterctl import` of logs of several databases: what the first one holds in the end is what counts.
@Suite("clusterctl import of several databases", .blocking)
struct LogDatabasesTests {
    private static let hasRedis = Machine.has(RedisServer.program)

    /// What a log leaves in a cluster, key by key, and how its import ended.
    private static func imported(
        _ lines: [String], _ options: [String] = [], before: [String] = []
    ) async throws -> (ending: Program.Ending, keys: [String: String]) {
        let folder = Folder()
        let cluster = try await Cluster("--replicas", "0")
        let client = try cluster.client()
        for key in before { _ = try client.ask("SET", key, "before") }
        let log = AOFImportTests.log(folder, lines)
        let ending = try await Program(["import", "--port", "\(cluster.port)", log] + options).ending()
        var keys: [String: String] = [:]
        for key in ["a", "b", "c", "x", "after"] {
            let value = try client.ask("GET", key)
            if value != "nil" { keys[key] = value }
        }
        try await cluster.stop()
        return (ending, keys)
    }

    @Test(arguments: [
        ["SELECT 0", "SET a 1", "FLUSHALL", "SET after 2"], ["SELECT 0", "SET a 1", "FLUSHDB ASYNC", "SET after 2"],
        ["SELECT 0", "SET a 1", "SELECT 3", "SET b 1", "FLUSHALL SYNC", "SELECT 0", "SET after 2"],
        ["SELECT 0", "SET a 1", "MULTI", "FLUSHDB", "SET after 2", "EXEC"],
    ])
    func `what was there before the database was emptied is gone`(_ lines: [String]) async throws {
        for options in [[], ["--strict"]] {
            let (ending, keys) = try await Self.imported(lines, options)
            #expect(ending.status == 0, "\(ending)")
            #expect(keys == ["after": "2"])
        }
    }

    @Test func `the keys that a cluster has are not a log's to remove`() async throws {
        let (ending, keys) = try await Self.imported(["SELECT 0", "SET a 1", "FLUSHALL", "SET after 2"], before: ["x"])
        #expect(ending.status == 0, "\(ending)")
        #expect(keys == ["x": "before", "after": "2"])
    }

    @Test(
        arguments: [
            // Emptying another database, or in a transaction that is not whole, leaves this one alone.
            (["SELECT 0", "SET a 1", "SELECT 1", "FLUSHDB"], ["a": "1"], 0),
            (["SELECT 0", "SET a 1", "MULTI", "FLUSHALL"], ["a": "1"], 0),
            (["SELECT 0", "SET a 1", "SET b 2", "MOVE a 2"], ["b": "2"], 1),
            (["SELECT 0", "SET a 1", "SELECT 2", "SET b 2", "MOVE b 0"], ["a": "1", "b": "2"], 0),
            (["SELECT 0", "SET a 1", "COPY a b DB 2", "DEL a", "SELECT 2", "COPY b c DB 0 REPLACE"], ["c": "1"], 0),
            (["SELECT 0", "SET a 1", "SELECT 1", "SET b 2", "SWAPDB 0 1"], ["b": "2"], 1),
            (["SELECT 0", "SET a 1", "SWAPDB 0 1", "SET b 2", "SWAPDB 1 0", "SET c 3"], ["a": "1", "c": "3"], 1),
            (["SELECT 0", "SET a 1", "MOVE a 1", "SWAPDB 0 1", "SET b 2"], ["a": "1", "b": "2"], 0),
            (["SELECT 0", "SET a 1", "MOVE a 1", "FLUSHDB", "SELECT 1", "MOVE a 0"], ["a": "1"], 0),
            (["SELECT 0", "SET a 1", "MOVE a 1", "FLUSHALL", "SET b 2"], ["b": "2"], 0),
            (
                ["SELECT 4", "SET a 1", "MOVE a 5", "SELECT 5", "SET a 2", "RENAME a b", "MOVE b 0", "SET c 3"],
                ["b": "2"], 0
            ),
        ] as [([String], [String: String], Int)])
    func `databases are emptied, exchanged, and keys moved between them`(
        _ lines: [String], _ expected: [String: String], _ status: Int
    ) async throws {
        let (ending, keys) = try await Self.imported(lines)
        #expect(keys == expected, "\(ending)")
        #expect(ending.status == status, "\(ending)")
    }

    @Test func `what goes to another database is listed with the number that it has in the end`() async throws {
        let (ending, _) = try await Self.imported([
            "SELECT 3", "SET a 1", "SELECT 0", "SET b 1", "MOVE b 3", "SWAPDB 3 7", "SELECT 9", "SET gone 1", "FLUSHDB",
        ])
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("skipped 'a': it is in database 7"), "\(ending)")
        #expect(ending.errors.contains("skipped 'b': it goes to database 7"), "\(ending)")
        #expect(!ending.errors.contains("gone"), "\(ending)")
    }

    @Test func `moved keys are strictly tried, too, and keep their times to live`() async throws {
        let long = String(repeating: "k", count: 128)
        let lines = ["SELECT 1", "SET a 1", "PEXPIREAT a 4000000000000", "SET \(long) 1", "MOVE a 0", "MOVE \(long) 0"]
        let strict = try await Self.imported(lines, ["--strict"])
        #expect(strict.ending.status == 1 && strict.keys.isEmpty, "\(strict.ending)")
        #expect(strict.ending.errors.contains("key is 128 bytes, the limit is 127"), "\(strict.ending)")
        let folder = Folder()
        let cluster = try await Cluster()
        let log = AOFImportTests.log(folder, lines + ["SET b 1", "PEXPIREAT b 1000", "MOVE b 0"])
        let ending = try await Program.run("import", "--port", "\(cluster.port)", log)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.hasSuffix("1 expired, 1 skipped\n"), "\(ending)")
        #expect(Int(try cluster.client().ask("PTTL", "a")) ?? 0 > 1_000_000)
        #expect(try cluster.client().ask("EXISTS", "b") == "0")
        try await cluster.stop()
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `random commands on several databases leave what their server has`() async throws {
        var random = SeededGenerator()
        var lines: [String] = []
        func key() -> String { random.one(of: ["a", "b", "c", "d"]) }
        for number in 0..<400 {
            let database = random.below(3)
            switch random.below(24) {
            case 0: lines.append("SWAPDB \(database) \(random.below(3))")
            case 1: lines.append("FLUSHDB")
            case 2: if random.isOne(in: 4) { lines.append("FLUSHALL") }
            case 3..<6: lines.append("MOVE \(key()) \(database)")
            case 6..<9: lines.append("COPY \(key()) \(key()) DB \(database)\(random.isOne(in: 2) ? " REPLACE" : "")")
            case 9..<12: lines.append("SELECT \(database)")
            case 12: lines.append("DEL \(key())")
            case 13: lines.append("RENAME \(key()) \(key())")
            case 14: lines.append("EXPIRE \(key()) \(1_000 + number)")
            case 15: lines += ["MULTI", "APPEND \(key()) m", "MOVE \(key()) \(database)", "EXEC"]
            case 16: lines.append("RPUSH \(key())l \(number)")
            case 17: lines.append("LMOVE \(key())l \(key())l LEFT RIGHT")
            default: lines.append("APPEND \(key()) \(number)")
            }
        }
        try await AOFImportTests.expectSame(
            after: lines + ["SELECT 0"], allowsErrors: true, statuses: [0, 1], note: "seed \(random.seed)")
    }
}
