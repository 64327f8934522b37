public import CommandCatalog

extension AdminReport {
    /// A command that the contract refused.
    public struct Refusal: Sendable {
        /// The verdict's name: `refused`, `unlisted`, `newer`, `unknown`, `newer-argument` or `other-database`.
        public var verdict = ""
        /// The command in capitals, with its subcommand, its newer argument or its database.
        public var command = ""
        /// The release that brought a newer command or argument.
        public var since: String?
        /// How often it was refused to the application.
        public var count = 0
        /// The first key that was sent with it, or the pattern of KEYS.
        public var firstKey: [UInt8]?
        /// What to do instead; empty where there is no honest answer.
        public var instead = ""
        /// How often by each client, most often first.
        public var clients: [(address: String, count: Int)] = []
    }

    /// A command that client libraries sent by themselves as they connected, and have gone on without.
    public struct Greeting: Sendable {
        /// The command in capitals, with its subcommand.
        public var command = ""
        /// The verdict's name.
        public var verdict = ""
        /// How often it was refused.
        public var count = 0
        /// The libraries that have named themselves, with commas between them.
        public var libraries = ""
        /// What leaves it out; empty where nothing has to be set.
        public var setting = ""
    }

    /// A key, the value under one, or a request that was too large.
    public struct SizeViolation: Sendable {
        /// What was too large: `key`, `value` or `request`.
        public var size = ""
        /// The key, cut after its first 1,024 bytes; empty for a request.
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
        /// The greetings of client libraries in the order in which each came first.
        public var greetings: [Greeting] = []
        /// The exceeded sizes in the order in which each came first.
        public var sizes: [SizeViolation] = []
        /// Refusals past the number of different commands that are told apart.
        public var otherCommands = 0
        /// Exceeded sizes past the number of different keys that are told apart.
        public var otherSizes = 0

        /// How often the contract refused something to the application; greetings are not counted.
        public var total: Int {
            commands.reduce(otherCommands) { $0 + $1.count } + sizes.reduce(otherSizes) { $0 + $1.count }
        }
    }
}

// MARK: - From the ledger

extension AdminReport.Refusals {
    /// What a ledger has counted, under the limits of a contract.
    public init(_ contents: RefusalLedger.Contents, contract: Contract) {
        commands = contents.refusals.compactMap { AdminReport.Refusal($0, contract) }
        greetings = contents.refusals.compactMap(AdminReport.Greeting.init)
        sizes = contents.sizes.map { AdminReport.SizeViolation($0, contract: contract) }
        otherCommands = Int(clamping: contents.otherRefusals)
        otherSizes = Int(clamping: contents.otherSizes)
    }
}

extension AdminReport.Refusal {
    /// What a ledger has counted of one command; nil where all of it were greetings that harmed nobody.
    public init?(_ refusal: RefusalLedger.Refusal, _ contract: Contract) {
        let harmed = refusal.count - min(refusal.count, refusal.greetings.withoutHarm)
        guard harmed > 0 else { return nil }
        verdict = refusal.verdict.label
        command = refusal.command
        since = refusal.verdict.since?.description
        count = Int(clamping: harmed)
        firstKey = refusal.firstKey
        instead = Self.instead(of: refusal, contract)
        clients = refusal.clients.map { ($0.key, Int(clamping: $0.value)) }
            .sorted { ($1.count, $0.address) < ($0.count, $1.address) }
    }

    private static func instead(of refusal: RefusalLedger.Refusal, _ contract: Contract) -> String {
        if let instead = refusal.instead { return instead }
        let instead = catalogInstead(of: refusal, contract)
        guard refusal.greetings.sent > refusal.greetings.withoutHarm else { return instead }
        let advice = LibraryGreeting.advice(
            on: refusal.command, libraries: refusal.greetings.libraries.sorted(), isInsisted: true)
        return advice.isEmpty ? instead : "\(instead); if a client library sends it by itself: \(advice)"
    }

    private static func catalogInstead(of refusal: RefusalLedger.Refusal, _ contract: Contract) -> String {
        switch refusal.verdict {
        case .unknown: return Catalog.remark(onUnknown: refusal.command) ?? ""
        case .newerArgument, .otherDatabase:
            let name = refusal.command.prefix { $0 != " " }
            return contract.instead(of: Catalog.row(named: String(name)), refusal.verdict)
        case .supported, .refused, .unlisted, .newer:
            return contract.instead(of: Catalog.row(named: refusal.command), refusal.verdict)
        }
    }
}

extension AdminReport.Greeting {
    /// The greetings that harmed nobody in what a ledger has counted of one command; nil where there are none.
    public init?(_ refusal: RefusalLedger.Refusal) {
        let count = refusal.greetings.withoutHarm
        guard count > 0 else { return nil }
        let libraries = refusal.greetings.libraries.sorted()
        command = refusal.command
        verdict = refusal.verdict.label
        self.count = Int(clamping: count)
        self.libraries = libraries.joined(separator: ", ")
        let advice = LibraryGreeting.advice(on: refusal.command, libraries: libraries)
        // The library is named beside it.
        let prefix = "\(self.libraries): "
        setting = advice.hasPrefix(prefix) ? String(advice.dropFirst(prefix.count)) : advice
    }
}

extension AdminReport.SizeViolation {
    init(_ violation: RefusalLedger.SizeViolation, contract: Contract) {
        size = violation.size.rawValue
        key = violation.key
        command = violation.command
        count = Int(clamping: violation.count)
        largestBytes = violation.largestBytes
        limit =
            switch violation.size {
            case .key: contract.maxKeyBytes
            case .value: contract.maxValueBytes
            case .request: contract.maxRequestBytes - 1
            }
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
            .init("first-key", \.firstKey),
            .init("instead", \.instead),
            .init(counts: "clients", get: { $0.clients }, set: { $0.clients = $1 }),
        ]
    }
}

extension AdminReport.Greeting: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("command", \.command),
            .init("verdict", \.verdict),
            .init("count", \.count),
            .init("libraries", \.libraries),
            .init("setting", \.setting),
        ]
    }
}

extension AdminReport.SizeViolation: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("size", \.size),
            .init("key", \.key),
            .init("command", \.command),
            .init("count", \.count),
            .init("largest-bytes", \.largestBytes),
            .init("limit", \.limit),
        ]
    }
}
