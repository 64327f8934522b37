import ClusterCore
import TestSupport
import Testing

/// Keys end by the server's clock, to the millisecond.
@Suite(.blocking)
struct ExpiryTests {
    private static let start: Int64 = 1_700_000_000_000

    @Test(arguments: [
        ["EXPIRE", "k", "10"], ["PEXPIRE", "k", "10000"], ["EXPIREAT", "k", "1700000010"],
        ["PEXPIREAT", "k", "1700000010000"], ["SETEX", "k", "10", "v"], ["PSETEX", "k", "10000", "v"],
        ["SET", "k", "v", "EX", "10"], ["SET", "k", "v", "PX", "10000"],
    ])
    func `a key lives until its millisecond and no longer`(request: [String]) async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let client = try server.connect()
            try client("SET", "k", "v")
            try client.send(request.map { Array($0.utf8) })
            _ = try client.reply()
            #expect(try client("PTTL", "k") == .integer(10_000))
            clock.advance(by: 9_999)
            #expect(try client("PTTL", "k") == .integer(1))
            #expect(try client("GET", "k") == .text("v"))
            clock.advance(by: 1)
            #expect(try client("PTTL", "k") == .integer(0), "2.8 keeps a key through the millisecond of its deadline")
            clock.advance(by: 1)
            #expect(
                try client.pipeline([["GET", "k"], ["EXISTS", "k"], ["TTL", "k"], ["TYPE", "k"], ["DEL", "k"]])
                    == [.null, .integer(0), .integer(-2), .status("none"), .integer(0)])
        }
    }

    @Test
    func `keys that nobody asks for are swept`() async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let client = try server.connect()
            for start in stride(from: 0, to: 3_000, by: 100) {
                try client.pipeline((start..<(start + 100)).map { ["PSETEX", "key:\($0)", 1_000, "v"] })
            }
            try client("SET", "kept", "v")
            clock.advance(by: 1_001)
            var admin = try AdminClient(path: server.adminPath)
            #expect(try waits { try admin.shards().reduce(0) { $0 + $1.keys } == 1 })
            #expect(try admin.shards().reduce(0) { $0 + $1.expiredKeys } == 3_000)
        }
    }

    @Test
    func `a collection that has expired is written to as if it were new`() async throws {
        let clock = Clock(stoppedAt: Self.start)
        try await withServer(clock: clock) { server in
            let client = try server.connect()
            try client.pipeline([["RPUSH", "l", "a", "b"], ["PEXPIRE", "l", 5]])
            clock.advance(by: 6)
            #expect(try client("RPUSH", "l", "c") == .integer(1))
            #expect(try client("TTL", "l") == .integer(-1))
        }
    }
}
