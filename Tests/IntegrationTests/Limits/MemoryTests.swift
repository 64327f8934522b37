import ClusterCore
import TestSupport
import Testing

/// Over the limit of memory what needs memory is refused, as by 2.8; all else works.
@Suite(.blocking)
struct MemoryTests {
    private static let refusal = TestReply.error("OOM command not allowed when used memory > 'maxmemory'.")

    @Test func `writes that need memory are refused over the limit`() async throws {
        try await withServer {
            $0.shards = 1
            $0.maximumMemory = 100_000
        } run: { server in
            let client = try server.connect()
            #expect(try client("SET", "a", String(repeating: "x", count: 99_000)) == .ok)
            #expect(try client("SET", "b", String(repeating: "x", count: 9_000)) == .ok, "the limit is passed, not met")
            #expect(try client("SET", "c", 1) == Self.refusal)
            #expect(try client("MSET", "c", 1, "d", 1) == Self.refusal)
            #expect(try client("GET", "b").bytes?.count == 9_000)
            #expect(try client("EXPIRE", "b", 100) == .integer(1))
            #expect(try client("MULTI") == .ok)
            #expect(try client("SET", "c", 1) == Self.refusal)
            #expect(try client("EXEC").errorText?.hasPrefix("EXECABORT") == true)
            #expect(try client("DEL", "a") == .integer(1))
            #expect(try client("SET", "c", 1) == .ok)
        }
    }

    @Test func `snapshots count, and one that goes past the limit is not made`() async throws {
        try await withServer {
            $0.shards = 1
            $0.replicas = 0
            $0.maximumMemory = 1_000_000
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            #expect(try client("SET", "a", String(repeating: "x", count: 300_000)) == .ok)
            #expect(try admin.number("SNAPSHOT", "SAVE", "one") == 1)
            let error = #expect(throws: AdminClient.Failure.self) { try admin.number("SNAPSHOT", "SAVE", "two") }
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("more than --max-memory"))
            #expect(try client("SET", "b", String(repeating: "x", count: 200_000)) == .ok)
            #expect(try client("SET", "c", 1) == Self.refusal)
            _ = try admin.number("SNAPSHOT", "DELETE", "one")
            #expect(try client("SET", "c", 1) == .ok)
        }
    }
}
