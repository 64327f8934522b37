import Glibc

/// The lock of one shard: held for the time of a command, taken in ascending order of shards where there are several.
///
/// A POSIX mutex at an address of its own, since it must be locked and unlocked in different functions, which the
/// standard library's closure-shaped `Mutex` does not offer.
struct ShardLock: ~Copyable, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let status = pthread_mutex_init(mutex, nil)
        precondition(status == 0, "pthread_mutex_init: \(status)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    @inline(__always)
    func lock() {
        let status = pthread_mutex_lock(mutex)
        precondition(status == 0, "pthread_mutex_lock: \(status)")
    }

    @inline(__always)
    func unlock() {
        let status = pthread_mutex_unlock(mutex)
        precondition(status == 0, "pthread_mutex_unlock: \(status)")
    }
}
