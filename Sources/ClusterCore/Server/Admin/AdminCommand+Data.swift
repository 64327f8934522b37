import NIOCore
import NIOPosix
import WireFormats

extension AdminCommand {
    /// Commands on the data as a whole: files and snapshots.
    static let onData: [AdminCommand] = [
        AdminCommand("SAVE", summary: "Rewrites the nodes' logs; answers when those that count are on the disk.") {
            call in
            guard let persistence = call.context.state.persistence else {
                return call.answer(.failure("the cluster keeps its data in memory: start it with --dir, or use EXPORT"))
            }
            return inBackground(call) {
                try persistence.rewriteAll()
                return .ok
            }
        },
        AdminCommand(
            "EXPORT", "path", arguments: 1...1,
            summary: "Writes all keys at one instant to an RDB file of version 6; answers how many there are."
        ) { call in
            let (path, export) = (call.text(0), call.context.state.export)
            return inBackground(call) { .integer(Int64(try export.write(to: path))) }
        },
        AdminCommand(
            "SNAPSHOT", "SAVE|RESTORE|DELETE name", arguments: 2...2,
            summary:
                "Keeps all keys in memory under a name, brings them back, or forgets them; answers how many there are."
        ) { call in
            let (verb, name, state) = (call.text(0).uppercased(), call.text(1), call.context.state)
            guard ["SAVE", "RESTORE", "DELETE"].contains(verb) else {
                return call.answer(.failure("write SAVE, RESTORE or DELETE before the name"))
            }
            guard !name.isEmpty else {
                return call.answer(.failure("a snapshot's name cannot be empty: write one, such as clean"))
            }
            return inBackground(call) {
                let keys =
                    switch verb {
                    case "SAVE": try state.snapshots.save(name, state.cluster)
                    case "RESTORE": try state.restoreSnapshot(name)
                    default: try state.snapshots.delete(name, state.cluster)
                    }
                return .integer(Int64(keys))
            }.always { _ in
                // The next one to be restored is made while nobody waits for it.
                NIOThreadPool.singleton.submit { _ in state.snapshots.prepare(name) }
            }
        },
    ]

    /// Does something that takes its time on another thread.
    static func inBackground(
        _ call: Call, _ body: @escaping @Sendable () throws -> Reply
    ) -> EventLoopFuture<Reply> {
        NIOThreadPool.singleton.runIfActive(eventLoop: call.eventLoop) {
            do {
                return try body()
            } catch {
                return .failure("\(error)")
            }
        }
    }
}
