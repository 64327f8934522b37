/// What is shown behind the cursor while a command is typed: the arguments still to come, or what is wrong.
public struct Hint: Sendable, Hashable {
    /// The text, in ASCII; a space stands before it where the line does not end with one.
    public let text: String
    /// Whether it says that the command or an argument would not do.
    public let isWarning: Bool

    /// A hint of this text.
    public init(_ text: String, isWarning: Bool = false) {
        self.text = text
        self.isWarning = isWarning
    }

    /// The hint for a line whose end the cursor is at; nil where there is nothing to say.
    ///
    /// Some microseconds; meant to be asked at every key.
    public init?(for line: [UInt8], contract: Contract) {
        let typed = TypedLine(line)
        let words = typed.command
        guard let name = words.first else {
            guard let hint = Self.name(typed, contract) else { return nil }
            self = hint
            return
        }
        guard let hint = Self.arguments(name, words.dropFirst(), typed, contract) else { return nil }
        self = hint
    }

    // MARK: The name

    /// The hint while the command's name is typed: only where no supported command can come of it.
    private static func name(_ typed: TypedLine, _ contract: Contract) -> Hint? {
        let name = typed.partialWord
        guard !name.isEmpty, typed.openQuote == nil, name.allSatisfy({ $0 < 128 }) else { return nil }
        if name.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return nil }
        if let row = Catalog.row(named: String(decoding: name, as: UTF8.self)) {
            return row.listing == .supported
                ? nil : refusal(row, contract).map { Hint("  \($0.text)", isWarning: true) }
        }
        let isBeginning = Catalog.all.contains { $0.container == nil && begins($0.name, name) }
        guard !isBeginning else { return nil }
        return Hint("  \(unknown(name).text)", isWarning: true)
    }

    private static func unknown(_ name: [UInt8]) -> Hint {
        let advice = Catalog.remark(onUnknown: String(decoding: name, as: UTF8.self)).map { ": \($0)" } ?? ""
        return Hint("no Redis has this command\(advice)", isWarning: true)
    }

    private static func refusal(_ row: Command, _ contract: Contract) -> Hint? {
        let instead = row.instead.isEmpty ? "" : "; instead: \(row.instead)"
        switch contract.verdict(on: row) {
        case .supported, .newerArgument, .otherDatabase: return nil
        case .refused: return Hint("refused by the \(contract.name)\(instead)", isWarning: true)
        case .unlisted: return Hint("not supported by the \(contract.name)\(instead)", isWarning: true)
        case .newer(let since): return Hint("\(since.origin)\(instead)", isWarning: true)
        case .unknown: return Hint("no Redis has this command", isWarning: true)
        }
    }

    // MARK: The arguments

    private static func arguments(
        _ name: [UInt8], _ arguments: ArraySlice<[UInt8]>, _ typed: TypedLine, _ contract: Contract
    ) -> Hint? {
        guard let match = Catalog.find(name.span) else {
            return typed.partial.isEmpty ? unknown(name) : nil
        }
        guard case .supported(let id) = match else {
            return typed.partial.isEmpty ? unsupported(name, arguments, contract) : nil
        }
        var expectation = Expectation(of: id.row)
        for argument in arguments {
            guard let next = expectation.taking(argument) else {
                return typed.partial.isEmpty ? misfit(id, [name] + arguments, argument, expectation, contract) : nil
            }
            expectation = next
        }
        guard typed.partial.isEmpty, !expectation.isEmpty else { return nil }
        return Hint(expectation.text + limits(expectation, contract))
    }

    private static func unsupported(
        _ name: [UInt8], _ arguments: ArraySlice<[UInt8]>, _ contract: Contract
    ) -> Hint? {
        let words = ([name] + arguments.prefix(1)).map { String(decoding: $0, as: UTF8.self) }
        let row = Catalog.row(named: words.joined(separator: " ")) ?? Catalog.row(named: words[0])
        return row.flatMap { refusal($0, contract) }
    }

    /// Why an argument cannot stand where it does.
    private static func misfit(
        _ id: Command.ID, _ request: [[UInt8]], _ argument: [UInt8], _ expectation: Expectation, _ contract: Contract
    ) -> Hint {
        if let form = newerForm(id, request, contract) { return form }
        guard !expectation.isEmpty else { return Hint("too many arguments", isWarning: true) }
        return Hint("not as expected: \(expectation.text)", isWarning: true)
    }

    private static func newerForm(_ id: Command.ID, _ request: [[UInt8]], _ contract: Contract) -> Hint? {
        var places: [Range<Int>] = []
        var bytes: [UInt8] = []
        for word in request {
            places.append(bytes.count..<bytes.count + word.count)
            bytes += word
        }
        let verdict = contract.verdict(onArgumentsOf: id, in: bytes.span, arguments: places.span)
        guard case .newerArgument(let name, let since) = verdict else { return nil }
        return Hint(
            "\(name) \(since.origin); instead: \(id.row.instead(ofLaterArgument: name))", isWarning: true)
    }

    /// The limit on what is to be typed next, where there is one.
    private static func limits(_ expectation: Expectation, _ contract: Contract) -> String {
        guard case .argument(let name)? = expectation.next.first else { return "" }
        if Syntax.Node.argument(name).isKey { return "  (a key: at most \(contract.maxKeyBytes) bytes)" }
        guard ["value", "member", "field"].contains(name) else { return "" }
        return "  (all of a key's data: at most \(contract.maxValueBytes) bytes)"
    }

    private static func begins(_ name: String, _ typed: [UInt8]) -> Bool {
        name.utf8.count >= typed.count && zip(name.utf8, typed).allSatisfy { $0 == capital($1) }
    }
}
