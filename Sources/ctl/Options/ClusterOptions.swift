import ArgumentParser
import ClusterCore
import CommandCatalog
import Logging

/// The options of a cluster: those of `start`, and of everything else that runs one.
struct ClusterOptions: ParsableArguments {
    private static let defaults = ServerConfiguration()

    @Option(
        help: ArgumentHelp(
            "Port to listen on; 0 takes a free one. (default: 6379 for start, 0 for exec and drill)", valueName: "port"),
        transform: ArgumentValues.integer(in: 0...65_535))
    var port: Int?

    @Option(
        help: ArgumentHelp(
            "Address to listen on. One that other machines can reach needs a password, or --no-password-is-fine.",
            valueName: "address"))
    var bind: String = ClusterOptions.defaults.host

    @Option(
        name: .customLong("unixsocket"), help: ArgumentHelp("A Unix socket for clients too.", valueName: "path"),
        transform: ArgumentValues.name(of: "a socket"))
    var unixSocket: String?

    @Option(
        help: ArgumentHelp(
            "The Unix socket that status and others ask. (default: PORT.sock in $XDG_RUNTIME_DIR/clusterctl, else in "
                + "/tmp/clusterctl-UID)", valueName: "path"), transform: ArgumentValues.name(of: "a socket"))
    var adminSocket: String?

    @Option(
        help: ArgumentHelp(
            "Shards that the \(HashSlot.count) slots are spread over. (default: \(ClusterOptions.defaults.shards))",
            valueName: "count"),
        transform: ArgumentValues.integer(in: 1...HashSlot.count))
    var shards: Int = ClusterOptions.defaults.shards

    @Option(
        help: ArgumentHelp(
            "Hot standbys of each shard, each with a copy of its keys. (default: \(ClusterOptions.defaults.replicas))",
            valueName: "count"),
        transform: ArgumentValues.integer(in: 0...100))
    var replicas: Int = ClusterOptions.defaults.replicas

    @Option(
        help: ArgumentHelp(
            "Give a node up that has not answered for this long, and promote a replica. "
                + "(default: \(ClusterOptions.defaults.nodeTimeoutMilliseconds)ms)", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var nodeTimeout: Int64 = ClusterOptions.defaults.nodeTimeoutMilliseconds

    @Option(
        help: ArgumentHelp(
            "Let replicas lag behind by this time, so that a failover loses what they lack, as the real product may; "
                + "`clusterctl losses` lists it. (default: 0)", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var replicationLag: Int64 = 0

    @Flag(help: "Let commands wait for a shard without a primary, instead of answering -CLUSTERDOWN.")
    var waitForPrimary = false

    @Option(
        help: ArgumentHelp(
            "Keep the data in this folder, as append-only logs of Redis 7; without it, in memory alone.",
            valueName: "folder"),
        transform: ArgumentValues.name(of: "a folder"))
    var dir: String?

    @Option(
        help: ArgumentHelp(
            "When what was written is forced onto the disk: before the client is told, once a second, or when the system "
                + "likes to. (default: \(ClusterOptions.defaults.synchronization.rawValue))",
            valueName: "always|everysec|no"),
        transform: ClusterOptions.synchronization)
    var fsync: ServerConfiguration.Synchronization?

    @Flag(help: "Refuse a log in --dir with a torn end, instead of cutting it there.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Rewrite a log in --dir once it has grown by this share of what it was; 0 is never. "
                + "(default: \(ClusterOptions.defaults.rewritePercentage))", valueName: "percent"),
        transform: ArgumentValues.integer(in: 0...1_000_000))
    var rewritePercentage: Int?

    @Option(
        help: ArgumentHelp(
            "Rewrite no log that is smaller by itself. "
                + "(default: \(ClusterOptions.defaults.rewriteMinimumBytes / 1_048_576)MB)", valueName: "size"),
        transform: ArgumentValues.bytes(in: 0...1 << 40))
    var rewriteMinimum: Int?

    @Option(
        help: ArgumentHelp("Threads that serve connections. (default: half the cores)", valueName: "count"),
        transform: ArgumentValues.integer(in: 1...1024))
    var loops: Int?

    @Option(
        help: ArgumentHelp(
            "A file with the password that clients must give to AUTH; one line break at its end is left out. Without "
                + "it, the variable CLUSTERCTL_PASSWORD counts.", valueName: "path"),
        transform: ArgumentValues.name(of: "a file"))
    var passwordFile: String?

    @Flag(help: "Listen on a public address although no password is asked for.")
    var noPasswordIsFine = false

    @Option(
        help: ArgumentHelp(
            "Clients that may be connected at once. (default: \(ClusterOptions.defaults.maximumClients))",
            valueName: "count"),
        transform: ArgumentValues.integer(in: 1...1_000_000))
    var maxClients: Int = ClusterOptions.defaults.maximumClients

    @Option(
        help: ArgumentHelp(
            "Close a connection without a request for this long; 0 is never. Seconds, or with a unit: 500ms, 90s, 30m. "
                + "(default: \(Contract.clusterEdition.idleTimeoutSeconds / 60)m)", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var idleTimeout: Int64?

    @Option(
        help: ArgumentHelp(
            "The longest key. Sizes are bytes, or with a unit of 1024: 64k, 10MB, 1MiB. "
                + "(default: \(Contract.clusterEdition.maxKeyBytes))", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1...1 << 26))
    var maxKeyBytes: Int?

    @Option(
        help: ArgumentHelp(
            "The largest value under one key. (default: \(Contract.clusterEdition.maxValueBytes))", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1...1 << 30))
    var maxValueBytes: Int?

    @Option(
        help: ArgumentHelp(
            "Refuse requests of this size on the wire, and larger ones. (default: 10MB, which are "
                + "\(Contract.clusterEdition.maxRequestBytes) bytes)", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1024...1 << 30))
    var maxRequestBytes: Int?

    @Option(
        help: ArgumentHelp(
            "When a transaction holds its keys against others: from the moment a command on them is queued, or only while "
                + "EXEC runs. (default: \(Contract.clusterEdition.keyLocks.rawValue))", valueName: "queued|exec"),
        transform: ClusterOptions.keyLocks)
    var transactionLocks: Contract.KeyLocks = Contract.clusterEdition.keyLocks

    @Option(
        help: ArgumentHelp(
            "Hold each EXEC back for this long with its keys held: to see what others meet then. (default: 0)",
            valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var execDelay: Int64 = 0

    @Flag(help: "Answer refused commands without the reason and what to do instead.")
    var terseErrors = false

    @Option(
        help: ArgumentHelp(
            "What SPOP, SRANDMEMBER and faults draw their chances from: the same seed and requests, the same chances.",
            valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Refuse writes that need memory while the keys of a node take more than this, about. (default: no limit)",
            valueName: "size"),
        transform: ArgumentValues.bytes(in: 1...1 << 50))
    var maxMemory: Int?

    @Option(
        help: ArgumentHelp(
            "Close the clients that hold the most once all together hold more than this: requests, replies, transactions, "
                + "watched keys. (default: 512MB, or a quarter of what the process may have)", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1 << 20...1 << 40))
    var maxClientMemory: Int?

    @Option(
        help: ArgumentHelp(
            "What expiry, the idle close and failovers go by: the wall clock, or one that stands still until "
                + "`clusterctl clock advance` moves it. (default: wall)", valueName: "wall|manual"))
    var clock = ClockMode.wall

    /// What time goes by.
    enum ClockMode: String, ExpressibleByArgument, CaseIterable {
        case wall, manual
    }

    @Option(
        help: ArgumentHelp(
            "Answer Prometheus on this port, at /metrics; 0 takes a free one. It is on 127.0.0.1 unless an address is named, "
                + "and asks for the password that clients must give. Each command is timed then, which costs some of its "
                + "speed.", valueName: "[address:]port"), transform: MetricsAddress.init)
    var metrics: MetricsAddress?

    @Option(
        help: ArgumentHelp(
            "Begin with the data of an RDB file, an append-only log or its manifest, or of a running server.",
            valueName: "file|redis://host"), transform: ArgumentValues.name(of: "a file or a server"))
    var load: String?

    @Option(
        help: ArgumentHelp(
            "Give up a source of --load that has sent nothing for this long; 0 is never. (default: 60s)",
            valueName: "time"), transform: ArgumentValues.milliseconds)
    var loadTimeout: Int64?

    @Option(
        help: ArgumentHelp("Write the port there once the cluster accepts connections.", valueName: "path"),
        transform: ArgumentValues.name(of: "a file"))
    var portFile: String?

    @Option(
        help: ArgumentHelp("Write the process' identifier there.", valueName: "path"),
        transform: ArgumentValues.name(of: "a file"))
    var pidFile: String?

    @Option(
        help: ArgumentHelp(
            "Log what is of this weight or more: trace, debug, info, notice, warning, error or critical. (default: info "
                + "for start, warning for exec, error for drill)", valueName: "level"),
        transform: ClusterOptions.logLevel)
    var logLevel: Logger.Level?

    @Option(help: ArgumentHelp("How log lines are written to stderr.", valueName: "text|json"))
    var logFormat = LogFormat.text
}

// MARK: - Contradictions

extension ClusterOptions {
    /// Refuses options that would have no effect: whoever gives one relies on it.
    func validate() throws {
        if dir == nil {
            let given = [
                ("--fsync", fsync != nil), ("--rewrite-percentage", rewritePercentage != nil),
                ("--rewrite-minimum", rewriteMinimum != nil),
            ]
            if let (name, _) = given.first(where: \.1) {
                throw ValidationError(
                    "\(name) is for the logs in --dir: name a folder with --dir, or leave \(name) out")
            }
            guard !strict || load != nil else {
                throw ValidationError(
                    "--strict is for what --dir or --load reads: give one of them, or leave --strict out")
            }
        }
        guard loadTimeout == nil || load != nil else {
            throw ValidationError("--load-timeout is for the source of --load: give one, or leave --load-timeout out")
        }
        guard replicationLag == 0 || replicas > 0 else {
            throw ValidationError(
                "with --replicas 0 nothing can lag behind: leave --replication-lag out, or give replicas")
        }
    }
}

// MARK: - Values

extension ClusterOptions {
    /// How long the source of --load may send nothing; nil for as long as it likes.
    var loadPatience: Duration? {
        let milliseconds = loadTimeout ?? 60_000
        return milliseconds == 0 ? nil : .milliseconds(milliseconds)
    }

    private static func keyLocks(_ text: String) throws -> Contract.KeyLocks {
        guard let locks = Contract.KeyLocks(rawValue: text) else {
            throw ArgumentValues.Unusable(description: "write queued or exec")
        }
        return locks
    }

    private static func synchronization(_ text: String) throws -> ServerConfiguration.Synchronization {
        guard let value = ServerConfiguration.Synchronization(rawValue: text) else {
            throw ArgumentValues.Unusable(description: "write always, everysec or no")
        }
        return value
    }

    private static func logLevel(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentValues.Unusable(description: "write one of \(levels)")
        }
        return level
    }
}
