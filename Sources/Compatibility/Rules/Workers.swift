import Glibc

/// Threads that share one piece of work and end with it.
enum Workers {
    /// Runs `own` on this thread and `body` on `count` others, and returns when all have ended.
    ///
    /// Where the system gives no thread, the others do its part.
    static func run(others count: Int, _ body: @escaping @Sendable () -> Void, own: () -> Void) {
        let threads = (0..<count).compactMap { _ in start(body) }
        own()
        for thread in threads { pthread_join(thread, nil) }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
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
        return thread
    }
}
