import Foundation
import Testing

/// The subcommands and their options, as the parser itself tells them.
struct CommandTree: Decodable {
    struct Command: Decodable {
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// The options as they are typed, `--json` and `-h`, those aside that help does not show.
        var options: Set<String> {
            let shown = (arguments ?? []).filter { $0.shouldDisplay && $0.kind != "positional" }
            return Set(shown.flatMap { $0.names ?? [] }.map { ($0.kind == "short" ? "-" : "--") + $0.name })
        }
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let names: [Name]?
        let shouldDisplay: Bool
    }

    let command: Command

    /// The subcommands, the parser's own `help` aside.
    var subcommands: [Command] { (command.subcommands ?? []).filter { $0.commandName != "help" } }

    static func read() async throws -> CommandTree {
        let run = try await Program.run("--experimental-dump-help")
        return try JSONDecoder().decode(CommandTree.self, from: Data(run.output.utf8))
    }

    /// The folder of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func path(_ path: String) -> String { root.appending(path: path).path(percentEncoded: false) }
}
