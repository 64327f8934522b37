import Foundation
import Testing

@testable import Compatibility

@Suite struct ClientPageTests {
    /// The page is made from the dialects and the tables of clients: CLUSTERCTL_RENEW=1 writes it anew.
    @Test func `docs-lint-clients is what the tables say`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardized
        let page = root.appending(path: "docs/lint-clients.md")
        let text = ClientPage.text
        if ProcessInfo.processInfo.environment["CLUSTERCTL_RENEW"] != nil {
            try Data(text.utf8).write(to: page)
        }
        #expect(
            try String(contentsOf: page, encoding: .utf8) == text,
            "CLUSTERCTL_RENEW=1 swift test --filter ClientPageTests writes it anew")
    }

    @Test func `each language has a client that its page names`() {
        for dialect in DialectList.all {
            #expect(ClientPage.text.contains("## \(ClientPage.title(of: dialect.facts))\n\nFiles "))
            #expect(ClientTable.shared.libraries.contains { $0.languageNames.contains(dialect.facts.name) })
        }
    }
}

/// The page `docs/lint-clients.md`.
private enum ClientPage {
    private static let table = ClientTable.shared

    static var text: String {
        var text = """
            # Languages and clients that `lint` reads

            Which files are read as a program, where the names that they declare are known, and the client libraries whose classes and
            methods are known. Of a client with *all commands* every method that is named like a command counts; the others count
            by their own names, as does what is not named like the command that it sends. *Lends*: a function that it is given is called
            with a client. The page is made from `Sources/Compatibility/Source/Dialects/` and `Sources/Compatibility/Source/Clients/`.

            """
        for dialect in DialectList.all { text += section(dialect.facts) }
        return text
    }

    static func title(of facts: DialectFacts) -> String {
        let titles = [
            "csharp": "C#", "cpp": "C++", "javascript": "JavaScript", "typescript": "TypeScript", "php": "PHP",
        ]
        return titles[facts.name] ?? facts.name.prefix(1).uppercased() + facts.name.dropFirst()
    }

    private static func section(_ facts: DialectFacts) -> String {
        var text = "\n## \(title(of: facts))\n\nFiles "
        text += (facts.extensions.map { "`.\($0)`" } + facts.fileNames.map { "`\($0)`" }).joined(separator: ", ")
        if !facts.interpreters.isEmpty {
            text += "; scripts of " + facts.interpreters.map { "`\($0)`" }.joined(separator: ", ")
        }
        text += ". \(sharing(facts.sharing))\n\n"
        text += "| Client | Imported as | Classes and functions | Methods | Lends |\n| --- | --- | --- | --- | --- |\n"
        for (number, library) in table.libraries.enumerated() where library.languageNames.contains(facts.name) {
            text += row(number, library)
        }
        return text
    }

    private static func sharing(_ sharing: DialectFacts.Sharing) -> String {
        switch sharing {
        case .file: "Names are known in their file, and where they are imported."
        case .folder: "Names are known in their folder, and where that is imported."
        case .package: "Classes and functions are known in their folder, by import, or as the nearest in the project."
        case .project: "Classes and functions are known in all of the project."
        }
    }

    private static func row(_ number: Int, _ library: ClientTable.Library) -> String {
        let types = table.types.indices.filter { table.types[$0].library == number }
        let methods = table.allMethods.filter { types.contains($0.type) }
        let names = library.exports.keys.map { "`\($0)`" }.sorted()
        let modules = library.isBuiltIn ? ["known without an import"] : library.modules.map { "`\($0)`" }
        let speaks = types.contains { table.types[$0].speaksCommands }
        let own = Set(methods.map(\.name)).count
        let lends = methods.contains { $0.lines.contains { $0.callback != nil } }
        let cells = [
            library.library.rawValue, modules.joined(separator: " "), names.joined(separator: " "),
            speaks ? "all commands, \(own) others" : "\(own)", lends ? "yes" : "",
        ]
        return "| " + cells.map { $0.isEmpty ? " " : $0 }.joined(separator: " | ") + " |\n"
    }
}
