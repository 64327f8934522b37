package import Presentation

// The members' names are promised: programs read them.

extension Report {
    /// One object, its findings streamed: they are all of it that can be many.
    func writeJSON(to sink: inout ByteSink) {
        let contexts = contexts
        sink.writeLine("{")
        write("tool", .object([("name", .string("clusterctl")), ("version", .string(toolVersion))]), to: &sink)
        writeArray("findings", result.findings, to: &sink) { $0.json(contexts) }
        writeArray("suppressed", suppressed, to: &sink) { $0.json(contexts) }
        writeArray("problems", result.summary.problems, to: &sink, \.json)
        writeArray("undecided", result.summary.undecided, to: &sink, \.json)
        writeArray("inputs", result.summary.inputs, to: &sink, \.json)
        write("commands", result.summary.commandsJSON, to: &sink)
        sink.write("  \"summary\": ")
        summaryJSON.write(to: &sink, indent: 1)
        sink.writeLine("\n}")
    }

    /// A line for each finding, suppressed finding and problem; `type` tells them apart.
    func writeJSONLines(to sink: inout ByteSink) {
        let contexts = contexts
        for finding in result.findings { writeLine("finding", finding.json(contexts), to: &sink) }
        for finding in suppressed { writeLine("suppressed", finding.json(contexts), to: &sink) }
        for problem in result.summary.problems { writeLine("problem", problem.json, to: &sink) }
    }

    private func writeLine(_ type: String, _ json: JSON, to sink: inout ByteSink) {
        guard case .object(let members) = json else { preconditionFailure("a line of a report is no object") }
        JSON.object([("type", .string(type))] + members).naming(result.summary.pathBytes).write(to: &sink, indent: nil)
        sink.writeLine()
    }

    private func write(_ name: String, _ value: JSON, to sink: inout ByteSink) {
        sink.write("  \(JSON.quoted(name)): ")
        value.write(to: &sink, indent: 1)
        sink.writeLine(",")
    }

    private func writeArray<Element>(
        _ name: String, _ elements: [Element], to sink: inout ByteSink, _ json: (Element) -> JSON
    ) {
        sink.write("  \(JSON.quoted(name)): [")
        for (index, element) in elements.enumerated() {
            sink.write(index == 0 ? "\n    " : ",\n    ")
            json(element).naming(result.summary.pathBytes).write(to: &sink, indent: 2)
        }
        sink.writeLine(elements.isEmpty ? "]," : "\n  ],")
    }

    private var summaryJSON: JSON {
        .object(
            Severity.allCases.reversed().map { ("\($0.rawValue)s", .integer(count($0))) } + [
                ("suppressed", .integer(suppressed.count)), ("hidden", .integer(result.hiddenFindings)),
                ("inputs", .integer(result.summary.inputs.count)),
                ("passed_over", .integer(result.summary.passedOver)),
                ("left_out", result.summary.leftOut.json),
                ("commands", .integer(result.summary.commandCount)), ("bytes", .integer(result.summary.bytes)),
                ("complete", .boolean(result.summary.isComplete)),
            ])
    }
}

extension JSON {
    /// The same with `file_base64` behind each `file` whose path is not UTF-8, so that its text does not name it.
    func naming(_ paths: [String: [UInt8]]) -> JSON {
        guard !paths.isEmpty else { return self }
        switch self {
        case .object(let members):
            return .object(
                members.flatMap { member -> [(name: String, value: JSON)] in
                    guard member.name == "file", case .string(let path) = member.value, let bytes = paths[path] else {
                        return [(member.name, member.value.naming(paths))]
                    }
                    return [member, ("file_base64", .string(Base64.encode(bytes)))]
                })
        case .array(let elements): return .array(elements.map { $0.naming(paths) })
        default: return self
        }
    }
}

extension LeftOut {
    fileprivate var json: JSON {
        .object([
            ("folders", .integer(folders)), ("files", .integer(files)), ("usual_folders", counts(usualFolders)),
            ("hidden_folders", .integer(hiddenFolders)), ("ignored_folders", .integer(ignoredFolders)),
            ("ignored_files", .integer(ignoredFiles)), ("configured_files", .integer(configuredFiles)),
            (
                "binary_files",
                counts(
                    Dictionary(
                        binaryFiles.map { ($0.detail.isEmpty ? $0.noun : "\($0.noun) (\($0.detail))", $1) },
                        uniquingKeysWith: +))
            ), ("links", .integer(links)), ("special_files", .integer(specialFiles)),
            ("unknown_files", .strings(unknownFiles)),
        ])
    }

    private func counts(_ numbers: [String: Int]) -> JSON {
        .object(numbers.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
    }
}

extension Summary {
    /// How often each command was sent, the names in their order.
    package var commandsJSON: JSON {
        .object(commands.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
    }
}

extension Finding {
    func json(_ contexts: FindingContexts) -> JSON {
        .object(
            [
                ("rule", .string(rule.id)), ("name", .string(rule.name)), ("severity", .string(severity.rawValue)),
                ("confidence", .string(confidence.rawValue)), ("message", .string(message)),
                ("instead", instead.isEmpty ? .null : .string(instead)), ("command", .string(ifAny: command)),
                ("key", .string(ifAny: keyPattern)), ("size", .integer(ifAny: measure?.value)),
                ("limit", .integer(ifAny: measure?.limit)), ("unit", .string(ifAny: measure?.unit.rawValue)),
                ("library", .string(ifAny: library)),
            ] + first.jsonMembers + [
                ("last", .object(last.jsonMembers)), ("count", .integer(count)), ("clients", .strings(clients)),
                ("client_count", .integer(clientCount)), ("excerpt", .string(ifAny: excerpt?.text)),
                ("excerpt_column", .integer(ifAny: excerpt?.firstColumn)),
                (
                    "examples",
                    .array(
                        examples.map { .object([("text", .string($0.text))] + $0.location.jsonMembers) })
                ), ("approximations", .strings(approximations)),
                ("fingerprint", .string(contexts.of(self).fingerprint)),
            ])
    }
}

extension SuppressedFinding {
    fileprivate func json(_ contexts: FindingContexts) -> JSON {
        guard case .object(let members) = finding.json(contexts) else {
            preconditionFailure("a finding is no object")
        }
        return .object(members + [("suppressed_by", .string(origin.name)), ("reason", .string(ifAny: reason))])
    }
}

extension SuppressedFinding.Origin {
    fileprivate var name: String {
        switch self {
        case .comment: "comment"
        case .configuration: "configuration"
        case .baseline: "baseline"
        case .commandLine: "command line"
        }
    }
}

extension Location {
    /// The place's members; columns count Unicode scalars from 1, the end not included.
    var jsonMembers: [(name: String, value: JSON)] {
        [
            ("file", .string(path)), ("line", .integer(ifAny: line)), ("column", .integer(ifAny: columns?.lowerBound)),
            ("end_column", .integer(ifAny: columns?.upperBound)), ("byte_offset", .integer(ifAny: byteOffset)),
            ("time", .string(ifAny: time.map { "\($0)" })),
        ]
    }
}

extension InputProblem {
    var json: JSON {
        .object([("message", .string(message)), ("failure", .boolean(isFailure))] + location.jsonMembers)
    }
}

extension Summary.Undecided {
    fileprivate var json: JSON {
        .object([("text", .string(text)), ("confidence", .string(confidence.rawValue))] + location.jsonMembers)
    }
}

extension InputSummary {
    var json: JSON {
        .object([
            ("file", .string(path)), ("kind", .string(kind.rawValue)), ("compressed", .boolean(isCompressed)),
            ("bytes", .integer(bytes)), ("commands", .integer(commands)), ("coverage", .strings(coverage)),
        ])
    }
}
