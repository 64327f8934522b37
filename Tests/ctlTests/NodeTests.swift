import Testing

/// `clusterctl node`, `failover` and `events`: what happens to nodes.
@Suite("clusterctl node")
struct NodeTests {
    @Test func `a primary that is killed is replaced, and comes back as a replica`() async throws {
        let cluster = try await Cluster("--node-timeout", "50ms", "--shards", "1")
        let port = "\(cluster.port)"
        let client = try cluster.client()
        _ = try client.ask("SET", "a", "1")
        #expect(try await Program.run("node", "--port", port, "kill", "0-0").status == 0)
        let isBack = await isTrueSoon { (try? client.ask("GET", "a")) == "1" }
        #expect(isBack)
        #expect(try await Program.run("node", "--port", port, "restart", "0-0").status == 0)
        let status = try await Program.run("status", "--port", port)
        #expect(status.output.contains("0-1"), "\(status)")
        let events = try await Program.run("events", "--port", port)
        #expect(events.output.contains("failover: node 0-1 is the primary of shard 0"), "\(events)")
        try await cluster.stop()
    }

    @Test func `a shard without a primary answers so, others serve on`() async throws {
        let cluster = try await Cluster("--replicas", "1", "--node-timeout", "1d", "--shards", "2")
        let port = "\(cluster.port)"
        let client = try cluster.client()
        #expect(try await Program.run("node", "--port", port, "kill", "0-0").status == 0)
        // `b` is in slot 3300, `a` in 15495.
        #expect(
            try client.ask("SET", "b", "1")
                == "CLUSTERDOWN shard 0 has no primary, failover in progress")
        #expect(try client.ask("SET", "a", "1") == "OK")
        #expect(
            try client.ask("MSET", "a", "2", "b", "2")
                == "CLUSTERDOWN shard 0 has no primary, failover in progress")
        #expect(try client.ask("GET", "a") == "1")
        try await cluster.stop()
    }

    @Test func `a planned failover resets connections and loses nothing`() async throws {
        let cluster = try await Cluster("--shards", "1")
        let client = try cluster.client()
        _ = try client.ask("SET", "a", "1")
        let ending = try await Program.run("failover", "--port", "\(cluster.port)", "0")
        #expect(ending.output == "node 0-1 is the primary of shard 0\n", "\(ending)")
        #expect(throws: (any Error).self) { try client.ask("GET", "a") }
        #expect(try cluster.client().ask("GET", "a") == "1")
        try await cluster.stop()
    }

    @Test func `a node that there is not is named`() async throws {
        let cluster = try await Cluster()
        let ending = try await Program.run("node", "--port", "\(cluster.port)", "kill", "9-9")
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errors.contains("no node '9-9'"), "\(ending)")
        try await cluster.stop()
    }
}
