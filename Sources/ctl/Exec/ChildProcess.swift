import CProcess
import Glibc
import Synchronization

/// A command that this process runs, waits for, and passes signals on to.
///
/// The command stays in the process group of the terminal, so that what is typed there reaches it as if it had been
/// started alone. It is killed if this process dies, however that dies; what the command itself has started is its own
/// to end.
struct ChildProcess {
    let executable: String
    /// The name it was called by, then its arguments.
    let arguments: [String]
    /// The variables, each as `NAME=value`.
    let environment: [String]
    /// Descriptors beside the standard streams that the command gets.
    let inherited: [CInt]

    /// The signals that are passed on.
    static let forwardedSignals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2]

    /// Runs the command to its end and returns its status; 128 and the number of the signal that killed it.
    ///
    /// To be called on the main thread: the command lives no longer than the thread that started it. Where an ending
    /// signal has come already, the command is not started: the status is as if it had ended it.
    func run(_ signals: EndingSignals) throws(Failure) -> CInt {
        if let first = signals.first { return Signals.exitStatus(first.number) }
        let child = RunningChild(try spawn())
        signals.enter(.passingOn(child))
        return child.wait()
    }

    private func spawn() throws(Failure) -> pid_t {
        var child = pid_t()
        var code = spawn(executable, arguments, &child)
        // What is marked as a program and has no first line to say whose, the shell runs.
        if code == ENOEXEC { code = spawn("/bin/sh", ["sh", executable] + arguments.dropFirst(), &child) }
        guard code == 0 else { throw Executable.notExecutable(executable, reason: String(cString: strerror(code))) }
        return child
    }

    private func spawn(_ path: String, _ arguments: [String], _ child: inout pid_t) -> CInt {
        CStrings.with(arguments) { arguments in
            CStrings.with(environment) { environment in
                cprocess_spawn(path, arguments, environment, inherited, inherited.count, &child)
            }
        }
    }
}

/// A running child.
///
/// Its identifier is used only while it cannot yet belong to another process.
final class RunningChild: Sendable {
    private let identifier: Mutex<pid_t?>
    private let endingSignals = Atomic<Int>(0)

    fileprivate init(_ identifier: pid_t) {
        self.identifier = Mutex(identifier)
    }

    /// Does something with the child's identifier; false, and nothing is done, where the child has ended.
    func withIdentifier(_ body: (pid_t) -> Void) -> Bool {
        identifier.withLock { identifier in
            guard let identifier else { return false }
            body(identifier)
            return true
        }
    }

    /// Counts a signal that was sent to end it; returns how many there were.
    func noteEndingSignal() -> Int { endingSignals.add(1, ordering: .relaxed).newValue }

    /// Waits for the end and returns the exit status.
    fileprivate func wait() -> CInt {
        guard let child = identifier.withLock({ $0 }) else { preconditionFailure("a child is waited for twice") }
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0 {
            precondition(errno == EINTR, "waitid: \(errno)")
        }
        return identifier.withLock { identifier in
            identifier = nil
            var status: CInt = 0
            while waitpid(child, &status, 0) < 0 {
                precondition(errno == EINTR, "waitpid: \(errno)")
            }
            return cprocess_exit_status(status)
        }
    }
}

/// Lists of strings as C has them.
private enum CStrings {
    /// Calls `body` with the strings and a closing NULL; they are valid for the time of the call.
    static func with<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        pointers.append(nil)
        defer {
            for pointer in pointers { free(pointer) }
        }
        return pointers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("a list without its end") }
            return body(start)
        }
    }
}
