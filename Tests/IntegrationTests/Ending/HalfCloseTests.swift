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
}
