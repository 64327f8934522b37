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

extension AdminReport.Fault {
    init(_ fields: AdminFields) {
        number = fields.integer("number")
        kind = fields.text("kind") ?? ""
        milliseconds = fields["milliseconds"] == nil ? nil : fields.integer("milliseconds")
        line = fields.text("line")
        share = fields.text("share").flatMap { Double($0) } ?? 1
        commands = (fields.text("commands") ?? "").split(separator: " ").map(String.init)
        keyPattern = fields.bytes("key")
        remainingMilliseconds =
            fields["remaining-milliseconds"] == nil ? nil : fields.integer("remaining-milliseconds")
        hits = fields.integer("hits")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("number", number)
        fields.add("kind", kind)
        if let milliseconds { fields.add("milliseconds", milliseconds) }
        fields.add("line", ifAny: line)
        fields.add("share", "\(share)")
        fields.add("commands", commands.joined(separator: " "))
        if let keyPattern { fields.add("key", bytes: keyPattern) }
        if let remainingMilliseconds { fields.add("remaining-milliseconds", remainingMilliseconds) }
        fields.add("hits", hits)
        return fields
    }
}
