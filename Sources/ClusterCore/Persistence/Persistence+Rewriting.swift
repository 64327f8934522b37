import Glibc
import Logging
import Synchronization

/// Rewrites: a base of a shard's keys takes the place of a log's files, while the shard goes on.
///
/// All logs of a shard say the same from any position on, so that one base, written once, serves all those that begin
/// another log at the position where it was begun. A replica's log begins that one, and takes the base, when its node
/// has come so far.
extension Persistence {
    /// Asks for the rewrites that are due.
    func wantRewrite() {
        isRewriteWanted.store(true, ordering: .releasing)
        rewriter?.wake()
    }

    func rewriteWhereWanted() -> WakeableThread.Rest {
        if isRewriteWanted.exchange(false, ordering: .acquiring) {
            for shard in logs.indices {
                let due = dueLogs(shard)
                guard !due.isEmpty else { continue }
                do throws(PersistenceError) {
                    try rewrite(shard, due, patience: .zero)
                } catch {
                    events.add("rewrite", "shard \(shard) is not rewritten: \(error)", level: .error)
                }
            }
        }
        return WakeableThread.Rest(microseconds: 60 * Self.second)
    }

    private func dueLogs(_ shard: Int) -> [NodeLog] {
        let now = ContinuousClock.now
        return withReplicaLogs {
            withFiles {
                logs[shard].filter { log in
                    if log.isCounting { return isDue(log.folder) }
                    return log.wantsBase(at: now) || log.canBegin(at: now) && isDue(log.folder)
                }
            }
        }
    }

    /// How long a rewrite that was asked for waits for its shard's primary.
    private static let patience = Duration.seconds(20)

    /// Rewrites all logs, one shard after another; returns when those that count are on the disk.
    func rewriteAll() throws(PersistenceError) {
        for shard in folders.indices { try rewrite(shard, logs[shard], patience: Self.patience) }
    }

    /// Writes a shard's keys to a base for some of its logs.
    ///
    /// - Throws: why there is none for the log that counts.
    private func rewrite(_ shard: Int, _ logs: [NodeLog], patience: Duration) throws(PersistenceError) {
        rewriting.lock()
        defer { rewriting.unlock() }
        let isCounting = withReplicaLogs { logs.contains(where: \.isCounting) }
        if isCounting { synchronizeAhead() }
        guard let rewrite = try beginWhenPossible(shard, logs, patience) else { return }
        let paths = rewrite.logs.map { $0.folder.temporaryBasePath() }
        var bases = BaseFiles(paths: paths)
        let end: LogEnd
        do throws(PersistenceError) {
            defer { endCapture(shard) }
            end = try BaseWriter(cluster: cluster, shard: shard, generation: rewrite.generation).write(to: &bases)
        } catch {
            bases.discard()
            withReplicaLogs { for log in rewrite.logs { log.cancel(rewrite.number) } }
            // Replicas ask again.
            if rewrite.countingPath == nil { return }
            throw error
        }
        var failure: PersistenceError?
        for (index, problem) in bases.finish().enumerated() {
            let log = rewrite.logs[index]
            do throws(PersistenceError) {
                if let problem { throw problem }
                try finish(rewrite, log, base: paths[index], size: bases.size, at: end)
            } catch {
                unlink(paths[index])
                if !noteTrouble(of: log, error) { failure = error }
            }
        }
        if let failure { throw failure }
    }

    /// What a rewrite has begun.
    private struct Begun {
        let number: Int
        /// Of the keys that are being written.
        let generation: Int
        var logs: [NodeLog]
        /// The file that was begun of the log that counts; nil where that one is not rewritten.
        var countingPath: String?
    }

    private func beginWhenPossible(
        _ shard: Int, _ logs: [NodeLog], _ patience: Duration
    ) throws(PersistenceError) -> Begun? {
        var deadline = ContinuousClock.now + patience
        while true {
            if let begun = try begin(shard, logs) { return begun }
            if patience == .zero { return nil }
            // A copying to a node takes its time, and is given up where the node or the primary is gone.
            if isCapturing(shard) { deadline = .now + patience }
            guard ContinuousClock.now < deadline else {
                throw PersistenceError("shard \(shard) has no primary: try again")
            }
            usleep(5_000)
        }
    }

    /// Begins other logs and, at the same instant, a copy of the shard; nil where one is being made already.
    private func begin(_ shard: Int, _ logs: [NodeLog]) throws(PersistenceError) -> Begun? {
        replicaMutex.lock()
        defer { replicaMutex.unlock() }
        lastRewrite += 1
        var begun: Begun?
        var start: LogEnd?
        var firstLine: [UInt8] = []
        func beginCapture() {
            let log = cluster.shards.log(of: shard)
            guard !log.pointee.isCapturing, !cluster.shards[shard].pointee.attention.contains(.isDown) else { return }
            log.pointee.beginCapture()
            begun = Begun(number: lastRewrite, generation: cluster.shards[shard].pointee.generation, logs: [])
            start = log.pointee.end
            firstLine = TransactionMark.baseLine(upTo: cluster.transactions.current)
        }
        if let counting = logs.first(where: \.isCounting) {
            mutex.lock()
            defer { mutex.unlock() }
            let isWritten = commitLocked(synchronizes: true, atTheEnds: beginCapture)
            guard isWritten || begun != nil else { throw unwritable }
            guard begun != nil else { return nil }
            do throws(PersistenceError) {
                guard isWritten else { throw unwritable }
                try counting.folder.beginNextLog(firstLine: firstLine)
                guard noteWritten(), record?.force() != false else { throw unwritable }
            } catch {
                endCapture(shard)
                throw error
            }
            begun?.logs.append(counting)
            begun?.countingPath = counting.folder.currentPath
        } else {
            cluster.shards.lock(shard)
            beginCapture()
            cluster.shards.unlock(shard)
        }
        guard let start, var result = begun else { return nil }
        let rewrite = NodeLog.Rewrite(number: lastRewrite, start: start, firstLine: firstLine)
        result.logs += logs.filter { !$0.isCounting && beginReplicas($0, rewrite) }
        if result.logs.isEmpty { endCapture(shard) }
        return result.logs.isEmpty ? nil : result
    }

    private func beginReplicas(_ log: NodeLog, _ rewrite: NodeLog.Rewrite) -> Bool {
        let now = ContinuousClock.now
        guard log.canBegin(at: now) else { return false }
        do throws(PersistenceError) {
            try log.begin(rewrite)
            return true
        } catch {
            note(error, of: log, at: now)
            return false
        }
    }

    private func isCapturing(_ shard: Int) -> Bool {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        return cluster.shards.log(of: shard).pointee.isCapturing
    }

    private func endCapture(_ shard: Int) {
        cluster.shards.lock(shard)
        let captured = cluster.shards.log(of: shard).pointee.endCapture()
        cluster.shards.unlock(shard)
        _ = consume captured
    }
}

// MARK: - Finishing

extension Persistence {
    /// Puts a base in its place, now or when the log has come so far.
    private func finish(
        _ rewrite: Begun, _ log: NodeLog, base path: String, size: Int, at end: LogEnd
    ) throws(PersistenceError) {
        guard log === rewrite.logs.first, let countingPath = rewrite.countingPath else {
            return withReplicaLogs {
                if !log.complete(rewrite.number, base: path, size: size, at: end) { unlink(path) }
            }
        }
        synchronizeAhead()
        let discarded = try install(log, base: path, size: size, insteadOfFilesBefore: countingPath)
        // The room is given back when nobody waits for the mutex.
        _ = consume discarded
    }

    /// Puts the base of the log that counts in its place.
    private func install(
        _ log: NodeLog, base path: String, size: Int, insteadOfFilesBefore countingPath: String
    ) throws(PersistenceError) -> DiscardedFiles {
        mutex.lock()
        defer { mutex.unlock() }
        guard log.isCounting, log.folder.currentPath == countingPath else {
            throw PersistenceError("the shard has another primary now: the log goes on as it was")
        }
        // What is not in the base because it was written meanwhile must be in the log.
        guard commitLocked(synchronizes: true) else {
            throw PersistenceError("\(directory): \(failure ?? "cannot be written")")
        }
        guard log.folder.force() else { throw PersistenceError(log.folder.currentPath, "check the disk") }
        let before = log.folder.totalSize
        let discarded = try log.folder.install(base: path, size: size)
        events.add(
            "rewrite", "node \(log.name): \(before) bytes of files became \(log.folder.totalSize)", level: .info)
        return discarded
    }

    /// Notes why a replica's log has got no base; false where the log is the one that counts.
    private func noteTrouble(of log: NodeLog, _ error: PersistenceError) -> Bool {
        withReplicaLogs {
            guard !log.isCounting else { return false }
            note(error, of: log, at: ContinuousClock.now)
            return true
        }
    }
}
