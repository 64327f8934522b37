import Glibc
import SystemCalls

/// SIGINT and SIGTERM as the wish that work ends with what it has; the second of them ends the program at once.
struct StoppingSignals {
    /// What the work looks at.
    let stop: StopRequest
    private let signals: EndingSignals
    private let numbers: [CInt]

    /// Takes the signals from here on; to be called before any other thread is there.
    ///
    /// One that whoever started the program wants to be ignored, as a shell does for what runs in the background, stays so.
    init(_ name: String) throws(Failure) {
        do throws(StopRequest.Unavailable) {
            stop = try StopRequest()
        } catch {
            throw Failure("no pipe for signals: \(String(cString: strerror(error.code)))", .unreachable)
        }
        numbers = [SIGINT, SIGTERM].filter { !Signals.isIgnored($0) }
        signals = try EndingSignals(taking: numbers, name)
        signals.enter(.noting)
        guard !numbers.isEmpty else { return }
        try startThread("stop") { [signals, stop] in
            _ = signals.waitForFirst()
            stop.make()
        }
    }

    /// Whether one of them has come, also one that no thread has got yet: of a pipe the other end may have ended by it.
    var haveCome: Bool {
        stop.hasCome || signals.first != nil || Signals.isPending(oneOf: numbers)
    }
}
