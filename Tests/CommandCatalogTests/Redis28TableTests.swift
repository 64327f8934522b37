import CommandCatalog
import Testing

/// The catalog against what a running Redis 2.8.24 answers to COMMAND.
@Suite struct Redis28TableTests {
    struct Record {
        let name: String
        let arity: Int
        let flags: Set<String>
        let first: Int
        let last: Int
        let step: Int
    }

    static func records() throws -> [Record] {
        try Fixture.records(of: "redis-2.8.24-command-table.tsv").map { fields in
            try Record(
                name: fields[0], arity: #require(Int(fields[1])),
                flags: Set(fields[2].split(separator: ",").map(String.init)),
                first: #require(Int(fields[3])), last: #require(Int(fields[4])), step: #require(Int(fields[5])))
        }
    }

    static let flagNames: [(Command.Flags, String)] = [
        (.write, "write"), (.denyOOM, "denyoom"), (.readonly, "readonly"), (.admin, "admin"), (.pubSub, "pubsub"),
        (.noScript, "noscript"), (.random, "random"), (.sortForScript, "sort_for_script"), (.loading, "loading"),
        (.stale, "stale"), (.skipMonitor, "skip_monitor"), (.fast, "fast"), (.movableKeys, "movablekeys"),
    ]

    /// Where the catalog says more of a command's keys than 2.8's table, which knows nothing but ranges and tells of
    /// some commands too little.
    static let deviations: [String: KeyLayout] = [
        "BRPOP": .range(first: 1, last: -2, step: 1),
        "EVAL": .counted(destination: nil, count: 2, first: 3),
        "EVALSHA": .counted(destination: nil, count: 2, first: 3),
        "MIGRATE": .migrate,
        "OBJECT": .second,
        "SORT": .storing(first: 1, options: 2),
        "ZINTERSTORE": .counted(destination: 1, count: 2, first: 3),
        "ZUNIONSTORE": .counted(destination: 1, count: 2, first: 3),
    ]

    @Test func `every command of 2.8 has a row, and none of them is newer`() throws {
        for record in try Self.records() {
            let row = try #require(Catalog.row(named: record.name), "\(record.name) has no row")
            #expect(row.since <= Version(2, 8, 24), "\(record.name) is of \(row.since)")
        }
    }

    @Test func `every supported command but QUIT, which has no entry in 2.8's table, is a command of 2.8`() throws {
        let names = Set(try Self.records().map(\.name))
        let missing = Catalog.supported.map(\.name).filter { !names.contains($0) }
        #expect(missing == ["QUIT"])
    }

    @Test func `arities are those of 2.8`() throws {
        for record in try Self.records() {
            // 2.8 gives COMMAND an arity of 0, which its check never refuses; -1 says the same in the convention.
            let expected = record.name == "COMMAND" ? -1 : record.arity
            #expect(Catalog.row(named: record.name)?.facts.arity == expected, "\(record.name)")
        }
    }

    @Test func `flags of supported commands are those of 2.8`() throws {
        for record in try Self.records() {
            guard let row = Catalog.row(named: record.name), row.id != nil else { continue }
            let flags = Self.flagNames.filter { row.facts.flags.contains($0.0) }.map(\.1)
            #expect(Set(flags) == record.flags, "\(record.name)")
        }
    }

    @Test func `key positions are those of 2.8, but where its table says too little`() throws {
        for record in try Self.records() {
            let expected: KeyLayout =
                record.first == 0
                ? .none : .range(first: record.first, last: record.last, step: record.step)
            let keys = try #require(Catalog.row(named: record.name)).facts.keys
            if let deviation = Self.deviations[record.name] {
                #expect(keys == deviation, "\(record.name)")
                #expect(keys != expected, "\(record.name) does not deviate")
            } else {
                #expect(keys == expected, "\(record.name)")
            }
        }
    }
}
