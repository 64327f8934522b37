import ClusterCore
import Compatibility
import Presentation

extension StatusReport {
    /// The report for programs.
    var json: JSON {
        .object([
            ("server", serverJSON),
            ("shards", .array(shards.map(Self.json))),
            ("nodes", .array(nodes.map(Self.json))),
            ("keys", .integer(keys)),
            ("payload_bytes", .integer(payloadBytes)),
            ("requests", requestsJSON),
            ("connections", connectionsJSON),
            ("clients", .array(clients.map(Self.json))),
            ("commands", .object(counters.commands.map { ($0.name, .integer($0.count)) })),
            ("refused", .integer(refusals.total)),
            ("refusals", refusals.commandsJSON),
            ("sizes", refusals.sizesJSON),
            ("greetings", refusals.greetingsJSON),
            ("error_kinds", counters.errorKindsJSON),
            ("events", .array(events.map(\.json))),
        ])
    }

    private var serverJSON: JSON {
        .object([
            ("version", .string(server.version)), ("pid", .integer(server.processIdentifier)),
            ("host", .string(ifAny: server.host)), ("port", .integer(ifAny: server.port)),
            ("unix_socket", .string(ifAny: server.unixSocketPath)),
            ("uptime_milliseconds", .integer(server.uptimeMilliseconds)), ("loops", .integer(server.loops)),
            ("contract", .string(server.contract)), ("transaction_locks", .string(server.transactionLocks)),
            ("max_key_bytes", .integer(server.maximumKeyBytes)),
            ("max_value_bytes", .integer(server.maximumValueBytes)),
            ("max_clients", .integer(server.maximumClients)),
            ("asks_for_password", .boolean(server.asksForPassword)),
        ])
    }

    private static func json(_ shard: AdminReport.Shard) -> JSON {
        .object([
            ("index", .integer(shard.index)), ("first_slot", .integer(shard.firstSlot)),
            ("last_slot", .integer(shard.lastSlot)), ("keys", .integer(shard.keys)),
            ("payload_bytes", .integer(shard.payloadBytes)), ("expiring_keys", .integer(shard.expiringKeys)),
            ("expired_keys", .integer(shard.expiredKeys)), ("held_keys", .integer(shard.heldKeys)),
        ])
    }

    private static func json(_ node: AdminReport.Node) -> JSON {
        .object([
            ("node", .string(node.name)), ("primary", .boolean(node.isPrimary)), ("state", .string(node.state)),
            ("complete", .boolean(node.isComplete)), ("bytes_behind", .integer(node.bytesBehind)),
        ])
    }

    private static func json(_ client: AdminReport.Client) -> JSON {
        .object([
            ("number", .integer(client.number)), ("address", .string(client.address)),
            ("idle_milliseconds", .integer(client.idleMilliseconds)),
            ("in_transaction", .boolean(client.isInTransaction)), ("queued_commands", .integer(client.queuedCommands)),
            ("held_keys", .integer(client.heldKeys)), ("watched_keys", .integer(client.watchedKeys)),
        ])
    }

    private var requestsJSON: JSON {
        .object([
            ("total", .integer(counters.requests)),
            ("per_second", requestsPerSecond.map { JSON.number(rounded($0)) } ?? .null),
            ("per_second_since_start", .number(rounded(requestsPerSecondSinceStart))),
            ("errors", .integer(counters.errors)), ("locked", .integer(counters.locked)),
            ("bytes_read", .integer(counters.bytesRead)), ("bytes_written", .integer(counters.bytesWritten)),
        ])
    }

    private func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }

    private var connectionsJSON: JSON {
        .object([
            ("connected", .integer(server.clients)), ("in_transaction", .integer(clientsInTransaction)),
            ("accepted", .integer(counters.connections)), ("closed_idle", .integer(counters.idleCloses)),
            ("closed_not_reading", .integer(counters.outputCloses)),
            ("closed_for_memory", .integer(counters.memoryCloses)),
        ])
    }
}
