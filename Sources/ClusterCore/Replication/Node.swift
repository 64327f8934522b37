/// One copy of a shard's keys: the primary, whose keys are in the shard itself, or a replica with its own.
///
/// Belongs to whoever holds the lock of `Replication`.
final class Node {
    /// Its place: the shard, and its number among the shard's nodes.
    let name: Name
    var state = State.running
    var isPrimary: Bool
    /// A replica's keys, a set of one shard; nil for the primary and for a node that has none.
    private(set) var copy: ReplicaCopy?
    /// Since when it has not answered.
    var silentSince: Instant?

    /// `2-1`: node 1 of shard 2.
    struct Name: Hashable, Sendable, CustomStringConvertible {
        let shard: Int
        let number: Int

        var description: String { "\(shard)-\(number)" }

        init(shard: Int, number: Int) {
            self.shard = shard
            self.number = number
        }

        /// Reads a name; nil where it is none.
        init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let shard = Int(parts[0]), let number = Int(parts[1]), shard >= 0, number >= 0
            else { return nil }
            self.init(shard: shard, number: number)
        }
    }

    /// Whether it works.
    enum State: String, Sendable {
        case running
        /// It hangs: it does nothing and keeps what it has.
        case stopped
        /// It is gone with all it had.
        case dead
    }

    init(name: Name, isPrimary: Bool) {
        self.name = name
        self.isPrimary = isPrimary
    }

    /// Gives it keys, or takes them from it.
    func setCopy(_ copy: ReplicaCopy?) { self.copy = copy }

    /// Whether it could be promoted: it runs and has all keys.
    var isCandidate: Bool { state == .running && !isPrimary && copy?.isComplete == true }
}

/// A replica's keys, how far it has come in its shard's log, and the copying that gave it the keys.
final class ReplicaCopy {
    let shards = ShardSet.make(count: 1)
    var applier: LogApplier
    var cursor: LogCursor
    /// The next part of the primary to be copied; nil where all of it has been.
    var copying: UInt64?
    /// The generation of the keys that are being copied.
    let generation: Int
    /// When the copying began.
    let startedAt: Instant

    /// A copy without keys, to be filled from the shard's keys, then from its log from `end` on.
    init(at end: LogEnd, generation: Int, now: Instant, isEmpty: Bool) {
        self.generation = generation
        applier = LogApplier(target: shards)
        cursor = LogCursor(at: end)
        copying = isEmpty ? nil : 0
        startedAt = now
    }

    deinit {
        shards.destroy()
    }

    var isComplete: Bool { copying == nil }

    /// Takes the keys out; others are put in.
    func exchangeKeys(_ other: consuming Keyspace) -> Keyspace { shards[0].pointee.exchange(other) }
}
