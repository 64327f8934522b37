import CommandCatalog
import Testing

@testable import clusterctl

@Suite("The clients of a drill") struct DrillLoadTests {
    @Test(arguments: [(4, 3, 6), (6, 3, 6), (1, 5, 5), (100, 1, 100)])
    func `each shard has the same number of clients, and one at least`(_ wanted: Int, _ shards: Int, _ count: Int) {
        #expect(DrillLoad.count(wanted, shards: shards) == count)
    }

    @Test(arguments: [1, 3, 1_000])
    func `each client has keys, all of its shard`(_ shards: Int) {
        let keys = DrillLoad.keys(ofShards: shards)
        #expect(keys.count == shards && keys.allSatisfy { !$0.isEmpty })
        for (shard, names) in keys.enumerated() {
            #expect(names.allSatisfy { HashSlot(ofKey: $0.span).shard(of: shards) == shard })
        }
    }
}
