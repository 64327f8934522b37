import Foundation
import TestSupport
import Testing

@testable import clusterctl

/// `man/clusterctl.1` and a page for each subcommand: every option, none extra, valid mdoc.
@Suite("The man pages") struct ManPagesTests {
    /// The options that a page has an item for: those of its lines `.It Fl Fl json` and `.It Fl y , Fl Fl yes`.
    private static func documented(_ page: String) -> Set<String> {
        var options: Set<String> = []
        for line in page.split(separator: "\n") where line.hasPrefix(".It Fl ") {
            for part in line.dropFirst(4).split(separator: ",") {
                let words = part.split(separator: " ")
                let dashes = words.prefix { $0 == "Fl" }.count
                if dashes < words.count { options.insert(String(repeating: "-", count: dashes) + words[dashes]) }
            }
        }
        return options
    }

    private static func check(_ name: String, _ command: CommandTree.Command) throws {
        let path = "man/\(name).1"
        guard let page = try? CommandTree.text(path) else {
            Issue.record("\(path) is missing: write it as man/clusterctl-repl.1 is written")
            return
        }
        let documented = documented(page)
        let missing = command.options.subtracting(documented).sorted()
        let extra = documented.subtracting(command.options).sorted()
        let items = missing.map { ".It Fl \($0.hasPrefix("--") ? "Fl \($0.dropFirst(2))" : String($0.dropFirst()))" }
        #expect(missing.isEmpty, "\(path) lacks \(missing): add under DESCRIPTION\n\(items.joined(separator: "\n"))")
        #expect(extra.isEmpty, "\(path) has options that there are not: remove \(extra)")
        for section in [
            "NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
        ] {
            #expect(page.contains("\n.Sh \(section)\n"), "\(path) has no section \(section)")
        }
        #expect(page.contains("\n.Nm \(name)\n"))
    }

    @Test func `every option of every subcommand is documented, and none that there is not`() async throws {
        let tree = try await CommandTree.read()
        try #require(tree.subcommands.count > 5)
        try Self.check("clusterctl", tree.command)
        for command in tree.subcommands { try Self.check("clusterctl-\(command.commandName)", command) }
    }

    @Test func `no page is left of a subcommand that is gone, and the first page names them all`() async throws {
        let tree = try await CommandTree.read()
        let names = Set(tree.subcommands.map { "clusterctl-\($0.commandName).1" } + ["clusterctl.1"])
        let files = try FileManager.default.contentsOfDirectory(atPath: CommandTree.path("man"))
        #expect(Set(files) == names)
        let first = try CommandTree.text("man/clusterctl.1")
        for command in tree.subcommands {
            #expect(
                first.contains("\n.It Ic \(command.commandName)\n"), "man/clusterctl.1 lacks \(command.commandName)")
        }
    }

    @Test func `the verbs of the shell are documented`() throws {
        let page = try CommandTree.text("man/clusterctl-repl.1")
        let documented = page.matches(of: /\n\.It Ic :([a-z0-9]+)/).map { String($0.1) }
        #expect(documented == Verb.all.map(\.name))
    }

    @Test(.enabled(if: Machine.has("mandoc"), "mandoc is not installed"))
    func `mandoc has nothing to say against a page`() throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: CommandTree.path("man")) {
            let run = try Peer.run(
                "/usr/bin/env", ["mandoc", "-Tlint", "-W", "warning", CommandTree.path("man/\(file)")])
            #expect(run.status == 0 && run.output.isEmpty, "\(file):\n\(run.output)\(run.errors)")
        }
    }

    @Test(.enabled(if: Machine.has("groff"), "groff is not installed"))
    func `groff has nothing to say against a page`() throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: CommandTree.path("man")) {
            let run = try Peer.run("/usr/bin/env", ["groff", "-mdoc", "-ww", "-z", CommandTree.path("man/\(file)")])
            #expect(run.status == 0 && run.errors.isEmpty, "\(file):\n\(run.errors)")
        }
    }
}
