extension AdminReport {
    /// One node of a shard.
    public struct Node: Sendable {
        /// The shard and the node's number, as `0-1`.
        public var name = ""
        /// Whether clients' commands reach it.
        public var isPrimary = false
        /// `running`, `stopped` or `dead`.
        public var state = ""
        /// Whether it has all keys.
        public var isComplete = true
        /// The bytes of its shard's log that it has not run yet.
        public var bytesBehind = 0
    }

    /// An acknowledged write that a failover has lost.
    public struct Loss: Sendable {
        /// The shard.
        public var shard = 0
        /// The key.
        public var key: [UInt8] = []
        /// What was done to it.
        public var command = ""
        /// Who had been told that it was done: an address, or a connection's number where it is gone.
        public var client = ""
        /// When it was lost, in milliseconds of the Unix epoch.
        public var milliseconds = 0
    }

    /// Something that has happened to a node or a log.
    public struct Event: Sendable {
        /// Counts from 1.
        public var number = 0
        /// When, in milliseconds of the Unix epoch.
        public var milliseconds = 0
        /// What kind of thing: `failover`, `resync`.
        public var kind = ""
        /// What it was, in words.
        public var text = ""
        /// So many of the last ones are kept.
        public static let kept = EventList.kept
    }
}

// MARK: - On the wire

extension AdminReport.Node: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("node", \.name),
            .init("primary", \.isPrimary),
            .init("state", \.state),
            .init("complete", \.isComplete),
            .init("bytes-behind", \.bytesBehind),
        ]
    }
}

extension AdminReport.Event: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("number", \.number),
            .init("milliseconds", \.milliseconds),
            .init("kind", \.kind),
            .init("text", \.text),
        ]
    }
}

extension AdminReport.Loss: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("shard", \.shard),
            .init("key", \.key),
            .init("command", \.command),
            .init("client", \.client),
            .init("milliseconds", \.milliseconds),
        ]
    }
}
