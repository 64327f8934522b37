public import Presentation

/// How a report may be written.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// For people: each finding with its source line and a caret.
    case text
    /// A line a finding, as compilers and editors have it: `path:line:column: …`.
    case concise
    /// One JSON object.
    case json
    /// A JSON object a line, one a finding.
    case jsonl
    /// SARIF 2.1.0.
    case sarif
    /// The XML that JUnit's Ant task began and CI servers read.
    case junit
    /// Workflow commands of GitHub Actions, which become annotations.
    case github
    /// A list of findings in Markdown, as for GitHub's step summary.
    case markdown
    /// GitLab's code quality report.
    case gitlab
    /// Checkstyle's XML.
    case checkstyle
}

/// A finding that is not reported as such, and why.
public struct SuppressedFinding: Sendable {
    /// The finding.
    public var finding: Finding
    /// What suppressed it.
    public var origin: Origin
    /// Why, as whoever suppressed it wrote; nil where nothing was written.
    public var reason: String?

    /// What may suppress a finding.
    public enum Origin: Sendable, Hashable {
        /// A comment `clusterctl:ignore`.
        case comment
        /// A path in the configuration.
        case configuration
        /// The baseline.
        case baseline
        /// An option of the command line.
        case commandLine
    }

    /// A finding with what suppressed it.
    public init(_ finding: Finding, _ origin: Origin, reason: String? = nil) {
        self.finding = finding
        self.origin = origin
        self.reason = reason
    }
}

/// A run's result with all that a report says around it; ``write(_:to:)`` is the way to every format.
public struct Report: Sendable {
    /// The findings and what was read.
    public var result: LintResult
    /// The findings that were suppressed.
    public var suppressed: [SuppressedFinding] = []
    /// The version of the program, as SARIF and JSON name it.
    public var toolVersion: String
    /// The folder that paths are relative to in the formats that CI servers read.
    public var base: BasePath
    /// From which severity on a finding fails the run: what JUnit calls a failure.
    public var failOn = Severity.warning
    /// Whether guesses that are not shown fail a run in which nothing else is found: so it is unless somebody has said
    /// that they do not count.
    public var countsGuesses = false
    /// Whether text is coloured.
    public var isColored = false
    /// Whether the text lists the names that could not be decided.
    public var showsUndecided = false
    /// Whether the text lists how often each command was sent.
    public var showsStatistics = false
    /// How many results a SARIF file has at most: GitHub reads no more of a run.
    var maximumSARIFResults = 25_000
    /// How long the run took, in seconds, for the speed in the statistics; nil leaves it out.
    public var seconds: Double?

    /// A report of a result.
    public init(_ result: LintResult, toolVersion: String, base: BasePath) {
        self.result = result
        self.toolVersion = toolVersion
        self.base = base
    }

    /// A report of sizes: its violations as findings.
    public init(_ result: SizeResult, toolVersion: String, base: BasePath) {
        var lint = LintResult()
        lint.findings = result.findings
        lint.summary = result.summary
        self.init(lint, toolVersion: toolVersion, base: base)
    }

    /// Whether the run fails for what is not shown, and for nothing else.
    public var failsForGuesses: Bool {
        guard countsGuesses, let severity = result.hiddenSeverity else { return false }
        return severity >= failOn && !result.findings.contains { $0.severity >= failOn }
    }

    /// Leaves rules out, and gives others the severities that a configuration has for them.
    public mutating func weigh(by configuration: Configuration) {
        result.findings.removeAll { configuration.disabledRules.contains($0.rule.id) }
        for index in result.findings.indices {
            guard let severity = configuration.severities[result.findings[index].rule.id] else { continue }
            result.findings[index].severity = severity
        }
    }

    /// Writes the report.
    ///
    /// The same findings in every format, but where a reader of the format takes no more of them.
    public func write(_ format: ReportFormat, to sink: inout ByteSink) {
        switch format {
        case .text: writeText(to: &sink)
        case .concise: writeConcise(to: &sink)
        case .json: writeJSON(to: &sink)
        case .jsonl: writeJSONLines(to: &sink)
        case .sarif: writeSARIF(to: &sink)
        case .junit: writeJUnit(to: &sink)
        case .github: writeGitHub(to: &sink)
        case .markdown: writeMarkdown(to: &sink)
        case .gitlab: writeGitLab(to: &sink)
        case .checkstyle: writeCheckstyle(to: &sink)
        }
        sink.finish()
    }

    /// What the findings are recognised by.
    var contexts: FindingContexts { FindingContexts(result.summary, base: base) }

    /// The findings with the worst first; those of one severity stay in their order.
    var worstFirst: [Finding] {
        Severity.allCases.reversed().flatMap { severity in result.findings.filter { $0.severity == severity } }
    }

    /// How many findings have a severity.
    func count(_ severity: Severity) -> Int { result.findings.count { $0.severity == severity } }

    /// The findings by file, the files in the order in which they first appear.
    var findingsByFile: [(path: String, findings: [Finding])] {
        Self.grouped(result.findings) { $0.first.path }.map { (path: $0.key, findings: $0.elements) }
    }

    /// Elements by a key, the keys in the order in which they first appear.
    static func grouped<Element>(
        _ elements: [Element], by key: (Element) -> String
    ) -> [(key: String, elements: [Element])] {
        var places: [String: Int] = [:]
        var groups: [(key: String, elements: [Element])] = []
        for element in elements {
            let name = key(element)
            if let place = places[name] {
                groups[place].elements.append(element)
            } else {
                places[name] = groups.count
                groups.append((name, [element]))
            }
        }
        return groups
    }
}
