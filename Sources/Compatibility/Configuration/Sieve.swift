/// Separates the findings to be reported from those that a comment, the configuration, the baseline or the chosen changes
/// leave out.
public struct Sieve: Sendable {
    /// The least confidence that is reported.
    public var minimumConfidence = Confidence.high
    /// The findings to live with.
    public var baseline: Baseline?
    /// The only lines to report about; nil is all.
    public var changes: ChangedLines?
    private let configuration: Configuration
    private let base: BasePath
    private let disabledRules: Set<String>

    /// A sieve of a project's rules.
    ///
    /// - Parameter disabledRules: the identities of the rules that the run does not apply, whoever has said so.
    public init(_ configuration: Configuration, base: BasePath, disabledRules: Set<String>) {
        self.configuration = configuration
        self.base = base
        self.disabledRules = disabledRules
    }

    /// What is left of a run, and what is not.
    public struct Outcome: Sendable {
        /// The run's result with the findings to be reported.
        public var result: LintResult
        /// The findings that were suppressed.
        public var suppressed: [SuppressedFinding]
        /// How many findings the baseline holds that are not found any more.
        public var goneFromBaseline: Int
    }

    /// Sifts the findings of a run that was made with the lowest confidence.
    ///
    /// - Parameters:
    ///   - resolve: the absolute path of an input with its links followed, to find it among the changes.
    public func sift(
        _ result: LintResult, resolve: (String) -> String
    ) -> Outcome {
        var outcome = Outcome(result: result, suppressed: [], goneFromBaseline: 0)
        ignoreByComment(&outcome)
        ignoreByPath(&outcome)
        outcome.result.findings.removeAll { finding in
            let isHidden = minimumConfidence == .high && finding.confidence == .low
            if isHidden {
                outcome.result.hiddenFindings += 1
                outcome.result.hiddenSeverity = max(outcome.result.hiddenSeverity ?? .note, finding.severity)
            }
            return isHidden
        }
        if let baseline {
            let contexts = FindingContexts(result.summary, base: base)
            let sifted = baseline.apply(to: outcome.result.findings, contexts)
            outcome.result.findings = sifted.kept
            outcome.suppressed += sifted.suppressed
            outcome.goneFromBaseline = sifted.gone
        }
        if let changes { keep(changes, &outcome.result, resolve) }
        return outcome
    }

    /// Whether a finding is one to be shown before the run is through: what a baseline holds, and lines that have not
    /// changed, are known only then.
    public func mayReport(_ finding: Finding) -> Bool {
        let isHidden = minimumConfidence == .high && finding.confidence == .low
        return !isHidden && !isIgnoredForItsPath(finding)
    }

    private func isIgnoredForItsPath(_ finding: Finding) -> Bool {
        guard !configuration.ignoredRules.isEmpty else { return false }
        let root = BasePath(configuration.folder, workingFolder: base.absolute("."))
        guard let path = root.relative(finding.first.path) else { return false }
        return configuration.ignoredRules.contains { pattern, rules in
            rules.contains(finding.rule.id) && pattern.matches(path)
        }
    }

    private func ignoreByPath(_ outcome: inout Outcome) {
        guard !configuration.ignoredRules.isEmpty else { return }
        var kept: [Finding] = []
        for finding in outcome.result.findings {
            if isIgnoredForItsPath(finding) {
                outcome.suppressed.append(SuppressedFinding(finding, .configuration, reason: "ignored for its path"))
            } else {
                kept.append(finding)
            }
        }
        outcome.result.findings = kept
    }

    private func keep(_ changes: ChangedLines, _ result: inout LintResult, _ resolve: (String) -> String) {
        let written = result.summary.writtenPaths
        var paths: [String: String] = [:]
        result.findings.removeAll { finding in
            let path = finding.first.path
            if path == "-" { return false }
            let resolved = paths[path] ?? resolve(path)
            paths[path] = resolved
            // What a trace has gathered lies on many lines.
            return !changes.contains(resolved, line: written.contains(path) ? finding.first.line : nil)
        }
    }
}

// MARK: - Comments

extension Sieve {
    private func ignoreByComment(_ outcome: inout Outcome) {
        let groups = Report.grouped(outcome.result.findings) { $0.first.path }
        let byPath = Dictionary(uniqueKeysWithValues: groups.map { ($0.key, $0.elements) })
        var kept: [Finding] = []
        var judged: Set<String> = []
        for input in outcome.result.summary.inputs where input.kind == .source || input.kind == .shell {
            guard judged.insert(input.path).inserted else { continue }
            var file = IgnoredFile(path: input.path, comments: input.ignoreComments)
            for finding in byPath[input.path] ?? [] {
                if let reason = file.ignores(finding) {
                    outcome.suppressed.append(SuppressedFinding(finding, .comment, reason: reason.text))
                } else {
                    kept.append(finding)
                }
            }
            kept += file.complaints(disabledRules).map(weighed)
        }
        for (path, findings) in groups where !judged.contains(path) { kept += findings }
        // Back into the order of the inputs, which is that of the findings.
        let order = Dictionary(
            outcome.result.summary.inputs.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        outcome.result.findings = kept.enumerated().sorted { left, right in
            let places = [left, right].map { order[$0.element.first.path] ?? Int.max }
            let isOneFile =
                left.element.first.path == right.element.first.path && judged.contains(left.element.first.path)
            if isOneFile, left.element.first.line != right.element.first.line {
                return left.element.first.line ?? 0 < right.element.first.line ?? 0
            }
            return (places[0], left.offset) < (places[1], right.offset)
        }.map(\.element)
    }

    private func weighed(_ finding: Finding) -> Finding {
        var finding = finding
        finding.severity = configuration.severities[finding.rule.id] ?? finding.severity
        return finding
    }
}

/// The comments of a file, and which of them were of use.
private struct IgnoredFile {
    let path: String
    let comments: [IgnoreComment]
    /// The comments that are about a line; those under nil are about the whole file.
    private let byTarget: [Int?: [IgnoreComment]]
    private var used: Set<[String]> = []

    init(path: String, comments: [IgnoreComment]) {
        self.path = path
        self.comments = comments
        byTarget = Dictionary(grouping: comments, by: \.target)
    }

    /// Why a finding is ignored.
    struct Reason {
        let text: String?
    }

    /// Nil where no comment ignores the finding.
    mutating func ignores(_ finding: Finding) -> Reason? {
        for comment in (byTarget[nil] ?? []) + (finding.first.line.flatMap { byTarget[$0] } ?? []) {
            for name in comment.names where Rule.named(name) == finding.rule {
                used.insert(["\(comment.line)", name])
                return Reason(text: comment.reason)
            }
        }
        return nil
    }

    /// A finding for each name that has ignored nothing, though its rule was applied, and for comments without a name.
    func complaints(_ disabledRules: Set<String>) -> [Finding] {
        guard !disabledRules.contains(Rule.unusedIgnore.id) else { return [] }
        return comments.flatMap { comment in
            comment.names.isEmpty
                ? [finding(comment, "the comment names no rule: write clusterctl:ignore RULE -- reason")]
                : comment.names.compactMap { complaint(comment, $0, disabledRules) }
        }
    }

    private func complaint(_ comment: IgnoreComment, _ name: String, _ disabledRules: Set<String>) -> Finding? {
        guard let rule = Rule.named(name) else {
            return finding(comment, "there is no rule '\(name)': \(Suggestion.advice(forRule: name))")
        }
        guard !disabledRules.contains(rule.id), !used.contains(["\(comment.line)", name]) else { return nil }
        let place = comment.target == nil ? "in this file" : "here"
        return finding(comment, "the comment ignores \(rule.name), which is not found \(place)")
    }

    private func finding(_ comment: IgnoreComment, _ message: String) -> Finding {
        let location = Location(path: path, line: comment.line, columns: comment.columns)
        var finding = Finding(rule: .unusedIgnore, message: message, location: location)
        finding.excerpt = Array(comment.text.utf8).withUnsafeBytes {
            Excerpts.window(of: $0, column: 1, firstColumn: comment.columns.lowerBound)
        }
        return finding
    }
}
