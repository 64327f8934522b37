import CommandCatalog

/// How long commands took on one event loop, by command, in buckets; there only where metrics are asked for.
struct LatencyTable: Sendable {
    /// The buckets' upper bounds in microseconds; one more has the rest.
    static let bounds: [Int64] = [
        5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000,
    ]

    /// By command and bucket.
    private(set) var counts: [UInt64]
    /// By command, in nanoseconds.
    private(set) var sums: [UInt64]

    private static let width = bounds.count + 1

    init() {
        counts = Array(repeating: 0, count: Command.ID.allCases.count * Self.width)
        sums = Array(repeating: 0, count: Command.ID.allCases.count)
    }

    /// Counts a command that took so many nanoseconds.
    mutating func add(_ id: Command.ID, nanoseconds: Int64) {
        let bucket = Self.bounds.firstIndex { nanoseconds <= $0 * 1_000 } ?? Self.bounds.count
        counts[Int(id.rawValue) * Self.width + bucket] &+= 1
        sums[Int(id.rawValue)] &+= UInt64(max(0, nanoseconds))
    }

    mutating func add(_ other: LatencyTable) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        for index in sums.indices { sums[index] &+= other.sums[index] }
    }

    /// The counts of a command by bucket.
    func counts(of id: Command.ID) -> ArraySlice<UInt64> {
        counts[Int(id.rawValue) * Self.width..<(Int(id.rawValue) + 1) * Self.width]
    }
}
