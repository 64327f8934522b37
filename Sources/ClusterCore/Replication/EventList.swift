import Logging
import Synchronization

/// What has happened to the cluster's nodes and logs: written to the log, kept for `status` and for who asks.
final class EventList: Sendable {
    /// One thing that has happened.
    struct Event: Sendable {
        /// Counts from 1.
        let number: Int
        let time: Instant
        /// What kind of thing, in lower case: `failover`, `resync`.
        let kind: String
        let text: String
    }

    private let events = Mutex<[Event]>([])
    private let count = Atomic(0)
    private let clock: Clock
    private let logger: Logger

    /// So many of the last ones are kept.
    private static let kept = 1_000

    init(clock: Clock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// Notes that something has happened.
    func add(_ kind: String, _ text: String, level: Logger.Level = .notice) {
        let time = clock.now()
        events.withLock { events in
            let number = count.add(1, ordering: .relaxed).newValue
            events.append(Event(number: number, time: time, kind: kind, text: text))
            if events.count > Self.kept { events.removeFirst(events.count - Self.kept) }
        }
        logger.log(level: level, "\(kind): \(text)")
    }

    /// Those that are kept of the events behind the one with this number.
    func after(_ number: Int) -> [Event] { events.withLock { $0.filter { $0.number > number } } }
}
