import Logging
import NIOCore
import WireFormats

extension AdminCommand {
    /// Commands on the data.
    static let onKeys: [AdminCommand] = [
        AdminCommand(
            "SCAN", "shard cursor [COUNT keys]", arguments: 2...4,
            summary: "Lists some keys of a shard with type, bytes and time to live, and the cursor of the next ones."
        ) { scan($0) },
        AdminCommand("FLUSHALL", summary: "Removes all keys of all shards; answers how many there were.") { call in
            let state = call.context.state
            return inBackground(call) {
                let keys = try state.changeAllKeys { state.cluster.removeAll() }
                state.logger.info("all keys were removed over the admin socket", metadata: ["keys": "\(keys)"])
                return .integer(Int64(keys))
            }
        },
    ]

    /// How many keys a step looks for when it is not told.
    private static let defaultCount = 100
    private static let mostKeys = 10_000
    /// How many parts of a table one step looks at for each key that it looks for; a step ends there, found or not.
    private static let partsPerKey = 10

    private static func scan(_ call: Call) -> EventLoopFuture<Reply> {
        let shards = call.context.state.configuration.shards
        guard let shard = Int(call.text(0)), shard >= 0, shard < shards else {
            return call.answer(.failure("no shard '\(call.text(0))': they are numbered from 0 to \(shards - 1)"))
        }
        guard let cursor = UInt64(call.text(1)) else {
            return call.answer(
                .failure("no cursor '\(call.text(1))': begin with 0, go on with the one of the last reply"))
        }
        guard let count = count(call) else {
            return call.answer(.failure("after the cursor may stand COUNT and a number from 1 to \(mostKeys)"))
        }
        return call.answer(page(shard, cursor, count, call.context.state).fields.reply)
    }

    private static func count(_ call: Call) -> Int? {
        if call.arguments.count == 2 { return defaultCount }
        guard call.arguments.count == 4, call.text(2).uppercased() == "COUNT", let count = Int(call.text(3)),
            (1...mostKeys).contains(count)
        else { return nil }
        return count
    }

    private static func page(
        _ shard: Int, _ cursor: UInt64, _ count: Int, _ state: ServerState
    ) -> AdminReport.KeyPage {
        let now = state.clock.now()
        var page = AdminReport.KeyPage(cursor: cursor)
        for _ in 0..<count * partsPerKey {
            page.cursor = state.cluster.scan(shard: shard, page.cursor, now: now) {
                page.keys.append(AdminReport.Key($0, now: now))
            }
            if page.cursor == 0 || page.keys.count >= count { break }
        }
        return page
    }
}
