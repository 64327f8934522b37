/// A replay of the keys of some buckets, and of which of them growth is reported.
struct GrowthRemainder {
    let buckets: BucketSet
    /// Where to begin.
    let origin: GrowthOrigin
    /// Whether keys may be missing whose values went into those of others.
    let isIncomplete: Bool
    /// From which position on growth is reported: `max` for never, always where a bucket is missing.
    private var reportedFrom: [Int: Int]
    private(set) var replay: GrowthReplay

    init(buckets: [Int], origin: GrowthOrigin, lostFrom: [Int: Int], isIncomplete: Bool, replay: GrowthReplay) {
        var set = BucketSet(replay.division)
        for bucket in buckets { set.insert(bucket) }
        self.buckets = set
        self.origin = origin
        self.isIncomplete = isIncomplete
        self.replay = replay
        reportedFrom = lostFrom
    }

    /// Growth in this bucket was reported already.
    mutating func doNotReport(_ bucket: Int) { reportedFrom[bucket] = .max }

    /// Applies a command where it concerns the buckets.
    ///
    /// - Parameter start: bytes of the whole input before the file that the place is in.
    mutating func apply(
        _ row: Int, _ request: Request, _ place: Place, fileStart start: Int, _ judge: inout Judge
    ) {
        guard replay.concerns(row, request, buckets) else { return }
        let (buckets, reportedFrom, division) = (buckets, reportedFrom, replay.division)
        replay.apply(row, request, place, &judge) { key in
            let bucket = division.bucket(key.hash)
            return buckets.contains(bucket) && start + place.byteOffset >= reportedFrom[bucket] ?? 0
        }
    }

    /// Loads a key of an RDB part.
    mutating func load(_ key: ReplayedKeyspace.Key, _ record: ReplayedKeyspace.Record) {
        if buckets.contains(replay.division.bucket(key.hash)) { replay.load(key, record) }
    }
}
