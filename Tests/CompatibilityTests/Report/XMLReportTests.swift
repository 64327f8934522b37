import Presentation
import Testing

@testable import Compatibility

@Suite("JUnit's and Checkstyle's XML") struct XMLReportTests {
    @Test func `JUnit has a suite a file and a test case a finding, and its numbers are right`() throws {
        let xml = try XMLElements(ByteSink.text { SampleRun.report.write(.junit, to: &$0) })
        let suites = xml.named("testsuite")
        #expect(Set(suites.map { $0.attributes["name"] }).count == suites.count)
        let cases = xml.named("testcase")
        let numbers = { (name: String) in suites.reduce(0) { $0 + (Int($1.attributes[name] ?? "") ?? 0) } }
        #expect(numbers("tests") == cases.count)
        #expect(numbers("failures") == xml.named("failure").count)
        #expect(numbers("errors") == xml.named("error").count)
        #expect(numbers("skipped") == xml.named("skipped").count)
        let whole = try #require(xml.named("testsuites").first)
        for name in ["tests", "failures", "errors", "skipped"] {
            #expect(whole.attributes[name] == "\(numbers(name))", "\(name)")
        }
        #expect(xml.named("error").count == 1, "a torn tail is no error")
        #expect(xml.named("skipped").count == 2)
    }

    @Test func `JUnit has a passed test case for a clean file`() throws {
        let xml = try XMLElements(ByteSink.text { SampleRun.report.write(.junit, to: &$0) })
        let clean = xml.named("testcase").filter { $0.attributes["classname"] == "app/clean.py" }
        #expect(clean.count == 1)
        #expect(clean.first?.attributes["name"] == "nothing found")
    }

    @Test func `JUnit fails what fails the run and nothing else`() throws {
        var report = SampleRun.report
        for failOn in Severity.allCases {
            report.failOn = failOn
            let xml = try XMLElements(ByteSink.text { report.write(.junit, to: &$0) })
            #expect(xml.named("failure").count == report.result.findings.count { $0.severity >= failOn })
        }
    }

    @Test func `Checkstyle has every finding under its file`() throws {
        let xml = try XMLElements(ByteSink.text { SampleRun.report.write(.checkstyle, to: &$0) })
        #expect(xml.named("error").count == SampleRun.result.findings.count)
        #expect(xml.named("file").map { $0.attributes["name"] }.contains("app/cache.py"))
        let severities = Set(xml.named("error").compactMap { $0.attributes["severity"] })
        #expect(severities == ["error", "warning", "info"])
        #expect(xml.named("error").allSatisfy { Int($0.attributes["line"] ?? "").map { $0 >= 1 } ?? false })
    }

    @Test(arguments: [ReportFormat.junit, .checkstyle])
    func `hold any character that a message may have`(_ format: ReportFormat) throws {
        let scalars = (0...0x2FF).compactMap(Unicode.Scalar.init) + ["\u{FFFE}", "\u{FFFF}", "\u{10FFFF}", "中"]
        var finding = SampleRun.source(path: String(String.UnicodeScalarView(scalars)), line: 1)
        finding.message = finding.first.path
        finding.excerpt = Finding.Excerpt(text: finding.message, firstColumn: 1, isCutAtEnd: false)
        var result = LintResult()
        result.findings = [finding]
        let report = Report(result, toolVersion: "1", base: SampleRun.base)
        let xml = try XMLElements(ByteSink.text { report.write(format, to: &$0) })
        let messages = xml.elements.compactMap { $0.attributes["message"] }
        #expect(messages.contains { $0.contains("&<") == false && $0.contains("<=>") && $0.contains("中") })
    }
}
