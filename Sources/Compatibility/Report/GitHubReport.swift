import Presentation

// Workflow commands of GitHub Actions: `::error file=app.py,line=3::message`. GitHub shows ten errors, ten warnings and ten
// notices of a step and drops the others without a word, so that the worst come first and the last line tells how many
// there are more.

extension Report {
    /// How many annotations of a kind GitHub shows of a step.
    static let maximumAnnotations = 10

    func writeGitHub(to sink: inout ByteSink) {
        var left: [Severity: Int] = [:]
        for severity in Severity.allCases { left[severity] = Self.maximumAnnotations }
        let isOver = Severity.allCases.contains { count($0) > Self.maximumAnnotations }
        // One notice is kept for the line that counts the rest.
        if isOver || count(.note) == Self.maximumAnnotations { left[.note] = Self.maximumAnnotations - 1 }
        var dropped = 0
        for problem in result.summary.problems where problem.isFailure && left[.error, default: 0] > 0 {
            sink.writeLine(annotation("error", problem.location, title: "unreadable", problem.message))
            left[.error, default: 0] -= 1
        }
        for finding in worstFirst {
            guard left[finding.severity, default: 0] > 0 else {
                dropped += 1
                continue
            }
            left[finding.severity, default: 0] -= 1
            let title = "\(finding.rule.id) \(finding.rule.name)"
            sink.writeLine(
                annotation(finding.severity.gitHubName, finding.first, title: title, finding.fullMessage))
        }
        if dropped > 0 {
            sink.writeLine("::notice title=clusterctl::\(Wording.count(dropped)) more: see the step summary or the log")
        }
    }

    private func annotation(_ kind: String, _ location: Location, title: String, _ message: String) -> String {
        var properties = location.isFile ? [("file", base.shown(location.path))] : []
        if let line = location.line { properties += [("line", "\(line)"), ("endLine", "\(line)")] }
        if let columns = location.columns {
            properties += [("col", "\(columns.lowerBound)"), ("endColumn", "\(columns.upperBound)")]
        }
        properties.append(("title", title))
        let list = properties.map { "\($0)=\(Self.escaped($1, isProperty: true))" }.joined(separator: ",")
        let place = location.isFile ? Wording.bytePlace(location) : "\(location.path): "
        return "::\(kind) \(list)::\(Self.escaped(place + message, isProperty: false))"
    }

    /// Text of a workflow command, on one line: a line of its own could be another command.
    ///
    /// In a property, such as a path, what ends one is escaped too.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "%": escaped += "%25"
            case "\r" where isProperty: escaped += "%0D"
            case "\n" where isProperty: escaped += "%0A"
            case ":" where isProperty: escaped += "%3A"
            case "," where isProperty: escaped += "%2C"
            default: escaped.unicodeScalars.append(scalar.isUnsafe ? "\u{FFFD}" : scalar)
            }
        }
    }
}

extension Severity {
    fileprivate var gitHubName: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
    }
}
