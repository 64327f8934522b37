import Presentation

extension Report {
    /// Checkstyle's XML: the findings of each file.
    func writeCheckstyle(to sink: inout ByteSink) {
        sink.writeLine(XML.declaration)
        sink.writeLine("<checkstyle version=\"4.3\">")
        for (path, findings) in findingsByFile {
            sink.writeLine("  <file\(XML.attributes([("name", base.shown(path))]))>")
            for finding in findings { sink.writeLine("    <error\(XML.attributes(checkstyle(finding)))/>") }
            sink.writeLine("  </file>")
        }
        sink.writeLine("</checkstyle>")
    }

    private func checkstyle(_ finding: Finding) -> [(name: String, value: String)] {
        var attributes = [("line", "\(finding.first.line ?? 1)")]
        if let columns = finding.first.columns { attributes.append(("column", "\(columns.lowerBound)")) }
        return attributes + [
            ("severity", finding.severity.checkstyleName), ("message", finding.placedMessage),
            ("source", "clusterctl.\(finding.rule.id)"),
        ]
    }
}

extension Severity {
    fileprivate var checkstyleName: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "info"
        }
    }
}
