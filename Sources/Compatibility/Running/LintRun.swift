import WireFormats

/// The reading of some inputs, one after the other, and what they gave.
struct LintRun {
    let options: LintOptions
    let table: CommandTable
    /// The source code around the inputs.
    let project: SourceProject
    /// How many threads may read one input.
    let threads: Int
    var result = LintResult()
    /// Stored bytes of the inputs that were read since ``takeBytes()`` asked.
    private var bytesDone = 0
    private let progress: (_ path: String, _ bytes: Int) -> Void

    /// - Parameter progress: told the input that is being read, and how many of its bytes were.
    init(
        options: LintOptions, table: CommandTable, project: SourceProject, threads: Int,
        progress: @escaping (_ path: String, _ bytes: Int) -> Void
    ) {
        self.options = options
        self.table = table
        self.project = project
        self.threads = threads
        self.progress = progress
    }

    /// How many stored bytes were read since the last time.
    mutating func takeBytes() -> Int {
        defer { bytesDone = 0 }
        return bytesDone
    }

    /// Reads what a path that was given holds.
    mutating func read(_ path: String) {
        do throws(InputProblem) {
            switch try InputFinder.find(path, forced: options.forcedKind) {
            case .file(let stream, let kind): readFile(stream, kind)
            case .appendOnlyFolder(let folder): readAppendOnlyFolder(folder)
            case .folder(let files): for file in files where !options.ignores(file) { readFound(file) }
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    /// Reads a file that was found below a folder: what is no input is passed over in silence.
    mutating func readFound(_ path: String) {
        do throws(InputProblem) {
            let stream = try ByteStream(path: path)
            stream.fill(upTo: Recognition.headBytes)
            let head = stream.window
            if let problem = stream.problem { throw problem }
            if InputFinder.isManifestName(path), AOFManifest.isManifest(Array(head.prefix(4096))) {
                guard case .appendOnlyFolder(let folder) = try InputFinder.find(path, forced: nil) else { return }
                return readAppendOnlyFolder(folder)
            }
            if let kind = Recognition.kindInFolder(of: path, head: head, isWhole: stream.isLast) {
                readFile(stream, kind)
            } else {
                noteSettings(path: path, head: head)
                result.summary.passedOver += 1
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    private mutating func readFile(_ stream: ByteStream, _ kind: InputKind) {
        var report = InputReport(path: stream.path, kind: kind)
        var judge = Judge(path: stream.path, options: options, table: table)
        switch kind {
        case .monitor: readMonitor(stream, &report, &judge)
        case .aof, .rdb: readAppendOnly(stream, &report, &judge)
        case .resp: readCapture(stream, &report, &judge)
        case .script: readScript(stream, &report, &judge)
        case .shell: readShell(stream, &report, &judge)
        case .slowlog: readSlowLog(stream, &report, &judge)
        case .commandstats: readCommandStatistics(stream, &report, &judge)
        case .source: readSource(stream, &report, &judge)
        case .manifest: readManifest(stream, &report, &judge)
        case .settings: readSettings(stream, &report, &judge)
        case .server: report.add("a running server is read by `clusterctl sizes`")
        }
        report.finish(stream)
        report.summary.commands += judge.commands
        let isSilent = judge.commands == 0 && report.summary.commands == 0 && judge.store.findings.isEmpty
        if kind.isPassedOverInSilence, isSilent, report.problems.isEmpty {
            result.summary.passedOver += 1
        } else {
            result.summary.inputs.append(report.summary)
        }
        take(judge)
        result.summary.problems += report.problems
        bytesDone += stream.storedBytes
    }

    /// Takes over what a judge counted and found.
    mutating func take(_ judge: borrowing Judge) {
        result.summary.commands.merge(judge.countsByName(), uniquingKeysWith: +)
        result.findings += judge.store.findings.sorted { left, right in
            (left.first.byteOffset ?? 0, left.rule.id) < (right.first.byteOffset ?? 0, right.rule.id)
        }
        result.hiddenFindings += judge.store.hidden
    }

    /// Tells the progress of a stream.
    func tell(_ stream: ByteStream) { tell(stream.path, stream.storedBytes) }

    func tell(_ path: String, _ storedBytes: Int) { progress(path, bytesDone + storedBytes) }
}
