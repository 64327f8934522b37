import CommandCatalog
import Presentation

// What client libraries send by themselves when they connect.

extension Judge {
    /// What a trace has shown of the greetings of its connections; those of a capture without addresses are one.
    struct Handshakes {
        /// By connection the library that has named itself.
        var libraries: [UInt64: String] = [:]
        /// By connection where HELLO was sent, and the request.
        var hellos: [UInt64: (place: Place, words: [[UInt8]])] = [:]

        /// More connections are not told apart.
        static let mostConnections = 10_000
    }

    /// Whether no line of an application asks for the command.
    func isHandshake(_ row: Int, _ request: Request, _ place: Place) -> Bool {
        switch table.names[row] {
        case "hello", "client|setinfo", "command|docs": return true
        case "client|setname":
            // StackExchange.Redis names itself so even where nobody has chosen a name.
            return request.count > 2 && LibraryGreeting.library(calling: name(in: request, 2)) == Self.lookingAround
        default:
            guard handshakes.libraries[Self.connection(request, place)] == Self.lookingAround else { return false }
            let last = request.count > 1 ? name(in: request, request.count - 1).lowercased() : ""
            return LibraryGreeting.isLook(Catalog.all[row].name, at: last)
        }
    }

    private static let lookingAround = "StackExchange.Redis"

    private func name(in request: Request, _ index: Int) -> String { Printable.bytes(request.copy(index, limit: 128)) }

    private static func connection(_ request: Request, _ place: Place) -> UInt64 {
        guard !place.peer.isEmpty else { return 0 }
        return ByteHash.hash(
            UnsafeRawBufferPointer(start: request.base + place.peer.lowerBound, count: place.peer.count))
    }

    /// Notes what a library has sent in a trace.
    mutating func noteHandshake(_ row: Int, _ request: Request, _ place: Place) {
        let connection = Self.connection(request, place)
        let command = table.names[row]
        var library = handshakes.libraries[connection]
        if let name = libraryName(in: request, command) {
            library = LibraryGreeting.library(calling: name) ?? name
            if handshakes.libraries.count < Handshakes.mostConnections { handshakes.libraries[connection] = library }
            noteInsistence(of: library ?? name, connection)
        }
        if command == "hello", handshakes.hellos.count < Handshakes.mostConnections {
            handshakes.hellos[connection] = (place, (0..<min(request.count, 2)).map { request.copy($0, limit: 64) })
        }
        // The name comes in the same greeting, before or after the version.
        if library == nil, command == "client|setinfo", request.isWord(2, "LIB-VER") { return }
        if command == "command|docs" { library = "redis-cli" }
        if command == "hello" { library = nil }
        let detail = library.map { $0.utf8.reduce(0) { $0 &* 31 &+ Int($1) } } ?? 0
        add(.libraryHandshake, command: row, detail: detail, request, place) {
            let name = Catalog.all[row].name
            var words = Self.words(library, sends: name, command: name)
            words.instead = LibraryGreeting.advice(on: name, libraries: library.map { [$0] } ?? [])
            return words
        }
    }

    /// The name that a library gives itself; nil where the request has none.
    private func libraryName(in request: Request, _ command: String) -> String? {
        switch command {
        case "client|setinfo": request.count > 3 && request.isWord(2, "LIB-NAME") ? name(in: request, 3) : nil
        case "client|setname": request.count > 2 ? name(in: request, 2) : nil
        default: nil
        }
    }

    /// Notes that the library of a connection has sent HELLO, where it cannot go on without an answer.
    private mutating func noteInsistence(of library: String, _ connection: UInt64) {
        let fatal = LibraryGreeting.all.first { $0.library == library && $0.command == "HELLO" && $0.isFatal }
        guard let greeting = fatal, let hello = handshakes.hellos[connection] else { return }
        // Its bytes are not there any more: the request is put together anew.
        var place = hello.place
        (place.peer, place.lineText) = (0..<0, 0..<0)
        WordsRequest(hello.words).withRequest { noteFatal(greeting, $0, place) }
    }

    private mutating func noteFatal(_ greeting: LibraryGreeting, _ request: Request, _ place: Place) {
        let detail = greeting.library.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
        add(.clientCannotConnect, command: -4, detail: detail, request, place) { Self.fatalWords(greeting) }
    }

    private static func words(_ library: String?, sends commands: String, command: String) -> Words {
        var words = Words(
            rule: .libraryHandshake, command: command, detail: library ?? "",
            message: "\(library ?? "a client library") sends \(commands) at connection, which the target refuses")
        words.library = library
        return words
    }

    private static func fatalWords(_ greeting: LibraryGreeting) -> Words {
        var words = Words(
            rule: .clientCannotConnect, command: greeting.command, detail: greeting.library,
            message: GreetingWords.fatalMessage(greeting), instead: "set \(greeting.setting)")
        words.library = greeting.library
        return words
    }
}

// MARK: - In source code

extension Judge {
    /// Notes what a library that source code uses sends at connection, beside what it cannot go on without.
    mutating func noteGreeting(of library: ClientLibrary, _ place: Place) {
        let refused = LibraryGreeting.all.filter {
            $0.library == library.rawValue && !$0.isFatal && Catalog.row(named: $0.command)?.id == nil
        }
        guard !refused.isEmpty else { return }
        let known = store.findings.count
        WordsRequest([Array(library.rawValue.utf8)]).withRequest { request in
            add(.libraryHandshake, command: 0, request, place) {
                var words = Words(
                    rule: .libraryHandshake, command: "", detail: library.rawValue,
                    message: GreetingWords.message(library.rawValue, refused),
                    instead: GreetingWords.settings(refused))
                words.library = library.rawValue
                return words
            }
        }
        let state = GreetingState(library: library.rawValue, command: nil, isOpen: true, isImport: true)
        store.amend(from: known) { $0.greeting = state }
    }

    /// Notes a command that a library cannot go on without, at the place that makes a client or imports the library.
    mutating func noteInsistence(on greeting: LibraryGreeting, _ place: Place, isOpen: Bool, isImport: Bool) {
        let known = store.findings.count
        WordsRequest([Array(greeting.library.utf8)]).withRequest { request in
            add(.clientCannotConnect, command: 0, request, place) { Self.fatalWords(greeting) }
        }
        let state = GreetingState(
            library: greeting.library, command: greeting.command, isOpen: isOpen, isImport: isImport)
        store.amend(from: known) { $0.greeting = state }
    }
}
