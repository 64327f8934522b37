import CThread
import Glibc
import SystemCalls

/// Frees large values on a thread of its own: to free a hash of 300,000 fields takes 30 ms, for which the shard whose key it
/// was would stand still.
///
/// To make such a value takes longer than to free it, so that the list of those to be freed stays short.
///
/// Sendable, unchecked: a record on the list is nobody else's.
final class Reclaimer: @unchecked Sendable {
    static let shared = Reclaimer()

    private let mutex = ShardLock()
    private var records: [Record] = []
    private let arrival: UnsafeMutablePointer<sem_t>

    private init() {
        arrival = .allocate(capacity: 1)
        arrival.initialize(to: sem_t())
        sem_init(arrival, 0, 0)
    }

    deinit {
        sem_destroy(arrival)
        arrival.deallocate()
    }

    /// A value with more parts than this is freed here.
    static let mostFreedAtOnce = 1_024

    /// Whether there is a thread; where the system gives none, values are freed where they are removed.
    private lazy var hasThread =
        (try? SystemThread("free", inBackground: true) { [unowned self] in run() }.detach()) != nil

    /// Takes over a record that no table holds any more.
    func add(_ record: Record) {
        mutex.lock()
        let isTaken = hasThread
        if isTaken { records.append(record) }
        mutex.unlock()
        if isTaken { sem_post(arrival) } else { StoredValue.free(record) }
    }

    private func run() {
        while true {
            while sem_wait(arrival) != 0 {}
            mutex.lock()
            let record = records.popLast()
            mutex.unlock()
            if let record { StoredValue.free(record) }
        }
    }
}
