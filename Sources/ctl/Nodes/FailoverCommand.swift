import ArgumentParser
import ClusterCore
import WireFormats

/// `clusterctl failover`: what an application sees of a failover.
struct FailoverCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "failover",
        abstract: "Lets a replica of a shard take over, as planned or as after a crash.",
        discussion: """
            graceful is the product's planned switch: nothing is lost or refused, and clients' connections are reset. \
            crash is the loss of a machine: the shard is silent until --node-timeout is over, then the replica takes over.
            """)

    static let examples = [
        Example("clusterctl failover 0", "a planned switch of shard 0"),
        Example("clusterctl failover 0 --mode crash", "as if its machine had crashed"),
    ]

    /// How the primary goes.
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case graceful, crash
    }

    @OptionGroup var connection: ConnectionOptions

    @Argument(help: ArgumentHelp("The shard, from 0 on.", valueName: "shard"))
    var shard: Int

    @Option(help: ArgumentHelp("How the primary goes.", valueName: "graceful|crash"))
    var mode = Mode.graceful

    func run() throws {
        var client = try connection.connect()
        let answer = try connection.ask(&client, ["FAILOVER", String(shard), mode.rawValue])
        guard case .bulk(let name) = answer else { return }
        let node = String(decoding: name, as: UTF8.self)
        switch mode {
        case .graceful: StandardOutput.writeLine("node \(node) is the primary of shard \(shard)")
        case .crash: StandardOutput.writeLine("node \(node) does not answer any more")
        }
    }
}
