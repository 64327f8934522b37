import ClusterCore
import CommandCatalog
import Compatibility
import Presentation

/// What a cluster has refused while a command ran against it, as findings of the linter's rules: for its report formats,
/// its severities and its exit status.
struct ExecFindings {
    /// The findings that count.
    private(set) var findings: [Finding] = []
    /// Those that --allow leaves out.
    private(set) var allowed: [SuppressedFinding] = []

    private let contract: Contract
    private let configuration: Configuration
    private let allowedCommands: [String]
    /// Where findings are said to be: the command that ran.
    private let path: String

    /// - Parameters:
    ///   - allowedCommands: the commands in capitals whose refusal does not count.
    ///   - path: the command that ran.
    init(
        _ ledger: RefusalLedger.Contents, _ counters: AdminReport.Counters, contract: Contract,
        configuration: Configuration, allowedCommands: [String], path: String
    ) {
        self.contract = contract
        self.configuration = configuration
        self.allowedCommands = allowedCommands
        self.path = path
        for refusal in ledger.refusals { add(refusal) }
        for size in ledger.sizes { add(size) }
        for error in counters.errorKinds { add(error) }
        addOthers(ledger)
    }

    /// Whether --allow names a command, or the container or the command of what is refused.
    func isAllowed(_ command: String) -> Bool {
        allowedCommands.contains { $0 == command || command.hasPrefix("\($0) ") }
    }

    private mutating func add(
        _ rule: Rule, _ message: String, instead: String = "", command: String?, count: Int,
        _ change: (inout Finding) -> Void = { _ in }
    ) {
        guard count > 0, !configuration.disabledRules.contains(rule.id) else { return }
        var finding = Finding(
            rule: rule, message: message, instead: instead.isEmpty ? nil : instead, command: command,
            location: .command(path))
        finding.severity = configuration.severities[rule.id] ?? rule.severity
        finding.count = count
        change(&finding)
        if let command, isAllowed(command) {
            allowed.append(SuppressedFinding(finding, .commandLine, reason: "allowed by --allow"))
        } else {
            findings.append(finding)
        }
    }
}

// MARK: - From what was counted

extension ExecFindings {
    private mutating func add(_ refusal: RefusalLedger.Refusal) {
        if let greeting = AdminReport.Greeting(refusal) {
            let library = greeting.libraries.isEmpty ? "a client library" : greeting.libraries
            add(
                .libraryHandshake, "\(library) sends \(greeting.command) at connection, which the target refuses",
                instead: greeting.setting, command: greeting.command, count: greeting.count
            ) { $0.library = greeting.libraries.isEmpty ? nil : greeting.libraries }
        }
        guard let report = AdminReport.Refusal(refusal, contract) else { return }
        let words = words(of: refusal)
        // Of an unknown name the message says what may be meant; what to do is the rule's.
        add(
            words.rule, words.message, instead: words.rule == .unknownCommand ? refusal.instead ?? "" : report.instead,
            command: refusal.command, count: report.count
        ) {
            $0.keyPattern = report.firstKey.map { Printable.bytes($0) }
            $0.clients = Array(report.clients.prefix(Finding.maximumClients).map(\.address))
            $0.clientCount = report.clients.count
        }
    }

    private func words(of refusal: RefusalLedger.Refusal) -> RefusalWords {
        guard let row = row(of: refusal),
            let words = RefusalWords(refusal.verdict, of: row, contract: contract)
        else { return RefusalWords(unknown: refusal.command) }
        return words
    }

    /// The row that a refusal is about; nil for a name that no Redis has.
    private func row(of refusal: RefusalLedger.Refusal) -> Command? {
        switch refusal.verdict {
        case .unknown: nil
        case .newerArgument, .otherDatabase: Catalog.row(named: String(refusal.command.prefix { $0 != " " }))
        case .supported, .refused, .unlisted, .newer: Catalog.row(named: refusal.command)
        }
    }

    private mutating func add(_ size: RefusalLedger.SizeViolation) {
        let (rule, limit): (Rule, Int) =
            switch size.size {
            case .key: (.keyTooLong, contract.maxKeyBytes)
            case .value: (.valueTooLarge, contract.maxValueBytes)
            case .request: (.requestTooLarge, contract.maxRequestBytes)
            }
        let limits = size.size == .request ? "it has to stay under \(limit)" : "the limit is \(limit)"
        // --allow is about commands and not about sizes.
        let command = size.command.isEmpty || isAllowed(size.command) ? nil : size.command
        let key = size.key.isEmpty || size.size == .request ? "" : Quantity.printable(size.key)
        let place = key.isEmpty ? "" : size.size == .key ? ", \(key)" : " under \(key)"
        add(
            rule, "a \(size.size.rawValue) of \(size.largestBytes) bytes\(place): \(limits)", command: command,
            count: Int(clamping: size.count)
        ) {
            $0.measure = Finding.Measure(value: size.largestBytes, limit: limit)
            $0.keyPattern = size.key.isEmpty ? nil : Printable.bytes(size.key)
        }
    }

    private mutating func add(_ error: AdminReport.ErrorCount) {
        let command = error.command.isEmpty || isAllowed(error.command) ? nil : error.command
        switch error.error {
        case AdminReport.ErrorCount.locked:
            let key = error.firstKey.map { " \(Quantity.printable($0))" } ?? ""
            add(
                .lockedKeyTouched, "\(error.command) met a key\(key) that another connection's transaction holds",
                command: command, count: error.count
            ) { $0.keyPattern = error.firstKey.map { Printable.bytes($0) } }
        case AdminReport.ErrorCount.wrongArity:
            let syntax = Catalog.row(named: error.command).map { "\($0.name) \($0.syntax)" } ?? error.command
            add(
                .wrongArity, "\(error.command) with a number of arguments that it does not have: it is `\(syntax)`",
                command: command, count: error.count)
        default: break
        }
    }

    private mutating func addOthers(_ ledger: RefusalLedger.Contents) {
        add(
            .unknownCommand, "further commands were refused", command: nil, count: Int(clamping: ledger.otherRefusals))
        add(
            .valueTooLarge, "further keys or values were too large", command: nil,
            count: Int(clamping: ledger.otherSizes))
    }
}
