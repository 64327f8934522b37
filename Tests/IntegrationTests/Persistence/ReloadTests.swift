import ClusterCore
import TestSupport
import Testing

/// What was written is there again after a restart, and redis-server finds the same in our files.
@Suite(.blocking)
struct ReloadTests {
    private static let keys = ArgumentGenerator.keys

    @Test(arguments: [1, 3])
    func `a random stream is there again after a restart`(shards: Int) async throws {
        let seed = SeededGenerator().seed &+ UInt64(shards)
        let folder = try TemporaryFolder()
        for round in 0..<6 {
            let expected = try await write(round, seed, shards, folder)
            let found = try await withServer {
                configure(&$0, shards, folder)
            } run: { server in
                try Contents(of: Self.keys, try server.connect())
            }
            let differences = found.differences(from: expected)
            #expect(
                differences.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed &- UInt64(shards)), round \(round): \(differences)")
        }
    }

    private func configure(_ configuration: inout ServerConfiguration, _ shards: Int, _ folder: TemporaryFolder) {
        configuration.shards = shards
        configuration.directory = folder.path(to: "data")
        configuration.rewriteMinimumBytes = 0
    }

    /// Writes for a while, and now and then rewrites the files meanwhile; returns what the keys hold.
    private func write(_ round: Int, _ seed: UInt64, _ shards: Int, _ folder: TemporaryFolder) async throws -> Contents
    {
        try await withServer {
            configure(&$0, shards, folder)
        } run: { server in
            let client = try server.connect()
            var stream = RandomStream(SeededGenerator(seed: seed &+ UInt64(round)), client)
            var admin = try AdminClient(path: server.adminPath)
            for _ in 0..<4 {
                try stream.run(500)
                if round % 2 == 1 { _ = try admin.ask(["SAVE"]) }
            }
            #expect(try admin.number("COMPARE") == shards)
            return try Contents(of: Self.keys, client)
        }
    }

    @Test(
        .enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"), arguments: [false, true])
    func `redis-server loads our files`(isRewritten: Bool) async throws {
        let seed = SeededGenerator().seed
        let folder = try TemporaryFolder()
        let expected = try await withServer {
            configure(&$0, 3, folder)
        } run: { server in
            let client = try server.connect()
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            try stream.run(2_000)
            if isRewritten {
                var admin = try AdminClient(path: server.adminPath)
                _ = try admin.ask(["SAVE"])
                try stream.run(300)
            }
            return try Contents(of: Self.keys, client)
        }
        var found = Contents()
        for shard in 0..<3 {
            let peer = try RedisServer(loading: folder.path(to: "data/shard-\(shard)/node-0"))
            found.merge(try Contents(of: Self.keys, try TestClient(peer.endpoint)))
        }
        let differences = found.differences(from: expected)
        #expect(differences.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed): \(differences)")
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `redis-server loads our export`() async throws {
        let seed = SeededGenerator().seed
        let folder = try TemporaryFolder()
        let expected = try await withServer { server in
            let client = try server.connect()
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            try stream.run(2_000)
            var admin = try AdminClient(path: server.adminPath)
            _ = try admin.ask(["EXPORT", folder.path(to: "dump.rdb")])
            return try Contents(of: Self.keys, client)
        }
        let peer = try RedisServer(loading: folder.path, isLog: false)
        let found = try Contents(of: Self.keys, try TestClient(peer.endpoint))
        let differences = found.differences(from: expected)
        #expect(differences.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed): \(differences)")
    }

    @Test func `a snapshot comes back, in the files too`() async throws {
        let seed = SeededGenerator().seed
        let folder = try TemporaryFolder()
        let expected = try await withServer {
            configure(&$0, 3, folder)
        } run: { server in
            let client = try server.connect()
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            var admin = try AdminClient(path: server.adminPath)
            try stream.run(500)
            let expected = try Contents(of: Self.keys, client)
            #expect(throws: AdminClient.Failure.self) { try admin.number("SNAPSHOT", "SAVE", "") }
            _ = try admin.number("SNAPSHOT", "SAVE", "clean")
            try stream.run(500)
            _ = try admin.number("SNAPSHOT", "RESTORE", "clean")
            #expect(try Contents(of: Self.keys, client).differences(from: expected) == [])
            #expect(try admin.number("COMPARE") == 3)
            return expected
        }
        let found = try await withServer {
            configure(&$0, 3, folder)
        } run: { server in
            try Contents(of: Self.keys, try server.connect())
        }
        #expect(found.differences(from: expected) == [], "CLUSTERCTL_TEST_SEED=\(seed)")
    }
}
