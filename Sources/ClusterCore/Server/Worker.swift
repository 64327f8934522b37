import CommandCatalog

/// What the connections of one event loop share and use one after another: the reply buffer, the scratch space, the
/// counters.
///
/// Belongs to its loop's thread.
final class Worker {
    let server: ServerState
    let number: Int
    var replies: ReplyBuffer
    var selection: ShardSelection
    var batch = RequestBatch()
    var counters = WorkerCounters()
    /// How long commands took; nil where nobody wants to know.
    var latencies: LatencyTable?
    /// What connections have watched and is still to be let go.
    private(set) var watchReleases = WatchReleases()
    /// Has what is to be let go be let go soon, by `releaseSome`; nil where that is done at once.
    var planReleases: (() -> Void)?
    private var knownFailure = 0
    /// Whether something of this round could not be written: then nothing of it is told, whoever asks again.
    private var isRoundLost = false

    init(server: ServerState, number: Int) {
        self.server = server
        self.number = number
        let memory = server.clientMemory
        replies = ReplyBuffer(limit: server.configuration.maximumOutputBytes) { memory.room }
        selection = ShardSelection(shards: server.configuration.shards)
        latencies = server.configuration.metricsPort == nil ? nil : LatencyTable()
    }

    /// Makes what was written so far as lasting as it is to be, before anybody is told; false where that is not possible.
    @inline(__always)
    func commit() -> Bool {
        if isRoundLost { return false }
        let isDone = server.commit(&knownFailure)
        if !isDone { isRoundLost = true }
        return isDone
    }

    /// Ends the watching of many keys, piece by piece.
    func release(_ keys: WatchedKeys, of state: WatchState) {
        watchReleases.add(keys, of: state)
        if let planReleases { return planReleases() }
        while !watchReleases.isEmpty { releaseSome() }
    }

    /// Ends the watching of some of the keys that are to be let go.
    func releaseSome() { watchReleases.step(server.cluster) }

    /// Ends a round of the loop: all that was waiting has been told, or its connections are closed.
    func endRound() { isRoundLost = false }
}

/// What one event loop has counted since the start.
struct WorkerCounters: Sendable {
    /// Requests answered, by the command's number.
    var commands = [UInt64](repeating: 0, count: Command.ID.allCases.count)
    /// All requests, refused ones too.
    var requests: UInt64 = 0
    /// Requests answered with an error.
    var errors: UInt64 = 0
    /// Requests that met a key held by another connection's transaction.
    var locked: UInt64 = 0
    /// Which errors to which commands; what was refused, and what was too large, is not among them.
    var errorCounts = ErrorCounts()
    /// Connections accepted.
    var connections: UInt64 = 0
    /// Connections closed because they were idle.
    var idleCloses: UInt64 = 0
    /// Connections closed because they did not take their replies.
    var outputCloses: UInt64 = 0
    /// Connections closed because all together held too much.
    var memoryCloses: UInt64 = 0
    var bytesRead: UInt64 = 0
    var bytesWritten: UInt64 = 0

    /// Adds another loop's figures.
    mutating func add(_ other: WorkerCounters) {
        for index in commands.indices { commands[index] += other.commands[index] }
        requests += other.requests
        errors += other.errors
        locked += other.locked
        errorCounts.add(other.errorCounts)
        connections += other.connections
        idleCloses += other.idleCloses
        outputCloses += other.outputCloses
        memoryCloses += other.memoryCloses
        bytesRead += other.bytesRead
        bytesWritten += other.bytesWritten
    }
}
