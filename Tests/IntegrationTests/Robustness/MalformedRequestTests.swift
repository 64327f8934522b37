import ClusterCore
import TestSupport
import Testing

/// Bytes that are no request end their own connection, with the words of Redis 2.8, and nothing else.
@Suite(.blocking)
struct MalformedRequestTests {
    /// Bytes, and the text that follows `-ERR Protocol error: `.
    struct Malformed: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let error: String
        var testDescription: String { bytes.quoted }

        init(_ text: String, _ error: String) {
            bytes = Array(text.utf8)
            self.error = error
        }
    }

    private static let longLine = String(repeating: "x", count: 70_000)
    private static let longDigits = String(repeating: "1", count: 70_000)

    private static let malformed = [
        Malformed("*abc\r\n", "invalid multibulk length"),
        Malformed("*1048577\r\n", "invalid multibulk length"),
        Malformed("*99999999999999999999\r\n", "invalid multibulk length"),
        Malformed("*1x\r\n", "invalid multibulk length"),
        Malformed("*2\r\n+OK\r\n", "expected '$', got '+'"),
        Malformed("*1\r\n*1\r\n", "expected '$', got '*'"),
        Malformed("*1\r\n\r\n", "expected '$', got ' '"),
        Malformed("*1\r\n$-1\r\n", "invalid bulk length"),
        Malformed("*1\r\n$abc\r\n", "invalid bulk length"),
        Malformed("*1\r\n$536870913\r\n", "invalid bulk length"),
        Malformed("*1\r\n$4 \r\n", "invalid bulk length"),
        Malformed("*" + longDigits, "too big mbulk count string"),
        Malformed("*1\r\n$" + longDigits, "too big bulk count string"),
        Malformed(longLine, "too big inline request"),
        Malformed("GET \"k\r\n", "unbalanced quotes in request"),
        Malformed("GET 'k'x\r\n", "unbalanced quotes in request"),
        Malformed("*1\r\n$536870912\r\n", "request of 536870930 bytes or more, the limit is under 10485760"),
        Malformed("*2\r\n$3\r\nGET\r\n$10485760\r\n", "request of 10485786 bytes or more, the limit is under 10485760"),
    ]

    @Test
    func `malformed requests are answered with their error and a close, and others are served`() async throws {
        try await withServer { server in
            let other = try server.connect()
            for malformed in Self.malformed {
                let client = try server.connect()
                try client.socket.send(Array("*1\r\n$4\r\nPING\r\n".utf8) + malformed.bytes)
                let (reply, isClosed) = try client.rest()
                let want = "+PONG\r\n-ERR Protocol error: \(malformed.error)\r\n"
                #expect(String(decoding: reply, as: UTF8.self) == want, "\(malformed.bytes.quoted)")
                #expect(isClosed, "\(malformed.bytes.quoted)")
                #expect(try other("PING") == .status("PONG"))
            }
            #expect(try waits { try server.clientCount() == 1 })
        }
    }

    @Test(arguments: ["*0\r\n", "*-1\r\n", "*-10\r\n", "\r\n", "\n", "   \r\n", "*1\r\n$0\r\n\r\n"])
    func `requests for nothing leave the connection usable`(bytes: String) async throws {
        try await withServer {
            $0.hasTerseErrors = true
        } run: { server in
            let client = try server.connect()
            try client.socket.send(Array((bytes + "PING\r\n").utf8))
            var reply = try client.reply()
            // An empty name is a command that there is not.
            if reply == .error("ERR unknown command ''") { reply = try client.reply() }
            #expect(reply == .status("PONG"))
        }
    }

    @Test
    func `random bytes and mutilated requests never disturb another client`() async throws {
        let seed = SeededGenerator().seed
        var random = SeededGenerator(seed: seed)
        try await withServer { server in
            let other = try server.connect()
            for round in 0..<400 {
                let client = try server.connect()
                client.socket.resetOnClose()
                try? client.socket.send(Self.garbage(&random), within: .seconds(5))
                if random.isOne(in: 2) { client.socket.endSending() }
                if random.isOne(in: 4) { _ = try? client.rest(within: .milliseconds(2)) }
                guard round.isMultiple(of: 20) else { continue }
                #expect(try other("ECHO", "still here") == .text("still here"), "CLUSTERCTL_TEST_SEED=\(seed)")
            }
            #expect(try waits { try server.clientCount() == 1 }, "CLUSTERCTL_TEST_SEED=\(seed)")
            #expect(try server.heldKeys() == 0)
        }
    }

    private static func garbage(_ random: inout SeededGenerator) -> [UInt8] {
        if random.isOne(in: 4) { return random.bytes(1 + random.below(500)) }
        var bytes: [UInt8] = []
        for _ in 0...random.below(6) {
            let names = ["SET", "MULTI", "LPUSH", "EXEC", "ZADD", "RESTORE", "GET", "BITOP", "WATCH"]
            var arguments = [Array(random.one(of: names).utf8)]
            for _ in 0..<random.below(5) { arguments.append(random.bytes(random.below(40))) }
            bytes += TestClient.encode(arguments)
        }
        for _ in 0..<random.below(5) {
            let index = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.remove(at: index)
            default: bytes.insert(random.one(of: Array("*$\r\n-+:0129".utf8)), at: index)
            }
            if bytes.isEmpty { return [0] }
        }
        return bytes
    }
}
