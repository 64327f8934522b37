import CommandCatalog
import Glibc
import NIOCore
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
        AdminCommand(
            "CLOCK", "[ADVANCE milliseconds]", arguments: 0...2,
            summary: "Tells the instant that expiry and timers go by, in milliseconds; moves a manual clock."
        ) { clock($0) },
    ]

    private static func clock(_ call: Call) -> EventLoopFuture<Reply> {
        let state = call.context.state
        if !call.arguments.isEmpty {
            guard call.arguments.count == 2, call.text(0).uppercased() == "ADVANCE",
                let milliseconds = Int64(call.text(1)),
                milliseconds >= 0
            else { return call.answer(.failure("write ADVANCE and milliseconds, or nothing, behind CLOCK")) }
            guard state.clock.isManual else {
                return call.answer(.failure("the wall clock cannot be moved: start the cluster with --clock manual"))
            }
            guard milliseconds <= Clock.latest.milliseconds - state.clock.now().milliseconds else {
                return call.answer(.failure("the clock ends with the year 9999: write fewer milliseconds"))
            }
            state.clock.advance(by: milliseconds)
            state.replication?.notify()
            // The loops look at their connections and keys before this is answered.
            return call.context.askLoops(on: call.eventLoop) { $0.keepHouse() }.map { _ in
                .integer(state.clock.now().milliseconds)
            }
        }
        return call.answer(.integer(state.clock.now().milliseconds))
    }

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
        report.maximumRequestBytes = configuration.contract.maxRequestBytes
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
