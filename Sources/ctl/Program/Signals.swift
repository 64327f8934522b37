import CProcess
import Glibc

/// The signals that a subcommand takes itself: kept from their default effect, waited for by one thread.
struct Signals: Sendable {
    private let numbers: [CInt]

    /// A signal that has come.
    struct Arrival {
        let number: CInt
        /// Whether a process sent it; else the kernel did, for a key on the terminal, and the other processes in the
        /// foreground have got it too.
        let isSentByProcess: Bool

        /// The name as `kill -l` has it.
        var name: String {
            switch number {
            case SIGHUP: "HUP"
            case SIGINT: "INT"
            case SIGTERM: "TERM"
            default: "\(number)"
            }
        }
    }

    /// Keeps `numbers` from their default effect in this thread and those that it starts from now on: to be called before
    /// any other thread is there.
    init(taking numbers: [CInt]) {
        self.numbers = numbers
        var set = Self.set(of: numbers)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits until one of the signals comes.
    func wait() -> Arrival {
        var set = Self.set(of: numbers)
        while true {
            var information = siginfo_t()
            let number = sigwaitinfo(&set, &information)
            if number > 0 {
                return Arrival(
                    number: number, isSentByProcess: cprocess_is_sent_by_process(information.si_code) != 0)
            }
            precondition(errno == EINTR, "sigwaitinfo: \(errno)")
        }
    }

    private static func set(of numbers: [CInt]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }

    /// Whether one of the signals has come and is kept from its effect still.
    static func isPending(oneOf numbers: [CInt]) -> Bool {
        var set = sigset_t()
        sigemptyset(&set)
        sigpending(&set)
        return numbers.contains { sigismember(&set, $0) == 1 }
    }

    /// Whether whoever started this program wants a signal to be ignored, as `nohup` does with SIGHUP.
    static func isIgnored(_ number: CInt) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    /// The exit status of a program that a signal has ended.
    static func exitStatus(_ number: CInt) -> CInt { 128 + number }
}
