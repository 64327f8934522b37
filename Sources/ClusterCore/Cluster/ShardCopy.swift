import WireFormats

/// A copy of a shard's keys as they are at one instant, made some keys at a time while the shard goes on.
///
/// Until a key is copied, whoever is about to write to it has it copied before: `Shard.keepForCopy`. Keys that others take
/// the place of, all at once, are the copy's from then on, which goes through them at its leisure.
struct ShardCopy: ~Copyable {
    /// What the keys become.
    enum Form {
        /// The keys of an RDB file.
        case file
        /// Commands that make them.
        case commands
    }

    private let form: Form
    /// What was copied to a file's form and has not been taken yet.
    private var part = RDBFileWriter.part()
    /// What was copied as commands.
    private var commands = WriteLog(isPlain: true)
    /// Where those begin.
    private let start: LogCursor
    /// The names of the keys that are copied, or that were not there at the instant.
    private var seen = HashTable()
    private var cursor: UInt64? = 0
    /// The keys themselves, where the shard has others now.
    private var detached: Keyspace?
    /// How many keys were copied.
    private(set) var keys = 0

    /// A step ends where it has copied so many bytes: nobody waits longer than for these and one more key.
    static let bytesPerStep = 64 * 1024
    private static let bucketsPerStep = 32

    init(_ form: Form) {
        self.form = form
        start = LogCursor(at: commands.end)
    }

    /// What was copied as commands so far.
    var stretch: LogStretch { LogStretch(from: start, to: commands.end) }

    deinit {
        seen.forEach { $0.free() }
    }

    /// Whether all keys are copied.
    var isComplete: Bool { cursor == nil }

    /// Copies a key that is about to change, as it is; there may be none.
    mutating func keep(_ key: ByteView, hash: UInt64, in keyspace: borrowing Keyspace) {
        guard !isComplete, detached == nil, isNew(key, hash: hash) else { return }
        if let record = keyspace.find(key, hash: hash) { append(record) }
    }

    private mutating func isNew(_ key: ByteView, hash: UInt64) -> Bool {
        guard seen.find(key, hash: hash) == nil else { return false }
        seen.insert(.make(form: .string, key: key, valueCount: 0), hash: hash)
        return true
    }

    private mutating func append(_ record: Record) {
        switch form {
        case .file: part.append(record)
        case .commands: KeyState.log(record, to: &commands)
        }
        keys += 1
    }

    /// The bytes that were copied and not taken.
    private var byteCount: Int { form == .file ? part.bytes.count : Int(commands.end.position) }

    /// Copies some keys more.
    mutating func step(through keyspace: borrowing Keyspace) {
        guard let keys = detached.take() else { return goOn(through: keyspace) }
        goOn(through: keys)
        detached = consume keys
    }

    private mutating func goOn(through keyspace: borrowing Keyspace) {
        guard let position = cursor else { return }
        let start = byteCount
        cursor = keyspace.scan(position, buckets: Self.bucketsPerStep) { record in
            guard byteCount - start < Self.bytesPerStep else { return false }
            if isNew(record.key, hash: KeyHash.hash(record.key)) { append(record) }
            return true
        }
    }

    /// Takes the keys over: others are about to take their place for good.
    ///
    /// Returns them where they are not needed any more.
    mutating func detach(_ keyspace: consuming Keyspace) -> Keyspace {
        guard !isComplete, detached == nil else { return keyspace }
        detached = consume keyspace
        return Keyspace()
    }

    /// Begins anew with what is missing: the same keys stand in another table now.
    mutating func restart() {
        if !isComplete, detached == nil { cursor = 0 }
    }

    /// Moves what was copied to a file.
    mutating func take(into file: inout RDBFileWriter) { file.append(&part) }
}

// MARK: - Making copies

extension Shard {
    /// Begins a copy as of this moment.
    mutating func beginCopy(_ form: ShardCopy.Form) {
        precondition(copy == nil, "one copy at a time")
        let copy = UnsafeMutablePointer<ShardCopy>.allocate(capacity: 1)
        copy.initialize(to: ShardCopy(form))
        self.copy = copy
        setAttention(.isCopied, true)
    }

    /// Goes on with the copy, lends it, and returns how many keys it had where it is complete, nil where it is not.
    mutating func continueCopy(_ body: (inout ShardCopy) -> Void) -> Int? {
        guard let copy else { return 0 }
        copy.pointee.step(through: keyspace)
        body(&copy.pointee)
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
}

extension RDBFileWriter {
    /// Adds a key with its value.
    mutating func append(_ record: Record) {
        // A negative deadline is left out: Redis, which takes it for none, drops such a key of a file as expired.
        append(key: record.key.raw, expiry: record.deadline.expiry) { $0.append(record) }
    }
}
