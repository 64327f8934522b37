import Glibc
import WireFormats

/// The bases that are written of a shard's keys: the same RDB file for one or several nodes' logs.
struct BaseFiles: ~Copyable {
    /// One of the files.
    private struct File {
        let path: String
        let descriptor: CInt
        var failure: PersistenceError?
    }

    private var files: [File] = []
    private var contents = RDBFileWriter()
    /// The bytes that were written to each.
    private(set) var size = 0

    private static let bytesPerWrite = 1024 * 1024

    /// Begins files at these paths.
    init(paths: [String]) {
        for path in paths {
            let descriptor = Files.create(path)
            files.append(
                File(
                    path: path, descriptor: descriptor, failure: descriptor < 0 ? PersistenceError(failing: path) : nil)
            )
        }
    }

    deinit {
        for file in files where file.descriptor >= 0 { close(file.descriptor) }
    }

    /// Adds a key with its value.
    mutating func add(_ record: Record) { contents.append(record) }

    /// The bytes that were added and not written yet.
    var pendingBytes: Int { contents.bytes.count }

    /// Writes what was added where that is much; to a file that cannot be written no more is.
    mutating func writeIfMuch() {
        if contents.bytes.count >= Self.bytesPerWrite { write() }
    }

    /// Whether no file is left that can be written.
    var haveAllFailed: Bool { files.allSatisfy { $0.failure != nil } }

    private mutating func write() {
        let offset = size
        var count = 0
        var failures: [Int: PersistenceError] = [:]
        let open = files
        contents.take { bytes in
            count = bytes.count
            for (index, file) in open.enumerated() where file.failure == nil {
                guard !Files.write(bytes, to: file.descriptor, at: offset) else { continue }
                failures[index] = PersistenceError(file.path, "make room")
            }
        }
        for (index, failure) in failures { files[index].failure = failure }
        size += count
    }

    /// Ends the files and makes them lasting, or removes them where they could not be written; returns why, by file.
    mutating func finish() -> [PersistenceError?] {
        contents.finish()
        write()
        for index in files.indices {
            if files[index].failure == nil, fsync(files[index].descriptor) != 0 {
                files[index].failure = PersistenceError(files[index].path, "check the disk")
            }
            if files[index].failure != nil { unlink(files[index].path) }
        }
        return files.map(\.failure)
    }

    /// Removes the files, of which none is to be used.
    func discard() {
        for file in files { unlink(file.path) }
    }

    /// Writes keys that stand still to one file; returns its size.
    static func write(_ keys: ShardSet.Reference, to path: String) throws(PersistenceError) -> Int {
        var files = BaseFiles(paths: [path])
        keys.pointee.keyspace.forEach { record in
            files.add(record)
            files.writeIfMuch()
        }
        if let failure = files.finish()[0] { throw failure }
        return files.size
    }
}
