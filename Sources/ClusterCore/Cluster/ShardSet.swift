import CommandCatalog

/// The shards of a cluster, at addresses that stay for its life.
///
/// A handle: it is copied into every call.
///
/// Sendable, unchecked: a shard's state is touched only by the holder of its lock, which `Shard` demands of every
/// caller.
struct ShardSet: @unchecked Sendable {
    typealias Reference = UnsafeMutablePointer<Shard>

    private let start: Reference
    /// The locks stand apart from what they guard: to take one is not to touch the shard.
    private let locks: UnsafeMutablePointer<ShardLock>
    /// What is written to where a shard's writes are logged.
    private let logs: UnsafeMutablePointer<WriteLog>
    let count: Int

    /// Makes `count` empty shards.
    static func make(count: Int) -> ShardSet {
        precondition(count > 0 && count <= HashSlot.count)
        let start = Reference.allocate(capacity: count)
        let locks = UnsafeMutablePointer<ShardLock>.allocate(capacity: count)
        let logs = UnsafeMutablePointer<WriteLog>.allocate(capacity: count)
        for index in 0..<count {
            (start + index).initialize(to: Shard())
            (locks + index).initialize(to: ShardLock())
            (logs + index).initialize(to: WriteLog())
        }
        return ShardSet(start: start, locks: locks, logs: logs, count: count)
    }

    private init(
        start: Reference, locks: UnsafeMutablePointer<ShardLock>, logs: UnsafeMutablePointer<WriteLog>, count: Int
    ) {
        self.start = start
        self.locks = locks
        self.logs = logs
        self.count = count
    }

    /// Ends the shards.
    ///
    /// No call may be under way, and no copy of the handle be used again.
    func destroy() {
        start.deinitialize(count: count)
        start.deallocate()
        locks.deinitialize(count: count)
        locks.deallocate()
        logs.deinitialize(count: count)
        logs.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Reference {
        precondition(index >= 0 && index < count, "shard \(index) of \(count)")
        return start + index
    }

    /// The log of a shard, whether it is written to or not.
    func log(of index: Int) -> UnsafeMutablePointer<WriteLog> {
        precondition(index >= 0 && index < count, "shard \(index) of \(count)")
        return logs + index
    }

    /// Which shard a key lives on.
    @inline(__always)
    func index(of key: ByteView) -> Int {
        count == 1 ? 0 : HashSlot(ofKey: key.raw).shard(of: count)
    }

    /// The shard that a key lives on.
    @inline(__always)
    func shard(of key: ByteView) -> Reference { start + index(of: key) }

    /// Waits until nobody else is at a shard.
    @inline(__always)
    func lock(_ index: Int) {
        precondition(index >= 0 && index < count, "shard \(index) of \(count)")
        locks[index].lock()
    }

    /// Lets others at a shard.
    @inline(__always)
    func unlock(_ index: Int) {
        precondition(index >= 0 && index < count, "shard \(index) of \(count)")
        locks[index].unlock()
    }
}
