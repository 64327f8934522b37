import NIOCore
import Presentation
import WireFormats

extension AdminCommand {
    /// Commands on the shards' nodes.
    static let onNodes: [AdminCommand] = [
        AdminCommand("NODES", summary: "Lists the nodes of all shards: role, state, how far behind.") { call in
            call.answer(.array(nodeReports(call.context.state).map(\.fields.reply)))
        },
        AdminCommand(
            "NODE", "KILL|STOP|RESUME|RESTART node", arguments: 2...2,
            summary: "Ends a node, lets it hang, lets it go on, or starts it anew without its keys."
        ) { call in
            change(call)
        },
        AdminCommand(
            "FAILOVER", "shard GRACEFUL|CRASH", arguments: 2...2,
            summary: "Hands the primary's role to a replica: at once, or after the primary was silent for the timeout."
        ) { failOver($0) },
        AdminCommand(
            "COMPARE", summary: "Compares each replica with its primary, value by value; answers how many agree."
        ) { call in
            // The values of all keys: meanwhile others are answered.
            inBackground(call) { compare(call.context.state) }
        },
        AdminCommand(
            "LOSSES", summary: "Lists the acknowledged writes that failovers have lost, where replicas lag behind."
        ) {
            losses($0)
        },
    ]

    private static let noReplicas = Reply.failure("the cluster was started with --replicas 0: it has no other nodes")

    static func nodeReports(_ state: ServerState) -> [AdminReport.Node] {
        guard let replication = state.replication else {
            return (0..<state.configuration.shards).map { shard in
                var report = AdminReport.Node()
                report.name = "\(shard)-0"
                report.isPrimary = true
                report.state = Node.State.running.rawValue
                return report
            }
        }
        return replication.withNodes { replication.nodes.joined().map { AdminReport.Node($0, replication) } }
    }

    private static func losses(_ call: Call) -> EventLoopFuture<Reply> {
        let (list, others) = call.context.state.cluster.ledger?.contents ?? ([], 0)
        return call.context.askLoops(on: call.eventLoop) { loop in
            loop.connectedHandlers.map { ($0.session.number, $0.session.client) }
        }.map { clients in
            let names = Dictionary(clients.joined()) { first, _ in first }
            var fields = AdminFields()
            fields.add(
                "losses",
                list.map { AdminReport.Loss($0, client: names[$0.client] ?? "connection \($0.client)").fields.reply })
            fields.add("others", others)
            return fields.reply
        }
    }

    private static func change(_ call: Call) -> EventLoopFuture<Reply> {
        guard let replication = call.context.state.replication else { return call.answer(noReplicas) }
        return replication.withNodes {
            guard let name = Node.Name(call.text(1)), replication.nodes.indices.contains(name.shard),
                let node = replication.nodes[name.shard].first(where: { $0.name == name })
            else { return call.answer(.failure("no node '\(call.text(1))': NODES lists them, as 0-1 for shard 0")) }
            switch call.text(0).uppercased() {
            case "STOP" where node.state == .dead, "RESUME" where node.state == .dead:
                return call.answer(.failure("node \(node.name) is dead: only RESTART brings it back, without keys"))
            case "KILL": replication.kill(node)
            case "STOP": replication.stop(node)
            case "RESUME": replication.resume(node)
            case "RESTART": replication.restart(node)
            default: return call.answer(.failure("write KILL, STOP, RESUME or RESTART before the node"))
            }
            return call.answer(.ok)
        }
    }

    private static func failOver(_ call: Call) -> EventLoopFuture<Reply> {
        guard let replication = call.context.state.replication else { return call.answer(noReplicas) }
        guard let shard = Int(call.text(0)), replication.nodes.indices.contains(shard) else {
            return call.answer(
                .failure("no shard '\(call.text(0))': they are numbered from 0 to \(replication.nodes.count - 1)"))
        }
        switch call.text(1).uppercased() {
        case "GRACEFUL":
            let name: String?
            do throws(PersistenceError) {
                name = try replication.withNodes { () throws(PersistenceError) in
                    try replication.switchOver(shard)?.name.description
                }
            } catch {
                return call.answer(.failure("the role stays where it is, since the log cannot: \(error)"))
            }
            guard let node = name else {
                return call.answer(.failure("shard \(shard) has no replica that could take over: see NODES"))
            }
            // The product's planned switch resets its clients' connections.
            return call.context.askLoops(on: call.eventLoop) { $0.resetConnections() }.map { _ in
                .bulk(Array(node.utf8))
            }
        case "CRASH":
            return replication.withNodes {
                guard let node = replication.primary(of: shard), replication.nodes[shard].contains(where: \.isCandidate)
                else {
                    return call.answer(.failure("shard \(shard) has no primary, or no replica that could take over"))
                }
                replication.stop(node)
                return call.answer(.bulk(Array(node.name.description.utf8)))
            }
        default: return call.answer(.failure("write GRACEFUL or CRASH behind the shard"))
        }
    }

    private static func compare(_ state: ServerState) -> Reply {
        guard let replication = state.replication else { return .integer(0) }
        var equal = 0
        for (shard, nodes) in replication.nodes.enumerated() {
            for number in nodes.indices {
                switch replication.compare(shard: shard, node: number) {
                case .equal: equal += 1
                case .notComparable: break
                case .different(let key):
                    let key = key.withByteView { RefusalText.printable($0, longest: 128) }
                    return .failure("node \(shard)-\(number) differs from its primary in key '\(key)'")
                }
            }
        }
        return .integer(Int64(equal))
    }
}

extension AdminReport.Node {
    init(_ node: Node, _ replication: Replication) {
        name = node.name.description
        isPrimary = node.isPrimary
        state = node.state.rawValue
        if let copy = node.copy {
            isComplete = copy.isComplete
            bytesBehind = replication.bytesBehind(node, copy)
        } else {
            isComplete = node.isPrimary
        }
    }
}

extension AdminReport.Loss {
    init(_ loss: LossLedger.Loss, client: String) {
        shard = loss.shard
        key = Secrets.maskURLs(in: loss.key)
        command = loss.command
        self.client = client
        milliseconds = Int(loss.time.milliseconds)
    }
}
