import Glibc
import Synchronization
import SystemCalls

/// Runs asynchronous work to its end while the calling thread sleeps.
///
/// The program itself is synchronous: the main thread waits for signals or for a child, and asks for asynchronous work
/// only to start and to stop a server.
func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let outcome = Outcome<Value>()
    Task {
        do {
            outcome.set(.success(try await work()))
        } catch {
            outcome.set(.failure(error))
        }
    }
    return try outcome.wait().get()
}

/// A result that one thread waits for and another one brings.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let arrival = Semaphore()

    func set(_ result: Result<Value, any Error>) {
        self.result.withLock { $0 = result }
        arrival.post()
    }

    func wait() -> Result<Value, any Error> {
        arrival.wait()
        guard let result = result.withLock({ $0 }) else {
            preconditionFailure("a result was announced and is not there")
        }
        return result
    }
}

/// A POSIX semaphore at an address of its own.
///
/// Sendable, unchecked: the functions on a semaphore may be called from any thread.
final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        semaphore.initialize(to: sem_t())
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func post() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0 {
            precondition(errno == EINTR, "sem_wait: \(errno)")
        }
    }
}

/// Starts a thread that runs `body` and is never waited for.
func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) {
    do {
        try SystemThread(name, body).detach()
    } catch {
        throw Failure(
            "out of memory: the system refuses a thread (\(error)): raise the limit of memory (ulimit -v), or of processes "
                + "(ulimit -u)", .unreachable)
    }
}
