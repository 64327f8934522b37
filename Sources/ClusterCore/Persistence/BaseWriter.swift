/// Writes the keys of a shard to bases, some at a time, while the shard goes on.
///
/// A copy has begun: what is written to a key that is not in the files yet goes to the log as a whole.
struct BaseWriter {
    let cluster: EmbeddedCluster
    let shard: Int
    /// Where this changes, the keys are others, and the files cannot be completed.
    let generation: Int

    private static let bucketsPerStep = 32
    /// A step ends where it has added so many bytes: nobody waits longer than for these and one more key.
    private static let bytesPerStep = 64 * 1024

    /// Adds all keys; returns the end of the log up to which it has to be read behind them.
    func write(to files: inout BaseFiles) throws(PersistenceError) -> LogEnd {
        var cursor: UInt64 = 0
        var pause = ShardPause()
        while true {
            guard let step = step(from: cursor, &files) else {
                throw PersistenceError("the shard has other keys now: the log goes on as it was")
            }
            files.writeIfMuch()
            pause.restIfDue()
            guard let next = step.next, !files.haveAllFailed else { return step.end }
            cursor = next
        }
    }

    /// Takes some keys; returns the cursor of the next ones, if there are more, and where the log ends, nil where the keys
    /// are others.
    private func step(from start: UInt64, _ files: inout BaseFiles) -> (next: UInt64?, end: LogEnd)? {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        let reference = cluster.shards[shard]
        guard reference.pointee.generation == generation else { return nil }
        let log = cluster.shards.log(of: shard)
        let before = files.pendingBytes
        let next = reference.pointee.keyspace.scan(start, buckets: Self.bucketsPerStep) { record in
            guard files.pendingBytes - before < Self.bytesPerStep else { return false }
            if log.pointee.capture(record.key, hash: KeyHash.hash(record.key)) { files.add(record) }
            return true
        }
        return (next, log.pointee.end)
    }
}
