import CommandCatalog
import Compatibility
import Presentation

/// A row of the catalog with the contract's verdict, as the subcommands show it.
struct CommandRow {
    let command: Command
    let verdict: Verdict

    init(_ command: Command, contract: Contract) {
        self.command = command
        verdict = contract.verdict(on: command)
    }

    /// What a supported command does; what to do instead of any other.
    private var remark: String {
        verdict == .supported ? command.summary : command.instead.isEmpty ? "" : "instead: \(command.instead)"
    }

    /// The command's name with the arguments that follow it.
    var usage: String { command.syntax.isEmpty ? command.name : "\(command.name) \(command.syntax)" }
}

// MARK: - Lists of rows

extension CommandRow {
    /// An aligned table for people.
    static func table(_ rows: [CommandRow], _ style: Style) -> [String] {
        var table = TextTable([
            ("COMMAND", .left), ("VERDICT", .left), ("SINCE", .left), ("GROUP", .left), ("", .left),
        ])
        for row in rows {
            table.add([
                row.command.name, row.verdict.label, "\(row.command.since)", row.command.group.rawValue, row.remark,
            ])
        }
        return table.lines(style) { line, column, text in
            column == 1 ? style.verdict(rows[line].verdict.label, text) : text
        }
    }

    /// A table in Markdown.
    static func markdown(_ rows: [CommandRow]) -> [String] {
        ["| Command | Verdict | Since | Group | What it does, or what instead |", "|---|---|---|---|---|"]
            + rows.map { row in
                let cells = [
                    "`\(row.usage)`", row.verdict.label, "\(row.command.since)", row.command.group.rawValue, row.remark,
                ]
                return "| " + cells.map(inMarkdown).joined(separator: " | ") + " |"
            }
    }

    /// A cell's text: a bar would end the cell.
    private static func inMarkdown(_ text: String) -> String {
        text.reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) }
    }

    var json: JSON {
        let command = self.command
        return .object([
            ("name", .string(command.name)), ("verdict", .string(verdict.label)),
            ("group", .string(command.group.rawValue)),
            ("since", .string("\(command.since)")), ("arity", .integer(command.facts.arity)),
            ("keys", command.facts.keys.json),
            ("syntax", verdict == .supported ? .string(command.syntax) : .null),
            ("summary", command.summary.isEmpty ? .null : .string(command.summary)),
            ("instead", command.instead.isEmpty ? .null : .string(command.instead)),
            (
                "later_arguments",
                .array(
                    command.laterArguments.map { argument in
                        .object([
                            ("name", .string(argument.name)), ("since", .string("\(argument.since)")),
                            ("instead", .string(argument.instead)),
                        ])
                    })
            ),
        ])
    }
}

// MARK: - Key positions

extension KeyLayout {
    /// Where the keys are, in words; the name is argument 0.
    var inWords: String {
        switch self {
        case .none: "none"
        case .range(let first, let last, _) where first == last: "argument \(first)"
        case .range(let first, let last, let step):
            Self.inWords(first: first, last: last, step: step)
        case .counted(let destination, let count, let first):
            (destination.map { "argument \($0), and " } ?? "")
                + "as many as argument \(count) says, from argument \(first) on"
        case .storing(let first, _): "argument \(first), and the one after STORE"
        case .streams: "the first half of what follows STREAMS"
        case .migrate: "argument 3, or what follows KEYS"
        }
    }

    private static func inWords(first: Int, last: Int, step: Int) -> String {
        let end = last == -1 ? "the last" : last < 0 ? "number \(-last) from the end" : "\(last)"
        switch step {
        case 1: return "arguments \(first) to \(end)"
        case 2: return "every second one of arguments \(first) to \(end)"
        default: return "one in \(step) of arguments \(first) to \(end)"
        }
    }

    fileprivate var json: JSON {
        switch self {
        case .none: .null
        case .range(let first, let last, let step):
            .object([("first", .integer(first)), ("last", .integer(last)), ("step", .integer(step))])
        case .counted, .storing, .streams, .migrate: .string(inWords)
        }
    }
}
