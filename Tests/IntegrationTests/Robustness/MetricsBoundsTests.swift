import ClusterCore
import Glibc
import TestSupport
import Testing

/// The metrics' port is for whoever may ask, and takes little of the server whoever does.
@Suite(.blocking)
struct MetricsBoundsTests {
    private static func ask(_ port: Int, _ headers: [String] = []) throws -> String {
        let client = try TestClient(.port(port))
        let head = (["GET /metrics HTTP/1.1", "Host: test"] + headers).joined(separator: "\r\n")
        try client.socket.send(Array("\(head)\r\n\r\n".utf8))
        return String(decoding: try client.rest().bytes, as: UTF8.self)
    }

    private static func withMetrics(
        _ configure: @escaping (inout ServerConfiguration) -> Void = { _ in },
        _ body: (EmbeddedServer, Int) async throws -> Void
    ) async throws {
        try await withServer(
            {
                $0.metricsPort = 0
                configure(&$0)
            }, run: { server in try await body(server, try #require(server.server.metricsPort)) })
    }

    @Test func `with a password it is asked for, as Prometheus sends it`() async throws {
        // `any:secret` and `any:wrong` in base 64.
        try await Self.withMetrics({ $0.password = Array("secret".utf8) }) { server, port in
            let refusal = try Self.ask(port)
            #expect(refusal.hasPrefix("HTTP/1.1 401"))
            #expect(refusal.contains("WWW-Authenticate: Basic realm=\"clusterctl\""))
            #expect(!refusal.contains("clusterctl_"))
            #expect(try Self.ask(port, ["Authorization: Basic YW55OnNlY3JldA=="]).hasPrefix("HTTP/1.1 200"))
            #expect(try Self.ask(port, ["Authorization: Bearer secret"]).hasPrefix("HTTP/1.1 200"))
            #expect(try Self.ask(port, ["Authorization: Basic YW55Ondyb25n"]).hasPrefix("HTTP/1.1 401"))
            #expect(try Self.ask(port, ["Authorization: Basic !"]).hasPrefix("HTTP/1.1 401"))
            #expect(try Self.ask(port, ["Authorization: secret"]).hasPrefix("HTTP/1.1 401"))
            #expect(server.log.lines.contains { $0.contains("wrong password") })
        }
    }

    @Test func `a password of the product's form is user and password`() async throws {
        // `crs-1:pw` in base 64.
        try await Self.withMetrics({ $0.password = Array("crs-1:pw".utf8) }) { _, port in
            let answer = try Self.ask(port, ["Authorization: Basic Y3JzLTE6cHc="])
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a request of more than 16 KiB ends the connection`() async throws {
        try await Self.withMetrics { _, port in
            let client = try TestClient(.port(port))
            let header = "X: " + String(repeating: "x", count: 1_000) + "\r\n"
            let isClosed = try waits {
                _ = client.socket.sendAtOnce(Array(header.utf8)[...])
                return try client.isClosed(within: .milliseconds(1))
            }
            #expect(isClosed)
            #expect(try Self.ask(port).hasPrefix("HTTP/1.1 200"))
        }
    }

    /// The server is a process of its own: what other tests do at the same time is not measured.
    @Test func `a client that never reads has one answer lying at most`() throws {
        let server = try ClusterProcess("--metrics", "0")
        var port: Int?
        #expect(
            waits {
                port = server.log.firstMatch(of: /metrics=http:..127.0.0.1:(\d+)/).flatMap { Int($0.1) }
                return port != nil
            })
        let place = try #require(port)
        let before = Machine.residentBytes(of: server.identifier)
        let clients = try (0..<20).map { _ in
            let client = try TestClient(.port(place), receiveBuffer: 4_096)
            let request = Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            for _ in 0..<2_000 { _ = client.socket.sendAtOnce(request[...]) }
            return client
        }
        #expect(try Self.ask(place).hasPrefix("HTTP/1.1 200"))
        #expect(Machine.residentBytes(of: server.identifier) - before < 200 << 20)
        withExtendedLifetime(clients) {}
        server.terminate()
        #expect(server.waitForEnd() == 0)
    }

    @Test func `one connection more than there may be is closed, and room comes back`() async throws {
        try await Self.withMetrics { _, port in
            var clients: [TestClient] = []
            for _ in 0..<MetricsBoundsTests.places { clients.append(try TestClient(.port(port))) }
            let isFull = try waits { try TestClient(.port(port)).isClosed(within: .milliseconds(500)) }
            #expect(isFull)
            clients = []
            #expect(try waits { try Self.ask(port).hasPrefix("HTTP/1.1 200") })
        }
    }

    private static let places = 64

    /// A file of the kernel's, whose size is not known before it is read.
    private static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw ProcessFailure(description: "\(path) cannot be read") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var byte = fgetc(file)
        while byte != EOF {
            bytes.append(UInt8(truncatingIfNeeded: byte))
            byte = fgetc(file)
        }
        return bytes
    }

    @Test func `it is on the loopback address whatever clients connect to`() async throws {
        try await Self.withMetrics({ $0.host = "0.0.0.0" }) { _, port in
            #expect(try Self.ask(port).hasPrefix("HTTP/1.1 200"))
            // The kernel's table has addresses in hexadecimal, their bytes in this machine's order.
            let table = String(decoding: try Self.contents(of: "/proc/self/net/tcp"), as: UTF8.self)
            let suffix = ":" + String(port, radix: 16, uppercase: true).leftPadded(to: 4)
            let local = table.split(separator: "\n").compactMap { $0.split(separator: " ").dropFirst().first }
            let addresses = Set(local.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.utf8.count)) })
            #expect(addresses == ["0100007F"])
        }
    }
}

extension String {
    /// The text with zeros before it, up to a length.
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - self.count)) + self
    }
}
