import CMemory
import CThread
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
        let name: String
        let isInBackground: Bool
        let run: @Sendable () -> Void

        init(_ name: String, isInBackground: Bool, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.isInBackground = isInBackground
            self.run = run
        }

        /// Begins on the new thread.
        func begin() {
            cthread_set_name(name)
            if isInBackground { cthread_work_in_background() }
            run()
        }
    }

    /// Runs `body` on a thread of its own; either ``wait()`` or ``detach()`` is to be called once.
    ///
    /// - Parameters:
    ///   - name: what the system's tools, such as `top -H`, show; at most 15 bytes of it.
    ///   - inBackground: whether the thread's wake-ups never interrupt a running thread (`SCHED_BATCH`): it takes its
    ///     share of the cores, some milliseconds later where all are busy.
    public init(
        _ name: String, inBackground: Bool = false, _ body: @escaping @Sendable () -> Void
    ) throws(Unavailable) {
        let context = Unmanaged.passRetained(Body(name, isInBackground: inBackground, body))
        var thread = pthread_t()
        let status = cmemory_create_thread(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().begin()
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
