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
        /// The errors that were answered by their kind and the command, most often first; what the contract refused, and
        /// what was too large, is not among them.
        public var errorKinds: [ErrorCount] = []
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

    /// One kind of error that was answered to one command.
    public struct ErrorCount: Sendable {
        /// The code in front of the error's line, with what is wrong where that is ERR.
        public var error = ""
        /// The command in capitals; empty where none was understood, or the password was missing.
        public var command = ""
        /// How often.
        public var count = 0
        /// The first key that it was met with; nil for a command without keys.
        public var firstKey: [UInt8]?

        /// The error of a command on a key that another connection's transaction holds.
        public static let locked = ErrorKind.locked.text
        /// The error of a number of arguments that a command does not have.
        public static let wrongArity = ErrorKind.wrongArity.text
        /// The error of a request without the password that the cluster asks for.
        public static let unauthenticated = ErrorKind.unauthenticated.text
        /// The error of a wrong password, and of one where none is asked for.
        public static let password = ErrorKind.password.text
    }
}

extension AdminReport.ErrorCount: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("error", \.error),
            .init("command", \.command),
            .init("count", \.count),
            .init("first-key", \.firstKey),
        ]
    }
}

extension AdminReport.Counters: AdminRecord {
    init(_ counters: WorkerCounters) {
        requests = Int(clamping: counters.requests)
        errors = Int(clamping: counters.errors)
        locked = Int(clamping: counters.locked)
        errorKinds = counters.errorCounts.list.map { kind, command, entry in
            var count = AdminReport.ErrorCount()
            (count.error, count.command) = (kind.text, command?.row.name ?? "")
            (count.count, count.firstKey) = (Int(clamping: entry.count), entry.firstKey)
            return count
        }
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
            .init(list: "error-kinds", \.errorKinds),
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
