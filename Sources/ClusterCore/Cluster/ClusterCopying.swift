/// Copies of all keys as they are at one instant, made while the cluster goes on; one at a time.
final class ClusterCopying: Sendable {
    private let cluster: EmbeddedCluster
    /// Held for the time of a copy.
    private let lock = ShardLock()

    init(_ cluster: EmbeddedCluster) {
        self.cluster = cluster
    }

    /// Copies all keys; returns how many there are.
    ///
    /// All shards stand still for the instant, and each again and again while some keys are copied.
    ///
    /// - Parameters:
    ///   - isPossible: looks at each shard at the instant, before anything is copied; what it throws ends all.
    ///   - taking: is lent a shard's copy after each step, with the shard locked.
    ///   - afterStep: is called after each step, with nothing locked.
    func copy<Failure: Error>(
        _ form: ShardCopy.Form, isPossible: (Int, borrowing Shard) throws(Failure) -> Void = { _, _ in },
        taking: (Int, inout ShardCopy) throws(Failure) -> Void, afterStep: () throws(Failure) -> Void = {}
    ) throws(Failure) -> Int {
        lock.lock()
        defer { lock.unlock() }
        try begin(form, isPossible)
        let shards = cluster.shards
        defer { for shard in 0..<shards.count { end(shard) } }
        var keys = 0
        var pause = ShardPause()
        for shard in 0..<shards.count {
            var count: Int?
            while count == nil {
                count = try step(shard, taking)
                pause.restIfDue()
                try afterStep()
            }
            keys += count ?? 0
        }
        return keys
    }

    private func begin<Failure: Error>(
        _ form: ShardCopy.Form, _ isPossible: (Int, borrowing Shard) throws(Failure) -> Void
    ) throws(Failure) {
        let shards = cluster.shards
        let all = ShardSelection(allOf: shards)
        all.lock(shards)
        defer { all.unlock(shards) }
        for shard in 0..<shards.count { try isPossible(shard, shards[shard].pointee) }
        for shard in 0..<shards.count { shards[shard].pointee.beginCopy(form) }
    }

    private func step<Failure: Error>(
        _ shard: Int, _ taking: (Int, inout ShardCopy) throws(Failure) -> Void
    ) throws(Failure) -> Int? {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        var outcome: Result<Void, Failure> = .success(())
        let count = cluster.shards[shard].pointee.continueCopy { copy in
            do throws(Failure) { try taking(shard, &copy) } catch { outcome = .failure(error) }
        }
        try outcome.get()
        return count
    }

    private func end(_ shard: Int) {
        cluster.shards.lock(shard)
        let copy = cluster.shards[shard].pointee.endCopy()
        cluster.shards.unlock(shard)
        copy?.deinitialize(count: 1)
        copy?.deallocate()
    }
}
