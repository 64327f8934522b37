import ArgumentParser
import Compatibility
import Presentation

/// `clusterctl rules`: what `lint` and `sizes` look for.
struct RulesCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists the rules of lint and sizes.",
        discussion: """
            A rule has an identity and a name, and both are accepted wherever a rule is named. Their meaning never changes.
            """)

    static let examples = [
        Example("clusterctl rules", "what is looked for"),
        Example("clusterctl explain key-too-long", "one of them at length"),
        Example("clusterctl rules --json", "for a program"),
    ]

    @OptionGroup var report: ReportOptions

    func run() {
        guard !report.json else {
            return StandardOutput.writeLine(JSON.array(Rule.all.map(\.json)).text())
        }
        var table = TextTable([("RULE", .left), ("NAME", .left), ("SEVERITY", .left), ("", .left)])
        for rule in Rule.all {
            let state = rule.isOnByDefault ? "" : " (off unless asked for)"
            table.add([rule.id, rule.name, rule.severity.rawValue, rule.summary + state])
        }
        StandardOutput.writeLine(table.lines(report.style).joined(separator: "\n"))
    }
}
