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
    /// Its log; nil where the cluster keeps no files.
    let log: NodeLog?

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

    init(name: Name, isPrimary: Bool, log: NodeLog? = nil) {
        self.name = name
        self.isPrimary = isPrimary
        self.log = log
    }

    /// Gives it keys, or takes them from it.
    func setCopy(_ copy: ReplicaCopy?) {
        self.copy = copy
        if copy == nil { log?.leave() }
    }

    /// Tells its log what it has run.
    func tellLog() {
        if let copy, copy.isComplete { log?.follow(copy.cursor.end) }
    }

    /// Whether it could be promoted: it runs and has all keys.
    var isCandidate: Bool { state == .running && !isPrimary && copy?.isComplete == true }
}
