import ClusterCore
import Glibc
import TestSupport
import Testing

/// The server's end in order, and its refusal of clients and strangers.
@Suite(.blocking)
struct StopTests {
    @Test
    func `SIGTERM lets requests that were sent be answered, then the process ends with 0`() async throws {
        let server = try ClusterProcess()
        let client = try TestClient(server.endpoint)
        try client("SET", "k", [UInt8](repeating: 1, count: 100_000))
        let requests = (0..<100).flatMap { _ in TestClient.encode([Array("GET".utf8), Array("k".utf8)]) }
        try client.socket.send(requests)
        _ = try client.reply()
        server.terminate()
        let rest = try client.rest()
        #expect(server.waitForEnd() == 0)
        #expect(rest.isClosed)
        #expect(rest.bytes.count % 100_011 == 0, "the last reply was cut: \(rest.bytes.count) bytes")
    }

    @Test
    func `stopping closes idle connections and ends those in MULTI`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path(to: "clients.sock")
        let server = try await EmbeddedServer.start { $0.unixSocketPath = path }
        let clients = [try server.connect(), try TestClient(.path(path))]
        try clients[0].pipeline([["MULTI"], ["SET", "k", "1"]])
        try clients[1]("PING")
        await server.server.stop()
        for client in clients { #expect(try client.isClosed()) }
        // Not the port: another server of these tests may have it by now.
        #expect(throws: SocketFailure.self) { try TestClient(.path(path)) }
    }

    @Test
    func `clients beyond the limit are told so and closed, until one leaves`() async throws {
        try await withServer {
            $0.maximumClients = 2
        } run: { server in
            var clients = [try server.connect(), try server.connect()]
            for client in clients { try client("PING") }
            let rest = try server.connect().rest()
            #expect(String(decoding: rest.bytes, as: UTF8.self) == "-ERR max number of clients reached\r\n")
            #expect(rest.isClosed)
            #expect(try clients[0]("PING") == .status("PONG"))
            clients.removeLast()
            #expect(waits { (try? server.connect()("PING")) == .status("PONG") })
        }
    }

    @Test
    func `without the password every command but AUTH and QUIT is refused`() async throws {
        try await withServer {
            $0.password = Array("instance:secret".utf8)
        } run: { server in
            let client = try server.connect()
            let refusal = TestReply.error("NOAUTH Authentication required.")
            for request in [["PING"], ["GET", "k"], ["MULTI"], ["SELECT", "0"], ["EXEC"]] {
                try client.send(request.map { Array($0.utf8) })
                #expect(try client.reply() == refusal)
            }
            #expect(try client("AUTH", "secret") == .error("ERR invalid password"))
            #expect(try client("GET", "k") == refusal)
            #expect(try client("AUTH", "instance:secret") == .ok)
            #expect(try client("SET", "k", "1") == .ok)
            #expect(try client("AUTH", "wrong") == .error("ERR invalid password"))
            #expect(try client("GET", "k") == refusal)
            let leaving = try server.connect()
            #expect(try leaving("QUIT") == .ok)
            #expect(try leaving.isClosed())
        }
    }

    @Test
    func `without a password set AUTH is an error and the connection stays usable`() async throws {
        try await withServer { server in
            let client = try server.connect()
            #expect(try client("AUTH", "x") == .error("ERR Client sent AUTH, but no password is set"))
            #expect(try client("PING") == .status("PONG"))
        }
    }
}
