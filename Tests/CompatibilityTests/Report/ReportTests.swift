import Presentation
import TestSupport
import Testing

@testable import Compatibility

@Suite("Every format of a report") struct ReportTests {
    @Test(arguments: ReportFormat.allCases.filter { $0 != .sarif })
    func `is what its golden file says`(_ format: ReportFormat) throws {
        let text = ByteSink.text { SampleRun.report.write(format, to: &$0) }
        try GoldenFile.expect(text, in: "sample.\(format.rawValue)")
    }

    @Test func `SARIF is what its golden file says, the rules' texts left out`() throws {
        let text = ByteSink.text { SampleRun.report.write(.sarif, to: &$0) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let run = lines.drop { !$0.hasPrefix("    \"columnKind\"") }
        try GoldenFile.expect(run.joined(separator: "\n"), in: "sample.sarif")
    }

    @Test func `text in colour is the plain text once its escapes are out`() {
        var report = SampleRun.report
        report.isColored = true
        let colored = ByteSink.text { report.write(.text, to: &$0) }
        let plain = ByteSink.text { SampleRun.report.write(.text, to: &$0) }
        #expect(colored != plain)
        #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test(arguments: ReportFormat.allCases)
    func `lets nothing through that moves a terminal's cursor`(_ format: ReportFormat) {
        let bytes = ByteSink.bytes { SampleRun.report.write(format, to: &$0) }
        #expect(!bytes.contains(0x1B))
    }

    @Test(arguments: ReportFormat.allCases)
    func `comes in pieces that are the same as the whole`(_ format: ReportFormat) {
        var report = SampleRun.report
        report.result.findings = (0..<2000).map { SampleRun.source(path: "a.py", line: $0 + 1) }
        var pieces: [[UInt8]] = []
        var sink = ByteSink { pieces.append($0) }
        report.write(format, to: &sink)
        sink.finish()
        #expect(Array(pieces.joined()) == ByteSink.bytes { report.write(format, to: &$0) })
        #expect(pieces.allSatisfy { $0.count < 200_000 })
    }

    @Test(arguments: ReportFormat.allCases)
    func `copes with a run that found nothing`(_ format: ReportFormat) throws {
        let report = Report(LintResult(), toolVersion: "1", base: SampleRun.base)
        let text = ByteSink.text { report.write(format, to: &$0) }
        switch format {
        case .json, .sarif, .gitlab: _ = try JSONText(text)
        case .junit, .checkstyle: _ = try XMLElements(text)
        case .text, .concise, .jsonl, .github, .markdown: #expect(!text.contains("nil"))
        }
    }
}

@Suite("The text's excerpt") struct ExcerptTests {
    @Test(arguments: [
        ("abc def", 1, 5..<8, 4, 3), ("\tdef", 1, 2..<5, 4, 3), ("名 def", 1, 3..<6, 3, 3),
        ("e\u{301} def", 1, 4..<7, 2, 3), ("abc", 1, 4..<4, 3, 1), ("abc", 100, 101..<102, 2, 1),
        ("abc", 100, 90..<95, 1, 0), ("abc", 1, 50..<60, 3, 0), ("", 1, 1..<2, 0, 1),
    ])
    func `has its carets under the place`(
        _ text: String, _ firstColumn: Int, _ columns: Range<Int>, _ start: Int, _ count: Int
    ) {
        let excerpt = Finding.Excerpt(text: text, firstColumn: firstColumn, isCutAtEnd: false)
        let shown = ShownExcerpt(excerpt, columns: columns)
        #expect((shown.caretStart, shown.caretCount) == (start, count))
    }
}

@Suite("Paths of a report") struct BasePathTests {
    @Test(arguments: [
        ("a.py", "sub/a.py"), ("./x/../a.py", "sub/a.py"), ("../b.py", "b.py"), ("/home/anna/shop/c.py", "c.py"),
        ("../../other.py", "/home/anna/other.py"), ("-", "stdin"), ("/home/anna/shopping/x", "/home/anna/shopping/x"),
    ])
    func `are relative to the project where they can be`(_ path: String, _ shown: String) {
        let base = BasePath("/home/anna/shop", workingFolder: "/home/anna/shop/sub")
        #expect(base.shown(path) == shown)
    }

    @Test func `are escaped in a URI`() {
        let base = BasePath("/p", workingFolder: "/p")
        #expect(base.reference("a b/ü%#?.py").uri == "a%20b/%C3%BC%25%23%3F.py")
        #expect(base.reference("/q/x.py") == ("file:///q/x.py", false))
    }
}
