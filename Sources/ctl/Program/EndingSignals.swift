import Glibc
import Synchronization

/// The signals that end a subcommand in order, watched from its start on by a thread of their own: the first one ends what
/// is under way, a second one ends the process at once, whatever it is doing.
///
/// Nothing but this thread has to be able to go on for that: neither what is being read, nor whoever reads the log.
final class EndingSignals: Sendable {
    /// What the first signal does.
    enum Phase: Sendable {
        /// Nothing has begun that would have to be ended: the process ends.
        case starting
        /// It is noted, and whoever waits for it is told.
        case noting
        /// It reaches a command, as do all others.
        case passingOn(RunningChild)

        fileprivate var isPassingOn: Bool {
            if case .passingOn = self { true } else { false }
        }
    }

    private struct State {
        var phase = Phase.starting
        var first: Signals.Arrival?
        /// How many ending signals have come.
        var count = 0
        /// Signals that a command gets when it is there.
        var kept: [Signals.Arrival] = []
        var cleanUp: @Sendable () -> Void = {}
    }

    private let signals: Signals
    private let name: String
    private let state = Mutex(State())
    private let arrival = Semaphore()

    /// So many signals wait for a command.
    private static let mostKept = 100
    /// Those that end a program; the others are for a command that is run.
    private static let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
    /// A command that two signals have not ended is killed after this time, in microseconds.
    private static let grace: useconds_t = 2_000_000

    /// Takes signals from now on: to be called before any other thread is there.
    ///
    /// - Parameter name: the subcommand's, for the line with which it ends before it has begun.
    init(taking numbers: [CInt], _ name: String) throws(Failure) {
        signals = Signals(taking: numbers)
        self.name = name
        try startThread("signals") { [self] in
            while true { note(signals.wait()) }
        }
    }

    /// The first ending signal; nil where none has come.
    var first: Signals.Arrival? { state.withLock { $0.first } }

    /// Waits for the first ending signal.
    func waitForFirst() -> Signals.Arrival {
        while true {
            arrival.wait()
            if let first { return first }
        }
    }

    /// Says what signals do from now on.
    ///
    /// - Parameter cleanUp: what a second one does before it ends the process.
    func enter(_ phase: Phase, cleanUp: (@Sendable () -> Void)? = nil) {
        let kept = state.withLock { state in
            state.phase = phase
            if let cleanUp { state.cleanUp = cleanUp }
            guard case .passingOn = phase else { return [Signals.Arrival]() }
            defer { state.kept = [] }
            return state.kept
        }
        guard case .passingOn(let child) = phase else { return }
        // Who waits for the command does not wait for its grace: the next signal's thread does.
        for arrival in kept where arrival.isSentByProcess {
            _ = child.withIdentifier { kill($0, arrival.number) }
            if Self.ending.contains(arrival.number) { _ = child.noteEndingSignal() }
        }
    }
}

// MARK: - What a signal does

extension EndingSignals {
    private func note(_ arrival: Signals.Arrival) {
        let isEnding = Self.ending.contains(arrival.number)
        let (phase, count, cleanUp) = state.withLock { state in
            if isEnding {
                state.count += 1
                state.first = state.first ?? arrival
            }
            // One that ends a program may come when the command has begun, and before this is known here.
            if state.kept.count < Self.mostKept, !state.phase.isPassingOn { state.kept.append(arrival) }
            return (state.phase, state.count, state.cleanUp)
        }
        if case .passingOn(let child) = phase { return pass(arrival, on: child) }
        guard isEnding else { return }
        if case .starting = phase {
            StandardError.writeLine("\(name): ended by SIG\(arrival.name) while it starts: nothing was changed")
            _exit(Signals.exitStatus(arrival.number))
        }
        guard count == 1 else {
            cleanUp()
            _exit(Signals.exitStatus(arrival.number))
        }
        ReadingInterrupt.shared.interrupt()
        self.arrival.post()
    }

    /// Passes a signal on to a command.
    ///
    /// One that a key on the terminal has caused has reached it already, and is nobody's last word: a program may take
    /// Ctrl-C for something else. The second one that was sent ends the command if it does not end by itself. Once the
    /// command has ended, a signal ends this process.
    private func pass(_ arrival: Signals.Arrival, on child: RunningChild) {
        guard arrival.isSentByProcess else {
            if !child.withIdentifier({ _ in }) { _exit(Signals.exitStatus(arrival.number)) }
            return
        }
        guard child.withIdentifier({ kill($0, arrival.number) }) else { _exit(Signals.exitStatus(arrival.number)) }
        guard Self.ending.contains(arrival.number), child.noteEndingSignal() >= 2 else { return }
        usleep(Self.grace)
        _ = child.withIdentifier { kill($0, SIGKILL) }
    }
}
