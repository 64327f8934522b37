import Synchronization

/// Whether the keys that one connection watches are as it saw them.
///
/// Broken by the command that changes one, on whatever event loop that runs; read by the connection's own EXEC.
final class WatchState: Sendable {
    private let broken = Atomic(false)

    var isBroken: Bool { broken.load(ordering: .acquiring) }

    func breakIt() { broken.store(true, ordering: .releasing) }

    func reset() { broken.store(false, ordering: .releasing) }
}

/// The watched keys of a shard, and who watches them.
struct WatchTable: ~Copyable {
    private var table = HashTable()

    private typealias Place = UnsafeMutablePointer<Watchers>

    deinit {
        table.forEach { record in
            Self.watchers(of: record).deinitialize(count: 1).deallocate()
            record.free()
        }
    }

    /// Whether nobody watches any key: the one thing a write looks at in the common case.
    @inline(__always)
    var isEmpty: Bool { table.count == 0 }

    private static func watchers(of record: Record) -> Place { record.object(as: Watchers.self) }

    /// Adds a watcher of a key; once, however often it asks; O(1).
    mutating func add(_ state: WatchState, to key: ByteView, hash: UInt64) {
        if let record = table.find(key, hash: hash) { return Self.watchers(of: record).pointee.insert(state) }
        let watchers = Place.allocate(capacity: 1)
        watchers.initialize(to: .few([state]))
        let record = Record.make(form: .string, key: key, valueCount: 0).withObject(watchers, form: .string)
        table.insert(record, hash: hash)
    }

    /// Removes a watcher of a key; O(1).
    mutating func remove(_ state: WatchState, from key: ByteView, hash: UInt64) {
        guard let record = table.find(key, hash: hash) else { return }
        let watchers = Self.watchers(of: record)
        watchers.pointee.remove(state)
        guard watchers.pointee.isEmpty else { return }
        watchers.deinitialize(count: 1).deallocate()
        table.remove(key, hash: hash)?.free()
    }

    /// Breaks the WATCH of everyone who watches a key.
    func touch(_ key: ByteView, hash: UInt64) {
        guard let record = table.find(key, hash: hash) else { return }
        Self.watchers(of: record).pointee.breakAll()
    }

    /// Breaks every WATCH of a key that `isMeant` is true of.
    func touchAll(where isMeant: (ByteView) -> Bool) {
        table.forEach { record in
            if isMeant(record.key) { Self.watchers(of: record).pointee.breakAll() }
        }
    }
}
