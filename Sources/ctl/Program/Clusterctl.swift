import ArgumentParser
import ClusterCore

/// The command line as a whole; each subcommand has a file of its own.
struct Clusterctl: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "clusterctl",
        abstract: "Runs the Cluster edition on this machine, and tells what it would refuse.",
        discussion: """
            The Cluster edition is a sharded Redis 2.8 with 107 commands, limits on the size of keys and values, and keys \
            that are locked by transactions. This program starts a copy of it to develop and test against.

            Exit statuses: 0 fine, 1 something was refused or found, 2 wrong use or configuration, 3 an input that cannot \
            be read or no cluster that can be reached, 130 interrupted. More: `clusterctl help exit-codes`, `clusterctl \
            help environment`, `clusterctl help formats`.
            """,
        version: ProductVersion.text,
        subcommands: [
            StartCommand.self, StatusCommand.self, FlushCommand.self, NodeCommand.self, FailoverCommand.self,
            EventsCommand.self, LossesCommand.self, FaultCommand.self, DrillCommand.self, ClockCommand.self,
            SaveCommand.self, ExportCommand.self, ImportCommand.self, SnapshotCommand.self, ExecCommand.self,
            ReplCommand.self,
            LintCommand.self, SizesCommand.self, RulesCommand.self, CommandsCommand.self, ExplainCommand.self,
        ])

    static let examples = [
        Example("clusterctl start", "a cluster on 127.0.0.1:6379, until interrupted"),
        Example("clusterctl exec -- npm test", "a test run against a cluster of its own"),
        Example("clusterctl lint src", "what the source code would send that is refused"),
        Example("clusterctl sizes dump.rdb", "which keys and values are over the limits"),
        Example("clusterctl repl --embedded", "a shell with a cluster of its own"),
        Example("clusterctl explain ZADD", "what the Cluster edition says of a command"),
    ]
}
