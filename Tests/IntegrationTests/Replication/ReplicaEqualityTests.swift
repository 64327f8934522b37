import ClusterCore
import TestSupport
import Testing

/// Replicas have what their primaries have, value by value, whatever is written and whatever happens to them.
@Suite(.blocking)
struct ReplicaEqualityTests {
    @Test(arguments: [1, 3])
    func `replicas equal their primaries after a random stream`(shards: Int) async throws {
        let seed = SeededGenerator().seed &+ UInt64(shards)
        try await withServer {
            $0.shards = shards
            $0.replicas = 2
        } run: { server in
            var stream = RandomStream(SeededGenerator(seed: seed), try server.connect())
            var admin = try AdminClient(path: server.adminPath)
            for _ in 0..<10 {
                try stream.run(1_000)
                #expect(try admin.number("COMPARE") == 2 * shards, "CLUSTERCTL_TEST_SEED=\(seed &- UInt64(shards))")
            }
        }
    }

    @Test func `a replica that comes back is filled while the shard is written to`() async throws {
        let seed = SeededGenerator().seed
        var random = SeededGenerator(seed: seed &+ 1)
        try await withServer {
            $0.shards = 2
            $0.replicas = 2
        } run: { server in
            let client = try server.connect()
            for number in 0..<3_000 { try client.send([[0x53, 0x45, 0x54], Array("key:\(number)".utf8), [0x31]]) }
            for _ in 0..<3_000 { _ = try client.reply() }
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            var admin = try AdminClient(path: server.adminPath)
            for _ in 0..<12 {
                let node = "\(random.below(2))-\(random.below(2) + 1)"
                _ = try admin.ask(["NODE", "KILL", node])
                try stream.run(random.below(100))
                _ = try admin.ask(["NODE", "RESTART", node])
                try stream.run(300)
                let isComplete = try waits { try admin.nodes().allSatisfy(\.isComplete) }
                #expect(isComplete)
                #expect(try admin.number("COMPARE") == 4, "CLUSTERCTL_TEST_SEED=\(seed)")
            }
        }
    }
}
