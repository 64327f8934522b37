import ArgumentParser
import ClusterCore
import Compatibility
import ServerClient

/// `clusterctl sizes`: keys and values that are over the limits, and where the bytes are.
struct SizesCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "sizes",
        abstract: "Finds keys and values over the limits, and shows where the bytes are.",
        discussion: """
            Reads RDB files, append-only files and folders, MONITOR logs and running servers, and counts payload bytes as \
            the Cluster edition does. Says what the target has no place for, too, such as streams and other databases. Status \
            0: nothing over a limit, and nothing that the target has no place for; 1: one of them; 2: wrong use or \
            configuration; 3: a source that cannot be read to its end; all that was read of it is reported.
            """)

    static let examples = [
        Example("clusterctl sizes dump.rdb", "a snapshot, plain or with gzip"),
        Example("clusterctl sizes appendonlydir --top 50", "an append-only folder, replayed"),
        Example("clusterctl sizes redis://127.0.0.1:6379", "a running server that has SCAN"),
        Example("clusterctl sizes --keys keys.txt redis://10.0.0.1:6379", "one that has not"),
    ]

    @Argument(help: ArgumentHelp("Files, folders, or redis:// URLs.", valueName: "source"))
    var sources: [String] = []

    @Option(
        help: ArgumentHelp("How many of the largest keys to list.", valueName: "count"),
        transform: ArgumentValues.integer(in: 0...100_000))
    var top = SizeOptions().top

    @Option(
        help: ArgumentHelp(
            "Ask running servers for the keys of this file, one a line: for one that has no SCAN.", valueName: "path"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "A file with the password of running servers; without it, the variable CLUSTERCTL_PASSWORD counts.",
            valueName: "path"))
    var passwordFile: String?

    @Option(
        name: .customLong("requests-per-second"),
        help: ArgumentHelp("Send a running server no more requests than this. (default: no limit)", valueName: "count"),
        transform: ArgumentValues.integer(in: 1...10_000_000))
    var requestsPerSecond: Int?

    @Option(
        help: ArgumentHelp(
            "Go on with a running server where an interrupted report has stopped: the cursor that it named.",
            valueName: "cursor"),
        transform: ArgumentValues.integer(in: 0...Int.max))
    var cursor = 0

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Take every source for this kind: \(InputKind.optionNames).", valueName: "kind"),
        transform: InputKind.ofOption)
    var kind: InputKind?

    @Flag(
        help:
            "Write the violations as CSV, and the first key of each kind that the target has no place for, with their number."
    )
    var csv = false

    @OptionGroup var judging: JudgingOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if sources.isEmpty { throw ValidationError("no source: name files, folders, or redis:// URLs") }
        if let keys, let file = sources.first(where: { !ServerAddress.isURL($0) }) {
            throw ValidationError("--keys \(keys) is for a server: \(file) is a file")
        }
        if csv && !output.standardOutputs.isEmpty {
            throw ValidationError("--csv goes to stdout, and so does another format: choose one")
        }
    }

    func run() throws {
        let configuration = try judging.configuration()
        var options = try options(configuration)
        let files = try ReportFiles(output)
        let interruption = try StoppingSignals("clusterctl sizes")
        options.stop = interruption.stop
        let progress = ProgressLine()
        var result = SizeReport.read(sources, options) { progress.show($0) }
        progress.end()
        result.violations.removeAll { configuration.disabledRules.contains($0.rule.id) }
        ReportFiles.complain(result.summary.problems, "sizes")
        let sizes = result
        let report = report(sizes, configuration)
        try files.write(report) { format, sink in
            switch format {
            case .text where csv: sizes.writeCSV(to: &sink)
            case .text: sizes.writeText(isColored: output.report.style.isColored, to: &sink)
            case .json: sizes.writeJSON(toolVersion: ProductVersion.text, to: &sink)
            case .concise, .jsonl, .sarif, .junit, .github, .markdown, .gitlab, .checkstyle: return false
            }
            return true
        }
        if interruption.haveCome { throw ExitCode(ExitStatus.interrupted.rawValue) }
        try ReportFiles.end(report)
    }

    private func options(_ configuration: Configuration) throws(Failure) -> SizeOptions {
        var options = SizeOptions()
        options.contract = judging.contract(configuration)
        options.top = top
        options.forcedKind = kind
        options.requestsPerSecond = requestsPerSecond
        options.cursor = Array("\(cursor)".utf8)
        options.nearLimitPercent = judging.nearLimitPercent(configuration)
        options.keyListPath = keys
        if sources.contains(where: ServerAddress.isURL) {
            options.password = try Password.read(file: passwordFile).map { String(decoding: $0, as: UTF8.self) }
        }
        return options
    }

    /// The violations in the lint's formats, with the severities of the configuration.
    private func report(_ result: SizeResult, _ configuration: Configuration) -> Report {
        let base = BasePath(configuration.folder, workingFolder: WorkingFolder.path)
        var report = Report(result, toolVersion: ProductVersion.text, base: base)
        report.weigh(by: configuration)
        report.failOn = output.failOn ?? configuration.failOn ?? .note
        return report
    }
}
