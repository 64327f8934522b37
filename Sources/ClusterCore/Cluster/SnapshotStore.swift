/// All keys of a cluster at instants that were given names, in memory: to come back to between two tests.
///
/// Beside the commands that make its keys, which logs and files need, each snapshot has the keys themselves in readiness,
/// so that to restore it is to exchange one keyspace for another.
final class SnapshotStore: Sendable {
    private final class Snapshot: Sendable {
        /// By shard, the commands that make its keys.
        let shards: [LogStretch]
        /// By shard, the bytes that it takes, about: those of the commands, and of the keys that are ready.
        let bytes: [Int]
        let keys: Int
        /// The keys, ready to be put in the place of others; nil while they are not.
        let ready = Locked<KeyspaceSet?>(nil)

        init(shards: [LogStretch], bytes: [Int], keys: Int) {
            self.shards = shards
            self.bytes = bytes
            self.keys = keys
        }
    }

    private let snapshots = Locked<[String: Snapshot]>([:])
    /// The keys that snapshots have taken the place of.
    private let replaced = Locked<[KeyspaceSet]>([])
    private let copying: ClusterCopying

    /// So many names there may be.
    private static let most = 100

    init(_ copying: ClusterCopying) {
        self.copying = copying
    }

    private func find(_ name: String) throws(PersistenceError) -> Snapshot {
        let (snapshot, names) = snapshots.withLock { ($0[name], $0.keys.sorted()) }
        guard let snapshot else {
            let others = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
            throw PersistenceError("no snapshot '\(name)': \(others)")
        }
        return snapshot
    }

    /// Keeps all keys under a name, in place of what it had; returns how many there are.
    ///
    /// The shards go on meanwhile. What snapshots take counts as a node's memory: one that would make it go over its limit
    /// is not made.
    func save(_ name: String, _ cluster: EmbeddedCluster) throws(PersistenceError) -> Int {
        let isPossible = snapshots.withLock { $0[name] != nil || $0.count < Self.most }
        guard isPossible else {
            throw PersistenceError("there are \(Self.most) snapshots already: delete one with SNAPSHOT DELETE")
        }
        var stretches: [LogStretch] = []
        /// By shard, what the keys take, and what is left for the commands that make them.
        var sizes: [(keys: Int, room: Int)] = []
        let keys = try copying.copy(.commands) { (_, shard) throws(PersistenceError) in
            sizes.append((shard.keyBytes, shard.memoryLimit - shard.usedBytes - shard.keyBytes))
        } taking: { (shard, copy) throws(PersistenceError) in
            let stretch = copy.stretch
            guard stretch.byteCount <= sizes[shard].room else { throw Self.tooLarge(name, shard) }
            if copy.isComplete { stretches.append(stretch) }
        }
        let bytes = zip(sizes, stretches).map { $0.keys + $1.byteCount }
        let old = snapshots.withLock {
            $0.updateValue(Snapshot(shards: stretches, bytes: bytes, keys: keys), forKey: name)
        }
        count(bytes, insteadOf: old, cluster)
        return keys
    }

    private static func tooLarge(_ name: String, _ shard: Int) -> PersistenceError {
        PersistenceError(
            "snapshot '\(name)': shard \(shard) would take more than --max-memory with it: delete a snapshot, or remove keys"
        )
    }

    /// Counts what a snapshot takes as memory of the shards.
    private func count(_ bytes: [Int], insteadOf old: Snapshot?, _ cluster: EmbeddedCluster) {
        let shards = cluster.shards
        for shard in 0..<shards.count {
            shards.lock(shard)
            shards[shard].pointee.snapshotBytes += bytes[shard] - (old?.bytes[shard] ?? 0)
            shards.unlock(shard)
        }
    }

    /// Frees what was replaced, and makes the keys of a snapshot ready to be restored, if it is there and they are not.
    ///
    /// Takes its time: to be called where nobody waits.
    func prepare(_ name: String) {
        replaced.withLock { $0 = [] }
        guard let snapshot = try? find(name), snapshot.ready.withLock({ $0 == nil }) else { return }
        let keys = try? KeyspaceSet(name, snapshot.shards)
        snapshot.ready.withLock { $0 = $0 ?? keys }
    }

    /// Puts the keys of a snapshot in the place of all others, at one instant; returns how many there are.
    func restore(_ name: String, _ cluster: EmbeddedCluster) throws(PersistenceError) -> Int {
        let snapshot = try find(name)
        let ready = snapshot.ready.withLock { ready in
            defer { ready = nil }
            return ready
        }
        let keyspaces: KeyspaceSet
        if let ready { keyspaces = ready } else { keyspaces = try KeyspaceSet(name, snapshot.shards) }
        exchange(keyspaces, snapshot, cluster)
        replaced.withLock { $0.append(keyspaces) }
        return snapshot.keys
    }

    private func exchange(_ keyspaces: KeyspaceSet, _ snapshot: Snapshot, _ cluster: EmbeddedCluster) {
        let shards = cluster.shards
        let all = ShardSelection(allOf: shards)
        all.lock(shards)
        defer { all.unlock(shards) }
        cluster.beginFrames(all)
        for shard in 0..<shards.count {
            keyspaces.exchange(shard) { shards[shard].pointee.replaceAll(with: $0, snapshot.shards[shard]) }
        }
        cluster.endFrames(all)
        cluster.unwritten.set()
    }

    /// Forgets a snapshot; returns how many keys it had.
    func delete(_ name: String, _ cluster: EmbeddedCluster) throws(PersistenceError) -> Int {
        let keys = try find(name).keys
        let old = snapshots.withLock { $0.removeValue(forKey: name) }
        if let old { count(old.bytes.map { _ in 0 }, insteadOf: old, cluster) }
        return keys
    }
}

/// The keys of all shards, outside the cluster.
///
/// Sendable, unchecked: whoever has made it, or has taken it out of a snapshot, is the only one to touch it.
private final class KeyspaceSet: @unchecked Sendable {
    private var shards: [ShardSet] = []

    /// The keys that commands make.
    init(_ name: String, _ commands: [LogStretch]) throws(PersistenceError) {
        for stretch in commands {
            shards.append(.make(count: 1))
            var applier = LogApplier(target: shards[shards.count - 1])
            do throws(LogApplier.Failure) {
                try stretch.read { (bytes) throws(LogApplier.Failure) in try applier.apply(bytes) }
            } catch {
                throw PersistenceError("snapshot '\(name)': \(error.command) was answered '\(error.answer)'")
            }
        }
    }

    deinit {
        for shard in shards { shard.destroy() }
    }

    /// Gives a shard's keys to `body`, and takes those that it returns in their place.
    func exchange(_ shard: Int, _ body: (consuming Keyspace) -> Keyspace) {
        let own = shards[shard][0]
        _ = own.pointee.exchange(body(own.pointee.exchange(Keyspace())))
    }
}
