import DequeModule
import Logging

/// Carries what the shards' logs say to the replicas.
extension Replication {
    /// Forgets the keys of a node that hangs, once its log has grown too long to be kept for it: it is filled anew
    /// later.
    func dropWhatIsFarBehind(_ node: Node) {
        guard let copy = node.copy, bytesBehind(node, copy) > Self.backlogLimit else { return }
        node.setCopy(nil)
        events.add("resync", "node \(node.name) hangs and is too far behind: it will be filled anew")
    }

    /// Brings a replica up to its shard's log, or goes on with the copying; returns how many bytes it was behind.
    @discardableResult
    func carry(to node: Node) -> Int {
        guard let copy = node.copy else {
            // The keys of a primary that is gone are gone, too: only one that runs can be copied.
            if primary(of: node.name.shard)?.state == .running { beginCopying(node) }
            return 0
        }
        if !copy.isComplete { copyMore(to: node, copy) }
        guard copy.isComplete else { return 0 }
        return catchUp(node, copy)
    }

    /// Runs what a replica has not run yet of its shard's log; returns how many bytes that was.
    @discardableResult
    func catchUp(_ node: Node, _ copy: ReplicaCopy) -> Int {
        defer { node.tellLog() }
        guard let end = visibleEnd(of: node.name.shard) else { return 0 }
        guard end.position > copy.cursor.position else { return 0 }
        let behind = Int(end.position - copy.cursor.position)
        do throws(LogApplier.Failure) {
            try copy.apply(upTo: end)
        } catch {
            events.add(
                "divergence", "node \(node.name) answers \(error.command) with '\(error.answer)': it is filled anew",
                level: .critical)
            node.setCopy(nil)
        }
        return behind
    }

    /// The bytes of its shard's log that a node has not run yet.
    func bytesBehind(_ node: Node, _ copy: ReplicaCopy) -> Int {
        Int(
            withShard(node.name.shard) { _ in cluster.shards.log(of: node.name.shard).pointee.end.position }
                - copy.cursor.position)
    }

    /// The bytes that a node has run and that its log does not have yet.
    func bytesUnwritten(_ node: Node) -> Int {
        guard let copy = node.copy, copy.isComplete else { return 0 }
        return node.log?.bytesBehind(copy.cursor.position) ?? 0
    }
}

// MARK: - Lagging behind on purpose

extension Replication {
    /// Up to where replicas may read their shard's log.
    private func visibleEnd(of shard: Int) -> LogEnd? {
        guard lag > 0 else { return withShard(shard) { $0.pointee.keyspace.log?.pointee.end } }
        let now = clock.now()
        var visible: LogEnd?
        while let first = marks[shard].first, now >= first.time.after(milliseconds: lag) {
            visible = first.end
            marks[shard].removeFirst()
        }
        // The last one stays for the other replicas.
        if let visible { marks[shard].prepend((Instant(milliseconds: 0), visible)) }
        return visible
    }

    /// Notes where a shard's log ends now.
    func mark(_ shard: Int, _ now: Instant) {
        guard let end = withShard(shard, { $0.pointee.keyspace.log?.pointee.end }) else { return }
        if marks[shard].last?.end.position != end.position { marks[shard].append((now, end)) }
        let slowest = nodes[shard].compactMap { $0.copy?.cursor.position }.min()
        if let slowest { cluster.ledger?.forget(shard: shard, upTo: slowest) }
    }

    /// Notes what a replica that was promoted lacks: it is lost, though it was acknowledged.
    func noteLosses(_ node: Node, from start: LogCursor, to end: LogEnd) {
        guard let ledger = cluster.ledger else { return }
        let shard = node.name.shard
        var cursor = start
        var bytes: [UInt8] = []
        cursor.read(upTo: end) { bytes.append(contentsOf: $0) }
        let count = ledger.lose(shard: shard, from: start.position, bytes, at: clock.now())
        marks[shard].removeAll()
        // What the others have not run yet the new primary does not have: they are filled anew.
        for other in nodes[shard] where other !== node { other.setCopy(nil) }
        if count > 0 {
            events.add(
                "loss", "shard \(shard): the failover has lost \(count) acknowledged writes: LOSSES lists them",
                level: .warning)
        }
    }
}
