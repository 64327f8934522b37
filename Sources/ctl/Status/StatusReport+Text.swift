import ClusterCore
import Presentation

extension StatusReport {
    /// The report for people.
    func lines(listingClients isListingClients: Bool, _ style: Style) -> [String] {
        var lines = [headline(style), ""] + shardLines(style) + [""] + nodeLines(style) + trafficLines(style)
        if isListingClients, !clients.isEmpty { lines += [""] + clientLines(style) }
        let commands = RefusalTables.commandLines(refusals, style)
        let sizes = RefusalTables.sizeLines(refusals, style)
        let greetings = RefusalTables.greetingLines(refusals, style)
        let errors = RefusalTables.errorLines(counters, style)
        for table in [commands, sizes, errors, greetings] where !table.isEmpty { lines += [""] + table }
        if !events.isEmpty { lines += ["", style.bold("events")] + events.map { "  \($0.line)" } }
        return lines
    }

    private func headline(_ style: Style) -> String {
        let address = server.port.map { "\(HostName.inURL(server.host ?? "")):\($0)" } ?? server.unixSocketPath ?? ""
        let uptime = Quantity.time(milliseconds: server.uptimeMilliseconds)
        return style.bold("clusterctl \(server.version) on \(SafeText.line(address))")
            + ", process \(server.processIdentifier), up \(uptime), \(Quantity.count(server.loops, "loop")), "
            + "transaction locks: \(server.transactionLocks)"
    }

    private func shardLines(_ style: Style) -> [String] {
        var table = TextTable([
            ("SHARD", .right), ("SLOTS", .left), ("KEYS", .right), ("PAYLOAD", .right), ("EXPIRING", .right),
            ("EXPIRED", .right), ("HELD", .right),
        ])
        for shard in shards {
            table.add([
                "\(shard.index)", "\(shard.firstSlot)-\(shard.lastSlot)", Quantity.count(shard.keys),
                Quantity.bytes(shard.payloadBytes), Quantity.count(shard.expiringKeys),
                Quantity.count(shard.expiredKeys), Quantity.count(shard.heldKeys),
            ])
        }
        table.add([
            "all", "", Quantity.count(keys), Quantity.bytes(payloadBytes), sum(\.expiringKeys), sum(\.expiredKeys),
            sum(\.heldKeys),
        ])
        return table.lines(style)
    }

    /// The nodes, where shards have several.
    private func nodeLines(_ style: Style) -> [String] {
        guard nodes.count > shards.count else { return [] }
        var table = TextTable([("NODE", .left), ("ROLE", .left), ("STATE", .left), ("BEHIND", .right)])
        for node in nodes {
            table.add([
                node.name, node.isPrimary ? "primary" : "replica",
                node.state == "running" && !node.isComplete ? "copying" : node.state,
                node.isPrimary ? "-" : Quantity.bytes(node.bytesBehind),
            ])
        }
        return table.lines(style) + [""]
    }

    private func sum(_ figure: KeyPath<AdminReport.Shard, Int>) -> String {
        Quantity.count(shards.reduce(0) { $0 + $1[keyPath: figure] })
    }

    private func trafficLines(_ style: Style) -> [String] {
        let now = requestsPerSecond.map { "\(rate($0)) a second now, " } ?? ""
        return [
            style.bold("requests") + "  \(Quantity.count(counters.requests)): \(now)"
                + "\(rate(requestsPerSecondSinceStart)) a second since the start; "
                + "\(Quantity.count(counters.errors, "error")), \(Quantity.count(counters.locked)) on held keys",
            style.bold("clients") + "   \(Quantity.count(server.clients)) of \(Quantity.count(server.maximumClients)), "
                + "\(Quantity.count(clientsInTransaction)) in a transaction; "
                + "\(Quantity.count(counters.connections)) so far, \(Quantity.count(counters.idleCloses)) closed as idle, "
                + "\(Quantity.count(counters.outputCloses)) for not reading, "
                + "\(Quantity.count(counters.memoryCloses)) for memory",
            style.bold("refused") + "   \(Quantity.count(refusals.total))\(verdicts)",
        ] + errorLine(style)
    }

    /// The errors beside refusals, where there are any.
    private func errorLine(_ style: Style) -> [String] {
        let codes = RefusalTables.errorCodes(counters)
        return codes.isEmpty ? [] : [style.bold("errors") + "    beside refusals: \(codes)"]
    }

    /// How often each verdict was given: `: 3 refused, 2 newer, 1 too large`.
    private var verdicts: String {
        var counts: [(label: String, count: Int)] = []
        func add(_ label: String, _ count: Int) {
            guard count > 0 else { return }
            if let place = counts.firstIndex(where: { $0.label == label }) {
                counts[place].count += count
            } else {
                counts.append((label, count))
            }
        }
        for refusal in refusals.commands { add(refusal.verdict, refusal.count) }
        add("other", refusals.otherCommands)
        for size in refusals.sizes { add("too large", size.count) }
        add("too large", refusals.otherSizes)
        let parts = counts.map { "\(Quantity.count($0.count)) \($0.label)" }
        return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    }

    private func rate(_ number: Double) -> String {
        number < 10 ? "\((number * 10).rounded() / 10)" : Quantity.count(Int(number.rounded()))
    }

    private func clientLines(_ style: Style) -> [String] {
        var table = TextTable([
            ("CLIENT", .right), ("ADDRESS", .left), ("IDLE", .right), ("QUEUED", .right), ("HELD", .right),
            ("WATCHED", .right),
        ])
        for client in clients {
            table.add([
                "\(client.number)", client.address, Quantity.time(milliseconds: client.idleMilliseconds),
                client.isInTransaction ? "\(client.queuedCommands)" : "-", "\(client.heldKeys)",
                "\(client.watchedKeys)",
            ])
        }
        return table.lines(style)
    }
}
