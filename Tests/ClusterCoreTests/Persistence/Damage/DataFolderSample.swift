import ClusterCore
import Foundation
import Glibc
import TestSupport
import WireFormats

@testable import ClusterCore

/// A data directory as a cluster has left it, and what it had told its clients that it holds.
struct DataFolderSample {
    let name: String
    /// What the folder holds.
    let image: FolderImage
    /// What its keys held when the last reply had come.
    let contents: Contents

    static let shards = 3

    /// Keys on all shards, with values of all types, some of which look like a log.
    static let keys: [String] =
        (0..<9).map { "s:\($0)" } + (0..<6).map { "tx:\($0)" }
        + (0..<3).flatMap {
            ["list:\($0)", "hash:\($0)", "set:\($0)", "zset:\($0)", "ttl:\($0)", "n:\($0)"]
        }

    /// The folder of a cluster that is killed when `work` has ended.
    private static func killed(
        _ name: String, replicas: Int = 1, isStopped: Bool = false,
        _ work: (_ connect: () throws -> TestClient, String) throws -> Void
    ) async throws -> DataFolderSample {
        let folder = try TemporaryFolder(isInMemory: true)
        let path = folder.path(to: "data")
        var image: FolderImage?
        let contents = try await withServer {
            $0.shards = shards
            $0.replicas = replicas
            $0.directory = path
            $0.nodeTimeoutMilliseconds = 20
        } run: { server in
            try work({ try server.connect() }, server.adminPath)
            let client = try server.connect()
            // The whole process would go down here, and the files stay as they are.
            let contents = try Contents(of: keys.map { Array($0.utf8) }, client)
            image = try Self.still(path)
            return contents
        }
        let left = try FolderImage(of: path)
        return DataFolderSample(name: name, image: isStopped ? left : image ?? left, contents: contents)
    }

    /// A folder that replicas' logs are still being written to.
    private static func still(_ path: String) throws -> FolderImage {
        while true {
            let (first, second) = (try? FolderImage(of: path), try? FolderImage(of: path))
            if let first, first == second { return first }
        }
    }

    /// Writes of all types, and transactions over all shards, the last of which is the last write.
    ///
    /// By a connection of its own each time: a planned failover resets them.
    private static func write(_ connect: () throws -> TestClient, _ round: Int) throws {
        let client = try connect()
        var requests: [[any RequestArgument]] = (0..<9).map {
            ["SET", "s:\($0)", "\(round)\r\n*1\r\n$4\r\nPING\r\n#TX:\(round):0,1"]
        }
        for index in 0..<3 {
            requests += [
                ["RPUSH", "list:\(index)", round, "x"], ["HSET", "hash:\(index)", "f\(round)", round],
                ["SADD", "set:\(index)", round, "m\(round)"], ["ZADD", "zset:\(index)", round, "m\(round)"],
                ["SETEX", "ttl:\(index)", 1_000_000, round], ["INCR", "n:\(index)"],
            ]
        }
        requests.append(["MSET"] + (0..<6).flatMap { ["tx:\($0)", "mset \(round)"] })
        requests += [["MULTI"]] + (0..<6).map { ["SET", "tx:\($0)", "new \(round)"] } + [["EXEC"]]
        let errors = try client.pipeline(requests).compactMap(\.errorText)
        guard errors.isEmpty else { throw ProcessFailure(description: "\(errors)") }
    }

    private static func ask(_ path: String, _ words: [String]) throws {
        var admin = try AdminClient(path: path)
        _ = try admin.ask(words)
    }

    /// Kills a node that is a primary, and waits until another one is.
    private static func kill(_ node: String, _ path: String) throws {
        try ask(path, ["NODE", "KILL", node])
        var admin = try AdminClient(path: path)
        let isReplaced = try waits {
            try admin.nodes().contains { $0.isPrimary && $0.name != node && $0.name.first == node.first }
        }
        guard isReplaced else { throw ProcessFailure(description: "no node in the place of \(node)") }
    }

    /// The keys in which a server that is started on the folder differs from what was acknowledged.
    func differences() async throws -> [String] {
        let folder = try TemporaryFolder(isInMemory: true)
        try image.write(to: folder.path(to: "data"))
        return try await withServer {
            $0.directory = folder.path(to: "data")
            $0.shards = Self.shards
        } run: { server in
            try Contents(of: Self.keys.map { Array($0.utf8) }, try server.connect()).differences(from: contents)
        }
    }

    private static func awaitReplicas(_ path: String) throws {
        var admin = try AdminClient(path: path)
        _ = try waits { try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete } }
    }
}

// MARK: - All of them

extension DataFolderSample {
    /// Folders after all that changes which files there are.
    static func all() async throws -> [DataFolderSample] {
        let plain = try await killed("transactions") { connect, _ in for round in 1...2 { try write(connect, round) } }
        return [
            plain,
            try await killed("no replicas", replicas: 0) { connect, _ in try write(connect, 1) },
            try await killed("failovers") { connect, path in
                try write(connect, 1)
                try kill("0-0", path)
                try write(connect, 2)
                try ask(path, ["NODE", "RESTART", "0-0"])
                try awaitReplicas(path)
                try ask(path, ["FAILOVER", "1", "GRACEFUL"])
                try kill("2-0", path)
                try write(connect, 3)
            },
            try await killed("rewrites") { connect, path in
                try write(connect, 1)
                try ask(path, ["SAVE"])
                try write(connect, 2)
                try kill("1-0", path)
                try ask(path, ["SAVE"])
                try write(connect, 3)
            },
            try await killed("an orderly end", isStopped: true) { connect, path in
                try write(connect, 1)
                try kill("2-0", path)
                try ask(path, ["SAVE"])
                try write(connect, 2)
            },
            try plain.withUnfinishedRound(), try plain.withinRewrite(),
        ]
    }

    /// The same folder after a crash in the middle of a round: two shards have their parts of a transaction, the third one
    /// has the beginning of another command.
    private func withUnfinishedRound() throws -> DataFolderSample {
        var image = image
        func append(_ bytes: [UInt8], shard: Int) {
            image.items["shard-\(shard)/node-0/appendonlydir/appendonly.aof.1.incr.aof"]?.bytes?.append(
                contentsOf: bytes)
        }
        for shard in 0...1 {
            let set = ["SET", "s:0", "half"].map { Array($0.utf8) }
            append(
                RequestEncoder.encode([Array("MULTI".utf8)]) + RequestEncoder.encode(set)
                    + Array("#TX:999:0,1,2\r\n".utf8)
                    + RequestEncoder.encode([Array("EXEC".utf8)]), shard: shard)
        }
        append(Array("*3\r\n$3\r\nSET\r\n$".utf8), shard: 2)
        return DataFolderSample(name: "an unfinished round", image: image, contents: contents)
    }

    /// The same folder in the middle of a rewrite of one shard: the log goes on in another file, and there is no base yet.
    private func withinRewrite() throws -> DataFolderSample {
        let folder = try TemporaryFolder(isInMemory: true)
        let path = folder.path(to: "data")
        try image.write(to: path)
        let started = try StartedFolder(path)
        let value = ["HSET", "hash:shard", "field", "value"]
        guard started.write([value], shard: 1) else { throw ProcessFailure(description: "not written") }
        try started.beginRewrite(shard: 1)
        guard started.write([value, ["HSET", "hash:shard", "field", "other"]], shard: 1) else {
            throw ProcessFailure(description: "not written")
        }
        return DataFolderSample(name: "in a rewrite", image: try FolderImage(of: path), contents: contents)
    }
}
