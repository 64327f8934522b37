public import CommandCatalog

/// What a cluster is started with.
///
/// A value; nothing in it is checked against the machine until it is used.
public struct ServerConfiguration: Sendable {
    /// The address to listen on, a name or a number.
    public var host = "127.0.0.1"
    /// The TCP port; 0 takes a free one, nil listens on no TCP port.
    public var port: Int? = 6379
    /// The path of a Unix socket for clients, beside the port.
    public var unixSocketPath: String?
    /// The admin socket, made with mode 0600; nil for none.
    public var adminSocket: AdminSocket?
    /// The port on which Prometheus is answered, 0 for a free one; nil for none.
    ///
    /// Each command is timed then.
    public var metricsPort: Int?
    /// The address on which Prometheus is answered: this machine's own, unless another one is named.
    public var metricsHost = "127.0.0.1"
    /// How many shards the slots are spread over.
    public var shards = 3
    /// How many hot standbys each shard has.
    public var replicas = 1
    /// A node that has not answered for this long is given up, in milliseconds.
    public var nodeTimeoutMilliseconds: Int64 = 1_000
    /// By how much replicas lag behind, in milliseconds, so that failovers lose what they lack: as the real product may.
    public var replicationLagMilliseconds: Int64 = 0
    /// Whether commands wait for a shard without a primary, instead of failing.
    public var waitsForFailover = false
    /// The folder that the data are kept in; nil keeps them in memory alone.
    public var directory: String?
    /// When what was written is forced onto the disk.
    public var synchronization = Synchronization.everySecond
    /// Whether a log with a torn end is refused, instead of being cut.
    public var refusesTornLogs = false
    /// A log that has grown by this share of its size after the last rewrite is rewritten, in percent; 0 for never.
    public var rewritePercentage = 100
    /// No smaller log is rewritten by itself.
    public var rewriteMinimumBytes = 64 * 1024 * 1024

    /// When what was written is forced onto the disk.
    public enum Synchronization: String, Sendable, CaseIterable {
        /// Before the client is told.
        case always
        /// Once a second.
        case everySecond = "everysec"
        /// When the system likes to.
        case never = "no"
    }

    /// The bytes that the keys of a node may take before writes that need memory are refused; nil for no limit.
    public var maximumMemory: Int?

    /// What chance follows from: the same seed and the same requests give the same answers; nil for another each time.
    public var seed: UInt64?

    /// How many event loops serve connections, each on a thread of its own.
    public var loops = 1
    /// What AUTH must be given; nil where no password is asked for.
    public var password: [UInt8]?
    /// The verdicts and limits.
    public var contract = Contract.clusterEdition
    /// A connection without a request for this long is closed, in milliseconds.
    public var idleTimeoutMilliseconds: Int64 = 30 * 60 * 1000
    /// How many clients may be connected at once.
    public var maximumClients = 10_000
    /// By how much EXEC is held back with its keys locked, in milliseconds: to rehearse what others then see.
    public var execDelayMilliseconds: Int64 = 0
    /// Whether refusals are answered without the verdict and what to do instead.
    public var hasTerseErrors = false
    /// The bytes of replies that may wait for one client before it is closed.
    public var maximumOutputBytes = 256 * 1024 * 1024
    /// A client that takes none of its waiting replies for this long is closed, in milliseconds.
    public var outputStallMilliseconds: Int64 = 60 * 1000
    /// The bytes that the queue of one transaction may take, its held keys among them.
    public var maximumTransactionBytes = 64 * 1024 * 1024
    /// The bytes that the watched keys of one connection may take: some 80,000 keys.
    public var maximumWatchedBytes = 16 * 1024 * 1024
    /// The bytes that all connections together may hold – requests, replies, transactions, watched keys – before those
    /// that hold the most are closed.
    public var maximumClientMemory = 512 * 1024 * 1024

    /// The defaults: a cluster of three shards on 127.0.0.1:6379.
    public init() {}
}
