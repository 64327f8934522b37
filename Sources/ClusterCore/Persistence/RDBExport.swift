import Glibc
import SystemCalls
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

    /// Writes a file: it appears whole or not at all, in place of a regular file whose permissions it keeps, or one that its
    /// owner alone can read; returns how many keys it has.
    ///
    /// All shards stand still for the instant, and each again and again while some keys are copied.
    func write(to path: String) throws(PersistenceError) -> Int {
        exporting.lock()
        defer { exporting.unlock() }
        let place = FilePlace(path)
        guard place.isReplaceable else {
            throw PersistenceError("\(path): no regular file: choose one, or a path where there is nothing")
        }
        let temporary = Files.temporaryPath(beside: place.path)
        let descriptor = Files.create(temporary)
        guard descriptor >= 0 else { throw PersistenceError(path, "choose a path that can be written") }
        if let mode = place.mode { fchmod(descriptor, mode) }
        let outcome = writeAndClose(descriptor)
        guard case .success(let keys) = outcome, rename(temporary, place.path) == 0 else {
            var code = errno
            if case .failure(let failure) = outcome { code = failure.code }
            unlink(temporary)
            throw PersistenceError(path, "make room, or choose another path", code: code)
        }
        return keys
    }

    private struct WriteFailure: Error {
        let code: CInt
    }

    private func writeAndClose(_ descriptor: CInt) -> Result<Int, WriteFailure> {
        defer { close(descriptor) }
        return Result { () throws(WriteFailure) in
            let keys = try writeKeys(to: descriptor)
            guard fsync(descriptor) == 0 else { throw WriteFailure(code: errno) }
            return keys
        }
    }

    /// Writes all keys; returns how many there are.
    private func writeKeys(to descriptor: CInt) throws(WriteFailure) -> Int {
        let shards = cluster.shards
        for shard in 0..<shards.count { shards.lock(shard) }
        for shard in 0..<shards.count { shards[shard].pointee.beginCopy() }
        for shard in 0..<shards.count { shards.unlock(shard) }
        defer { for shard in 0..<shards.count { endCopy(of: shard) } }
        var file = RDBFileWriter()
        var size = 0
        var keys = 0
        for shard in 0..<shards.count { keys += try writeKeys(of: shard, &file, to: descriptor, &size) }
        file.finish()
        try write(&file, to: descriptor, &size)
        return keys
    }

    private func writeKeys(
        of shard: Int, _ file: inout RDBFileWriter, to descriptor: CInt, _ size: inout Int
    ) throws(WriteFailure) -> Int {
        while true {
            cluster.shards.lock(shard)
            let keys = cluster.shards[shard].pointee.continueCopy(into: &file)
            cluster.shards.unlock(shard)
            // Whoever waits for the shard is asleep, and would find it locked again.
            usleep(Self.pause)
            if file.bytes.count >= Self.bytesPerWrite { try write(&file, to: descriptor, &size) }
            if let keys { return keys }
        }
    }

    private func endCopy(of shard: Int) {
        cluster.shards.lock(shard)
        let copy = cluster.shards[shard].pointee.endCopy()
        cluster.shards.unlock(shard)
        copy?.deinitialize(count: 1)
        copy?.deallocate()
    }

    private func write(
        _ file: inout RDBFileWriter, to descriptor: CInt, _ size: inout Int
    ) throws(WriteFailure) {
        var isWritten = false
        var code: CInt = 0
        file.take { bytes in
            isWritten = Files.write(bytes, to: descriptor, at: size)
            code = errno
            size += bytes.count
        }
        guard isWritten else { throw WriteFailure(code: code) }
    }
}
