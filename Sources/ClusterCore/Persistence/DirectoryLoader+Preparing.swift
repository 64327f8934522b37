import Glibc
import Logging
import WireFormats

/// What a start changes, once all shards were read.
extension DirectoryLoader {
    /// Makes each shard's folder ready to be written to: what is not whole at the end of a log is cut off, with a copy.
    func prepare() throws(PersistenceError) {
        let copies = try copyCuts()
        if directory.isRecorded, directory.written == nil, !directory.isUntouched {
            events.add(
                "record",
                "\(directory.path)/\(WrittenRecord.name) is missing: that the logs have everything that was "
                    + "acknowledged is not known", level: .warning)
        }
        for shard in shards {
            try shard.folder.prepare(shard.finding, shard.log)
            if shard.survey.isTorn { try cut(shard, copies[shard.folder.shard]) }
            try shard.log.beginWriting(at: shard.survey.end.offset)
            if shard.survey.isAsItIs { try noteLosses(of: shard) }
        }
    }

    /// Copies what is to be cut off, before anything is: no copies are left where one cannot be made.
    private func copyCuts() throws(PersistenceError) -> [Int: String] {
        var copies: [Int: String] = [:]
        do throws(PersistenceError) {
            for shard in shards where shard.survey.isTorn {
                if let copy = try copyCut(of: shard) { copies[shard.folder.shard] = copy }
            }
        } catch {
            for copy in copies.values { unlink(copy) }
            throw error
        }
        return copies
    }

    private func copyCut(of shard: LoadedShard) throws(PersistenceError) -> String? {
        let end = shard.survey.end
        let copy = cutPath(shard, file: end.file, from: end.offset)
        return try Files.withContents(of: shard.lastPath) { (bytes) throws(PersistenceError) in
            guard end.offset < bytes.count else { return nil }
            let descriptor = Files.create(copy)
            guard descriptor >= 0 else { throw PersistenceError(copy, "make room") }
            defer { close(descriptor) }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[end.offset...])
            guard Files.write(rest, to: descriptor, at: 0), fsync(descriptor) == 0 else {
                let error = PersistenceError(copy, "make room")
                unlink(copy)
                throw error
            }
            return copy
        }
    }

    private func cutPath(_ shard: LoadedShard, file: Int, from byte: Int) -> String {
        let name = String(decoding: shard.log.files[file].name, as: UTF8.self)
        return shard.folder.cutPath(node: shard.finding.node, file: name, from: byte)
    }

    /// Takes away what stands behind the last whole command or transaction.
    private func cut(_ shard: LoadedShard, _ copy: String?) throws(PersistenceError) {
        let end = shard.survey.end
        let path = shard.lastPath
        let lost = try Files.size(of: path) - end.offset
        try Files.synchronizeFolder(shard.folder.path)
        guard truncate(path, off_t(end.offset)) == 0 else { throw PersistenceError(failing: path) }
        try shard.log.dropLogs(after: end.file) { file in
            shard.folder.cutPath(
                node: shard.finding.node, file: String(decoding: file.name, as: UTF8.self), from: 0)
        }
        let kept = copy.map { ", now in \($0)" } ?? ""
        events.add(
            "cut", "\(path): \(shard.tornReason): cut at byte \(end.offset), \(lost) bytes were there\(kept)",
            level: .warning)
    }

    /// Writes to a log that was chosen by hand that what it lacks does not end other shards' logs.
    private func noteLosses(of shard: LoadedShard) throws(PersistenceError) {
        let last = shards.map(\.survey.lastTransaction).max() ?? 0
        try shard.log.append(annotation: TransactionMark.baseLine(upTo: last))
        events.add(
            "data loss",
            "shard \(shard.folder.shard): the log of node \(shard.name) is loaded as it is, as chosen in "
                + "\(shard.folder.countingPath): what it lacks is lost", level: .warning)
    }
}
