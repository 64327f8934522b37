import Presentation
import ServerClient
import SystemCalls
import WireFormats

/// One run of a size report.
struct SizeRun {
    let options: SizeOptions
    var result = SizeResult()
    var counter: SizeCounter
    private let table: CommandTable

    init(options: SizeOptions) {
        self.options = options
        counter = SizeCounter(options: options)
        table = CommandTable(contract: options.contract)
    }

    /// Whether the person wants it to end.
    var isInterrupted: Bool { options.stop?.hasCome ?? false }

    /// What was read.
    ///
    /// - Parameter unread: the sources that an interruption has left.
    mutating func finish(unread: [String]) -> SizeResult {
        counter.write(to: &result)
        result.summary.isInterrupted = isInterrupted
        result.summary.problems += unread.map { source in
            InputProblem(
                location: Location(path: Secrets.maskURLs(in: FilePath(argument: source).text)),
                message: "interrupted: it was not read", isFailure: false)
        }
        if counter.violationCount > result.violations.count {
            let untold = counter.violationCount - result.violations.count
            let message = "\(untold) more violations are counted but not listed"
            result.summary.problems.append(
                InputProblem(location: Location(path: "-"), message: message, isFailure: false))
        }
        return result
    }

    /// Reads one source.
    mutating func read(_ source: String, _ progress: (Progress) -> Void) {
        if ServerAddress.isURL(source) { return readServer(source, progress) }
        read(FilePath(argument: source), progress)
    }

    private mutating func read(_ source: FilePath, _ progress: (Progress) -> Void) {
        result.summary.note(source)
        do throws(InputProblem) {
            // Dumps and logs are what a .gitignore names, and what is asked for here.
            let everything = FolderWalk.Choice(isEverything: true, stop: options.stop)
            switch try InputFinder.find(source, forced: options.forcedKind, everything, stop: options.stop) {
            case .file(let stream, let kind): readFile(stream, kind, progress)
            case .appendOnlyFolder(let folder): readFolder(folder, progress)
            case .folder(let walk):
                result.summary.problems += walk.problems
                guard readFiles(walk.files, progress) else {
                    throw InputProblem(
                        location: Location(path: source.text), message: "holds no RDB or append-only file")
                }
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    /// Reads what may hold keys; returns whether there is any.
    ///
    /// The files of a log with a manifest are read as the log that they are.
    private mutating func readFiles(_ files: [FilePath], _ progress: (Progress) -> Void) -> Bool {
        let logs = InputFinder.logs(among: files)
        for log in logs.folders where !isInterrupted { readFolder(log, progress) }
        let others = logs.others.filter(InputFinder.mayHoldKeys)
        for file in others where !isInterrupted { read(file, progress) }
        return !logs.folders.isEmpty || !others.isEmpty
    }

    private mutating func readFile(_ stream: ByteStream, _ kind: InputKind, _ progress: (Progress) -> Void) {
        var report = InputReport(path: stream.path, kind: kind)
        let told = {
            progress(Progress(path: stream.path, bytesDone: stream.storedBytes, bytesTotal: stream.storedTotal))
        }
        switch kind {
        case .rdb: readRDB(stream, &report, told)
        case .aof, .resp: readLog(stream, &report, told)
        case .monitor:
            var keyspace = ReplayedKeyspace()
            readMonitor(stream, &keyspace, &report, told)
            count(keyspace, stream.path, now: keyspace.now, &report)
        default:
            report.add("holds no sizes: it was taken for \(kind.rawValue)")
        }
        report.finish(stream)
        take(report)
    }

    mutating func take(_ report: InputReport) {
        result.summary.inputs.append(report.summary)
        result.summary.problems += report.problems
    }

    // MARK: RDB

    private mutating func readRDB(_ stream: ByteStream, _ report: inout InputReport, _ told: () -> Void) {
        var counter = counter
        var rdb = report
        let extra = { (extra: RDBInput.Extra) in counter.add(extra.data) { Self.sized(extra, stream.path) } }
        let end = RDBInput.readSizes(stream, &rdb, onFill: told, other: extra) { entry in
            counter.add(
                entry.type, keyBytes: entry.key.nameLength, valueBytes: entry.payload, hasExpired: entry.hasExpired,
                unkeptData: entry.unkept
            ) {
                SizedKey(
                    key: entry.name, type: entry.type, keyBytes: entry.key.nameLength,
                    valueBytes: entry.payload, database: entry.database,
                    location: Location(path: stream.path, byteOffset: entry.key.byteOffset),
                    isApproximate: entry.isApproximate, hasExpired: entry.hasExpired)
            }
        }
        if case .complete(let isBaseOfLog) = end, !RDBInput.passTail(stream, isBaseOfLog: isBaseOfLog, &rdb) {
            return readAsLog(stream, &report, told)
        }
        self.counter = counter
        report = rdb
    }

    private static func sized(_ extra: RDBInput.Extra, _ path: String) -> SizedKey {
        SizedKey(
            key: extra.name, type: extra.data.word, keyBytes: extra.name.count, valueBytes: 0, database: 0,
            location: Location(path: path, byteOffset: extra.byteOffset))
    }

    /// Reads an RDB file behind which commands follow once more, with its values: recognition sees that of small files
    /// alone.
    private mutating func readAsLog(_ stream: ByteStream, _ report: inout InputReport, _ told: () -> Void) {
        guard stream.canBeReadAgain, let again = try? ByteStream(again: stream, from: 0) else {
            return report.add(
                "commands follow the RDB data: name the input as an append-only file (--as aof)",
                byteOffset: stream.offset)
        }
        report.summary.kind = .aof
        readLog(again, &report, told)
        if let problem = again.problem { report.add(problem) }
        stream.consume(stream.window.count)
        report.summary.bytes = again.offset - stream.offset
    }

    // MARK: Append-only files

    private mutating func readLog(_ stream: ByteStream, _ report: inout InputReport, _ told: () -> Void) {
        var log = ReplayedLog(table)
        log.read(stream, isPart: false, &report, told, &counter)
        log.finish(&report)
        count(log.keyspace, stream.path, now: WallClock.milliseconds(), &report)
    }

    private mutating func readFolder(_ folder: AppendOnlyFolder, _ progress: (Progress) -> Void) {
        var report = InputReport(path: folder.path, kind: .aof)
        var log = ReplayedLog(table)
        for file in folder.files where !isInterrupted {
            do throws(InputProblem) {
                let stream = try ByteStream(file, stop: options.stop, asText: false)
                var part = InputReport(path: stream.path, kind: .aof)
                let told = {
                    progress(Progress(path: stream.path, bytesDone: stream.storedBytes, bytesTotal: stream.storedTotal))
                }
                if file == folder.base, stream.window.isEmpty {
                    part.add("is empty, and the manifest names it as the base: what it held is lost")
                }
                log.read(stream, isPart: true, isLast: file == folder.files.last, &part, told, &counter)
                part.finish(stream)
                report.summary.bytes += part.summary.bytes
                report.summary.commands += part.summary.commands
                report.summary.coverage += part.summary.coverage
                for problem in part.problems { report.add(problem) }
            } catch {
                report.add(error)
            }
        }
        log.finish(&report)
        count(log.keyspace, folder.path, now: WallClock.milliseconds(), &report)
        take(report)
    }

    // MARK: MONITOR

    private func readMonitor(
        _ stream: ByteStream, _ keyspace: inout ReplayedKeyspace, _ report: inout InputReport, _ told: () -> Void
    ) {
        let replayer = Replayer(table: table)
        var commands = 0
        var trace = MonitorTrace()
        trace.read(stream, &report, onFill: told) { request, place, _, _ in
            commands += 1
            keyspace.now = place.time.map { $0 / 1000 }
            replayer.apply(request, place, &keyspace)
        }
        report.summary.commands = commands
        report.summary.coverage.append(
            "sizes are what the writes in the log add up to: what was stored before it began is not known")
    }

    /// Counts the keys that a log has left.
    ///
    /// - Parameter now: when a time to live is over; nil for never.
    private mutating func count(
        _ keyspace: ReplayedKeyspace, _ path: String, now: Int64?, _ report: inout InputReport
    ) {
        var expired = 0
        for (key, record) in keyspace.records {
            let hasExpired = record.hasExpired(by: now)
            // What a log of MONITOR has seen go is gone.
            if hasExpired, report.summary.kind == .monitor { continue }
            if hasExpired { expired += 1 }
            let payload = record.value.payload
            counter.add(
                record.value.type, keyBytes: key.name.count, valueBytes: payload, hasExpired: hasExpired,
                unkeptData: record.unkept(in: key.database), isOrdered: false
            ) {
                SizedKey(
                    key: key.name, type: record.value.type, keyBytes: key.name.count, valueBytes: payload,
                    database: key.database, location: Location(path: path), isApproximate: record.isApproximate,
                    hasExpired: hasExpired)
            }
        }
        RDBInput.noteExpired(expired, &report)
    }
}

extension ReplayedKeyspace.Record {
    /// Whether the time to live is over; where nobody knows what time it is, none is.
    fileprivate func hasExpired(by now: Int64?) -> Bool {
        guard let now, let expiry else { return false }
        // Redis 2.8 takes -1 in a file for none.
        return expiry != -1 && expiry <= now
    }

    /// What of it the target has no place for.
    func unkept(in database: Int) -> [UnkeptData] {
        var unkept: [UnkeptData] = database == 0 ? [] : [.database(database)]
        switch value {
        case .foreign(.stream): unkept.append(.stream)
        case .foreign(.module(let type)): unkept.append(.module(type?.description))
        default: if hasExpiringFields { unkept.append(.fieldExpiry) }
        }
        return unkept
    }
}
