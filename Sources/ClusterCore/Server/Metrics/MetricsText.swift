import CommandCatalog

/// What Prometheus is told, in its text format.
struct MetricsText {
    private(set) var text = ""

    /// Begins a metric.
    mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP clusterctl_\(name) \(help)\n# TYPE clusterctl_\(name) \(kind)\n"
    }

    /// Adds a sample, with its labels as pairs.
    mutating func add(_ name: String, _ labels: [(String, String)], _ value: some CustomStringConvertible) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "clusterctl_\(name)\(pairs.isEmpty ? "" : "{\(pairs)}") \(value)\n"
    }

    /// Adds the one sample of a metric.
    mutating func add(_ name: String, _ value: some CustomStringConvertible) { add(name, [], value) }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }
}

// MARK: - The cluster's metrics

extension MetricsText {
    /// All metrics of a cluster.
    init(_ state: ServerState, _ counters: WorkerCounters, _ latencies: LatencyTable) {
        addRequests(counters, latencies)
        addRefusals(state)
        addConnections(state, counters)
        addShards(state)
        addNodes(state)
        if let persistence = state.persistence {
            begin("log_bytes", "gauge", "Bytes of a node's log.")
            for (node, bytes) in persistence.sizes {
                add("log_bytes", [("shard", "\(node.shard)"), ("node", "\(node)")], bytes)
            }
        }
    }

    private mutating func addRequests(_ counters: WorkerCounters, _ latencies: LatencyTable) {
        begin("requests_total", "counter", "Requests, those that were refused too.")
        add("requests_total", counters.requests)
        begin("errors_total", "counter", "Requests that were answered with an error.")
        add("errors_total", counters.errors)
        begin("locked_total", "counter", "Requests that met a key held by a transaction.")
        add("locked_total", counters.locked)
        begin("commands_total", "counter", "Requests that were let in, by command.")
        let used = Command.ID.allCases.filter { counters.commands[Int($0.rawValue)] > 0 }
        for id in used { add("commands_total", [("command", id.row.name)], counters.commands[Int(id.rawValue)]) }
        begin("command_seconds", "histogram", "How long commands took, from their reading to their reply.")
        for id in used {
            var sum: UInt64 = 0
            for (index, count) in latencies.counts(of: id).enumerated() {
                sum += count
                let bound = index < LatencyTable.bounds.count ? "\(Double(LatencyTable.bounds[index]) / 1e6)" : "+Inf"
                add("command_seconds_bucket", [("command", id.row.name), ("le", bound)], sum)
            }
            add("command_seconds_sum", [("command", id.row.name)], Double(latencies.sums[Int(id.rawValue)]) / 1e9)
            add("command_seconds_count", [("command", id.row.name)], sum)
        }
    }

    private mutating func addRefusals(_ state: ServerState) {
        // From the ledger itself: what turns out to be a greeting leaves the report again, and a counter never falls.
        let refused = state.ledger.contents
        begin("refusals_total", "counter", "Commands that the contract refused, by verdict; greetings of clients too.")
        var verdicts: [String: UInt64] = [:]
        for refusal in refused.refusals { verdicts[refusal.verdict.label, default: 0] += refusal.count }
        verdicts["other", default: 0] += refused.otherRefusals
        for (verdict, count) in verdicts.sorted(by: { $0.key < $1.key }) {
            add("refusals_total", [("verdict", verdict)], count)
        }
        begin("oversized_total", "counter", "Keys that were too long, values and requests that were too large.")
        add("oversized_total", refused.sizes.reduce(refused.otherSizes) { $0 + $1.count })
    }

    private mutating func addConnections(_ state: ServerState, _ counters: WorkerCounters) {
        begin("connected_clients", "gauge", "Clients that are connected.")
        add("connected_clients", state.connectedClients)
        begin("connections_total", "counter", "Connections that were accepted.")
        add("connections_total", counters.connections)
        begin("received_bytes_total", "counter", "Bytes of requests.")
        add("received_bytes_total", counters.bytesRead)
        begin("sent_bytes_total", "counter", "Bytes of replies.")
        add("sent_bytes_total", counters.bytesWritten)
    }

    private mutating func addShards(_ state: ServerState) {
        let figures = (0..<state.configuration.shards).map { state.cluster.figures(ofShard: $0) }
        begin("keys", "gauge", "Keys of a shard.")
        for (shard, figure) in figures.enumerated() { add("keys", [("shard", "\(shard)")], figure.keys) }
        begin("payload_bytes", "gauge", "Bytes of a shard's values, as the contract counts them.")
        for (shard, figure) in figures.enumerated() {
            add("payload_bytes", [("shard", "\(shard)")], figure.payloadBytes)
        }
        begin("expired_total", "counter", "Keys of a shard that have expired.")
        for (shard, figure) in figures.enumerated() { add("expired_total", [("shard", "\(shard)")], figure.expired) }
    }

    private mutating func addNodes(_ state: ServerState) {
        let nodes = AdminCommand.nodeReports(state)
        begin("node_up", "gauge", "Whether a node runs.")
        for node in nodes {
            let labels = [("node", node.name), ("role", node.isPrimary ? "primary" : "replica")]
            add("node_up", labels, node.state == "running" ? 1 : 0)
        }
        begin("replication_lag_bytes", "gauge", "Bytes of its shard's log that a replica has not run yet.")
        for node in nodes where !node.isPrimary {
            add("replication_lag_bytes", [("node", node.name)], node.bytesBehind)
        }
        guard let replication = state.replication else { return }
        let (failovers, last) = replication.withNodes { (replication.failovers, replication.lastFailoverMicroseconds) }
        begin("failovers_total", "counter", "Failovers, planned ones too.")
        add("failovers_total", failovers)
        begin("last_failover_seconds", "gauge", "How long the last failover took.")
        add("last_failover_seconds", Double(last) / 1e6)
    }
}
