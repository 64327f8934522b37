import ArgumentParser
import ClusterCore
import Compatibility
import Glibc
import Logging
import Presentation

/// `clusterctl drill`: what clients see of a timeline of failures.
struct DrillCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Runs a timeline of failures against a cluster of its own, and tells what clients saw.",
        discussion: """
            The scenario is a TOML file, or one that ships with the program: \(BuiltInScenarios.names). Its steps are commands \
            of the admin socket, such as `node kill primary:0`, `failover 1 crash` or `fault add delay time 50 for 1000`, \
            each at its time. Clients write and read meanwhile, each on a shard of its own. For each shard it reports requests, \
            errors by kind and the longest time without an answer. The exit status is 1 if the cluster refused a step.
            """)

    static let examples = [
        Example("clusterctl drill crash", "a machine is lost and comes back"),
        Example("clusterctl drill crash --node-timeout 15s", "with the patience of a real cluster"),
        Example("clusterctl drill ours.toml --replication-lag 50ms", "one of your own, which loses writes"),
        Example("clusterctl exec --drill crash -- npm test", "your tests, while it happens"),
    ]

    @OptionGroup var options: ClusterOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: ArgumentHelp("A file, or a scenario's name.", valueName: "scenario"))
    var scenario: String

    func run() throws {
        let signals = try EndingSignals(taking: [SIGINT, SIGTERM], "clusterctl drill")
        let scenario = try Scenario.load(scenario)
        try refuseMoreClientsThanMayConnect(scenario)
        let cluster = try RunningCluster.start(options, defaultPort: 0, defaultLevel: .error, signals)
        let result = Result { try drill(scenario, cluster, signals) }
        try cluster.stop()
        guard let (sights, outcome) = try result.get() else {
            throw ExitCode(signals.first.map { Signals.exitStatus($0.number) } ?? ExitStatus.usage.rawValue)
        }
        if report.json {
            StandardOutput.writeLine(Self.json(sights).text(isCompact: true))
        } else {
            for line in Self.lines(sights, report.style) { StandardOutput.writeLine(line) }
        }
        if let refusal = outcome.refusal { throw Failure(refusal, .findings) }
    }

    private func refuseMoreClientsThanMayConnect(_ scenario: Scenario) throws(Failure) {
        let clients = DrillLoad.count(scenario.clients, shards: options.shards)
        guard clients > options.maxClients else { return }
        throw Failure(
            "a drill of \(options.shards) shards has \(clients) clients, and --max-clients lets \(options.maxClients) in: "
                + "write a larger number, or fewer --shards")
    }

    /// Runs the timeline; nil where a signal has ended it, after which nobody waits for clients that wait.
    private func drill(
        _ scenario: Scenario, _ cluster: RunningCluster, _ signals: EndingSignals
    ) throws -> (sights: [DrillSight], outcome: Timeline.Outcome)? {
        guard let port = cluster.server.port, let adminPath = cluster.server.adminSocketPath else {
            throw Failure("a drill needs a port and an admin socket")
        }
        let load = DrillLoad(scenario.clients, shards: cluster.configuration.shards)
        try load.start(
            HostName.address(ofClusterOn: cluster.configuration.host, port: port),
            password: cluster.configuration.password)
        let start = ContinuousClock.now
        let outcome = Timeline(scenario, adminPath: adminPath).run { signals.first != nil }
        while .now < start + .milliseconds(scenario.milliseconds), signals.first == nil { usleep(5_000) }
        return signals.first == nil ? (load.end(), outcome) : nil
    }

    private static func lines(_ sights: [DrillSight], _ style: Style) -> [String] {
        var table = TextTable([
            ("SHARD", .right), ("REQUESTS", .right), ("ERRORS", .right), ("LONGEST GAP", .right), ("KINDS", .left),
        ])
        for (shard, sight) in sights.enumerated() {
            table.add([
                "\(shard)", Quantity.count(sight.requests), Quantity.count(sight.errors.values.reduce(0, +)),
                Quantity.time(milliseconds: milliseconds(sight.longestGap)),
                sight.errors.sorted { $0.key < $1.key }.map { "\($0.key) \(Quantity.count($0.value))" }
                    .joined(separator: ", "),
            ])
        }
        return table.lines(style)
    }

    private static func json(_ sights: [DrillSight]) -> JSON {
        .array(
            sights.enumerated().map { shard, sight in
                .object([
                    ("shard", .integer(shard)), ("requests", .integer(sight.requests)),
                    ("errors", .object(sight.errors.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
                    ("longest_gap_milliseconds", .integer(milliseconds(sight.longestGap))),
                ])
            })
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
