import ClusterCore
import TestSupport
import Testing

/// Faults meet what they are to meet, as often as they are to, and nothing else.
@Suite(.blocking)
struct FaultTests {
    private func withFault(
        _ words: [String], seed: UInt64? = nil, run body: (TestClient, inout AdminClient, EmbeddedServer) throws -> Void
    ) async throws {
        try await withServer {
            $0.seed = seed
        } run: { server in
            var admin = try AdminClient(path: server.adminPath)
            let client = try server.connect()
            #expect(try client("SET", "user:1", "x") == .ok)
            _ = try admin.ask(["FAULT", "ADD"] + words)
            try body(client, &admin, server)
        }
    }

    @Test func `chosen requests fail with the line that was given, others are served`() async throws {
        try await withFault(["fail", "LINE", "ERR broken", "COMMAND", "get", "KEY", "user:*"]) {
            (client, admin, _) throws in
            #expect(try client("GET", "user:1") == .error("ERR broken"))
            #expect(try client("GET", "other") == .null)
            #expect(try client("STRLEN", "user:1") == .integer(1))
            #expect(try admin.faults().map(\.hits) == [1])
            #expect(try admin.number("FAULT", "REMOVE", "1") == 1)
            #expect(try client("GET", "user:1") == .text("x"))
        }
    }

    @Test func `a request that fails inside MULTI aborts the transaction`() async throws {
        try await withFault(["fail", "COMMAND", "incr"]) { (client, _, _) throws in
            #expect(try client("MULTI") == .ok)
            #expect(try client("INCR", "n").errorText?.hasPrefix("ERR") == true)
            #expect(try client("EXEC").errorText?.hasPrefix("EXECABORT") == true)
        }
    }

    @Test func `a delay holds up its request and keeps the order`() async throws {
        try await withFault(["delay", "TIME", "60", "COMMAND", "INCR"]) { (client, _, _) throws in
            let start = ContinuousClock.now
            let replies = try client.pipeline([["ECHO", "a"], ["INCR", "n"], ["INCR", "n"], ["ECHO", "b"]])
            #expect(replies == [.text("a"), .integer(1), .integer(2), .text("b")])
            #expect(ContinuousClock.now - start >= .milliseconds(120))
        }
    }

    @Test func `a dropped request is done, and its connection ends in the middle of the reply`() async throws {
        try await withFault(["drop", "COMMAND", "APPEND"]) { (client, _, server) throws in
            try client.send([Array("APPEND".utf8), Array("user:1".utf8), Array("y".utf8)])
            let rest = try client.rest()
            #expect(rest.isClosed)
            #expect(rest.bytes.count < 4)
            #expect(try server.connect()("GET", "user:1") == .text("xy"))
        }
    }

    @Test func `refused connections are closed at once`() async throws {
        try await withFault(["refuse"]) { (client, _, server) throws in
            #expect(try server.connect().isClosed())
            #expect(try client("GET", "user:1") == .text("x"), "those there are stay")
        }
    }

    @Test func `connections are idle earlier`() async throws {
        try await withFault(["idle", "TIME", "50"]) { (client, _, _) throws in
            #expect(try client.isClosed())
        }
    }

    @Test func `key locks are held longer`() async throws {
        try await withFault(["hold", "TIME", "100"]) { (client, _, server) throws in
            let other = try server.connect()
            #expect(try client.pipeline([["MULTI"], ["SET", "held", 1]]).last == .queued)
            try client.send([Array("EXEC".utf8)])
            #expect(try waits { try other("GET", "held").errorText?.hasPrefix("LOCKED") == true })
            #expect(try client.reply().elements?.count == 1)
        }
    }

    @Test func `a share of the requests is met, the same with the same seed`() async throws {
        var runs: [[Bool]] = []
        for _ in 0..<2 {
            try await withFault(["fail", "SHARE", "0.3"], seed: 7) { (client, _, _) throws in
                runs.append(try (0..<400).map { _ in try client("GET", "user:1").errorText != nil })
            }
        }
        #expect(runs[0] == runs[1])
        #expect((60...180).contains(runs[0].count { $0 }), "\(runs[0].count { $0 }) of 400")
    }

    @Test func `the same seed draws the same members, of large sets too`() throws {
        var draws: [[TestReply]] = []
        for _ in 0..<2 {
            let cluster = try ClusterProcess("--seed", "5", "--replicas", "0")
            let client = try TestClient(cluster.endpoint)
            try client.pipeline((0..<1_000).map { ["SADD", "s", "m\($0)"] })
            draws.append(try client.pipeline((0..<20).map { _ in ["SPOP", "s"] }))
        }
        #expect(draws[0] == draws[1])
    }

    @Test func `a fault ends by itself`() async throws {
        let clock = Clock(stoppedAt: 1_700_000_000_000)
        try await withServer(clock: clock) { server in
            var admin = try AdminClient(path: server.adminPath)
            let client = try server.connect()
            _ = try admin.ask(["FAULT", "ADD", "fail", "FOR", "5000"])
            #expect(try client("GET", "a").errorText != nil)
            _ = try admin.number("CLOCK", "ADVANCE", "5001")
            #expect(try client("GET", "a") == .null)
            #expect(try admin.faults().isEmpty)
        }
    }

    @Test(arguments: [
        ["ADD"], ["ADD", "delay"], ["ADD", "burn"], ["ADD", "fail", "SHARE", "2"], ["ADD", "fail", "COMMAND", "KEYS"],
        ["ADD", "refuse", "KEY", "a*"], ["ADD", "delay", "TIME", "soon"], ["REMOVE", "9"], ["REMOVE"], ["DROP"],
        ["ADD", "fail", "TIME", "5"], ["ADD", "drop", "TIME", "5"], ["ADD", "delay", "TIME", "5", "LINE", "ERR x"],
    ])
    func `what is no fault is refused with what to write`(_ words: [String]) async throws {
        try await withServer { server in
            var admin = try AdminClient(path: server.adminPath)
            #expect(throws: AdminClient.Failure.self) { try admin.ask(["FAULT"] + words) }
            #expect(try admin.faults().isEmpty)
        }
    }
}
