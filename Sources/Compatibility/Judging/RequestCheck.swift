public import CommandCatalog

/// Judges single requests before they are sent, by the linter's rules and in its words.
///
/// What takes more than one request to know (how a value has grown, who holds a key) is not judged: the server that the
/// request goes to knows that better.
public struct RequestCheck {
    private let options: LintOptions
    /// Made when the first request is not plainly fine: it takes a millisecond.
    private var table: CommandTable?

    /// A check against what a contract promises.
    public init(contract: Contract) {
        var options = LintOptions()
        options.contract = contract
        self.options = options
    }

    /// What is to be said of a request; nothing where the target would take it.
    ///
    /// - Parameter words: the command's name and its arguments.
    public mutating func findings(_ words: [[UInt8]]) -> [Finding] {
        guard let name = words.first, !isPlainlyFine(name, words) else { return [] }
        let table = table ?? CommandTable(contract: options.contract)
        self.table = table
        var judge = Judge(path: "", options: options, table: table)
        judge.manner.isGathered = false
        // The judge is lent to a closure, which cannot capture what is not copied.
        withUnsafeMutablePointer(to: &judge) { judge in
            WordsRequest(words).withRequest { request in
                judge.pointee.judge(request, Place(), bytes: request.wireBytes)
            }
        }
        return judge.store.findings
    }

    /// Whether no rule can find anything: told without the table.
    private func isPlainlyFine(_ name: [UInt8], _ words: [[UInt8]]) -> Bool {
        guard case .supported(let id)? = Catalog.find(name.span) else { return false }
        switch id {
        case .select, .setrange, .setbit: return false
        default: break
        }
        let contract = options.contract
        guard id.accepts(wordCount: words.count) else { return false }
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for word in words {
            places.append(bytes.count..<bytes.count + word.count)
            bytes += word
        }
        return bytes.count <= contract.maxKeyBytes
            && contract.verdict(onArgumentsOf: id, in: bytes.span, arguments: places.span) == .supported
    }
}

extension Finding {
    /// The finding on one line, as the linter's concise report has it without the place: rule, message, what instead.
    public var line: String { "\(rule.id) \(rule.name): \(fullMessage)" }
}
