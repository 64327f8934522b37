import Foundation

/// Runs every job on a thread of its own, so that tests may block on sockets and processes: the threads of Swift's own
/// pool, as many as there are processors, must not wait.
package final class BlockingExecutor: TaskExecutor {
    /// The one executor; it has no state.
    package static let shared = BlockingExecutor()

    private init() {}

    /// Runs a job on a new thread; some 50 µs.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: BlockingExecutor.shared.asUnownedTaskExecutor()) }
    }
}
