import Glibc
import Logging
import WireFormats

/// Brings what a data directory holds into an empty cluster, at a start.
struct DirectoryLoader {
    let cluster: EmbeddedCluster
    let folders: [LogFolder]
    let events: EventList
    /// Whether a log with a torn end is refused, instead of being cut.
    let isStrict: Bool

    /// Loads all shards; each folder is then ready to be written to.
    func load() throws(PersistenceError) {
        var surveys: [LogSurvey] = []
        for folder in folders { surveys.append(try survey(folder)) }
        let ends = surveys.map(\.end)
        LogSurvey.cutIncomplete(&surveys)
        for (shard, folder) in folders.enumerated() {
            if surveys[shard].isTorn {
                try cut(folder, surveys[shard].end, isIncomplete: surveys[shard].end < ends[shard])
            }
            let keys = try load(folder, upTo: surveys[shard].end)
            try folder.beginWriting(at: surveys[shard].end.offset)
            let last = max(surveys[shard].parts.last?.mark.number ?? 0, surveys[shard].base)
            cluster.transactions.advance(to: last)
            cluster.shards.lock(shard)
            _ = cluster.shards[shard].pointee.exchange(keys)
            cluster.shards.unlock(shard)
        }
    }

    private func survey(_ folder: LogFolder) throws(PersistenceError) -> LogSurvey {
        try folder.open()
        folder.removeLeftovers()
        var survey = LogSurvey()
        for (index, file) in folder.files.enumerated() where file.kind == .incremental {
            let path = folder.path(of: file)
            try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
                try survey.add(bytes, file: index, path: path, isLast: index == folder.files.count - 1)
            }
        }
        return survey
    }

    /// Takes away what stands behind the last whole command or transaction.
    private func cut(_ folder: LogFolder, _ end: LogSurvey.Place, isIncomplete: Bool) throws(PersistenceError) {
        let path = folder.path(of: folder.files[end.file])
        var information = stat()
        guard stat(path, &information) == 0 else { throw PersistenceError(path) }
        let reason =
            isIncomplete ? "a transaction is not whole in all shards" : "the last command or transaction is not whole"
        guard !isStrict else {
            throw PersistenceError(
                "\(path): \(reason), from byte \(end.offset) on: start without --strict to cut it there",
                isDamage: true)
        }
        guard truncate(path, off_t(end.offset)) == 0 else { throw PersistenceError(path) }
        try folder.dropLogs(after: end.file)
        let lost = Int(information.st_size) - end.offset
        events.add("cut", "\(path): \(reason): cut at byte \(end.offset), \(lost) bytes were there", level: .warning)
    }

    /// The keys of one shard's files; all of them where there is no `end`.
    func load(_ folder: LogFolder, upTo end: LogSurvey.Place?) throws(PersistenceError) -> Keyspace {
        let target = ShardSet.make(count: 1)
        defer { target.destroy() }
        var applier = LogApplier(target: target)
        for (index, file) in folder.files.enumerated() {
            let path = folder.path(of: file)
            try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
                var bytes = bytes
                var skipped = 0
                if file.kind == .base, AOFReader.beginsWithPreamble(bytes) == true {
                    skipped = try Self.loadBase(bytes, path, target)
                }
                if let end, file.kind == .incremental, index == end.file {
                    bytes = UnsafeRawBufferPointer(rebasing: bytes[..<end.offset])
                }
                do throws(LogApplier.Failure) {
                    try applier.apply(UnsafeRawBufferPointer(rebasing: bytes[skipped...]))
                } catch {
                    throw PersistenceError(
                        "\(path): the command \(error.command) at byte \(skipped + error.byteOffset) was answered "
                            + "'\(error.answer)': the file is not the cluster's, or damaged: restore it from a copy",
                        isDamage: true)
                }
            }
        }
        return target[0].pointee.exchange(Keyspace())
    }

    /// Loads an RDB file; returns how many bytes it has.
    private static func loadBase(
        _ bytes: UnsafeRawBufferPointer, _ path: String, _ target: ShardSet
    ) throws(PersistenceError) -> Int {
        do throws(RDBError) {
            return try RDBLoader.load(bytes) { key, record, _, _ in
                guard let record else { return }
                target[0].pointee.keyspace.insert(record, hash: KeyHash.hash(key))
                target[0].pointee.keyspace.grew(by: StoredValue.payload(of: record))
            }
        } catch {
            throw PersistenceError("\(path): \(error): restore the file from a copy", isDamage: true)
        }
    }
}
