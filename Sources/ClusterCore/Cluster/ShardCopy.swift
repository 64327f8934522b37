import WireFormats

/// A copy of a shard's keys as they are at one instant, made some keys at a time while the shard goes on.
///
/// Until a key is copied, whoever is about to write to it has it copied before: `Shard.keepForCopy`.
struct ShardCopy: ~Copyable {
    /// What was copied and has not been taken yet.
    private var part = RDBFileWriter.part()
    /// The names of the keys that are copied, or that were not there at the instant.
    private var seen = HashTable()
    private var cursor: UInt64? = 0
    /// How many keys were copied.
    private(set) var keys = 0

    /// A step ends where it has copied so many bytes: nobody waits longer than for these and one more key.
    private static let bytesPerStep = 64 * 1024
    private static let bucketsPerStep = 32

    deinit {
        seen.forEach { $0.free() }
    }

    /// Whether all keys are copied.
    var isComplete: Bool { cursor == nil }

    /// Copies a key that is about to change, as it is; there may be none.
    mutating func keep(_ key: ByteView, hash: UInt64, in keyspace: borrowing Keyspace) {
        guard !isComplete, seen.find(key, hash: hash) == nil else { return }
        seen.insert(.make(form: .string, key: key, valueCount: 0), hash: hash)
        if let record = keyspace.find(key, hash: hash) { append(record) }
    }

    private mutating func append(_ record: Record) {
        part.append(record)
        keys += 1
    }

    /// Copies some keys more.
    mutating func step(through keyspace: borrowing Keyspace) {
        let start = part.bytes.count
        for _ in 0..<Self.bucketsPerStep {
            guard let position = cursor, part.bytes.count - start < Self.bytesPerStep else { return }
            var found: [Record] = []
            let next = keyspace.scan(position) { found.append($0) }
            for record in found { keep(record.key, hash: KeyHash.hash(record.key), in: keyspace) }
            cursor = next == 0 ? nil : next
        }
    }

    /// Copies all that is missing: other keys are about to take the place of these.
    mutating func finish(_ keyspace: borrowing Keyspace) {
        while !isComplete { step(through: keyspace) }
    }

    /// Moves what was copied to a file.
    mutating func take(into file: inout RDBFileWriter) { file.append(&part) }
}

// MARK: - Making copies

extension Shard {
    /// Begins a copy as of this moment.
    mutating func beginCopy() {
        precondition(copy == nil, "one copy at a time")
        let copy = UnsafeMutablePointer<ShardCopy>.allocate(capacity: 1)
        copy.initialize(to: ShardCopy())
        self.copy = copy
        setAttention(.isCopied, true)
    }

    /// Goes on with the copy, and moves what there is of it to a file; returns how many keys it had where it is
    /// complete, nil where it is not.
    mutating func continueCopy(into file: inout RDBFileWriter) -> Int? {
        guard let copy else { return 0 }
        copy.pointee.step(through: keyspace)
        copy.pointee.take(into: &file)
        return copy.pointee.isComplete ? copy.pointee.keys : nil
    }

    /// Ends the copy, complete or not, and returns it: to free it takes its time.
    mutating func endCopy() -> UnsafeMutablePointer<ShardCopy>? {
        defer { copy = nil }
        setAttention(.isCopied, false)
        return copy
    }

    /// Has a key copied as it is, before it changes.
    mutating func keepForCopy(_ key: ByteView, hash: UInt64) {
        copy?.pointee.keep(key, hash: hash, in: keyspace)
    }

    /// Has all keys copied as they are, before others take their place.
    mutating func keepAllForCopy() {
        copy?.pointee.finish(keyspace)
    }
}

extension RDBFileWriter {
    /// Adds a key with its value.
    mutating func append(_ record: Record) {
        // A negative deadline is left out: Redis, which takes it for none, drops such a key of a file as expired.
        append(key: record.key.raw, expiry: record.deadline.expiry) { $0.append(record) }
    }
}
