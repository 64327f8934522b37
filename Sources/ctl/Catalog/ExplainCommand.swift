import ArgumentParser
import CommandCatalog
import Compatibility
import Presentation

/// `clusterctl explain`: what the contract says of a command, or of one whole request, and what a rule looks for.
struct ExplainCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells what the Cluster edition says of a command, and what a rule of the linter looks for.",
        discussion: """
            Takes a command, a subcommand, or a whole request, whose arguments are then judged too: verdict, syntax in 2.8, \
            limits, what instead. Or the name or number of a rule of `clusterctl lint`. Exits with 1 where no Redis has the \
            command. Needs no running cluster.
            """)

    static let examples = [
        Example("clusterctl explain ZADD", "a command"),
        Example("clusterctl explain CLIENT SETINFO", "a subcommand"),
        Example("clusterctl explain SET user:1 anna KEEPTTL", "a request"),
        Example("clusterctl explain key-too-long", "a rule"),
        Example("clusterctl explain SCAN --json", "for a program"),
    ]

    @OptionGroup var report: ReportOptions

    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("The command, and the arguments of a request.", valueName: "command"))
    var words: [String] = []

    func validate() throws {
        if words.isEmpty { throw ValidationError("no command: name one, as in `clusterctl explain ZADD`") }
    }

    func run() throws {
        if words.count == 1, let rule = Rule.named(words[0]) {
            StandardOutput.writeLine(
                report.json
                    ? rule.json.text() : RuleExplanation(rule: rule).lines(report.style).joined(separator: "\n"))
            return
        }
        guard let explanation = Explanation(of: Request(words), contract: .clusterEdition) else {
            throw unknownCommand()
        }
        if report.json {
            StandardOutput.writeLine(explanation.json.text())
        } else {
            StandardOutput.writeLine(explanation.lines(report.style).joined(separator: "\n"))
        }
    }

    private func unknownCommand() -> any Error {
        // A password may have got into it: `AUTH:password`, a URL.
        let name = Secrets.masked(Request(words).words.first ?? "")
        let suggestion = Catalog.suggestion(for: name)
        if report.json {
            let object = JSON.object([
                ("name", .string(name)), ("verdict", .string(Verdict.unknown.label)),
                ("suggestion", .string(ifAny: suggestion)),
            ])
            StandardOutput.writeLine(object.text())
            return ExitCode(ExitStatus.findings.rawValue)
        }
        let shown = Quantity.printable(Array(name.utf8))
        if words.count == 1, Self.isCalledLikeRule(words[0]) {
            return Failure("there is no rule '\(shown)': \(Rule.advice(for: words[0]))", .findings)
        }
        let advice = Catalog.remark(onUnknown: name) ?? "`clusterctl commands` lists them, `clusterctl rules` the rules"
        return Failure("\(shown): no Redis has this command: \(advice)", .findings)
    }

    /// `no-such-rule`, `CTL099`: commands of Redis have a hyphen in none of their names.
    private static func isCalledLikeRule(_ word: String) -> Bool {
        word.contains("-") || word.uppercased().hasPrefix("CTL")
    }
}
