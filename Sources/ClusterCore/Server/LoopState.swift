import CLibrary
import DequeModule
import NIOCore

/// One event loop's connections and its housekeeping: expiry, idle connections, clients that leave their replies lying.
///
/// Belongs to its loop's thread.
final class LoopState {
    let worker: Worker
    private let eventLoop: any EventLoop
    private var connections: [UInt64: ConnectionHandler] = [:]
    private var loops = 1
    /// After how long connections count as idle, where a fault says so.
    private(set) var idleMilliseconds: Int64?
    private var housekeeping: RepeatedTask?
    /// The connections whose replies go out at the end of this round.
    private var unflushed: [ConnectionHandler] = []
    /// The connections that wait until others have had their turn, in the order in which theirs ended.
    private var waiting: Deque<ConnectionHandler> = []
    private var isTurnPlanned = false
    private var isReleasePlanned = false
    /// What the loop's connections hold.
    private(set) lazy var memoryShare = makeMemoryShare()

    /// How often shards are swept.
    private static let sweepEvery = TimeAmount.milliseconds(100)
    /// The part of a table that one sweep looks at: all of it in a minute at most, as long as that takes no longer than
    /// a connection may be kept waiting.
    private static let sweepsForAll = 600
    private static let mostBuckets = 4_096
    private static let fewestBuckets = 256
    private static let sweepLimitMilliseconds: Int64 = 2

    init(worker: Worker, eventLoop: any EventLoop) {
        self.worker = worker
        self.eventLoop = eventLoop
        worker.planReleases = { [weak self] in self?.planRelease() }
    }

    /// Begins the housekeeping; the loops share the shards among themselves.
    func start(loops: Int) {
        self.loops = loops
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        housekeeping = eventLoop.scheduleRepeatedTask(initialDelay: Self.sweepEvery, delay: Self.sweepEvery) { _ in
            bound.value.keepHouse()
        }
    }

    /// Ends the housekeeping and all connections, each after the replies it is owed.
    func stop() {
        housekeeping?.cancel()
        for connection in Array(connections.values) { connection.shutDown() }
    }

    /// Ends all connections at once, with a reset instead of an orderly end.
    func resetConnections() {
        for connection in Array(connections.values) { connection.reset() }
    }

    /// Whether every connection has ended.
    var isEmpty: Bool { connections.isEmpty }

    /// The connections, in no order.
    var connectedHandlers: some Collection<ConnectionHandler> { connections.values }

    func add(_ connection: ConnectionHandler) { connections[connection.session.number] = connection }

    func remove(_ connection: ConnectionHandler) {
        guard connections.removeValue(forKey: connection.session.number) != nil else { return }
        worker.server.dismissClient()
    }

    /// Notes that a connection has replies to send.
    ///
    /// Tasks run when the events of a round have been handled.
    func planFlush(of connection: ConnectionHandler) {
        if unflushed.isEmpty { eventLoop.assumeIsolated().execute { [unowned self] in flush() } }
        unflushed.append(connection)
    }

    private func flush() {
        let isCommitted = worker.commit()
        for connection in unflushed {
            if isCommitted { connection.flushOutput() } else { connection.closeUncommitted() }
        }
        unflushed.removeAll(keepingCapacity: true)
        worker.endRound()
    }

    /// Looks after connections and keys whose time has come.
    func keepHouse() {
        let server = worker.server
        let now = server.clock.now()
        idleMilliseconds = server.faults.idleMilliseconds
        for connection in Array(connections.values) {
            connection.closeIfOverdue(now: now)
            connection.countIfChanged()
        }
        for shard in stride(from: worker.number, to: server.configuration.shards, by: loops) {
            sweep(shard: shard, now: now)
        }
    }

    /// Looks at a part of the shard's keys; goes on while a good part of them has expired and time is left.
    private func sweep(shard: Int, now: Instant) {
        let server = worker.server
        let keys = server.cluster.figures(ofShard: shard).keys
        let buckets = min(max(Self.fewestBuckets, keys / Self.sweepsForAll), Self.mostBuckets)
        repeat {
            let swept = server.cluster.sweep(shard: shard, buckets: buckets, now: now)
            if !swept.wasCutShort && swept.removed < buckets / 4 { return }
        } while server.clock.now() < now.after(milliseconds: Self.sweepLimitMilliseconds)
    }
}

// MARK: - Turns

extension LoopState {
    /// After how long those that wait are gone on with: sockets are read in between.
    private static let turnsEvery = TimeAmount.milliseconds(1)

    /// Lets a connection go on with its requests when others have had their turn.
    func planTurn(of connection: ConnectionHandler) {
        waiting.append(connection)
        planTurns()
    }

    private func planTurns() {
        guard !isTurnPlanned else { return }
        isTurnPlanned = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.turnsEvery) { [weak self] in self?.giveTurns() }
    }

    /// Gives each of those that wait a turn, as many as one connection's time is enough for: the sockets are not read
    /// meanwhile.
    private func giveTurns() {
        isTurnPlanned = false
        var turn = Turn()
        for _ in 0..<waiting.count where !turn.isOver { waiting.removeFirst().retryAfterWait() }
        if !waiting.isEmpty { planTurns() }
    }
}

// MARK: - Watched keys

extension LoopState {
    /// Lets go of some of what was watched when the sockets have been read.
    private func planRelease() {
        guard !isReleasePlanned else { return }
        isReleasePlanned = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.turnsEvery) { [weak self] in self?.release() }
    }

    private func release() {
        isReleasePlanned = false
        worker.releaseSome()
        if !worker.watchReleases.isEmpty { planRelease() }
    }
}

// MARK: - Memory

extension LoopState {
    private func makeMemoryShare() -> ClientMemory.Share {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return worker.server.clientMemory.makeShare { [eventLoop] in
            eventLoop.execute { bound.value.closeLargest() }
        }
    }

    /// Closes the connections that hold the most until all connections together are a tenth below their limit.
    private func closeLargest() {
        memoryShare.endRelief()
        let memory = worker.server.clientMemory
        defer { memory.endWanting() }
        guard memory.excess > 0 else { return }
        let goal = memory.excess + memory.limit / 10
        var freed = 0
        for connection in connections.values.sorted(by: { $0.countedBytes > $1.countedBytes }) {
            guard freed < goal, connection.countedBytes > 0 else { return }
            freed += connection.countedBytes
            connection.closeForMemory()
        }
    }
}
