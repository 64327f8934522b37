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
        /// Connections closed because all together held too much.
        public var memoryCloses = 0
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

extension AdminReport.Counters: AdminRecord {
    init(_ counters: WorkerCounters) {
        requests = Int(clamping: counters.requests)
        errors = Int(clamping: counters.errors)
        locked = Int(clamping: counters.locked)
        connections = Int(clamping: counters.connections)
        idleCloses = Int(clamping: counters.idleCloses)
        outputCloses = Int(clamping: counters.outputCloses)
        memoryCloses = Int(clamping: counters.memoryCloses)
        bytesRead = Int(clamping: counters.bytesRead)
        bytesWritten = Int(clamping: counters.bytesWritten)
        for id in Command.ID.allCases {
            let count = counters.commands[Int(id.rawValue)]
            if count > 0 { commands.append((id.row.name, Int(clamping: count))) }
        }
    }

    static var layout: [AdminField<Self>] {
        [
            .init("requests", \.requests),
            .init("errors", \.errors),
            .init("locked", \.locked),
            .init("connections", \.connections),
            .init("idle-closes", \.idleCloses),
            .init("output-closes", \.outputCloses),
            .init("memory-closes", \.memoryCloses),
            .init("bytes-read", \.bytesRead),
            .init("bytes-written", \.bytesWritten),
            .init(counts: "commands", get: { $0.commands }, set: { $0.commands = $1 }),
        ]
    }
}
