import ArgumentParser
import ClusterCore
import Compatibility
import Glibc
import Logging
import Presentation

/// `clusterctl exec`: a command against a cluster of its own, then what the contract refused meanwhile.
struct ExecCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Runs a command, such as a test suite, against a cluster of its own, and tells what was refused.",
        usage:
            "clusterctl exec [<options of start>] [--env <variable>] [--allow <command>] [--fail-on <severity>] "
            + "[--output <format=file>] [--report <path>] [--drill <scenario>] -- <command> ...",
        discussion: """
            The cluster takes a free port and is gone when the command ends. The command finds it in REDIS_URL, \
            REDIS_HOST and REDIS_PORT (and REDIS_PASSWORD, if there is one); --env sets what it reads else. Signals reach \
            the command. Afterwards stderr lists what the contract refused: command, verdict, how often, the first key, \
            what to do instead; then other errors, and what client libraries sent by themselves at connection, which does \
            not count. The project's \(Configuration.fileName) counts as it does for lint: severities, fail-on, limits.

            The exit status is the command's own if that is not 0 (128 and the signal's number if one killed it, 127 if \
            it is not there, 126 if it cannot be run), else 1 if anything was refused, a step of --drill among it, or if \
            nothing was checked (no request, none that was let in, or greetings of client libraries alone), else 0.
            """)

    static let examples = [
        Example("clusterctl exec -- npm test", "fails if the tests fail or anything was refused"),
        Example("clusterctl exec --report-only -- pytest -x", "fails only if the tests fail"),
        Example("clusterctl exec --env spring -- mvn verify", "for what reads Spring Boot's variables"),
        Example("clusterctl exec --env CACHE_URL={url}/0 -- make test", "for what reads a variable of its own"),
        Example("clusterctl exec --allow INFO --output junit=refused.xml -- npm test", "for CI"),
        Example("clusterctl exec --drill crash -- npm test", "the tests, while a machine is lost and comes back"),
        Example("clusterctl exec -- sh -c 'redis-cli -p $REDIS_PORT keys \"*\"'", "shows one refusal"),
    ]

    @OptionGroup var options: ClusterOptions

    @Option(
        help: ArgumentHelp(
            "Set a variable for the command; {url}, {host}, {port} and {password} stand for the cluster's. Or the "
                + "variables of a framework: \(EnvironmentSet.names). May be repeated.",
            valueName: "name=template"),
        transform: EnvironmentVariable.ofOption)
    var env: [[EnvironmentVariable]] = []

    @Option(
        help: ArgumentHelp(
            "Do not fail for this command, whatever the contract says of it, as in KEYS or \"CLIENT LIST\"; may be "
                + "repeated.", valueName: "command"),
        transform: ExecCommand.commandName)
    var allow: [String] = []

    @Flag(help: "End well though the command sends no request, or none that checks anything.")
    var allowNoRequests = false

    @Flag(help: "Exit with the command's own status, whatever was refused; nothing checked is still status 1.")
    var reportOnly = false

    @Option(help: ArgumentHelp("Write the summary there, as JSON.", valueName: "path"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "Run a timeline of failures meanwhile: a file, or \(BuiltInScenarios.names). See `clusterctl drill`.",
            valueName: "scenario"))
    var drill: String?

    @OptionGroup var file: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command to run, after `--`.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard command.isEmpty else { return }
        throw ValidationError("no command: write it after `--`, as in `clusterctl exec -- npm test`")
    }

    /// A command's name as refusals have it: in capitals, one space between its words.
    private static func commandName(_ text: String) throws -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { throw ArgumentValues.Unusable(description: "write the name of a command") }
        return words.joined(separator: " ").uppercased()
    }

    /// The command as reports name it: without the arguments that may be long, or hold a secret.
    var shownCommand: String {
        let program = command.first?.split(separator: "/").last.map(String.init) ?? ""
        guard command.count > 1, let first = command[1].first, first.isLetter, command[1].count <= 40,
            command[1].allSatisfy({ $0.isLetter || $0.isNumber || "-_:.".contains($0) })
        else { return program }
        return "\(program) \(command[1])"
    }

    func run() throws {
        let signals = try EndingSignals(taking: ChildProcess.forwardedSignals, "clusterctl exec")
        let scenario = try drill.map { name throws(Failure) in try Scenario.load(name) }
        let executable = try Executable.find(command[0])
        let inherited = InheritedDescriptors.list()
        let configuration = try file.configuration()
        let reportFile = try report.map { path throws(Failure) in try AtomicFile(path: path, option: "--report") }
        let files: ReportFiles
        do throws(Failure) {
            files = try ReportFiles(output, unasked: nil)
        } catch {
            reportFile?.discard()
            throw error
        }
        let summary: ExecSummary
        do {
            summary = try runCommand(executable, inherited, signals, scenario, configuration)
        } catch {
            reportFile?.discard()
            files.discard()
            throw error
        }
        for line in summary.lines { StandardError.writeLine(line) }
        try reportFile?.commit(summary.json.text() + "\n")
        try files.write(summary.report)
        if let status = exitStatus(summary) { throw ExitCode(status) }
    }

    /// The exit status; nil where all is well.
    private func exitStatus(_ summary: ExecSummary) -> CInt? {
        if summary.status != 0 { return summary.status }
        if summary.checkedNothing && !allowNoRequests { return ExitStatus.findings.rawValue }
        return summary.hasFailures && !reportOnly ? ExitStatus.findings.rawValue : nil
    }

    /// Runs the command between the cluster's start and its end.
    private func runCommand(
        _ executable: String, _ inherited: [CInt], _ signals: EndingSignals, _ scenario: Scenario?,
        _ configuration: Configuration
    ) throws -> ExecSummary {
        var options = options
        options.take(configuration.limits)
        let cluster = try RunningCluster.start(options, defaultPort: 0, defaultLevel: .warning, signals)
        let child = ChildProcess(
            executable: executable, arguments: command,
            environment: ChildEnvironment.make(
                for: ChildEnvironment.address(of: cluster), adding: Array(env.joined())),
            inherited: inherited)
        let result = Result { try runCommand(child, cluster, signals, scenario, configuration) }
        try cluster.stop()
        return try result.get()
    }

    /// Runs the command, and the timeline while it runs.
    private func runCommand(
        _ child: ChildProcess, _ cluster: RunningCluster, _ signals: EndingSignals, _ scenario: Scenario?,
        _ configuration: Configuration
    ) throws -> ExecSummary {
        guard let scenario else {
            let status = try child.run(signals)
            return try ExecSummary(cluster, self, configuration, status: status)
        }
        guard let adminPath = cluster.server.adminSocketPath else { throw Failure("a drill needs an admin socket") }
        let timeline = Timeline(scenario, adminPath: adminPath)
        try timeline.start()
        let status = Result { try child.run(signals) }
        // In any case: a step would find no cluster any more.
        let outcome = timeline.end()
        return try ExecSummary(cluster, self, configuration, status: status.get(), drill: outcome)
    }
}
