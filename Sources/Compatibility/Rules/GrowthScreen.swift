import Glibc

/// Finds out, in memory that does not depend on the trace, which keys may have grown over the limit.
///
/// Every key falls into one of 2¹⁸ buckets by its hash. A bucket knows an upper bound of the payload of each of its keys:
/// everything that was ever added to any of them, and the longest value that was ever put. Where the bound stays under
/// the limit, no key of the bucket can be over it. The keys of the other buckets are replayed exactly in a second
/// reading.
struct GrowthScreen: ~Copyable {
    private struct Bucket {
        /// What was added, in bytes; stays at the largest number.
        var sum: UInt32 = 0
        /// The longest value or element that was put.
        var longest: UInt32 = 0

        var bound: Int { Int(sum) + Int(longest) }
    }

    private static let bits = 18
    private static let maximumLinks = 100_000

    private let buckets: UnsafeMutableBufferPointer<Bucket>
    /// From the bucket of a key to one whose values went into it (RENAME, SUNIONSTORE).
    private var links: Set<UInt64> = []
    private var isLinkListFull = false
    private var scratch: [UInt8] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        // Zeroed by the system, and only where it is used: a small input touches few pages.
        let bytes = calloc(1 << Self.bits, MemoryLayout<Bucket>.stride)
        let start = bytes?.bindMemory(to: Bucket.self, capacity: 1 << Self.bits)
        buckets = UnsafeMutableBufferPointer(start: start, count: start == nil ? 0 : 1 << Self.bits)
    }

    deinit { free(buckets.baseAddress) }

    @inline(__always)
    private static func bucket(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> UInt64(64 - bits))
    }

    @inline(__always)
    private mutating func bucket(_ request: Request, _ index: Int) -> Int {
        Self.bucket(request.withBytes(index, &scratch) { ByteHash.hash($0) })
    }

    /// Counts what a command may add to its keys.
    @inline(__always)
    mutating func note(_ effect: Effect, _ request: Request) {
        guard effect != .none, request.count > 2 else { return }
        switch effect {
        case .delete, .expire, .expireMilliseconds, .expireAt, .expireAtMilliseconds, .removeMembers, .removeScored,
            .removeFields, .persist, .getExpire, .trim, .removeElements, .removeByRank, .removeByScore, .removeByLex:
            return
        case .set, .setIfAbsent, .getSet: put(request, 1, request.length(2))
        case .append, .addMembers, .pushLeft, .pushRight, .setFields, .pushLeftIfPresent, .pushRightIfPresent,
            .setFieldIfAbsent:
            add(request, 1, from: 2)
        default: noteOther(effect, request)
        }
    }

    @inline(never)
    private mutating func noteOther(_ effect: Effect, _ request: Request) {
        let count = request.count
        switch effect {
        case .setExpiring, .setExpiringMilliseconds: if count > 3 { put(request, 1, request.length(3)) }
        case .setMany, .setManyIfAbsent:
            for index in stride(from: 1, to: count - 1, by: 2) { put(request, index, request.length(index + 1)) }
        case .setRange: put(request, 1, reach(request.integer(2), request.length(count - 1)))
        case .setBit: put(request, 1, reach(request.integer(2).map { $0 / 8 }, 1))
        case .addScored: add(request, 1, from: 2, extra: (count - 2) / 2 * ScoredMembers.scoreBytes)
        case .incrementScore, .incrementField: add(request, 1, from: 2, extra: 20)
        case .incrementFieldByFloat: add(request, 1, from: 2, extra: 400)
        case .insertElement, .setElement: add(request, 1, from: 3)
        case .moveMember: add(request, 2, from: 3)
        case .popPush, .moveElement, .blockingPopPush: take(request, from: 1, to: 2, wholeValue: false)
        case .rename, .renameIfAbsent, .copy: take(request, from: 1, to: 2, wholeValue: true)
        case .combineBits: for index in 3..<max(3, count) { take(request, from: index, to: 2, wholeValue: true) }
        case .unionStore, .intersectionStore, .differenceStore: takeAll(request, from: 2..<count, factor: 1)
        case .unionScored, .intersectionScored:
            let keys = min(max(request.integer(2) ?? 0, 0), max(0, count - 3))
            // A set's members get a score each: 8 bytes beside at least one.
            takeAll(request, from: 3..<3 + keys, factor: 1 + ScoredMembers.scoreBytes)
        case .sortStore:
            for index in 2..<max(2, count - 1) where request.isWord(index, "STORE") {
                take(request, from: 1, to: index + 1, wholeValue: true)
            }
        default: return
        }
    }

    private func reach(_ offset: Int?, _ length: Int) -> Int {
        guard let offset, offset >= 0, offset < 512 << 20 else { return 0 }
        return offset + length
    }

    // MARK: Buckets

    @inline(__always)
    private mutating func put(_ request: Request, _ key: Int, _ length: Int) {
        let bucket = bucket(request, key)
        let length = UInt32(clamping: length)
        if buckets[bucket].longest < length { buckets[bucket].longest = length }
    }

    @inline(__always)
    private mutating func add(_ request: Request, _ key: Int, from first: Int, extra: Int = 0) {
        var sum = extra
        var longest = 0
        for index in first..<max(first, request.count) {
            let length = request.length(index)
            sum &+= length
            longest = max(longest, length)
        }
        let bucket = bucket(request, key)
        add(sum, longest, to: bucket)
    }

    @inline(__always)
    private func add(_ sum: Int, _ longest: Int, to bucket: Int) {
        let (total, overflow) = buckets[bucket].sum.addingReportingOverflow(UInt32(clamping: sum))
        buckets[bucket].sum = overflow ? .max : total
        if buckets[bucket].longest < UInt32(clamping: longest) { buckets[bucket].longest = UInt32(clamping: longest) }
    }

    /// One element, or the whole value, of a key goes to another.
    private mutating func take(_ request: Request, from source: Int, to destination: Int, wholeValue: Bool) {
        guard destination < request.count else { return }
        let from = bucket(request, source)
        let to = bucket(request, destination)
        link(from, to)
        if wholeValue {
            buckets[to].longest = max(buckets[to].longest, UInt32(clamping: buckets[from].bound))
        } else {
            add(Int(buckets[from].longest), Int(buckets[from].longest), to: to)
        }
    }

    private mutating func takeAll(_ request: Request, from sources: Range<Int>, factor: Int) {
        let to = bucket(request, 1)
        var bound = 0
        for index in sources {
            let from = bucket(request, index)
            link(from, to)
            bound += buckets[from].bound * factor
        }
        buckets[to].longest = max(buckets[to].longest, UInt32(clamping: bound))
    }

    private mutating func link(_ from: Int, _ to: Int) {
        guard from != to, !isLinkListFull else { return }
        links.insert(UInt64(to) << 32 | UInt64(from))
        isLinkListFull = links.count >= Self.maximumLinks
    }

    /// Counts a key of an RDB part.
    mutating func note(key: [UInt8], payload: Int) {
        add(payload, payload, to: Self.bucket(key.withUnsafeBytes { ByteHash.hash($0) }))
    }

    // MARK: The result

    /// The keys that have to be replayed; nil where no value can have grown over the limit.
    func suspects() -> Suspects? {
        var marks = [Bool](repeating: false, count: 1 << Self.bits)
        var found: [Int] = []
        // A value that is too large by itself is no growth; only what was added can be.
        for index in 0..<buckets.count where buckets[index].sum > 0 && buckets[index].bound > limit {
            marks[index] = true
            found.append(index)
        }
        for link in links where buckets[Int(link >> 32)].bound > limit && !marks[Int(link >> 32)] {
            marks[Int(link >> 32)] = true
            found.append(Int(link >> 32))
        }
        guard !found.isEmpty else { return nil }
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
