import Presentation

// A table for GitHub's step summary, which holds at most 1 MiB of a step.

extension Report {
    /// How long the Markdown becomes at most, in bytes: GitHub refuses a summary over 1 MiB whole, and others may be in it.
    static let maximumMarkdownBytes = 900_000

    func writeMarkdown(to sink: inout ByteSink) {
        let counts = Severity.allCases.reversed().map { Wording.count(count($0), $0.rawValue) }.joined(separator: ", ")
        sink.writeLine("### clusterctl: \(result.findings.isEmpty ? "nothing found" : counts)")
        sink.writeLine()
        sink.writeLine(
            "\(Wording.count(result.summary.commandCount, "command")) of "
                + "\(Wording.count(result.summary.inputs.count, "input")), \(Wording.bytes(result.summary.bytes)).")
        for problem in result.summary.problems {
            sink.writeLine()
            sink.writeLine(
                "**\(problem.isFailure ? "Not read to its end" : "Note"):** \(Self.cell(Wording.place(problem.location))): \(Self.cell(problem.message))"
            )
        }
        guard !result.findings.isEmpty else { return }
        sink.writeLine()
        sink.writeLine("| Rule | Severity | Place | Times | What | Instead |")
        sink.writeLine("|---|---|---|---:|---|---|")
        var bytes = 0
        for (index, finding) in worstFirst.enumerated() {
            let row = Self.row(finding)
            bytes += row.utf8.count + 1
            guard bytes <= Self.maximumMarkdownBytes else {
                sink.writeLine()
                sink.writeLine("\(Wording.count(result.findings.count - index)) more are not listed here.")
                return
            }
            sink.writeLine(row)
        }
    }

    private static func row(_ finding: Finding) -> String {
        let cells = [
            "\(finding.rule.id) \(finding.rule.name)", finding.severity.rawValue,
            cell(Wording.place(finding.first)), Wording.count(finding.count), cell(finding.message),
            cell(finding.instead),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// Text that Markdown and HTML take for nothing but text, on one line.
    private static func cell(_ text: String) -> String {
        SafeText.line(text).unicodeScalars.reduce(into: "") { cell, scalar in
            switch scalar {
            case "|", "*", "_", "`", "[", "]", "\\", "~", "#": cell += "\\\(scalar)"
            case "<": cell += "&lt;"
            case ">": cell += "&gt;"
            case "&": cell += "&amp;"
            // No one is to be notified by a key's name.
            case "@": cell += "@\u{2060}"
            default: cell.unicodeScalars.append(scalar)
            }
        }
    }
}
