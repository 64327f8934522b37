/// One shard: the keys of its slots, who watches them, and which of them a transaction holds.
///
/// Everything but the lock is touched by the lock's holder alone.
struct Shard: ~Copyable {
    var keyspace = Keyspace()
    var watches = WatchTable()
    var keyLocks = KeyLocks()

    /// Tells those who watch a key that it has changed, and counts the bytes it has grown by.
    @inline(__always)
    mutating func changed(_ key: ByteView, hash: UInt64, payloadBy difference: Int) {
        keyspace.grew(by: difference)
        if !watches.isEmpty { watches.touch(key, hash: hash) }
    }

    /// Removes all keys, and breaks every WATCH of one that existed.
    mutating func removeAll() {
        keyspace.forEach { record in
            let key = record.key
            watches.touch(key, hash: KeyHash.hash(key))
        }
        keyspace.removeAll()
    }
}
