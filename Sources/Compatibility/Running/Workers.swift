import Synchronization
import SystemCalls

/// Threads that share one piece of work and end with it.
enum Workers {
    /// Runs `own` on this thread and `body` on `count` others, and returns when all have ended.
    ///
    /// Where the system gives no thread, the others do its part.
    static func run(others count: Int, _ body: @escaping @Sendable () -> Void, own: () -> Void) {
        let workers = (0..<count).compactMap { _ in try? SystemThread("worker", body) }
        own()
        for worker in workers { worker.wait() }
    }

    /// Runs `body` on all of `0..<count` in pieces, by several threads: each takes the next piece when it is done with one.
    ///
    /// - Parameter size: how many are a piece, so that small work costs no waiting.
    static func share(
        _ count: Int, piecesOf size: Int, threads: Int, _ body: @escaping @Sendable (Range<Int>) -> Void
    ) {
        let next = Atomic(0)
        let work = { @Sendable in
            while true {
                let first = next.wrappingAdd(size, ordering: .relaxed).oldValue
                guard first < count else { return }
                body(first..<min(first + size, count))
            }
        }
        run(others: max(0, min(threads, (count + size - 1) / size) - 1), work, own: work)
    }
}
