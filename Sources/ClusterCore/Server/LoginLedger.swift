/// The addresses that have given wrong passwords, and how long the next attempt from there is to wait.
///
/// The attempts of one address wait one behind the other, on however many connections they are made. Where too many wait,
/// further ones are turned away without a look at the password.
///
/// Bounded: past a thousand addresses, new ones are counted together.
final class LoginLedger: Sendable {
    private struct Entry {
        var failures = 0
        var last: ContinuousClock.Instant
        /// When the last attempt that waits is answered.
        var answered: ContinuousClock.Instant?
        var lastLogged: ContinuousClock.Instant?
        /// Failures that no log line tells of yet.
        var unlogged = 0
    }

    /// So many wrong passwords are slips of the hand, and are answered at once.
    private static let slips = 2
    /// From so many on, right passwords from the address wait too: an answer that comes at once would tell.
    private static let guesses = 10
    private static let firstWait: Int64 = 100
    private static let longestWait: Int64 = 1_000
    /// Attempts do not wait behind others for longer than that.
    private static let longestQueue = Duration.seconds(10)
    /// An address that has given no wrong password for so long begins anew.
    private static let memory = Duration.seconds(60)
    private static let mostAddresses = 1_000
    private static let logEvery = Duration.seconds(10)
    private static let others = "other addresses"

    private let entries = Locked<[String: Entry]>([:])

    /// Whether so many attempts from a client's address wait that a further one is not looked at.
    func isCrowded(_ client: String, now: ContinuousClock.Instant = .now) -> Bool {
        entries.withLock { entries in
            guard let answered = entries[Self.name(of: client, entries)]?.answered else { return false }
            return answered - now >= Self.longestQueue
        }
    }

    /// How many milliseconds an attempt from a client's address waits before it is answered, behind those that wait
    /// already; 0 for not at all.
    func wait(for client: String, isRight: Bool, now: ContinuousClock.Instant = .now) -> Int64 {
        entries.withLock { entries in
            let name = Self.name(of: client, entries)
            guard let entry = entries[name], entry.last + Self.memory > now,
                entry.failures > (isRight ? Self.guesses : Self.slips)
            else { return 0 }
            let wait = min(Self.firstWait << Int64(min(entry.failures - Self.slips - 1, 10)), Self.longestWait)
            let answered = max(entry.answered ?? now, now) + .milliseconds(wait)
            entries[name]?.answered = answered
            return Int64(((answered - now) / .milliseconds(1)).rounded(.up))
        }
    }

    /// Notes a wrong password; returns how many there were that no log line tells of, where one is due.
    func failed(_ client: String, now: ContinuousClock.Instant = .now) -> Int? {
        entries.withLock { entries in
            if entries.count >= Self.mostAddresses { entries = entries.filter { now - $0.value.last < Self.memory } }
            let name = Self.name(of: client, entries)
            var entry = entries[name] ?? Entry(last: now)
            if now - entry.last >= Self.memory { entry.failures = 0 }
            entry.failures += 1
            entry.unlogged += 1
            entry.last = now
            var count: Int?
            if entry.lastLogged.map({ now - $0 >= Self.logEvery }) ?? true {
                count = entry.unlogged
                entry.unlogged = 0
                entry.lastLogged = now
            }
            entries[name] = entry
            return count
        }
    }

    /// The address without its port, or the name of those for which there is no room.
    private static func name(of client: String, _ entries: [String: Entry]) -> String {
        let address = client.lastIndex(of: ":").map { String(client[..<$0]) } ?? client
        return entries[address] != nil || entries.count < mostAddresses ? address : others
    }
}
