import ClusterCore
import Foundation
import TestSupport
import Testing

/// What was acknowledged is there after a crash in the middle of failovers: nodes are killed, hang, come back and hand
/// their role over while clients write, then the whole program is killed by SIGKILL, started again with any number of
/// replicas, and asked.
///
/// `CLUSTERCTL_CRASH_ROUNDS=500` crashes it as often; `CLUSTERCTL_TEST_SEED` repeats the moments.
@Suite(.blocking)
struct FailoverCrashTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["CLUSTERCTL_CRASH_ROUNDS"].flatMap { Int($0) } ?? 25
    private static let writers = 3
    private static let shards = 3

    @Test func `a crash during failovers loses nothing that was acknowledged, and leaves nothing half there`()
        async throws
    {
        var random = SeededGenerator()
        let seed = random.seed
        let folder = try TemporaryFolder()
        var writers = (0..<Self.writers).map { CrashWriter(number: $0) }
        var switches = 0
        for round in 0..<Self.rounds {
            let cluster = try ClusterProcess([
                "--dir", folder.path(to: "data"), "--fsync", "always", "--shards", "\(Self.shards)", "--loops", "2",
                "--replicas", "\(1 + random.below(3))", "--node-timeout", "4ms", "--wait-for-primary",
                "--rewrite-minimum", "32k", "--log-level", "critical",
            ])
            let client = try TestClient(cluster.endpoint)
            for writer in writers {
                let problems = try writer.check(client)
                #expect(problems.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed), round \(round): \(problems)")
            }
            let before = try Self.counting(folder)
            let milliseconds = 40 + random.below(250)
            let disturbance = SeededGenerator(seed: random.next())
            let (endpoint, process, path) = (cluster.endpoint, cluster.identifier, cluster.adminPath)
            var problems: [String] = []
            (writers, problems) = try await withThrowingTaskGroup(of: (CrashWriter?, [String]).self) { group in
                for writer in writers { group.addTask { Self.keepWriting(writer, endpoint) } }
                group.addTask {
                    Self.disturb(disturbance, path)
                    return (nil, [])
                }
                group.addTask {
                    Self.awaitWrite(endpoint)
                    usleep(useconds_t(milliseconds * 1_000))
                    kill(process, SIGKILL)
                    return (nil, [])
                }
                var result: ([CrashWriter], [String]) = ([], [])
                for try await (writer, problems) in group {
                    if let writer { result.0.append(writer) }
                    result.1 += problems
                }
                return (result.0.sorted { $0.number < $1.number }, result.1)
            }
            #expect(problems.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed), round \(round): \(problems)")
            #expect(cluster.waitForEnd() == 128 + SIGKILL)
            if try Self.counting(folder) != before { switches += 1 }
        }
        let errors = writers.flatMap(\.errors)
        #expect(errors.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed): with --wait-for-primary nothing is refused")
        let total = writers.reduce(0) { $0 + $1.acknowledged }
        print(
            "failover crash test: \(Self.rounds) crashes, \(switches) of them with another log that counts, "
                + "\(total) acknowledged rounds of writes, seed \(seed)")
        #expect(total > 0, "nothing was ever acknowledged")
        #expect(switches > 0, "no failover was ever finished")
    }

    /// The nodes whose logs count, by shard.
    private static func counting(_ folder: TemporaryFolder) throws -> [String] {
        try (0..<shards).map {
            try String(contentsOfFile: folder.path(to: "data/shard-\($0)/clusterctl.primary"), encoding: .utf8)
        }
    }

    /// Waits until somebody has written something, on a machine that has much else to do.
    private static func awaitWrite(_ endpoint: Endpoint) {
        // A connection each time: planned failovers reset them.
        func written() -> Int64 {
            guard let client = try? TestClient(endpoint) else { return 0 }
            return (0..<writers).reduce(0) { $0 + ((try? client("LLEN", "list:\($1)").number) ?? 0) }
        }
        let before = written()
        _ = waits(atMost: .seconds(10)) { written() > before }
    }

    /// Writes until the program is gone; where a planned failover has reset the connection, looks at what is there and
    /// goes on.
    private static func keepWriting(_ writer: CrashWriter, _ endpoint: Endpoint) -> (CrashWriter, [String]) {
        var writer = writer
        var problems: [String] = []
        while problems.isEmpty, let client = try? TestClient(endpoint, limit: .seconds(10)) {
            do {
                problems += try writer.check(client)
                writer = try writer.adopting(client).write(to: endpoint)
            } catch {
                writer = writer.noting(error)
            }
        }
        return (writer, problems)
    }

    /// Does things to nodes until the program is gone.
    private static func disturb(_ random: SeededGenerator, _ path: String) {
        var random = random
        guard var admin = try? AdminClient(path: path) else { return }
        do {
            while true {
                let shard = random.below(shards)
                let nodes = try admin.nodes().filter { $0.name.hasPrefix("\(shard)-") }
                guard let primary = nodes.first(where: \.isPrimary), primary.state == "running" else {
                    usleep(500)
                    continue
                }
                switch random.below(6) {
                case 0, 1: _ = try? admin.ask(["FAILOVER", "\(shard)", "GRACEFUL"])
                case 2: _ = try admin.ask(["NODE", "KILL", primary.name])
                case 3: _ = try admin.ask(["NODE", "STOP", primary.name])
                case 4: _ = try admin.ask(["SAVE"])
                default:
                    // All nodes of the shard: the one that is started first has the keys of the log that counts.
                    guard random.isOne(in: 4) else { continue }
                    for node in nodes { _ = try admin.ask(["NODE", "KILL", node.name]) }
                }
                usleep(useconds_t(random.below(12_000)))
                var gone = try admin.nodes().filter { $0.state != "running" }
                gone.shuffle(using: &random)
                for node in gone {
                    let isResumed = random.isOne(in: 3) && node.state == "stopped"
                    _ = try admin.ask(["NODE", isResumed ? "RESUME" : "RESTART", node.name])
                }
            }
        } catch {}
    }
}
