import Glibc

/// Hands batches from the thread that reads to the one that judges, and empty ones back.
///
/// Few batches are on their way, so that memory stays small and the reader waits for a slow judge.
///
/// Sendable, unchecked: everything below is touched with the mutex held.
final class BatchQueue: @unchecked Sendable {
    private var filled: [RequestBatch] = []
    private var empty: [RequestBatch] = (0..<BatchQueue.batches).map { _ in RequestBatch() }
    private var hasEnded = false
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>

    private static let batches = 4

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        change = .allocate(capacity: 1)
        change.initialize(to: pthread_cond_t())
        pthread_cond_init(change, nil)
    }

    deinit {
        pthread_cond_destroy(change)
        pthread_mutex_destroy(mutex)
        change.deallocate()
        mutex.deallocate()
    }

    /// An empty batch, waited for.
    func takeEmpty() -> RequestBatch {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let batch = empty.popLast() { return batch }
            pthread_cond_wait(change, mutex)
        }
    }

    /// Hands a batch to the judge.
    func put(_ batch: RequestBatch) {
        pthread_mutex_lock(mutex)
        filled.append(batch)
        pthread_cond_signal(change)
        pthread_mutex_unlock(mutex)
    }

    /// Tells the judge that nothing comes any more.
    func end() {
        pthread_mutex_lock(mutex)
        hasEnded = true
        pthread_cond_signal(change)
        pthread_mutex_unlock(mutex)
    }

    /// The next batch, waited for; nil at the end.
    func takeFilled() -> RequestBatch? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if !filled.isEmpty { return filled.removeFirst() }
            if hasEnded { return nil }
            pthread_cond_wait(change, mutex)
        }
    }

    /// Gives a batch back.
    func giveBack(_ batch: RequestBatch) {
        batch.removeAll()
        pthread_mutex_lock(mutex)
        empty.append(batch)
        pthread_cond_signal(change)
        pthread_mutex_unlock(mutex)
    }
}
