import ClusterCore
import TestSupport
import Testing

/// What a failover keeps and what it breaks.
@Suite(.blocking)
struct FailoverRulesTests {
    private func withShard(
        _ configure: (inout ServerConfiguration) -> Void = { _ in },
        run body: (EmbeddedServer, TestClient, inout AdminClient) throws -> Void
    ) async throws {
        try await withServer {
            $0.shards = 1
            $0.nodeTimeoutMilliseconds = 20
            configure(&$0)
        } run: { server in
            var admin = try AdminClient(path: server.adminPath)
            let client = try server.connect()
            #expect(try client("SET", "a", 1) == .ok)
            try body(server, client, &admin)
        }
    }

    private func awaitPrimary(_ client: TestClient) throws {
        #expect(try waits { try client("PTTL", "none") == .integer(-2) })
    }

    @Test func `connections survive, and every WATCH on the shard is broken`() async throws {
        try await withShard { (_, client, admin) throws in
            #expect(try client("WATCH", "a", "none") == .ok)
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            try awaitPrimary(client)
            #expect(try client.pipeline([["MULTI"], ["SET", "a", 2], ["EXEC"]]).last == .nullArray)
            #expect(try client("GET", "a") == .text("1"))
        }
    }

    @Test func `key locks are kept`() async throws {
        try await withShard { (server, client, admin) throws in
            #expect(try client.pipeline([["MULTI"], ["SET", "a", 2]]).last == .queued)
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            let other = try server.connect()
            try awaitPrimary(other)
            #expect(try other("GET", "a").errorText?.hasPrefix("LOCKED") == true)
            #expect(try client("EXEC") == .array([.ok]))
            #expect(try other("GET", "a") == .text("2"))
        }
    }

    @Test func `a transaction that meets a shard without a primary fails whole`() async throws {
        try await withServer {
            $0.shards = 2
            $0.nodeTimeoutMilliseconds = 60_000
        } run: { server in
            var admin = try AdminClient(path: server.adminPath)
            let client = try server.connect()
            #expect(try client.pipeline([["MULTI"], ["SET", "a", 2], ["SET", "b", 2]]).last == .queued)
            // `b` is on shard 0, `a` on shard 1.
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            #expect(
                try client("EXEC")
                    == .error("CLUSTERDOWN shard 0 has no primary, failover in progress"))
            #expect(try client("GET", "a") == .null)
            #expect(try client("EXEC").errorText == "ERR EXEC without MULTI", "the transaction is over")
        }
    }

    @Test func `a hanging primary is silence, one that comes back in time answers what was asked`() async throws {
        try await withShard {
            $0.nodeTimeoutMilliseconds = 60_000
        } run: { (_, client, admin) throws in
            _ = try admin.ask(["NODE", "STOP", "0-0"])
            try client.send([Array("GET".utf8), Array("a".utf8)])
            #expect(try client.rest(within: .milliseconds(50)).bytes.isEmpty)
            _ = try admin.ask(["NODE", "RESUME", "0-0"])
            #expect(try client.reply() == .text("1"))
        }
    }

    @Test(arguments: ["STOP", "RESUME"])
    func `a dead node can only be restarted, and says so`(action: String) async throws {
        try await withShard {
            $0.nodeTimeoutMilliseconds = 60_000
        } run: { (_, _, admin) throws in
            _ = try admin.ask(["NODE", "KILL", "0-1"])
            let refusal = #expect(throws: (any Error).self) { try admin.ask(["NODE", action, "0-1"]) }
            let text = refusal.map { "\($0)" } ?? ""
            #expect(text.contains("node 0-1 is dead: only RESTART brings it back, without keys"), "\(text)")
            _ = try admin.ask(["NODE", "RESTART", "0-1"])
            #expect(try admin.nodes().allSatisfy { $0.state == "running" })
        }
    }

    @Test func `commands wait for a primary where they are to`() async throws {
        try await withShard {
            $0.waitsForFailover = true
        } run: { (_, client, admin) throws in
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            let replies = try client.pipeline([["GET", "a"], ["MULTI"], ["SET", "a", 2], ["EXEC"], ["MGET", "a"]])
            #expect(replies == [.text("1"), .ok, .queued, .array([.ok]), .array([.text("2")])])
        }
    }
}
