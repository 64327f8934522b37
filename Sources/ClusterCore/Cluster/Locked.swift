/// A value that one thread at a time may touch.
///
/// On a POSIX mutex as ``ShardLock``, not the standard library's `Mutex`: the thread sanitizer sees that one only where
/// nobody waits for it, and takes two threads that met there for a race.
///
/// Sendable, unchecked: the value is reached under the lock alone.
struct Locked<Value>: ~Copyable, @unchecked Sendable {
    private let lock = ShardLock()
    private let value: UnsafeMutablePointer<Value>

    init(_ value: sending Value) {
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Runs `body` with the value while nobody else has it.
    func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value.pointee)
    }
}
