import ClusterCore
import TestSupport
import Testing

/// Whoever may use the admin socket takes a bounded number of connections of it.
@Suite(.blocking)
struct AdminBoundsTests {
    private static let places = 256

    @Test func `one admin connection more than there may be is closed, and room comes back`() async throws {
        try await withServer {
            $0.replicas = 0
        } run: { server in
            let path = server.adminPath
            var clients: [TestClient] = []
            for _ in 0..<Self.places { clients.append(try TestClient(.path(path))) }
            let isFull = try waits { try TestClient(.path(path)).isClosed(within: .milliseconds(500)) }
            #expect(isFull)
            #expect(try clients[0]("PING") == .status("PONG"), "those that are connected are answered")
            #expect(try server.connect()("PING") == .status("PONG"), "clients are served")
            clients = []
            #expect(waits { (try? server.counters()) != nil })
        }
    }
}
