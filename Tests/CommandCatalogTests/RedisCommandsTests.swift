import CommandCatalog
import Testing

/// The catalog against the list of every command of Redis up to 8.10, with those that Valkey alone has.
@Suite struct RedisCommandsTests {
    static func records() throws -> [[String]] { try Fixture.records(of: "redis-commands.tsv") }

    /// Rows that are in no list of Redis' documentation; the page of the product names them.
    static let onThePageAlone: Set<String> = ["DEBUG OBJECT", "DEBUG SEGFAULT"]

    @Test func `every command and subcommand has a row, and no row is made up`() throws {
        let listed = Set(try Self.records().map { $0[0] })
        #expect(Set(Catalog.all.filter { !$0.since.product.isModule }.map(\.name)) == listed.union(Self.onThePageAlone))
    }

    @Test func `every row is of the documented release`() throws {
        for record in try Self.records() {
            // REPLCONF is documented for 3.0.0 and answers in 2.8.24: see the golden table of 2.8.
            let documented = record[0] == "REPLCONF" ? "2.8.0" : record[1]
            #expect(Catalog.row(named: record[0])?.since.description == documented, "\(record[0])")
        }
    }

    @Test func `commands that 2.8 does not have are of the documented arity`() throws {
        let older = Set(try Redis28TableTests.records().map(\.name)).union(["QUIT"])
        for record in try Self.records() where !older.contains(record[0]) {
            #expect(Catalog.row(named: record[0])?.facts.arity == Int(record[2]), "\(record[0])")
        }
    }

    static let groupNames: [String: Command.Group] = [
        "generic": .key, "string": .string, "bitmap": .string, "hash": .hash, "list": .list, "set": .set,
        "sorted_set": .sortedSet, "transactions": .transaction, "connection": .connection, "scripting": .scripting,
        "pubsub": .pubSub, "hyperloglog": .hyperLogLog, "geo": .geo, "stream": .stream, "server": .server,
        "cluster": .cluster, "sentinel": .sentinel, "array": .array, "vector_set": .vectorSet,
    ]

    @Test func `every row is in the documented group`() throws {
        for record in try Self.records() {
            #expect(Catalog.row(named: record[0])?.group == Self.groupNames[record[3]], "\(record[0])")
        }
    }
}
