import Glibc
import WireFormats

/// The folder that a cluster keeps its data in: one process at a time.
///
/// ```text
///   clusterctl.lock      held by the process that uses the folder; its number
///   clusterctl.shards    how many shards the data are spread over
///   shard-0/…            one folder a shard, see `ShardFolder`
/// ```
final class DataDirectory: Sendable {
    let path: String
    private let lock: CInt

    private static let lockName = "clusterctl.lock"
    private static let shardsName = "clusterctl.shards"

    /// Takes a folder, made where there is none, for `shards` shards.
    init(path: String, shards: Int) throws(PersistenceError) {
        self.path = path
        try Files.makeFolder(path)
        lock = try Self.takeLock("\(path)/\(Self.lockName)", of: path)
        do throws(PersistenceError) {
            try Self.checkShards("\(path)/\(Self.shardsName)", shards, path)
        } catch {
            close(lock)
            throw error
        }
    }

    deinit {
        // Not by closing alone: a child that is just being started has the descriptor, too.
        flock(lock, LOCK_UN)
        close(lock)
    }

    private static func takeLock(_ file: String, of path: String) throws(PersistenceError) -> CInt {
        let descriptor = try Files.open(file, O_RDWR | O_CREAT)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 32)
            let count = pread(descriptor, &text, text.count, 0)
            close(descriptor)
            let holder = String(decoding: text.prefix(max(0, count)).prefix { $0 >= 0x30 }, as: UTF8.self)
            throw PersistenceError(
                "\(path): process \(holder.isEmpty ? "unknown" : holder) uses the folder: stop it, or choose another "
                    + "folder with --dir")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, text.withUnsafeBytes({ Files.write($0, to: descriptor, at: 0) }) else {
            let error = PersistenceError(file)
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func checkShards(_ file: String, _ shards: Int, _ path: String) throws(PersistenceError) {
        guard Files.exists(file) else { return try Files.replace(file, with: Array("\(shards)\n".utf8)) }
        let bytes = try Files.withContents(of: file) { (bytes) throws(PersistenceError) in Array(bytes) }
        let text = String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber }
        guard let found = Int(text) else {
            throw PersistenceError("\(file): not a number of shards: write it there, as in the folders' names")
        }
        guard found == shards else {
            throw PersistenceError(
                "\(path): its data are spread over \(found) shards: start with --shards \(found), or export and import "
                    + "them")
        }
    }

    func shard(_ number: Int) -> ShardFolder { ShardFolder(path: "\(path)/shard-\(number)", shard: number) }
}
