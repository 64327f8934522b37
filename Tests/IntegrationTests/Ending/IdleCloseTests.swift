import ClusterCore
import TestSupport
import Testing

/// Connections without a request for a while are closed, by the server's clock.
@Suite(.blocking)
struct IdleCloseTests {
    private static let start: Int64 = 1_700_000_000_000
    private static let minutes: Int64 = 60_000

    @Test
    func `a connection idle for 30 minutes is closed, one that asked for something meanwhile is not`() async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let (idle, busy) = (try server.connect(), try server.connect())
            try idle("PING")
            try busy("PING")
            clock.advance(by: 20 * Self.minutes)
            try busy("PING")
            clock.advance(by: 10 * Self.minutes)
            #expect(try idle.isClosed())
            #expect(try busy("PING") == .status("PONG"))
            #expect(server.log.lines.contains { $0.contains("client closed: idle") })
            #expect(try server.counters().idleCloses == 1)
        }
    }

    @Test
    func `one millisecond before its time a connection is left open`() async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let client = try server.connect()
            try client("PING")
            clock.advance(by: 30 * Self.minutes - 1)
            #expect(try !client.isClosed(within: .milliseconds(350)))
            clock.advance(by: 1)
            #expect(try client.isClosed())
        }
    }

    @Test
    func `an idle close inside MULTI frees the keys`() async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["MULTI"], ["SET", "k", "1"]])
            clock.advance(by: 20 * Self.minutes)
            #expect(try other("GET", "k").errorText?.hasPrefix("LOCKED") == true)
            clock.advance(by: 10 * Self.minutes)
            let isClosed = try owner.isClosed()
            let counters = try server.counters()
            #expect(isClosed, "\(server.log.lines), \(counters)")
            #expect(try waits { try other("GET", "k") == .null })
        }
    }

    @Test
    func `a short timeout closes by the wall clock, and a new connection is welcome`() async throws {
        try await withServer {
            // Longer than a loaded machine takes from the connection to its first request.
            $0.idleTimeoutMilliseconds = 1_500
        } run: { server in
            let client = try server.connect()
            try client("SET", "k", "1")
            #expect(try client.isClosed())
            #expect(try server.connect()("GET", "k") == .text("1"))
        }
    }
}
