import CommandCatalog
import Testing

@Suite struct CatalogTests {
    @Test func `the page supports 107 commands`() {
        #expect(Command.ID.allCases.count == 107)
        #expect(Catalog.all.filter { $0.listing == .supported }.count == 107)
    }

    @Test func `names are unique and in capitals`() {
        var names: Set<String> = []
        for row in Catalog.all {
            #expect(names.insert(row.name).inserted, "\(row.name) has two rows")
            #expect(row.name == row.name.uppercased())
            #expect(!row.name.isEmpty)
        }
    }

    @Test func `an identity's raw value is the index of its own row`() {
        for id in Command.ID.allCases {
            let row = Catalog.all[Int(id.rawValue)]
            #expect(row.id == id)
            #expect(row.name.lowercased() == "\(id)")
            #expect(row.listing == .supported)
            #expect(id.facts.arity == row.facts.arity)
            #expect(id.facts.keys == row.facts.keys)
            #expect(id.facts.flags == row.facts.flags)
            #expect(id.facts.secrets == row.facts.secrets)
        }
        #expect(Catalog.all.dropFirst(107).allSatisfy { $0.id == nil && $0.listing != .supported })
    }

    @Test func `supported commands stand by group and then by name`() {
        let order = Command.Group.allCases
        for (row, next) in zip(Catalog.supported, Catalog.supported.dropFirst()) {
            let group = order.firstIndex(of: row.group) ?? 0, nextGroup = order.firstIndex(of: next.group) ?? 0
            #expect((group, row.name) < (nextGroup, next.name), "\(next.name) after \(row.name)")
        }
    }

    @Test func `every row that is not supported says what to do instead, in one fragment of a sentence`() {
        for row in Catalog.all where row.id == nil {
            #expect(!row.instead.isEmpty, "\(row.name)")
            #expect(!row.instead.hasSuffix("."), "\(row.name): \(row.instead)")
            #expect(row.instead.allSatisfy { $0.isASCII && !$0.isNewline }, "\(row.name): \(row.instead)")
            #expect(row.syntax.isEmpty && row.summary.isEmpty, "\(row.name)")
        }
        #expect(Catalog.supported.allSatisfy { $0.instead.isEmpty })
    }

    @Test func `what to do instead names no command that is not supported`() {
        for row in Catalog.all where row.id == nil {
            let words = row.instead.split { !$0.isLetter }.filter { $0.allSatisfy(\.isUppercase) }
            for word in words {
                guard let named = Catalog.row(named: String(word)) else { continue }
                #expect(named.id != nil, "\(row.name): \(row.instead)")
            }
        }
    }

    @Test func `every supported row has a summary that ends as a sentence`() {
        for row in Catalog.supported {
            #expect(row.summary.hasSuffix(".") && row.summary.count <= 80, "\(row.name): \(row.summary)")
        }
    }

    @Test func `AUTH holds a secret, and no other supported command does`() {
        #expect(Catalog.supported.filter { $0.facts.secrets != .none }.map(\.name) == ["AUTH"])
    }

    @Test func `subcommands stand directly after their container`() {
        for (index, row) in Catalog.all.enumerated() {
            guard let container = row.container else { continue }
            let before = Catalog.all[index - 1]
            #expect(before.name == container || before.container == container, "\(row.name) after \(before.name)")
        }
        let scripts = Catalog.row(named: "SCRIPT").map { Catalog.subcommands(of: $0).map(\.name) }
        #expect(
            scripts == [
                "SCRIPT DEBUG", "SCRIPT EXISTS", "SCRIPT FLUSH", "SCRIPT HELP", "SCRIPT KILL", "SCRIPT LOAD",
                "SCRIPT SHOW",
            ])
        #expect(Catalog.row(named: "GET").map { Catalog.subcommands(of: $0).isEmpty } == true)
    }

    @Test func `a row is found by its name in any case, a subcommand by both words`() {
        #expect(Catalog.row(named: "get")?.name == "GET")
        #expect(Catalog.row(named: "Client SetInfo")?.name == "CLIENT SETINFO")
        #expect(Catalog.row(named: "client nosuch") == nil)
        #expect(Catalog.row(named: "get x") == nil)
        #expect(Catalog.row(named: "config set maxmemory") == nil)
        #expect(Catalog.row(named: "") == nil)
    }

    @Test func `facts accept the numbers of arguments that the arity means`() {
        #expect(Command.ID.get.facts.accepts(argumentCount: 2))
        #expect(!Command.ID.get.facts.accepts(argumentCount: 1))
        #expect(!Command.ID.get.facts.accepts(argumentCount: 3))
        #expect(!Command.ID.del.facts.accepts(argumentCount: 1))
        #expect(Command.ID.del.facts.accepts(argumentCount: 2))
        #expect(Command.ID.del.facts.accepts(argumentCount: 9))
    }

    @Test func `the commands of modules and of Valkey say where they come from`() throws {
        #expect(Catalog.row(named: "JSON.SET")?.since.description == "RedisJSON 1.0.0")
        #expect(
            Catalog.row(named: "json.set")?.since.origin
                == "belongs to the module RedisJSON, which is part of Redis since 8.0.0")
        #expect(Catalog.row(named: "GRAPH.QUERY")?.since.origin == "belongs to the module RedisGraph")
        #expect(Catalog.row(named: "DELIFEQ")?.since.origin == "came with Valkey 9.0.0")
        #expect(Catalog.row(named: "STRALGO")?.since.origin == "came with Redis 6.0.0")
        #expect(Version(8, 10, 0) < (Catalog.row(named: "DELIFEQ")?.since ?? Version(0, 0, 0)))
        let listed = try Fixture.records(of: "module-commands.tsv")
        for record in listed {
            #expect(Catalog.row(named: record[0])?.since.description == "\(record[1]) \(record[2])", "\(record[0])")
        }
        #expect(listed.count == Catalog.all.count { $0.since.product.isModule })
    }

    @Test func `versions are ordered by their numbers and not by their text`() {
        #expect(Version(2, 8, 24) > Version(2, 8, 9))
        #expect(Version(2, 8, 24) < Version(3, 0, 0))
        #expect(Version(2, 8, 13) < Version(2, 8, 24))
        #expect(Version(6, 2, 0).description == "6.2.0")
    }
}
