import ClusterCore
import Foundation
import Glibc
import TestSupport
import Testing

/// Each node keeps a log of its own, which has what the shard has; one of a shard's logs counts, the primary's.
@Suite(.blocking)
struct NodeLogTests {
    private static let keys = ArgumentGenerator.keys

    private static func configure(
        _ configuration: inout ServerConfiguration, _ folder: TemporaryFolder, replicas: Int = 2, shards: Int = 2
    ) {
        configuration.shards = shards
        configuration.replicas = replicas
        configuration.nodeTimeoutMilliseconds = 20
        configuration.directory = folder.path(to: "data")
        configuration.rewriteMinimumBytes = 16 * 1024
    }

    /// The node whose log counts, without its checksum.
    private static func counting(_ folder: TemporaryFolder, shard: Int = 0) throws -> String {
        let path = folder.path(to: "data/shard-\(shard)/clusterctl.primary")
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: " ").first.map(String.init) ?? ""
    }

    /// What the logs of the nodes with this number have, as redis-server loads them.
    private static func loaded(_ folder: TemporaryFolder, node: Int, shards: Int = 2) throws -> Contents {
        var contents = Contents()
        for shard in 0..<shards {
            let peer = try RedisServer(loading: folder.path(to: "data/shard-\(shard)/node-\(node)"))
            contents.merge(try Contents(of: keys, try TestClient(peer.endpoint)))
        }
        return contents
    }

    private static func kill(_ name: String, _ admin: inout AdminClient, _ client: TestClient) throws {
        _ = try admin.ask(["NODE", "KILL", name])
        #expect(
            try waits { try admin.nodes().contains { $0.isPrimary && $0.name != name && $0.name.first == name.first } })
    }

    private static func awaitAll(_ admin: inout AdminClient) throws {
        #expect(try waits { try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete } })
    }

    @Test(
        .enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"),
        arguments: ["writes", "rewrites", "failovers"])
    func `redis-server loads every node's log and finds what the shards have`(_ disturbance: String) async throws {
        let seed = SeededGenerator().seed
        let folder = try TemporaryFolder()
        let expected = try await withServer {
            Self.configure(&$0, folder)
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            for round in 0..<4 {
                try stream.run(300)
                switch disturbance {
                case "rewrites": _ = try admin.ask(["SAVE"])
                case "failovers":
                    let name =
                        try admin.nodes().first { $0.isPrimary && $0.name.hasPrefix("\(round % 2)-") }?.name ?? ""
                    try Self.kill(name, &admin, client)
                    try stream.run(100)
                    _ = try admin.ask(["NODE", "RESTART", name])
                    try Self.awaitAll(&admin)
                default: break
                }
            }
            try stream.run(200)
            return try Contents(of: Self.keys, client)
        }
        for node in 0...2 {
            let differences = try Self.loaded(folder, node: node).differences(from: expected)
            #expect(differences.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed), node \(node): \(differences)")
        }
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `the logs of replicas come up to the primary's while the cluster runs`() async throws {
        let seed = SeededGenerator().seed
        let folder = try TemporaryFolder()
        try await withServer {
            Self.configure(&$0, folder)
        } run: { server in
            let client = try server.connect()
            var stream = RandomStream(SeededGenerator(seed: seed), client)
            try stream.run(300)
            let expected = try Contents(of: Self.keys, client)
            for node in 1...2 {
                var differences: [String] = []
                let isEqual = try waits {
                    // A copy: redis-server opens what it loads for writing, too.
                    let copy = try TemporaryFolder()
                    try FileManager.default.copyItem(
                        atPath: folder.path(to: "data"), toPath: copy.path(to: "data"))
                    differences = try Self.loaded(copy, node: node).differences(from: expected)
                    return differences.isEmpty
                }
                #expect(isEqual, "CLUSTERCTL_TEST_SEED=\(seed), node \(node): \(differences)")
            }
        }
    }

    @Test func `the log of a promoted replica counts, before and after a start`() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<3 {
            try await withServer {
                Self.configure(&$0, folder, shards: 1)
            } run: { server in
                let client = try server.connect()
                var admin = try AdminClient(path: server.adminPath)
                #expect(try Self.counting(folder) == (round == 0 ? "0-0" : "0-\(round)"))
                #expect(try client("INCR", "n") == .integer(Int64(2 * round + 1)))
                let next = "0-\(round + 1)"
                // Only one node is left to be promoted.
                let primary = try admin.nodes().first(where: \.isPrimary)?.name
                for node in try admin.nodes() where node.name != primary && node.name != next {
                    _ = try admin.ask(["NODE", "KILL", node.name])
                }
                guard round < 2, let primary else { return }
                try Self.kill(primary, &admin, client)
                #expect(try client("INCR", "n") == .integer(Int64(2 * round + 2)))
                #expect(try Self.counting(folder) == next)
            }
        }
    }

    @Test func `a planned failover lets the other log count, too`() async throws {
        let folder = try TemporaryFolder()
        try await withServer {
            Self.configure(&$0, folder, replicas: 1, shards: 1)
        } run: { server in
            var admin = try AdminClient(path: server.adminPath)
            for turn in 1...4 {
                #expect(try server.connect()("INCR", "n") == .integer(Int64(turn)))
                _ = try admin.ask(["FAILOVER", "0", "GRACEFUL"])
                #expect(try Self.counting(folder) == "0-\(turn % 2)")
            }
            #expect(try server.connect()("INCR", "n") == .integer(5))
        }
        try await withServer {
            Self.configure(&$0, folder, replicas: 1, shards: 1)
        } run: { (server) throws in
            #expect(try server.connect()("GET", "n") == .text("5"))
        }
    }

    @Test func `any number of replicas loads what any other has left`() async throws {
        let folder = try TemporaryFolder()
        let seed = SeededGenerator().seed
        var expected = Contents()
        for (round, replicas) in [0, 2, 1, 0, 3, 0].enumerated() {
            expected = try await withServer {
                Self.configure(&$0, folder, replicas: replicas)
            } run: { server in
                let client = try server.connect()
                let differences = try Contents(of: Self.keys, client).differences(from: expected)
                #expect(differences.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed), round \(round): \(differences)")
                var stream = RandomStream(SeededGenerator(seed: seed &+ UInt64(round)), client)
                try stream.run(200)
                var admin = try AdminClient(path: server.adminPath)
                // The nodes with the greatest numbers are left: there are none such at the next start.
                for number in 0..<replicas {
                    for shard in 0..<2 {
                        let name = "\(shard)-\(number)"
                        guard try admin.nodes().contains(where: { $0.name == name && $0.isPrimary }) else {
                            _ = try admin.ask(["NODE", "KILL", name])
                            continue
                        }
                        try Self.kill(name, &admin, client)
                    }
                }
                try stream.run(100)
                return try Contents(of: Self.keys, client)
            }
            let nodes = try FileManager.default.contentsOfDirectory(atPath: folder.path(to: "data/shard-0"))
            #expect(nodes.filter { $0.hasPrefix("node-") }.count == replicas + 1, "\(nodes)")
        }
    }
}

// MARK: - Layouts

extension NodeLogTests {
    /// Brings a folder into the layout of a clusterctl that kept one log a shard.
    private static func makeOlder(_ folder: TemporaryFolder) throws {
        let files = FileManager.default
        let shard = folder.path(to: "data/shard-0")
        try files.moveItem(atPath: "\(shard)/node-0/appendonlydir", toPath: "\(shard)/appendonlydir")
        for name in try files.contentsOfDirectory(atPath: shard) where name != "appendonlydir" {
            try files.removeItem(atPath: "\(shard)/\(name)")
        }
    }

    /// Writes a value and ends; returns what a start says that goes wrong.
    private static func write(_ value: Int, _ folder: TemporaryFolder, replicas: Int = 1) throws {
        let cluster = try ClusterProcess(
            "--dir", folder.path(to: "data"), "--shards", "1", "--replicas", "\(replicas)")
        let client = try TestClient(cluster.endpoint)
        for key in 0..<50 { #expect(try client("SET", "key:\(key)", value) == .ok) }
        cluster.terminate()
        #expect(cluster.waitForEnd() == 0)
    }

    private static func expectRefusal(_ folder: TemporaryFolder, status: Int32, _ parts: String...) throws {
        let process = try ChildProcess(
            ClusterProcess.program,
            [
                "start", "--port", "0", "--admin-socket", folder.path(to: "admin.sock"), "--dir",
                folder.path(to: "data"), "--shards", "1",
            ])
        #expect(process.waitForEnd() == status)
        for part in parts { #expect(process.errors.contains(part), "\(process.errors)") }
        #expect(process.errors.split(separator: "\n").count == 1, "\(process.errors)")
    }

    @Test func `the layout with one log a shard is taken over`() throws {
        let folder = try TemporaryFolder()
        try Self.write(7, folder)
        try Self.makeOlder(folder)
        // As a crash leaves it that comes before the log is moved.
        try FileManager.default.createDirectory(
            atPath: folder.path(to: "data/shard-0/node-0"), withIntermediateDirectories: true)
        for _ in 0..<2 {
            let cluster = try ClusterProcess("--dir", folder.path(to: "data"), "--shards", "1")
            let client = try TestClient(cluster.endpoint)
            for key in 0..<50 { #expect(try client("GET", "key:\(key)") == .text("7")) }
            cluster.kill()
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path(to: "data/shard-0/appendonlydir")))
        #expect(try Self.counting(folder) == "0-0")
    }

    @Test func `where it is not written which log counts, several are refused and the only one is loaded`() throws {
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        let primary = "data/shard-0/clusterctl.primary"
        try Self.write(7, other)
        try FileManager.default.removeItem(atPath: other.path(to: primary))
        try Self.expectRefusal(other, status: 3, other.path(to: primary), "0-0, 0-1", "0-0 was written to last")
        try Self.write(7, folder, replicas: 0)
        try FileManager.default.removeItem(atPath: folder.path(to: primary))
        let cluster = try ClusterProcess("--dir", folder.path(to: "data"), "--shards", "1")
        #expect(try TestClient(cluster.endpoint)("GET", "key:1") == .text("7"))
    }

    @Test func `two layouts in one folder are refused`() throws {
        let folder = try TemporaryFolder()
        try Self.write(7, folder)
        let shard = folder.path(to: "data/shard-0")
        try FileManager.default.copyItem(atPath: "\(shard)/node-0/appendonlydir", toPath: "\(shard)/appendonlydir")
        try Self.expectRefusal(folder, status: 2, shard, "older clusterctl", "move away")
    }

    @Test func `a log that counts and is not there is refused, another one can be named`() throws {
        let folder = try TemporaryFolder()
        try Self.write(7, folder)
        let shard = folder.path(to: "data/shard-0")
        let primary = "\(shard)/clusterctl.primary"
        try FileManager.default.moveItem(atPath: "\(shard)/node-0", toPath: folder.path(to: "away"))
        try Self.expectRefusal(folder, status: 3, primary, "node 0-0", "\(shard)/node-0")
        try Data("what\n".utf8).write(to: URL(fileURLWithPath: primary))
        try Self.expectRefusal(folder, status: 3, primary, "not a node of this shard")
        try Data("0-1\n".utf8).write(to: URL(fileURLWithPath: primary))
        let cluster = try ClusterProcess("--dir", folder.path(to: "data"), "--shards", "1")
        #expect(try TestClient(cluster.endpoint)("GET", "key:1") == .text("7"), "the replica's log has the same")
    }
}

// MARK: - Trouble

extension NodeLogTests {
    @Test func `a replica's log that is removed is an event and begun anew, and the shard serves on`() async throws {
        let folder = try TemporaryFolder()
        let log = folder.path(to: "data/shard-0/node-1/appendonlydir")
        let manifest = log + "/appendonly.aof.manifest"
        try await withServer {
            Self.configure(&$0, folder, replicas: 1, shards: 1)
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            #expect(try client("SET", "a", 1) == .ok)
            #expect(waits { FileManager.default.fileExists(atPath: manifest) })
            try FileManager.default.removeItem(atPath: folder.path(to: "data/shard-0/node-1"))
            #expect(
                try waits {
                    try admin.events().contains { $0.kind == "log failure" && $0.text.contains("node 0-1") }
                })
            #expect(try client("SET", "a", 2) == .ok, "the shard serves on")
            #expect(try waits { try admin.events().contains { $0.kind == "log repaired" } })
            #expect(FileManager.default.fileExists(atPath: manifest))
            try Self.kill("0-0", &admin, client)
            #expect(try client("GET", "a") == .text("2"))
            #expect(try Self.counting(folder) == "0-1")
        }
        try await withServer {
            Self.configure(&$0, folder, replicas: 1, shards: 1)
        } run: { (server) throws in
            #expect(try server.connect()("GET", "a") == .text("2"))
        }
    }

    /// A disk of 64 KB for the log of node 0-1; nil where this process may not mount one.
    private static func smallDisk(_ folder: TemporaryFolder) throws -> (grow: () -> Void, unmount: () -> Void)? {
        let path = folder.path(to: "data/shard-0/node-1")
        try FileManager.default.createDirectory(
            atPath: path + "/../node-0/appendonlydir", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0 else { return nil }
        return (
            { mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=64m") }, { umount2(path, Int32(MNT_DETACH)) }
        )
    }

    @Test func `a full disk of a replica's log holds nobody up, and loses nothing when that replica is promoted`()
        throws
    {
        let folder = try TemporaryFolder()
        guard let (grow, unmount) = try Self.smallDisk(folder) else {
            return print("full disk of a replica: skipped, since no file system can be mounted here")
        }
        defer { unmount() }
        let options = [
            "--dir", folder.path(to: "data"), "--fsync", "always", "--shards", "1", "--node-timeout", "20ms",
            "--wait-for-primary",
        ]
        let cluster = try ClusterProcess(options)
        let client = try TestClient(cluster.endpoint)
        var admin = try AdminClient(path: cluster.adminPath)
        // Bytes that no base makes shorter: one of all keys has no room either.
        var random = SeededGenerator(seed: 1)
        let value = random.bytes(10_000)
        for number in 0..<20 { #expect(try client("SET", "key:\(number)", value) == .ok) }
        #expect(waits { cluster.log.contains("node 0-1, a replica") }, "\(cluster.log)")
        #expect(cluster.log.contains("No space left on device"), "\(cluster.log)")
        #expect(try client("SET", "a", 1) == .ok)
        // Its log cannot be the one that counts: writes are refused until it can.
        _ = try admin.ask(["NODE", "KILL", "0-0"])
        #expect(try waits { try client("SET", "a", 2).errorText?.hasPrefix("MISCONF") == true }, "\(cluster.log)")
        #expect(try client("GET", "a") == .text("1"), "reads go on")
        #expect(try Self.counting(folder) == "0-0")
        grow()
        #expect(try waits { try client("SET", "a", 3) == .ok }, "\(cluster.log)")
        #expect(try Self.counting(folder) == "0-1")
        cluster.kill()
        let next = try ClusterProcess(options)
        let reader = try TestClient(next.endpoint)
        #expect(try reader("GET", "a") == .text("3"))
        for number in 0..<20 { #expect(try reader("EXISTS", "key:\(number)") == .integer(1)) }
    }
}
