/// What is done to nodes, and how they compare.
extension Replication {
    /// Ends a node with all that it has.
    func kill(_ node: Node) {
        guard node.state != .dead else { return }
        node.state = .dead
        node.silentSince = clock.now()
        events.add("killed", "node \(node.name), \(node.isPrimary ? "the primary" : "a replica")")
        guard node.isPrimary else {
            giveUpCopying(node)
            return node.setCopy(nil)
        }
        for other in nodes[node.name.shard] where other !== node { giveUpCopying(other) }
        let old = withShard(node.name.shard) { shard in
            shard.pointee.setAttention(.isHanging, false)
            shard.pointee.setAttention(.isDown, true)
            return shard.pointee.exchange(Keyspace())
        }
        _ = consume old
        wake()
    }

    /// Lets a node hang: it does nothing more and keeps what it has.
    func stop(_ node: Node) {
        guard node.state == .running else { return }
        node.state = .stopped
        node.silentSince = clock.now()
        events.add("stopped", "node \(node.name), \(node.isPrimary ? "the primary" : "a replica")")
        guard node.isPrimary else { return giveUpCopying(node) }
        for other in nodes[node.name.shard] where other !== node { giveUpCopying(other) }
        withShard(node.name.shard) { $0.pointee.setAttention(.isHanging, true) }
        wake()
    }

    /// Lets a node that hangs go on; one that was given up meanwhile comes back as a replica.
    func resume(_ node: Node) {
        guard node.state == .stopped else { return }
        node.state = .running
        node.silentSince = nil
        events.add("resumed", "node \(node.name)")
        if node.isPrimary { withShard(node.name.shard) { $0.pointee.setAttention(.isHanging, false) } }
        wake()
    }

    /// Starts a node that is dead, or that hangs, anew: without keys, as a replica where there is a primary or will be.
    func restart(_ node: Node) {
        if node.state == .stopped { kill(node) }
        guard node.state == .dead else { return }
        node.state = .running
        node.silentSince = nil
        events.add("restarted", "node \(node.name)")
        if node.isPrimary {
            // It is back before anybody has missed it, and has lost everything: a replica has not.
            depose(node, since: clock.now())
        }
        wake()
    }

    /// A shard of which no node has the keys any more, nor any file; nil where there is none.
    func shardWithoutKeys() -> Int? {
        guard persistence == nil else { return nil }
        return withNodes {
            nodes.indices.first { shard in
                !nodes[shard].contains { $0.isPrimary ? $0.state != .dead : $0.copy?.isComplete == true }
            }
        }
    }

    /// How a replica compares with its primary.
    enum Comparison {
        case equal
        case different(key: [UInt8])
        /// One of the two is not there.
        case notComparable
    }

    /// Compares a replica with its primary, some keys at a time, each time at an instant at which it has run all of the
    /// log.
    func compare(shard: Int, node number: Int) -> Comparison {
        guard let copy = withNodes({ nodes[shard][number].copy }) else { return .notComparable }
        let generation = withShard(shard) { $0.pointee.generation }
        var cursor: UInt64 = 0
        var pause = ShardPause()
        while true {
            let step = withNodes { () -> KeyspaceComparison.Step? in
                let node = nodes[shard][number]
                guard node.isCandidate, node.copy === copy, primary(of: shard)?.state == .running else { return nil }
                // Most of it while the shard goes on.
                catchUp(node, copy)
                return withShard(shard) { reference in
                    guard reference.pointee.generation == generation, node.copy === copy else { return nil }
                    let end = cluster.shards.log(of: shard).pointee.end
                    guard (try? copy.apply(upTo: end)) != nil else { return .different(key: []) }
                    return KeyspaceComparison.step(reference, copy.shards[0], from: cursor)
                }
            }
            switch step {
            case .equalSoFar(let next): cursor = next
            case .equal: return .equal
            case .different(let key): return .different(key: key)
            case nil: return .notComparable
            }
            pause.restIfDue()
        }
    }
}
