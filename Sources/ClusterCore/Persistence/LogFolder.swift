import Glibc
import SystemCalls
import WireFormats

/// The files of one node's log, in the layout of Redis 7: a redis-server started in the node's folder loads them.
///
/// ```text
///   node-0/appendonlydir/appendonly.aof.manifest        which files count, in order
///   node-0/appendonlydir/appendonly.aof.2.base.rdb      all keys at the last rewrite
///   node-0/appendonlydir/appendonly.aof.3.incr.aof      what was written since
/// ```
///
/// Belongs to whoever holds the mutex under which its log is written.
final class LogFolder {
    let path: String
    /// Base and logs in the order in which they are to be read.
    private(set) var files: [AOFManifest.File]
    /// The log that is written to: the last of `files`, or one that stands in no manifest until there is a base for it.
    private var current: AOFManifest.File?
    /// The descriptor of that log.
    private(set) var descriptor: CInt = -1
    /// The bytes of that log, whole commands; what may lie behind them is the rest of a write that failed.
    private(set) var size = 0
    /// Whether the log has bytes that may not have reached the disk.
    private(set) var isUnsynchronized = false
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

    /// Where a rewrite writes its base, until it is complete.
    var rewrittenBasePath: String { "\(path)/temp-rewrite.base.rdb" }

    /// The same for the base of a log that is begun anew while a rewrite may be under way.
    var newBasePath: String { "\(path)/temp-new.base.rdb" }

    /// The bytes that a start would have to read.
    var totalSize: Int { earlierSize + size }

    private func nextFile(_ kind: AOFManifest.File.Kind) -> AOFManifest.File {
        let number = (kind == .base ? lastNumbers.base : lastNumbers.log) + 1
        if kind == .base { lastNumbers.base = number } else { lastNumbers.log = number }
        let suffix = kind == .base ? "base.rdb" : "incr.aof"
        return AOFManifest.File(name: Array("\(Self.prefix).\(number).\(suffix)".utf8), sequence: number, kind: kind)
    }

    private static func manifest(_ files: [AOFManifest.File]) -> [UInt8] {
        files.flatMap { file -> [UInt8] in
            let kind = file.kind == .base ? "b" : "i"
            return Array("file ".utf8) + file.name + Array(" seq \(file.sequence) type \(kind)\n".utf8)
        }
    }
}

// MARK: - Opening and closing

extension LogFolder {
    /// Reads which files there are; makes the folder where there is none.
    func open() throws(PersistenceError) {
        try Files.makeFolder(path)
        guard Files.exists(manifestPath) else { return }
        let bytes = try Files.withContents(of: manifestPath) { (bytes) throws(PersistenceError) in Array(bytes) }
        do {
            files = try AOFManifest(bytes).dataFiles
        } catch {
            throw PersistenceError("\(manifestPath): \(error): restore the file from a copy", isDamage: true)
        }
        for file in files {
            if file.kind == .base {
                lastNumbers.base = max(lastNumbers.base, file.sequence)
            } else {
                lastNumbers.log = max(lastNumbers.log, file.sequence)
            }
        }
    }

    /// Makes the folder ready for a log that takes the place of what is there, whatever that is: it is kept until then.
    func openForReplacement() throws(PersistenceError) {
        close()
        // The node's folder and the log's in it: where the shard's was removed, nothing is to be begun.
        try Files.makeFolder(path, andAbove: 1)
        if files.isEmpty { try? open() }
        let listed = Set(files.map { String(decoding: $0.name, as: UTF8.self) })
        for name in FolderListing.names(in: path) where isOwn(name) && !listed.contains(name) {
            if name != "\(Self.prefix).manifest" { unlink("\(path)/\(name)") }
        }
    }

    /// Begins to write to the last log behind its first `size` bytes; to a first one where there is none.
    func beginWriting(at size: Int) throws(PersistenceError) {
        guard let last = files.last, last.kind == .incremental else { return try beginNextLog(firstLine: nil) }
        descriptor = try Files.open(path(of: last), O_WRONLY)
        current = last
        self.size = size
        for file in files.dropLast() {
            var information = stat()
            if stat(path(of: file), &information) == 0 { earlierSize += Int(information.st_size) }
        }
        rewrittenSize = totalSize
    }

    /// Ends the writing; the files stay.
    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
        current = nil
        size = 0
        earlierSize = 0
        isUnsynchronized = false
    }

    /// Whether a file of this name is one of a log's.
    private func isOwn(_ name: String) -> Bool {
        name.hasPrefix("\(Self.prefix).") || name == "temp-rewrite.base.rdb" || name == "temp-new.base.rdb"
    }

    /// Removes the log with all its files, and the folder where nothing else is in it.
    func remove() {
        close()
        for name in FolderListing.names(in: path) where isOwn(name) { unlink("\(path)/\(name)") }
        rmdir(path)
        files = []
    }

    /// Removes what an interrupted rewrite has left.
    func removeLeftovers() {
        for path in [rewrittenBasePath, newBasePath, manifestPath + ".tmp"] { unlink(path) }
    }
}

// MARK: - Which files count

extension LogFolder {
    /// Forgets the logs behind the one at this place, which no command of is to be kept.
    func dropLogs(after index: Int) throws(PersistenceError) {
        let dropped = files[(index + 1)...]
        guard !dropped.isEmpty else { return }
        files.removeSubrange((index + 1)...)
        try Files.replace(manifestPath, with: Self.manifest(files))
        for file in dropped { unlink(path(of: file)) }
    }

    /// Begins another log; the last one is made lasting before.
    ///
    /// - Parameter isListed: whether it goes on where those there are end. If not it stands in no manifest until its
    ///   base is installed, and takes the place of all others then.
    func beginNextLog(firstLine: [UInt8]?, isListed: Bool = true) throws(PersistenceError) {
        if descriptor >= 0, fsync(descriptor) != 0 { throw PersistenceError(currentPath, "check the disk") }
        let file = nextFile(.incremental)
        let next = try Files.open(path(of: file), O_WRONLY | O_CREAT | O_TRUNC)
        let line = firstLine.map { $0 + Array("\r\n".utf8) } ?? []
        guard line.withUnsafeBytes({ Files.write($0, to: next, at: 0) }), fsync(next) == 0 else {
            let error = PersistenceError(path(of: file), "make room")
            Glibc.close(next)
            unlink(path(of: file))
            throw error
        }
        do throws(PersistenceError) {
            if isListed { try Files.replace(manifestPath, with: Self.manifest(files + [file])) }
        } catch {
            Glibc.close(next)
            throw error
        }
        if descriptor >= 0 { Glibc.close(descriptor) }
        if isListed {
            files.append(file)
            earlierSize += size
        }
        current = file
        descriptor = next
        size = line.count
        isUnsynchronized = false
    }

    /// Puts a base that has been written to `temporaryPath` in the place of all files before the one that is written
    /// to.
    func install(base temporaryPath: String, size baseSize: Int) throws(PersistenceError) {
        guard let log = current else { return }
        let base = nextFile(.base)
        guard rename(temporaryPath, path(of: base)) == 0 else { throw PersistenceError(path(of: base)) }
        try Files.synchronizeFolder(path)
        try Files.replace(manifestPath, with: Self.manifest([base, log]))
        for file in files where file != log { unlink(path(of: file)) }
        files = [base, log]
        earlierSize = baseSize
        rewrittenSize = totalSize
    }
}

// MARK: - Writing

extension LogFolder {
    /// Adds whole commands; false, and the log is as it was, where the system does not take them.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard Files.write(bytes, to: descriptor, at: size) else { return false }
        size += bytes.count
        isUnsynchronized = true
        return true
    }

    /// Adds a line that stands between commands.
    func append(annotation: [UInt8]) throws(PersistenceError) {
        let line = annotation + Array("\r\n".utf8)
        guard line.withUnsafeBytes({ append($0) }) else { throw PersistenceError(currentPath, "make room") }
    }

    /// Waits until what was added is on the disk.
    func synchronize() -> Bool {
        guard isUnsynchronized else { return true }
        guard fdatasync(descriptor) == 0 else { return false }
        isUnsynchronized = false
        return true
    }

    /// Waits until everything is on the disk, also what somebody else is just making lasting.
    func force() -> Bool { fdatasync(descriptor) == 0 }

    /// A descriptor of its own for the log, if something was added that may not have reached the disk: its holder
    /// makes that lasting, and closes it.
    func takeUnsynchronized() -> CInt? {
        guard isUnsynchronized else { return nil }
        let copy = dup(descriptor)
        guard copy >= 0 else { return nil }
        isUnsynchronized = false
        return copy
    }

    /// Whether somebody has removed the log.
    var isRemoved: Bool {
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_nlink > 0 else { return true }
        return false
    }
}
