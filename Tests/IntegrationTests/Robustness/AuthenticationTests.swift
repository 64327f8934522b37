import ClusterCore
import TestSupport
import Testing

/// What a client may do that has not given the password, and what wrong ones cost.
@Suite(.blocking)
struct AuthenticationTests {
    private static func withPassword(_ body: (EmbeddedServer) async throws -> Void) async throws {
        try await withServer({ $0.password = Array("secret".utf8) }, run: body)
    }

    @Test func `before AUTH a request has ten words at most`() async throws {
        try await Self.withPassword { server in
            let client = try server.connect()
            try client.socket.send(Array("*11\r\n$4\r\nMGET\r\n".utf8))
            let (reply, isClosed) = try client.rest()
            #expect(
                String(decoding: reply, as: UTF8.self) == "-ERR Protocol error: unauthenticated multibulk length\r\n")
            #expect(isClosed)
            let other = try server.connect()
            #expect(
                try other("MGET", "1", "2", "3", "4", "5", "6", "7", "8", "9").errorText?.hasPrefix("NOAUTH") == true)
        }
    }

    @Test func `before AUTH an argument has 16 KiB at most`() async throws {
        try await Self.withPassword { server in
            let client = try server.connect()
            try client.socket.send(Array("*2\r\n$4\r\nAUTH\r\n$16385\r\n".utf8))
            let (reply, isClosed) = try client.rest()
            #expect(String(decoding: reply, as: UTF8.self) == "-ERR Protocol error: unauthenticated bulk length\r\n")
            #expect(isClosed)
            let other = try server.connect()
            #expect(try other("ECHO", [UInt8](repeating: 1, count: 16_384)).errorText?.hasPrefix("NOAUTH") == true)
        }
    }

    @Test func `after AUTH requests have their usual size`() async throws {
        try await Self.withPassword { server in
            let client = try server.connect()
            #expect(try client("AUTH", "secret") == .ok)
            #expect(try client("SET", "k", [UInt8](repeating: 1, count: 500_000)) == .ok)
            #expect(try client("MGET", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11").elements?.count == 11)
        }
    }

    @Test func `without a password nothing is limited`() async throws {
        try await withServer { server in
            let client = try server.connect()
            #expect(try client("MGET", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11").elements?.count == 11)
        }
    }

    @Test func `a client without the password that does not read is closed early`() async throws {
        try await Self.withPassword { server in
            let client = try server.connect(receiveBuffer: 4_096)
            let request = TestClient.encode([Array("PING".utf8)])
            let requests = [UInt8]((0..<1_000).map { _ in request }.joined())
            let isClosed = try waits {
                _ = client.socket.sendAtOnce(requests[...])
                return try server.clientCount() == 0
            }
            #expect(isClosed)
            #expect(server.log.lines.contains { $0.contains("it has not given the password") })
        }
    }

    @Test func `wrong passwords are logged without a secret, and the third waits`() async throws {
        try await Self.withPassword { server in
            let client = try server.connect()
            var times: [Duration] = []
            for _ in 0..<4 {
                let start = ContinuousClock.now
                #expect(try client("AUTH", "wr0ng") == .error("ERR invalid password"))
                times.append(ContinuousClock.now - start)
            }
            #expect(times[2] >= .milliseconds(90), "\(times)")
            #expect(times[3] >= .milliseconds(190), "\(times)")
            let lines = server.log.lines.filter { $0.contains("wrong password") }
            #expect(lines.count == 1, "\(lines)")
            #expect(lines.first?.contains("127.0.0.1:") == true)
            #expect(!server.log.lines.contains { $0.contains("wr0ng") })
            // The right one is answered, on the same connection and on another.
            #expect(try client("AUTH", "secret") == .ok)
            #expect(try server.connect()("AUTH", "secret") == .ok)
        }
    }

    @Test func `attempts on many connections count for each other`() async throws {
        try await Self.withPassword { server in
            let clients = try (0..<12).map { _ in try server.connect() }
            let start = ContinuousClock.now
            for client in clients { try client.send([Array("AUTH".utf8), Array("wrong".utf8)]) }
            for client in clients { #expect(try client.reply() == .error("ERR invalid password")) }
            #expect(ContinuousClock.now - start >= .milliseconds(900))
        }
    }
}
