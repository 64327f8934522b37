import DequeModule
import Glibc
import Logging
import Synchronization

/// The nodes of all shards: it carries what the shards' logs say to the replicas, notices that a node has gone, promotes
/// a replica, and fills those that come back.
///
/// One thread does all of it, off the requests' way: it takes a shard's lock for moments only. Whoever asks for a change
/// of a node takes the same mutex as the thread, and shards' locks after it.
// Unchecked: everything that changes is touched by the mutex's holder alone.
final class Replication: @unchecked Sendable {
    let cluster: EmbeddedCluster
    let clock: Clock
    let events: EventList
    /// A node that has not answered for so many milliseconds is given up.
    let nodeTimeout: Int64
    /// By how many milliseconds replicas lag behind; 0 where they have all that was acknowledged.
    let lag: Int64
    /// Where the logs ended at some instants, by shard: where there is a lag, what replicas may have.
    private var marks: [Deque<(time: Instant, end: LogEnd)>]
    /// The nodes, by shard.
    private(set) var nodes: [[Node]]
    /// The shards' files; nil where there are none.
    private let persistence: Persistence?
    private let mutex = ShardLock()
    private var thread: WakeableThread?
    /// When a shard lost its primary, by shard.
    private var downSince: [Instant?]
    /// Failovers since the start.
    private(set) var failovers = 0
    /// How long the last one took, from the loss of the primary, in microseconds.
    private(set) var lastFailoverMicroseconds: Int64 = 0
    /// How far the slowest replica is behind, in bytes, as the thread last saw it.
    private let backlog = Atomic<Int>(0)

    /// Past this many bytes, clients wait for the replicas.
    static let backlogLimit = 64 * 1024 * 1024
    /// The thread's rest while there are writes, in microseconds.
    private static let busyRest: Int64 = 500
    /// The buckets that one step of a copying looks at.
    private static let bucketsPerStep = 32

    init(
        cluster: EmbeddedCluster, replicas: Int, nodeTimeout: Int64, lag: Int64 = 0, clock: Clock, events: EventList,
        persistence: Persistence? = nil
    ) {
        self.persistence = persistence
        self.lag = lag
        marks = Array(repeating: [], count: cluster.shards.count)
        self.cluster = cluster
        self.clock = clock
        self.events = events
        self.nodeTimeout = nodeTimeout
        nodes = (0..<cluster.shards.count).map { shard in
            (0...replicas).map { Node(name: Node.Name(shard: shard, number: $0), isPrimary: $0 == 0) }
        }
        downSince = Array(repeating: nil, count: cluster.shards.count)
    }

    /// Gives each replica the keys of its shard and begins.
    ///
    /// To be called before the first command.
    func start() {
        for shard in 0..<cluster.shards.count {
            for node in nodes[shard] where !node.isPrimary {
                repeat { carry(to: node) } while node.copy?.isComplete != true
            }
        }
        thread = WakeableThread { [unowned self] in pass() }
    }

    /// Ends the thread.
    func stop() { thread?.end() }

    /// Tells the thread that something was logged; clients of a cluster whose replicas are far behind wait here.
    @inline(__always)
    func notify() {
        thread?.wake()
        while backlog.load(ordering: .relaxed) > Self.backlogLimit { usleep(1_000) }
    }

    /// Runs `body` while nothing happens to the nodes.
    func withNodes<Result>(_ body: () throws -> Result) rethrows -> Result {
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
}

// MARK: - The thread

extension Replication {
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
                    mostBehind = max(mostBehind, behind)
                    if behind > 0 || node.copy?.isComplete == false { isBusy = true }
                }
                for node in nodes[shard] where node.state == .stopped { dropWhatIsFarBehind(node) }
                watch(shard, now)
            }
            backlog.store(mostBehind, ordering: .relaxed)
            if lag > 0 { return WakeableThread.Rest(microseconds: min(max(lag * 100, 500), 5_000)) }
            if isBusy { return WakeableThread.Rest(microseconds: Self.busyRest, isWakeable: false) }
            return WakeableThread.Rest(microseconds: min(max(nodeTimeout * 1000 / 20, 1_000), 50_000))
        }
    }

    /// Forgets the keys of a node that hangs, once its log has grown too long to be kept for it: it is filled anew later.
    private func dropWhatIsFarBehind(_ node: Node) {
        guard let copy = node.copy, bytesBehind(node, copy) > Self.backlogLimit else { return }
        node.setCopy(nil)
        events.add("resync", "node \(node.name) hangs and is too far behind: it will be filled anew")
    }

    /// Brings a replica up to its shard's log, or goes on with the copying; returns how many bytes it was behind.
    @discardableResult
    private func carry(to node: Node) -> Int {
        guard let copy = node.copy else {
            // The keys of a primary that is gone are gone, too: only one that runs can be copied.
            if primary(of: node.name.shard)?.state == .running { beginCopying(node) }
            return 0
        }
        if !copy.isComplete { copyMore(to: node, copy) }
        guard copy.isComplete else { return 0 }
        return catchUp(node, copy)
    }

    /// Runs what a replica has not run yet of its shard's log; returns how many bytes that was.
    @discardableResult
    func catchUp(_ node: Node, _ copy: ReplicaCopy) -> Int {
        guard let end = visibleEnd(of: node.name.shard) else { return 0 }
        guard end.position > copy.cursor.position else { return 0 }
        let behind = Int(end.position - copy.cursor.position)
        do throws(LogApplier.Failure) {
            try copy.cursor.read(upTo: end) { bytes throws(LogApplier.Failure) in try copy.applier.apply(bytes) }
        } catch {
            events.add(
                "divergence", "node \(node.name) answers \(error.command) with '\(error.answer)': it is filled anew",
                level: .critical)
            node.setCopy(nil)
        }
        return behind
    }

    /// Up to where replicas may read their shard's log.
    private func visibleEnd(of shard: Int) -> LogEnd? {
        guard lag > 0 else { return withShard(shard) { $0.pointee.keyspace.log?.pointee.end } }
        let now = clock.now()
        var visible: LogEnd?
        while let first = marks[shard].first, now >= first.time.after(milliseconds: lag) {
            visible = first.end
            marks[shard].removeFirst()
        }
        // The last one stays for the other replicas.
        if let visible { marks[shard].prepend((Instant(milliseconds: 0), visible)) }
        return visible
    }

    /// Notes where a shard's log ends now.
    private func mark(_ shard: Int, _ now: Instant) {
        guard let end = withShard(shard, { $0.pointee.keyspace.log?.pointee.end }) else { return }
        if marks[shard].last?.end.position != end.position { marks[shard].append((now, end)) }
        let slowest = nodes[shard].compactMap { $0.copy?.cursor.position }.min()
        if let slowest { cluster.ledger?.forget(shard: shard, upTo: slowest) }
    }

    /// Notes what a replica that is about to be promoted lacks: it is lost, though it was acknowledged.
    private func noteLosses(_ node: Node, _ copy: ReplicaCopy) {
        guard lag > 0, let ledger = cluster.ledger else { return }
        let shard = node.name.shard
        let end = withShard(shard) { _ in cluster.shards.log(of: shard).pointee.end }
        var cursor = copy.cursor
        let start = cursor.position
        var bytes: [UInt8] = []
        cursor.read(upTo: end) { bytes.append(contentsOf: $0) }
        let count = ledger.lose(shard: shard, from: start, bytes, at: clock.now())
        marks[shard].removeAll()
        // What the others have not run yet the new primary does not have: they are filled anew.
        for other in nodes[shard] where other !== node { other.setCopy(nil) }
        if count > 0 {
            events.add(
                "loss", "shard \(shard): the failover has lost \(count) acknowledged writes: LOSSES lists them",
                level: .warning)
        }
    }

    /// Gives up what does not answer, and promotes a replica where the primary is gone for long enough.
    private func watch(_ shard: Int, _ now: Instant) {
        guard let primary = primary(of: shard) else { return promote(shard, now) }
        guard primary.state != .running else { return }
        let since = primary.silentSince ?? now
        primary.silentSince = since
        guard now >= since.after(milliseconds: nodeTimeout) else { return }
        depose(primary, since: since)
        promote(shard, now)
    }

    /// Takes a primary that does not answer its role.
    private func depose(_ node: Node, since: Instant) {
        let shard = node.name.shard
        node.isPrimary = false
        downSince[shard] = since
        for other in nodes[shard] where other !== node { giveUpCopying(other) }
        let old = withShard(shard) { reference in
            reference.pointee.setAttention(.isHanging, false)
            reference.pointee.setAttention(.isDown, true)
            return reference.pointee.exchange(Keyspace())
        }
        _ = consume old
        events.add("down", "node \(node.name) has not answered for \(nodeTimeout) ms: shard \(shard) has no primary")
    }

    /// Makes the replica that is furthest the primary, once it has run all of the log.
    private func promote(_ shard: Int, _ now: Instant) {
        let candidates = nodes[shard].filter(\.isCandidate)
        guard let node = candidates.max(by: { ($0.copy?.cursor.position ?? 0) < ($1.copy?.cursor.position ?? 0) }),
            let copy = node.copy
        else { return beginAnewWhereNothingIsLeft(shard) }
        catchUp(node, copy)
        guard node.copy != nil else { return }
        noteLosses(node, copy)
        install(node, copy, of: shard)
        let since = downSince[shard] ?? now
        downSince[shard] = nil
        failovers += 1
        lastFailoverMicroseconds = clock.now().microseconds - since.microseconds
        events.add(
            "failover",
            "node \(node.name) is the primary of shard \(shard), \(lastFailoverMicroseconds / 1000) ms after the last one "
                + "was lost")
    }

    /// Puts a replica's keys in the shard's place; returns those that were there.
    @discardableResult
    private func install(_ node: Node, _ copy: ReplicaCopy, of shard: Int) -> Keyspace {
        node.isPrimary = true
        node.silentSince = nil
        node.setCopy(nil)
        return withShard(shard) { reference in
            let old = reference.pointee.exchange(copy.exchangeKeys(Keyspace()))
            reference.pointee.setAttention(.isDown, false)
            reference.pointee.setAttention(.isHanging, false)
            return old
        }
    }
}

// MARK: - Copying

extension Replication {
    /// Begins to fill a node from its shard's primary.
    private func beginCopying(_ node: Node) {
        let now = clock.now()
        let copy = withShard(node.name.shard) { shard -> ReplicaCopy? in
            if shard.pointee.keyspace.log == nil { shard.pointee.setLog(cluster.shards.log(of: node.name.shard)) }
            guard let log = shard.pointee.keyspace.log, !log.pointee.isCapturing else { return nil }
            let isEmpty = shard.pointee.keyspace.count == 0
            if !isEmpty { log.pointee.beginCapture() }
            return ReplicaCopy(
                at: log.pointee.end, generation: shard.pointee.generation, now: now, isEmpty: isEmpty)
        }
        node.setCopy(copy)
    }

    /// Copies some keys more; the shard is held up for no longer than that takes.
    private func copyMore(to node: Node, _ copy: ReplicaCopy) {
        for _ in 0..<Self.stepsPerPass {
            guard let cursor = copy.copying else { return }
            var states = WriteLog()
            var reader = LogCursor(at: states.end)
            let next: UInt64? = withShard(node.name.shard) { shard in
                guard let log = shard.pointee.keyspace.log, shard.pointee.generation == copy.generation else {
                    return nil
                }
                var cursor = cursor
                for _ in 0..<Self.bucketsPerStep {
                    cursor = shard.pointee.keyspace.scan(cursor) { record in
                        if log.pointee.capture(record.key, hash: KeyHash.hash(record.key)) {
                            KeyState.log(record, to: &states)
                        }
                    }
                    if cursor == 0 { break }
                }
                if cursor == 0 { log.pointee.endCapture() }
                return cursor
            }
            let isApplied: ()? = try? reader.read(upTo: states.end) { try copy.applier.apply($0) }
            guard let next, isApplied != nil else { return giveUpCopying(node) }
            copy.copying = next == 0 ? nil : next
            if next == 0 { noteCopied(node, copy) }
        }
    }

    private static let stepsPerPass = 64

    private func noteCopied(_ node: Node, _ copy: ReplicaCopy) {
        let milliseconds = clock.now().milliseconds - copy.startedAt.milliseconds
        events.add("resync", "node \(node.name) has all keys of its primary, after \(milliseconds) ms")
    }

    /// Forgets a copy that cannot be completed, such as one whose primary is gone.
    private func giveUpCopying(_ node: Node) {
        guard let copy = node.copy, !copy.isComplete else { return }
        node.setCopy(nil)
        withShard(node.name.shard) { $0.pointee.keyspace.log?.pointee.endCapture() }
    }
}

// MARK: - What happens to nodes

extension Replication {
    /// Ends a node with all that it has.
    func kill(_ node: Node) {
        guard node.state != .dead else { return }
        node.state = .dead
        node.silentSince = clock.now()
        events.add("killed", "node \(node.name), \(node.isPrimary ? "the primary" : "a replica")")
        guard node.isPrimary else {
            giveUpCopying(node)
            return node.setCopy(nil)
        }
        for other in nodes[node.name.shard] where other !== node { giveUpCopying(other) }
        let old = withShard(node.name.shard) { shard in
            shard.pointee.setAttention(.isHanging, false)
            shard.pointee.setAttention(.isDown, true)
            return shard.pointee.exchange(Keyspace())
        }
        _ = consume old
        thread?.wake()
    }

    /// Lets a node hang: it does nothing more and keeps what it has.
    func stop(_ node: Node) {
        guard node.state == .running else { return }
        node.state = .stopped
        node.silentSince = clock.now()
        events.add("stopped", "node \(node.name), \(node.isPrimary ? "the primary" : "a replica")")
        guard node.isPrimary else { return giveUpCopying(node) }
        for other in nodes[node.name.shard] where other !== node { giveUpCopying(other) }
        withShard(node.name.shard) { $0.pointee.setAttention(.isHanging, true) }
        thread?.wake()
    }

    /// Lets a node that hangs go on; one that was given up meanwhile comes back as a replica.
    func resume(_ node: Node) {
        guard node.state == .stopped else { return }
        node.state = .running
        node.silentSince = nil
        events.add("resumed", "node \(node.name)")
        if node.isPrimary { withShard(node.name.shard) { $0.pointee.setAttention(.isHanging, false) } }
        thread?.wake()
    }

    /// Starts a node that is dead, or that hangs, anew: without keys, as a replica where there is a primary or will be.
    func restart(_ node: Node) {
        if node.state == .stopped { kill(node) }
        guard node.state == .dead else { return }
        node.state = .running
        node.silentSince = nil
        events.add("restarted", "node \(node.name)")
        if node.isPrimary {
            // It is back before anybody has missed it, and has lost everything: a replica has not.
            depose(node, since: clock.now())
        }
        thread?.wake()
    }

    /// Makes a running node the primary of a shard of which no node, not even one that hangs, has the keys any more.
    private func beginAnewWhereNothingIsLeft(_ shard: Int) {
        guard !nodes[shard].contains(where: { $0.copy?.isComplete == true }),
            let node = nodes[shard].first(where: { $0.state == .running })
        else { return }
        beginAlone(node)
    }

    /// Makes a node the primary of a shard that has no other: with the keys of its files, if it has any.
    private func beginAlone(_ node: Node) {
        let shard = node.name.shard
        node.isPrimary = true
        downSince[shard] = nil
        if let keys = persistence?.reload(shard) {
            events.add("reload", "node \(node.name) is the primary of shard \(shard), with the keys of its files")
            return begin(shard, with: keys)
        }
        events.add(
            "data loss", "node \(node.name) is the primary of shard \(shard) without keys: no other node was left",
            level: .error)
        withShard(shard) { shard in
            shard.pointee.removeAll()
            shard.pointee.setAttention(.isDown, false)
        }
    }

    private func begin(_ shard: Int, with keys: consuming Keyspace) {
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        _ = cluster.shards[shard].pointee.exchange(keys)
        cluster.shards[shard].pointee.setAttention(.isDown, false)
    }

    /// Hands the primary's role over while the shard waits; nil where no replica could take it.
    func switchOver(_ shard: Int) -> Node? {
        guard let old = primary(of: shard), old.state == .running,
            let node = nodes[shard].first(where: \.isCandidate), let copy = node.copy
        else { return nil }
        let startedAt = clock.now()
        catchUp(node, copy)
        cluster.shards.lock(shard)
        defer { cluster.shards.unlock(shard) }
        let reference = cluster.shards[shard]
        guard let log = reference.pointee.keyspace.log else { return nil }
        let end = log.pointee.end
        let isApplied: ()? = try? copy.cursor.read(upTo: end) { try copy.applier.apply($0) }
        guard isApplied != nil else { return nil }
        _ = copy.exchangeKeys(reference.pointee.exchange(copy.exchangeKeys(Keyspace())))
        node.isPrimary = true
        node.setCopy(nil)
        old.isPrimary = false
        old.setCopy(copy)
        failovers += 1
        lastFailoverMicroseconds = clock.now().microseconds - startedAt.microseconds
        events.add(
            "failover", "node \(node.name) has taken the primary's role of shard \(shard) over from node \(old.name)")
        return node
    }
}

// MARK: - Looking at nodes

extension Replication {
    /// How a replica compares with its primary.
    enum Comparison {
        case equal
        case different(key: [UInt8])
        /// One of the two is not there.
        case notComparable
    }

    /// The bytes of its shard's log that a node has not run yet.
    func bytesBehind(_ node: Node, _ copy: ReplicaCopy) -> Int {
        Int(
            withShard(node.name.shard) { _ in cluster.shards.log(of: node.name.shard).pointee.end.position }
                - copy.cursor.position)
    }

    /// Compares a replica with its primary, at an instant at which it has run all of the log.
    func compare(shard: Int, node number: Int) -> Comparison {
        withNodes {
            let node = nodes[shard][number]
            guard node.isCandidate, let copy = node.copy, primary(of: shard)?.state == .running else {
                return .notComparable
            }
            cluster.shards.lock(shard)
            defer { cluster.shards.unlock(shard) }
            let isApplied: ()? = try? copy.cursor.read(upTo: cluster.shards.log(of: shard).pointee.end) {
                try copy.applier.apply($0)
            }
            guard isApplied != nil else { return .different(key: []) }
            return KeyspaceComparison.difference(cluster.shards[shard], copy.shards[0]).map { .different(key: $0) }
                ?? .equal
        }
    }
}
