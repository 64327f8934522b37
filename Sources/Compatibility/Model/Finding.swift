public import Presentation

/// Something that a rule found: at one place in source code or a script, or at many places in a trace, gathered.
///
/// Everything in it may be shown: arguments that may hold a secret are masked already.
public struct Finding: Sendable {
    /// The rule that found it.
    public var rule: Rule
    /// How much it matters; the rule's own severity until a configuration changes it.
    public var severity: Severity
    /// How sure it is.
    public var confidence = Confidence.high
    /// What is wrong, in one sentence without a full stop, with the names and numbers of this case.
    public var message: String
    /// What to do instead: a fragment in small letters; empty where there is no honest answer.
    public var instead: String
    /// The command in capitals, its subcommand behind it, as in `CLIENT SETNAME`; nil where the finding is about no
    /// command.
    public var command: String?
    /// The key as redis-cli shows it without quotes, or the pattern of the keys with `*` for what differs, as in
    /// `sess:user:*`; nil where it is about no key.
    public var keyPattern: String?
    /// What was measured against which limit; nil where nothing was.
    public var measure: Measure?
    /// The client library that sends the command; nil where it is not known or does not matter.
    public var library: String?
    /// The first place.
    public var first: Location
    /// The last place; the same as ``first`` where there is one.
    public var last: Location
    /// How many times it was found.
    public var count = 1
    /// The addresses of the first clients that did it, at most ``maximumClients``.
    public var clients: [String] = []
    /// How many different clients did it, counted up to a limit; see ``approximations``.
    public var clientCount = 0
    /// The first few times it happened, at most ``maximumExamples``.
    public var examples: [Example] = []
    /// The source line of the first place, or a window into it; nil for a binary input.
    public var excerpt: Excerpt?
    /// What in this finding is not exact, one sentence each.
    public var approximations: [String] = []
    /// What a finding about a library's greeting depends on until all files have been read; nil in every other.
    var greeting: GreetingState?

    /// How many clients a finding lists.
    public static let maximumClients = 5
    /// How many examples a finding lists.
    public static let maximumExamples = 3

    /// A number of bytes or seconds and the limit that it broke or came near.
    public struct Measure: Sendable, Hashable {
        /// The number; the largest one where several findings were gathered.
        public var value: Int
        /// The limit.
        public var limit: Int
        /// What both count.
        public var unit: Unit

        /// What a measure counts.
        public enum Unit: String, Sendable {
            /// Bytes.
            case bytes
            /// Seconds.
            case seconds
        }

        /// A number and its limit.
        public init(value: Int, limit: Int, unit: Unit = .bytes) {
            self.value = value
            self.limit = limit
            self.unit = unit
        }
    }

    /// One time that it happened.
    public struct Example: Sendable, Hashable {
        /// The command as redis-cli would take it, cut to ``Printable/maximumCommandBytes`` and with secrets masked.
        public var text: String
        /// Where.
        public var location: Location
    }

    /// A line, or the part of it around a place.
    public struct Excerpt: Sendable, Hashable {
        /// The text, at most ``maximumScalars``, without its line end; control characters and bytes that are not UTF-8
        /// are shown as U+FFFD.
        public var text: String
        /// Which column of the line the text begins at, from 1; more than 1 where the beginning is cut off.
        public var firstColumn: Int
        /// Whether the line goes on behind the text.
        public var isCutAtEnd: Bool
        /// What of the line is masked, in scalars from the text's beginning on.
        public var masks: [MaskedText.Mask] = []

        /// How long the text of an excerpt becomes.
        public static let maximumScalars = 160

        /// Which scalar of the text shows a column of the line; a masked one is where its mask begins.
        func place(ofColumn column: Int) -> Int { MaskedText.place(of: column - firstColumn, masks) }
    }

    /// A finding at one place.
    public init(
        rule: Rule, message: String, instead: String? = nil, command: String? = nil, keyPattern: String? = nil,
        location: Location
    ) {
        self.rule = rule
        severity = rule.severity
        self.message = message
        self.instead = instead ?? rule.instead
        self.command = command
        self.keyPattern = keyPattern
        first = location
        last = location
    }
}
