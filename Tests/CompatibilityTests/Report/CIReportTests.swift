import Presentation
import TestSupport
import Testing

@testable import Compatibility

@Suite("The formats of CI servers") struct CIReportTests {
    private func report(errors: Int, warnings: Int = 0, notes: Int = 0) -> Report {
        var result = LintResult()
        for (severity, count) in [(Severity.note, notes), (.warning, warnings), (.error, errors)] {
            for line in 0..<count {
                var finding = SampleRun.source(path: "a.py", line: line + 1)
                finding.severity = severity
                result.findings.append(finding)
            }
        }
        return Report(result, toolVersion: "1", base: SampleRun.base)
    }

    @Test(arguments: [(10, 10, 9, false), (11, 0, 0, true), (0, 30, 30, true), (0, 0, 10, true)])
    func `GitHub gets no more annotations of a kind than it shows, and the number of the rest`(
        _ errors: Int, _ warnings: Int, _ notes: Int, _ isOver: Bool
    ) {
        let text = ByteSink.text { report(errors: errors, warnings: warnings, notes: notes).write(.github, to: &$0) }
        let lines = text.split(separator: "\n")
        for kind in ["::error ", "::warning ", "::notice "] {
            #expect(lines.count { $0.hasPrefix(kind) } <= 10, "\(kind)")
        }
        let shown = lines.count { $0.contains("file=a.py") }
        #expect(lines.last?.contains("more: see") == isOver)
        if isOver { #expect(lines.last?.contains("::\(errors + warnings + notes - shown) more") == true) }
    }

    @Test func `GitHub's commands end where they end`() {
        let text = ByteSink.text { SampleRun.report.write(.github, to: &$0) }
        #expect(text.contains("file=odd%2C name%3A 5%25%0A.sh,"))
        #expect(text.contains("100%25 of"))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
    }

    @Test func `GitLab gets a fingerprint for each finding`() throws {
        let array = try JSONText(ByteSink.text { report(errors: 40).write(.gitlab, to: &$0) }).elements
        #expect(Set(array.map { $0["fingerprint"].text }).count == 40)
        for entry in array {
            #expect(entry.names == ["description", "check_name", "fingerprint", "severity", "location"])
            #expect(["info", "minor", "major", "critical", "blocker"].contains(entry["severity"].text))
            #expect(entry["location"]["path"].text == "a.py")
            #expect(entry["location"]["lines"]["begin"].number != nil)
        }
    }

    @Test func `Markdown stays within the size that GitHub takes`() {
        let text = ByteSink.text { report(errors: 20_000).write(.markdown, to: &$0) }
        #expect(text.utf8.count < 1 << 20)
        #expect(text.contains("more are not listed here"))
    }

    @Test func `JSON Lines has an object a line`() throws {
        let lines = ByteSink.text { SampleRun.report.write(.jsonl, to: &$0) }.split(separator: "\n")
        let types = try lines.map { try JSONText(String($0))["type"].text }
        #expect(
            types == [String?](repeating: "finding", count: 6) + ["suppressed", "suppressed", "problem", "problem"])
    }

    @Test func `JSON has the commands' counts`() throws {
        let object = try JSONText(ByteSink.text { SampleRun.report.write(.json, to: &$0) })
        #expect(object["commands"]["client|setname"].number == 3)
        #expect(object["commands"]["get"].number == 80_000)
        #expect(object["summary"]["complete"].truth == false)
    }
}
