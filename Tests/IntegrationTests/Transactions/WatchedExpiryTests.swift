import ClusterCore
import TestSupport
import Testing

/// A watched key that expires before EXEC: 2.8.24 executes (aborting came with 6.0.9).
@Suite(.blocking)
struct WatchedExpiryTests {
    /// What comes between the end of the key's time and EXEC, and whether EXEC then executes; as a 2.8.24 was seen to do.
    private static let cases: [([[String]], Bool)] = [
        ([], true),
        // Somebody notices that the key is gone.
        ([["GET", "k"]], true), ([["DEL", "k"]], true), ([["EXPIRE", "k", "10"]], true), ([["EXISTS", "k"]], true),
        // Somebody makes it anew.
        ([["SETNX", "k", "new"]], false), ([["LPUSH", "k", "new"]], false), ([["GET", "k"], ["INCR", "k"]], false),
    ]

    @Test(arguments: cases) func `EXEC executes if nobody has changed the key`(
        others: [[String]], executes: Bool
    ) async throws {
        try await withServer(clock: Clock(stoppedAt: 1_700_000_000_000)) { server in
            let (owner, other) = (try server.connect(), try server.connect())
            var admin = try AdminClient(path: server.adminPath)
            try owner.pipeline([["PSETEX", "k", "20", "v"], ["WATCH", "k"], ["MULTI"], ["SET", "x", "1"]])
            _ = try admin.number("CLOCK", "ADVANCE", "30")
            for words in others { #expect(try other.pipeline([words]).first?.errorText == nil) }
            #expect(try owner("EXEC") == (executes ? .array([.ok]) : .nullArray))
        }
    }

    @Test func `EXEC executes if the key was swept away meanwhile`() async throws {
        try await withServer(clock: Clock(stoppedAt: 1_700_000_000_000)) { server in
            let owner = try server.connect()
            var admin = try AdminClient(path: server.adminPath)
            try owner.pipeline([["PSETEX", "k", "20", "v"], ["WATCH", "k"], ["MULTI"], ["SET", "x", "1"]])
            _ = try admin.number("CLOCK", "ADVANCE", "30")
            #expect(try waits { try admin.shards().reduce(0) { $0 + $1.expiredKeys } == 1 })
            #expect(try owner("EXEC") == .array([.ok]))
        }
    }

    @Test func `EXEC does not execute after another client has ended the key's time`() async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["PSETEX", "k", "60000", "v"], ["WATCH", "k"], ["MULTI"], ["SET", "x", "1"]])
            #expect(try other("PEXPIRE", "k", -1) == .integer(1))
            #expect(try owner("EXEC") == .nullArray)
        }
    }
}
