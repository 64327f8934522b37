/// A command that a client library sends by itself at connection, in its current releases.
///
/// Sources: of redis-py, valkey-py, node-redis, ioredis, predis, redis-rb and redis-client what their releases were measured to
/// send (`docs/clients.md`); of the others their projects: redis/jedis#3537, redis/lettuce#2439 and #2234,
/// redis/go-redis#2515 and #2910, `ServerEndPoint.cs` of StackExchange.Redis 2.9, `pipe.go` of rueidis.
public struct LibraryGreeting: Sendable {
    /// The library, by the name that it is known by.
    public let library: String
    /// The command, as the catalog names it; a contract may support it.
    public let command: String
    /// Since which releases; empty where that is not known.
    public let since: String
    /// What leaves the command out, in the library's own spelling; empty where nothing does.
    public let setting: String
    /// Whether the library cannot go on after the refusal: it closes the connection, and makes no other without the command.
    public let isFatal: Bool
    /// How source code or a configuration says so: each alternative is texts without white space that all are there.
    public let marks: [[String]]

    private init(
        _ library: String, _ command: String, since: String = "", isFatal: Bool = false, setting: String = "",
        marks: [[String]] = []
    ) {
        self.library = library
        self.command = command
        self.since = since
        self.setting = setting
        self.isFatal = isFatal
        self.marks = marks
    }

    /// Every greeting that is known, a library's together.
    public static let all =
        python + java + go + node + php + ruby + dotNet

    private static let python = [
        LibraryGreeting(
            "redis-py", "CLIENT SETINFO", since: "5.0",
            setting: "lib_name=None and lib_version=None, or driver_info=None in releases that have it",
            marks: [
                ["driver_info=None"], ["lib_name=None", "lib_version=None"], ["\"lib_name\":None"], ["'lib_name':None"],
            ]),
        LibraryGreeting(
            "redis-py", "HELLO", since: "8.0", isFatal: true, setting: "protocol=2",
            marks: [["protocol=2"], ["\"protocol\":2"], ["'protocol':2"], ["protocol:2"]]),
        LibraryGreeting(
            "valkey-py", "CLIENT SETINFO", setting: "lib_name=None and lib_version=None",
            marks: [["lib_name=None", "lib_version=None"]]),
    ]

    private static let java = [
        LibraryGreeting(
            "jedis", "CLIENT SETINFO", since: "4.4.5 and 5.0.1", setting: "ClientSetInfoConfig.DISABLED",
            marks: [["ClientSetInfoConfig.DISABLED"]]),
        LibraryGreeting(
            "lettuce", "HELLO", setting: "protocolVersion(ProtocolVersion.RESP2)",
            marks: [["ProtocolVersion.RESP2"]]),
        LibraryGreeting("lettuce", "CLIENT SETINFO"),
        LibraryGreeting(
            "spring-data-redis", "HELLO", setting: "protocolVersion(ProtocolVersion.RESP2) of Lettuce",
            marks: [["ProtocolVersion.RESP2"]]),
        LibraryGreeting("spring-data-redis", "CLIENT SETINFO"),
    ]

    private static let go = [
        LibraryGreeting("go-redis", "HELLO", since: "9.0"),
        LibraryGreeting(
            "go-redis", "CLIENT SETINFO", setting: "DisableIdentity: true, in earlier releases spelt DisableIndentity",
            marks: [["DisableIdentity:true"], ["DisableIndentity:true"]]),
        LibraryGreeting("rueidis", "HELLO", setting: "AlwaysRESP2: true", marks: [["AlwaysRESP2:true"]]),
        LibraryGreeting(
            "rueidis", "CLIENT TRACKING", isFatal: true, setting: "DisableCache: true", marks: [["DisableCache:true"]]),
        LibraryGreeting(
            "rueidis", "CLIENT SETINFO", setting: "ClientSetInfo: rueidis.DisableClientSetInfo",
            marks: [["DisableClientSetInfo"]]),
    ]

    private static let node = [
        LibraryGreeting(
            "ioredis", "CLIENT SETINFO", setting: "disableClientInfo: true", marks: [["disableClientInfo:true"]]),
        LibraryGreeting(
            "ioredis", "INFO", isFatal: true, setting: "enableReadyCheck: false",
            marks: [["enableReadyCheck:false"], ["enableReadyCheck=false"]]),
        LibraryGreeting("ioredis", "HELLO", since: "6.0", setting: "protocol: 2", marks: [["protocol:2"]]),
        LibraryGreeting(
            "node-redis", "CLIENT SETINFO", setting: "disableClientInfo: true", marks: [["disableClientInfo:true"]]),
        LibraryGreeting("node-redis", "HELLO", since: "6.0", isFatal: true, setting: "RESP: 2", marks: [["RESP:2"]]),
    ]

    private static let php = [
        LibraryGreeting("predis", "HELLO", since: "3.0"),
        LibraryGreeting("predis", "CLIENT SETNAME", since: "3.0"),
        LibraryGreeting(
            "predis", "CLIENT SETINFO", since: "3.0", setting: "'client_info' => false, from release 3.6.1 on",
            marks: [["'client_info'=>false"], ["\"client_info\"=>false"]]),
    ]

    private static let ruby = [
        LibraryGreeting(
            "redis-rb", "HELLO", since: "6.0", setting: "protocol: 2",
            marks: [["protocol:2"], [":protocol=>2"], ["\"protocol\"=>2"]]),
        LibraryGreeting(
            "redis-rb", "CLIENT SETINFO", since: "6.0", setting: "driver_info: false",
            marks: [["driver_info:false"], [":driver_info=>false"]]),
        LibraryGreeting(
            "redis-client", "HELLO", isFatal: true, setting: "protocol: 2",
            marks: [["protocol:2"], [":protocol=>2"], ["\"protocol\"=>2"]]),
    ]

    private static let dotNet = [
        "CLIENT SETNAME", "CLIENT SETINFO", "CLIENT ID", "CONFIG GET", "INFO", "CLUSTER NODES",
    ]
    .map { command in
        let name = command.prefix { $0 != " " }
        return LibraryGreeting(
            "StackExchange.Redis", command,
            setting: "a CommandMap without \(name), or $\(name)= in the connection string",
            marks: [["CommandMap.Create", "\"\(name)\""], ["$\(name)=,"], ["$\(name)=\""], ["$\(name.lowercased())="]])
    }
}

// MARK: - What to say of one that was refused

extension LibraryGreeting {
    /// The commands that no client needs an answer to: what a client tells of itself, and the hints of redis-cli.
    public static let harmless: Set<String> = ["CLIENT SETINFO", "COMMAND DOCS"]

    /// The library that gives itself a name in CLIENT SETINFO LIB-NAME or CLIENT SETNAME; nil for one that is not known.
    ///
    /// Names have more behind them, as in `redis-py(django-redis_v5)` and `host(SE.Redis-v2.9)`.
    public static func library(calling name: String) -> String? {
        let folded = name.lowercased()
        if folded.contains("se.redis") || folded.contains("stackexchange.redis") { return "StackExchange.Redis" }
        return Set(all.map(\.library)).filter { folded.hasPrefix($0.lowercased()) }.max { $0.count < $1.count }
    }

    /// Whether a library goes on without a command of its greeting that is refused, if need be over a new connection.
    public static func goesOn(_ library: String, without command: String) -> Bool {
        all.contains { $0.library == library && $0.command == command && !$0.isFatal }
    }

    /// What StackExchange.Redis asks a server about by itself, then and again: nothing that it asks is the application's.
    public static func isLook(_ command: String, at argument: String) -> Bool {
        switch command {
        case "CLIENT ID", "CLIENT SETNAME", "CLUSTER NODES", "SENTINEL MASTERS", "HELLO": true
        case "CONFIG GET": ["timeout", "slave-read-only", "replica-read-only", "databases"].contains(argument)
        case "INFO": ["replication", "server"].contains(argument)
        case "SUBSCRIBE": argument == "__booksleeve_masterchanged"
        default: false
        }
    }

    /// What leaves a command out, for those libraries; for every library that is known to send it, where none is named.
    ///
    /// Empty where nothing is to be set.
    ///
    /// - Parameter isInsisted: whether only libraries come into question that cannot go on without it, if there are any.
    public static func advice(on command: String, libraries: [String] = [], isInsisted: Bool = false) -> String {
        let general = Self.general[command]
        let senders = all.filter { greeting in
            greeting.command == command && !greeting.setting.isEmpty
                && (libraries.isEmpty || libraries.contains(greeting.library))
        }
        let insisting = isInsisted ? senders.filter(\.isFatal) : []
        let greetings = insisting.isEmpty ? senders : insisting
        guard !greetings.isEmpty else { return general ?? "" }
        let known = greetings.map { "\($0.library): \($0.setting)" }.joined(separator: "; ")
        return libraries.isEmpty ? general.map { "\($0) (\(known))" } ?? known : known
    }

    /// What all clients have in common.
    private static let general: [String: String] = [
        "CLIENT SETNAME": "leave the client's name out of its options",
        "CLIENT GETNAME": "leave the client's name out of its options",
        "CLIENT ID": "turn client-side caching and connection tracking off",
        "CLIENT TRACKING": "turn client-side caching off",
        "COMMAND": "no setting is needed: the client asks for its hints only",
        "COMMAND DOCS": "no setting is needed: redis-cli asks for its hints only",
        "CONFIG GET": "no setting is needed: redis-benchmark asks for its report only",
        "CLUSTER SLOTS": "use the client for a single server, not the one for Redis Cluster",
        "CLUSTER SHARDS": "use the client for a single server, not the one for Redis Cluster",
        "READONLY": "use the client for a single server, not the one for Redis Cluster",
    ]
}
