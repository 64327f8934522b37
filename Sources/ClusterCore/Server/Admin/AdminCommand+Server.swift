import CommandCatalog
import Glibc
import WireFormats

extension AdminCommand {
    /// Commands about the server as a whole.
    static let aboutServer: [AdminCommand] = [
        AdminCommand("PING", summary: "Answers PONG.") { call in
            call.answer(.status(Array("PONG".utf8)))
        },
        AdminCommand("HELP", summary: "Lists the commands of this socket, each with what it does.") { call in
            var fields = AdminFields()
            for command in all { fields.add(command.usage, command.summary) }
            return call.answer(fields.reply)
        },
        AdminCommand("INFO", summary: "Tells version, process, addresses, uptime, clients and limits.") { call in
            call.answer(serverReport(call.context).fields.reply)
        },
        AdminCommand("TOPOLOGY", summary: "Tells of each shard its slots, keys, bytes and held keys.") { call in
            let shards = 0..<call.context.state.configuration.shards
            return call.answer(.array(shards.map { shardReport($0, call.context).fields.reply }))
        },
    ]

    private static func serverReport(_ context: AdminContext) -> AdminReport.Server {
        let configuration = context.state.configuration
        var report = AdminReport.Server()
        report.version = ProductVersion.text
        report.processIdentifier = Int(getpid())
        report.host = context.port == nil ? nil : configuration.host
        report.port = context.port
        report.unixSocketPath = configuration.unixSocketPath
        report.uptimeMilliseconds = milliseconds(context.startedAt.duration(to: .now))
        report.loops = configuration.loops
        report.shards = configuration.shards
        report.clients = context.state.connectedClients
        report.maximumClients = configuration.maximumClients
        report.contract = configuration.contract.name
        report.transactionLocks = configuration.contract.keyLocks.rawValue
        report.maximumKeyBytes = configuration.contract.maxKeyBytes
        report.maximumValueBytes = configuration.contract.maxValueBytes
        report.asksForPassword = configuration.password != nil
        return report
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }

    private static func shardReport(_ index: Int, _ context: AdminContext) -> AdminReport.Shard {
        let slots = HashSlot.slots(ofShard: index, of: context.state.configuration.shards)
        let figures = context.state.cluster.figures(ofShard: index)
        var report = AdminReport.Shard()
        report.index = index
        report.firstSlot = slots.lowerBound
        report.lastSlot = slots.upperBound - 1
        report.keys = figures.keys
        report.payloadBytes = figures.payloadBytes
        report.expiringKeys = figures.expiring
        report.expiredKeys = Int(clamping: figures.expired)
        report.heldKeys = figures.lockedKeys
        return report
    }
}
