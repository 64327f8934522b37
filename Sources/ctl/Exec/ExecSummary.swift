import ClusterCore
import Compatibility
import Presentation

/// What a cluster has seen while a command ran against it.
struct ExecSummary {
    private let refusals: AdminReport.Refusals
    private let drill: Timeline.Outcome?
    private let counters: AdminReport.Counters
    private let loaded: RunningCluster.Loaded?
    let status: CInt

    /// Asks a cluster that is still running; `status` is how the command has ended.
    init(_ cluster: RunningCluster, status: CInt, drill: Timeline.Outcome? = nil) throws {
        refusals = AdminReport.Refusals(cluster.server.ledger.contents, contract: cluster.configuration.contract)
        counters = try waitFor { await cluster.server.counters() }
        loaded = cluster.loaded
        self.status = status
        self.drill = drill
    }

    /// Whether the contract refused something to the command, or the cluster a step to the drill.
    var hasRefusals: Bool { refusals.total > 0 || drill?.refusal != nil }

    /// The summary for people.
    var lines: [String] { loadLines + contractLines + drillLines.map { "clusterctl exec: \($0)" } }

    /// What of the data that were loaded could not be kept: no request of the command.
    private var loadLines: [String] {
        guard let loaded, loaded.summary.refusals.count > 0 else { return [] }
        let head = "clusterctl exec: --load \(loaded.source): \(loaded.summary.line)"
        return [head] + loaded.summary.refusals.lines.map { "  \($0)" }
    }

    private var drillLines: [String] {
        [
            drill?.refusal.map { "the drill: \($0)" },
            drill?.rest.map {
                "warning: the drill: \($0) before the command ended: give it more to do, or let the steps run earlier"
            },
        ].compactMap(\.self)
    }

    private var contractLines: [String] {
        let requests = Quantity.count(counters.requests, "request")
        guard refusals.total > 0 else { return ["clusterctl exec: nothing was refused in \(requests)"] }
        let head = "clusterctl exec: the contract refused \(Quantity.count(refusals.total)) of \(requests)"
        return [head] + RefusalTables.commandLines(refusals) + RefusalTables.sizeLines(refusals)
    }

    /// The summary for programs.
    var json: JSON {
        .object([
            ("exit_status", .integer(Int(status))), ("requests", .integer(counters.requests)),
            ("errors", .integer(counters.errors)), ("locked", .integer(counters.locked)),
            ("refused", .integer(refusals.total)), ("refusals", refusals.commandsJSON), ("sizes", refusals.sizesJSON),
            ("load", loaded?.json ?? .null),
        ])
    }
}

extension RunningCluster.Loaded {
    fileprivate var json: JSON {
        .object([
            ("source", .string(source)), ("keys", .integer(summary.keys)), ("commands", .integer(summary.commands)),
            ("expired", .integer(summary.expired)),
            ("not_kept", .integer(summary.refusals.count)), ("changed", .integer(summary.refusals.partial)),
            (
                "examples",
                .array(
                    summary.refusals.first.map {
                        .object([
                            ("key", .string(Printable.bytes($0.subject))), ("reason", .string($0.reason)),
                            ("changed", .boolean($0.isPartial)),
                        ])
                    })
            ),
        ])
    }
}
