extension AdminReport {
    /// Something that goes wrong on purpose.
    public struct Fault: Sendable {
        /// Names it in `fault remove`.
        public var number = 0
        /// `delay`, `fail`, `drop`, `refuse`, `idle` or `hold`.
        public var kind = ""
        /// The time of those that have one.
        public var milliseconds: Int?
        /// The error line of `fail`.
        public var line: String?
        /// The share of requests or connections that it meets, from 0 to 1.
        public var share = 1.0
        /// The commands that it meets; empty for all.
        public var commands: [String] = []
        /// The pattern of keys that it meets; nil for all.
        public var keyPattern: [UInt8]?
        /// Milliseconds until it ends; nil where it does not end by itself.
        public var remainingMilliseconds: Int?
        /// How often it has met something.
        public var hits = 0
    }
}

extension AdminReport.Fault: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("number", \.number),
            .init("kind", \.kind),
            .init("milliseconds", \.milliseconds),
            .init("line", \.line),
            .init("share", \.share, text: { "\($0)" }, parse: { Double($0) ?? 1 }),
            .init(
                "commands", \.commands, text: { $0.joined(separator: " ") },
                parse: { $0.split(separator: " ").map(String.init) }),
            .init("key", \.keyPattern),
            .init("remaining-milliseconds", \.remainingMilliseconds),
            .init("hits", \.hits),
        ]
    }
}
