import Logging

/// Notices that a primary has gone, and puts a replica in its place.
extension Replication {
    /// Gives up what does not answer, and promotes a replica where the primary is gone for long enough.
    func watch(_ shard: Int, _ now: Instant) {
        guard let primary = primary(of: shard) else { return promote(shard, now) }
        guard primary.state != .running else { return }
        let since = primary.silentSince ?? now
        primary.silentSince = since
        guard now >= since.after(milliseconds: nodeTimeout) else { return }
        depose(primary, since: since)
        promote(shard, now)
    }

    /// Takes a primary that does not answer its role.
    func depose(_ node: Node, since: Instant) {
        let shard = node.name.shard
        node.isPrimary = false
        downSince[shard] = since
        for other in nodes[shard] where other !== node { giveUpCopying(other) }
        let old = withShard(shard) { reference in
            reference.pointee.setAttention(.isHanging, false)
            reference.pointee.setAttention(.isDown, true)
            return reference.pointee.exchange(Keyspace())
        }
        _ = consume old
        events.add("down", "node \(node.name) has not answered for \(nodeTimeout) ms: shard \(shard) has no primary")
    }

    /// Makes the replica that is furthest the primary, once it has run all of the log.
    private func promote(_ shard: Int, _ now: Instant) {
        let candidates = nodes[shard].filter(\.isCandidate)
        guard let node = candidates.max(by: { ($0.copy?.cursor.position ?? 0) < ($1.copy?.cursor.position ?? 0) }),
            let copy = node.copy
        else { return beginAnewWhereNothingIsLeft(shard) }
        catchUp(node, copy)
        guard node.copy != nil else { return }
        let start = copy.cursor
        let end = letLogCount(node, copy, losesRest: lag > 0)
        if lag > 0 { noteLosses(node, from: start, to: end) }
        install(node, copy, of: shard, from: lag > 0 ? LogCursor(at: end) : copy.cursor)
        noteFailover(since: downSince[shard] ?? now)
        downSince[shard] = nil
        events.add(
            "failover",
            "node \(node.name) is the primary of shard \(shard), \(lastFailoverMicroseconds / 1000) ms after the last "
                + "one was lost")
    }

    /// Lets the log of a node count that is about to be promoted; returns the end of the shard's log from which it
    /// goes on for the node.
    ///
    /// Where the files do not allow that, the shard goes on without taking writes.
    private func letLogCount(_ node: Node, _ copy: ReplicaCopy, losesRest: Bool) -> LogEnd {
        let shard = node.name.shard
        let (end, transactions) = withShard(shard) { _ in
            (cluster.shards.log(of: shard).pointee.end, cluster.transactions.current)
        }
        guard let persistence else { return end }
        if !losesRest { _ = try? copy.apply(upTo: end) }
        do throws(PersistenceError) {
            return try persistence.promote(
                Persistence.Promotion(
                    node: node.name, keys: copy.shards[0], applied: copy.cursor.end, transactions: transactions,
                    losesRest: losesRest, keepsOther: false))
        } catch {
            persistence.noteUnsettled(node.name, error)
            return end
        }
    }

    /// Puts a replica's keys, and what the shard's log says from `cursor` on, in the shard's place.
    private func install(_ node: Node, _ copy: ReplicaCopy, of shard: Int, from cursor: LogCursor) {
        node.isPrimary = true
        node.silentSince = nil
        node.setCopy(nil)
        copy.cursor = cursor
        let old = withShard(shard) { reference in
            // A shard without a primary takes no commands; all keys may be removed or restored nevertheless.
            _ = try? copy.apply(upTo: cluster.shards.log(of: shard).pointee.end)
            let old = reference.pointee.exchange(copy.exchangeKeys(Keyspace()))
            reference.pointee.setAttention(.isDown, false)
            reference.pointee.setAttention(.isHanging, false)
            return old
        }
        _ = consume old
    }
}

// MARK: - The last node

extension Replication {
    /// Makes a running node the primary of a shard of which no node, not even one that hangs, has the keys any more.
    private func beginAnewWhereNothingIsLeft(_ shard: Int) {
        guard !nodes[shard].contains(where: { $0.copy?.isComplete == true }),
            let node = nodes[shard].first(where: { $0.state == .running })
        else { return }
        beginAlone(node)
    }

    /// Makes a node the primary of a shard that has no other: with the keys of the shard's log, if there are files.
    private func beginAlone(_ node: Node) {
        guard let persistence else { return beginWithoutKeys(node) }
        let shard = node.name.shard
        if let next = nextReload[shard], ContinuousClock.now < next { return }
        do throws(PersistenceError) {
            var end = withShard(shard) { _ in cluster.shards.log(of: shard).pointee.end }
            let keys = try persistence.reload(shard, upTo: &end)
            let other = persistence.countingNode(of: shard)
            begin(node, with: keys, of: end)
            nextReload[shard] = nil
            events.add(
                "reload",
                "node \(node.name) is the primary of shard \(shard), with the keys of the log of node "
                    + "\(shard)-\(other)")
        } catch {
            // The log is all that is left of the keys: the shard has no primary until it can be read.
            let isKnown = nextReload.updateValue(.now + Self.reloadPause, forKey: shard) != nil
            if isKnown { return }
            events.add(
                "reload", "shard \(shard) has no primary: \(error): its log is read again every second", level: .error)
        }
    }

    private func beginWithoutKeys(_ node: Node) {
        let shard = node.name.shard
        node.isPrimary = true
        downSince[shard] = nil
        events.add(
            "data loss", "node \(node.name) is the primary of shard \(shard) without keys: no other node was left",
            level: .error)
        let old = withShard(shard) { shard in
            shard.pointee.setAttention(.isDown, false)
            return shard.pointee.removeAll()
        }
        _ = consume old
    }

    /// Makes a node the primary with the keys that the shard's log makes up to `end`; what was removed since is removed.
    private func begin(_ node: Node, with keys: consuming Keyspace, of end: LogEnd) {
        let shard = node.name.shard
        downSince[shard] = nil
        let generation = withShard(shard) { $0.pointee.generation }
        let copy = ReplicaCopy(at: end, generation: generation, now: clock.now(), isEmpty: true)
        _ = copy.exchangeKeys(keys)
        if persistence?.countingNode(of: shard) != node.name.number {
            _ = letLogCount(node, copy, losesRest: false)
        }
        install(node, copy, of: shard, from: copy.cursor)
    }
}

// MARK: - A planned failover

extension Replication {
    /// Hands the primary's role over while the shard waits; nil where no replica could take it.
    func switchOver(_ shard: Int) throws(PersistenceError) -> Node? {
        guard let old = primary(of: shard), old.state == .running,
            let node = nodes[shard].first(where: \.isCandidate), let copy = node.copy
        else { return nil }
        let startedAt = clock.now()
        catchUp(node, copy)
        if let persistence {
            hang(shard, true)
            defer { hang(shard, false) }
            guard try letLogCount(node, copy, insteadOf: old, persistence) else { return nil }
        }
        guard exchange(node, copy, with: old) else { return nil }
        noteFailover(since: startedAt)
        events.add(
            "failover", "node \(node.name) has taken the primary's role of shard \(shard) over from node \(old.name)")
        return node
    }

    /// Lets commands wait, or go on.
    private func hang(_ shard: Int, _ isOn: Bool) {
        withShard(shard) { $0.pointee.setAttention(.isHanging, isOn) }
    }

    /// Lets the log of a node count in place of its primary's; false where the node cannot run what it has to.
    private func letLogCount(
        _ node: Node, _ copy: ReplicaCopy, insteadOf old: Node, _ persistence: Persistence
    ) throws(PersistenceError) -> Bool {
        let shard = node.name.shard
        let (end, transactions) = withShard(shard) { _ in
            (cluster.shards.log(of: shard).pointee.end, cluster.transactions.current)
        }
        guard (try? copy.apply(upTo: end)) != nil else { return false }
        _ = try persistence.promote(
            Persistence.Promotion(
                node: node.name, keys: copy.shards[0], applied: end, transactions: transactions, losesRest: false,
                keepsOther: true))
        return true
    }

    /// Exchanges the keys of a node, once it has run everything, with its primary's, and their roles.
    private func exchange(_ node: Node, _ copy: ReplicaCopy, with old: Node) -> Bool {
        let shard = node.name.shard
        let isDone = withShard(shard) { reference in
            guard let log = reference.pointee.keyspace.log, (try? copy.apply(upTo: log.pointee.end)) != nil else {
                return false
            }
            _ = copy.exchangeKeys(reference.pointee.exchange(withEqual: copy.exchangeKeys(Keyspace())))
            return true
        }
        guard isDone else { return false }
        node.isPrimary = true
        node.setCopy(nil)
        old.isPrimary = false
        old.setCopy(copy)
        old.tellLog()
        return true
    }
}
