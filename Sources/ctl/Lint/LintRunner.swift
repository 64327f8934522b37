import ArgumentParser
import ClusterCore
import CommandCatalog
import Compatibility
import Glibc
import Presentation
import SystemCalls

/// One run of `clusterctl lint`: everything that can be wrong with its options is looked at before an input is read.
struct LintRunner {
    private let command: LintCommand
    private let configuration: Configuration
    private let base: BasePath
    private let files: ReportFiles
    private let sieve: Sieve
    private let options: LintOptions
    private let baselineFile: AtomicFile?

    init(_ command: LintCommand) throws(Failure) {
        self.command = command
        configuration = try command.judging.configuration()
        base = BasePath(configuration.folder, workingFolder: WorkingFolder.path)
        options = Self.options(command, configuration)
        var sieve = Sieve(configuration, base: base, disabledRules: Self.rulesThatAreOff(options))
        sieve.minimumConfidence = command.confidence ?? configuration.confidence ?? .high
        if command.writeBaseline == nil { sieve.baseline = try Self.baseline(command, configuration) }
        sieve.changes = try command.diffBase.map { revision throws(Failure) in try GitChanges.since(revision) }
        self.sieve = sieve
        baselineFile = try command.writeBaseline.map { path throws(Failure) in
            try AtomicFile(path: path, option: "--write-baseline")
        }
        files = try ReportFiles(command.output)
    }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let interruption = try StoppingSignals("clusterctl lint")
        let progress = ProgressLine()
        let result = Linter(options(interruption.stop)).run(paths) { progress.show($0) }
        progress.end()
        let outcome = sieve.sift(result, resolve: { WorkingFolder.resolved($0) ?? base.absolute($0) })
        ReportFiles.complain(outcome.result.summary.problems, "lint")
        let isInterrupted = interruption.haveCome
        if !isInterrupted, let failure = emptiness(outcome.result.summary) {
            baselineFile?.discard()
            files.discard()
            throw failure
        }
        if let baselineFile {
            guard !isInterrupted else {
                baselineFile.discard()
                throw Failure("interrupted: no baseline is written", .interrupted)
            }
            return try write(Baseline(outcome.result, base: base), baselineFile, outcome)
        }
        let report = report(outcome, seconds: (clock.now - start) / .seconds(1))
        try files.write(report)
        if let note = emptinessNote(outcome.result) { StandardError.writeLine("clusterctl lint: \(note)") }
        if outcome.goneFromBaseline > 0, !isInterrupted {
            StandardError.writeLine(
                "clusterctl lint: \(Wording.count(outcome.goneFromBaseline, "finding")) of the baseline not there any "
                    + "more: write it again with --write-baseline")
        }
        if isInterrupted { throw ExitCode(ExitStatus.interrupted.rawValue) }
        try ReportFiles.end(report)
    }

    private var paths: [FilePath] {
        command.paths.isEmpty ? [FilePath(".")] : command.paths.map { FilePath(argument: $0) }
    }

    /// The options, with what is to be told while the run is going on.
    private func options(_ stop: StopRequest) -> LintOptions {
        var options = options
        options.stop = stop
        if command.follow {
            let clearing = StandardError.isEditable && StandardOutput.isTerminal ? "\r\u{1B}[K" : ""
            options.onFinding = { [sieve] finding in
                if sieve.mayReport(finding) { StandardOutput.write("\(clearing)\(finding.conciseLine)\n") }
            }
        }
        return options
    }

    private func report(_ outcome: Sieve.Outcome, seconds: Double) -> Report {
        var report = Report(outcome.result, toolVersion: ProductVersion.text, base: base)
        report.suppressed = outcome.suppressed
        if let severity = command.output.failOn ?? configuration.failOn { report.failOn = severity }
        report.isColored = command.output.report.style.isColored
        report.countsGuesses = command.confidence == nil && configuration.confidence == nil
        report.showsUndecided = command.undecided
        report.showsStatistics = command.stats
        report.seconds = seconds
        return report
    }

    private func write(_ baseline: Baseline, _ file: AtomicFile, _ outcome: Sieve.Outcome) throws {
        try file.commit(baseline.text)
        StandardError.writeLine("clusterctl lint: \(Wording.count(baseline.count, "finding")) written down")
        var report = Report(outcome.result, toolVersion: ProductVersion.text, base: base)
        report.result.findings = []
        try ReportFiles.end(report)
    }

    /// A format that shows findings alone does not tell a clean input from one without a command.
    private func emptinessNote(_ result: LintResult) -> String? {
        let summary = result.summary
        guard summary.commandCount == 0, result.findings.isEmpty, summary.problems.isEmpty,
            let format = command.output.standardOutputs.first, format != .text
        else { return nil }
        let passed = summary.passedOver > 0 ? ", \(Wording.count(summary.passedOver, "file")) passed over" : ""
        return "no command in \(Wording.count(summary.inputs.count, "input"))\(passed)"
    }

    /// A folder without a file in it, or a pattern that matched nothing, must not look like a success.
    private func emptiness(_ summary: Summary) -> Failure? {
        guard summary.inputs.isEmpty, summary.passedOver == 0, summary.problems.isEmpty else { return nil }
        let names = paths.map { SafeText.line($0.text) }.joined(separator: ", ")
        let leftOut = summary.leftOut.folders + summary.leftOut.files
        return Failure(
            leftOut > 0
                ? "\(names): everything there is left out: name what is to be read, or use --no-ignore"
                : "\(names): there is no file to read: name others")
    }
}

// MARK: - What to look for

extension LintRunner {
    private static func options(_ command: LintCommand, _ configuration: Configuration) -> LintOptions {
        var options = LintOptions()
        options.contract = command.judging.contract(configuration)
        options.forcedKind = command.kind
        options.nearLimitPercent = command.judging.nearLimitPercent(configuration)
        // The sieve hides what is below the asked for: a comment may ignore it first.
        options.minimumConfidence = .low
        options.disabledRules = configuration.disabledRules.union(command.disable.map(\.id))
        options.severities = configuration.severities
        options.renamedCommands = configuration.renamedCommands
        options.receiverNames = configuration.receiverNames
        options.readsEverything = command.readsEverything
        options.threads = command.threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let root = BasePath(configuration.folder, workingFolder: WorkingFolder.path)
        let patterns = PathPatternSet(configuration.ignoredPaths)
        options.ignores = { path in
            root.relative(path).map(patterns.matches) ?? false
        }
        return options
    }

    private static func rulesThatAreOff(_ options: LintOptions) -> Set<String> {
        options.disabledRules.union(options.nearLimitPercent == nil ? [Rule.nearLimit.id] : [])
    }

    /// The baseline of the command line, else of the configuration.
    private static func baseline(
        _ command: LintCommand, _ configuration: Configuration
    ) throws(Failure) -> Baseline? {
        let named = configuration.baseline.map { $0.hasPrefix("/") ? $0 : "\(configuration.folder)/\($0)" }
        guard let path = command.baseline ?? named else { return nil }
        let option = command.baseline == nil ? "" : "--baseline "
        let text = try ConfigurationFile.bytes(path, option: option)
        do {
            return try Baseline(text)
        } catch {
            throw Failure("\(option)\(path):\(error.line): \(error.message)")
        }
    }
}
