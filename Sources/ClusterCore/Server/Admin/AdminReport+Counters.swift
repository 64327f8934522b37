import CommandCatalog

extension AdminReport {
    /// What all event loops have counted since the start.
    public struct Counters: Sendable {
        /// All requests, refused ones too.
        public var requests = 0
        /// Requests answered with an error.
        public var errors = 0
        /// Requests that met a key held by another connection's transaction.
        public var locked = 0
        /// Connections accepted.
        public var connections = 0
        /// Connections closed because they were idle.
        public var idleCloses = 0
        /// Connections closed because they did not take their replies.
        public var outputCloses = 0
        /// Bytes of requests.
        public var bytesRead = 0
        /// Bytes of replies.
        public var bytesWritten = 0
        /// How often each supported command was let in; those that never were are left out.
        public var commands: [(name: String, count: Int)] = []

        /// Nothing counted.
        public init() {}
    }
}

extension AdminReport.Counters {
    init(_ counters: WorkerCounters) {
        requests = Int(clamping: counters.requests)
        errors = Int(clamping: counters.errors)
        locked = Int(clamping: counters.locked)
        connections = Int(clamping: counters.connections)
        idleCloses = Int(clamping: counters.idleCloses)
        outputCloses = Int(clamping: counters.outputCloses)
        bytesRead = Int(clamping: counters.bytesRead)
        bytesWritten = Int(clamping: counters.bytesWritten)
        for id in Command.ID.allCases {
            let count = counters.commands[Int(id.rawValue)]
            if count > 0 { commands.append((id.row.name, Int(clamping: count))) }
        }
    }

    init(_ fields: AdminFields) {
        requests = fields.integer("requests")
        errors = fields.integer("errors")
        locked = fields.integer("locked")
        connections = fields.integer("connections")
        idleCloses = fields.integer("idle-closes")
        outputCloses = fields.integer("output-closes")
        bytesRead = fields.integer("bytes-read")
        bytesWritten = fields.integer("bytes-written")
        guard let commands = fields["commands"].flatMap(AdminFields.init) else { return }
        self.commands = commands.pairs.map { ($0.name, commands.integer($0.name)) }
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("requests", requests)
        fields.add("errors", errors)
        fields.add("locked", locked)
        fields.add("connections", connections)
        fields.add("idle-closes", idleCloses)
        fields.add("output-closes", outputCloses)
        fields.add("bytes-read", bytesRead)
        fields.add("bytes-written", bytesWritten)
        var counts = AdminFields()
        for command in commands { counts.add(command.name, command.count) }
        fields.add("commands", counts.reply)
        return fields
    }
}
