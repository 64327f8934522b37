/// Some of the buckets of a ``GrowthScreen``, one bit each.
struct BucketSet {
    private var words: [UInt64]

    init(_ division: BucketDivision) {
        words = [UInt64](repeating: 0, count: (division.count + 63) / 64)
    }

    func contains(_ bucket: Int) -> Bool { words[bucket >> 6] >> UInt64(bucket & 63) & 1 != 0 }

    /// Returns whether the bucket is new.
    @discardableResult
    mutating func insert(_ bucket: Int) -> Bool {
        guard !contains(bucket) else { return false }
        words[bucket >> 6] |= 1 << UInt64(bucket & 63)
        return true
    }
}
