import CLibrary

/// A set of records found by key: the keyspace of a shard, the fields of a hash, the members of a set.
///
/// Buckets of one cache line, chained where one overflows. The table grows and shrinks by moving one bucket at each
/// insertion or removal into a second array, so no operation on a table of millions ever takes long; while that goes
/// on, a record stands in exactly one of the two. The table owns its buckets and not the records.
struct HashTable: ~Copyable {
    /// How many records there are.
    private(set) var count = 0
    private var buckets: BucketArray
    /// The array that is being emptied, bucket by bucket; without a bucket where that is done.
    private var old = BucketArray()
    private var emptied = 0

    /// Above six records a bucket the table doubles; at fewer than one it halves.
    private static let growAbove = 6
    private static let shrinkBelow = 1
    private static let smallest = 1

    /// The place of a record in its bucket: valid until the table next changes.
    typealias Slot = UnsafeMutablePointer<Record>

    init(minimumCapacity: Int = 0) {
        var count = Self.smallest
        while count * Self.growAbove < minimumCapacity { count *= 2 }
        buckets = BucketArray(count: count)
    }

    deinit {
        Self.releaseChains(of: buckets, from: 0)
        Self.releaseChains(of: old, from: emptied)
    }

    private static func releaseChains(of array: borrowing BucketArray, from first: Int) {
        for index in first..<array.count {
            var next = array[index].next
            while let bucket = next {
                next = bucket.next
                BucketArray.release(bucket)
            }
        }
    }

    /// Bytes that the table itself takes, without the records and the chains.
    var allocatedBytes: Int { (buckets.count + old.count) * Bucket.size }
}

// MARK: - Finding

extension HashTable {
    /// The place of the record with this key.
    ///
    /// O(1).
    @inline(__always)
    func slot(_ key: ByteView, hash: UInt64) -> Slot? {
        if let slot = Self.slot(key, hash: hash, from: buckets.bucket(of: hash)) { return slot }
        if !isResizing { return nil }
        return Self.slot(key, hash: hash, from: old.bucket(of: hash))
    }

    /// The record with this key.
    ///
    /// O(1).
    @inline(__always)
    func find(_ key: ByteView, hash: UInt64) -> Record? { slot(key, hash: hash)?.pointee }

    /// The record with this key.
    ///
    /// O(1).
    @inline(__always)
    func find(_ key: ByteView) -> Record? { find(key, hash: KeyHash.hash(key)) }

    @inline(__always)
    private static func slot(_ key: ByteView, hash: UInt64, from first: Bucket) -> Slot? {
        let tag = Bucket.tag(of: hash)
        var bucket = first
        while true {
            var matches = bucket.matches(tag)
            while matches != 0 {
                let index = matches.trailingZeroBitCount / 8
                if bucket.record(at: index).key == key { return slot(index, of: bucket) }
                matches &= matches &- 1
            }
            guard let next = bucket.next else { return nil }
            bucket = next
        }
    }

    /// A bucket's words are records' addresses, and a `Record` is one word.
    @inline(__always)
    private static func slot(_ index: Int, of bucket: Bucket) -> Slot {
        UnsafeMutableRawPointer(bucket.address + index + 1).assumingMemoryBound(to: Record.self)
    }
}

// MARK: - Looking ahead

extension HashTable {
    /// Asks for the bucket that a record with this hash would stand in.
    @inline(__always)
    func prefetchBucket(of hash: UInt64) { clibrary_prefetch(buckets.bucket(of: hash).address) }

    /// Asks for the record that is likely to have this hash; its bucket should have been asked for before.
    @inline(__always)
    func prefetchRecord(of hash: UInt64) {
        let bucket = buckets.bucket(of: hash)
        let matches = bucket.matches(Bucket.tag(of: hash))
        guard matches != 0 else { return }
        let record = bucket.record(at: matches.trailingZeroBitCount / 8)
        clibrary_prefetch(record.address)
        clibrary_prefetch(record.address + Bucket.size)
    }
}

// MARK: - Inserting and removing

extension HashTable {
    /// Adds a record whose key is not there yet.
    ///
    /// O(1); moves at most two buckets of a table that is being resized.
    @inline(__always)
    mutating func insert(_ record: Record, hash: UInt64) {
        assert(find(record.key, hash: hash) == nil)
        if isResizing {
            step()
        } else if count >= buckets.count * Self.growAbove {
            resize(to: buckets.count * 2)
        }
        Self.append(record, tag: Bucket.tag(of: hash), to: buckets.bucket(of: hash))
        count += 1
    }

    /// Takes the record with this key out and hands it over to be freed.
    ///
    /// O(1).
    @discardableResult
    mutating func remove(_ key: ByteView, hash: UInt64) -> Record? {
        guard let record = takeOut(key, hash: hash) else { return nil }
        count -= 1
        if isResizing {
            step()
            // A table that shrinks has fewer records to be removed than buckets to be moved.
            if old.count > buckets.count { step() }
        } else if buckets.count > Self.smallest && count < buckets.count * Self.shrinkBelow {
            resize(to: buckets.count / 2)
        }
        return record
    }

    private mutating func takeOut(_ key: ByteView, hash: UInt64) -> Record? {
        if let record = Self.takeOut(key, hash: hash, from: buckets.bucket(of: hash)) { return record }
        return isResizing ? Self.takeOut(key, hash: hash, from: old.bucket(of: hash)) : nil
    }

    private static func append(_ record: Record, tag: UInt8, to first: Bucket) {
        var bucket = first
        while let next = bucket.next { bucket = next }
        if bucket.count == Bucket.slots {
            let next = BucketArray.single()
            bucket.chain(to: next)
            bucket = next
        }
        bucket.store(record, tag: tag, at: bucket.count)
    }

    private static func takeOut(_ key: ByteView, hash: UInt64, from first: Bucket) -> Record? {
        guard let slot = slot(key, hash: hash, from: first) else { return nil }
        let record = slot.pointee
        var previous: Bucket?
        var last = first
        while let next = last.next {
            previous = last
            last = next
        }
        closeGap(at: slot, from: first, with: last)
        if let previous, last.count == 0 {
            previous.unchain()
            BucketArray.release(last)
        }
        return record
    }

    /// Fills a gap with the last record of the chain, so that records stand together at the front.
    private static func closeGap(at slot: Slot, from first: Bucket, with last: Bucket) {
        var holder = first
        while true {
            let begin = self.slot(0, of: holder)
            if slot >= begin && slot < begin + Bucket.slots { break }
            guard let next = holder.next else { preconditionFailure("the slot is not of this chain") }
            holder = next
        }
        let final = last.count - 1
        holder.store(last.record(at: final), tag: last.tag(at: final), at: slot - self.slot(0, of: holder))
        last.clear(slot: final)
    }
}

// MARK: - Resizing

extension HashTable {
    /// Whether records are being moved to an array of another size.
    var isResizing: Bool { old.count > 0 }

    private mutating func resize(to count: Int) {
        var array = BucketArray(count: count)
        swap(&array, &buckets)
        old = consume array
        emptied = 0
        step()
    }

    /// Moves one bucket's records.
    ///
    /// Callers with time to spare go on until `isResizing` is false.
    mutating func step() {
        guard isResizing else { return }
        let first = old[emptied]
        var next: Bucket? = first
        var isChained = false
        while let bucket = next {
            for index in 0..<bucket.count {
                let record = bucket.record(at: index)
                let hash = KeyHash.hash(record.key)
                Self.append(record, tag: bucket.tag(at: index), to: buckets.bucket(of: hash))
            }
            next = bucket.next
            if isChained { BucketArray.release(bucket) }
            isChained = true
        }
        first.empty()
        emptied += 1
        if emptied == old.count {
            old = BucketArray()
            emptied = 0
        }
    }
}

// MARK: - Going through

extension HashTable {
    /// Visits every record once.
    ///
    /// The table must not change meanwhile; the records' values may.
    func forEach(_ body: (Record) -> Void) {
        for index in 0..<buckets.count { Self.visit(buckets[index], body) }
        for index in emptied..<old.count { Self.visit(old[index], body) }
    }

    @inline(__always)
    private static func visit(_ first: Bucket, _ body: (Record) -> Void) {
        var next: Bucket? = first
        while let bucket = next {
            for index in 0..<bucket.count { body(bucket.record(at: index)) }
            next = bucket.next
        }
    }

    /// Visits the records of one step of a scan and returns the cursor of the next, 0 at the end.
    ///
    /// The cursor counts through the bits of a bucket's index from the highest down, as Redis' own tables do: a bucket
    /// of a table is split by doubling into buckets whose cursors lie together, and joined by halving, so a record that
    /// is there from the first step to the last is visited at least once however often the table is resized between.
    func scan(_ cursor: UInt64, _ body: (Record) -> Void) -> UInt64 {
        guard isResizing else {
            Self.visit(buckets[Int(truncatingIfNeeded: cursor) & (buckets.count - 1)], body)
            return Self.following(cursor, mask: UInt64(buckets.count - 1))
        }
        let smallMask = UInt64(min(old.count, buckets.count) - 1)
        let largeMask = UInt64(max(old.count, buckets.count) - 1)
        let oldIsSmall = old.count < buckets.count
        var cursor = cursor
        let small = Int(truncatingIfNeeded: cursor & smallMask)
        Self.visit(oldIsSmall ? old[small] : buckets[small], body)
        repeat {
            let large = Int(truncatingIfNeeded: cursor & largeMask)
            Self.visit(oldIsSmall ? buckets[large] : old[large], body)
            cursor = Self.following(cursor, mask: largeMask)
        } while cursor & (smallMask ^ largeMask) != 0
        return cursor
    }

    /// Adds one to the masked bits of `cursor`, read from the highest to the lowest.
    private static func following(_ cursor: UInt64, mask: UInt64) -> UInt64 {
        ((cursor | ~mask).bitReversed &+ 1).bitReversed
    }

    /// A record by chance, as Redis picks one: a bucket that is not empty, then one of its records.
    func random(using generator: inout some RandomNumberGenerator) -> Record? {
        guard count > 0 else { return nil }
        while true {
            let index = Int.random(in: 0..<(buckets.count + old.count), using: &generator)
            let first = index < buckets.count ? buckets[index] : old[index - buckets.count]
            let chosen = Self.chainCount(first)
            if chosen > 0 { return Self.record(Int.random(in: 0..<chosen, using: &generator), from: first) }
        }
    }

    private static func chainCount(_ first: Bucket) -> Int {
        var count = 0
        visit(first) { _ in count += 1 }
        return count
    }

    private static func record(_ place: Int, from first: Bucket) -> Record {
        var bucket = first
        var place = place
        while place >= bucket.count {
            place -= bucket.count
            guard let next = bucket.next else { preconditionFailure("the chain is shorter than counted") }
            bucket = next
        }
        return bucket.record(at: place)
    }
}

// MARK: - Invariants

extension HashTable {
    /// Traps where a record is counted wrongly, stands in a bucket that is not its own, or is not found.
    func checkInvariants() {
        var seen = 0
        for index in 0..<buckets.count { seen += check(buckets[index], index, of: buckets.count) }
        for index in 0..<old.count {
            let found = check(old[index], index, of: old.count)
            precondition(index >= emptied || found == 0, "an emptied bucket has records")
            seen += found
        }
        precondition(seen == count, "\(seen) records are counted as \(count)")
    }

    private func check(_ first: Bucket, _ index: Int, of buckets: Int) -> Int {
        var seen = 0
        Self.visit(first) { record in
            let hash = KeyHash.hash(record.key)
            precondition(Int(truncatingIfNeeded: hash) & (buckets - 1) == index, "a record in another's bucket")
            precondition(find(record.key, hash: hash)?.address == record.address, "a record that is not found")
            seen += 1
        }
        return seen
    }
}

extension UInt64 {
    /// The bits in the opposite order.
    fileprivate var bitReversed: UInt64 {
        var bits = byteSwapped
        bits = (bits >> 4) & 0x0F0F_0F0F_0F0F_0F0F | (bits & 0x0F0F_0F0F_0F0F_0F0F) << 4
        bits = (bits >> 2) & 0x3333_3333_3333_3333 | (bits & 0x3333_3333_3333_3333) << 2
        return (bits >> 1) & 0x5555_5555_5555_5555 | (bits & 0x5555_5555_5555_5555) << 1
    }
}
