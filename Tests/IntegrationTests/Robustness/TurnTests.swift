import ClusterCore
import TestSupport
import Testing

/// One client's requests do not keep the others of its event loop waiting for all that it has sent.
@Suite(.blocking)
struct TurnTests {
    @Test func `a pipeline of slow commands is answered in order, and others in between`() async throws {
        try await withServer {
            $0.loops = 1
        } run: { server in
            let (slow, other) = (try server.connect(), try server.connect())
            let elements = (0..<50_000).map { _ in Array("abcdefgh".utf8) }
            try slow.socket.send(TestClient.encode([Array("RPUSH".utf8), Array("l".utf8)] + elements))
            #expect(try slow.reply() == .integer(50_000))
            // Each goes through the whole list, which takes milliseconds in a debug build.
            let request = TestClient.encode([Array("LREM".utf8), Array("l".utf8), Array("0".utf8), Array("x".utf8)])
            let last = TestClient.encode([Array("RPUSH".utf8), Array("l".utf8), Array("end".utf8)])
            try slow.socket.send((0..<400).flatMap { _ in request } + last)
            // It is answered while the list is still without its end.
            #expect(try waits { try other("LLEN", "l") == .integer(50_000) })
            #expect(try other("LLEN", "l") == .integer(50_000), "nobody had a turn in between")
            for _ in 0..<400 { #expect(try slow.reply() == .integer(0)) }
            #expect(try slow.reply() == .integer(50_001))
        }
    }

    @Test func `a client that ends its side in the middle of a turn gets all its replies`() async throws {
        try await withServer {
            $0.loops = 1
        } run: { server in
            let client = try server.connect()
            let elements = (0..<50_000).map { _ in Array("abcdefgh".utf8) }
            try client.socket.send(TestClient.encode([Array("RPUSH".utf8), Array("l".utf8)] + elements))
            #expect(try client.reply() == .integer(50_000))
            let request = TestClient.encode([Array("LREM".utf8), Array("l".utf8), Array("0".utf8), Array("x".utf8)])
            try client.socket.send((0..<200).flatMap { _ in request })
            client.socket.endSending()
            let (replies, isClosed) = try client.rest()
            #expect(replies.count == 200 * ":0\r\n".utf8.count)
            #expect(isClosed)
        }
    }
}
