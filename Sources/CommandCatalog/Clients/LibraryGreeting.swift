/// A command that a client library sends by itself at connection, in its current releases.
///
/// Sources: of redis-py what its releases were measured to send (`docs/clients.md`); of the others their projects:
/// redis/jedis#3537, redis/lettuce#2439 and #2234, redis/go-redis#2515 and #2910, redis/ioredis#2011 and #1293,
/// redis/node-redis#2645, predis/predis#1722, redis-client 0.6.0, the documentation of StackExchange.Redis.
public struct LibraryGreeting: Sendable {
    /// The library, by the name that it gives itself.
    public let library: String
    /// The command, as the catalog names it; a contract may support it.
    public let command: String
    /// Since which releases; empty where that is not known.
    public let since: String
    /// What leaves the command out, in the library's options; empty where nothing does.
    public let setting: String

    private init(_ library: String, _ command: String, since: String = "", setting: String = "") {
        self.library = library
        self.command = command
        self.since = since
        self.setting = setting
    }

    /// Every greeting that is known, a library's together.
    public static let all = [
        LibraryGreeting("redis-py", "CLIENT SETINFO", since: "5.0", setting: "lib_name=None and lib_version=None"),
        LibraryGreeting("redis-py", "HELLO", since: "8.0", setting: "protocol=2, without which release 8 fails"),
        LibraryGreeting("jedis", "CLIENT SETINFO", since: "4.4.5 and 5.0.1", setting: "ClientSetInfoConfig.DISABLED"),
        LibraryGreeting("lettuce", "HELLO", setting: "protocolVersion(ProtocolVersion.RESP2)"),
        LibraryGreeting("lettuce", "CLIENT SETINFO"),
        LibraryGreeting("spring-data-redis", "HELLO", setting: "protocolVersion(ProtocolVersion.RESP2) of Lettuce"),
        LibraryGreeting("spring-data-redis", "CLIENT SETINFO"),
        LibraryGreeting("go-redis", "HELLO", since: "9.0"),
        LibraryGreeting(
            "go-redis", "CLIENT SETINFO", setting: "DisableIdentity: true, in earlier releases spelt DisableIndentity"),
        LibraryGreeting("ioredis", "CLIENT SETINFO", setting: "disableClientInfo: true"),
        LibraryGreeting("ioredis", "INFO", setting: "enableReadyCheck: false"),
        LibraryGreeting("node-redis", "CLIENT SETINFO", setting: "disableClientInfo: true"),
        LibraryGreeting("predis", "HELLO", since: "3.0"),
        LibraryGreeting(
            "predis", "CLIENT SETINFO", since: "3.0", setting: "'client_info' => false, from release 3.6.1 on"),
        LibraryGreeting("redis-rb", "HELLO", setting: "protocol: 2"),
        LibraryGreeting("StackExchange.Redis", "CLIENT SETNAME", setting: "a CommandMap without CLIENT"),
        LibraryGreeting("StackExchange.Redis", "CONFIG GET", setting: "a CommandMap without CONFIG"),
        LibraryGreeting("StackExchange.Redis", "INFO", setting: "a CommandMap without INFO"),
        LibraryGreeting("StackExchange.Redis", "CLUSTER NODES", setting: "a CommandMap without CLUSTER"),
    ]
}
