import Glibc
import SystemCalls
import WireFormats

/// Writes all keys of a cluster, as they are at one instant, to RDB files that a Redis 2.8 loads.
final class RDBExport: Sendable {
    private let copying: ClusterCopying

    private static let bytesPerWrite = 1024 * 1024

    init(_ copying: ClusterCopying) {
        self.copying = copying
    }

    /// Writes a file: it appears whole or not at all, in place of a regular file whose permissions it keeps, or one that its
    /// owner alone can read; returns how many keys it has.
    ///
    /// All shards stand still for the instant, and each again and again while some keys are copied.
    func write(to path: String) throws(PersistenceError) -> Int {
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
        var file = RDBFileWriter()
        var size = 0
        let keys = try copying.copy(.file) { _, copy throws(WriteFailure) in
            copy.take(into: &file)
        } afterStep: { () throws(WriteFailure) in
            if file.bytes.count >= Self.bytesPerWrite { try write(&file, to: descriptor, &size) }
        }
        file.finish()
        try write(&file, to: descriptor, &size)
        return keys
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
