import CMemory
import CThread
import Glibc
import Synchronization
import SystemCalls

/// A thread that does something, sleeps for a while or until it is woken, and does it again.
///
/// It works in the background: where no core is free its wake-up does not interrupt a thread that serves requests.
///
/// Sendable, unchecked: the semaphore's functions may be called from any thread; the body is set once, before the
/// thread starts.
final class WakeableThread: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>
    private let isAsleep = Atomic(false)
    private let isEnding = Atomic(false)
    private var thread: SystemThread?
    /// Works, and returns how to rest.
    private let body: @Sendable () -> Rest

    /// A time between two pieces of work.
    struct Rest {
        let microseconds: Int64
        /// Whether `wake` ends it: a wake-up costs who wakes some microseconds, so a short rest under load is left
        /// alone.
        var isWakeable = true
    }

    /// Begins at once; `name` is what the system shows of the thread, 15 bytes of it.
    init(_ name: String, _ body: @escaping @Sendable () -> Rest) {
        self.body = body
        semaphore = .allocate(capacity: 1)
        semaphore.initialize(to: sem_t())
        sem_init(semaphore, 0, 0)
        do {
            thread = try SystemThread(name, inBackground: true) { [self] in run() }
        } catch {
            cmemory_end_without_thread()
        }
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    private func run() {
        while !isEnding.load(ordering: .acquiring) {
            sleep(body())
        }
    }

    private func sleep(_ rest: Rest) {
        guard rest.isWakeable else {
            usleep(useconds_t(rest.microseconds))
            return
        }
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        cthread_wait(semaphore, rest.microseconds)
        isAsleep.store(false, ordering: .sequentiallyConsistent)
    }

    /// Ends a sleep; costs nothing while the thread works.
    func wake() {
        guard isAsleep.load(ordering: .sequentiallyConsistent),
            isAsleep.exchange(false, ordering: .sequentiallyConsistent)
        else { return }
        sem_post(semaphore)
    }

    /// Ends the thread after what it is doing, and waits for that.
    func end() {
        isEnding.store(true, ordering: .releasing)
        sem_post(semaphore)
        thread?.wait()
    }
}
