import CommandCatalog

/// Replays the keys whose values may grow over the limit, and reports where one does.
struct GrowthReplay {
    private var keyspace = ReplayedKeyspace()
    private let table: CommandTable
    private let suspects: GrowthScreen.Suspects?
    private let limit: Int
    private var scratch: [UInt8] = []
    /// Whether there were too many keys, so that no more are followed.
    private(set) var isOverfull = false

    /// How many keys are followed in one input.
    static let maximumKeys = 200_000

    /// - Parameter suspects: the keys to follow; nil for all of them, where the input can be read only once.
    init(table: CommandTable, suspects: GrowthScreen.Suspects?, limit: Int) {
        self.table = table
        self.suspects = suspects
        self.limit = limit
    }

    /// Applies a command and reports it where it brings a value over the limit.
    mutating func apply(_ row: Int, _ request: Request, _ place: Place, _ judge: inout Judge) {
        guard row >= 0, !isOverfull else { return }
        let effect = table[row].effect
        guard effect != .none, isSuspect(row, effect, request) else { return }
        keyspace.now = place.time.map { $0 / 1000 }
        keyspace.database = place.database
        keyspace.apply(effect, request)
        if keyspace.records.count > Self.maximumKeys { isOverfull = true }
        guard let growth = keyspace.growth, growth.before <= limit, growth.after > limit else { return }
        note(row, effect, growth, request, place, &judge)
    }

    /// Loads a key of an RDB part.
    mutating func load(_ key: ReplayedKeyspace.Key, _ record: ReplayedKeyspace.Record) {
        if let suspects, !suspects.contains(key.name.withUnsafeBytes { ByteHash.hash($0) }) { return }
        keyspace.records[key] = record
    }

    private mutating func isSuspect(_ row: Int, _ effect: Effect, _ request: Request) -> Bool {
        guard let suspects else { return true }
        switch effect {
        case .flushAll, .flushDatabase, .swapDatabases: return true
        default: break
        }
        let facts = table[row]
        if facts.firstKey == 1, facts.lastKey == 1 {
            guard request.count > 1 else { return false }
            return suspects.contains(request.withBytes(1, &scratch) { ByteHash.hash($0) })
        }
        let layout = Catalog.all[row].facts.keys
        for key in layout.indexes(in: Judge.buffer(request).span, arguments: request.ranges.span)
        where key < request.count {
            if suspects.contains(request.withBytes(key, &scratch) { ByteHash.hash($0) }) { return true }
        }
        return false
    }

    private func note(
        _ row: Int, _ effect: Effect, _ growth: (key: ReplayedKeyspace.Key, before: Int, after: Int),
        _ request: Request, _ place: Place, _ judge: inout Judge
    ) {
        switch effect {
        case .rename, .renameIfAbsent, .copy, .move, .setRange, .setBit: return
        default: break
        }
        // What one argument breaks alone is another rule's.
        for index in 2..<max(2, request.count) where request.length(index) > limit { return }
        let key = table[row].firstKey > 0 ? Int(table[row].firstKey) : 1
        let isApproximate = keyspace.records[growth.key]?.isApproximate ?? false
        judge.add(.valueGrowsTooLarge, command: row, key: key, value: growth.after, argument: key, request, place) {
            let name = Catalog.all[row].name
            var words = Judge.Words(
                rule: .valueGrowsTooLarge, command: name,
                message: "\(name) makes the value grow to \(growth.after) bytes: the limit is \(limit)")
            words.measure = Finding.Measure(value: growth.after, limit: limit)
            if isApproximate { words.approximation = "the trace does not say the exact size of the value" }
            return words
        }
    }
}
