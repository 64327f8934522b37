import ServerClient
import WireFormats

/// One run of a size report.
struct SizeRun {
    let options: SizeOptions
    /// Whether the person wants it to end.
    let isInterrupted: () -> Bool
    var result = SizeResult()
    var counter: SizeCounter
    private let table: CommandTable

    init(options: SizeOptions, isInterrupted: @escaping () -> Bool) {
        self.options = options
        self.isInterrupted = isInterrupted
        counter = SizeCounter(options: options)
        table = CommandTable(contract: options.contract)
    }

    mutating func finish() -> SizeResult {
        counter.write(to: &result)
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
        do throws(InputProblem) {
            switch try InputFinder.find(source, forced: options.forcedKind) {
            case .file(let stream, let kind): readFile(stream, kind, progress)
            case .appendOnlyFolder(let folder): readFolder(folder, progress)
            case .folder(let files):
                var isEmpty = true
                for file in files where InputFinder.mayHoldKeys(file) {
                    isEmpty = false
                    read(file, progress)
                }
                if isEmpty {
                    throw InputProblem(
                        location: Location(path: source), message: "holds no RDB or append-only file")
                }
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    private mutating func readFile(_ stream: ByteStream, _ kind: InputKind, _ progress: (Progress) -> Void) {
        var report = InputReport(path: stream.path, kind: kind)
        let told = {
            progress(Progress(path: stream.path, bytesDone: stream.storedBytes, bytesTotal: stream.storedTotal))
        }
        switch kind {
        case .rdb: readRDB(stream, &report, told)
        case .aof, .resp:
            var keyspace = ReplayedKeyspace()
            readAppendOnly(stream, &keyspace, &report, told)
            count(keyspace, stream.path)
        case .monitor:
            var keyspace = ReplayedKeyspace()
            readMonitor(stream, &keyspace, &report, told)
            count(keyspace, stream.path)
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
        var unsized = 0
        var counter = counter
        let end = RDBInput.readSizes(stream, &report, onFill: told) { entry in
            if case .object = entry.key.kind {} else { unsized += 1 }
            counter.add(entry.type, keyBytes: entry.name.count, valueBytes: entry.payload) {
                SizedKey(
                    key: entry.name, type: entry.type, keyBytes: entry.name.count,
                    valueBytes: entry.payload, database: entry.database,
                    location: Location(path: stream.path, byteOffset: entry.key.byteOffset))
            }
        }
        self.counter = counter
        if unsized > 0 {
            report.summary.coverage.append(
                "\(unsized) streams and values of modules have no size by the contract: only their keys are judged")
        }
        if case .complete = end { readTail(stream, &report) }
    }

    /// What stands behind an RDB file makes it the preamble of an append-only file; recognition has seen to that for all
    /// but a large one, whose end it does not look at.
    private func readTail(_ stream: ByteStream, _ report: inout InputReport) {
        if stream.window.isEmpty { stream.fill() }
        guard !stream.window.isEmpty else { return }
        report.add(
            "commands follow the RDB data: name the input as an append-only file (--as aof)",
            byteOffset: stream.offset)
    }

    // MARK: Append-only files

    private func readAppendOnly(
        _ stream: ByteStream, _ keyspace: inout ReplayedKeyspace, _ report: inout InputReport, _ told: () -> Void
    ) {
        if AOFReader.beginsWithPreamble(stream.window) == true {
            let end = RDBInput.load(stream, &report, onFill: told) { key, record in keyspace.records[key] = record }
            guard case .complete = end else { return }
        }
        var queue = TransactionQueue()
        var commands = 0
        var input = AppendOnlyInput(at: stream.offset)
        let replayer = Replayer(table: table)
        input.read(stream, &report, onFill: told) { request, place, _ in
            commands += 1
            replayer.apply(request, place, &keyspace, &queue)
        }
        report.summary.commands += commands
    }

    private mutating func readFolder(_ folder: AppendOnlyFolder, _ progress: (Progress) -> Void) {
        var report = InputReport(path: folder.path, kind: .aof)
        var keyspace = ReplayedKeyspace()
        for file in folder.files {
            do throws(InputProblem) {
                let stream = try ByteStream(path: file)
                var part = InputReport(path: file, kind: .aof)
                readAppendOnly(stream, &keyspace, &part) {
                    progress(Progress(path: file, bytesDone: stream.storedBytes, bytesTotal: stream.storedTotal))
                }
                part.finish(stream)
                report.summary.bytes += part.summary.bytes
                report.summary.commands += part.summary.commands
                for problem in part.problems { report.add(problem) }
            } catch {
                report.add(error)
            }
        }
        count(keyspace, folder.path)
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

    private mutating func count(_ keyspace: ReplayedKeyspace, _ path: String) {
        for (key, record) in keyspace.records {
            if let now = keyspace.now, let expiry = record.expiry, expiry <= now { continue }
            let payload = record.value.payload
            counter.add(record.value.type, keyBytes: key.name.count, valueBytes: payload) {
                SizedKey(
                    key: key.name, type: record.value.type, keyBytes: key.name.count, valueBytes: payload,
                    database: key.database, location: Location(path: path), isApproximate: record.isApproximate)
            }
        }
    }
}
