import Glibc
import Synchronization

/// The inputs of a run, taken by several threads and put together again in their order: the result is the same however
/// many threads there are.
final class LintQueue: Sendable {
    /// One thing to read.
    enum Input: Sendable {
        /// A path as it was given.
        case given(String)
        /// A file that was found below a folder.
        case found(String)
    }

    private let inputs: [Input]
    private let options: LintOptions
    private let table: CommandTable
    /// The source code around the inputs.
    private let project: SourceProject
    /// The first input that nobody has taken.
    private let next = Atomic(0)
    private let bytesDone = Atomic(0)
    private let bytesTotal: Int?
    private let results: Mutex<[Int: LintResult]> = Mutex([:])

    /// Inputs are taken in groups of so many, so that small files cost no locking.
    private static let group = 16

    init(_ paths: [String], options: LintOptions) {
        self.options = options
        table = CommandTable(contract: options.contract)
        inputs = paths.flatMap { Self.inputs($0, options) }
        project = SourceProject.read(
            ProjectFolder.files(around: paths, ignores: options.ignores), threads: options.threads)
        bytesTotal = Self.size(of: paths)
    }

    /// The files below a folder; a folder that is one input, as an append-only one, stays whole.
    private static func inputs(_ path: String, _ options: LintOptions) -> [Input] {
        guard path != "-", InputFinder.isFolder(path),
            let found = try? InputFinder.find(path, forced: options.forcedKind), case .folder(let files) = found
        else { return [.given(path)] }
        return files.filter { !options.ignores($0) }.map { .found($0) }
    }

    /// The bytes of some files together; nil where one is a folder or no file.
    private static func size(of paths: [String]) -> Int? {
        var total = 0
        for path in paths {
            var status = stat()
            guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
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
            var whole = results.sorted { $0.key < $1.key }.reduce(into: LintResult()) { $0.add($1.value) }
            whole.decideGreetings()
            whole.nameLibrariesOnce()
            return whole
        }
    }

    /// Takes inputs as long as there are any.
    private func work(_ progress: @escaping (Progress) -> Void) {
        // Few inputs are large ones: each is taken alone.
        let group = inputs.count > Self.group * options.threads ? Self.group : 1
        while true {
            let first = next.wrappingAdd(group, ordering: .relaxed).oldValue
            guard first < inputs.count else { return }
            var run = LintRun(
                options: options, table: table, project: project, threads: options.threads / inputs.count
            ) { path, bytes in
                let done = self.bytesDone.load(ordering: .relaxed) + bytes
                progress(Progress(path: path, bytesDone: done, bytesTotal: self.bytesTotal))
            }
            for input in inputs[first..<min(first + group, inputs.count)] {
                switch input {
                case .given(let path): run.read(path)
                case .found(let path): run.readFound(path)
                }
                bytesDone.wrappingAdd(run.takeBytes(), ordering: .relaxed)
            }
            let result = run.result
            results.withLock { $0[first] = result }
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
        summary.commands.merge(other.summary.commands, uniquingKeysWith: +)
        summary.problems += other.summary.problems
        summary.undecided += other.summary.undecided
        greetings.add(other.greetings)
    }

    /// Leaves out what is said of libraries' greetings that a setting, wherever it is made, leaves out.
    mutating func decideGreetings() {
        let facts = greetings
        findings = findings.compactMap { $0.decided(by: facts) }
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
