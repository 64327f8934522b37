import ClusterCore
import TestSupport
import Testing

/// What clients leave with the server – requests, replies, transactions, watched keys – is bounded, one by one and together.
@Suite(.blocking)
struct ClientMemoryTests {
    private static let mebibyte = 1 << 20

    @Test func `replies that many clients do not take are bounded together`() async throws {
        try await withServer {
            $0.maximumClientMemory = 8 * Self.mebibyte
        } run: { server in
            let other = try server.connect()
            try other("SET", "k", [UInt8](repeating: 1, count: 700_000))
            let get = TestClient.encode([Array("GET".utf8), Array("k".utf8)])
            let clients = try (0..<40).map { _ in
                let client = try server.connect(receiveBuffer: 4_096)
                try client.socket.send((0..<20).flatMap { _ in get })
                return client
            }
            // What the kernel takes is not counted, some megabytes a client; of the rest each has more than one lying.
            #expect(try waits { try server.counters().memoryCloses >= 5 })
            #expect(server.log.lines.contains { $0.contains("all clients together hold too much") })
            #expect(try other("PING") == .status("PONG"))
            #expect(try other("GET", "k").bytes?.count == 700_000)
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `requests that are not whole are bounded together, and the largest are closed`() async throws {
        try await withServer {
            $0.maximumClientMemory = 8 * Self.mebibyte
        } run: { server in
            let small = try server.connect()
            try small.socket.send(Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000\r\n".utf8))
            let head = Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3000000\r\n".utf8)
            let clients = try (0..<8).map { _ in
                let client = try server.connect()
                try client.socket.send(head + [UInt8](repeating: 1, count: 2_000_000))
                return client
            }
            #expect(try waits { try server.counters().memoryCloses >= 3 })
            try small.socket.send([UInt8](repeating: 1, count: 1_000) + [0x0D, 0x0A])
            #expect(try small.reply() == .ok)
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `the commands of a transaction are counted by what is held of them`() async throws {
        try await withServer {
            $0.maximumTransactionBytes = 1_000_000
        } run: { server in
            // One without arguments: 14 bytes are sent, 32 kept.
            let client = try server.connect()
            #expect(try client("MULTI") == .ok)
            let ping = TestClient.encode([Array("PING".utf8)])
            try client.socket.send((0..<40_000).flatMap { _ in ping })
            var queued = 0
            var refused = 0
            for _ in 0..<40_000 {
                if try client.reply() == .status("QUEUED") { queued += 1 } else { refused += 1 }
            }
            #expect((30_000..<32_000).contains(queued), "\(queued)")
            #expect(queued + refused == 40_000)
            #expect(try client("EXEC").errorText?.hasPrefix("EXECABORT") == true)
            #expect(try client("PING") == .status("PONG"))
        }
    }

    @Test func `held keys count for a transaction, and no command goes past its limit`() async throws {
        try await withServer {
            $0.maximumTransactionBytes = 100_000
        } run: { server in
            let refusal = TestReply.error("ERR transaction would queue more than 100000 bytes")
            let (client, other) = (try server.connect(), try server.connect())
            #expect(try client("MULTI") == .ok)
            #expect(try client("SET", "large", [UInt8](repeating: 1, count: 100_000)) == refusal)
            #expect(try other("GET", "large") == .null, "a refused command holds its key")
            _ = try client("EXEC")
            #expect(try client("MULTI") == .ok)
            var queued = 0
            while try client("GET", "key:\(queued)") == .status("QUEUED") { queued += 1 }
            // 14 bytes of arguments, 44 for their places, 14 and 128 for the key.
            #expect((450..<520).contains(queued), "\(queued)")
            #expect(try server.heldKeys() == queued)
            _ = try client("DISCARD")
            #expect(try server.heldKeys() == 0)
        }
    }

    @Test func `a WATCH past the limit watches nothing more`() async throws {
        try await withServer {
            $0.maximumWatchedBytes = 10_000
        } run: { server in
            let (client, other) = (try server.connect(), try server.connect())
            #expect(try client("WATCH", "a", "b") == .ok)
            let many = TestClient.encode([Array("WATCH".utf8)] + (0..<1_000).map { Array("key:\($0)".utf8) })
            try client.socket.send(many)
            #expect(try client.reply() == .error("ERR WATCH would keep more than 10000 bytes"))
            // One name as often as one likes is one key.
            try client.socket.send(TestClient.encode([Array("WATCH".utf8)] + (0..<1_000).map { _ in Array("a".utf8) }))
            #expect(try client.reply() == .ok)
            try other("SET", "key:1", 1)
            try client("MULTI")
            try client("PING")
            #expect(try client("EXEC").elements?.count == 1, "a key of the refused WATCH is watched")
            #expect(try client("WATCH", "a", "b") == .ok)
            try other("SET", "a", 1)
            try client("MULTI")
            #expect(try client("EXEC") == .nullArray)
        }
    }
}
