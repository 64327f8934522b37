import ClusterCore
import TestSupport
import Testing

/// Clients that announce much, send slowly, or do not read: the server's memory stays bounded and others are served.
@Suite(.blocking)
struct SlowClientTests {
    private static let mebibyte = 1 << 20
    /// More than other tests of this process may take meanwhile, much less than what the clients here would like to have.
    private static let tolerated = 400 * mebibyte

    /// Whether the server answers at once and this process, in which it runs, has not grown.
    private func expectWellBeing(_ server: EmbeddedServer, since before: Int) throws {
        let other = try server.connect()
        #expect(try other("PING") == .status("PONG"))
        let grown = Machine.residentBytes() - before
        #expect(grown < Self.tolerated, "grown by \(grown / Self.mebibyte) MiB")
    }

    @Test
    func `announced sizes take no memory before their bytes have come`() async throws {
        try await withServer { server in
            let before = Machine.residentBytes()
            var clients: [TestClient] = []
            for announced in ["*1048576\r\n", "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10485000\r\n", "*2\r\n$10000000\r\n"] {
                for _ in 0..<100 {
                    let client = try server.connect()
                    try client.socket.send(Array(announced.utf8))
                    clients.append(client)
                }
            }
            #expect(try waits { try server.clientCount() == clients.count })
            try expectWellBeing(server, since: before)
        }
    }

    @Test
    func `a bulk of 512 MB is refused when it is announced`() async throws {
        try await withServer { server in
            let before = Machine.residentBytes()
            let client = try server.connect()
            try client.socket.send(Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n".utf8))
            let (reply, isClosed) = try client.rest()
            #expect(String(decoding: reply, as: UTF8.self).hasPrefix("-ERR Protocol error: request of "))
            #expect(isClosed)
            try expectWellBeing(server, since: before)
        }
    }

    @Test
    func `half a request waits for its rest and changes nothing`() async throws {
        try await withServer { server in
            let (client, other) = (try server.connect(), try server.connect())
            let request = TestClient.encode([Array("SET".utf8), Array("k".utf8), Array("value".utf8)])
            for end in 1..<request.count {
                try client.socket.send(Array(request[..<end]))
                #expect(try other("GET", "k") == .null)
                try client.socket.send(Array(request[end...]))
                #expect(try client.reply() == .ok)
                try other("DEL", "k")
            }
        }
    }

    @Test
    func `a client that sends byte by byte is answered`() async throws {
        try await withServer { server in
            let (client, other) = (try server.connect(), try server.connect())
            var bytes: [UInt8] = Array("PING\r\n".utf8)
            for index in 0..<20 { bytes += TestClient.encode([Array("LPUSH".utf8), Array("l".utf8), [UInt8(index)]]) }
            for byte in bytes { try client.socket.send([byte]) }
            #expect(try client.reply() == .status("PONG"))
            for index in 0..<20 { #expect(try client.reply() == .integer(Int64(index + 1))) }
            #expect(try other("LLEN", "l") == .integer(20))
        }
    }

    @Test
    func `a client that never reads is not read from either, and closed after a while`() async throws {
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.outputStallMilliseconds = 500
        }
        try await withServer(configure) { server in
            let before = Machine.residentBytes()
            let client = try server.connect(receiveBuffer: 4_096)
            try client("SET", "k", [UInt8](repeating: 1, count: 500_000))
            // Two thousand replies of half a megabyte are asked for; what is not taken is never made.
            let requests = (0..<2_000).flatMap { _ in TestClient.encode([Array("GET".utf8), Array("k".utf8)]) }
            try client.socket.send(requests)
            try expectWellBeing(server, since: before)
            #expect(waits { server.log.lines.contains { $0.contains("client closed: it does not take its replies") } })
            #expect(try waits { try server.clientCount() == 0 })
            #expect(try server.counters().outputCloses == 1)
            try expectWellBeing(server, since: before)
        }
    }

    @Test
    func `a client that is to be closed and does not take its last replies is closed after a while`() async throws {
        try await withServer {
            $0.outputStallMilliseconds = 300
        } run: { server in
            try server.connect()("SET", "k", [UInt8](repeating: 1, count: 100_000))
            // Some of them leave less lying than makes a client count as one that does not read.
            let clients = try (0..<60).map { number in
                let client = try server.connect(receiveBuffer: 4_096)
                let gets = (0...number).flatMap { _ in TestClient.encode([Array("GET".utf8), Array("k".utf8)]) }
                try client.socket.send(gets + TestClient.encode([Array("QUIT".utf8)]))
                return client
            }
            #expect(try waits { try server.clientCount() == 0 })
            withExtendedLifetime(clients) {}
        }
    }

    @Test
    func `replies beyond the bound close the connection with a log line`() async throws {
        try await withServer {
            $0.maximumOutputBytes = 4 * Self.mebibyte
        } run: { server in
            let before = Machine.residentBytes()
            let (client, other) = (try server.connect(), try server.connect())
            try client("SADD", "s", [UInt8](repeating: 1, count: 100_000))
            #expect(try client("SRANDMEMBER", "s", -20).elements?.count == 20)
            try client.send([Array("SRANDMEMBER".utf8), Array("s".utf8), Array("-2000000000".utf8)])
            #expect(try client.isClosed())
            #expect(server.log.lines.contains { $0.contains("its replies would take more than 4194304 bytes") })
            #expect(try other("SCARD", "s") == .integer(1))
            try expectWellBeing(server, since: before)
        }
    }

    @Test
    func `a client that reads late gets every reply`() async throws {
        try await withServer { server in
            let client = try server.connect(receiveBuffer: 4_096)
            try client("SET", "k", [UInt8](repeating: 7, count: 300_000))
            let requests = (0..<200).flatMap { _ in
                TestClient.encode([Array("STRLEN".utf8), Array("k".utf8)])
                    + TestClient.encode([Array("GET".utf8), Array("k".utf8)])
            }
            try client.socket.send(requests)
            for _ in 0..<200 {
                #expect(try client.reply() == .integer(300_000))
                #expect(try client.reply().bytes?.count == 300_000)
            }
        }
    }
}
