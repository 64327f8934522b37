/// Fills a node from its shard's primary, while the shard goes on.
extension Replication {
    /// The buckets that one step of a copying looks at, and the bytes after which it ends: nobody waits longer than for
    /// these and one more key.
    private static let bucketsPerStep = 32
    private static let bytesPerStep = 64 * 1024
    private static let stepsPerPass = 64

    /// Begins to fill a node from its shard's primary.
    func beginCopying(_ node: Node) {
        let now = clock.now()
        let copy = withShard(node.name.shard) { shard -> ReplicaCopy? in
            if shard.pointee.keyspace.log == nil { shard.pointee.setLog(cluster.shards.log(of: node.name.shard)) }
            guard let log = shard.pointee.keyspace.log, !log.pointee.isCapturing else { return nil }
            let isEmpty = shard.pointee.keyspace.count == 0
            if !isEmpty { log.pointee.beginCapture() }
            return ReplicaCopy(
                at: log.pointee.end, generation: shard.pointee.generation, now: now, isEmpty: isEmpty)
        }
        node.setCopy(copy)
        node.tellLog()
    }

    /// Copies some keys more; the shard is held up for no longer than that takes.
    func copyMore(to node: Node, _ copy: ReplicaCopy) {
        var pause = ShardPause()
        for _ in 0..<Self.stepsPerPass {
            guard let cursor = copy.copying else { return }
            var states = WriteLog()
            var reader = LogCursor(at: states.end)
            // Freed when the shard is not locked any more.
            var captured: CapturedKeys?
            var isSame = false
            let next: UInt64? = withShard(node.name.shard) { shard in
                guard let log = shard.pointee.keyspace.log, shard.pointee.generation == copy.generation else {
                    return nil
                }
                isSame = true
                let next = shard.pointee.keyspace.scan(cursor, buckets: Self.bucketsPerStep) { record in
                    guard states.end.position < Self.bytesPerStep else { return false }
                    if log.pointee.capture(record.key, hash: KeyHash.hash(record.key)) {
                        KeyState.log(record, to: &states)
                    }
                    return true
                }
                if next == nil { captured = log.pointee.endCapture() }
                return next
            }
            _ = consume captured
            let isApplied: ()? = try? reader.read(upTo: states.end) { try copy.applier.apply($0) }
            guard isSame, isApplied != nil else { return giveUpCopying(node) }
            copy.copying = next
            if next == nil { noteCopied(node, copy) }
            pause.restIfDue()
        }
    }

    private func noteCopied(_ node: Node, _ copy: ReplicaCopy) {
        let milliseconds = clock.now().milliseconds - copy.startedAt.milliseconds
        events.add("resync", "node \(node.name) has all keys of its primary, after \(milliseconds) ms")
    }

    /// Forgets a copy that cannot be completed, such as one whose primary is gone.
    func giveUpCopying(_ node: Node) {
        guard let copy = node.copy, !copy.isComplete else { return }
        node.setCopy(nil)
        let captured = withShard(node.name.shard) { $0.pointee.keyspace.log?.pointee.endCapture() }
        _ = consume captured
    }
}
