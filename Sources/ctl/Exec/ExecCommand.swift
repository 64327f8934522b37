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
            "clusterctl exec [<options of start>] [--report-only] [--report <path>] [--drill <scenario>] -- <command> ...",
        discussion: """
            The cluster takes a free port and is gone when the command ends. The command finds it in REDIS_URL, \
            REDIS_HOST and REDIS_PORT (and REDIS_PASSWORD, if there is one). Signals reach the command. Afterwards \
            stderr lists what the contract refused: command, verdict, how often, the first key, what to do instead.

            The exit status is the command's own if that is not 0 (128 and the signal's number if one killed it, 127 if \
            it is not there, 126 if it cannot be run), else 1 if anything was refused, a step of --drill among it, else 0.
            """)

    static let examples = [
        Example("clusterctl exec -- npm test", "fails if the tests fail or anything was refused"),
        Example("clusterctl exec --report-only -- pytest -x", "fails only if the tests fail"),
        Example("clusterctl exec --report refused.json -- mvn verify", "the summary as JSON too"),
        Example("clusterctl exec --drill crash -- npm test", "the tests, while a machine is lost and comes back"),
        Example("clusterctl exec -- sh -c 'redis-cli -p $REDIS_PORT keys \"*\"'", "shows one refusal"),
    ]

    @OptionGroup var options: ClusterOptions

    @Flag(help: "Exit with the command's own status, whatever was refused.")
    var reportOnly = false

    @Option(help: ArgumentHelp("Write the summary there, as JSON.", valueName: "path"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "Run a timeline of failures meanwhile: a file, or \(BuiltInScenarios.names). See `clusterctl drill`.",
            valueName: "scenario"))
    var drill: String?

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command to run, after `--`.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard command.isEmpty else { return }
        throw ValidationError("no command: write it after `--`, as in `clusterctl exec -- npm test`")
    }

    func run() throws {
        let signals = try EndingSignals(taking: ChildProcess.forwardedSignals, "clusterctl exec")
        let scenario = try drill.map { name throws(Failure) in try Scenario.load(name) }
        let executable = try Executable.find(command[0])
        let inherited = InheritedDescriptors.list()
        let reportFile = try report.map { path throws(Failure) in try AtomicFile(path: path, option: "--report") }
        let summary: ExecSummary
        do {
            summary = try runCommand(executable, inherited, signals, scenario)
        } catch {
            reportFile?.discard()
            throw error
        }
        for line in summary.lines { StandardError.writeLine(line) }
        try reportFile?.commit(summary.json.text() + "\n")
        if summary.status != 0 { throw ExitCode(summary.status) }
        if summary.hasRefusals && !reportOnly { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    /// Runs the command between the cluster's start and its end.
    private func runCommand(
        _ executable: String, _ inherited: [CInt], _ signals: EndingSignals, _ scenario: Scenario?
    ) throws -> ExecSummary {
        let cluster = try RunningCluster.start(options, defaultPort: 0, defaultLevel: .warning, signals)
        let child = ChildProcess(
            executable: executable, arguments: command, environment: ChildEnvironment.make(for: cluster),
            inherited: inherited)
        let result = Result { try runCommand(child, cluster, signals, scenario) }
        try cluster.stop()
        return try result.get()
    }

    /// Runs the command, and the timeline while it runs.
    private func runCommand(
        _ child: ChildProcess, _ cluster: RunningCluster, _ signals: EndingSignals, _ scenario: Scenario?
    ) throws -> ExecSummary {
        guard let scenario else { return try ExecSummary(cluster, status: child.run(signals)) }
        guard let adminPath = cluster.server.adminSocketPath else { throw Failure("a drill needs an admin socket") }
        let timeline = Timeline(scenario, adminPath: adminPath)
        try timeline.start()
        let status = Result { try child.run(signals) }
        // In any case: a step would find no cluster any more.
        let outcome = timeline.end()
        return try ExecSummary(cluster, status: status.get(), drill: outcome)
    }
}
