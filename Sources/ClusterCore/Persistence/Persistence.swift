import Glibc
import Logging
import Synchronization

/// The nodes' logs: those that count are written before anybody is told that what they say is done.
///
/// Of each shard one node's log counts, the primary's: a start loads it. An event loop calls `commit` at the end of
/// each round, before its replies go out. Logs that count are written one after another, always up to ends that were
/// taken at one instant of all shards, so that a crash leaves at most the last such round unfinished, which nobody was
/// told of. The replicas' logs are written by a thread of their own, see `followReplicas`.
///
/// Whoever takes several locks takes the one of `Replication` first, then `rewriting`, `replicaMutex`, `mutex` and the
/// shards'.
///
/// Sendable, unchecked: everything that changes is touched by the holder of `mutex` alone, or before the threads begin;
/// what belongs to the replicas' logs by the holder of `replicaMutex`, see `NodeLog`.
final class Persistence: @unchecked Sendable {
    let directory: String
    let cluster: EmbeddedCluster
    let events: EventList
    let configuration: ServerConfiguration
    /// Held for the time of a round.
    let mutex = ShardLock()
    /// Held while replicas' logs are written.
    let replicaMutex = ShardLock()
    /// Held for the time of a rewrite.
    let rewriting = ShardLock()
    var lock: DataDirectory?
    /// How far the logs were written when somebody was last told.
    var record: WrittenRecord?
    /// By shard.
    var shardFolders: [ShardFolder] = []
    /// The logs of the nodes that there are, by shard.
    var logs: [[NodeLog]] = []
    /// The node whose log counts, by shard.
    var counting: [Int] = []
    /// The folders of the logs that count, and how far these have come.
    var folders: [LogFolder] = []
    var cursors: [LogCursor] = []
    var thread: WakeableThread?
    var rewriter: WakeableThread?
    var follower: WakeableThread?
    /// Why the files cannot be written; nil where they can.
    private let problem = Locked<String?>(nil)
    /// Whether what the disk holds is unknown: nothing is written until a restart.
    private(set) var isBeyondRepair = false
    /// How often writing has failed after it had not.
    private var failures = 0
    /// The nodes that have become primary and whose logs could not come to count, by shard.
    var unsettled: [Int: Int] = [:]
    let isRewriteWanted = Atomic(false)
    /// Numbers the rewrites.
    var lastRewrite = 0

    init(directory: String, configuration: ServerConfiguration, cluster: EmbeddedCluster, events: EventList) {
        self.directory = directory
        self.configuration = configuration
        self.cluster = cluster
        self.events = events
    }

    /// Why the files cannot be written; nil where they can.
    var failure: String? { problem.withLock { $0 } }

    /// Writes everything and ends.
    func stop() {
        rewriter?.end()
        thread?.end()
        follower?.end()
        // Replicas whose logs have no base yet get one, and all logs what was written last.
        for _ in 0..<2 {
            _ = followReplicas()
            _ = rewriteWhereWanted()
        }
        _ = followReplicas()
        _ = withFiles { commitLocked(synchronizes: true) && record?.force() == true }
        // Another process may have the folder now.
        lock = nil
    }

    /// Runs `body` while nothing else happens to the files that count.
    func withFiles<Result>(_ body: () throws -> Result) rethrows -> Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body()
    }

    /// Runs `body` while nothing else happens to the replicas' logs, and none comes to count.
    func withReplicaLogs<Result>(_ body: () throws -> Result) rethrows -> Result {
        replicaMutex.lock()
        defer { replicaMutex.unlock() }
        return try body()
    }

    /// The node of a shard whose log counts.
    func countingNode(of shard: Int) -> Int { withFiles { counting[shard] } }

    /// The bytes of the files of each node's log; 0 where none is written.
    var sizes: [(node: Node.Name, bytes: Int)] {
        withReplicaLogs { withFiles { logs.joined().map { ($0.name, $0.folder.totalSize) } } }
    }
}

// MARK: - Writing

extension Persistence {
    /// Writes what was logged so far; false where it could not be written, and nobody may be told that it is done.
    ///
    /// Once a caller was told of a failure, writes are refused, so that what it has done since needs no file: it is
    /// told no more of it. `known` is what it was told of last.
    @inline(__always)
    func commit(_ known: inout Int) -> Bool {
        if cluster.unwritten.isClear { return true }
        return withFiles {
            if failure != nil, known == failures { return true }
            let isDone = commitLocked(synchronizes: configuration.synchronization == .always)
            if !isDone { known = failures }
            return isDone
        }
    }

    /// The same, by the holder of the mutex.
    @discardableResult
    func commitLocked(synchronizes: Bool, atTheEnds body: () -> Void = {}) -> Bool {
        guard !isBeyondRepair else { return false }
        cluster.unwritten.beginWriting()
        let ends = takeEnds(body)
        let isDone = write(ends, synchronizes: synchronizes)
        cluster.unwritten.endWriting(isDone: isDone)
        return isDone
    }

    /// The ends of all logs at one instant, at which `body` is run, too.
    private func takeEnds(_ body: () -> Void) -> [LogEnd] {
        let shards = cluster.shards
        for index in 0..<shards.count { shards.lock(index) }
        let ends = (0..<shards.count).map { shards.log(of: $0).pointee.end }
        body()
        for index in 0..<shards.count { shards.unlock(index) }
        return ends
    }

    private struct WriteFailure: Error {}

    private func write(_ ends: [LogEnd], synchronizes: Bool) -> Bool {
        for shard in folders.indices where cursors[shard].position < ends[shard].position {
            do throws(WriteFailure) {
                try cursors[shard].read(upTo: ends[shard]) { bytes throws(WriteFailure) in
                    guard folders[shard].append(bytes) else { throw WriteFailure() }
                }
            } catch {
                fail(folders[shard].currentPath, errno)
                return false
            }
        }
        if synchronizes { return synchronize() && noteWritten() }
        return noteGrown()
    }

    /// Writes down how far the logs that count have been written, before anybody is told.
    func noteWritten() -> Bool {
        guard let record else { return true }
        for shard in folders.indices {
            record.note(folders[shard].entry(node: counting[shard], at: cursors[shard].position), ofShard: shard)
        }
        return flush(record)
    }

    /// The same in a round that has made nothing lasting: only logs that have grown have something new to tell.
    private func noteGrown() -> Bool {
        guard let record else { return true }
        for shard in folders.indices {
            let (node, position) = (counting[shard], cursors[shard].position)
            if record.isNoted(node: node, at: position, ofShard: shard) { continue }
            record.note(folders[shard].entry(node: node, at: position), ofShard: shard)
        }
        return flush(record)
    }

    private func flush(_ record: WrittenRecord) -> Bool {
        if record.flush() { return true }
        fail(record.path, errno)
        return false
    }

    private func synchronize() -> Bool {
        for folder in folders where !folder.synchronize() {
            // What the system had not written it may have forgotten: only a restart tells what is there.
            giveUp(folder.currentPath, errno)
            return false
        }
        return true
    }

    /// How far a shard's log that counts has come.
    ///
    /// The caller holds the mutex.
    func writtenEnd(of shard: Int) -> LogEnd { cursors[shard].end }
}

// MARK: - Trouble

extension Persistence {
    /// Notes that it is unknown what the disk holds: no write is taken until a restart.
    func giveUp(_ path: String, _ code: CInt) {
        isBeyondRepair = true
        fail(path, code)
    }

    /// The same, for a reason that is not the system's.
    func giveUp(_ reason: String) {
        isBeyondRepair = true
        fail(reason)
    }

    /// Notes that files cannot be written: no write is taken until they can.
    private func fail(_ path: String, _ code: CInt) {
        fail("\(UnixSocketFile.systemMessage(code)) (\(path))")
    }

    func fail(_ reason: String) {
        guard failure == nil else { return problem.withLock { $0 = reason } }
        failures += 1
        problem.withLock { $0 = reason }
        setRefusal(true)
        events.add("log failure", "\(reason): no write is taken until it can be written", level: .error)
    }

    /// Notes that the files can be written.
    func noteRepair() {
        problem.withLock { $0 = nil }
        setRefusal(false)
        events.add("log repaired", "the files in \(directory) can be written again")
    }

    /// Why something that needs the files is not done.
    var unwritable: PersistenceError { PersistenceError("\(directory): \(failure ?? "cannot be written")") }

    private func setRefusal(_ isOn: Bool) {
        for index in 0..<cluster.shards.count {
            cluster.shards.lock(index)
            cluster.shards[index].pointee.setAttention(.refusesWrites, isOn)
            cluster.shards.unlock(index)
        }
    }
}

// MARK: - Reading again

extension Persistence {
    /// The keys that a shard's log has, for a node that is started when no other one of its shard is left, and in `end` up
    /// to where they are those of the log.
    func reload(_ shard: Int, upTo end: inout LogEnd) throws(PersistenceError) -> Keyspace {
        mutex.lock()
        defer { mutex.unlock() }
        // Whoever finds nothing unwritten afterwards tells its client so.
        guard commitLocked(synchronizes: configuration.synchronization == .always) else { throw unwritable }
        end = writtenEnd(of: shard)
        let folder = folders[shard]
        let last = LogSurvey.Place(file: folder.files.count - 1, offset: folder.size)
        let keys = try LogContents.load(folder, upTo: last)
        defer { keys.destroy() }
        return keys[0].pointee.exchange(Keyspace())
    }
}
