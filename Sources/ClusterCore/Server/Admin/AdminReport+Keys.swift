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

extension AdminReport.Key: AdminRecord {
    init(_ record: Record, now: Instant) {
        name = record.key.copied()
        type = "\(record.form.type.name)"
        payloadBytes = StoredValue.payload(of: record)
        // A negative deadline never comes.
        if record.deadline.expiry != nil {
            remainingMilliseconds = record.deadline.millisecondsLeft(from: now).map { Int($0) }
        }
    }

    static var layout: [AdminField<Self>] {
        [
            .init("key", \.name),
            .init("type", \.type),
            .init("payload-bytes", \.payloadBytes),
            .init("remaining-milliseconds", \.remainingMilliseconds),
        ]
    }
}

extension AdminReport.KeyPage: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("cursor", \.cursor, text: { String($0) }, parse: { UInt64($0) ?? 0 }),
            .init(list: "keys", \.keys),
        ]
    }
}
