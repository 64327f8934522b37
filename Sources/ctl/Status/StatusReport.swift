import ClusterCore
import Glibc

/// What `status` shows: one look at a running cluster.
struct StatusReport {
    let server: AdminReport.Server
    let shards: [AdminReport.Shard]
    let nodes: [AdminReport.Node]
    let clients: [AdminReport.Client]
    let counters: AdminReport.Counters
    let refusals: AdminReport.Refusals
    /// The last ones, the newest at the end.
    let events: [AdminReport.Event]
    private static let shownEvents = 10
    private let takenAt: ContinuousClock.Instant
    /// Requests a second since an earlier look; nil at the first.
    private(set) var requestsPerSecond: Double?

    /// Asks a cluster.
    init(asking client: inout AdminClient) throws(AdminClient.Failure) {
        server = try client.server()
        shards = try client.shards()
        nodes = try client.nodes()
        clients = try client.clients()
        refusals = try client.refusals()
        counters = try client.counters()
        events = try client.lastEvents(Self.shownEvents)
        takenAt = .now
    }

    /// The same look, with the rate since an earlier one.
    func since(_ earlier: StatusReport) -> StatusReport {
        var report = self
        let seconds = earlier.takenAt.duration(to: takenAt) / .seconds(1)
        report.requestsPerSecond = seconds > 0 ? Double(counters.requests - earlier.counters.requests) / seconds : nil
        return report
    }

    /// Requests a second since the cluster was started.
    var requestsPerSecondSinceStart: Double {
        Double(counters.requests) / max(0.001, Double(server.uptimeMilliseconds) / 1000)
    }

    var keys: Int { shards.reduce(0) { $0 + $1.keys } }
    var payloadBytes: Int { shards.reduce(0) { $0 + $1.payloadBytes } }
    var clientsInTransaction: Int { clients.count { $0.isInTransaction } }
}
