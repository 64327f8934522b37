import ArgumentParser
import ClusterCore

/// `clusterctl node`: what happens to machines, one node at a time.
struct NodeCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "node",
        abstract: "Ends a node of a running cluster, lets it hang, lets it go on, or starts it anew.",
        discussion: """
            A node is a copy of a shard: the primary or a replica. Nodes are named by their shard and their number in it, \
            as `status` lists them: 0-0, 0-1. One that is killed loses its keys, one that is stopped hangs and keeps them. \
            A primary that does not answer for --node-timeout is given up, and the most advanced replica takes its place; \
            one that comes back is a replica and gets all keys from the primary.
            """)

    static let examples = [
        Example("clusterctl node kill 0-0", "the primary of shard 0 is gone"),
        Example("clusterctl node restart 0-0", "it comes back, as a replica"),
        Example("clusterctl node stop 1-1", "a replica hangs"),
        Example("clusterctl node resume 1-1", "and goes on"),
    ]

    /// What can be done to a node.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case kill, stop, resume, restart
    }

    @OptionGroup var connection: ConnectionOptions

    @Argument(help: ArgumentHelp("What to do: kill, stop, resume or restart.", valueName: "action"))
    var action: Action

    @Argument(help: ArgumentHelp("The node, as 0-1.", valueName: "node"))
    var node: String

    func run() throws {
        var client = try connection.connect()
        _ = try connection.ask(&client, ["NODE", action.rawValue, node])
        StandardError.writeLine("node \(node): \(Self.done(action))")
    }

    private static func done(_ action: Action) -> String {
        switch action {
        case .kill: "killed"
        case .stop: "stopped"
        case .resume: "resumed"
        case .restart: "restarted"
        }
    }
}
