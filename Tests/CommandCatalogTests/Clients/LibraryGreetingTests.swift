import CommandCatalog
import Testing

@Suite struct LibraryGreetingTests {
    @Test(arguments: LibraryGreeting.all.map(\.command)) func `A greeting's command is in the catalog`(command: String)
    {
        #expect(Catalog.row(named: command) != nil)
    }

    @Test func `A library's greetings stand together, each command once`() {
        let names = LibraryGreeting.all.map { "\($0.library) \($0.command)" }
        #expect(Set(names).count == names.count)
        let libraries = LibraryGreeting.all.map(\.library)
        let runs = libraries.indices.count { $0 == 0 || libraries[$0] != libraries[$0 - 1] }
        #expect(runs == Set(libraries).count)
    }
}
