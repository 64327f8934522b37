import CommandCatalog

extension Configuration {
    /// Reads the text of a `.clusterctl.toml` that lies in `folder`.
    public init(_ text: [UInt8], folder: String) throws(ConfigurationError) {
        self.init(folder: folder)
        do {
            try Self.forEachMember(of: try TOMLReader.read(text), Self.keys.keys.sorted(), in: "") {
                key, value throws(TOMLError) in
                try Self.keys[key]?(&self, value)
            }
        } catch {
            throw ConfigurationError(line: error.line, message: error.message)
        }
    }

    private typealias Reader = @Sendable (inout Configuration, TOMLValue) throws(TOMLError) -> Void

    /// The keys of the file and what they set.
    private static let keys: [String: Reader] = [
        "fail-on": { (configuration, value) throws(TOMLError) in
            configuration.failOn = try choice(value, "fail-on", Severity.self)
        },
        "confidence": { (configuration, value) throws(TOMLError) in
            configuration.confidence = try choice(value, "confidence", Confidence.self)
        },
        "baseline": { (configuration, value) throws(TOMLError) in
            configuration.baseline = try string(value, "baseline")
        },
        "ignored-paths": { (configuration, value) throws(TOMLError) in
            configuration.ignoredPaths = try strings(value, "ignored-paths").map(PathPattern.init)
        },
        "receiver-names": { (configuration, value) throws(TOMLError) in
            configuration.receiverNames.trusted = try strings(value, "receiver-names")
        },
        "limits": { (configuration, value) throws(TOMLError) in try configuration.readLimits(value) },
        "severity": { (configuration, value) throws(TOMLError) in try configuration.readSeverities(value) },
        "renamed-commands": { (configuration, value) throws(TOMLError) in try configuration.readRenamed(value) },
        "ignored-rules": { (configuration, value) throws(TOMLError) in try configuration.readIgnoredRules(value) },
    ]

    private mutating func readLimits(_ value: TOMLValue) throws(TOMLError) {
        let fields: [(name: String, field: WritableKeyPath<Limits, Int?>, range: ClosedRange<Int>)] = [
            ("key-bytes", \.keyBytes, 1...1 << 40), ("value-bytes", \.valueBytes, 1...1 << 40),
            ("request-bytes", \.requestBytes, 1...1 << 40), ("idle-seconds", \.idleSeconds, 1...1 << 40),
            ("near-limit-percent", \.nearLimitPercent, 0...100),
        ]
        try Self.forEachMember(of: try Self.table(value, "limits"), fields.map(\.name), in: "limits") {
            key, value throws(TOMLError) in
            guard let limit = fields.first(where: { $0.name == key }) else { return }
            guard case .integer(let number) = value.content, limit.range.contains(number) else {
                throw TOMLError(
                    line: value.line,
                    message: "limits.\(key) takes a whole number from \(limit.range.lowerBound) to "
                        + "\(limit.range.upperBound), without a unit")
            }
            limits[keyPath: limit.field] = number
        }
    }

    private mutating func readSeverities(_ value: TOMLValue) throws(TOMLError) {
        for (key, value) in try Self.table(value, "severity").members {
            let rule = try Self.rule(key, line: value.line)
            if case .string("off") = value.content {
                disabledRules.insert(rule.id)
            } else {
                severities[rule.id] = try Self.choice(value, "severity.\(key)", Severity.self, or: ["off"])
            }
        }
    }

    private mutating func readRenamed(_ value: TOMLValue) throws(TOMLError) {
        for (key, value) in try Self.table(value, "renamed-commands").members {
            let sent = try Self.string(value, "renamed-commands.\(key)").lowercased()
            guard Catalog.row(named: key) != nil else {
                let advice =
                    Catalog.row(named: sent) == nil
                    ? "" : ": write \(sent.lowercased()) = \"\(key)\", as rename-command has it"
                throw TOMLError(line: value.line, message: "renamed-commands: no Redis has a command '\(key)'\(advice)")
            }
            // An empty name means that the server does not have the command at all.
            if !sent.isEmpty { renamedCommands[sent] = key.lowercased() }
        }
    }

    private mutating func readIgnoredRules(_ value: TOMLValue) throws(TOMLError) {
        for (key, value) in try Self.table(value, "ignored-rules").members {
            var rules: Set<String> = []
            for name in try Self.strings(value, "ignored-rules.\(key)") {
                rules.insert(try Self.rule(name, line: value.line).id)
            }
            ignoredRules.append((PathPattern(key), rules))
        }
    }
}

// MARK: - Kinds of values

extension Configuration {
    /// Calls `body` for each member; a key that is not among `known` ends it.
    private static func forEachMember(
        of table: TOMLTable, _ known: [String], in parent: String,
        _ body: (String, TOMLValue) throws(TOMLError) -> Void
    ) throws(TOMLError) {
        for (key, value) in table.members {
            guard known.contains(key) else {
                let name = parent.isEmpty ? key : "\(parent).\(key)"
                throw TOMLError(
                    line: value.line, message: "there is no key '\(name)': \(Suggestion.advice(for: key, among: known))"
                )
            }
            try body(key, value)
        }
    }

    private static func rule(_ name: String, line: Int) throws(TOMLError) -> Rule {
        guard let rule = Rule.named(name) else {
            throw TOMLError(
                line: line, message: "there is no rule '\(name)': \(Suggestion.advice(forRule: name))")
        }
        return rule
    }

    private static func table(_ value: TOMLValue, _ name: String) throws(TOMLError) -> TOMLTable {
        guard case .table(let table) = value.content else { throw mismatch(value, name, "is a table: [\(name)]") }
        return table
    }

    private static func string(_ value: TOMLValue, _ name: String) throws(TOMLError) -> String {
        guard case .string(let text) = value.content else { throw mismatch(value, name, "takes a text in quotes") }
        return text
    }

    private static func strings(_ value: TOMLValue, _ name: String) throws(TOMLError) -> [String] {
        guard case .array(let elements) = value.content else {
            throw mismatch(value, name, "takes a list of texts: [\"…\"]")
        }
        var strings: [String] = []
        for element in elements { strings.append(try string(element, name)) }
        return strings
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: TOMLValue, _ name: String, _ type: Choice.Type, or more: [String] = []
    ) throws(TOMLError) -> Choice {
        let choices = (type.allCases.map(\.rawValue) + more).map { "\"\($0)\"" }.joined(separator: ", ")
        guard case .string(let text) = value.content, let choice = Choice(rawValue: text) else {
            throw mismatch(value, name, "takes one of \(choices)")
        }
        return choice
    }

    private static func mismatch(_ value: TOMLValue, _ name: String, _ expected: String) -> TOMLError {
        var found = value.kind
        if case .string(let text) = value.content { found = "\"\(text)\"" }
        return TOMLError(line: value.line, message: "\(name) \(expected), not \(found)")
    }
}
