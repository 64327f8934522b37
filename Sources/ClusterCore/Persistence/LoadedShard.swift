import WireFormats

/// A shard that a start reads from its folder.
final class LoadedShard {
    let folder: ShardFolder
    let finding: ShardFolder.Finding
    /// The log that counts.
    let log: LogFolder
    /// Where the log ends for what is whole in it, before other shards are looked at.
    var wholeEnd = LogSurvey.Place(file: 0, offset: 0)
    var survey = LogSurvey()
    /// The keys, once they were read.
    private(set) var keys: ShardSet?

    init(_ folder: ShardFolder, _ finding: ShardFolder.Finding) {
        self.folder = folder
        self.finding = finding
        log = folder.log(finding)
    }

    deinit {
        keys?.destroy()
    }

    var name: Node.Name { Node.Name(shard: folder.shard, number: finding.node) }

    /// Reads which files there are and how far they go; changes nothing.
    func read() throws(PersistenceError) {
        try log.read()
        try log.check()
        survey = try LogSurvey(of: log)
        wholeEnd = survey.end
    }

    func load() throws(PersistenceError) { keys = try LogContents.load(log, upTo: survey.end) }

    /// The last log that something is kept of.
    var lastPath: String {
        log.files.indices.contains(survey.end.file) ? log.path(of: log.files[survey.end.file]) : log.manifestPath
    }

    /// Whether no log has a byte, and there is no base.
    var isEmpty: Bool { survey.end == LogSurvey.Place(file: 0, offset: 0) && log.files.allSatisfy { $0.kind != .base } }

    /// What is wrong where a log must have so much of the file with the number `log`; nil where it has that.
    func shortfall(of required: (log: Int64, extent: WrittenEntry.Extent)) -> PersistenceError? {
        let logs = log.files.filter { $0.kind == .incremental }
        guard let index = log.files.firstIndex(where: { $0.kind == .incremental && $0.sequence == required.log }) else {
            // Another base has come since.
            if let first = logs.first, required.log < first.sequence { return nil }
            return .damage(
                log.manifestPath, "does not name the log with the number \(required.log), which was written last")
        }
        let path = log.path(of: log.files[index])
        let (acknowledged, size) = (required.extent.size, (try? Files.size(of: path)) ?? 0)
        if size < acknowledged { return .damage(path, "has \(size) bytes, and \(acknowledged) were acknowledged") }
        guard (try? Files.checksum(of: path, upTo: acknowledged)) == required.extent.checksum else {
            return .damage(path, "its first \(acknowledged) bytes are not those that were acknowledged")
        }
        if survey.end >= LogSurvey.Place(file: index, offset: acknowledged) { return nil }
        let offset = survey.end.file == index ? survey.end.offset : 0
        return .damage(
            path, "is whole up to byte \(offset), and \(acknowledged) bytes were acknowledged")
    }
}

extension LogSurvey {
    /// Surveys all files of a log.
    init(of log: LogFolder) throws(PersistenceError) {
        self.init()
        for (index, file) in log.files.enumerated() where file.kind == .incremental {
            let path = log.path(of: file)
            try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
                try add(bytes, file: index, path: path, isLast: index == log.files.count - 1)
            }
        }
    }
}
