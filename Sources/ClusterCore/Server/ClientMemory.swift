import NIOCore
import Synchronization

/// The bytes that all connections hold together: requests that are not whole yet or wait, replies that were not taken,
/// queued transactions, names of watched keys.
///
/// A connection's own limits do not bound their sum. Where it goes over the limit, the connections that hold the most are
/// closed, on the event loop whose connections hold the most.
final class ClientMemory: Sendable {
    /// One event loop's share.
    final class Share: Sendable {
        private let held = Atomic<Int>(0)
        private let isRelieving = Atomic(false)
        /// Has the loop close its largest connections.
        fileprivate let relieve: @Sendable () -> Void

        fileprivate init(relieve: @escaping @Sendable () -> Void) {
            self.relieve = relieve
        }

        var bytes: Int { held.load(ordering: .relaxed) }

        fileprivate func add(_ bytes: Int) { held.add(bytes, ordering: .relaxed) }

        /// Whether nobody has asked for relief that has not come yet.
        fileprivate func beginRelief() -> Bool { !isRelieving.exchange(true, ordering: .acquiringAndReleasing) }

        /// To be called before the connections are looked at.
        func endRelief() { isRelieving.store(false, ordering: .releasing) }
    }

    /// The bytes that may be held.
    let limit: Int
    private let held = Atomic<Int>(0)
    private let wanted = Atomic<Int>(0)
    private let shares = Locked<[Share]>([])

    init(limit: Int) {
        self.limit = limit
    }

    /// A share for an event loop; `relieve` is called from any thread where its connections are to be closed.
    func makeShare(relieve: @escaping @Sendable () -> Void) -> Share {
        let share = Share(relieve: relieve)
        shares.withLock { $0.append(share) }
        return share
    }

    /// How many bytes more may be held; below 0 where too many are.
    var room: Int { limit - held.load(ordering: .relaxed) }

    /// How many bytes must be given back, for what is held or for a reply that found no room.
    var excess: Int { max(0, wanted.load(ordering: .relaxed) - room) }

    /// Asks for room for a reply that was not made, beside what a limit leaves to one: those that hold the most make it.
    func want(_ bytes: Int) {
        wanted.store(bytes, ordering: .relaxed)
        askForRelief()
    }

    /// Forgets what was wanted: there is room, or nobody to make it.
    func endWanting() { wanted.store(0, ordering: .relaxed) }

    /// Counts what a connection holds more, or less; asks for relief where that is too much.
    func change(_ share: Share, by bytes: Int) {
        share.add(bytes)
        let sum = held.add(bytes, ordering: .relaxed).newValue
        if sum > limit, bytes > 0 { askForRelief() }
    }

    private func askForRelief() {
        let largest = shares.withLock { shares in shares.max { $0.bytes < $1.bytes } }
        if let largest, largest.beginRelief() { largest.relieve() }
    }
}
