import ClusterCore
import TestSupport
import Testing

/// Deadlines beyond what 64 bits of milliseconds hold, which wrap around, on replicas and in files.
@Suite(.blocking)
struct DeadlineTests {
    private static let longest = Int.max

    /// Whether a key is there and has its time to live, to an hour.
    private static func hasTime(_ client: TestClient, _ key: String, _ expected: Int) throws -> Bool {
        guard case .integer(let left) = try client("PTTL", key) else { return false }
        return Int(left) <= expected && Int(left) > expected - 3_600_000
    }

    private static func expectAll(_ client: TestClient) throws {
        #expect(try client("GET", "wrapped") == .text("v"))
        // None, where it comes from the base of a log: RDB files have it without one.
        #expect(try client("TTL", "wrapped") == .integer(-1) || hasTime(client, "wrapped", longest))
        #expect(try hasTime(client, "far", 1 << 62))
        #expect(try hasTime(client, "near", 10_000_000))
        #expect(try client("EXISTS", "removed") == .integer(0))
    }

    @Test func `they outlive a failover, a restart and a rewriting, and are exported`() async throws {
        let folder = try TemporaryFolder()
        func run(_ body: (EmbeddedServer, inout AdminClient) throws -> Void) async throws {
            try await withServer {
                $0.shards = 1
                $0.replicas = 1
                $0.directory = folder.path(to: "data")
            } run: { server in
                var admin = try AdminClient(path: server.adminPath)
                try body(server, &admin)
            }
        }
        try await run { server, admin in
            let client = try server.connect()
            try client("SET", "wrapped", "v", "PX", Self.longest)
            try client("PSETEX", "far", 1 << 62, "v")
            try client("PSETEX", "near", 10_000_000, "v")
            try client("SET", "removed", "v")
            #expect(try client("PEXPIRE", "removed", Self.longest) == .integer(1))
            #expect(try admin.number("COMPARE") == 1)
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            #expect(try waits { try client("EXISTS", "wrapped") == .integer(1) })
            #expect(try Self.hasTime(client, "wrapped", Self.longest))
            try Self.expectAll(client)
        }
        try await run { server, admin in
            try Self.expectAll(try server.connect())
            _ = try admin.ask(["EXPORT", folder.path(to: "dump.rdb")])
            _ = try admin.ask(["SAVE"])
        }
        try await run { server, _ in try Self.expectAll(try server.connect()) }
        guard Machine.has(RedisServer.program) else { return }
        let peer = try RedisServer(loading: folder.path, isLog: false)
        try Self.expectAll(try TestClient(peer.endpoint))
    }
}
