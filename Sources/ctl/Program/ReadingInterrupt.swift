import Glibc
import Synchronization

/// How whoever waits for bytes of a file or a server learns that nobody wants them any more, and how long it waits.
///
/// One for the process, since a signal is meant for all of it.
final class ReadingInterrupt: Sendable {
    static let shared = ReadingInterrupt()

    private let isInterrupted = Atomic(false)
    private let milliseconds = Atomic<Int>(0)
    /// A pipe whose other end is written to: what waits in `poll` wakes up.
    private let descriptors: (reading: CInt, writing: CInt)

    private init() {
        var pair: [CInt] = [-1, -1]
        guard pipe(&pair) == 0 else {
            descriptors = (-1, -1)
            return
        }
        for descriptor in pair {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }
        descriptors = (pair[0], pair[1])
    }

    /// How long a source may send nothing; nil for as long as it likes.
    var patience: Duration? {
        get {
            let time = milliseconds.load(ordering: .relaxed)
            return time == 0 ? nil : .milliseconds(time)
        }
        set { milliseconds.store(newValue.map { max(1, Int($0 / .milliseconds(1))) } ?? 0, ordering: .relaxed) }
    }

    /// Ends all waits, and those to come.
    func interrupt() {
        isInterrupted.store(true, ordering: .releasing)
        var byte: UInt8 = 0
        _ = write(descriptors.writing, &byte, 1)
    }

    /// Ends a reading that waits for nothing, such as that of a file, where it was interrupted.
    func check(_ name: String) throws(Failure) {
        guard !isInterrupted.load(ordering: .acquiring) else { throw Self.interrupted(name) }
    }

    /// Waits until there is something to read from a descriptor.
    ///
    /// - Parameters:
    ///   - name: what is read, for messages.
    ///   - atMost: how long the wait may be where no patience is set; nil for any time.
    func waitForBytes(_ descriptor: CInt, _ name: String, atMost limit: Duration? = nil) throws(Failure) {
        let limit = patience ?? limit
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            guard !isInterrupted.load(ordering: .acquiring) else { throw Self.interrupted(name) }
            var waiting = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptors.reading, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&waiting, 2, deadline.map { Self.milliseconds(until: $0) } ?? -1)
            if count > 0, waiting[1].revents != 0 { throw Self.interrupted(name) }
            if count > 0 { return }
            if let limit, let deadline, .now >= deadline {
                let time = Quantity.time(milliseconds: Int(limit / .milliseconds(1)))
                throw Failure("\(name) has sent nothing for \(time): is it the right source?", .unreachable)
            }
        }
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant) -> CInt {
        let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
        return CInt(min(max(0, left.rounded(.up)), 1_000_000))
    }

    private static func interrupted(_ name: String) -> Failure {
        Failure("\(name): interrupted: nothing more of it is read", .interrupted)
    }
}
