import ClusterCore
import Foundation
import Glibc
import TestSupport
import Testing

/// An export has all keys as they are at one instant, whatever happens to them meanwhile.
@Suite(.blocking, .serialized)
struct ExportTests {
    private static let keys = 6_000

    private static func fill(_ client: TestClient) throws {
        for start in stride(from: 0, to: keys, by: 500) {
            try client.pipeline((start..<start + 500).map { ["SET", "key:\($0)", $0] })
        }
    }

    /// Exports while `disturb` runs again and again; returns what the exports have answered.
    private func export(
        _ count: Int, _ server: EmbeddedServer, to path: String,
        while disturb: @escaping @Sendable (Int) throws -> Void
    ) async throws -> [Int] {
        let isOver = SharedFlag()
        return try await withThrowingTaskGroup(of: [Int].self) { group in
            group.addTask {
                var round = 0
                while !isOver.isSet {
                    round += 1
                    try disturb(round)
                }
                return []
            }
            group.addTask {
                defer { isOver.set() }
                var admin = try AdminClient(path: server.adminPath)
                return try (0..<count).map { try admin.number("EXPORT", "\(path).\($0)") }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// One client counts through the keys of a row, over all shards, and does so with every kind of value: at each
    /// instant no key has more than the one before it, and none is two rounds behind.
    @Test(arguments: [0, 1]) func `a row of counters is as it was at one instant`(_ replicas: Int) async throws {
        let folder = try TemporaryFolder()
        let row = 24
        let exports = try await withServer {
            $0.replicas = replicas
        } run: { server in
            try Self.fill(try server.connect())
            return try await export(5, server, to: folder.path(to: "dump")) { round in
                let client = try server.connect()
                for place in 0..<row {
                    switch place % 5 {
                    case 0: try client("INCR", "row:\(place)")
                    case 1: try client("RPUSH", "row:\(place)", round)
                    case 2: try client("SADD", "row:\(place)", round)
                    case 3: try client("HSET", "row:\(place)", round, "x")
                    default: try client("ZADD", "row:\(place)", round, round)
                    }
                    // The others change too, and some are new.
                    try client.pipeline([
                        ["MSET", "key:\((round * row + place) % Self.keys)", "new", "other:\(place)", round],
                        ["DEL", "key:\((round * 7 + place) % Self.keys)"],
                    ])
                    try client.pipeline([
                        ["MULTI"], ["SET", "pair:\(place)", round], ["SET", "twin:\(place)", round], ["EXEC"],
                    ])
                }
            }
        }
        for (number, keys) in exports.enumerated() {
            let loaded = try ClusterProcess("--load", "\(folder.path(to: "dump")).\(number)", "--replicas", "0")
            let client = try TestClient(loaded.endpoint)
            var counts: [Int64] = []
            for place in 0..<row {
                let command = ["GET", "LLEN", "SCARD", "HLEN", "ZCARD"][place % 5]
                let reply = try client(command, "row:\(place)")
                counts.append(reply.number ?? Int64(String(decoding: reply.bytes ?? [0x30], as: UTF8.self)) ?? -1)
                #expect(try client("GET", "pair:\(place)") == client("GET", "twin:\(place)"))
            }
            #expect(counts == counts.sorted(by: >), "export \(number): \(counts)")
            #expect((counts.first ?? 0) - (counts.last ?? 0) <= 1, "export \(number): \(counts)")
            var admin = try AdminClient(path: loaded.adminPath)
            #expect(try admin.shards().reduce(0) { $0 + $1.keys } == keys)
        }
    }

    @Test func `keys that are replaced as a whole are all there, or none of them`() async throws {
        let folder = try TemporaryFolder()
        let exports = try await withServer { server in
            try Self.fill(try server.connect())
            var first = try AdminClient(path: server.adminPath)
            _ = try first.number("SNAPSHOT", "SAVE", "full")
            return try await export(12, server, to: folder.path(to: "dump")) { round in
                var admin = try AdminClient(path: server.adminPath)
                if round % 2 == 0 {
                    _ = try admin.number("SNAPSHOT", "RESTORE", "full")
                } else {
                    _ = try admin.flushAll()
                }
            }
        }
        #expect(exports.allSatisfy { $0 == 0 || $0 == Self.keys }, "\(exports)")
    }

    @Test func `a failover meanwhile takes no key away`() async throws {
        let folder = try TemporaryFolder()
        let exports = try await withServer { server in
            try Self.fill(try server.connect())
            return try await export(8, server, to: folder.path(to: "dump")) { round in
                var admin = try AdminClient(path: server.adminPath)
                _ = try? admin.ask(["FAILOVER", "\(round % 3)", "GRACEFUL"])
            }
        }
        #expect(exports.allSatisfy { $0 == Self.keys }, "\(exports)")
    }

    @Test func `a path that cannot be written is one line, and exports go on to work`() async throws {
        let folder = try TemporaryFolder()
        try await withServer { server in
            try Self.fill(try server.connect())
            var admin = try AdminClient(path: server.adminPath)
            #expect(throws: AdminClient.Failure.self) { try admin.number("EXPORT", "/no/such/folder/dump.rdb") }
            #expect(throws: AdminClient.Failure.self) { try admin.number("EXPORT", folder.path) }
            #expect(try admin.number("EXPORT", folder.path(to: "dump.rdb")) == Self.keys)
        }
    }

    @Test func `a file keeps its permissions and the links to it, and what is no file is left alone`() async throws {
        let folder = try TemporaryFolder()
        let (file, link, pipe) = (folder.path(to: "dump.rdb"), folder.path(to: "link"), folder.path(to: "pipe"))
        try await withServer { server in
            try Self.fill(try server.connect())
            var admin = try AdminClient(path: server.adminPath)
            #expect(FileManager.default.createFile(atPath: file, contents: nil))
            chmod(file, 0o640)
            symlink(file, link)
            #expect(try admin.number("EXPORT", link) == Self.keys)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(attributes[.size] as? Int ?? 0 > Self.keys)
            mkfifo(pipe, 0o600)
            let error = #expect(throws: AdminClient.Failure.self) { try admin.number("EXPORT", pipe) }
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("no regular file"))
            var status = stat()
            #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        }
    }
}
