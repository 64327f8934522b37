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

extension AdminReport.Node {
    init(_ fields: AdminFields) {
        name = fields.text("node") ?? ""
        isPrimary = fields.integer("primary") != 0
        state = fields.text("state") ?? ""
        isComplete = fields.integer("complete") != 0
        bytesBehind = fields.integer("bytes-behind")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("node", name)
        fields.add("primary", isPrimary)
        fields.add("state", state)
        fields.add("complete", isComplete)
        fields.add("bytes-behind", bytesBehind)
        return fields
    }
}

extension AdminReport.Event {
    init(_ fields: AdminFields) {
        number = fields.integer("number")
        milliseconds = fields.integer("milliseconds")
        kind = fields.text("kind") ?? ""
        text = fields.text("text") ?? ""
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("number", number)
        fields.add("milliseconds", milliseconds)
        fields.add("kind", kind)
        fields.add("text", text)
        return fields
    }
}

extension AdminReport.Loss {
    init(_ fields: AdminFields) {
        shard = fields.integer("shard")
        key = fields.bytes("key") ?? []
        command = fields.text("command") ?? ""
        client = fields.text("client") ?? ""
        milliseconds = fields.integer("milliseconds")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("shard", shard)
        fields.add("key", bytes: key)
        fields.add("command", command)
        fields.add("client", client)
        fields.add("milliseconds", milliseconds)
        return fields
    }
}
