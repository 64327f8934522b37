import ClusterCore
import TestSupport
import Testing

/// A clock that is moved by hand drives expiry, the idle close and failovers.
@Suite(.blocking)
struct ManualClockTests {
    @Test func `nothing happens until the clock is moved, then it does at once`() async throws {
        let clock = Clock(stoppedAt: 1_700_000_000_000)
        try await withServer(clock: clock) {
            $0.shards = 1
        } run: { server in
            let client = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            #expect(try client("SETEX", "a", 60, 1) == .ok)
            #expect(try admin.number("CLOCK") == 1_700_000_000_000)
            #expect(try admin.number("CLOCK", "ADVANCE", "59000") == 1_700_000_059_000)
            #expect(try client("TTL", "a") == .integer(1))
            _ = try admin.number("CLOCK", "ADVANCE", "2000")
            #expect(try client("GET", "a") == .null)

            #expect(throws: AdminClient.Failure.self) { try admin.number("CLOCK", "ADVANCE", "\(Int64.max)") }
            _ = try admin.ask(["NODE", "KILL", "0-0"])
            #expect(try client("SET", "b", 1).errorText?.hasPrefix("CLUSTERDOWN") == true)
            _ = try admin.number("CLOCK", "ADVANCE", "1000")
            #expect(try waits { try client("SET", "b", 1) == .ok })

            _ = try admin.number("CLOCK", "ADVANCE", "\(30 * 60 * 1000)")
            #expect(try client.isClosed())
        }
    }
}
