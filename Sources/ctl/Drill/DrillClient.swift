import CommandCatalog
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

/// A client that writes and reads on all shards, and notes what it sees.
struct DrillClient {
    let address: ServerAddress
    let password: [UInt8]?
    let shards: Int
    private(set) var sights: [DrillSight]
    private var lastSuccess: [ContinuousClock.Instant]

    init(_ address: ServerAddress, password: [UInt8]?, shards: Int) {
        self.address = address
        self.password = password
        self.shards = shards
        sights = Array(repeating: DrillSight(), count: shards)
        lastSuccess = Array(repeating: .now, count: shards)
    }

    /// Works until told to stop.
    mutating func run(_ number: Int, until isOver: () -> Bool) {
        var connection: RequestConnection?
        var next = number
        lastSuccess = Array(repeating: .now, count: shards)
        while !isOver() {
            let key = Array("drill:\(next % 1_000)".utf8)
            let shard = HashSlot(ofKey: key.span).shard(of: shards)
            let words =
                next.isMultiple(of: 2) ? [Array("SET".utf8), key, Array("\(next)".utf8)] : [Array("GET".utf8), key]
            next += 7
            do throws(Failure) {
                let current: RequestConnection
                if let connection { current = connection } else { current = try connect() }
                connection = current
                note(try current.ask(words), shard)
            } catch {
                connection = nil
                sights[shard].requests += 1
                sights[shard].errors["connection", default: 0] += 1
                usleep(1_000)
            }
        }
        for shard in 0..<shards { noteGap(shard) }
    }

    private func connect() throws(Failure) -> RequestConnection {
        let connection = try RequestConnection(address)
        if let password { _ = try connection.ask([Array("AUTH".utf8), password]) }
        return connection
    }

    private mutating func note(_ reply: Reply, _ shard: Int) {
        sights[shard].requests += 1
        guard case .error(let line) = reply else {
            noteGap(shard)
            return lastSuccess[shard] = .now
        }
        let word = String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        sights[shard].errors[word, default: 0] += 1
        usleep(500)
    }

    private mutating func noteGap(_ shard: Int) {
        sights[shard].longestGap = max(sights[shard].longestGap, .now - lastSuccess[shard])
    }
}
