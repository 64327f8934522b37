import Glibc
import Logging
import Synchronization

/// Writes the shards' logs to their files, before anybody is told that what they say is done.
///
/// An event loop calls `commit` at the end of each round, before its replies go out. Files are written one after another,
/// always up to ends that were taken at one instant of all shards, so that a crash leaves at most the last such round
/// unfinished, which nobody was told of.
// Unchecked: everything that changes is touched by the mutex's holder alone.
final class Persistence: @unchecked Sendable {
    let directory: String
    private let cluster: EmbeddedCluster
    private let events: EventList
    private let configuration: ServerConfiguration
    private let mutex = ShardLock()
    private var lock: DataDirectory?
    private var folders: [LogFolder] = []
    private var cursors: [LogCursor] = []
    private var thread: WakeableThread?
    private var rewriter: WakeableThread?
    /// Why the files cannot be written; nil where they can.
    private let problem = Mutex<String?>(nil)
    /// Whether what the disk holds is unknown: nothing is written until a restart.
    private var isBeyondRepair = false
    /// How often writing has failed after it had not.
    private var failures = 0
    private let isRewriteWanted = Atomic(false)
    /// Held for the time of a rewrite.
    private let rewriting = ShardLock()

    init(directory: String, configuration: ServerConfiguration, cluster: EmbeddedCluster, events: EventList) {
        self.directory = directory
        self.configuration = configuration
        self.cluster = cluster
        self.events = events
    }

    /// Why the files cannot be written; nil where they can.
    var failure: String? { problem.withLock { $0 } }

    /// Takes the folder, loads what it holds and begins to log.
    ///
    /// To be called before the first command.
    func start() throws(PersistenceError) {
        lock = try DataDirectory(path: directory, shards: cluster.shards.count)
        guard let lock else { return }
        folders = (0..<cluster.shards.count).map { LogFolder(path: lock.shardPath($0)) }
        try DirectoryLoader(
            cluster: cluster, folders: folders, events: events, isStrict: configuration.refusesTornLogs
        ).load()
        for shard in folders.indices {
            let log = cluster.shards.log(of: shard)
            cluster.shards[shard].pointee.setLog(log)
            cursors.append(LogCursor(at: log.pointee.end))
        }
        // The second one wakes the first.
        rewriter = WakeableThread { [unowned self] in rewriteWhereWanted() }
        thread = WakeableThread { [unowned self] in keepHouse() }
    }

    /// Writes everything and ends.
    func stop() {
        rewriter?.end()
        thread?.end()
        _ = withFiles { commitLocked(synchronizes: true) }
    }

    /// Runs `body` while nothing else happens to the files.
    func withFiles<Result>(_ body: () throws -> Result) rethrows -> Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body()
    }

    /// The bytes of a shard's files.
    func size(ofShard shard: Int) -> Int { withFiles { folders[shard].totalSize } }
}

// MARK: - Writing

extension Persistence {
    /// Writes what was logged so far; false where it could not be written, and nobody may be told that it is done.
    ///
    /// Once a caller was told of a failure, writes are refused, so that what it has done since needs no file: it is told
    /// no more of it. `known` is what it was told of last.
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
    private func commitLocked(synchronizes: Bool, atTheEnds body: () -> Void = {}) -> Bool {
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
        guard synchronizes else { return true }
        return synchronize()
    }

    private func synchronize() -> Bool {
        for folder in folders where !folder.synchronize() {
            // What the system had not written it may have forgotten: only a restart tells what is there.
            isBeyondRepair = true
            fail(folder.currentPath, errno)
            return false
        }
        return true
    }

    /// Notes that files cannot be written: no write is taken until they can.
    private func fail(_ path: String, _ code: CInt) {
        fail("\(UnixSocketFile.systemMessage(code)) (\(path))")
    }

    private func fail(_ reason: String) {
        guard failure == nil else { return problem.withLock { $0 = reason } }
        failures += 1
        problem.withLock { $0 = reason }
        setRefusal(true)
        events.add("log failure", "\(reason): no write is taken until it can be written", level: .error)
    }

    private func setRefusal(_ isOn: Bool) {
        for index in 0..<cluster.shards.count {
            cluster.shards.lock(index)
            cluster.shards[index].pointee.setAttention(.refusesWrites, isOn)
            cluster.shards.unlock(index)
        }
    }
}

// MARK: - Every second

extension Persistence {
    private static let second: Int64 = 1_000_000

    private func keepHouse() -> WakeableThread.Rest {
        let descriptors = withFiles { () -> [CInt] in
            if folders.contains(where: \.isRemoved), !isBeyondRepair {
                isBeyondRepair = true
                fail("the files in \(directory) were removed")
            }
            guard commitLocked(synchronizes: false) else { return [] }
            if failure != nil { noteRepair() }
            if folders.contains(where: isDue) {
                isRewriteWanted.store(true, ordering: .releasing)
                rewriter?.wake()
            }
            return configuration.synchronization == .never ? [] : folders.compactMap { $0.takeUnsynchronized() }
        }
        // Without the mutex: to write goes on meanwhile.
        for descriptor in descriptors {
            let isDone = fdatasync(descriptor) == 0
            let code = errno
            close(descriptor)
            guard !isDone else { continue }
            withFiles {
                isBeyondRepair = true
                fail(directory, code)
            }
        }
        return WakeableThread.Rest(microseconds: Self.second)
    }

    private func noteRepair() {
        problem.withLock { $0 = nil }
        setRefusal(false)
        events.add("log repaired", "the files in \(directory) can be written again")
    }

    private func isDue(_ folder: LogFolder) -> Bool {
        guard configuration.rewritePercentage > 0, folder.totalSize >= configuration.rewriteMinimumBytes else {
            return false
        }
        return folder.totalSize - folder.rewrittenSize
            >= folder.rewrittenSize / 100 * configuration.rewritePercentage
    }

    private func rewriteWhereWanted() -> WakeableThread.Rest {
        if isRewriteWanted.exchange(false, ordering: .acquiring) {
            for shard in folders.indices where withFiles({ isDue(folders[shard]) }) {
                do {
                    try rewrite(shard)
                } catch {
                    events.add("rewrite", "shard \(shard) is not rewritten: \(error)", level: .error)
                }
            }
        }
        return WakeableThread.Rest(microseconds: 60 * Self.second)
    }
}

// MARK: - Rewriting

extension Persistence {
    /// Rewrites the files of all shards, one after another.
    func rewriteAll() throws(PersistenceError) {
        for shard in folders.indices { try rewrite(shard) }
    }

    /// Writes a shard's keys to a base, which takes the place of the files before it, while the shard goes on.
    func rewrite(_ shard: Int) throws(PersistenceError) {
        rewriting.lock()
        defer { rewriting.unlock() }
        let folder = folders[shard]
        let generation = try beginRewriteWhenPossible(shard)
        defer {
            cluster.shards.lock(shard)
            cluster.shards.log(of: shard).pointee.endCapture()
            cluster.shards.unlock(shard)
        }
        let path = folder.temporaryBasePath
        let size = try BaseWriter(cluster: cluster, shard: shard, generation: generation).write(to: path)
        let before = withFiles { folder.totalSize }
        let result = Result { () throws(PersistenceError) in
            mutex.lock()
            defer { mutex.unlock() }
            try folder.install(base: path, size: size)
        }
        if case .failure = result { unlink(path) }
        try result.get()
        let after = withFiles { folder.totalSize }
        events.add("rewrite", "shard \(shard): \(before) bytes of files became \(after)", level: .info)
    }

    /// How long a rewrite waits for its shard's copying to a node, or for its primary.
    private static let patience = Duration.seconds(20)

    private func beginRewriteWhenPossible(_ shard: Int) throws(PersistenceError) -> Int {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let generation = try beginRewrite(shard) { return generation }
            guard ContinuousClock.now < deadline else {
                throw PersistenceError("shard \(shard) has no primary, or is being copied to a node: try again")
            }
            usleep(5_000)
        }
    }

    /// Begins another log and, at the same instant, a copy of the shard; nil where one is being made already.
    private func beginRewrite(_ shard: Int) throws(PersistenceError) -> Int? {
        mutex.lock()
        defer { mutex.unlock() }
        var generation: Int?
        var number: UInt64 = 0
        let isWritten = commitLocked(synchronizes: true) {
            let log = cluster.shards.log(of: shard)
            guard !log.pointee.isCapturing, !cluster.shards[shard].pointee.attention.contains(.isDown) else { return }
            log.pointee.beginCapture()
            generation = cluster.shards[shard].pointee.generation
            number = cluster.transactions.current
        }
        guard let generation else { return nil }
        do throws(PersistenceError) {
            guard isWritten else { throw PersistenceError("\(directory): \(failure ?? "cannot be written")") }
            try folders[shard].beginNextLog(firstLine: TransactionMark.baseLine(upTo: number))
        } catch {
            cluster.shards.lock(shard)
            cluster.shards.log(of: shard).pointee.endCapture()
            cluster.shards.unlock(shard)
            throw error
        }
        return generation
    }
}

// MARK: - Reading again

extension Persistence {
    /// The keys that a shard's files have, for a node that is started when no other one of its shard is left; nil where
    /// they cannot be had.
    func reload(_ shard: Int) -> Keyspace? {
        mutex.lock()
        defer { mutex.unlock() }
        guard commitLocked(synchronizes: false) else { return nil }
        do throws(PersistenceError) {
            return try DirectoryLoader(cluster: cluster, folders: folders, events: events, isStrict: true)
                .load(folders[shard], upTo: nil)
        } catch {
            events.add("reload", "shard \(shard): \(error)", level: .error)
            return nil
        }
    }
}
