import Glibc
import WireFormats

/// Writes all keys of a cluster, as they are at one instant, to an RDB file that a Redis 2.8 loads.
struct RDBExport {
    let cluster: EmbeddedCluster

    /// Writes the file: it appears whole or not at all; returns how many keys it has.
    ///
    /// The shards stand still while the bytes are put together in memory.
    func write(to path: String) throws(PersistenceError) -> Int {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PersistenceError(path, "choose a path that can be written") }
        var file = RDBFileWriter()
        let keys = collect(&file)
        file.finish()
        var isWritten = false
        file.take { isWritten = Files.write($0, to: descriptor, at: 0) && fsync(descriptor) == 0 }
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let error = PersistenceError(path, "make room, or choose another path", code: isWritten ? errno : code)
            unlink(temporary)
            throw error
        }
        return keys
    }

    /// Adds all keys; returns how many there are.
    private func collect(_ file: inout RDBFileWriter) -> Int {
        var keys = 0
        let shards = cluster.shards
        for shard in 0..<shards.count { shards.lock(shard) }
        for shard in 0..<shards.count {
            shards[shard].pointee.keyspace.forEach { file.append($0) }
            keys += shards[shard].pointee.keyspace.count
        }
        for shard in 0..<shards.count { shards.unlock(shard) }
        return keys
    }
}
