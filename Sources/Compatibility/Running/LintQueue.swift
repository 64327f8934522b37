import Glibc
import Synchronization
import SystemCalls

/// The inputs of a run, taken by several threads and put together again in their order: the result is the same however
/// many threads there are.
final class LintQueue: Sendable {
    /// One thing to read.
    enum Input: Sendable {
        /// A path as it was given.
        case given(FilePath)
        /// A file that was found below a folder.
        case found(FilePath)
    }

    private let inputs: [Input]
    private let options: LintOptions
    private let table: CommandTable
    /// The source code around the inputs.
    private let project: SourceProject
    /// What was left out of the folders, and what could not be read there.
    private let walked: LintResult
    /// What the inputs are below, for what is said of several.
    private let root: String
    /// The first input that nobody has taken.
    private let next = Atomic(0)
    /// How many inputs were begun.
    private let begun = Atomic(0)
    private let bytesDone = Atomic(0)
    private let commandsDone = Atomic(0)
    private let findingsDone = Atomic(0)
    private let bytesTotal: Int?
    private let results: Mutex<[Int: LintResult]> = Mutex([:])

    /// Inputs are taken in groups of so many, so that small files cost no locking.
    private static let group = 16

    init(_ paths: [FilePath], options: LintOptions) {
        self.options = options
        table = CommandTable(contract: options.contract)
        var inputs: [Input] = []
        var walked = LintResult()
        // What is named twice is one input.
        var known: Set<FilePath> = []
        for path in paths where known.insert(path).inserted { inputs += Self.inputs(path, options, &walked) }
        self.inputs = inputs
        self.walked = walked
        root = paths.first?.text ?? ""
        let around = ProjectFolder.contents(around: paths, inputs: inputs.map(\.path), options.choice)
        project = SourceProject.read(
            around.files, options.receiverNames, threads: options.threads, namesRedis: around.namesRedis)
        bytesTotal = Self.size(of: paths)
    }

    /// The files below a folder; a folder that is one input, as an append-only one, stays whole.
    private static func inputs(_ path: FilePath, _ options: LintOptions, _ result: inout LintResult) -> [Input] {
        guard path.text != "-", InputFinder.isFolder(path),
            let found = try? InputFinder.find(path, forced: options.forcedKind, options.choice),
            case .folder(let walk) = found
        else { return [.given(path)] }
        result.summary.leftOut.add(walk.leftOut)
        result.summary.problems += walk.problems
        // A log is one input, its manifest; the files that this names are read with it.
        let logs = InputFinder.logs(among: walk.files)
        let parts = Set(logs.folders.flatMap(\.files))
        return walk.files.filter { !parts.contains($0) }.map { .found($0) }
    }

    /// The bytes of some files together; nil where one is a folder or no file.
    private static func size(of paths: [FilePath]) -> Int? {
        var total = 0
        for path in paths {
            guard path.text != "-", let status = path.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
            total += Int(status.st_size)
        }
        return total
    }

    /// Reads everything.
    func run(progress: @escaping (Progress) -> Void) -> LintResult {
        let others = min(options.threads, (inputs.count + Self.group - 1) / Self.group, inputs.count) - 1
        Workers.run(others: max(0, others)) {
            self.work { _ in }
        } own: {
            work(progress)
        }
        return results.withLock { results in
            var whole = results.sorted { $0.key < $1.key }.reduce(into: walked) { $0.add($1.value) }
            whole.decideGreetings()
            whole.nameLibrariesOnce()
            whole.nameWhatWasNotUnderstood(options)
            noteUnread(&whole.summary)
            // A folder that two walks go through has its problems once.
            var told: Set<InputProblem> = []
            whole.summary.problems.removeAll { !told.insert($0).inserted }
            return whole
        }
    }

    /// Takes inputs as long as there are any.
    private func work(_ progress: @escaping (Progress) -> Void) {
        // Few inputs are large ones: each is taken alone.
        let group = inputs.count > Self.group * options.threads ? Self.group : 1
        while !(options.stop?.hasCome ?? false) {
            let first = next.wrappingAdd(group, ordering: .relaxed).oldValue
            guard first < inputs.count else { return }
            var run = LintRun(
                options: options, table: table, project: project, threads: options.threads / inputs.count
            ) { path, step in
                progress(self.progress(path, step))
            }
            for input in inputs[first..<min(first + group, inputs.count)] where !(options.stop?.hasCome ?? false) {
                begun.wrappingAdd(1, ordering: .relaxed)
                switch input {
                case .given(let path): run.read(path)
                case .found(let path): run.readFound(path)
                }
                let step = run.takeStep()
                bytesDone.wrappingAdd(step.bytes, ordering: .relaxed)
                commandsDone.wrappingAdd(step.commands, ordering: .relaxed)
                findingsDone.wrappingAdd(step.findings, ordering: .relaxed)
            }
            let result = run.result
            results.withLock { $0[first] = result }
        }
    }

    private func progress(_ path: String, _ step: LintRun.Step) -> Progress {
        var progress = Progress(
            path: path, bytesDone: bytesDone.load(ordering: .relaxed) + step.bytes, bytesTotal: bytesTotal)
        progress.commandsDone = commandsDone.load(ordering: .relaxed) + step.commands
        progress.findings = findingsDone.load(ordering: .relaxed) + step.findings
        return progress
    }

    /// Says how many inputs an interruption has left.
    private func noteUnread(_ summary: inout Summary) {
        guard options.stop?.hasCome ?? false else { return }
        summary.isInterrupted = true
        let unread = inputs.count - begun.load(ordering: .relaxed)
        guard unread > 0 else { return }
        summary.problems.append(
            InputProblem(
                location: Location(path: root), message: "interrupted: \(Wording.count(unread, "input")) not read",
                isFailure: false))
    }
}

extension LintQueue.Input {
    var path: FilePath {
        switch self {
        case .given(let path), .found(let path): path
        }
    }
}

extension LintResult {
    /// Adds what inputs behind the ones so far gave.
    mutating func add(_ other: LintResult) {
        findings += other.findings
        hiddenFindings += other.hiddenFindings
        summary.inputs += other.summary.inputs
        summary.passedOver += other.summary.passedOver
        summary.leftOut.add(other.summary.leftOut)
        summary.commands.merge(other.summary.commands, uniquingKeysWith: +)
        summary.problems += other.summary.problems
        summary.pathBytes.merge(other.summary.pathBytes) { $1 }
        summary.undecided += other.summary.undecided
        greetings.add(other.greetings)
        coverage.add(other.coverage)
    }

    /// Leaves out what is said of libraries' greetings that a setting, wherever it is made, leaves out.
    mutating func decideGreetings() {
        let facts = greetings
        findings = findings.compactMap { $0.decided(by: facts) }
    }

    /// Adds the languages in which nothing was understood.
    fileprivate mutating func nameWhatWasNotUnderstood(_ options: LintOptions) {
        guard !options.disabledRules.contains(Rule.notUnderstood.id) else { return }
        findings += coverage.findings.map { finding in
            var finding = finding
            finding.severity = options.severities[finding.rule.id] ?? finding.severity
            return finding
        }
    }

    /// Leaves of what libraries and frameworks send by themselves the first place of all files, with the number of places.
    mutating func nameLibrariesOnce() {
        var first: [String: Int] = [:]
        var kept: [Finding] = []
        for finding in findings {
            guard finding.rule.isAboutLibraries, let library = finding.library else {
                kept.append(finding)
                continue
            }
            let name = "\(finding.rule.id) \(library) \(finding.command ?? "")"
            if let index = first[name] {
                kept[index].count += finding.count
                kept[index].last = finding.last
            } else {
                first[name] = kept.count
                kept.append(finding)
            }
        }
        findings = kept
    }
}

extension Rule {
    /// Whether its findings are about a library or framework as a whole, which is told once however many files name it.
    fileprivate var isAboutLibraries: Bool {
        self == .libraryHandshake || self == .frameworkRefused || self == .frameworkPartlyRefused
            || self == .clientCannotConnect
    }
}
