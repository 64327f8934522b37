import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct ClientTableTests {
    @Test func `Every command that a table names is in the catalog`() {
        let templates = ClientTable.shared.templates
        #expect(templates.count > 400)
        for template in templates where !template.isRaw && !template.isListOfCommands {
            #expect(Catalog.row(named: template.words.joined(separator: " ")) != nil, "\(template.words)")
        }
    }

    @Test func `Every library has a table, and each client a type for receivers known by name`() {
        let libraries = ClientTable.shared.libraries
        // redis-cli is a program, and has no methods.
        #expect(Set(libraries.map(\.library)) == Set(ClientLibrary.allCases).subtracting([.redisCLI]))
        // The commands of these are not methods of a client.
        let others: Set<ClientLibrary> = [.rueidis, .radix, .springCache, .micronautCache, .quarkusCache, .djangoRedis]
        #expect(libraries.allSatisfy { $0.receiver != nil || $0.isBuiltIn || others.contains($0.library) })
    }

    @Test func `What a library brings is one that sends only where it is brought`() {
        let table = ClientTable.shared
        let brought = table.libraries.reduce(into: Set<ClientLibrary>()) { $0.formUnion($1.brings.union($1.mayBring)) }
        #expect(brought == Set(table.libraries.filter { $0.lending != .never }.map(\.library)))
        #expect(table.libraries.allSatisfy { $0.strings.allSatisfy { $0.utf8.count <= 64 } })
    }

    @Test func `A module is known by its name and by what lies in it, not by a longer name`() {
        let index = ClientIndex.shared
        #expect(index.library(ofModule: "redis.asyncio", in: "python") != nil)
        #expect(index.library(ofModule: "redistribute", in: "python") == nil)
        #expect(index.library(ofModule: "github.com/redis/go-redis/v9", in: "go") != nil)
        #expect(index.library(ofModule: "redis", in: "go") == nil)
    }

    @Test(
        "A method's name is that of a command without case, underscores and endings",
        arguments: [
            ("zRangeByScore", ["ZRANGEBYSCORE"]), ("config_get", ["CONFIG", "GET"]),
            ("ClientSetName", ["CLIENT", "SETNAME"]),
            ("getBuffer", ["GET"]), ("zrangeWithScores", ["ZRANGE"]), ("SPopN", ["SPOP"]), ("lPopCount", ["LPOP"]),
            ("zcount", ["ZCOUNT"]), ("join", nil), ("getCount", nil),
        ] as [(String, [String]?)])
    func name(_ method: String, _ words: [String]?) {
        #expect(CommandNames.shared.command(ofMethod: method) == words)
    }
}
