import Glibc
import WireFormats

/// Writes all keys of a cluster, as they are at one instant, to RDB files that a Redis 2.8 loads.
final class RDBExport: Sendable {
    private let cluster: EmbeddedCluster
    /// Held for the time of an export.
    private let exporting = ShardLock()

    private static let bytesPerWrite = 1024 * 1024
    /// In microseconds.
    private static let pause: useconds_t = 100

    init(cluster: EmbeddedCluster) {
        self.cluster = cluster
    }

    /// Writes a file: it appears whole or not at all; returns how many keys it has.
    ///
    /// All shards stand still for the instant, and each again and again while some keys are copied.
    func write(to path: String) throws(PersistenceError) -> Int {
        exporting.lock()
        defer { exporting.unlock() }
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PersistenceError(path, "choose a path that can be written") }
        var keys: Int?
        var code: CInt = 0
        do {
            defer { close(descriptor) }
            keys = writeKeys(to: descriptor)
            if keys == nil || fsync(descriptor) != 0 {
                code = errno
                keys = nil
            }
        }
        if keys != nil, rename(temporary, path) != 0 {
            code = errno
            keys = nil
        }
        guard let keys else {
            let error = PersistenceError(path, "make room, or choose another path", code: code)
            unlink(temporary)
            throw error
        }
        return keys
    }

    /// Writes all keys; returns how many there are, nil where they cannot be written.
    private func writeKeys(to descriptor: CInt) -> Int? {
        let shards = cluster.shards
        for shard in 0..<shards.count { shards.lock(shard) }
        for shard in 0..<shards.count { shards[shard].pointee.beginCopy() }
        for shard in 0..<shards.count { shards.unlock(shard) }
        defer {
            for shard in 0..<shards.count {
                shards.lock(shard)
                let copy = shards[shard].pointee.endCopy()
                shards.unlock(shard)
                copy?.deinitialize(count: 1)
                copy?.deallocate()
            }
        }
        var file = RDBFileWriter()
        var size = 0
        var keys = 0
        for shard in 0..<shards.count {
            while true {
                shards.lock(shard)
                let count = shards[shard].pointee.continueCopy(into: &file)
                shards.unlock(shard)
                // Whoever waits for the shard is asleep, and would find it locked again.
                usleep(Self.pause)
                guard file.bytes.count < Self.bytesPerWrite || write(&file, to: descriptor, &size) else { return nil }
                guard let count else { continue }
                keys += count
                break
            }
        }
        file.finish()
        return write(&file, to: descriptor, &size) ? keys : nil
    }

    private func write(_ file: inout RDBFileWriter, to descriptor: CInt, _ size: inout Int) -> Bool {
        var isWritten = false
        file.take { bytes in
            isWritten = Files.write(bytes, to: descriptor, at: size)
            size += bytes.count
        }
        return isWritten
    }
}
