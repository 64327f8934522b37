public import CommandCatalog
import Presentation
public import SystemCalls

/// What a size report looks for.
public struct SizeOptions: Sendable {
    /// The limits.
    public var contract = Contract.clusterEdition
    /// How many of the largest keys are listed.
    public var top = 10
    /// From how many per cent of a limit on a key or value is near it; nil for not at all.
    public var nearLimitPercent: Int?
    /// Takes every input for this kind; nil recognises each by its content.
    public var forcedKind: InputKind?
    /// The file of the keys to look at in a running server that cannot list its own, one a line; nil to ask with SCAN.
    public var keyListPath: String?
    /// The password of running servers whose URL has none; nil for none.
    public var password: String?
    /// How many requests a second a running server gets at most; nil for no limit.
    public var requestsPerSecond: Int?
    /// Where the reading of a running server goes on, from an earlier report's ``SizeResult/cursor``: SCAN's cursor, or
    /// how many keys of the list are done.
    public var cursor: [UInt8] = [UInt8(ascii: "0")]
    /// The wish that the reading ends early, with what there is; nil if nobody may have it.
    public var stop: StopRequest?

    /// The defaults.
    public init() {}
}

/// One key with its sizes.
public struct SizedKey: Sendable, Hashable {
    /// The key's bytes.
    public var key: [UInt8]
    /// The type as Redis names it: `string`, `list`, `set`, `hash`, `zset`, or another one that has no size.
    public var type: String
    /// The key's length.
    public var keyBytes: Int
    /// The value's payload in bytes, as the contract counts it.
    public var valueBytes: Int
    /// The database.
    public var database: Int
    /// Where the key was found: the file, and the byte where one place stands for it.
    public var location: Location
    /// Whether the input does not say enough for an exact size.
    public var isApproximate = false
    /// Whether the key's time to live is over: what loads the input leaves it out.
    public var hasExpired = false
}

/// A key that breaks a limit or comes near it.
public struct SizeViolation: Sendable, Hashable {
    /// ``Rule/keyTooLong``, ``Rule/valueTooLarge`` or ``Rule/nearLimit``.
    public var rule: Rule
    /// The key's bytes.
    public var key: [UInt8]
    /// The type as Redis names it.
    public var type: String
    /// The key's length.
    public var keyBytes: Int
    /// The value's payload in bytes, as the contract counts it.
    public var valueBytes: Int
    /// The database.
    public var database: Int
    /// Where the key was found.
    public var location: Location
    /// Whether the input does not say enough for an exact size.
    public var isApproximate: Bool
    /// The limit that it breaks or comes near.
    public var limit: Int
    /// Whether the limit is the one on keys, else that on values.
    public var isAboutKey: Bool

    init(_ rule: Rule, _ sized: SizedKey, limit: Int, isAboutKey: Bool) {
        self.rule = rule
        key = sized.key
        type = sized.type
        keyBytes = sized.keyBytes
        valueBytes = sized.valueBytes
        database = sized.database
        location = sized.location
        isApproximate = sized.isApproximate
        self.limit = limit
        self.isAboutKey = isAboutKey
    }
}

/// The keys of one type together.
public struct SizeTotal: Sendable, Hashable {
    /// The type as Redis names it.
    public var type: String
    /// How many keys.
    public var keys = 0
    /// The lengths of the keys.
    public var keyBytes = 0
    /// The payload of the values.
    public var valueBytes = 0
}

/// The keys or values up to one size.
public struct SizeBucket: Sendable, Hashable {
    /// The largest size that is counted here; the smallest is one more than the bucket before has.
    public var upperBound: Int
    /// How many keys.
    public var keys: Int
}

/// What a size report found.
public struct SizeResult: Sendable {
    /// The keys that break a limit: first the largest values.
    ///
    /// A key that breaks both limits is there twice.
    public var violations: [SizeViolation] = []
    /// What the target has no place for, by kind.
    public var unkept: [UnkeptKeys] = []
    /// How many keys of which type, by type; those that have expired are among them.
    public var totals: [SizeTotal] = []
    /// How many of the keys have expired; no limit is applied to them.
    public var expiredKeys = 0
    /// The largest values.
    public var largest: [SizedKey] = []
    /// Keys by length; bounds are powers of two, and the limit is one of them.
    public var keyHistogram: [SizeBucket] = []
    /// Values by payload; bounds are powers of two, and the limit is one of them.
    public var valueHistogram: [SizeBucket] = []
    /// What was read.
    public var summary = Summary()
    /// Where the reading of a running server ended early; nil where it reached the end.
    public var cursor: [UInt8]?

    /// The violations, and what the target has no place for, in the form of the linter's findings, for its formats.
    public var findings: [Finding] { violations.map(\.finding) + unkept.map(\.finding) }
}

extension SizeViolation {
    /// The key with its sizes.
    var sized: SizedKey {
        SizedKey(
            key: key, type: type, keyBytes: keyBytes, valueBytes: valueBytes, database: database, location: location,
            isApproximate: isApproximate)
    }

    fileprivate var finding: Finding {
        let name = ShownKey.beginning(of: key)
        let bytes = isAboutKey ? keyBytes : valueBytes
        let what = isAboutKey ? "the key '\(name)' of a \(type) has" : "the value of the \(type) '\(name)' has"
        let relation = rule == .nearLimit ? "near the limit of" : "over the limit of"
        var finding = Finding(
            rule: rule, message: "\(what) \(bytes) bytes, \(relation) \(limit)", keyPattern: name, location: location)
        finding.measure = Finding.Measure(value: bytes, limit: limit)
        if isApproximate { finding.approximations = ["the trace does not say the exact size"] }
        return finding
    }
}

extension UnkeptKeys {
    fileprivate var finding: Finding {
        var finding = Finding(
            rule: data.rule, message: data.message(first.key), keyPattern: ShownKey.beginning(of: first.key),
            location: first.location)
        finding.count = count
        finding.examples = examples.map {
            Finding.Example(
                text: Printable.argument(Secrets.maskURLs(in: $0).prefix(256)),
                location: Location(path: first.location.path))
        }
        return finding
    }
}
