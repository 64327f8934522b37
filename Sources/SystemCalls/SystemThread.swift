import Glibc

/// A thread of the system that runs one function and ends with it.
public struct SystemThread: Sendable {
    private let thread: pthread_t

    /// The system gives no thread.
    public struct Unavailable: Error, CustomStringConvertible {
        /// The system's reason.
        public let description: String
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own; either ``wait()`` or ``detach()`` is to be called once.
    public init(_ body: @escaping @Sendable () -> Void) throws(Unavailable) {
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
            throw Unavailable(description: String(cString: strerror(status)))
        }
        self.thread = thread
    }

    /// Waits for its end.
    public func wait() { pthread_join(thread, nil) }

    /// Leaves it to itself.
    public func detach() { pthread_detach(thread) }
}
