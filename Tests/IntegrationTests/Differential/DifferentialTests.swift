import ClusterCore
import Foundation
import TestSupport
import Testing

/// Random streams of all supported commands are answered as redis-server 7.0 answers them, but for what is known to be
/// different in 2.8.
///
/// `CLUSTERCTL_DIFFERENTIAL_SECONDS=300` lets it run for five minutes, `CLUSTERCTL_TEST_SEED` repeats a run.
@Suite(.blocking, .enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
struct DifferentialTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["CLUSTERCTL_DIFFERENTIAL_SECONDS"]
        .flatMap { Int($0) } ?? 0
    /// At least so many, however fast the machine is.
    private static let fewestRequests = 20_000
    private static let batchesBetweenAudits = 40

    @Test(arguments: [1, 3])
    func `a random stream is answered as by redis-server`(shards: Int) async throws {
        let seed = SeededGenerator().seed &+ UInt64(shards)
        print("differential test: \(shards) shards, seed \(seed)")
        let peer = try RedisServer()
        try #require(try peer.version().hasPrefix("7.0."), "the known differences are those of Redis 7.0")
        try await withServer {
            $0.shards = shards
        } run: { server in
            var run = DifferentialRun(
                ours: try server.connect(), peers: try TestClient(peer.endpoint), SeededGenerator(seed: seed))
            let clock = ContinuousClock()
            let start = clock.now
            do {
                while run.requestCount < Self.fewestRequests || clock.now - start < .seconds(Self.seconds) {
                    for _ in 0..<Self.batchesBetweenAudits { try run.runBatch() }
                    try run.compareData()
                }
            } catch {
                Issue.record(
                    "CLUSTERCTL_TEST_SEED=\(seed &- UInt64(shards)), \(shards) shards: \(error)\nlog: \(server.log.lines)"
                )
            }
            let met = run.met.values.reduce(0, +)
            print(
                "differential test: \(run.requestCount) requests in \(clock.now - start), "
                    + "\(met) answers differ in \(run.met.count) known ways")
        }
    }
}
