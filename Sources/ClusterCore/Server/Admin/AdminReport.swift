/// What a running server tells over its admin socket, as values.
///
/// Each type is written to a reply and read from one in the same file, so that both ends agree; a field that the other
/// end does not send counts as 0, empty or nil.
public enum AdminReport {}

extension AdminReport {
    /// The server itself.
    public struct Server: Sendable {
        /// The version of the program.
        public var version = ""
        /// The process' identifier.
        public var processIdentifier = 0
        /// The address that clients connect to, a name or a number; nil where there is none.
        public var host: String?
        /// The port that clients connect to; nil where there is none.
        public var port: Int?
        /// The Unix socket for clients.
        public var unixSocketPath: String?
        /// Milliseconds since the start.
        public var uptimeMilliseconds = 0
        /// How many event loops serve the connections.
        public var loops = 0
        /// How many shards the slots are spread over.
        public var shards = 0
        /// How many clients are connected.
        public var clients = 0
        /// How many clients may be connected.
        public var maximumClients = 0
        /// The contract's name.
        public var contract = ""
        /// From when on a transaction holds its keys: `queued` or `exec`.
        public var transactionLocks = ""
        /// The longest key.
        public var maximumKeyBytes = 0
        /// The largest value under one key.
        public var maximumValueBytes = 0
        /// Whether clients must give a password.
        public var asksForPassword = false
    }

    /// One shard.
    public struct Shard: Sendable {
        /// Its place among the shards, from 0 on.
        public var index = 0
        /// The first of its slots.
        public var firstSlot = 0
        /// The last of its slots.
        public var lastSlot = 0
        /// How many keys it has; those that have expired count until they are found or swept.
        public var keys = 0
        /// The bytes of all values, as the contract counts them.
        public var payloadBytes = 0
        /// How many keys have a time to live.
        public var expiringKeys = 0
        /// How many keys have expired since the start.
        public var expiredKeys = 0
        /// How many keys are held by transactions.
        public var heldKeys = 0
    }

    /// One connected client.
    public struct Client: Sendable {
        /// The connection's number.
        public var number = 0
        /// Its address; `unix socket` for one that has none.
        public var address = ""
        /// Milliseconds since it last sent something.
        public var idleMilliseconds = 0
        /// Whether it is between MULTI and EXEC.
        public var isInTransaction = false
        /// How many commands it has queued.
        public var queuedCommands = 0
        /// How many keys its transaction holds.
        public var heldKeys = 0
        /// How many keys it watches.
        public var watchedKeys = 0
    }
}

// MARK: - On the wire

extension AdminReport.Server {
    init(_ fields: AdminFields) {
        version = fields.text("version") ?? ""
        processIdentifier = fields.integer("process")
        host = fields.text("host")
        port = fields["port"] == nil ? nil : fields.integer("port")
        unixSocketPath = fields.text("unix-socket")
        uptimeMilliseconds = fields.integer("uptime-milliseconds")
        loops = fields.integer("loops")
        shards = fields.integer("shards")
        clients = fields.integer("clients")
        maximumClients = fields.integer("maximum-clients")
        contract = fields.text("contract") ?? ""
        transactionLocks = fields.text("transaction-locks") ?? ""
        maximumKeyBytes = fields.integer("maximum-key-bytes")
        maximumValueBytes = fields.integer("maximum-value-bytes")
        asksForPassword = fields.integer("asks-for-password") != 0
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("version", version)
        fields.add("process", processIdentifier)
        fields.add("host", ifAny: host)
        if let port { fields.add("port", port) }
        fields.add("unix-socket", ifAny: unixSocketPath)
        fields.add("uptime-milliseconds", uptimeMilliseconds)
        fields.add("loops", loops)
        fields.add("shards", shards)
        fields.add("clients", clients)
        fields.add("maximum-clients", maximumClients)
        fields.add("contract", contract)
        fields.add("transaction-locks", transactionLocks)
        fields.add("maximum-key-bytes", maximumKeyBytes)
        fields.add("maximum-value-bytes", maximumValueBytes)
        fields.add("asks-for-password", asksForPassword)
        return fields
    }
}

extension AdminReport.Shard {
    init(_ fields: AdminFields) {
        index = fields.integer("index")
        firstSlot = fields.integer("first-slot")
        lastSlot = fields.integer("last-slot")
        keys = fields.integer("keys")
        payloadBytes = fields.integer("payload-bytes")
        expiringKeys = fields.integer("expiring-keys")
        expiredKeys = fields.integer("expired-keys")
        heldKeys = fields.integer("held-keys")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("index", index)
        fields.add("first-slot", firstSlot)
        fields.add("last-slot", lastSlot)
        fields.add("keys", keys)
        fields.add("payload-bytes", payloadBytes)
        fields.add("expiring-keys", expiringKeys)
        fields.add("expired-keys", expiredKeys)
        fields.add("held-keys", heldKeys)
        return fields
    }
}

extension AdminReport.Client {
    init(_ fields: AdminFields) {
        number = fields.integer("number")
        address = fields.text("address") ?? ""
        idleMilliseconds = fields.integer("idle-milliseconds")
        isInTransaction = fields.integer("in-transaction") != 0
        queuedCommands = fields.integer("queued-commands")
        heldKeys = fields.integer("held-keys")
        watchedKeys = fields.integer("watched-keys")
    }

    var fields: AdminFields {
        var fields = AdminFields()
        fields.add("number", number)
        fields.add("address", address)
        fields.add("idle-milliseconds", idleMilliseconds)
        fields.add("in-transaction", isInTransaction)
        fields.add("queued-commands", queuedCommands)
        fields.add("held-keys", heldKeys)
        fields.add("watched-keys", watchedKeys)
        return fields
    }
}
