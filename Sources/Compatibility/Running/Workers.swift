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
}
