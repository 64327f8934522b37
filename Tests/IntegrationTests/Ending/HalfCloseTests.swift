import ClusterCore
import TestSupport
import Testing

/// A client that closes its side after its last request, as `printf … | nc` does, still gets its answers.
@Suite(.blocking)
struct HalfCloseTests {
    @Test
    func `what was sent before the end is answered`() async throws {
        try await withServer(run: { server in
            for round in 0..<100 {
                let client = try server.connect()
                try client.socket.send(Array("SET k \(round)\r\nGET k\r\n".utf8))
                client.socket.endSending()
                #expect(try client.reply() == .status("OK"))
                #expect(try client.reply() == .text("\(round)"))
                #expect(try client.isClosed())
            }
        })
    }

    @Test func `so it is where the answer comes late, by a fault or because the primary hangs`() async throws {
        try await withServer { server in
            var admin = try AdminClient(path: server.adminPath)
            _ = try admin.ask(["FAULT", "ADD", "delay", "TIME", "50"])
            let slow = try server.connect()
            try slow.socket.send(Array("SET k 1\r\nGET k\r\n".utf8))
            slow.socket.endSending()
            #expect(try slow.reply() == .ok)
            #expect(try slow.reply() == .text("1"))
            #expect(try slow.isClosed())
            _ = try admin.ask(["FAULT", "REMOVE", "ALL"])
            for shard in 0..<3 { _ = try admin.ask(["NODE", "STOP", "\(shard)-0"]) }
            let waiting = try server.connect()
            try waiting.socket.send(Array("SET k 2\r\nGET k\r\n".utf8))
            waiting.socket.endSending()
            for shard in 0..<3 { _ = try admin.ask(["NODE", "RESUME", "\(shard)-0"]) }
            #expect(try waiting.reply() == .ok)
            #expect(try waiting.reply() == .text("2"))
            #expect(try waiting.isClosed())
        }
    }
}
