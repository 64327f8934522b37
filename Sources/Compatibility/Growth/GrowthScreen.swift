import Glibc

/// Finds out, in memory that does not depend on the trace, which keys may have grown over the limit.
///
/// Every key falls into one of 2¹⁸ buckets by its hash, and each bucket has an upper bound of the payload of each of its
/// keys (``GrowthBucket``). A key that is alone in its bucket gets smaller by what surely makes it so: DEL, SET, a pop, a
/// trim. A set, hash or sorted set that nears the limit is followed member by member (``FollowedMembers``). Where the
/// bound stays under the limit, no key of the bucket can be over it. The keys of the other buckets are replayed exactly in
/// a second reading.
struct GrowthScreen: ~Copyable {
    static let bits = 18
    private static let maximumLinks = 100_000
    /// From this part of the limit on the members of a key are followed.
    private static let followingPart = 8

    let buckets: UnsafeMutablePointer<GrowthBucket>
    private(set) var followed = FollowedMembers()
    /// From the bucket of a key to one whose values went into it (RENAME, SUNIONSTORE).
    private var links: Set<UInt64> = []
    private var isLinkListFull = false
    private var scratch: [UInt8] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        // Zeroed by the system, and only where it is used: a small input touches few pages.
        guard let bytes = calloc(1 << Self.bits, MemoryLayout<GrowthBucket>.stride) else {
            preconditionFailure("no memory for \(1 << Self.bits) buckets")
        }
        buckets = bytes.bindMemory(to: GrowthBucket.self, capacity: 1 << Self.bits)
    }

    deinit { free(buckets) }

    @inline(__always)
    static func bucket(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> UInt64(64 - bits))
    }

    /// The bucket of a key, and whether no other key uses it.
    ///
    /// Two keys that agree in 50 bits of their hashes are taken for one.
    @inline(__always)
    mutating func use(_ request: Request, _ index: Int, database: Int) -> (bucket: Int, isAlone: Bool) {
        use(hash(request, index), database: database)
    }

    @inline(__always)
    private mutating func use(_ hash: UInt64, database: Int) -> (bucket: Int, isAlone: Bool) {
        let bucket = Self.bucket(hash)
        let tag = UInt32(truncatingIfNeeded: hash) &+ UInt32(truncatingIfNeeded: database) &* 0x9E37_79B1 | 1
        let isAlone = buckets[bucket].use(tag)
        if !isAlone, buckets[bucket].isFollowed { stopFollowing(bucket) }
        return (bucket, isAlone)
    }

    @inline(__always)
    mutating func hash(_ request: Request, _ index: Int) -> UInt64 {
        request.withBytes(index, &scratch) { ByteHash.hash($0) }
    }

    /// To be called after anything that may have raised a bucket's bound by adding to a value.
    @inline(__always)
    func check(_ bucket: Int) {
        if buckets[bucket].bound > limit, buckets[bucket].sum > 0 { buckets[bucket].isSuspect = true }
    }

    // MARK: Members

    /// Whether members that are put into a bucket are to be followed one by one.
    @inline(__always)
    mutating func follows(_ bucket: Int, isAlone: Bool) -> Bool {
        if buckets[bucket].isFollowed { return true }
        guard isAlone, buckets[bucket].bound > limit / Self.followingPart, !buckets[bucket].isSuspect else {
            return false
        }
        guard followed.hasRoom else { return false }
        followed.begin(bucket, base: buckets[bucket].bound)
        buckets[bucket].isFollowed = true
        return true
    }

    mutating func putMember(_ bucket: Int, _ hash: UInt64, length: Int) {
        followed.put(bucket, hash, length: length)
    }

    mutating func removeMember(_ bucket: Int, _ hash: UInt64) { followed.remove(bucket, hash) }

    /// Takes the bound over from the members that are followed.
    mutating func takeBound(_ bucket: Int) {
        buckets[bucket].sum = UInt32(clamping: followed.bound(bucket))
        buckets[bucket].longest = 0
        buckets[bucket].count = .max
        check(bucket)
        if buckets[bucket].isSuspect { stopFollowing(bucket) }
    }

    mutating func stopFollowing(_ bucket: Int) {
        followed.end(bucket)
        buckets[bucket].isFollowed = false
    }

    // MARK: Keys made out of others

    mutating func link(_ from: Int, _ to: Int) {
        guard from != to, !isLinkListFull else { return }
        links.insert(UInt64(to) << 32 | UInt64(from))
        isLinkListFull = links.count >= Self.maximumLinks
    }

    /// Counts a key of an RDB part.
    mutating func note(key: [UInt8], payload: Int, database: Int) {
        let (bucket, _) = use(key.withUnsafeBytes { ByteHash.hash($0) }, database: database)
        buckets[bucket].add(bytes: payload, longest: 0, elements: 0)
        buckets[bucket].note(.mixed)
        buckets[bucket].count = .max
        check(bucket)
    }

    // MARK: The result

    /// The keys that have to be replayed; nil where no value can have grown over the limit.
    func suspects() -> Suspects? {
        var marks = [Bool](repeating: false, count: 1 << Self.bits)
        var found = (0..<1 << Self.bits).filter { buckets[$0].isSuspect }
        guard !found.isEmpty else { return nil }
        for bucket in found { marks[bucket] = true }
        var sources: [Int: [Int]] = [:]
        for link in links { sources[Int(link >> 32), default: []].append(Int(link & 0xFFFF_FFFF)) }
        while let bucket = found.popLast() {
            for source in sources[bucket] ?? [] where !marks[source] {
                marks[source] = true
                found.append(source)
            }
        }
        return Suspects(marks: marks, isIncomplete: isLinkListFull)
    }

    /// The keys of some buckets.
    struct Suspects {
        fileprivate let marks: [Bool]
        /// Whether keys may be missing whose values went into those of others.
        let isIncomplete: Bool

        func contains(_ hash: UInt64) -> Bool { marks[GrowthScreen.bucket(hash)] }
    }
}
