import ArgumentParser
import Glibc
import Logging

/// `clusterctl start`: a cluster in the foreground, until a signal ends it.
struct StartCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Starts a cluster that accepts and refuses what the Cluster edition does.",
        discussion: """
            The cluster runs in the foreground and keeps its data in memory, with --dir in files too. Its first line on \
            stdout, once it accepts connections, is `ready redis://HOST:PORT`; everything else goes to stderr. SIGINT \
            and SIGTERM end it in order: it answers the requests that it has and exits with 0; a second one ends it at once.
            """)

    static let examples = [
        Example("clusterctl start", "three shards on 127.0.0.1:6379"),
        Example("clusterctl start --port 0 --port-file port", "a free port, written to a file"),
        Example("clusterctl start --shards 16 --idle-timeout 5s", "see how a client takes the idle close"),
        Example("clusterctl start --exec-delay 2s --transaction-locks exec", "see what others meet while EXEC runs"),
        Example(
            "clusterctl start --dir data --fsync always", "loses nothing that was acknowledged, whatever goes down"),
        Example("clusterctl start --load dump.rdb", "begins with the keys of a file"),
        Example("clusterctl start --bind 0.0.0.0 --password-file secret", "reachable from other machines"),
    ]

    @OptionGroup var options: ClusterOptions

    func run() throws {
        let signals = try EndingSignals(
            taking: [SIGINT, SIGTERM] + (Signals.isIgnored(SIGHUP) ? [] : [SIGHUP]), "clusterctl start")
        let cluster = try RunningCluster.start(options, defaultPort: 6379, defaultLevel: .info, signals)
        for line in cluster.loaded?.lines ?? [] { StandardError.writeLine(line) }
        announce("ready redis://\(cluster.address)\n", cluster)
        let first = signals.waitForFirst()
        cluster.logger.info("a signal ends the cluster", metadata: ["signal": "\(first.name)"])
        try cluster.stop()
    }

    /// Tells whoever started the cluster that it accepts connections.
    ///
    /// One who does not listen is no reason to end it.
    private func announce(_ line: String, _ cluster: RunningCluster) {
        guard !FileDescriptor.write(Array(line.utf8), to: STDOUT_FILENO) else { return }
        cluster.logger.warning(
            "the line `ready` could not be written to stdout", metadata: ["reason": "\(systemError())"])
    }
}
