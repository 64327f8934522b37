import CommandCatalog

/// Replays keys whose values may grow over the limit, and reports where one does.
struct GrowthReplay {
    private(set) var keyspace = ReplayedKeyspace()
    let table: CommandTable
    let limit: Int
    /// Which buckets the keys fall into for those who follow some of them only.
    let division: BucketDivision
    private var scratch: [UInt8] = []
    /// Whether there were too many keys, so that no more are followed.
    private(set) var isOverfull = false

    /// How many keys are followed in one input.
    static let maximumKeys = 200_000

    /// - Parameter tellsElementsApart: whether the elements of lists are hashed: LREM and LINSERT need that.
    init(table: CommandTable, limit: Int, division: BucketDivision? = nil, tellsElementsApart: Bool = true) {
        self.table = table
        self.limit = limit
        self.division = division ?? BucketDivision(inputBytes: nil, limit: limit)
        keyspace.tellsElementsApart = tellsElementsApart
    }

    /// Applies a command and reports it where it brings a value over the limit.
    ///
    /// - Parameters:
    ///   - row: the command's row in the catalog; -1 where no Redis has it.
    ///   - isReported: whether the growth of a key is this replay's to report.
    mutating func apply(
        _ row: Int, _ request: Request, _ place: Place, _ judge: inout Judge,
        isReported: (ReplayedKeyspace.Key) -> Bool = { _ in true }
    ) {
        guard row >= 0, !isOverfull else { return }
        let effect = table[row].effect
        guard effect != .none else { return }
        keyspace.now = place.time.map { $0 / 1000 }
        keyspace.database = place.database
        keyspace.apply(effect, request)
        if keyspace.records.count > Self.maximumKeys { isOverfull = true }
        guard let growth = keyspace.growth, growth.before <= limit, growth.after > limit, isReported(growth.key) else {
            return
        }
        note(row, effect, growth, request, place, &judge)
    }

    /// Whether the elements of lists are hashed; those that are there already stay as they are.
    var tellsElementsApart: Bool {
        get { keyspace.tellsElementsApart }
        set { keyspace.tellsElementsApart = newValue }
    }

    /// Loads a key of an RDB part.
    mutating func load(_ key: ReplayedKeyspace.Key, _ record: ReplayedKeyspace.Record) {
        keyspace.records[key] = record
    }

    /// Takes over the keys of some buckets from another replay.
    mutating func take(_ other: GrowthReplay, where isTaken: (Int) -> Bool) {
        for (key, record) in other.keyspace.records where isTaken(division.bucket(key.hash)) {
            keyspace.records[key] = record
        }
        isOverfull = isOverfull || other.isOverfull || keyspace.records.count > Self.maximumKeys
    }

    /// Forgets the keys of a bucket; returns how many bytes the largest of them has.
    mutating func forget(bucket: Int) -> Int {
        var largest = 0
        for (key, record) in keyspace.records where division.bucket(key.hash) == bucket {
            largest = max(largest, record.value.payload)
            keyspace.records[key] = nil
        }
        return largest
    }

    /// Forgets one of a command's keys.
    mutating func forget(_ request: Request, _ index: Int) {
        let key = keyspace.key(request, index)
        keyspace.records[key] = nil
    }

    /// Whether a command may concern keys of some buckets.
    mutating func concerns(_ row: Int, _ request: Request, _ buckets: BucketSet) -> Bool {
        guard row >= 0 else { return false }
        let facts = table[row]
        switch facts.effect {
        case .none: return false
        case .flushAll, .flushDatabase, .swapDatabases: return true
        default: break
        }
        if facts.firstKey == 1, facts.lastKey == 1 {
            return request.count > 1 && buckets.contains(bucket(request, 1))
        }
        return Self.keys(row, request).contains { buckets.contains(bucket(request, $0)) }
    }

    /// The arguments of a command that are keys.
    static func keys(_ row: Int, _ request: Request) -> [Int] {
        Catalog.all[row].facts.keys.indexes(in: Judge.buffer(request).span, arguments: request.ranges.span)
            .filter { $0 < request.count }
    }

    /// The bucket of one of a command's keys.
    mutating func bucket(_ request: Request, _ index: Int) -> Int {
        request.withBytes(index, &scratch) { division.bucket(ByteHash.hash($0)) }
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
