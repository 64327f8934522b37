import Glibc
import Synchronization

/// One node's log: its folder, how far the node has come, and how far its log.
///
/// A log that counts is written by the event loops' rounds (`Persistence.commit`). Any other one follows its node:
/// what the node has run is written some time later, as the bytes that it has run.
///
/// ```text
///   the shard's log    |------------|---------|------|
///                      in the file  run       logged
/// ```
///
/// Sendable, unchecked: what a node tells is behind a mutex of its own, the position in an atomic. All else belongs to
/// the holder of `Persistence.replicaMutex`, the folder of the log that counts to the holder of `Persistence.mutex`; a
/// log comes to count, or ceases to, under both.
final class NodeLog: @unchecked Sendable {
    let name: Node.Name
    let folder: LogFolder
    /// Whether this is the log that a start loads.
    var isCounting = false
    private let node = Locked(Progress())
    private let writtenPosition = Atomic<UInt64>(.max)
    /// How far the file has come in the shard's log; nil while none is written.
    private(set) var cursor: LogCursor?
    /// The copy of the keys that the file follows.
    private(set) var copy = 0
    /// Whether the files alone make the keys; else they do with the base that is being written.
    private(set) var isComplete = false
    /// A rewrite that has begun.
    private(set) var rewrite: Rewrite?
    /// Why the log cannot be written, and when to try again.
    private(set) var trouble: Trouble?
    /// The size of a base that was put in its place, until somebody has noted it.
    private var installedBase: Int?
    /// How far it had come when somebody last asked.
    private var told: WrittenEntry?

    /// What a node has run.
    private struct Progress {
        /// Counts the copies of the keys that the node was given: a file that followed another one is of no use.
        var copy = 0
        /// The end of what it has run; nil where it has not all keys.
        var applied: LogEnd?
    }

    /// A base that is being written, and the log that goes on behind it.
    struct Rewrite {
        let number: Int
        /// Where the log behind the base begins; nil once it has been begun, since it keeps what stands behind it.
        var start: LogEnd?
        let firstLine: [UInt8]
        /// The base once it is complete: it may be used by a log that goes at least to `position`.
        var base: (path: String, size: Int, position: UInt64)?
    }

    /// Why a log cannot be written.
    struct Trouble {
        let reason: String
        var retryAt: ContinuousClock.Instant
        var rest: Duration
    }

    private static let firstRest = Duration.seconds(1)
    private static let longestRest = Duration.seconds(60)

    init(name: Node.Name, folder: LogFolder) {
        self.name = name
        self.folder = folder
    }
}

// MARK: - What the node tells

extension NodeLog {
    /// The node has run its shard's log up to here.
    func follow(_ end: LogEnd) { node.withLock { $0.applied = end } }

    /// The node has lost its keys: what is in the file is no part of what it will have.
    func leave() {
        node.withLock { progress in
            progress.copy += 1
            progress.applied = nil
        }
    }

    /// How many bytes of what the node has run up to `position` are not in its file yet.
    func bytesBehind(_ position: UInt64) -> Int {
        let written = writtenPosition.load(ordering: .relaxed)
        return written < position ? Int(position - written) : 0
    }
}

// MARK: - Writing

extension NodeLog {
    /// Whether what is in the files is of the keys that the node has.
    var isCurrent: Bool { cursor != nil && copy == node.withLock { $0.copy } }

    /// Whether a rewrite could begin.
    func canBegin(at now: ContinuousClock.Instant) -> Bool {
        wantsBase(at: now) || isCurrent && isComplete && rewrite == nil
    }

    /// Whether a base has to be written before anything else can be.
    func wantsBase(at now: ContinuousClock.Instant) -> Bool {
        guard cursor == nil, node.withLock({ $0.applied != nil }) else { return false }
        return trouble.map { now >= $0.retryAt } ?? true
    }

    /// Writes what the node has run since the last time; true where there was something.
    func writeApplied() throws(PersistenceError) -> Bool {
        let progress = node.withLock { $0 }
        if progress.copy != copy { abandon() }
        copy = progress.copy
        guard let applied = progress.applied, let cursor else { return false }
        let isBehind = cursor.position < applied.position
        try write(upTo: applied)
        return isBehind
    }

    /// Writes the shard's log up to `end`, in files of which one begins where the rewrite says.
    func write(upTo end: LogEnd) throws(PersistenceError) {
        if let rewrite, let start = rewrite.start, end.position >= start.position {
            try append(upTo: start)
            try folder.beginNextLog(firstLine: rewrite.firstLine)
            self.rewrite?.start = nil
        }
        try append(upTo: end)
        try installReachedBase()
    }

    private struct WriteFailure: Error {}

    private func append(upTo end: LogEnd) throws(PersistenceError) {
        guard cursor != nil else { return }
        do throws(WriteFailure) {
            try cursor?.read(upTo: end) { bytes throws(WriteFailure) in
                guard folder.append(bytes) else { throw WriteFailure() }
            }
        } catch {
            throw PersistenceError(folder.currentPath, "make room")
        }
        notePosition()
    }

    private func notePosition() { writtenPosition.store(cursor?.position ?? .max, ordering: .relaxed) }

    /// Puts a base in the place of the files before it, once the log has all that must stand behind it.
    private func installReachedBase() throws(PersistenceError) {
        guard let rewrite, rewrite.start == nil, let base = rewrite.base, let cursor, cursor.position >= base.position
        else { return }
        guard folder.force() else { throw PersistenceError(folder.currentPath, "check the disk") }
        try folder.install(base: base.path, size: base.size)
        self.rewrite = nil
        isComplete = true
        installedBase = base.size
    }

    /// The size of the base that was put in its place since the last call; nil where there was none.
    func takeInstalledBase() -> Int? { installedBase.take() }

    /// Ends the file, which stays until another one takes its place: the node's keys are others, or it cannot be
    /// written.
    func abandon() {
        endRewrite()
        cursor = nil
        isComplete = false
        notePosition()
        folder.close()
    }

    /// Notes that the log cannot be written; true where this is news.
    func fail(_ error: PersistenceError, at now: ContinuousClock.Instant) -> Bool {
        abandon()
        let isNews = trouble == nil
        let rest = min(trouble.map { $0.rest * 2 } ?? Self.firstRest, Self.longestRest)
        trouble = Trouble(reason: error.description, retryAt: now + rest, rest: rest)
        return isNews
    }

    /// Notes that the log is written again; true where it could not be.
    func recover() -> Bool {
        guard isComplete, trouble != nil else { return false }
        trouble = nil
        return true
    }
}

// MARK: - Rewriting

extension NodeLog {
    /// Begins a rewrite: the log is begun that follows the base, here and now where the files are of no use any more,
    /// or when the node has come so far.
    func begin(_ rewrite: Rewrite) throws(PersistenceError) {
        self.rewrite = rewrite
        guard cursor == nil, let start = rewrite.start else { return }
        try folder.openForReplacement()
        try folder.beginNextLog(firstLine: rewrite.firstLine, isListed: false)
        self.rewrite?.start = nil
        cursor = LogCursor(at: start)
        copy = node.withLock { $0.copy }
        notePosition()
    }

    /// Hands over the base of a rewrite; false where it has been given up meanwhile.
    func complete(_ number: Int, base path: String, size: Int, at end: LogEnd) -> Bool {
        guard rewrite?.number == number else { return false }
        rewrite?.base = (path, size, end.position)
        return true
    }

    /// Gives a rewrite up; a log that has files without it goes on.
    func cancel(_ number: Int?) {
        guard let rewrite, number == nil || rewrite.number == number else { return }
        endRewrite()
        if !isComplete { abandon() }
    }

    /// Forgets a rewrite, with the base that nobody will use.
    private func endRewrite() {
        if let base = rewrite?.base { unlink(base.path) }
        rewrite = nil
    }

    /// How far the log has come since this was asked for last; nil where that is no further, or where the files alone do
    /// not make the keys.
    func takeProgress() -> WrittenEntry? {
        guard isComplete, let cursor else { return nil }
        let entry = folder.entry(node: name.number, at: cursor.position)
        defer { told = entry }
        return entry == told ? nil : entry
    }

    /// Begins the log anew with a base that has the node's keys as they were at `end`.
    func beginAnew(
        base path: String, size: Int, firstLine: [UInt8], at end: LogEnd
    ) throws(PersistenceError) {
        try folder.beginNextLog(firstLine: firstLine, isListed: false)
        try folder.install(base: path, size: size)
        adopt(at: end)
    }

    /// Goes on from files that have everything up to `end`.
    func adopt(at end: LogEnd) {
        endRewrite()
        cursor = LogCursor(at: end)
        isComplete = true
        copy = node.withLock { $0.copy }
        notePosition()
    }

    /// Leaves the writing to the event loops' rounds: the log counts.
    func handOver() {
        endRewrite()
        cursor = nil
        trouble = nil
        notePosition()
    }
}
