import ClusterCore
import Foundation
import TestSupport
import Testing

/// Prometheus is told what the cluster has counted.
@Suite(.blocking)
struct MetricsTests {
    /// What an HTTP server answers to a request for a path.
    private static func get(_ path: String, _ port: Int) throws -> String {
        let client = try TestClient(.port(port))
        try client.socket.send(Array("GET \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".utf8))
        return String(decoding: try client.rest().bytes, as: UTF8.self)
    }

    @Test func `requests, latencies, refusals, keys and failovers are told`() async throws {
        try await withServer {
            $0.metricsPort = 0
            $0.shards = 2
        } run: { server in
            let port = try #require(server.server.metricsPort)
            let client = try server.connect()
            for number in 0..<20 { #expect(try client("SET", "key:\(number)", "1234567890") == .ok) }
            _ = try client("KEYS", "*")
            let text = try Self.get("/metrics", port)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(text)")
            for line in [
                "clusterctl_commands_total{command=\"SET\"} 20", "clusterctl_command_seconds_count{command=\"SET\"} 20",
                "clusterctl_command_seconds_bucket{command=\"SET\",le=\"+Inf\"} 20",
                "clusterctl_refusals_total{verdict=\"refused\"} 1", "clusterctl_failovers_total 0",
                "clusterctl_node_up{node=\"0-1\",role=\"replica\"} 1",
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line) is not in\n\(text)")
            }
            let keys = text.split(separator: "\n").filter { $0.hasPrefix("clusterctl_keys{") }
            #expect(keys.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +) == 20)
        }
    }

    @Test func `another path is not there`() async throws {
        try await withServer {
            $0.metricsPort = 0
        } run: { server in
            let port = try #require(server.server.metricsPort)
            #expect(try Self.get("/", port).hasPrefix("HTTP/1.1 404"))
        }
    }
}
