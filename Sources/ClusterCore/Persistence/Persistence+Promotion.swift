import Glibc
import Logging

/// What happens to the logs when another node becomes a shard's primary: its log comes to count.
extension Persistence {
    /// A node that becomes a shard's primary.
    struct Promotion {
        let node: Node.Name
        /// Its keys, which stand still.
        let keys: ShardSet.Reference
        /// The end of what it has run.
        let applied: LogEnd
        /// No transaction up to this number has a part behind that end.
        let transactions: UInt64
        /// Whether the shard's keys go on from here, without what was logged behind `applied`.
        let losesRest: Bool
        /// Whether the primary before it becomes a replica and keeps its keys.
        let keepsOther: Bool
    }

    /// Lets the log of a node count that becomes a shard's primary; returns the end of the shard's log from which it
    /// goes on for the node.
    ///
    /// What the node has run is written and forced onto the disk, then the shard's file is switched, while no event
    /// loop writes: whatever anybody was told before is in both logs, whatever they are told afterwards in the new
    /// one. The shard takes no write before this has returned.
    func promote(_ promotion: Promotion) throws(PersistenceError) -> LogEnd {
        replicaMutex.lock()
        defer { replicaMutex.unlock() }
        let log = logs[promotion.node.shard][promotion.node.number]
        if log.isCounting { try replace(log, promotion) } else { try bring(log, to: promotion) }
        mutex.lock()
        defer { mutex.unlock() }
        return try change(to: log, promotion)
    }

    /// Begins the log anew that counts though its node was not the primary last: the primary's could not be written.
    private func replace(_ log: NodeLog, _ promotion: Promotion) throws(PersistenceError) {
        mutex.lock()
        defer { mutex.unlock() }
        guard commitLocked(synchronizes: true) else {
            throw PersistenceError("\(directory): \(failure ?? "cannot be written")")
        }
        try beginAnew(log, with: promotion.keys, at: promotion.applied, promotion.transactions)
        letCount(log, at: promotion.applied)
    }

    /// Brings a log up to what its node has run, most of which was written long ago.
    ///
    /// One that has no base yet, or cannot be written, is begun anew.
    private func bring(_ log: NodeLog, to promotion: Promotion) throws(PersistenceError) {
        if log.isCurrent {
            do throws(PersistenceError) {
                try log.write(upTo: promotion.applied)
                try force(log.folder)
                log.cancel(nil)
                if log.isComplete { return }
            } catch {
                note(error, of: log, at: ContinuousClock.now)
            }
        }
        try beginAnew(log, with: promotion.keys, at: promotion.applied, promotion.transactions)
    }

    private func force(_ folder: LogFolder) throws(PersistenceError) {
        guard configuration.synchronization != .never else { return }
        guard folder.force() else { throw PersistenceError(folder.currentPath, "check the disk") }
    }

    /// Begins a log with a base of keys that stand still, in the place of what its folder has.
    ///
    /// - Parameter transactions: the number up to which transactions have no part behind `end`.
    func beginAnew(
        _ log: NodeLog, with keys: ShardSet.Reference, at end: LogEnd, _ transactions: UInt64
    ) throws(PersistenceError) {
        log.abandon()
        try log.folder.openForReplacement()
        let path = log.folder.temporaryBasePath()
        let size = try BaseFiles.write(keys, to: path)
        do throws(PersistenceError) {
            try log.beginAnew(
                base: path, size: size, firstLine: TransactionMark.baseLine(upTo: transactions), at: end)
        } catch {
            unlink(path)
            throw error
        }
    }

    private func change(to log: NodeLog, _ promotion: Promotion) throws(PersistenceError) -> LogEnd {
        guard !isBeyondRepair else { throw PersistenceError("\(directory): \(failure ?? "cannot be written")") }
        let shard = log.name.shard
        var end = promotion.applied
        var transactions = promotion.transactions
        commitLocked(synchronizes: configuration.synchronization == .always) {
            end = cluster.shards.log(of: shard).pointee.end
            transactions = cluster.transactions.current
        }
        if promotion.losesRest {
            // Other shards' logs have parts of transactions whose parts here are lost: they count nevertheless.
            try log.folder.append(annotation: TransactionMark.baseLine(upTo: transactions))
        } else {
            try log.write(upTo: end)
        }
        try force(log.folder)
        try name(log, at: end)
        let other = logs[shard][counting[shard]]
        let written = writtenEnd(of: shard)
        letCount(log, at: end)
        // What the next round writes has it again.
        _ = noteWritten()
        if other === log { return end }
        if promotion.keepsOther, written.position == end.position { other.adopt(at: end) } else { other.abandon() }
        return end
    }
}

extension Persistence {
    /// Writes that a log counts, which has everything up to `end`.
    func name(_ log: NodeLog, at end: LogEnd) throws(PersistenceError) {
        let folder = shardFolders[log.name.shard]
        try note(log, at: end)
        do throws(PersistenceError) {
            try folder.setCountingNode(log.name.number)
        } catch {
            // It may have been written without reaching the disk: which log a start would load is not known.
            if folder.namedNode == log.name.number { giveUp("\(error)") }
            throw error
        }
    }

    /// Writes down how far a log has come that is about to count.
    private func note(_ log: NodeLog, at end: LogEnd) throws(PersistenceError) {
        let entry = log.folder.entry(node: log.name.number, at: end.position)
        guard let record else { return }
        guard record.write(entry, of: log.name), record.force() else {
            throw PersistenceError(record.path, "check the disk")
        }
    }
}

// MARK: - Where that is not possible

extension Persistence {
    /// Notes that a node is a shard's primary and that its log does not count: no write is taken until it does.
    func noteUnsettled(_ node: Node.Name, _ error: PersistenceError) {
        withReplicaLogs {
            withFiles {
                unsettled[node.shard] = node.number
                fail("\(error)")
            }
        }
    }

    /// Tries again to let the logs of primaries count.
    func settleWhatIsUnsettled() {
        withReplicaLogs {
            withFiles {
                // No shard takes a write now, so that nothing is logged on several of them behind this.
                guard !unsettled.isEmpty, commitLocked(synchronizes: true) else { return }
                for (shard, number) in unsettled {
                    do throws(PersistenceError) {
                        try settle(logs[shard][number])
                    } catch {
                        fail("\(error)")
                    }
                }
            }
        }
    }

    /// Begins a primary's log anew and lets it count, while its shard stands still.
    private func settle(_ log: NodeLog) throws(PersistenceError) {
        let shard = log.name.shard
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        let end = cluster.shards.log(of: shard).pointee.end
        try beginAnew(log, with: cluster.shards[shard], at: end, cluster.transactions.current)
        try name(log, at: end)
        let other = logs[shard][counting[shard]]
        letCount(log, at: end)
        _ = noteWritten()
        if other !== log { other.abandon() }
    }
}
