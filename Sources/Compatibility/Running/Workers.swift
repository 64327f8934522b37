import Glibc

/// Threads that share one piece of work and end with it.
enum Workers {
    /// Runs `own` on this thread and `body` on `count` others, and returns when all have ended.
    ///
    /// Where the system gives no thread, the others do its part.
    static func run(others count: Int, _ body: @escaping @Sendable () -> Void, own: () -> Void) {
        let workers = (0..<count).compactMap { _ in start(body) }
        own()
        for worker in workers { worker.wait() }
    }

    /// A thread that was started.
    struct Worker {
        fileprivate let thread: pthread_t

        /// Waits for its end; to be called once.
        func wait() { pthread_join(thread, nil) }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on another thread; nil where the system gives none.
    static func start(_ body: @escaping @Sendable () -> Void) -> Worker? {
        let context = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            return nil
        }
        return Worker(thread: thread)
    }
}
