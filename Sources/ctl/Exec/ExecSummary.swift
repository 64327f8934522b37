import ClusterCore
import Compatibility

/// What a cluster has seen while a command ran against it.
struct ExecSummary {
    let refusals: AdminReport.Refusals
    private let counters: AdminReport.Counters
    let status: CInt

    /// Asks a cluster that is still running; `status` is how the command has ended.
    init(_ cluster: RunningCluster, status: CInt) throws {
        refusals = AdminReport.Refusals(cluster.server.ledger.contents, contract: cluster.configuration.contract)
        counters = try waitFor { await cluster.server.counters() }
        self.status = status
    }

    /// The summary for people.
    var lines: [String] {
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
        ])
    }
}
