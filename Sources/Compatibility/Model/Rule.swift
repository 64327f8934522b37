/// The numbers of the rules, for the code that judges millions of requests and makes no String for any.
enum RuleNumber: UInt8, Sendable {
    case refusedCommand = 1
    case unlistedCommand
    case newerCommand
    case unknownCommand
    case newerArgument
    case wrongArity
    case otherDatabase
    case keyTooLong
    case valueTooLarge
    case valueGrowsTooLarge
    case nearLimit
    case requestTooLarge
    case lockedKeyTouched
    case idleConnection
    case libraryHandshake
    case unusedIgnore
    case frameworkRefused
    case frameworkPartlyRefused
    case unsupportedData
    case clientCannotConnect
    case notUnderstood
}

/// One thing that the target refuses or that an application has to know of it.
///
/// Each rule is written in a file of its own in `Rules/`; ``all`` lists them. A rule is the same for traces, scripts and
/// source code, and its `id` and `name` never change their meaning.
public struct Rule: Sendable, Hashable, Identifiable {
    /// The stable identity, as in `CTL001`.
    public let id: String
    /// The number in the identity.
    let number: RuleNumber
    /// The readable identity, in small letters with hyphens, as in `refused-command`.
    ///
    /// Both are accepted wherever a rule is named.
    public let name: String
    /// How much a finding matters unless the configuration says otherwise.
    public let severity: Severity
    /// Whether the rule is applied without being asked for.
    public let isOnByDefault: Bool
    /// What the rule finds, in one short sentence.
    public let summary: String
    /// Why it matters, in a paragraph or two.
    public let explanation: String
    /// Lines of a trace or script (redis-cli's notation) in which the rule finds something.
    public let badExample: [String]
    /// The like in which it finds nothing.
    public let goodExample: [String]
    /// What to do about a finding.
    public let instead: String

    init(
        _ number: RuleNumber, name: String, severity: Severity, isOnByDefault: Bool = true, summary: String,
        explanation: String,
        badExample: [String], goodExample: [String], instead: String
    ) {
        let digits = String(number.rawValue)
        id = "CTL" + String(repeating: "0", count: 3 - digits.count) + digits
        self.number = number
        self.name = name
        self.severity = severity
        self.isOnByDefault = isOnByDefault
        self.summary = summary
        self.explanation = explanation
        self.badExample = badExample
        self.goodExample = goodExample
        self.instead = instead
    }

    /// Rules are the same where their identities are.
    public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

    /// Hashes the identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// Every rule, in the order of the identities.
    public static let all: [Rule] = [
        .refusedCommand, .unlistedCommand, .newerCommand, .unknownCommand, .newerArgument, .wrongArity,
        .otherDatabase, .keyTooLong, .valueTooLarge, .valueGrowsTooLarge, .nearLimit, .requestTooLarge,
        .lockedKeyTouched, .idleConnection, .libraryHandshake, .unusedIgnore, .frameworkRefused,
        .frameworkPartlyRefused, .unsupportedData, .clientCannotConnect, .notUnderstood,
    ]

    /// The rule of this identity or name, in any case; nil where there is none.
    public static func named(_ text: String) -> Rule? {
        let folded = text.lowercased()
        return all.first { $0.name == folded || $0.id.lowercased() == folded }
    }
}
