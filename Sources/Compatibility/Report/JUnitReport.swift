import Presentation

// What CI servers read as JUnit's: a test suite a file, a test case a finding. A file without findings is a passed test
// case, since a report without any counts as a failure in some of them.

extension Report {
    func writeJUnit(to sink: inout ByteSink) {
        let suites = junitSuites
        sink.writeLine(XML.declaration)
        let totals = suites.reduce(into: JUnitSuite(path: "")) { $0.add($1) }
        sink.writeLine("<testsuites\(XML.attributes([("name", "clusterctl")] + totals.counts))>")
        for suite in suites { write(suite, to: &sink) }
        sink.writeLine("</testsuites>")
    }

    /// A suite for each input and for each file that something was found in.
    private var junitSuites: [JUnitSuite] {
        var suites = result.summary.inputs.map { JUnitSuite(path: $0.path) }
        var places = Dictionary(suites.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        func update(_ path: String, _ change: (inout JUnitSuite) -> Void) {
            let place = places[path] ?? suites.count
            if place == suites.count {
                suites.append(JUnitSuite(path: path))
                places[path] = place
            }
            change(&suites[place])
        }
        for finding in result.findings { update(finding.first.path) { $0.findings.append(finding) } }
        for finding in suppressed { update(finding.finding.first.path) { $0.suppressed.append(finding) } }
        for problem in result.summary.problems where problem.isFailure {
            update(problem.location.path) { $0.problems.append(problem) }
        }
        for place in suites.indices {
            suites[place].failures = suites[place].findings.count { $0.severity >= failOn }
        }
        return suites
    }

    private func write(_ suite: JUnitSuite, to sink: inout ByteSink) {
        let path = base.shown(suite.path)
        sink.writeLine("  <testsuite\(XML.attributes([("name", path)] + suite.counts))>")
        for finding in suite.findings { write(finding, path, to: &sink) }
        for finding in suite.suppressed {
            let reason = XML.attributes([("message", finding.reason ?? "suppressed")])
            open(finding.finding, path, to: &sink)
            sink.writeLine("<skipped\(reason)/></testcase>")
        }
        for problem in suite.problems {
            let name = Wording.placeInFile(problem.location) ?? "whole"
            let message = XML.attributes([("message", SafeText.line(problem.message)), ("type", "unreadable")])
            sink.write("    <testcase\(XML.attributes([("classname", path), ("name", "readable: \(name)")]))>")
            sink.writeLine("<error\(message)/></testcase>")
        }
        if suite.isClean {
            sink.writeLine("    <testcase\(XML.attributes([("classname", path), ("name", "nothing found")]))/>")
        }
        sink.writeLine("  </testsuite>")
    }

    private func write(_ finding: Finding, _ path: String, to sink: inout ByteSink) {
        let message = XML.attributes([("message", finding.fullMessage), ("type", finding.severity.rawValue)])
        let details = ([finding.excerpt?.text].compactMap(\.self) + finding.reservations).map(SafeText.line)
        let body = XML.escaped(([Wording.place(finding.first)] + details).joined(separator: "\n"))
        open(finding, path, to: &sink)
        // A finding that does not fail the run does not fail the test case.
        sink.writeLine(
            finding.severity >= failOn
                ? "<failure\(message)>\(body)</failure></testcase>"
                : "<system-out>\(XML.escaped(finding.fullMessage))</system-out></testcase>")
    }

    private func open(_ finding: Finding, _ path: String, to sink: inout ByteSink) {
        let place = Wording.placeInFile(finding.first).map { ": \($0)" } ?? ""
        let name = "\(finding.rule.id) \(finding.rule.name)\(place)"
        var attributes = [("classname", path), ("name", name)]
        if finding.first.isFile { attributes.append(("file", path)) }
        if let line = finding.first.line { attributes.append(("line", "\(line)")) }
        sink.write("    <testcase\(XML.attributes(attributes))>")
    }
}

/// What was found in a file.
private struct JUnitSuite {
    let path: String
    var findings: [Finding] = []
    var suppressed: [SuppressedFinding] = []
    var problems: [InputProblem] = []
    var failures = 0

    init(path: String) {
        self.path = path
    }

    var isClean: Bool { findings.isEmpty && suppressed.isEmpty && problems.isEmpty }

    private var total = Total()

    /// The sums of several suites.
    private struct Total {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0
    }

    /// Counts another suite in.
    mutating func add(_ suite: JUnitSuite) {
        total.tests += suite.tests
        total.failures += suite.failures
        total.errors += suite.problems.count
        total.skipped += suite.suppressed.count
    }

    private var tests: Int { isClean ? 1 : findings.count + suppressed.count + problems.count }

    /// The numbers as attributes: the suite's own, or those of the suites counted in.
    var counts: [(name: String, value: String)] {
        let isSum = path.isEmpty
        return [
            ("tests", "\(isSum ? total.tests : tests)"), ("failures", "\(isSum ? total.failures : failures)"),
            ("errors", "\(isSum ? total.errors : problems.count)"),
            ("skipped", "\(isSum ? total.skipped : suppressed.count)"),
        ]
    }
}
