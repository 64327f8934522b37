import ClusterCore
import TestSupport
import Testing

/// Copies of all keys are whole where a step of theirs ends in the middle of a bucket: values larger than a step has bytes.
@Suite(.blocking)
struct LargeCopyTests {
    /// Names over all shards; a few buckets are the first of their tables.
    private static let names = (0..<120).map { "key:\($0)" }

    private static func write(_ client: TestClient) throws {
        for (number, name) in names.enumerated() {
            let value = [UInt8](repeating: UInt8(number), count: 80_000 + number)
            if number % 2 == 0 {
                #expect(try client("SET", name, value) == .ok)
            } else {
                #expect(try client("HSET", name, "field", value) == .integer(1))
            }
        }
    }

    private static func areThere(_ client: TestClient) throws -> Bool {
        try names.enumerated().allSatisfy { number, name in
            let value = [UInt8](repeating: UInt8(number), count: 80_000 + number)
            return try (number % 2 == 0 ? client("GET", name) : client("HGET", name, "field")).bytes == value
        }
    }

    @Test func `a snapshot has all of them`() async throws {
        try await withServer {
            $0.replicas = 0
        } run: { server in
            let client = try server.connect()
            try Self.write(client)
            var admin = try AdminClient(path: server.adminPath)
            #expect(try admin.number("SNAPSHOT", "SAVE", "all") == Self.names.count)
            for name in Self.names { #expect(try client("DEL", name) == .integer(1)) }
            #expect(try admin.number("SNAPSHOT", "RESTORE", "all") == Self.names.count)
            #expect(try Self.areThere(client))
        }
    }

    @Test func `a rewritten log has all of them`() async throws {
        let folder = try TemporaryFolder()
        func configure(_ configuration: inout ServerConfiguration) {
            configuration.directory = folder.path(to: "data")
            configuration.replicas = 0
        }
        try await withServer(configure) { server in
            try Self.write(try server.connect())
            var admin = try AdminClient(path: server.adminPath)
            _ = try admin.ask(["SAVE"])
        }
        try await withServer(configure) { server in
            let client = try server.connect()
            #expect(try Self.areThere(client))
        }
    }

    @Test func `a replica that is filled anew has all of them`() async throws {
        try await withServer {
            $0.shards = 1
            $0.nodeTimeoutMilliseconds = 30
        } run: { server in
            let client = try server.connect()
            try Self.write(client)
            var admin = try AdminClient(path: server.adminPath)
            _ = try admin.ask(["NODE", "KILL", "0-1"])
            _ = try admin.ask(["NODE", "RESTART", "0-1"])
            #expect(try waits { try admin.nodes().allSatisfy { $0.isComplete && $0.bytesBehind == 0 } })
            _ = try admin.ask(["FAILOVER", "0", "GRACEFUL"])
            let reader = try server.connect()
            #expect(try Self.areThere(reader))
        }
    }

    /// What happens to the shards while all keys are copied.
    enum Disturbance: CaseIterable {
        case flush
        case failover
    }

    @Test(arguments: Disturbance.allCases)
    func `a snapshot has all of them or none, whatever happens meanwhile`(_ disturbance: Disturbance) async throws {
        try await withServer {
            $0.nodeTimeoutMilliseconds = 30
        } run: { server in
            try Self.write(try server.connect())
            let path = server.adminPath
            var admin = try AdminClient(path: path)
            async let saved = Task {
                var other = try AdminClient(path: path)
                return try other.number("SNAPSHOT", "SAVE", "all")
            }.value
            switch disturbance {
            case .flush: _ = try admin.ask(["FLUSHALL"])
            case .failover: for shard in 0..<3 { _ = try admin.ask(["FAILOVER", "\(shard)", "GRACEFUL"]) }
            }
            let count = try await saved
            #expect(count == Self.names.count || (disturbance == .flush && count == 0), "\(count)")
            #expect(try admin.number("SNAPSHOT", "RESTORE", "all") == count)
            let reader = try server.connect()
            if count > 0 { #expect(try Self.areThere(reader)) }
        }
    }
}
