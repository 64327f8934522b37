import ServerClient
import SystemCalls
import WireFormats

/// The deadlines that a log sets, while it is carried to a cluster.
///
/// Redis lets nothing expire while it loads a log: a time that has passed by now may be extended further on, or taken
/// away. A cluster would remove the key at once. So each deadline that has passed, or may pass while the log is carried,
/// is put off by an age, and comes true when all of the log is there.
///
/// The cluster itself has the mark then: whatever replaces a key or its time ends it, whatever takes a time along takes
/// the mark along, without a list here of which commands these are.
final class LoggedDeadlines {
    private let target: ImportTarget
    /// Keys whose time may be put off: all that are, and some that are no more.
    private var names: Set<[UInt8]> = []
    private var mostNames = fewestNames

    /// Some 126,000 years in milliseconds: no application's time is as long, and 2.8 counts further.
    private static let delay: Int64 = 4_000_000_000_000_000
    /// An import is done within an hour.
    private static let longestImport: Int64 = 3_600_000
    /// So many names are kept without a look at which are needed.
    private static let fewestNames = 10_000
    /// So many keys are asked for at once.
    private static let batch = 500
    /// What is a deadline in a log, and its milliseconds: Redis logs no other.
    private static let units: [String: Int64] = ["PEXPIREAT": 1, "EXPIREAT": 1_000]

    init(target: ImportTarget) {
        self.target = target
    }

    /// The command to send for a command: with a later deadline where it sets one that is put off.
    func putOff(_ words: [[UInt8]]) throws(Failure) -> [[UInt8]] {
        guard words.count == 3, let unit = Self.units[LoggedCommand.text(words[0])],
            let time = Int64(String(decoding: words[2], as: UTF8.self))
        else { return words }
        // 2.8 computes in 64 bits that wrap around, and while it loads a log it takes a negative deadline for none.
        let deadline = time &* unit
        guard deadline >= 0 else { return LoggedCommand.command("PERSIST", words[1]) }
        guard let later = try putOff(deadline, of: words[1]) else { return words }
        return LoggedCommand.command("PEXPIREAT", words[1], Array("\(later)".utf8))
    }

    /// The deadline to send for a deadline; nil where that itself will do.
    func putOff(_ deadline: Int64, of key: [UInt8]) throws(Failure) -> Int64? {
        guard deadline < WallClock.milliseconds() + Self.longestImport else { return nil }
        try note(key)
        return max(0, deadline) + Self.delay
    }

    /// Notes a key whose time may be put off: one that gets it from another key.
    func note(_ key: [UInt8]) throws(Failure) {
        names.insert(key)
        guard names.count > mostNames else { return }
        // The cluster gets this key's time only after that.
        var left: Set = [key]
        try forEachPutOff { key, _ in left.insert(key) }
        names = left
        mostNames = max(Self.fewestNames, left.count * 2)
    }

    /// Gives each key the deadline that the log gives it in the end; returns how many have expired by that.
    func settle() throws(Failure) -> Int {
        var expired = 0
        try forEachPutOff { (key, deadline) throws(Failure) in
            if deadline <= WallClock.milliseconds() { expired += 1 }
            // One that has passed removes the key.
            try target.send(LoggedCommand.command("PEXPIREAT", key, Array("\(deadline)".utf8)), about: key)
        }
        names = []
        try target.finish()
        return expired
    }

    /// Does the same as far as the connection allows, for an import that has failed.
    func settleAfterFailure() {
        target.endStrictness()
        _ = try? settle()
    }

    /// Whether so many milliseconds are left of a time that was put off, and not of one that is as long itself.
    ///
    /// The two clocks may differ by as much as an import takes at most.
    private static func isPutOff(_ left: Int64, _ now: Int64) -> Bool {
        left >= delay - now - longestImport && left <= delay + 2 * longestImport
    }

    private func forEachPutOff(_ body: ([UInt8], Int64) throws(Failure) -> Void) throws(Failure) {
        let keys = Array(names)
        for start in stride(from: 0, to: keys.count, by: Self.batch) {
            let some = keys[start..<min(keys.count, start + Self.batch)]
            let now = WallClock.milliseconds()
            let replies: [Reply] = try target.askAll(some.map { LoggedCommand.command("PTTL", $0) })
            for (key, reply) in zip(some, replies) {
                guard case .integer(let left) = reply, Self.isPutOff(left, now) else { continue }
                try body(key, now + left - Self.delay)
            }
        }
    }
}
