import ClusterCore
import TestSupport
import Testing

/// Ten thousand clients that are connected and say nothing.
@Suite(.blocking)
struct IdleConnectionsTests {
    /// With the client that is not idle, as many as `--max-clients` allows.
    private static let count = 9_999

    /// The server is a process of its own: both ends of so many connections may be more files than one may open.
    @Test(.enabled(if: Machine.raiseFileLimit() >= 12_000, "no permission to open 12,000 files: see ulimit -Hn"))
    func `ten thousand idle connections leave the server serving`() async throws {
        let server = try ClusterProcess("--max-clients", "10000")
        let before = Machine.residentBytes(of: server.identifier)
        var idle: [TestClient] = []
        for index in 0..<Self.count {
            idle.append(try TestClient(server.endpoint))
            // The kernel keeps a few hundred connections that are not accepted yet; one more would wait for a second.
            if index.isMultiple(of: 200) { try idle[index]("PING") }
        }
        let active = try TestClient(server.endpoint)
        for number in 0..<100 { #expect(try active("SET", "k", number) == .ok) }
        for index in stride(from: 0, to: idle.count, by: 999) { #expect(try idle[index]("GET", "k") == .text("99")) }
        let bytes = (Machine.residentBytes(of: server.identifier) - before) / Self.count
        #expect(bytes < 20_000, "\(bytes) bytes a connection")
        idle.removeAll()
        #expect(try active("GET", "k") == .text("99"))
        server.terminate()
        #expect(server.waitForEnd() == 0)
    }
}
