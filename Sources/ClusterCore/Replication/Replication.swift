import DequeModule
import Glibc
import Logging
import Synchronization

/// The nodes of all shards: it carries what the shards' logs say to the replicas, notices that a node has gone,
/// promotes a replica, and fills those that come back.
///
/// One thread does all of it, off the requests' way: it takes a shard's lock for moments only. Whoever asks for a
/// change of a node takes the same mutex as the thread, then those of the files, and shards' locks after these.
///
/// Sendable, unchecked: everything that changes is touched by the mutex's holder alone.
final class Replication: @unchecked Sendable {
    let cluster: EmbeddedCluster
    let clock: Clock
    let events: EventList
    /// A node that has not answered for so many milliseconds is given up.
    let nodeTimeout: Int64
    /// By how many milliseconds replicas lag behind; 0 where they have all that was acknowledged.
    let lag: Int64
    /// Where the logs ended at some instants, by shard: where there is a lag, what replicas may have.
    var marks: [Deque<(time: Instant, end: LogEnd)>]
    /// The nodes, by shard.
    private(set) var nodes: [[Node]]
    /// The nodes' logs; nil where there are none.
    let persistence: Persistence?
    private let replicas: Int
    private let mutex = ShardLock()
    private var thread: WakeableThread?
    /// When a shard lost its primary, by shard.
    var downSince: [Instant?]
    /// When the log of a shard that could not be read is read again, by shard.
    var nextReload: [Int: ContinuousClock.Instant] = [:]
    /// Failovers since the start.
    private(set) var failovers = 0
    /// How long the last one took, from the loss of the primary, in microseconds.
    private(set) var lastFailoverMicroseconds: Int64 = 0
    /// How far the slowest replica is behind, in bytes, as the thread last saw it.
    private let backlog = Atomic<Int>(0)

    /// Past this many bytes, clients wait for the replicas.
    static let backlogLimit = 64 * 1024 * 1024
    static let reloadPause = Duration.seconds(1)
    /// The thread's rest while there are writes, in microseconds.
    private static let busyRest: Int64 = 500

    init(
        cluster: EmbeddedCluster, replicas: Int, nodeTimeout: Int64, lag: Int64 = 0, clock: Clock, events: EventList,
        persistence: Persistence? = nil
    ) {
        self.persistence = persistence
        self.replicas = replicas
        self.lag = lag
        marks = Array(repeating: [], count: cluster.shards.count)
        self.cluster = cluster
        self.clock = clock
        self.events = events
        self.nodeTimeout = nodeTimeout
        nodes = Array(repeating: [], count: cluster.shards.count)
        downSince = Array(repeating: nil, count: cluster.shards.count)
    }

    /// Gives each shard its nodes, the one whose log was loaded as its primary, gives the others its keys, and begins.
    ///
    /// To be called before the first command.
    func start() {
        for shard in 0..<cluster.shards.count {
            let primary = persistence?.countingNode(of: shard) ?? 0
            nodes[shard] = (0...replicas).map { number in
                Node(
                    name: Node.Name(shard: shard, number: number), isPrimary: number == primary,
                    log: persistence?.logs[shard][number])
            }
            for node in nodes[shard] where !node.isPrimary {
                repeat { carry(to: node) } while node.copy?.isComplete != true
            }
        }
        thread = WakeableThread("replication") { [unowned self] in pass() }
    }

    /// Ends the thread; replicas that do not lag behind on purpose have run everything then.
    func stop() {
        thread?.end()
        guard lag == 0 else { return }
        for node in nodes.joined() where node.isCandidate { carry(to: node) }
    }

    /// Tells the thread that something was logged; clients of a cluster whose replicas are far behind wait here.
    @inline(__always)
    func notify() {
        thread?.wake()
        while backlog.load(ordering: .relaxed) > Self.backlogLimit { usleep(1_000) }
    }

    /// Ends the thread's rest: something has happened to a node.
    func wake() { thread?.wake() }

    /// Runs `body` while nothing happens to the nodes.
    func withNodes<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body()
    }

    /// The primary of a shard; nil while it has none.
    func primary(of shard: Int) -> Node? { nodes[shard].first { $0.isPrimary } }

    func withShard<Result: ~Copyable>(_ shard: Int, _ body: (ShardSet.Reference) throws -> Result) rethrows -> Result {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        return try body(cluster.shards[shard])
    }

    /// Counts a failover that began at an instant.
    func noteFailover(since: Instant) {
        failovers += 1
        lastFailoverMicroseconds = clock.now().microseconds - since.microseconds
    }

    /// One look at all nodes; returns how long to rest.
    private func pass() -> WakeableThread.Rest {
        withNodes {
            let now = clock.now()
            var isBusy = false
            var mostBehind = 0
            for shard in nodes.indices {
                if lag > 0 { mark(shard, now) }
                for node in nodes[shard] where node.state == .running && !node.isPrimary {
                    let behind = carry(to: node)
                    mostBehind = max(mostBehind, behind, bytesUnwritten(node))
                    if behind > 0 || node.copy?.isComplete == false { isBusy = true }
                }
                for node in nodes[shard] where node.state == .stopped { dropWhatIsFarBehind(node) }
                watch(shard, now)
            }
            if isBusy { persistence?.replicasHaveRun() }
            backlog.store(mostBehind, ordering: .relaxed)
            if lag > 0 { return WakeableThread.Rest(microseconds: min(max(lag * 100, 500), 5_000)) }
            if isBusy { return WakeableThread.Rest(microseconds: Self.busyRest, isWakeable: false) }
            return WakeableThread.Rest(microseconds: min(max(nodeTimeout * 1000 / 20, 1_000), 50_000))
        }
    }
}
