import ArgumentParser
import CommandCatalog
import Compatibility
import Presentation

/// `clusterctl commands`: the table that the server refuses by.
struct CommandsCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "commands",
        abstract: "Lists every Redis command with what the Cluster edition says of it.",
        discussion: """
            Verdicts: supported; refused (the product's page says so); unlisted (Redis 2.8 has it, the page does not name \
            it); newer (Redis added it after 2.8). Needs no running cluster.
            """)

    static let examples = [
        Example("clusterctl commands --verdict supported", "what may be used"),
        Example("clusterctl commands --group sorted-set --group set", "two groups"),
        Example("clusterctl commands --verdict refused --json", "for a program"),
    ]

    @Option(
        help: ArgumentHelp("Only commands of this verdict; may be repeated.", valueName: "verdict"),
        transform: CommandsCommand.verdict)
    var verdict: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only commands of this group; may be repeated: \(CommandsCommand.groupNames).", valueName: "group"),
        transform: CommandsCommand.group)
    var group: [Command.Group] = []

    @Flag(help: "Write a table in Markdown.")
    var markdown = false

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if markdown && report.json { throw ValidationError("--markdown and --json exclude each other: choose one") }
    }

    func run() {
        let rows = Catalog.all.map { CommandRow($0, contract: .clusterEdition) }.filter { row in
            (verdict.isEmpty || verdict.contains(row.verdict.label))
                && (group.isEmpty || group.contains(row.command.group))
        }
        if report.json {
            StandardOutput.writeLine(JSON.array(rows.map(\.json)).text())
        } else {
            let lines = markdown ? CommandRow.markdown(rows) : CommandRow.table(rows, report.style)
            StandardOutput.writeLine(lines.joined(separator: "\n"))
        }
    }

    private static let verdicts = ["supported", "refused", "unlisted", "newer"]

    private static func verdict(_ text: String) throws -> String {
        guard verdicts.contains(text.lowercased()) else {
            throw ArgumentValues.Unusable(description: "write one of \(verdicts.joined(separator: ", "))")
        }
        return text.lowercased()
    }

    private static let groupNames = Command.Group.allCases.map(\.optionName).joined(separator: ", ")

    private static func group(_ text: String) throws -> Command.Group {
        guard let group = Command.Group.allCases.first(where: { $0.optionName == text.lowercased() }) else {
            throw ArgumentValues.Unusable(description: "write one of \(groupNames)")
        }
        return group
    }
}

extension Command.Group {
    /// The name as an option's value: `sorted-set`, `pub-sub`.
    fileprivate var optionName: String { String(rawValue.map { $0.isLetter ? $0 : "-" }) }
}
