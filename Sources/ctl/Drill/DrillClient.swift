import Glibc
import ServerClient
import WireFormats

/// What one client saw of one shard.
struct DrillSight: Sendable {
    var requests = 0
    /// Errors by their first word; `connection` for one that broke.
    var errors: [String: Int] = [:]
    /// The longest time without an answer that was no error.
    var longestGap = Duration.zero

    mutating func add(_ other: DrillSight) {
        requests += other.requests
        errors.merge(other.errors) { $0 + $1 }
        longestGap = max(longestGap, other.longestGap)
    }
}

/// A client that writes and reads on one shard, and notes what it sees.
///
/// It keeps to the one: a shard that hangs holds up everyone who waits for it, who would find the same gap in all shards.
struct DrillClient {
    let address: ServerAddress
    let password: [UInt8]?
    /// The keys that it uses, all of its shard.
    let keys: [[UInt8]]
    private(set) var sight = DrillSight()
    private var lastSuccess = ContinuousClock.now

    init(_ address: ServerAddress, password: [UInt8]?, keys: [[UInt8]]) {
        self.address = address
        self.password = password
        self.keys = keys
    }

    /// Works until told to stop.
    mutating func run(until isOver: () -> Bool) {
        var connection: RequestConnection?
        lastSuccess = .now
        while !isOver() {
            do throws(Failure) {
                let current: RequestConnection
                if let connection { current = connection } else { current = try connect() }
                connection = current
                note(try current.ask(request(sight.requests)))
            } catch {
                connection = nil
                sight.requests += 1
                sight.errors["connection", default: 0] += 1
                usleep(1_000)
            }
        }
        noteGap()
    }

    private func connect() throws(Failure) -> RequestConnection {
        let connection = try RequestConnection(address)
        if let password { _ = try connection.ask([Array("AUTH".utf8), password]) }
        return connection
    }

    /// Each key is written, then read.
    private func request(_ number: Int) -> [[UInt8]] {
        let key = keys[number / 2 % keys.count]
        return number.isMultiple(of: 2)
            ? [Array("SET".utf8), key, Array("\(number)".utf8)] : [Array("GET".utf8), key]
    }

    private mutating func note(_ reply: Reply) {
        sight.requests += 1
        guard case .error(let line) = reply else {
            noteGap()
            return lastSuccess = .now
        }
        let word = String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        sight.errors[word, default: 0] += 1
        usleep(500)
    }

    private mutating func noteGap() {
        sight.longestGap = max(sight.longestGap, .now - lastSuccess)
    }
}
