import Presentation

// GitLab's code quality report: of findings with one fingerprint it shows the first alone, so that each has its own.

extension Report {
    func writeGitLab(to sink: inout ByteSink) {
        sink.write("[")
        var fingerprints = FingerprintCounter(contexts)
        for (index, finding) in result.findings.enumerated() {
            sink.write(index == 0 ? "\n  " : ",\n  ")
            gitLab(finding, fingerprints.next(finding)).write(to: &sink, indent: 1)
        }
        sink.writeLine(result.findings.isEmpty ? "]" : "\n]")
    }

    private func gitLab(_ finding: Finding, _ fingerprint: String) -> JSON {
        .object([
            ("description", .string(finding.placedMessage)),
            ("check_name", .string("\(finding.rule.id) \(finding.rule.name)")),
            ("fingerprint", .string(fingerprint)), ("severity", .string(finding.severity.gitLabName)),
            (
                "location",
                .object([
                    ("path", .string(base.shown(finding.first.path))),
                    ("lines", .object([("begin", .integer(finding.first.line ?? 1))])),
                ])
            ),
        ])
    }
}

extension Severity {
    /// GitLab's word: of its five (info, minor, major, critical, blocker), a note is the least.
    fileprivate var gitLabName: String {
        switch self {
        case .error: "critical"
        case .warning: "minor"
        case .note: "info"
        }
    }
}
