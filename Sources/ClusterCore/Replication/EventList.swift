import Logging

/// What has happened to the cluster's nodes and logs: written to the log, kept for `status` and for who asks, told to who
/// follows.
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

    /// What is there of the events behind a number.
    struct Page: Sendable {
        let events: [Event]
        /// The number of the oldest event that is kept, or of the first one to come.
        let oldest: Int
        /// The number of the last event; 0 before the first.
        let last: Int
        /// Whether no more will come.
        let isEnded: Bool
    }

    private struct Contents {
        var events: [Event] = []
        var count = 0
        var isEnded = false
        var followers: [ObjectIdentifier: @Sendable () -> Void] = [:]
    }

    private let contents = Locked(Contents())
    private let clock: Clock
    private let logger: Logger

    /// So many of the last ones are kept.
    static let kept = 1_000

    init(clock: Clock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// Notes that something has happened.
    func add(_ kind: String, _ text: String, level: Logger.Level = .notice) {
        let time = clock.now()
        contents.withLock { contents in
            contents.count += 1
            contents.events.append(Event(number: contents.count, time: time, kind: kind, text: text))
            if contents.events.count > Self.kept { contents.events.removeFirst(contents.events.count - Self.kept) }
            for wake in contents.followers.values { wake() }
        }
        logger.log(level: level, "\(kind): \(text)")
    }

    /// What is kept of the events behind the one with this number.
    func after(_ number: Int) -> Page {
        contents.withLock { contents in
            let last = contents.count
            let oldest = last - contents.events.count + 1
            let skipped = min(max(0, number - oldest + 1), contents.events.count)
            return Page(
                events: Array(contents.events[skipped...]), oldest: oldest, last: last, isEnded: contents.isEnded)
        }
    }
}

// MARK: - Following

extension EventList {
    /// Calls `wake` with each event from now on, and at the end, until `unfollow`.
    ///
    /// It is called with the list locked, by whoever adds an event, which may hold a shard's lock: it must only let
    /// another thread know. Once `unfollow` has returned it is never called again.
    func follow(_ follower: ObjectIdentifier, wake: @escaping @Sendable () -> Void) {
        contents.withLock { $0.followers[follower] = wake }
    }

    /// Ends what `follow` has begun.
    func unfollow(_ follower: ObjectIdentifier) {
        contents.withLock { _ = $0.followers.removeValue(forKey: follower) }
    }

    /// Lets who follows know that the server ends.
    func end() {
        contents.withLock { contents in
            contents.isEnded = true
            for wake in contents.followers.values { wake() }
        }
    }
}
