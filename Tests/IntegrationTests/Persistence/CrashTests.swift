import Foundation
import TestSupport
import Testing

/// What was acknowledged is there after a crash, whole: the program is killed by SIGKILL at random moments while clients
/// write, started again, and asked.
///
/// `CLUSTERCTL_CRASH_ROUNDS=500` crashes it as often; `CLUSTERCTL_TEST_SEED` repeats the moments.
@Suite(.blocking)
struct CrashTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["CLUSTERCTL_CRASH_ROUNDS"].flatMap { Int($0) } ?? 25
    private static let writers = 4

    @Test(arguments: [1, 3])
    func `nothing that was acknowledged is lost, and nothing is half there`(loops: Int) async throws {
        var random = SeededGenerator()
        let seed = random.seed
        let folder = try TemporaryFolder()
        let options = [
            "--dir", folder.path(to: "data"), "--fsync", "always", "--loops", "\(loops)", "--shards", "5",
            "--rewrite-minimum", "32k", "--log-level", "error",
        ]
        var writers = (0..<Self.writers).map { CrashWriter(number: $0) }
        for round in 0..<Self.rounds {
            let cluster = try ClusterProcess(options)
            let client = try TestClient(cluster.endpoint)
            for writer in writers {
                let problems = try writer.check(client)
                #expect(problems.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed), round \(round): \(problems)")
            }
            let milliseconds = 5 + random.below(120)
            let (endpoint, process) = (cluster.endpoint, cluster.identifier)
            writers = try await withThrowingTaskGroup(of: CrashWriter.self) { group in
                for writer in writers {
                    let writer = try writer.adopting(client)
                    group.addTask { writer.write(to: endpoint) }
                }
                group.addTask {
                    usleep(useconds_t(milliseconds * 1_000))
                    kill(process, SIGKILL)
                    return CrashWriter(number: -1)
                }
                var result: [CrashWriter] = []
                for try await writer in group where writer.number >= 0 { result.append(writer) }
                return result.sorted { $0.number < $1.number }
            }
            #expect(cluster.waitForEnd() == 128 + SIGKILL)
        }
        let total = writers.reduce(0) { $0 + $1.acknowledged }
        print(
            "crash test: \(Self.rounds) crashes, \(loops) loops, \(total) acknowledged rounds of writes, seed \(seed)")
        #expect(total > 0, "nothing was ever acknowledged")
    }
}

/// A client that writes numbers that must stay in step, and remembers which it was told are written.
private struct CrashWriter: Sendable {
    let number: Int
    /// The last number that was sent, and the last one that was acknowledged.
    private(set) var sent = 0
    private(set) var acknowledged = 0

    init(number: Int) {
        self.number = number
    }

    private func key(_ name: String) -> String { "\(name):\(number)" }

    /// Writes until the connection breaks: a counter, a list, a transaction and an MSET over several shards.
    func write(to endpoint: Endpoint) -> CrashWriter {
        var writer = self
        guard let client = try? TestClient(endpoint, limit: .seconds(10)) else { return writer }
        while true {
            writer.sent += 1
            let n = writer.sent
            do {
                let replies = try client.pipeline([
                    ["INCR", key("counter")], ["RPUSH", key("list"), n], ["MULTI"], ["SET", key("a"), n],
                    ["SET", key("b"), n], ["INCR", key("c")], ["HINCRBY", key("d"), "n", 1], ["EXEC"],
                    ["MSET", key("x"), n, key("y"), n, key("z"), n],
                    ["SETEX", key("t"), 1_000, n],
                    ["RPOPLPUSH", key(n % 2 == 0 ? "left" : "right"), key(n % 2 == 0 ? "right" : "left")],
                ])
                guard replies.last?.errorText == nil, replies[1].number != nil else { return writer }
                writer.acknowledged = n
            } catch {
                return writer
            }
        }
    }

    /// What is wrong with what the cluster has after a restart.
    func check(_ client: TestClient) throws -> [String] {
        var problems: [String] = []
        func expect(_ isTrue: Bool, _ problem: @autoclosure () -> String) { if !isTrue { problems.append(problem()) } }
        func value(_ name: String) throws -> Int {
            Int(String(decoding: try client("GET", key(name)).bytes ?? [0x30], as: UTF8.self)) ?? -1
        }
        let counter = try value("counter")
        expect(
            (acknowledged...max(sent, acknowledged)).contains(counter),
            "counter \(counter), acknowledged \(acknowledged), sent \(sent)")
        let list = try client("LRANGE", key("list"), 0, -1).elements ?? []
        let numbers = list.compactMap { Int(String(decoding: $0.bytes ?? [], as: UTF8.self)) }
        expect(numbers == Array(1..<numbers.count + 1), "list has gaps: \(numbers.suffix(5))")
        expect(
            (acknowledged...max(sent, acknowledged)).contains(numbers.count),
            "list of \(numbers.count), acknowledged \(acknowledged)")
        let (a, b, c) = (try value("a"), try value("b"), try value("c"))
        let d = Int(String(decoding: try client("HGET", key("d"), "n").bytes ?? [0x30], as: UTF8.self)) ?? -1
        expect(a == b && b == c && c == d, "half a transaction: \(a) \(b) \(c) \(d)")
        expect(a >= acknowledged, "transaction \(a) lost, acknowledged \(acknowledged)")
        let (x, y, z) = (try value("x"), try value("y"), try value("z"))
        expect(x == y && y == z && x >= acknowledged, "MSET: \(x) \(y) \(z), acknowledged \(acknowledged)")
        let ttl = try client("TTL", key("t")).number ?? 0
        expect(acknowledged == 0 || ttl > 0, "a value without its time to live: \(ttl)")
        let tokens = (try client("LLEN", key("left")).number ?? 0) + (try client("LLEN", key("right")).number ?? 0)
        expect(tokens == (acknowledged == 0 && tokens == 0 ? 0 : 1), "\(tokens) tokens")
        return problems
    }

    /// The writer that goes on from what the cluster has: what was sent and not acknowledged may be there or not.
    func adopting(_ client: TestClient) throws -> CrashWriter {
        var writer = self
        let list = Int(try client("LLEN", key("list")).number ?? 0)
        let parts = ["counter", "c", "a", "b", "x", "y", "z"]
        // All keys are brought to the same number: the last one that any of them shows.
        for part in parts { try client("SET", key(part), list) }
        try client("HSET", key("d"), "n", list)
        try client("SETEX", key("t"), 1_000, list)
        try client("DEL", key("left"))
        try client("DEL", key("right"))
        try client("RPUSH", key("left"), "token")
        writer.sent = list
        writer.acknowledged = list
        return writer
    }
}
