import CommandCatalog
import Testing

@Suite struct LibraryGreetingTests {
    @Test(arguments: LibraryGreeting.all.map(\.command)) func `A greeting's command is in the catalog`(command: String)
    {
        #expect(Catalog.row(named: command) != nil)
    }

    @Test(arguments: [
        ("redis-py", "redis-py"), ("redis-py(django-redis_v5.4)", "redis-py"), ("go-redis(,go1.23)", "go-redis"),
        ("Lettuce", "lettuce"), ("host(SE.Redis-v2.9.1)", "StackExchange.Redis"), ("node-redis", "node-redis"),
    ])
    func `A library is known by the name that it gives itself`(name: String, library: String) {
        #expect(LibraryGreeting.library(calling: name) == library)
        #expect(LibraryGreeting.library(calling: "x" + name.lowercased().replacing("se.redis", with: "")) == nil)
    }

    @Test func `A setting is advised of the libraries that are known, else of all`() {
        #expect(LibraryGreeting.advice(on: "HELLO", libraries: ["node-redis"]) == "node-redis: RESP: 2")
        #expect(LibraryGreeting.advice(on: "HELLO").contains("redis-rb: protocol: 2"))
        let insisting = LibraryGreeting.advice(on: "HELLO", isInsisted: true)
        #expect(insisting.contains("redis-client: protocol: 2") && !insisting.contains("redis-rb"))
        #expect(LibraryGreeting.advice(on: "INFO", libraries: ["ioredis"]) == "ioredis: enableReadyCheck: false")
        #expect(LibraryGreeting.advice(on: "COMMAND DOCS") == "no setting is needed: redis-cli asks for its hints only")
        #expect(LibraryGreeting.advice(on: "GETDEL").isEmpty)
    }

    @Test func `A greeting that a library cannot go on without has a setting, and a way to see it in the source`() {
        for greeting in LibraryGreeting.all where greeting.isFatal {
            #expect(!greeting.setting.isEmpty && !greeting.marks.isEmpty, "\(greeting.library)")
        }
    }

    @Test func `A library's greetings stand together, each command once`() {
        let names = LibraryGreeting.all.map { "\($0.library) \($0.command)" }
        #expect(Set(names).count == names.count)
        let libraries = LibraryGreeting.all.map(\.library)
        let runs = libraries.indices.count { $0 == 0 || libraries[$0] != libraries[$0 - 1] }
        #expect(runs == Set(libraries).count)
    }
}
