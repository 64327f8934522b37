import Synchronization

/// All keys of a cluster at instants that were given names, in memory: to come back to between two tests.
final class SnapshotStore: Sendable {
    /// By shard, the commands that make its keys.
    private struct Snapshot: Sendable {
        let shards: [[UInt8]]
        let keys: Int
    }

    private let snapshots = Mutex<[String: Snapshot]>([:])

    private func find(_ name: String) throws(PersistenceError) -> Snapshot {
        let (snapshot, names) = snapshots.withLock { ($0[name], $0.keys.sorted()) }
        guard let snapshot else {
            let others = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
            throw PersistenceError("no snapshot '\(name)': \(others)")
        }
        return snapshot
    }

    /// Keeps all keys under a name, in place of what it had; returns how many there are.
    func save(_ name: String, _ cluster: EmbeddedCluster) -> Int {
        let shards = cluster.shards
        var states: [[UInt8]] = []
        var keys = 0
        for shard in 0..<shards.count { shards.lock(shard) }
        for shard in 0..<shards.count {
            var log = WriteLog(isPlain: true)
            var cursor = LogCursor(at: log.end)
            shards[shard].pointee.keyspace.forEach { KeyState.log($0, to: &log) }
            var bytes: [UInt8] = []
            cursor.read(upTo: log.end) { bytes.append(contentsOf: $0) }
            states.append(bytes)
            keys += shards[shard].pointee.keyspace.count
        }
        for shard in 0..<shards.count { shards.unlock(shard) }
        snapshots.withLock { $0[name] = Snapshot(shards: states, keys: keys) }
        return keys
    }

    /// Puts the keys of a snapshot in the place of all others, at one instant; returns how many there are.
    func restore(_ name: String, _ cluster: EmbeddedCluster) throws(PersistenceError) -> Int {
        let snapshot = try find(name)
        let shards = cluster.shards
        var copies: [ShardSet] = []
        defer { for copy in copies { copy.destroy() } }
        for bytes in snapshot.shards {
            copies.append(.make(count: 1))
            var applier = LogApplier(target: copies[copies.count - 1])
            do throws(LogApplier.Failure) {
                try applier.apply(commands: bytes)
            } catch {
                throw PersistenceError("snapshot '\(name)': \(error.command) was answered '\(error.answer)'")
            }
        }
        var all = ShardSelection(shards: shards.count)
        for shard in 0..<shards.count { all.insert(shard) }
        all.lock(shards)
        defer { all.unlock(shards) }
        cluster.beginFrames(all)
        for shard in 0..<shards.count {
            shards[shard].pointee.replaceAll(
                with: copies[shard][0].pointee.exchange(Keyspace()), snapshot.shards[shard])
        }
        cluster.endFrames(all)
        cluster.unwritten.set()
        return snapshot.keys
    }

    /// Forgets a snapshot; returns how many keys it had.
    func delete(_ name: String) throws(PersistenceError) -> Int {
        let keys = try find(name).keys
        snapshots.withLock { _ = $0.removeValue(forKey: name) }
        return keys
    }
}
