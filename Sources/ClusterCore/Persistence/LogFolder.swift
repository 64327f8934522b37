import Glibc
import SystemCalls
import WireFormats

/// The files of one node's log, in the layout of Redis 7: a redis-server started in the node's folder loads them.
///
/// ```text
///   node-0/appendonlydir/appendonly.aof.manifest        which files count, in order, with a checksum
///   node-0/appendonlydir/appendonly.aof.2.base.rdb      all keys at the last rewrite
///   node-0/appendonlydir/appendonly.aof.3.incr.aof      what was written since
/// ```
///
/// Belongs to whoever holds the mutex under which its log is written.
final class LogFolder {
    private(set) var path: String
    /// Base and logs in the order in which they are to be read.
    private(set) var files: [AOFManifest.File]
    /// Whether the manifest that was read has a checksum: one of clusterctl 0.1.0, or of Redis, has none.
    private(set) var isManifestChecked = true
    /// The log that is written to: the last of `files`, or one that stands in no manifest until there is a base for it.
    private var current: AOFManifest.File?
    /// The descriptor of that log.
    private(set) var descriptor: CInt = -1
    /// The bytes of that log, whole commands; what may lie behind them is the rest of a write that failed.
    private(set) var size = 0
    /// Whether the log has bytes that may not have reached the disk.
    private(set) var isUnsynchronized = false
    private var checksum = LogChecksum()
    /// The bytes of that log, as the record has them.
    private var written = WrittenEntry.Extent()
    /// The bytes of that log which have reached the disk, as all logs that count have at one instant.
    private var forced = WrittenEntry.Extent()
    /// The bytes of base and logs after the last rewrite, or at the start.
    private(set) var rewrittenSize = 0
    /// The bytes of the logs before the one that is written to.
    private var earlierSize = 0
    /// The numbers that were last given to a base and to a log.
    private var lastNumbers: (base: Int64, log: Int64) = (0, 0)

    static let prefix = "appendonly.aof"

    init(path: String) {
        self.path = path
        files = []
    }

    deinit {
        close()
    }

    var manifestPath: String { "\(path)/\(Self.prefix).manifest" }

    func path(of file: AOFManifest.File) -> String { "\(path)/\(String(decoding: file.name, as: UTF8.self))" }

    var currentPath: String { current.map(path(of:)) ?? path }

    private static let temporaryBase = (prefix: "temp-", suffix: ".base.rdb")

    /// Where a base can be written until it is complete: another path each time.
    func temporaryBasePath() -> String {
        "\(path)/\(Self.temporaryBase.prefix)\(Files.randomName())\(Self.temporaryBase.suffix)"
    }

    /// The bytes that a start would have to read.
    var totalSize: Int { earlierSize + size }

    private func nextFile(_ kind: AOFManifest.File.Kind) -> AOFManifest.File {
        let number = (kind == .base ? lastNumbers.base : lastNumbers.log) + 1
        if kind == .base { lastNumbers.base = number } else { lastNumbers.log = number }
        let suffix = kind == .base ? "base.rdb" : "incr.aof"
        return AOFManifest.File(name: Array("\(Self.prefix).\(number).\(suffix)".utf8), sequence: number, kind: kind)
    }

    /// What is known of the log that is written to, for a node that has come to a position of its shard's log.
    func entry(node: Int, at position: UInt64) -> WrittenEntry {
        var entry = WrittenEntry()
        entry.node = node
        entry.log = current?.sequence ?? 0
        entry.written = written
        entry.forced = forced
        entry.position = position
        return entry
    }
}

// MARK: - Reading

extension LogFolder {
    /// Reads which files there are; changes nothing.
    func read() throws(PersistenceError) {
        let bytes = try Files.contents(of: manifestPath)
        let manifest: AOFManifest
        do throws(AOFManifestError) {
            manifest = try AOFManifest(bytes)
        } catch {
            throw .damage(manifestPath, "\(error)")
        }
        files = manifest.dataFiles
        isManifestChecked = manifest.isChecked
        for file in files {
            if file.kind == .base {
                lastNumbers.base = max(lastNumbers.base, file.sequence)
            } else {
                lastNumbers.log = max(lastNumbers.log, file.sequence)
            }
        }
    }
}

// MARK: - Opening and closing

extension LogFolder {
    /// Makes the folder ready for a log that takes the place of what is there, whatever that is: it is kept until then.
    func openForReplacement() throws(PersistenceError) {
        close()
        // The node's folder and the log's in it: where the shard's was removed, nothing is to be begun.
        try Files.makeFolder(path, andAbove: 1)
        if files.isEmpty { try? read() }
        let listed = Set(files.map { String(decoding: $0.name, as: UTF8.self) })
        for name in FolderListing.names(in: path) where isOwn(name) && !listed.contains(name) {
            if name != "\(Self.prefix).manifest" { unlink("\(path)/\(name)") }
        }
    }

    /// Begins to write to the last log behind its first `size` bytes; to a first one where there is none.
    func beginWriting(at size: Int) throws(PersistenceError) {
        try Files.makeFolder(path)
        removeLeftovers()
        if !isManifestChecked { try writeChecked() }
        guard let last = files.last, last.kind == .incremental else {
            return try beginNextLog(firstLine: TransactionMark.baseLine(upTo: 0))
        }
        descriptor = try Files.open(path(of: last), O_WRONLY)
        current = last
        try Files.withContents(of: path(of: last)) { (bytes) throws(PersistenceError) in
            grow(UnsafeRawBufferPointer(rebasing: bytes[..<size]))
        }
        isUnsynchronized = true
        for file in files.dropLast() { earlierSize += (try? Files.size(of: path(of: file))) ?? 0 }
        // An empty log is one that was emptied.
        if size == 0 { try append(annotation: TransactionMark.baseLine(upTo: 0)) }
        rewrittenSize = totalSize
    }

    /// Writes the manifest anew, with a checksum and the sizes of the files that are not written to any more.
    private func writeChecked() throws(PersistenceError) {
        var checked: [AOFManifest.File] = []
        for (index, file) in files.enumerated() {
            let isWrittenTo = index == files.count - 1 && file.kind == .incremental
            let size = try Files.size(of: path(of: file))
            if size > 0 || isWrittenTo { checked.append(isWrittenTo ? file : file.with(size: size)) }
        }
        files = checked
        try Files.replace(manifestPath, with: AOFManifest(files).bytes)
        isManifestChecked = true
    }

    /// Ends the writing; the files stay.
    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
        current = nil
        beginFile()
        earlierSize = 0
        isUnsynchronized = false
    }

    /// Forgets the bytes of the log that was written to.
    private func beginFile() {
        size = 0
        checksum = LogChecksum()
        written = WrittenEntry.Extent()
        forced = WrittenEntry.Extent()
    }

    /// Notes that the log has more bytes.
    private func grow(_ bytes: UnsafeRawBufferPointer) {
        size += bytes.count
        checksum.update(bytes)
        written = WrittenEntry.Extent(size: size, checksum: checksum.value)
    }

    /// Notes that the folder was moved.
    func move(to path: String) { self.path = path }

    /// Whether a file of this name is one of a log's.
    func isOwn(_ name: String) -> Bool {
        name.hasPrefix("\(Self.prefix).") || isTemporaryBase(name)
    }

    private func isTemporaryBase(_ name: String) -> Bool {
        name.hasPrefix(Self.temporaryBase.prefix) && name.hasSuffix(Self.temporaryBase.suffix)
    }

    /// Removes the log with all its files, and the folder where nothing else is in it.
    func remove() {
        close()
        for name in FolderListing.names(in: path) where isOwn(name) { unlink("\(path)/\(name)") }
        rmdir(path)
        files = []
    }

    /// Removes what an interrupted rewrite has left.
    private func removeLeftovers() {
        for name in FolderListing.names(in: path) where isTemporaryBase(name) { unlink("\(path)/\(name)") }
        Files.removeTemporaries(of: manifestPath)
    }
}

extension AOFManifest.File {
    /// The same file, of so many bytes.
    fileprivate func with(size: Int, checksum: UInt64? = nil) -> Self {
        Self(name: name, sequence: sequence, kind: kind, size: Int64(size), checksum: checksum)
    }
}

// MARK: - Which files count

extension LogFolder {
    /// Forgets the logs behind the one at this place, which no command of is to be kept: they get other names, which `name`
    /// gives.
    func dropLogs(after index: Int, _ name: (AOFManifest.File) -> String) throws(PersistenceError) {
        let dropped = files[(index + 1)...]
        guard !dropped.isEmpty else { return }
        files.removeSubrange((index + 1)...)
        files[index] = AOFManifest.File(name: files[index].name, sequence: files[index].sequence, kind: .incremental)
        try Files.replace(manifestPath, with: AOFManifest(files).bytes)
        isManifestChecked = true
        for file in dropped { try Files.move(path(of: file), to: name(file)) }
    }

    /// Begins another log; the last one is made lasting before.
    ///
    /// - Parameter isListed: whether it goes on where those there are end. If not it stands in no manifest until its
    ///   base is installed, and takes the place of all others then.
    func beginNextLog(firstLine: [UInt8], isListed: Bool = true) throws(PersistenceError) {
        if descriptor >= 0, fsync(descriptor) != 0 { throw PersistenceError(currentPath, "check the disk") }
        let file = nextUnusedLog()
        let next = Files.create(path(of: file))
        guard next >= 0 else { throw PersistenceError(path(of: file)) }
        let line = firstLine + Array("\r\n".utf8)
        var listed = files
        if isListed, let last = listed.popLast() {
            listed.append(last == current ? last.with(size: size, checksum: written.checksum) : last)
        }
        guard line.withUnsafeBytes({ Files.write($0, to: next, at: 0) }), fsync(next) == 0 else {
            let error = PersistenceError(path(of: file), "make room")
            Glibc.close(next)
            unlink(path(of: file))
            throw error
        }
        do throws(PersistenceError) {
            if isListed { try Files.replace(manifestPath, with: AOFManifest(listed + [file]).bytes) }
        } catch {
            // It may be there without being on the disk: the log goes on where it was.
            if !files.isEmpty { try? Files.replace(manifestPath, with: AOFManifest(files).bytes) }
            Glibc.close(next)
            throw error
        }
        if descriptor >= 0 { Glibc.close(descriptor) }
        if isListed {
            files = listed + [file]
            earlierSize += size
            isManifestChecked = true
        }
        current = file
        descriptor = next
        beginFile()
        line.withUnsafeBytes { grow($0) }
        forced = written
        isUnsynchronized = false
    }

    /// The file of a log that has no file yet: a crash may have left one that no manifest names.
    private func nextUnusedLog() -> AOFManifest.File {
        while true {
            let file = nextFile(.incremental)
            if !Files.exists(path(of: file)) { return file }
        }
    }

    /// Puts a base that has been written to `temporaryPath` in the place of all files before the one that is written
    /// to, and returns those.
    @discardableResult
    func install(base temporaryPath: String, size baseSize: Int) throws(PersistenceError) -> DiscardedFiles {
        var discarded = DiscardedFiles()
        guard let log = current else { return discarded }
        let base = nextFile(.base).with(size: baseSize)
        guard rename(temporaryPath, path(of: base)) == 0 else { throw PersistenceError(path(of: base)) }
        try Files.synchronizeFolder(path)
        try Files.replace(manifestPath, with: AOFManifest([base, log]).bytes)
        isManifestChecked = true
        for file in files where file.name != log.name && file.name != base.name { discarded.remove(path(of: file)) }
        files = [base, log]
        earlierSize = baseSize
        rewrittenSize = totalSize
        return discarded
    }
}

// MARK: - Writing

extension LogFolder {
    /// Adds whole commands; false, and the log is as it was, where the system does not take them.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard Files.write(bytes, to: descriptor, at: size) else {
            // What was written of them takes room, and would be cut off at the next start.
            let code = errno
            ftruncate(descriptor, off_t(size))
            errno = code
            return false
        }
        grow(bytes)
        isUnsynchronized = true
        return true
    }

    /// Adds a line that stands between commands.
    func append(annotation: [UInt8]) throws(PersistenceError) {
        let line = annotation + Array("\r\n".utf8)
        guard line.withUnsafeBytes({ append($0) }) else { throw PersistenceError(currentPath, "make room") }
    }

    /// Waits until what was added is on the disk, together with all other logs that count.
    func synchronize() -> Bool {
        guard !isUnsynchronized || fdatasync(descriptor) == 0 else { return false }
        isUnsynchronized = false
        forced = written
        return true
    }

    /// Waits until everything is on the disk, also what somebody else is just making lasting.
    func force() -> Bool { fdatasync(descriptor) == 0 }

    /// The log counts from now on: what of it has reached the disk was not of the instant at which that of others has.
    func beginCounting() {
        forced = WrittenEntry.Extent()
        isUnsynchronized = true
    }

    /// What is being made lasting by somebody who does not hold the mutex meanwhile.
    struct Unsynchronized {
        let descriptor: CInt
        fileprivate let file: AOFManifest.File?
        fileprivate let written: WrittenEntry.Extent
    }

    /// A descriptor of its own for the log, if something was added that may not have reached the disk: its holder
    /// makes that lasting, and closes it.
    func takeUnsynchronized() -> Unsynchronized? {
        guard isUnsynchronized else { return nil }
        let copy = dup(descriptor)
        guard copy >= 0 else { return nil }
        isUnsynchronized = false
        return Unsynchronized(descriptor: copy, file: current, written: written)
    }

    /// Notes that what was taken is on the disk.
    func noteSynchronized(_ taken: Unsynchronized) {
        if taken.file == current, taken.written.size > forced.size { forced = taken.written }
    }

    /// Whether somebody has removed the log.
    var isRemoved: Bool { Files.isRemoved(descriptor) }
}
