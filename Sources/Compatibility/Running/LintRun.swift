import SystemCalls
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
    /// What was read and found since ``takeStep()`` asked.
    private var step = Step()
    private let progress: (_ path: String, _ step: Step) -> Void

    /// How far a part of the run has come.
    struct Step {
        /// Stored bytes of the inputs.
        var bytes = 0
        var commands = 0
        var findings = 0
    }

    /// - Parameter progress: told the input that is being read, and how far it was.
    init(
        options: LintOptions, table: CommandTable, project: SourceProject, threads: Int,
        progress: @escaping (_ path: String, _ step: Step) -> Void
    ) {
        self.options = options
        self.table = table
        self.project = project
        self.threads = threads
        self.progress = progress
    }

    /// What was read and found since the last time.
    mutating func takeStep() -> Step {
        defer { step = Step() }
        return step
    }

    /// Reads what a path that was given holds.
    mutating func read(_ path: FilePath) {
        result.summary.note(path)
        do throws(InputProblem) {
            switch try InputFinder.find(path, forced: options.forcedKind, options.choice, stop: options.stop) {
            case .file(let stream, let kind): readFile(stream, kind, isNamed: true)
            case .appendOnlyFolder(let folder): readAppendOnlyFolder(folder)
            case .folder(let walk):
                result.summary.leftOut.add(walk.leftOut)
                result.summary.problems += walk.problems
                for file in walk.files { readFound(file) }
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    /// Reads a file that was found below a folder: what is no input is passed over, and counted.
    mutating func readFound(_ path: FilePath) {
        result.summary.note(path)
        do throws(InputProblem) {
            let stream = try ByteStream(path, stop: options.stop)
            InputFinder.fillHead(stream)
            if stream.window.isEmpty { return try noteEmpty(stream) }
            if InputFinder.isManifest(stream) {
                let found = try InputFinder.find(path, forced: nil, options.choice, stop: options.stop)
                guard case .appendOnlyFolder(let folder) = found else { return }
                return readAppendOnlyFolder(folder)
            }
            if let kind = options.forcedKind { return readFile(stream, kind, isNamed: true) }
            switch Recognition.recognise(stream, isFound: true) {
            case .input(let kind): readFile(stream, kind, isNamed: false)
            case .binary(let format): noteBinary(format)
            case .none: try passOver(stream)
            }
        } catch {
            result.summary.problems.append(error)
        }
    }

    /// Most empty files are nothing; one that has to have a beginning has lost it.
    private mutating func noteEmpty(_ stream: ByteStream) throws(InputProblem) {
        if let problem = stream.problem { throw problem }
        guard Recognition.isNeverEmpty(Recognition.plainName(stream.path)) else {
            return result.summary.passedOver += 1
        }
        throw InputProblem(location: Location(path: stream.path), message: "is empty")
    }

    private mutating func noteBinary(_ format: BinaryFormat) {
        let binary = LeftOut.Binary(noun: format.noun, detail: format.detail)
        result.summary.leftOut.binaryFiles[binary, default: 0] += 1
    }

    /// A file of no kind that is known here, which may speak of Redis all the same.
    private mutating func passOver(_ stream: ByteStream) throws(InputProblem) {
        if let problem = stream.problem { throw problem }
        noteSettings(path: stream.path, head: stream.window)
        result.summary.passedOver += 1
        let name = Recognition.plainName(stream.path)
        let ending = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
        if SourceCoverage.unreadEndings.contains(ending), let line = ImportMention.line(in: stream.window) {
            let place = Location(path: stream.path, line: line)
            return result.coverage.noteSilent(ending, name: ".\(ending)", place, isRead: false)
        }
        if SourceScanner.mentionsClient(stream.window) { result.summary.leftOut.unknownFiles.append(stream.path) }
    }

    private mutating func readFile(_ stream: ByteStream, _ kind: InputKind, isNamed: Bool) {
        var report = InputReport(path: stream.path, kind: kind)
        var judge = Judge(path: stream.path, options: options, table: table)
        switch kind {
        case .monitor: readMonitor(stream, &report, &judge)
        case .aof, .rdb: readAppendOnly(stream, &report, &judge)
        case .resp: readCapture(stream, &report, &judge)
        case .script: readScript(stream, &report, &judge)
        case .shell: readShell(stream, &report, &judge)
        case .session: readSession(stream, &report, &judge)
        case .slowlog: readSlowLog(stream, &report, &judge)
        case .commandstats: readCommandStatistics(stream, &report, &judge)
        case .source: readSource(stream, &report, &judge, isNamed: isNamed)
        case .manifest: readManifest(stream, &report, &judge)
        case .settings: readSettings(stream, &report, &judge)
        case .server: report.add("a running server is read by `clusterctl sizes`")
        }
        if judge.commands == 0, judge.store.findings.isEmpty, report.problems.isEmpty {
            noteNothing(stream, kind, isNamed: isNamed, &report)
        }
        report.finish(stream)
        report.summary.commands += judge.commands
        let isSilent = judge.commands == 0 && report.summary.commands == 0 && judge.store.findings.isEmpty
        if kind.isPassedOverInSilence, isSilent, report.problems.isEmpty {
            result.summary.passedOver += 1
        } else {
            result.summary.inputs.append(report.summary)
        }
        step.commands += report.summary.commands
        take(judge)
        result.summary.problems += report.problems
        step.bytes += stream.storedBytes
    }

    /// Says that nothing was understood of an input that somebody has named the kind of, and of a log that has nothing.
    private func noteNothing(_ stream: ByteStream, _ kind: InputKind, isNamed: Bool, _ report: inout InputReport) {
        guard stream.offset > 0, stream.problem == nil else { return }
        switch kind {
        case .monitor: report.add("the log has no command: nothing was checked", isFailure: isNamed)
        case .session, .shell, .commandstats, .slowlog:
            guard isNamed, options.forcedKind != nil, !hasUndecided(stream.path) else { return }
            report.add("no command is found in it as --as \(kind.rawValue)")
        default: break
        }
    }

    private func hasUndecided(_ path: String) -> Bool { result.summary.undecided.contains { $0.location.path == path } }

    /// Takes over what a judge counted and found.
    mutating func take(_ judge: borrowing Judge) {
        step.findings += judge.store.findings.count
        result.summary.commands.merge(judge.countsByName(), uniquingKeysWith: +)
        result.findings += judge.store.findings.sorted { left, right in
            (left.first.byteOffset ?? 0, left.rule.id) < (right.first.byteOffset ?? 0, right.rule.id)
        }
        result.hiddenFindings += judge.store.hidden
    }

    /// Tells the progress of a stream.
    func tell(_ stream: ByteStream, _ judge: borrowing Judge) { tell(stream.path, stream.storedBytes, judge) }

    func tell(_ path: String, _ storedBytes: Int, _ judge: borrowing Judge) {
        let now = Step(
            bytes: step.bytes + storedBytes, commands: step.commands + judge.commands,
            findings: step.findings + judge.store.findings.count)
        progress(path, now)
    }
}
