import Testing

@testable import Compatibility

@Suite("What is reported and what is not") struct SieveTests {
    private static let base = BasePath("/p", workingFolder: "/p")

    private func result(_ findings: [Finding], text: String = "", kind: InputKind = .source) -> LintResult {
        var result = LintResult()
        result.findings = findings
        for path in Set(findings.map(\.first.path) + ["a.py"]).sorted() {
            var input = InputSummary(path: path, kind: kind)
            if path == "a.py" { input.ignoreComments = IgnoreComment.read(Array(text.utf8)) }
            result.summary.inputs.append(input)
        }
        return result
    }

    private func finding(_ line: Int, _ path: String = "a.py", rule: Rule = .refusedCommand) -> Finding {
        var finding = Finding(
            rule: rule, message: "m", command: "KEYS", location: Location(path: path, line: line, columns: 1..<3))
        finding.excerpt = Finding.Excerpt(text: "  r.keys('\(line % 2)')", firstColumn: 1, isCutAtEnd: false)
        return finding
    }

    private func sift(
        _ findings: [Finding], text: String = "", configuration: String = "", disabled: Set<String> = [],
        kind: InputKind = .source, change: (inout Sieve) -> Void = { _ in }
    ) throws -> Sieve.Outcome {
        let configuration = try Configuration(Array(configuration.utf8), folder: "/p")
        var sieve = Sieve(configuration, base: Self.base, disabledRules: disabled)
        change(&sieve)
        return sieve.sift(result(findings, text: text, kind: kind), resolve: Self.base.absolute)
    }

    @Test func `a comment takes a finding out, with its reason`() throws {
        let outcome = try sift(
            [finding(1), finding(2)], text: "r.keys() # clusterctl:ignore refused-command -- old server\nr.keys()")
        #expect(outcome.result.findings.map(\.first.line) == [2])
        #expect(outcome.suppressed.map(\.reason) == ["old server"])
    }

    @Test(arguments: [
        ("x\nr.get() # clusterctl:ignore CTL001", "the comment ignores refused-command, which is not found here"),
        ("x\n# clusterctl:ignore-file ctl007", "the comment ignores other-database, which is not found in this file"),
        ("x\n# clusterctl:ignore ctl0001", "there is no rule 'ctl0001': did you mean 'CTL001'?"),
        ("x\n# clusterctl:ignore", "the comment names no rule: write clusterctl:ignore RULE -- reason"),
    ])
    func `a comment that ignores nothing is a finding`(_ text: String, _ message: String) throws {
        let outcome = try sift([finding(1)], text: text)
        #expect(outcome.result.findings.map(\.rule) == [.refusedCommand, .unusedIgnore])
        #expect(outcome.result.findings.last?.message == message)
        #expect(outcome.result.findings.last?.first.line == 2)
        let withoutRule = try sift([finding(1)], text: text, disabled: ["CTL016"])
        #expect(withoutRule.result.findings.count == 1)
    }

    @Test func `a comment for a rule that is off is not called unused`() throws {
        let outcome = try sift([], text: "x # clusterctl:ignore CTL001", disabled: ["CTL001"])
        #expect(outcome.result.findings.isEmpty)
    }

    @Test func `a comment may ignore what would be hidden, and is of use then`() throws {
        var low = finding(1)
        low.confidence = .low
        let outcome = try sift([low], text: "r.keys() # clusterctl:ignore CTL001")
        #expect(outcome.result.findings.isEmpty)
        #expect(outcome.result.hiddenFindings == 0)
    }

    @Test func `low confidence is hidden and counted unless asked for`() throws {
        var low = finding(1)
        low.confidence = .low
        let hidden = try sift([low, finding(2)])
        #expect((hidden.result.findings.count, hidden.result.hiddenFindings) == (1, 1))
        let shown = try sift([low, finding(2)]) { $0.minimumConfidence = .low }
        #expect((shown.result.findings.count, shown.result.hiddenFindings) == (2, 0))
    }

    @Test func `the configuration leaves rules out by path`() throws {
        let outcome = try sift(
            [finding(1, "tests/a.py"), finding(1)], configuration: "[ignored-rules]\n'tests/**' = ['CTL001']")
        #expect(outcome.result.findings.map(\.first.path) == ["a.py"])
        #expect(outcome.suppressed.map(\.origin) == [.configuration])
    }

    @Test func `findings stay in the order of inputs and lines`() throws {
        let findings = [finding(1), finding(5), finding(2, "b.py")]
        let outcome = try sift(findings, text: "x\nx\nx # clusterctl:ignore CTL002")
        #expect(outcome.result.findings.map(\.first.line) == [1, 3, 5, 2])
    }
}

@Suite("The baseline") struct BaselineTests {
    private static let base = BasePath("/p", workingFolder: "/p")

    private func result(_ lines: [Int], text: String = "r.keys('*')") -> LintResult {
        var result = LintResult()
        result.summary.inputs = [InputSummary(path: "a.py", kind: .source)]
        result.findings = lines.map { line in
            var finding = Finding(rule: .refusedCommand, message: "m", location: Location(path: "a.py", line: line))
            finding.excerpt = Finding.Excerpt(text: text, firstColumn: 1, isCutAtEnd: false)
            return finding
        }
        return result
    }

    private func sift(_ result: LintResult, _ baseline: Baseline) -> Sieve.Outcome {
        var sieve = Sieve(Configuration(folder: "/p"), base: Self.base, disabledRules: [])
        sieve.baseline = baseline
        return sieve.sift(result, resolve: { $0 })
    }

    @Test func `counts a context wherever its lines are`() throws {
        let baseline = try Baseline(Array(Baseline(result([3, 9]), base: Self.base).text.utf8))
        #expect(baseline.count == 2)
        let moved = sift(result([40, 77], text: "   r.keys('*')  "), baseline)
        #expect(moved.result.findings.isEmpty)
        #expect(moved.suppressed.count == 2)
        let more = sift(result([3, 9, 12]), baseline)
        #expect(more.result.findings.count == 3)
        let fewer = sift(result([3]), baseline)
        #expect((fewer.result.findings.count, fewer.goneFromBaseline) == (0, 1))
        let other = sift(result([3], text: "r.scan(0)"), baseline)
        #expect((other.result.findings.count, other.goneFromBaseline) == (1, 2))
    }

    @Test func `keeps any text`() throws {
        let result = result([1], text: "a\tb\\n \u{2028} \\t é")
        let written = Baseline(result, base: Self.base)
        #expect(sift(result, try Baseline(Array(written.text.utf8))).result.findings.isEmpty)
    }

    @Test(arguments: [
        ("", 1), ("# clusterctl baseline 2\n", 1), ("# clusterctl baseline 1\nx", 2),
        ("# clusterctl baseline 1\n1\tCTL001\ta\tb\n0\tCTL001\ta\tb", 3),
        ("# clusterctl baseline 1\n1\tCTL999\ta\tb", 2),
    ])
    func `says which line is none of its own`(_ text: String, _ line: Int) {
        let error = #expect(throws: Baseline.Malformed.self) { try Baseline(Array(text.utf8)) }
        #expect(error?.line == line)
    }
}

@Suite("Changed lines") struct ChangedLinesTests {
    private let changes = ChangedLines(
        root: "/repo",
        patch: Array(
            """
            diff --git a/x.py b/x.py
            --- a/x.py
            +++ b/x.py
            @@ -3 +3,2 @@ def f():
            -old
            +++ b/y.py
            +@@ -1 +1 @@
            @@ -9,2 +10,0 @@
            -a
            --- a/z.py
            diff --git a/sub folder/n.py b/sub folder/n.py
            --- /dev/null
            +++ b/sub folder/n.py\t
            @@ -0,0 +1,3 @@
            +1
            +2
            +3
            \\ No newline at end of file
            diff --git "a/\\303\\244\\".py" "b/\\303\\244\\".py"
            --- "a/\\303\\244\\".py"
            +++ "b/\\303\\244\\".py"
            @@ -1 +1 @@
            -a
            +b
            diff --git a/gone.py b/gone.py
            --- a/gone.py
            +++ /dev/null
            @@ -1 +0,0 @@
            -a
            """.utf8), wholeFiles: ["dump.rdb"])

    @Test(arguments: [
        ("/repo/x.py", 2, false), ("/repo/x.py", 3, true), ("/repo/x.py", 4, true), ("/repo/x.py", 5, false),
        ("/repo/x.py", 10, false), ("/repo/y.py", 1, false), ("/repo/sub folder/n.py", 3, true),
        ("/repo/sub folder/n.py", 4, false), ("/repo/ä\".py", 1, true), ("/repo/gone.py", 1, false),
        ("/repo/dump.rdb", 70, true), ("/elsewhere/x.py", 1, true), ("/repository/x.py", 1, true),
    ])
    func `are those that the patch adds`(_ path: String, _ line: Int, _ isChanged: Bool) {
        #expect(changes.contains(path, line: line) == isChanged)
    }

    @Test func `of a file are any where the line does not matter`() {
        #expect(changes.contains("/repo/x.py", line: nil))
        #expect(!changes.contains("/repo/other.py", line: nil))
    }
}
