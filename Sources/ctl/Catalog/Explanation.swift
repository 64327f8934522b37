import CommandCatalog
import Compatibility
import Presentation

/// What the contract says of a request: of its command, and of its arguments where it has any.
struct Explanation {
    private let row: CommandRow
    private let contract: Contract
    private let request: Request
    /// Whether there are arguments to judge beside the command's name.
    private let hasArguments: Bool
    private let requestVerdict: Verdict
    private let keys: [[UInt8]]

    /// Nil where no Redis has the command.
    init?(of request: Request, contract: Contract) {
        guard let command = Catalog.row(in: request.bytes.span, arguments: request.places.span) else { return nil }
        row = CommandRow(command, contract: contract)
        self.contract = contract
        self.request = request
        hasArguments = request.words.count > (command.container == nil ? 1 : 2)
        requestVerdict = contract.verdict(for: request.bytes.span, arguments: request.places.span)
        let indexes = command.facts.keys.indexes(in: request.bytes.span, arguments: request.places.span)
        keys = hasArguments ? indexes.map { request.argument($0) } : []
    }

    private var command: Command { row.command }
    private var isSupported: Bool { row.verdict == .supported }
}

// MARK: - For people

extension Explanation {
    func lines(_ style: Style) -> [String] {
        var lines = [style.bold(row.usage)]
        if !command.summary.isEmpty { lines.append(command.summary) }
        lines.append("")
        for (title, text) in facts(style) {
            lines.append(style.dim(title) + String(repeating: " ", count: max(0, 11 - title.count)) + text)
        }
        return lines
    }

    private func facts(_ style: Style) -> [(String, String)] {
        var facts = [("verdict", style.verdict(row.verdict.label, row.verdict.label) + reason)]
        if !command.instead.isEmpty { facts.append(("instead", command.instead)) }
        let release = command.since.product == .redis ? "Redis \(command.since)" : "\(command.since)"
        facts.append(("group", "\(command.group.rawValue), since \(release)"))
        let subcommands = Catalog.subcommands(of: command)
        if !subcommands.isEmpty { facts += subcommandFacts(subcommands, style) }
        if isSupported { facts += supportedFacts }
        if hasArguments { facts += requestFacts(style) }
        return facts
    }

    /// What stands behind the verdict.
    private var reason: String {
        switch row.verdict {
        case .supported: " by the \(contract.name)"
        case .refused: ": the \(contract.name) does not support it"
        case .unlisted: ": Redis \(contract.baseline) has it, the \(contract.name) does not"
        case .newer(let since): ": it \(since.origin), the \(contract.name) speaks \(contract.baseline)"
        case .unknown, .newerArgument, .otherDatabase: ""
        }
    }

    private func subcommandFacts(_ subcommands: ArraySlice<Command>, _ style: Style) -> [(String, String)] {
        subcommands.enumerated().map { number, subcommand in
            let verdict = contract.verdict(on: subcommand)
            return (number == 0 ? "with" : "", "\(subcommand.name): \(style.verdict(verdict.label, verdict.label))")
        }
    }

    private var supportedFacts: [(String, String)] {
        let arity = command.facts.arity
        let words = arity >= 0 ? "\(arity)" : "\(-arity) or more"
        var facts = [("words", "\(words), the name counted"), ("keys", command.facts.keys.inWords)]
        if command.facts.keys != .none {
            facts.append(
                (
                    "limits",
                    "a key has at most \(Quantity.count(contract.maxKeyBytes)) bytes, the value under one key at most "
                        + "\(Quantity.count(contract.maxValueBytes)), a request fewer than "
                        + "\(Quantity.count(contract.maxRequestBytes))"
                ))
        }
        for (number, later) in command.laterArguments.enumerated() {
            facts.append((number == 0 ? "not in 2.8" : "", "\(later.name) (\(later.since)); instead: \(later.instead)"))
        }
        return facts
    }
}

// MARK: - One request

extension Explanation {
    private func requestFacts(_ style: Style) -> [(String, String)] {
        var facts = [("request", requestText(style))]
        if let requestInstead { facts.append(("instead", requestInstead)) }
        for key in keys {
            let slot = HashSlot(ofKey: key.span).number
            let excess = key.count > contract.maxKeyBytes ? ", more than a key may have" : ""
            facts.append(
                (
                    "key",
                    "\(Quantity.printable(Secrets.maskURLs(in: key))): slot \(slot), \(Quantity.count(key.count, "byte"))\(excess)"
                ))
        }
        return facts
    }

    private func requestText(_ style: Style) -> String {
        switch requestVerdict {
        case .newerArgument(let name, let since):
            style.verdict(requestVerdict.label, requestVerdict.label)
                + ": \(SafeText.line(name)) \(since.origin), the \(contract.name) speaks \(contract.baseline)"
        case .otherDatabase:
            style.verdict(requestVerdict.label, requestVerdict.label) + ": the \(contract.name) has database 0 alone"
        case .supported where !hasRightCount:
            "wrong number of words: it has \(request.words.count)"
        case .supported where keys.contains { $0.count > contract.maxKeyBytes }: "refused: the key is too long"
        default: style.verdict(requestVerdict.label, requestVerdict.label)
        }
    }

    /// What to do instead of the arguments; nil where there is nothing to say beside what is said of the command.
    private var requestInstead: String? {
        guard isSupported else { return nil }
        let instead = contract.instead(of: command, requestVerdict)
        return instead.isEmpty ? nil : instead
    }

    private var hasRightCount: Bool {
        command.id?.accepts(wordCount: request.words.count)
            ?? command.facts.accepts(argumentCount: request.words.count)
    }

    /// The explanation for programs: the members of a row of `commands`, then those of the request.
    var json: JSON {
        guard case .object(let members) = row.json else { preconditionFailure("a row is an object") }
        let limits: [(name: String, value: JSON)] = [
            ("max_key_bytes", .integer(contract.maxKeyBytes)), ("max_value_bytes", .integer(contract.maxValueBytes)),
            ("max_request_bytes", .integer(contract.maxRequestBytes)),
        ]
        let subcommands = Catalog.subcommands(of: command).map(\.name)
        return .object(
            members + [
                ("subcommands", .array(subcommands.map(JSON.string))),
                ("limits", isSupported && command.facts.keys != .none ? .object(limits) : .null),
                ("request", hasArguments ? requestJSON : .null),
            ])
    }

    private var requestJSON: JSON {
        var newer: JSON = .null
        if case .newerArgument(let name, let since) = requestVerdict {
            newer = .object([("name", .string(name)), ("since", .string("\(since)"))])
        }
        let keys = keys.map { key in
            JSON.object(
                JSON.members("key", bytes: Secrets.maskURLs(in: key)) + [
                    ("slot", .integer(Int(HashSlot(ofKey: key.span).number))), ("bytes", .integer(key.count)),
                    ("too_long", .boolean(key.count > contract.maxKeyBytes)),
                ])
        }
        return .object([
            ("verdict", .string(requestVerdict.label)), ("newer_argument", newer),
            ("instead", .string(ifAny: requestInstead)),
            ("right_number_of_words", .boolean(hasRightCount)), ("keys", .array(keys)),
        ])
    }
}
