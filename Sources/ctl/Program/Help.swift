import ArgumentParser

/// A line that shows how a command is used.
struct Example {
    let line: String
    let meaning: String

    init(_ line: String, _ meaning: String) {
        self.line = line
        self.meaning = meaning
    }
}

/// A command whose help ends with examples.
protocol WithExamples: ParsableCommand {
    static var examples: [Example] { get }
}

/// What the parser's help is completed with.
enum Help {
    /// The subcommand that the arguments name; nil where they name none.
    static func subcommand(in arguments: [String]) -> (any ParsableCommand.Type)? {
        let words = arguments.drop { $0 == "help" || $0.hasPrefix("-") }
        return Clusterctl.configuration.subcommands.first { $0._commandName == words.first }
    }

    /// A text of the parser; where it is a command's help, with the command's examples below.
    static func withExamples(_ text: String, _ arguments: [String]) -> String {
        let command = subcommand(in: arguments) ?? Clusterctl.self
        guard text.hasPrefix("OVERVIEW:"), let examples = (command as? any WithExamples.Type)?.examples else {
            return text
        }
        let width = examples.map(\.line.count).max() ?? 0
        let lines = examples.map { example in
            let padding = String(repeating: " ", count: width - example.line.count)
            return "  \(example.line)\(padding)  \(example.meaning)"
        }
        let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
        return body + "\n\nEXAMPLES:\n" + lines.joined(separator: "\n")
    }
}
