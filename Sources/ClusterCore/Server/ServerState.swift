import CommandCatalog
import Logging
import Synchronization

/// What all event loops of a server share; everything in it may be used from any of them.
final class ServerState: Sendable {
    let configuration: ServerConfiguration
    let cluster: EmbeddedCluster
    let gate: Gate
    let clock: Clock
    let logger: Logger
    let ledger = RefusalLedger()
    let events: EventList
    let snapshots: SnapshotStore
    let export: RDBExport
    let faults: FaultSet
    let logins = LoginLedger()
    let clientMemory: ClientMemory
    private let isTiming: Bool
    /// The nodes; nil for a cluster of primaries alone.
    let replication: Replication?
    /// The files; nil for a cluster in memory alone.
    let persistence: Persistence?
    private let lastConnection = Atomic<UInt64>(0)
    private let connected = Atomic<Int>(0)

    init(configuration: ServerConfiguration, clock: Clock, logger: Logger) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        isTiming = configuration.metricsPort != nil
        faults = FaultSet(seed: configuration.seed ?? .random(in: .min ... .max), clock: clock)
        clientMemory = ClientMemory(limit: configuration.maximumClientMemory)
        gate = Gate(contract: configuration.contract)
        let cluster = EmbeddedCluster(
            shards: configuration.shards, maximumValueBytes: configuration.contract.maxValueBytes,
            waitsForFailover: configuration.waitsForFailover,
            keepsLosses: configuration.replicationLagMilliseconds > 0)
        if let seed = configuration.seed {
            KeyHash.choose(seed: seed)
            for shard in 0..<cluster.shards.count {
                cluster.shards[shard].pointee.keyspace.generator = SmallGenerator(seed: seed &+ UInt64(shard))
            }
        }
        if let limit = configuration.maximumMemory {
            for shard in 0..<cluster.shards.count { cluster.shards[shard].pointee.setMemoryLimit(limit) }
        }
        let events = EventList(clock: clock, logger: logger)
        self.cluster = cluster
        self.events = events
        let copying = ClusterCopying(cluster)
        snapshots = SnapshotStore(copying)
        export = RDBExport(copying)
        let persistence = configuration.directory.map {
            Persistence(directory: $0, configuration: configuration, cluster: cluster, events: events)
        }
        self.persistence = persistence
        replication =
            configuration.replicas == 0
            ? nil
            : Replication(
                cluster: cluster, replicas: configuration.replicas,
                nodeTimeout: configuration.nodeTimeoutMilliseconds,
                lag: configuration.replicationLagMilliseconds, clock: clock, events: events,
                persistence: persistence)
    }

    /// Makes what was written so far as lasting as the configuration asks for, before anybody is told; false where that
    /// is not possible.
    ///
    /// `knownFailure` is the caller's, see `Persistence.commit`; 0 at first.
    @inline(__always)
    func commit(_ knownFailure: inout Int) -> Bool {
        replication?.notify()
        return persistence?.commit(&knownFailure) ?? true
    }

    deinit {
        cluster.shards.destroy()
    }

    /// Whether requests are answered one by one: some are to go wrong, or each is timed.
    @inline(__always)
    var answersSingly: Bool { faults.isActive || isTiming }

    /// A number that no connection before had; it names the holder of key locks.
    func nextConnectionNumber() -> UInt64 { lastConnection.add(1, ordering: .relaxed).newValue }

    /// How many clients are connected.
    var connectedClients: Int { connected.load(ordering: .relaxed) }

    /// Counts a client in; false, and it is not counted, where there are as many as there may be.
    func admitClient() -> Bool {
        if connected.add(1, ordering: .relaxed).newValue <= configuration.maximumClients { return true }
        dismissClient()
        return false
    }

    /// Counts a client out.
    func dismissClient() { connected.subtract(1, ordering: .relaxed) }
}
