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
        /// A request of this many bytes is refused.
        public var maximumRequestBytes = 0
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

extension AdminReport.Server: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("version", \.version),
            .init("process", \.processIdentifier),
            .init("host", \.host),
            .init("port", \.port),
            .init("unix-socket", \.unixSocketPath),
            .init("uptime-milliseconds", \.uptimeMilliseconds),
            .init("loops", \.loops),
            .init("shards", \.shards),
            .init("clients", \.clients),
            .init("maximum-clients", \.maximumClients),
            .init("contract", \.contract),
            .init("transaction-locks", \.transactionLocks),
            .init("maximum-key-bytes", \.maximumKeyBytes),
            .init("maximum-value-bytes", \.maximumValueBytes),
            .init("maximum-request-bytes", \.maximumRequestBytes),
            .init("asks-for-password", \.asksForPassword),
        ]
    }
}

extension AdminReport.Shard: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("index", \.index),
            .init("first-slot", \.firstSlot),
            .init("last-slot", \.lastSlot),
            .init("keys", \.keys),
            .init("payload-bytes", \.payloadBytes),
            .init("expiring-keys", \.expiringKeys),
            .init("expired-keys", \.expiredKeys),
            .init("held-keys", \.heldKeys),
        ]
    }
}

extension AdminReport.Client: AdminRecord {
    static var layout: [AdminField<Self>] {
        [
            .init("number", \.number),
            .init("address", \.address),
            .init("idle-milliseconds", \.idleMilliseconds),
            .init("in-transaction", \.isInTransaction),
            .init("queued-commands", \.queuedCommands),
            .init("held-keys", \.heldKeys),
            .init("watched-keys", \.watchedKeys),
        ]
    }
}
