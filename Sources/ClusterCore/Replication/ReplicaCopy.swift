/// A replica's keys, how far it has come in its shard's log, and the copying that gave it the keys.
final class ReplicaCopy {
    let shards = ShardSet.make(count: 1)
    var applier: LogApplier
    var cursor: LogCursor
    /// The next part of the primary to be copied; nil where all of it has been.
    var copying: UInt64?
    /// The generation of the keys that are being copied.
    let generation: Int
    /// When the copying began.
    let startedAt: Instant

    /// A copy without keys, to be filled from the shard's keys, then from its log from `end` on.
    init(at end: LogEnd, generation: Int, now: Instant, isEmpty: Bool) {
        self.generation = generation
        applier = LogApplier(target: shards)
        cursor = LogCursor(at: end)
        copying = isEmpty ? nil : 0
        startedAt = now
    }

    deinit {
        shards.destroy()
    }

    var isComplete: Bool { copying == nil }

    /// Takes the keys out; others are put in.
    func exchangeKeys(_ other: consuming Keyspace) -> Keyspace { shards[0].pointee.exchange(other) }

    /// Runs what stands in the shard's log up to `end`.
    func apply(upTo end: LogEnd) throws(LogApplier.Failure) {
        try cursor.read(upTo: end) { bytes throws(LogApplier.Failure) in try applier.apply(bytes) }
    }
}
