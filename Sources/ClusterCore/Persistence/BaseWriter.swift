import Glibc
import WireFormats

/// Writes the keys of a shard to an RDB file, some at a time, while the shard goes on.
///
/// A copy has begun: what is written to a key that is not in the file yet goes to the log as a whole.
struct BaseWriter {
    let cluster: EmbeddedCluster
    let shard: Int
    /// Where this changes, the keys are others, and the file cannot be completed.
    let generation: Int

    private static let bucketsPerStep = 32
    private static let bytesPerWrite = 1024 * 1024

    /// Writes the file and makes it lasting; returns its size.
    func write(to path: String) throws(PersistenceError) -> Int {
        let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        var size = 0
        do throws(PersistenceError) {
            try writeKeys(to: descriptor, path, &size)
            guard fsync(descriptor) == 0 else { throw PersistenceError(path, "check the disk") }
        } catch {
            unlink(path)
            throw error
        }
        return size
    }

    private func writeKeys(to descriptor: CInt, _ path: String, _ size: inout Int) throws(PersistenceError) {
        var file = RDBFileWriter()
        var cursor: UInt64? = 0
        while let position = cursor {
            guard let next = step(from: position, &file) else {
                throw PersistenceError("the shard has another primary now: the log goes on as it was")
            }
            cursor = next == 0 ? nil : next
            if cursor == nil { file.finish() }
            guard cursor == nil || file.bytes.count >= Self.bytesPerWrite else { continue }
            var isWritten = false
            var count = 0
            file.take { bytes in
                count = bytes.count
                isWritten = Files.write(bytes, to: descriptor, at: size)
            }
            guard isWritten else { throw PersistenceError(path, "make room") }
            size += count
        }
    }

    /// Takes some keys; returns the cursor of the next ones, nil where the keys are others.
    private func step(from start: UInt64, _ file: inout RDBFileWriter) -> UInt64? {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        let reference = cluster.shards[shard]
        guard reference.pointee.generation == generation else { return nil }
        let log = cluster.shards.log(of: shard)
        var cursor = start
        for _ in 0..<Self.bucketsPerStep {
            cursor = reference.pointee.keyspace.scan(cursor) { record in
                if log.pointee.capture(record.key, hash: KeyHash.hash(record.key)) { file.append(record) }
            }
            if cursor == 0 { break }
        }
        return cursor
    }
}
