import Presentation

// SARIF 2.1.0 (OASIS Standard, 27 March 2020), written so that GitHub takes it: results have a relative path and a line,
// there are no more than it reads, and each has a fingerprint of its own.

extension Report {
    /// The longest description of a rule that GitHub shows, in characters.
    static let maximumSARIFDescription = 1024

    func writeSARIF(to sink: inout ByteSink) {
        let kept = keptInSARIF
        sink.writeLine("{")
        sink.writeLine("  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",")
        sink.writeLine("  \"version\": \"2.1.0\",")
        sink.writeLine("  \"runs\": [{")
        writeRunMember("tool", tool, to: &sink)
        writeRunMember("columnKind", .string("unicodeCodePoints"), to: &sink)
        writeRunMember("originalUriBaseIds", Self.sourceRoot, to: &sink)
        writeRunMember("invocations", .array([invocation(leftOut: leftOutOfSARIF)]), to: &sink)
        sink.write("    \"results\": [")
        var fingerprints = FingerprintCounter(contexts)
        for (index, result) in kept.enumerated() {
            sink.write(index == 0 ? "\n      " : ",\n      ")
            json(of: result, fingerprint: fingerprints.next(result.finding)).write(to: &sink, indent: 3)
        }
        sink.writeLine("]")
        sink.writeLine("  }]")
        sink.writeLine("}")
    }

    private func writeRunMember(_ name: String, _ value: JSON, to sink: inout ByteSink) {
        sink.write("    \(JSON.quoted(name)): ")
        value.write(to: &sink, indent: 2)
        sink.writeLine(",")
    }

    private typealias SARIFResult = (finding: Finding, suppression: SuppressedFinding?)

    /// The worst findings, then the suppressed ones, as far as the limit goes.
    private var keptInSARIF: ArraySlice<SARIFResult> {
        let open: [SARIFResult] = worstFirst.map { ($0, nil) }
        return (open + suppressed.map { ($0.finding, $0) }).prefix(maximumSARIFResults)
    }

    private var leftOutOfSARIF: Int { max(0, result.findings.count + suppressed.count - maximumSARIFResults) }

    /// The base of the relative paths; what it is, the reader knows.
    private static var sourceRoot: JSON {
        let text = "The folder that the analysis ran in, or that its paths were made relative to."
        return .object([
            ("%SRCROOT%", .object([("description", .object([("text", .string(text))]))]))
        ])
    }
}

// MARK: - The tool and its run

extension Report {
    private var tool: JSON {
        .object([
            (
                "driver",
                .object([
                    ("name", .string("clusterctl")), ("version", .string(toolVersion)),
                    ("semanticVersion", .string(toolVersion)), ("rules", .array(Rule.all.map(\.sarif))),
                ])
            )
        ])
    }

    private func invocation(leftOut: Int) -> JSON {
        var notifications = result.summary.problems.map { problem in
            JSON.object([
                ("level", .string(problem.isFailure ? "error" : "warning")),
                ("message", text(problem.message)), ("locations", .array([location(problem.location)])),
            ])
        }
        if leftOut > 0 {
            let message =
                "\(Wording.count(leftOut, "result")) left out: a run has at most "
                + "\(Wording.count(maximumSARIFResults)) of them here"
            notifications.append(.object([("level", .string("warning")), ("message", text(message))]))
        }
        return .object([
            ("executionSuccessful", .boolean(result.summary.isComplete)),
            ("toolExecutionNotifications", .array(notifications)),
        ])
    }

    fileprivate func text(_ text: String) -> JSON { .object([("text", .string(SafeText.line(text)))]) }
}

extension Rule {
    fileprivate var sarif: JSON {
        let summary = Wording.cut(summary, Report.maximumSARIFDescription)
        let explanation = Wording.cut(explanation, Report.maximumSARIFDescription)
        return .object([
            ("id", .string(id)), ("name", .string(name)), ("shortDescription", .object([("text", .string(summary))])),
            ("fullDescription", .object([("text", .string(explanation))])),
            ("help", .object([("text", .string(helpText)), ("markdown", .string(helpMarkdown))])),
            (
                "defaultConfiguration",
                .object([("enabled", .boolean(isOnByDefault)), ("level", .string(severity.rawValue))])
            ),
            (
                "properties",
                .object([
                    ("tags", .strings(["redis", "compatibility"])), ("precision", .string("high")),
                    ("problem.severity", .string(severity == .note ? "recommendation" : severity.rawValue)),
                ])
            ),
        ])
    }

    private var helpText: String {
        let examples =
            "Found in:\n\(badExample.joined(separator: "\n"))\n\nNot found in:\n"
            + goodExample.joined(separator: "\n")
        return [explanation, examples, instead.isEmpty ? "" : "Instead: \(instead)"].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    private var helpMarkdown: String {
        let examples =
            "Found in:\n\n```\n\(badExample.joined(separator: "\n"))\n```\n\nNot found in:\n\n```\n"
            + "\(goodExample.joined(separator: "\n"))\n```"
        return [explanation, examples, instead.isEmpty ? "" : "**Instead:** \(instead)"].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }
}

// MARK: - Results

extension Report {
    private func json(of result: SARIFResult, fingerprint: String) -> JSON {
        let finding = result.finding
        var members: [(name: String, value: JSON)] = [
            ("ruleId", .string(finding.rule.id)),
            ("ruleIndex", .integer(ifAny: Rule.all.firstIndex(of: finding.rule))),
            ("level", .string(finding.severity.rawValue)), ("message", text(finding.placedMessage)),
            ("locations", .array([location(finding.first)])),
            ("partialFingerprints", .object([("primaryLocationLineHash", .string(fingerprint))])),
        ]
        if finding.count > 1 { members.append(("occurrenceCount", .integer(finding.count))) }
        if let suppression = result.suppression {
            members.append(("suppressions", .array([suppression.sarif])))
        }
        members.append(("properties", properties(finding)))
        return .object(members)
    }

    private func properties(_ finding: Finding) -> JSON {
        .object(
            [
                ("confidence", .string(finding.confidence.rawValue)), ("command", .string(ifAny: finding.command)),
                ("key", .string(ifAny: finding.keyPattern)), ("size", .integer(ifAny: finding.measure?.value)),
                ("limit", .integer(ifAny: finding.measure?.limit)),
                ("byteOffset", .integer(ifAny: finding.first.byteOffset)),
            ].filter { member in
                if case .null = member.value { return false }
                return true
            })
    }

    /// GitHub refuses a result without a line; in a binary file it is the first.
    private func location(_ location: Location) -> JSON {
        guard location.isFile else {
            return .object([("logicalLocations", .array([.object([("name", .string(location.path))])]))])
        }
        let reference = base.reference(location.path)
        var artifact: [(name: String, value: JSON)] = [("uri", .string(reference.uri))]
        if reference.isRelative { artifact.append(("uriBaseId", .string("%SRCROOT%"))) }
        var region: [(name: String, value: JSON)] = [("startLine", .integer(location.line ?? 1))]
        if location.line != nil, let columns = location.columns {
            region += [
                ("startColumn", .integer(columns.lowerBound)), ("endColumn", .integer(columns.upperBound)),
            ]
        }
        return .object([
            (
                "physicalLocation",
                .object([("artifactLocation", .object(artifact)), ("region", .object(region))])
            )
        ])
    }
}

extension SuppressedFinding {
    fileprivate var sarif: JSON {
        var members: [(name: String, value: JSON)] = [
            ("kind", .string(origin == .comment ? "inSource" : "external"))
        ]
        if let reason { members.append(("justification", .string(reason))) }
        return .object(members)
    }
}
