import CommandCatalog
import Presentation

// What client libraries send by themselves when they connect.

extension Judge {
    /// Whether no line of an application asks for the command.
    func isHandshake(_ row: Int) -> Bool {
        switch table.names[row] {
        case "hello", "client|setinfo", "command|docs": true
        default: false
        }
    }

    /// Notes what a library has sent in a trace.
    mutating func noteHandshake(_ row: Int, _ request: Request, _ place: Place) {
        if request.count > 3, table.names[row] == "client|setinfo", request.isWord(2, "LIB-NAME") {
            libraryName = Printable.bytes(request.copy(3, limit: 64))
        }
        let library =
            table.names[row] == "command|docs" ? "redis-cli" : table.names[row] == "hello" ? nil : libraryName
        let detail = library.map { $0.utf8.reduce(0) { $0 &* 31 &+ Int($1) } } ?? 0
        add(.libraryHandshake, command: row, detail: detail, request, place) {
            let name = Catalog.all[row].name
            return Self.words(library, sends: name, command: name)
        }
    }

    /// Notes what a library that source code uses sends at connection.
    mutating func noteGreeting(of library: ClientLibrary, _ place: Place) {
        let refused = LibraryGreeting.all.filter {
            $0.library == library.rawValue && Catalog.row(named: $0.command)?.id == nil
        }
        guard !refused.isEmpty else { return }
        WordsRequest([Array(library.rawValue.utf8)]).withRequest { request in
            add(.libraryHandshake, command: 0, request, place) {
                let commands = refused.map { $0.command + ($0.since.isEmpty ? "" : " (since \($0.since))") }
                var words = Self.words(library.rawValue, sends: Wording.list(commands), command: "")
                words.instead = refused.filter { !$0.setting.isEmpty }
                    .map { "against \($0.command) set \($0.setting)" }.joined(separator: "; ")
                return words
            }
        }
    }

    private static func words(_ library: String?, sends commands: String, command: String) -> Words {
        var words = Words(
            rule: .libraryHandshake, command: command, detail: library ?? "",
            message: "\(library ?? "a client library") sends \(commands) at connection, which the target refuses")
        words.library = library
        return words
    }
}
