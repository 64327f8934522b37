import WireFormats

/// The keys that a node's log makes.
enum LogContents {
    /// Runs a log's files; returns a set of one shard, which the caller destroys.
    ///
    /// - Parameter end: where the last log ends; what stands behind it is left out.
    static func load(_ log: LogFolder, upTo end: LogSurvey.Place) throws(PersistenceError) -> ShardSet {
        let target = ShardSet.make(count: 1)
        do throws(PersistenceError) {
            var applier = LogApplier(target: target)
            for (index, file) in log.files.enumerated() where index <= end.file {
                let path = log.path(of: file)
                try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
                    let start = file.kind == .base ? try loadBase(bytes, path, target) : 0
                    let stop = file.kind == .incremental && index == end.file ? end.offset : bytes.count
                    guard start <= stop, stop <= bytes.count else { throw .damage(path, "has \(bytes.count) bytes") }
                    try run(UnsafeRawBufferPointer(rebasing: bytes[start..<stop]), at: start, path, &applier)
                }
            }
        } catch {
            target.destroy()
            throw error
        }
        return target
    }

    private static func run(
        _ bytes: UnsafeRawBufferPointer, at start: Int, _ path: String, _ applier: inout LogApplier
    ) throws(PersistenceError) {
        do throws(LogApplier.Failure) {
            try applier.apply(bytes)
        } catch {
            throw .damage(
                path,
                "the command \(error.command) at byte \(start + error.byteOffset) was answered '\(error.answer)'",
                "the file is not the cluster's, or damaged: restore it from a copy")
        }
    }

    /// Loads the RDB file that a base is, or begins with; returns how many bytes that has.
    private static func loadBase(
        _ bytes: UnsafeRawBufferPointer, _ path: String, _ target: ShardSet
    ) throws(PersistenceError) -> Int {
        let isRDB = path.hasSuffix(".rdb")
        guard isRDB || AOFReader.beginsWithPreamble(bytes) == true else { return 0 }
        var problem: String?
        let size: Int
        do throws(RDBError) {
            size = try RDBLoader.check(bytes)
            _ = try RDBLoader.load(bytes) { key, record, kind, database in
                guard problem == nil else { return record?.free() ?? () }
                problem = insert(key, record, kind, database, into: target[0])
            }
        } catch {
            throw .damage(path, "\(error)")
        }
        if let problem { throw .damage(path, "has \(problem)", "the file is not the cluster's: import it elsewhere") }
        guard !isRDB || size == bytes.count else {
            throw .damage(path, "\(bytes.count - size) bytes stand behind its end at byte \(size)")
        }
        return size
    }

    /// Adds a key; returns what is wrong with it.
    private static func insert(
        _ key: ByteView, _ record: Record?, _ kind: RDBKey.Kind, _ database: UInt64, into shard: ShardSet.Reference
    ) -> String? {
        guard let record else { return "a value that Redis 2.8 has not, \(kind)" }
        guard database == 0, shard.pointee.keyspace.record(key) == nil else {
            record.free()
            return database == 0 ? "a key twice" : "a key of database \(database)"
        }
        shard.pointee.keyspace.insert(record, hash: KeyHash.hash(key))
        shard.pointee.keyspace.grew(by: StoredValue.payload(of: record))
        return nil
    }
}
