import Logging
import WireFormats

@testable import ClusterCore

/// What a start makes of a data directory: all of it but the listeners and the nodes.
final class StartedFolder {
    let cluster: EmbeddedCluster
    private let persistence: Persistence
    private let events: EventList

    /// Starts on a folder.
    init(_ path: String, shards: Int = DataFolderSample.shards, replicas: Int = 1) throws(PersistenceError) {
        var configuration = ServerConfiguration()
        configuration.shards = shards
        configuration.replicas = replicas
        configuration.directory = path
        cluster = EmbeddedCluster(shards: shards, maximumValueBytes: 1_000_000)
        events = EventList(clock: Clock(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        persistence = Persistence(directory: path, configuration: configuration, cluster: cluster, events: events)
        try persistence.start()
    }

    deinit {
        persistence.stop()
        cluster.shards.destroy()
    }

    /// What has happened, by kind.
    func texts(of kind: String) -> [String] { events.after(0).events.filter { $0.kind == kind }.map(\.text) }

    /// The shards whose keys are not those of another.
    func differences(from other: StartedFolder) -> [Int] {
        (0..<cluster.shards.count).filter { shard in
            var cursor: UInt64 = 0
            while true {
                switch KeyspaceComparison.step(cluster.shards[shard], other.cluster.shards[shard], from: cursor) {
                case .equalSoFar(let next): cursor = next
                case .equal: return false
                case .different: return true
                }
            }
        }
    }

    /// Logs commands of a shard, and writes them as a round does.
    func write(_ commands: [[String]], shard: Int) -> Bool {
        for words in commands {
            let log = cluster.shards.log(of: shard)
            log.pointee.append(commands: RequestEncoder.encode(words.map { Array($0.utf8) }))
        }
        cluster.unwritten.set()
        var known = 0
        return persistence.commit(&known)
    }

    /// Writes a transaction over all shards, as a round does: `tx:0` on the first one and so on become `new`.
    func writeTransaction() -> Bool {
        let number = cluster.transactions.next()
        let mark = TransactionMark(number: number, shards: Array(0..<cluster.shards.count))
        for shard in 0..<cluster.shards.count {
            let log = cluster.shards.log(of: shard)
            let set = ["SET", "tx:\(shard)", "new"].map { Array($0.utf8) }
            log.pointee.append(
                commands: RequestEncoder.encode([Array("MULTI".utf8)]) + RequestEncoder.encode(set))
            for line in mark.lines { log.pointee.append(annotation: line) }
            log.pointee.append(commands: RequestEncoder.encode([Array("EXEC".utf8)]))
        }
        return write([], shard: 0)
    }

    /// The string of a key on a shard, which need not be its own; nil where there is none.
    func value(_ key: String, shard: Int) -> String? {
        Bytes.with(key) { cluster.shards[shard].pointee.keyspace.record($0)?.value.text }
    }

    /// Begins another log of a shard, as a rewrite does; its base never comes.
    func beginRewrite(shard: Int) throws {
        try persistence.withFiles {
            try persistence.folders[shard].beginNextLog(
                firstLine: TransactionMark.baseLine(upTo: cluster.transactions.current))
            _ = persistence.noteWritten()
        }
    }
}
