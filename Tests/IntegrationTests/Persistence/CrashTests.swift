import Foundation
import TestSupport
import Testing

/// What was acknowledged is there after a crash, whole: the program is killed by SIGKILL at random moments while
/// clients write, started again, and asked.
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
