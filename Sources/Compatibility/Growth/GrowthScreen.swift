internal import CLibrary
import Glibc

/// Finds out, in memory that does not depend on the trace, which keys may have grown over the limit.
///
/// Every key falls into one of many buckets by its hash (``BucketDivision``), and each bucket has an upper bound of the payload of each of its
/// keys (``GrowthBucket``). A key that is alone in its bucket gets smaller by what surely makes it so: DEL, SET, a pop, a
/// trim. A set, hash or sorted set that nears the limit is known member by member (``DistinctMembers``), so that what is
/// written again and again counts once. Where the bound stays under the limit, no key of the bucket can be over it. The keys of the other buckets are
/// followed exactly by whoever uses the screen (``GrowthWatch``).
struct GrowthScreen: ~Copyable {
    private static let maximumLinks = 100_000
    /// From this part of the limit on the members of a key are told apart.
    private static let distinctPart = 8

    // The first property: with another one before it Swift 6.3 does not compile this for the thread sanitizer.
    let buckets: UnsafeMutablePointer<GrowthBucket>
    let division: BucketDivision
    /// Bytes of the whole input before the file that is read.
    var fileStart = 0
    private var distinct = DistinctMembers()
    /// From the bucket of a key to one whose values went into it (RENAME, SUNIONSTORE).
    private var links: Set<UInt64> = []
    private(set) var isLinkListFull = false
    private var scratch: [UInt8] = []
    private let limit: Int
    /// The buckets that were over the limit once.
    private var suspected: [Int] = []
    /// How many buckets are followed.
    private(set) var followedCount = 0

    /// How often all keys were deleted.
    private var epoch = 0
    /// The database of the first key, and whether there was another one.
    private var database: Int?
    private var hasSeveralDatabases = false
    /// Whether there was a command that looks for an element of a list.
    private(set) var hasSoughtElements = false

    // MARK: What the last command asks for

    /// Whether the last command wants more than counting; the rest says what.
    private(set) var isEventful = false
    /// Whether it has keys that are followed.
    private(set) var touchesFollowed = false
    /// Buckets whose bound it brought over the limit for the first time.
    private(set) var newSuspects: [Int] = []
    /// All buckets of a command that makes values out of others, where some are followed and some are not: it is not
    /// counted until that is settled.
    private(set) var halfFollowed: [Int] = []

    init(limit: Int, division: BucketDivision) {
        self.limit = limit
        self.division = division
        // Zeroed by the system, and only where it is used: a small input touches few pages.
        guard let bytes = calloc(division.count, MemoryLayout<GrowthBucket>.stride) else {
            preconditionFailure("no memory for \(division.count) buckets")
        }
        buckets = bytes.bindMemory(to: GrowthBucket.self, capacity: division.count)
        if division.isLarge { Self.populate(bytes, division.count * MemoryLayout<GrowthBucket>.stride) }
    }

    /// Asks for all pages at once instead of one by one, each twice (first to be read as zeros); where the system cannot do
    /// that (Linux 5.14 and later can), they come as they are touched.
    private static func populate(_ start: UnsafeMutableRawPointer, _ count: Int) {
        let page = sysconf(CInt(_SC_PAGESIZE))
        let first = start.alignedUp(toMultipleOf: page)
        let populateForWriting: CInt = 23
        madvise(first, (start + count).alignedDown(toMultipleOf: page) - first, populateForWriting)
    }

    deinit { free(buckets) }

    /// Forgets what the command before asked for.
    @inline(__always)
    mutating func begin() {
        guard isEventful else { return }
        isEventful = false
        touchesFollowed = false
        newSuspects.removeAll(keepingCapacity: true)
        halfFollowed.removeAll(keepingCapacity: true)
    }

    /// Notes a command on all keys of a database or more.
    mutating func touchAll() {
        guard followedCount > 0 else { return }
        touchesFollowed = true
        isEventful = true
    }

    /// Notes that all keys are deleted, or those of one database.
    mutating func flush(_ database: Int?) {
        if database == nil || !hasSeveralDatabases && database == self.database { epoch += 1 }
        touchAll()
    }

    /// Notes that keys are in other databases than their commands say: none of them is emptied alone from here on.
    mutating func noteSeveralDatabases() { hasSeveralDatabases = true }

    @inline(never)
    private mutating func noteDatabase(_ number: Int) {
        if database != nil { noteSeveralDatabases() }
        database = database ?? number
    }

    /// Forgets what a bucket had before all keys were deleted.
    @inline(never)
    private mutating func renew(_ bucket: Int) {
        if !buckets[bucket].isFollowed { forgetMembers(bucket) }
        buckets[bucket].renew(epoch)
    }

    /// Brings the bucket of a command's first key near the processor: it is rarely in a cache, since there are many.
    @inline(__always)
    func foresee(_ request: Request) {
        guard request.count > 1 else { return }
        clibrary_prefetch(buckets + division.bucket(ByteHash.hash(request.text(1))))
    }

    mutating func noteSoughtElement() { hasSoughtElements = true }

    // MARK: Buckets

    /// The bucket of a key, and whether no other key uses it.
    ///
    /// Two keys that agree in 50 bits of their hashes are taken for one.
    @inline(__always)
    mutating func use(_ request: Request, _ index: Int, _ place: Place) -> (bucket: Int, isAlone: Bool) {
        let (bucket, isAlone) = enter(hash(request, index), place)
        if buckets[bucket].isFollowed {
            touchesFollowed = true
            isEventful = true
        } else if !isAlone, buckets[bucket].isDistinct {
            forgetMembers(bucket)
        }
        return (bucket, isAlone)
    }

    /// Lets a key use its bucket.
    @inline(__always)
    private mutating func enter(_ hash: UInt64, _ place: Place) -> (bucket: Int, isAlone: Bool) {
        let bucket = division.bucket(hash)
        if place.database != database { noteDatabase(place.database) }
        if buckets[bucket].epoch != epoch { renew(bucket) }
        return (bucket, buckets[bucket].use(Self.tag(hash, place.database), place, fileStart: fileStart))
    }

    /// The same as ``use(_:_:_:)`` for a key whose bound is to be changed; nil where it is followed and has none.
    @inline(__always)
    mutating func bound(_ request: Request, _ index: Int, _ place: Place) -> (bucket: Int, isAlone: Bool)? {
        let (bucket, isAlone) = use(request, index, place)
        return buckets[bucket].isFollowed ? nil : (bucket, isAlone)
    }

    @inline(__always)
    private static func tag(_ hash: UInt64, _ database: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: hash) &+ UInt32(truncatingIfNeeded: database) &* 0x9E37_79B1 | 1
    }

    @inline(__always)
    mutating func hash(_ request: Request, _ index: Int) -> UInt64 {
        request.withBytes(index, &scratch) { ByteHash.hash($0) }
    }

    /// To be called after anything that may have raised a bucket's bound by adding to a value.
    @inline(__always)
    mutating func check(_ bucket: Int) {
        if buckets[bucket].bound > limit, buckets[bucket].sum > 0 { suspect(bucket) }
    }

    /// Notes that a bucket's keys may be over the limit.
    @inline(never)
    mutating func suspect(_ bucket: Int) {
        guard !buckets[bucket].isSuspect else { return }
        buckets[bucket].isSuspect = true
        suspected.append(bucket)
        newSuspects.append(bucket)
        isEventful = true
    }

    // MARK: Members

    /// Whether members that are put into a bucket are to be told apart.
    @inline(__always)
    mutating func isDistinct(_ bucket: Int, isAlone: Bool) -> Bool {
        if buckets[bucket].isDistinct { return true }
        guard isAlone, buckets[bucket].bound > limit / Self.distinctPart, !buckets[bucket].isSuspect, distinct.hasRoom
        else { return false }
        buckets[bucket].distinct = distinct.begin(base: buckets[bucket].bound)
        return true
    }

    mutating func putMember(_ bucket: Int, _ hash: UInt64, length: Int) {
        distinct.put(buckets[bucket].distinct, hash, length: length)
    }

    mutating func removeMember(_ bucket: Int, _ hash: UInt64) { distinct.remove(buckets[bucket].distinct, hash) }

    /// Takes the bound over from the members.
    mutating func takeBound(_ bucket: Int) {
        buckets[bucket].sum = UInt32(clamping: distinct.bound(buckets[bucket].distinct))
        buckets[bucket].longest = 0
        buckets[bucket].count = .max
        check(bucket)
        if buckets[bucket].isSuspect { forgetMembers(bucket) }
    }

    /// Goes on with the bound alone.
    mutating func forgetMembers(_ bucket: Int) {
        guard buckets[bucket].isDistinct else { return }
        distinct.end(buckets[bucket].distinct)
        buckets[bucket].distinct = 0
    }

    // MARK: Keys made out of others

    mutating func link(_ from: Int, _ to: Int) {
        guard from != to, !isLinkListFull else { return }
        links.insert(UInt64(to) << 32 | UInt64(from))
        isLinkListFull = links.count >= Self.maximumLinks
    }

    /// Whether a command that makes a value out of others can be counted; if not, its buckets are noted.
    mutating func agree(_ all: [Int]) -> Bool {
        let followed = all.count { buckets[$0].isFollowed }
        guard followed > 0, followed < all.count else { return true }
        halfFollowed = all
        isEventful = true
        return false
    }

    /// Counts a key of an RDB part.
    mutating func note(key: [UInt8], payload: Int, database: Int) {
        var place = Place()
        place.database = database
        let (bucket, _) = enter(key.withUnsafeBytes { ByteHash.hash($0) }, place)
        buckets[bucket].origin = GrowthOrigin(position: fileStart, isStored: true)
        buckets[bucket].add(bytes: payload, longest: 0, elements: 0)
        buckets[bucket].note(.mixed)
        buckets[bucket].count = .max
    }

    // MARK: Following

    /// The buckets with those whose values went into theirs, directly or through others.
    func closure(of first: [Int]) -> [Int] {
        guard !links.isEmpty else { return first }
        var sources: [Int: [Int]] = [:]
        for link in links { sources[Int(link >> 32), default: []].append(Int(link & 0xFFFF_FFFF)) }
        var found = Set(first)
        var open = first
        while let bucket = open.popLast() {
            for source in sources[bucket] ?? [] where found.insert(source).inserted { open.append(source) }
        }
        return Array(found)
    }

    mutating func follow(_ bucket: Int) {
        guard !buckets[bucket].isFollowed else { return }
        forgetMembers(bucket)
        buckets[bucket].isFollowed = true
        if !buckets[bucket].isSuspect { suspected.append(bucket) }
        buckets[bucket].isSuspect = true
        followedCount += 1
    }

    /// Goes back to a bound for keys that were followed and have so many bytes at most.
    mutating func lose(_ bucket: Int, payload: Int) {
        guard buckets[bucket].isFollowed else { return }
        followedCount -= 1
        buckets[bucket].isFollowed = false
        buckets[bucket].isShared = true
        buckets[bucket].kind = .mixed
        (buckets[bucket].sum, buckets[bucket].longest, buckets[bucket].count) = (UInt32(clamping: payload), 0, .max)
    }

    /// The buckets that are followed.
    func followed() -> [Int] { suspected.filter { buckets[$0].isFollowed } }

    /// The buckets that should have been followed and are not.
    func suspects() -> [Int] { suspected.filter { !buckets[$0].isFollowed } }
}
