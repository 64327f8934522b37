/// The keys of one node: a table of records, their expiry, and what they weigh.
struct Keyspace: ~Copyable {
    private var table = HashTable()
    /// The payload bytes of all values, as the contract counts them.
    private(set) var payloadBytes = 0
    /// How many keys have a deadline.
    private(set) var expiringCount = 0
    /// How many keys have expired since the start.
    private(set) var expiredCount: UInt64 = 0
    /// For commands that answer by chance.
    var generator = SmallGenerator(seed: .random(in: .min ... .max))
    private var sweepCursor: UInt64 = 0
    /// Where it is told that a key has expired; nil where nobody wants to know.
    var log: UnsafeMutablePointer<WriteLog>?

    /// Buckets that a sweep moves of a table that is being resized: enough for one that nobody writes to any more, and
    /// some 200 µs at most.
    private static let idleSteps = 256
    /// Values of more than this are freed in several sweeps.
    private static let mostSweptBytes = 100_000

    /// How many keys there are; those that have expired count until they are found or swept.
    var count: Int { table.count }

    deinit {
        table.forEach { StoredValue.release($0) }
    }
}

// MARK: - Finding

extension Keyspace {
    /// The place of a record that has not expired at `now`; an expired one is removed.
    ///
    /// O(1).
    @inline(__always)
    mutating func slot(_ key: ByteView, hash: UInt64, now: Instant) -> HashTable.Slot? {
        guard let slot = table.slot(key, hash: hash) else { return nil }
        if !slot.pointee.deadline.hasPassed(at: now) { return slot }
        expire(key, hash: hash)
        return nil
    }

    @inline(never)
    private mutating func expire(_ key: ByteView, hash: UInt64) {
        if let log {
            _ = log.pointee.capture(key, hash: hash)
            KeyState.appendRemoval(of: key, to: &log.pointee)
        }
        remove(key, hash: hash)
        expiredCount += 1
    }

    /// The record of a key, whether it has expired or not.
    func find(_ key: ByteView, hash: UInt64) -> Record? { table.find(key, hash: hash) }

    /// Asks for the bucket of a key that is about to be looked for.
    @inline(__always)
    func prefetchBucket(of hash: UInt64) { table.prefetchBucket(of: hash) }

    /// Asks for the record of a key that is about to be looked for.
    @inline(__always)
    func prefetchRecord(of hash: UInt64) { table.prefetchRecord(of: hash) }

    /// Visits every record, expired ones too.
    ///
    /// The keyspace must not change meanwhile.
    func forEach(_ body: (Record) -> Void) { table.forEach(body) }

    /// Visits the records of some buckets until `body` does not take one; returns where to go on, nil at the end: the first
    /// bucket, which is 0, may be broken off as well.
    ///
    /// A bucket that is broken off is gone through again from its beginning, and records may be seen twice while the
    /// table is being resized: whoever copies knows what is copied.
    func scan(_ cursor: UInt64, buckets: Int, taking body: (Record) -> Bool) -> UInt64? {
        var cursor = cursor
        for _ in 0..<buckets {
            var isTaken = true
            let next = table.scan(cursor) { if isTaken { isTaken = body($0) } }
            guard isTaken else { return cursor }
            cursor = next
            if cursor == 0 { return nil }
        }
        return cursor
    }

    /// Visits the records of one step of a scan and returns the cursor of the next, 0 at the end.
    func scan(_ cursor: UInt64, _ body: (Record) -> Void) -> UInt64 { table.scan(cursor, body) }
}

// MARK: - Changing

extension Keyspace {
    /// Adds a record whose key is not there.
    ///
    /// Its payload is counted by whoever calls `count(payload:)`.
    @inline(__always)
    mutating func insert(_ record: Record, hash: UInt64) {
        table.insert(record, hash: hash)
        if record.deadline != Deadline.never { expiringCount += 1 }
    }

    /// Puts a record in the place of another with the same key, whose value is freed.
    mutating func replace(_ slot: HashTable.Slot, with record: Record) {
        if slot.pointee.deadline != Deadline.never { expiringCount -= 1 }
        if record.deadline != Deadline.never { expiringCount += 1 }
        StoredValue.release(slot.pointee)
        slot.pointee = record
    }

    /// Removes a record and frees its value; false where there was none.
    @discardableResult
    mutating func remove(_ key: ByteView, hash: UInt64) -> Bool {
        guard let record = table.remove(key, hash: hash) else { return false }
        if record.deadline != Deadline.never { expiringCount -= 1 }
        payloadBytes -= StoredValue.payload(of: record)
        StoredValue.release(record)
        return true
    }

    /// Counts a value's growth.
    @inline(__always)
    mutating func grew(by difference: Int) { payloadBytes += difference }

    /// Sets the instant of expiry; `Deadline.never` takes it away.
    mutating func setDeadline(_ deadline: Deadline, at slot: HashTable.Slot) {
        let old = slot.pointee.deadline
        if old == deadline { return }
        if old == Deadline.never { expiringCount += 1 }
        if deadline == Deadline.never { expiringCount -= 1 }
        slot.pointee = slot.pointee.withDeadline(deadline)
    }

    /// Removes everything.
    mutating func removeAll() {
        table.forEach { StoredValue.release($0) }
        table = HashTable()
        payloadBytes = 0
        expiringCount = 0
        sweepCursor = 0
    }
}

// MARK: - Work between requests

extension Keyspace {
    /// What a sweep has done.
    struct Swept {
        /// How many keys it has removed.
        var removed = 0
        /// Whether it has ended before its last bucket, since what it removed was large.
        var wasCutShort = false
    }

    /// Looks at the next `buckets` buckets and removes what has expired; goes on with a resizing.
    ///
    /// Ends early where much is to be freed: clients of the shard wait meanwhile.
    mutating func sweep(buckets: Int, now: Instant) -> Swept {
        for _ in 0..<min(buckets, Self.idleSteps) where table.isResizing { table.step() }
        guard expiringCount > 0 else { return Swept() }
        var dead: [Record] = []
        var bytes = 0
        var swept = Swept()
        for _ in 0..<buckets {
            sweepCursor = table.scan(sweepCursor) { record in
                guard record.deadline.hasPassed(at: now) else { return }
                dead.append(record)
                bytes += StoredValue.payload(of: record)
            }
            swept.wasCutShort = bytes > Self.mostSweptBytes
            if sweepCursor == 0 || swept.wasCutShort { break }
        }
        // A record may be seen twice where the table is being resized: it is looked up again before it is removed.
        for record in Set(dead.map(\.address)).map(Record.init(address:)) {
            let key = record.key
            expire(key, hash: KeyHash.hash(key))
        }
        swept.removed = dead.count
        return swept
    }
}
