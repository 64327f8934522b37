/// How the keys of an input are divided into the buckets of a ``GrowthScreen``: by the first bits of their hashes.
struct BucketDivision: BitwiseCopyable {
    private let bits: Int

    /// How many buckets there are, a power of two.
    var count: Int { 1 << bits }

    /// Whether the input is so large that it will use most of the buckets.
    var isLarge: Bool { bits >= 15 }

    private static let fewestBits = 10
    private static let mostBits = 18
    /// A bucket has this part of the limit of all that the input writes, on an average.
    private static let partOfLimit = 128

    /// So many that those of them that come over the limit only because several keys share them are rare, and not more:
    /// the fewer, the more of them are in the processor's caches.
    ///
    /// - Parameter inputBytes: how large the input is; nil where that is not known.
    init(inputBytes: Int?, limit: Int) {
        var bits = Self.fewestBits
        let wanted = inputBytes.map { $0 / max(1, limit / Self.partOfLimit) } ?? .max
        while bits < Self.mostBits, 1 << bits < wanted { bits += 1 }
        self.bits = bits
    }

    /// As many buckets as so many bits tell apart, at least one bit.
    init(bits: Int) {
        self.bits = bits
    }

    /// The bucket of a key of this hash.
    @inline(__always)
    func bucket(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash &>> UInt64(truncatingIfNeeded: 64 &- bits))
    }
}
