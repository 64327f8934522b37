/// One shard: the keys of its slots, who watches them, and which of them a transaction holds.
///
/// Everything but the lock is touched by the lock's holder alone.
struct Shard: ~Copyable {
    /// What a command has to look at before it runs; empty for most shards most of the time, and the one thing that a
    /// command on such a shard looks at.
    private(set) var attention: Attention = []
    var keyspace = Keyspace()
    var watches = WatchTable()
    private var keyLocks = KeyLocks()
    /// Set by whatever changes a key: whoever wants to know clears it first.
    var isDirty = false

    /// The bytes that the keys may take; see `usedBytes`.
    private(set) var memoryLimit = Int.max

    /// What a key takes beside its value, about: its name, its record and its place in the table.
    static let bytesPerKey = 96

    /// Counts how often other keys were put in the place of these: whoever walks through them ends where it changes.
    private(set) var generation = 0

    /// While a copy of the keys is being made, as they were at one instant.
    var copy: UnsafeMutablePointer<ShardCopy>?

    /// Why commands cannot run at once.
    struct Attention: OptionSet {
        let rawValue: UInt8
        /// Transactions hold keys.
        static let keysAreHeld = Attention(rawValue: 1)
        /// What commands change is logged: there are replicas or a file.
        static let isLogged = Attention(rawValue: 2)
        /// There is no primary.
        static let isDown = Attention(rawValue: 4)
        /// The primary hangs.
        static let isHanging = Attention(rawValue: 8)
        /// No write is taken: the log cannot be written.
        static let refusesWrites = Attention(rawValue: 16)
        /// There is a limit of memory.
        static let hasMemoryLimit = Attention(rawValue: 32)
        /// A copy is being made, which needs keys before they change.
        static let isCopied = Attention(rawValue: 64)
    }

    /// Tells those who watch a key that it has changed, and counts the bytes it has grown by.
    @inline(__always)
    mutating func changed(_ key: ByteView, hash: UInt64, payloadBy difference: Int) {
        keyspace.grew(by: difference)
        isDirty = true
        if !watches.isEmpty { watches.touch(key, hash: hash) }
    }

    /// Removes all keys, and breaks every WATCH of one that existed.
    ///
    /// Returns them: to free them takes its time.
    mutating func removeAll() -> Keyspace {
        breakWatches()
        logRemovalOfAll()
        return giveToCopy(swapKeys(Keyspace()))
    }

    /// Keys that were removed for good, or none where a copy still needs them.
    private mutating func giveToCopy(_ keys: consuming Keyspace) -> Keyspace {
        guard let copy else { return keys }
        return copy.pointee.detach(keys)
    }

    private func logRemovalOfAll() {
        guard let log = keyspace.log else { return }
        log.pointee.beginCommand(arguments: 1)
        log.pointee.append("FLUSHALL")
    }

    /// Puts other keys in the place of all, which `commands` make, logs that, and returns the old ones: to free them takes
    /// its time.
    mutating func replaceAll(with other: consuming Keyspace, _ commands: LogStretch) -> Keyspace {
        breakWatches()
        logRemovalOfAll()
        keyspace.log?.pointee.append(commands)
        return exchange(other)
    }

    /// Breaks every WATCH of a key that exists; O(watched keys).
    func breakWatches() {
        watches.touchAll { keyspace.find($0, hash: KeyHash.hash($0)) != nil }
    }

    /// Begins to log what changes the keys, or ends it.
    mutating func setLog(_ log: UnsafeMutablePointer<WriteLog>?) {
        keyspace.log = log
        setAttention(.isLogged, log != nil)
    }

    /// Puts other keys in the place of these, which are returned to be freed; who watches a key is told.
    mutating func exchange(_ other: consuming Keyspace) -> Keyspace {
        watches.touchAll { _ in true }
        generation += 1
        return giveToCopy(swapKeys(other))
    }

    /// Puts the same keys in the place of these, which are returned to be used; who watches a key is told.
    mutating func exchange(withEqual other: consuming Keyspace) -> Keyspace {
        watches.touchAll { _ in true }
        generation += 1
        copy?.pointee.restart()
        return swapKeys(other)
    }

    private mutating func swapKeys(_ other: consuming Keyspace) -> Keyspace {
        other.log = keyspace.log
        // The chances are the shard's, whichever keys it has.
        other.generator = keyspace.generator
        swap(&keyspace, &other)
        other.log = nil
        return other
    }

    /// The bytes that snapshots of the keys take.
    var snapshotBytes = 0

    /// The bytes that the keys and their snapshots take, about: those of the values and a fixed number a key.
    var usedBytes: Int { keyBytes + snapshotBytes }

    /// The bytes that the keys alone take, about.
    var keyBytes: Int { keyspace.payloadBytes + keyspace.count * Self.bytesPerKey }

    /// Refuses commands that need memory while the keys take more than so many bytes.
    mutating func setMemoryLimit(_ bytes: Int) {
        memoryLimit = bytes
        setAttention(.hasMemoryLimit, true)
    }

    /// Adds something to look at before commands, or takes it away.
    mutating func setAttention(_ reason: Attention, _ isOn: Bool) {
        if isOn { attention.insert(reason) } else { attention.remove(reason) }
    }
}

// MARK: - Keys held by transactions

extension Shard {
    /// How many keys are held.
    var heldKeyCount: Int { keyLocks.count }

    /// Whether a key is held by someone else than `owner`.
    @inline(__always)
    func isHeld(_ key: ByteView, hash: UInt64, byOtherThan owner: KeyLocks.Owner) -> Bool {
        !keyLocks.isEmpty && keyLocks.isHeld(key, hash: hash, byOtherThan: owner)
    }

    /// Takes a key that nobody else holds; true where it was not held by `owner` already.
    mutating func takeKey(_ key: ByteView, hash: UInt64, for owner: KeyLocks.Owner) -> Bool {
        setAttention(.keysAreHeld, true)
        return keyLocks.take(key, hash: hash, for: owner)
    }

    /// Lets a key go that `owner` holds.
    mutating func releaseKey(_ key: ByteView, hash: UInt64, by owner: KeyLocks.Owner) {
        keyLocks.release(key, hash: hash, by: owner)
        setAttention(.keysAreHeld, !keyLocks.isEmpty)
    }
}
