public import CommandCatalog

extension AdminReport {
    /// A command that the contract refused.
    public struct Refusal: Sendable {
        /// The verdict's name: `refused`, `unlisted`, `newer`, `unknown` or `newer-argument`.
        public var verdict = ""
        /// The command in capitals, with its subcommand or its newer argument.
        public var command = ""
        /// The release that brought a newer command or argument.
        public var since: String?
        /// How often it was refused.
        public var count = 0
        /// The first key that was sent with it, or the first argument of a command without keys.
        public var firstArgument: [UInt8]?
        /// What to do instead; empty where there is no honest answer.
        public var instead = ""
        /// How often by each client, most often first.
        public var clients: [(address: String, count: Int)] = []
    }

    /// A key, or the value under one, that was too large.
    public struct SizeViolation: Sendable {
        /// Whether the key itself was too long; else its value would have been too large.
        public var isKey = false
        /// The key, cut after its first 1,024 bytes.
        public var key: [UInt8] = []
        /// The command that was refused first.
        public var command = ""
        /// How often.
        public var count = 0
        /// The most bytes that were asked for.
        public var largestBytes = 0
        /// The most bytes that are allowed.
        public var limit = 0
    }

    /// All that the contract refused.
    public struct Refusals: Sendable {
        /// The refused commands in the order in which each came first.
        public var commands: [Refusal] = []
        /// The exceeded sizes in the order in which each came first.
        public var sizes: [SizeViolation] = []
        /// Refusals past the number of different commands that are told apart.
        public var otherCommands = 0
        /// Exceeded sizes past the number of different keys that are told apart.
        public var otherSizes = 0

        /// How often the contract refused something.
        public var total: Int {
            commands.reduce(otherCommands) { $0 + $1.count } + sizes.reduce(otherSizes) { $0 + $1.count }
        }
    }
}

// MARK: - From the ledger

extension AdminReport.Refusals {
    /// What a ledger has counted, under the limits of a contract.
    public init(_ contents: RefusalLedger.Contents, contract: Contract) {
        commands = contents.refusals.map(AdminReport.Refusal.init)
        sizes = contents.sizes.map { AdminReport.SizeViolation($0, contract: contract) }
        otherCommands = Int(clamping: contents.otherRefusals)
        otherSizes = Int(clamping: contents.otherSizes)
    }
}

extension AdminReport.Refusal {
    init(_ refusal: RefusalLedger.Refusal) {
        verdict = refusal.verdict.label
        command = refusal.command
        since = refusal.verdict.since?.description
        count = Int(clamping: refusal.count)
        firstArgument = refusal.firstArgument
        instead = Self.instead(of: refusal)
        clients = refusal.clients.map { ($0.key, Int(clamping: $0.value)) }
            .sorted { ($1.count, $0.address) < ($0.count, $1.address) }
    }

    private static func instead(of refusal: RefusalLedger.Refusal) -> String {
        switch refusal.verdict {
        case .newerArgument:
            let name = refusal.command.split(separator: " ").first.map(String.init) ?? refusal.command
            return Catalog.row(named: name).map { "the form of 2.8: \(name) \($0.syntax)" } ?? ""
        case .unknown:
            return Catalog.suggestion(for: refusal.command).map { "did you mean \($0)?" } ?? ""
        case .supported, .refused, .unlisted, .newer:
            return Catalog.row(named: refusal.command)?.instead ?? ""
        }
    }
}

extension AdminReport.SizeViolation {
    init(_ violation: RefusalLedger.SizeViolation, contract: Contract) {
        isKey = violation.isKey
        key = violation.key
        command = violation.command
        count = Int(clamping: violation.count)
        largestBytes = violation.largestBytes
        limit = violation.isKey ? contract.maxKeyBytes : contract.maxValueBytes
    }
}

// MARK: - On the wire

extension AdminReport.Refusal: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("verdict", \.verdict),
            .init("command", \.command),
            .init("since", \.since),
            .init("count", \.count),
            .init("first-argument", \.firstArgument),
            .init("instead", \.instead),
            .init(counts: "clients", get: { $0.clients }, set: { $0.clients = $1 }),
        ]
    }
}

extension AdminReport.SizeViolation: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("kind", \.isKey, text: { $0 ? "key" : "value" }, parse: { $0 == "key" }),
            .init("key", \.key),
            .init("command", \.command),
            .init("count", \.count),
            .init("largest-bytes", \.largestBytes),
            .init("limit", \.limit),
        ]
    }
}
