import NIOCore
import WireFormats

extension AdminCommand {
    /// Commands about what was done and refused so far, and by whom.
    static let counting: [AdminCommand] = [
        AdminCommand("COUNTERS", summary: "Tells what was counted since the start: requests, errors, bytes, closes.") {
            counters($0)
        },
        AdminCommand("CLIENTS", summary: "Lists the connected clients with their transactions.") { clients($0) },
        AdminCommand("REFUSALS", summary: "Lists the commands that the contract refused, and for whom.") { call in
            let report = refusals(call.context)
            var fields = AdminFields()
            fields.add("commands", report.commands.map(\.fields.reply))
            fields.add("greetings", report.greetings.map(\.fields.reply))
            fields.add("other-commands", report.otherCommands)
            return call.answer(fields.reply)
        },
        AdminCommand("SIZES", summary: "Lists the keys that were too long and those whose values were too large.") {
            let report = refusals($0.context)
            var fields = AdminFields()
            fields.add("sizes", report.sizes.map(\.fields.reply))
            fields.add("other-sizes", report.otherSizes)
            return $0.answer(fields.reply)
        },
        AdminCommand("RESET", summary: "Forgets what REFUSALS and SIZES list.") { call in
            call.context.state.ledger.removeAll()
            return call.answer(.ok)
        },
    ]

    private static func refusals(_ context: AdminContext) -> AdminReport.Refusals {
        AdminReport.Refusals(context.state.ledger.contents, contract: context.state.configuration.contract)
    }

    private static func counters(_ call: Call) -> EventLoopFuture<Reply> {
        call.context.askLoops(on: call.eventLoop) { $0.worker.counters }.map { counters in
            let sum = counters.reduce(into: WorkerCounters()) { $0.add($1) }
            return AdminReport.Counters(sum).fields.reply
        }
    }

    private static func clients(_ call: Call) -> EventLoopFuture<Reply> {
        let now = call.context.state.clock.now()
        return call.context.askLoops(on: call.eventLoop) { loop in
            loop.connectedHandlers.map { AdminReport.Client($0, now: now) }
        }.map { clients in
            .array(clients.joined().sorted { $0.number < $1.number }.map(\.fields.reply))
        }
    }
}

extension AdminReport.Client {
    /// What a connection is doing.
    ///
    /// Called on the connection's own event loop.
    init(_ connection: ConnectionHandler, now: Instant) {
        let session = connection.session
        number = Int(session.number)
        address = session.client
        idleMilliseconds = Int(now.millisecondsLeft(from: connection.lastActivity))
        isInTransaction = session.transaction != nil
        queuedCommands = session.transaction?.commands.count ?? 0
        heldKeys = session.transaction?.heldKeys.count ?? 0
        watchedKeys = session.watchedKeys.count
    }
}
