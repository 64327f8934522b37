extension AdminReport {
    /// One key.
    public struct Key: Sendable {
        /// The key.
        public var name: [UInt8] = []
        /// Its type as TYPE names it.
        public var type = ""
        /// The bytes of its value, as the contract counts them.
        public var payloadBytes = 0
        /// Milliseconds until it expires; nil for a key without a time to live.
        public var remainingMilliseconds: Int?
    }

    /// One step of a listing of keys.
    public struct KeyPage: Sendable {
        /// Where the next step begins; 0 at the end of the shard.
        public var cursor: UInt64 = 0
        /// The keys of this step.
        ///
        /// One that is there all the time is in some step; it may be in two while its shard's table is growing.
        public var keys: [Key] = []
    }
}

extension AdminReport.Key {
    init(_ record: Record, now: Instant) {
        name = record.key.copied()
        type = "\(record.form.type.name)"
        payloadBytes = StoredValue.payload(of: record)
        remainingMilliseconds =
            record.deadline == Instant.never ? nil : Int(record.deadline.millisecondsLeft(from: now))
    }

    init(_ fields: AdminFields) {
        name = fields.bytes("key") ?? []
        type = fields.text("type") ?? ""
        payloadBytes = fields.integer("payload-bytes")
        remainingMilliseconds =
            fields["remaining-milliseconds"] == nil ? nil : fields.integer("remaining-milliseconds")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("key", bytes: name)
        fields.add("type", type)
        fields.add("payload-bytes", payloadBytes)
        if let remainingMilliseconds { fields.add("remaining-milliseconds", remainingMilliseconds) }
        return fields
    }
}

extension AdminReport.KeyPage {
    init(_ fields: AdminFields) {
        cursor = fields.text("cursor").flatMap { UInt64($0) } ?? 0
        keys = fields.list("keys").compactMap(AdminFields.init).map(AdminReport.Key.init)
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("cursor", String(cursor))
        fields.add("keys", keys.map(\.fields.reply))
        return fields
    }
}
