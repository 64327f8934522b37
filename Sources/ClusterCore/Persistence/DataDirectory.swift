import Glibc
import SystemCalls

/// The folder that a cluster keeps its data in: one process at a time.
///
/// ```text
///   clusterctl.lock      held by the process that uses the folder
///   clusterctl.shards    how many shards the data are spread over, with a checksum
///   clusterctl.written   how far the logs were written, see `WrittenRecord`
///   shard-0/…            one folder a shard, see `ShardFolder`
/// ```
///
/// A first start makes the logs first, then the file of the shards, the record, and what says which logs count.
final class DataDirectory {
    let path: String
    let shards: Int
    /// What is known of how far the logs were written; nil where there is no such file.
    let written: WrittenContents?
    /// Whether no shard has any data yet, and nothing says that there were.
    let isUntouched: Bool
    /// What says how many shards there are.
    private let line: CheckedLine?
    private let lock: FolderLock

    private static let shardPrefix = "shard-"

    private static func shardsPath(_ path: String) -> String { "\(path)/clusterctl.shards" }

    /// Takes a folder for `shards` shards, made where there is none; what is in it is left as it is.
    init(path: String, shards: Int) throws(PersistenceError) {
        self.path = path
        self.shards = shards
        try Files.refuseForeignLinks(on: path)
        try Files.makeFolder(path)
        lock = try FolderLock(folder: path)
        written = try WrittenContents(in: path)
        isUntouched = written == nil && !Self.folders(in: path).contains { Self.shard($0, in: path).hasData }
        line = try Self.readShards(path)
        try check()
    }

    /// Whether the files that tell what a log must have were ever there: clusterctl 0.1.0 had none.
    var isRecorded: Bool { written != nil || line?.isChecked == true }

    /// The numbers of the shards that have a folder.
    private static func folders(in path: String) -> [Int] {
        FolderListing.names(in: path).filter { $0.hasPrefix(shardPrefix) }.compactMap {
            Int($0.dropFirst(shardPrefix.count))
        }.sorted()
    }

    private static func shard(_ number: Int, in path: String) -> ShardFolder {
        ShardFolder(path: "\(path)/\(shardPrefix)\(number)", shard: number)
    }

    func shard(_ number: Int) -> ShardFolder { Self.shard(number, in: path) }

    private static func readShards(_ path: String) throws(PersistenceError) -> CheckedLine? {
        let file = shardsPath(path)
        guard Files.exists(file) else { return nil }
        guard let line = CheckedLine(try Files.contents(of: file)), Int(line.word) != nil else {
            throw .damage(
                file, "not a number of shards with its checksum",
                "restore it from a copy, or write the number there as a line: \(hint(path))")
        }
        return line
    }

    private static func hint(_ path: String) -> String { "there are folders of \(folders(in: path).count)" }

    /// Looks whether the data are those of so many shards.
    private func check() throws(PersistenceError) {
        let file = Self.shardsPath(path)
        let folders = Self.folders(in: path)
        guard let line else {
            if isUntouched { return }
            throw .damage(
                file, "is missing, and there are data",
                "restore it from a copy, or write the number of shards there as a line: \(Self.hint(path))")
        }
        let found = Int(line.word)
        if !line.isChecked, !isUntouched, found != folders.count || folders.last != folders.count - 1 {
            throw .damage(
                file, "says \(line.word), and there are folders of \(folders.count) shards", "restore what is missing")
        }
        guard found == shards else {
            throw PersistenceError(
                "\(path): its data are spread over \(line.word) shards: start with --shards \(line.word), or export and "
                    + "import them")
        }
        guard let written, written.layout.shards != shards else { return }
        throw .damage(
            "\(path)/\(WrittenRecord.name)", "is of \(written.layout.shards) shards, and the data of \(shards)",
            "restore it from a copy")
    }

    /// Notes that the folder is used: what says how many shards there are is there from now on.
    func keep() throws(PersistenceError) {
        lock.keep()
        Files.removeTemporaries(of: Self.shardsPath(path))
        Files.removeTemporaries(of: "\(path)/\(WrittenRecord.name)")
        if line?.isChecked != true { try Files.replace(Self.shardsPath(path), with: CheckedLine.bytes("\(shards)")) }
    }
}
