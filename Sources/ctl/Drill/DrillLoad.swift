import CommandCatalog
import Glibc
import ServerClient
import Synchronization

/// The clients of a drill, each on a thread of its own: when they are to end, and what they saw.
final class DrillLoad: Sendable {
    private let over = Atomic(false)
    private let reports = Mutex<[(shard: Int, sight: DrillSight)]>([])
    private let shards: Int
    private let clients: Int

    /// The keys of all shards together; with a lot of shards there are more.
    private static let fewestKeys = 1_000

    /// How many clients work on so many shards where `wanted` are wanted: for each shard the same number, so that their
    /// figures can be compared.
    static func count(_ wanted: Int, shards: Int) -> Int { (wanted + shards - 1) / shards * shards }

    init(_ wanted: Int, shards: Int) {
        self.shards = shards
        clients = Self.count(wanted, shards: shards)
    }

    /// Starts the clients.
    func start(_ address: ServerAddress, password: [UInt8]?) throws(Failure) {
        let keys = Self.keys(ofShards: shards)
        for number in 0..<clients {
            let shard = number % shards
            try startThread("drill client") {
                var client = DrillClient(address, password: password, keys: keys[shard])
                client.run { self.over.load(ordering: .acquiring) }
                self.reports.withLock { $0.append((shard, client.sight)) }
            }
        }
    }

    /// Ends the clients; returns what those of each shard saw together.
    func end() -> [DrillSight] {
        over.store(true, ordering: .releasing)
        while reports.withLock({ $0.count }) < clients { usleep(1_000) }
        return reports.withLock { reports in
            reports.reduce(into: Array(repeating: DrillSight(), count: shards)) { $0[$1.shard].add($1.sight) }
        }
    }

    /// Names of keys of each shard, one or more.
    static func keys(ofShards shards: Int) -> [[[UInt8]]] {
        var keys: [[[UInt8]]] = Array(repeating: [], count: shards)
        var (number, shardsWithout) = (0, shards)
        while number < fewestKeys || shardsWithout > 0 {
            let key = Array("drill:\(number)".utf8)
            let shard = HashSlot(ofKey: key.span).shard(of: shards)
            if keys[shard].isEmpty { shardsWithout -= 1 }
            keys[shard].append(key)
            number += 1
        }
        return keys
    }
}
