/// How the program ends: one table for all subcommands.
enum ExitStatus: Int32 {
    /// All is well.
    case fine = 0
    /// Something was found: a refusal, an unknown command, an error reply.
    case findings = 1
    /// The program was called wrongly, or its configuration cannot be.
    case usage = 2
    /// An input cannot be read, the output cannot be written, or no server can be reached.
    case unreachable = 3
    /// A command to run is there and cannot be run; the shells' number for it.
    case notExecutable = 126
    /// A command to run is not there; the shells' number for it.
    case notFound = 127
    /// A person at the terminal did not want it any more; the shells' number for SIGINT.
    case interrupted = 130
}

/// Why the program ends: one line that says what is wrong, where, and what to do, and the status.
struct Failure: Error {
    let message: String
    let status: ExitStatus

    init(_ message: String, _ status: ExitStatus = .usage) {
        self.message = message
        self.status = status
    }
}

/// A signal has ended the program before it was done.
struct Interrupted: Error {
    private let signal: Signals.Arrival

    init(_ signal: Signals.Arrival) { self.signal = signal }

    /// The one line that tells it.
    var message: String { "ended by SIG\(signal.name) before the data were loaded" }

    /// 128 and the signal's number.
    var status: CInt { Signals.exitStatus(signal.number) }
}
