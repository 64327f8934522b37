import ArgumentParser
import ClusterCore
import Compatibility
import Presentation

/// `clusterctl losses`: which acknowledged writes failovers have lost.
struct LossesCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "losses",
        abstract: "Lists the acknowledged writes that failovers of a running cluster have lost, by key and client.",
        discussion: """
            A cluster loses nothing, unless it was started with --replication-lag: then a replica that is promoted lacks the \
            writes of that time, as a replica of the real product may. The exit status is 1 where something was lost.
            """)

    static let examples = [
        Example("clusterctl start --replication-lag 50ms", "a cluster that can lose writes"),
        Example("clusterctl failover 0 --mode crash && sleep 2 && clusterctl losses", "which ones it has lost"),
    ]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        var client = try connection.connect()
        let losses: (list: [AdminReport.Loss], others: Int)
        do {
            losses = try client.losses()
        } catch {
            throw ConnectionOptions.failure(error)
        }
        if report.json {
            StandardOutput.writeLine(Self.json(losses).text(isCompact: true))
        } else {
            for line in Self.lines(losses, report.style) { StandardOutput.writeLine(line) }
        }
        if !losses.list.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private static func lines(_ losses: (list: [AdminReport.Loss], others: Int), _ style: Style) -> [String] {
        guard !losses.list.isEmpty else { return ["no acknowledged write was lost"] }
        var table = TextTable([("SHARD", .right), ("KEY", .left), ("COMMAND", .left), ("CLIENT", .left)])
        for loss in losses.list {
            table.add(["\(loss.shard)", Quantity.printable(loss.key), loss.command, loss.client])
        }
        return table.lines(style) + (losses.others > 0 ? ["and \(Quantity.count(losses.others)) more"] : [])
    }

    private static func json(_ losses: (list: [AdminReport.Loss], others: Int)) -> JSON {
        .object([
            (
                "losses",
                .array(
                    losses.list.map { loss in
                        .object([
                            ("shard", .integer(loss.shard)),
                            ("key", .string(Quantity.printable(loss.key, longest: 512))),
                            ("command", .string(loss.command)), ("client", .string(loss.client)),
                            ("milliseconds", .integer(loss.milliseconds)),
                        ])
                    })
            ),
            ("others", .integer(losses.others)),
        ])
    }
}
