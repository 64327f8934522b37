import Glibc

/// The lock of one shard: held for the time of a command, taken in ascending order of shards where there are several.
///
/// It is held for some 100 ns, so a thread that meets it taken spins for a moment before it sleeps: to be woken costs
/// fifty times as much.
///
/// A POSIX mutex at an address of its own, since it must be locked and unlocked in different functions, which the
/// standard library's closure-shaped `Mutex` does not offer.
///
/// Sendable, unchecked: the address is written once, and what it points to is made to be used by several threads.
struct ShardLock: ~Copyable, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        pthread_mutexattr_settype(&attributes, CInt(PTHREAD_MUTEX_ADAPTIVE_NP))
        let status = pthread_mutex_init(mutex, &attributes)
        precondition(status == 0, "pthread_mutex_init: \(status)")
        pthread_mutexattr_destroy(&attributes)
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
