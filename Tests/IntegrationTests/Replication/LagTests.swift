import ClusterCore
import TestSupport
import Testing

/// Where replicas lag behind, a failover loses acknowledged writes, and each of them is listed.
///
/// The clock is moved by hand: what the replicas lack does not depend on how fast the machine is.
@Suite(.blocking)
struct LagTests {
    private static let lag = 300
    private static let timeout = 10

    /// Moves the clock until all replicas have what was written.
    private static func letReplicasCatchUp(_ admin: inout AdminClient) throws {
        let haveAll = try waits {
            _ = try admin.number("CLOCK", "ADVANCE", "\(lag)")
            return try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete && $0.bytesBehind == 0 }
        }
        #expect(haveAll)
    }

    @Test func `each lost write is listed with its key and client, and no other`() async throws {
        try await withServer(clock: Clock(stoppedAt: 1_700_000_000_000)) {
            $0.shards = 1
            $0.replicas = 2
            $0.nodeTimeoutMilliseconds = Int64(Self.timeout)
            $0.replicationLagMilliseconds = Int64(Self.lag)
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            #expect(try client("SET", "early", 1) == .ok)
            try Self.letReplicasCatchUp(&admin)
            let names = (0..<50).map { "late:\($0)" }
            for name in names { #expect(try client("SET", name, 1) == .ok) }
            #expect(
                try client.pipeline([["MULTI"], ["SET", "t:1", 1], ["SADD", "t:2", 1], ["EXEC"]]).last?.elements?.count
                    == 2)
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            _ = try admin.number("CLOCK", "ADVANCE", "\(Self.timeout)")
            #expect(try waits { try client("GET", "early") == .text("1") })
            let losses = try admin.losses()
            for name in names { #expect(try client("EXISTS", name) == .integer(0)) }
            #expect(Set(losses.list.map { String(decoding: $0.key, as: UTF8.self) }) == Set(names + ["t:1", "t:2"]))
            #expect(losses.list.allSatisfy { $0.client.hasPrefix("127.0.0.1:") })
            #expect(try admin.events().contains { $0.kind == "loss" })
            _ = try admin.ask(["NODE", "RESTART", "0-0"])
            try Self.letReplicasCatchUp(&admin)
            #expect(try admin.number("COMPARE") == 2)
        }
    }

    @Test func `a planned failover loses nothing`() async throws {
        try await withServer {
            $0.shards = 1
            $0.replicationLagMilliseconds = 5_000
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            #expect(try client("SET", "late", 1) == .ok)
            _ = try admin.ask(["FAILOVER", "0", "GRACEFUL"])
            #expect(try server.connect()("GET", "late") == .text("1"))
            #expect(try admin.losses().list.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `after a failover that lost writes a restart loads what clients saw since`(isCrash: Bool) throws {
        let folder = try TemporaryFolder()
        let options = [
            "--dir", folder.path(to: "data"), "--shards", "2", "--replicas", "1", "--node-timeout",
            "\(Self.timeout)ms", "--replication-lag", "\(Self.lag)ms", "--wait-for-primary", "--clock", "manual",
        ]
        let cluster = try ClusterProcess(options)
        let client = try TestClient(cluster.endpoint)
        var admin = try AdminClient(path: cluster.adminPath)
        // `b` is on shard 0, `a` on shard 1.
        #expect(try client("MSET", "a", "early", "b", "early") == .ok)
        try Self.letReplicasCatchUp(&admin)
        for number in 0..<20 { #expect(try client("SET", "{b}:\(number)", 1) == .ok) }
        #expect(try client.pipeline([["MULTI"], ["SET", "a", "late"], ["SET", "b", "late"], ["EXEC"]]).count == 4)
        _ = try admin.ask(["NODE", "KILL", "0-0"])
        _ = try admin.number("CLOCK", "ADVANCE", "\(Self.timeout)")
        #expect(try client("GET", "b") == .text("early"), "a part is lost")
        #expect(try client("GET", "a") == .text("late"), "the other shard's is not")
        #expect(try client("MSET", "a", "last", "b", "last", "{a}:1", "1") == .ok)
        #expect(try admin.losses().list.contains { $0.key == Array("b".utf8) })
        let names = ["a", "b", "{a}:1"] + (0..<20).map { "{b}:\($0)" }
        let expected = try names.map { try client("GET", $0) }
        if isCrash {
            cluster.kill()
        } else {
            cluster.terminate()
            #expect(cluster.waitForEnd() == 0)
        }
        let next = try ClusterProcess(options + ["--strict"])
        let reader = try TestClient(next.endpoint)
        #expect(try names.map { try reader("GET", $0) } == expected)
        #expect(!next.log.contains("cut"), "\(next.log)")
    }
}
