/// What a client library sends by itself at connection, in its current releases.
///
/// Sources: of redis-py what its releases were measured to send (`docs/clients.md`); of the others their projects:
/// redis/jedis#3537, redis/lettuce#2439 and #2234, redis/go-redis#2515 and #2910, redis/ioredis#2011 and #1293,
/// redis/node-redis#2645, predis/predis#1722, redis-client 0.6.0, the documentation of StackExchange.Redis.
struct LibraryGreeting {
    /// The commands, as the catalog names them, whether the contract refuses them or not.
    let commands: [String]
    /// Since which releases; nil where it is not known.
    let since: String?
    /// What to set.
    let instead: String
}

extension ClientLibrary {
    /// What the library sends at connection; nil where it sends nothing.
    var greeting: LibraryGreeting? {
        switch self {
        case .redisPy:
            LibraryGreeting(
                commands: ["CLIENT SETINFO", "HELLO"], since: "5.0, HELLO since 8.0",
                instead: "set protocol=2, without which release 8 fails; lib_name=None spares CLIENT SETINFO")
        case .jedis:
            LibraryGreeting(
                commands: ["CLIENT SETINFO"], since: "4.4.5 and 5.0.1",
                instead: "set ClientSetInfoConfig.DISABLED, or leave it: Jedis ignores the error")
        case .lettuce, .springData:
            LibraryGreeting(
                commands: ["HELLO", "CLIENT SETINFO"], since: nil,
                instead: "set protocolVersion(ProtocolVersion.RESP2) in Lettuce's ClientOptions")
        case .goRedis:
            LibraryGreeting(
                commands: ["HELLO", "CLIENT SETINFO"], since: "9.0, CLIENT SETINFO since 9.5",
                instead: "set DisableIdentity: true (at first spelt DisableIndentity); HELLO's error is ignored")
        case .ioredis:
            LibraryGreeting(
                commands: ["CLIENT SETINFO", "INFO"], since: nil,
                instead: "set disableClientInfo: true; enableReadyCheck: false spares INFO")
        case .nodeRedis:
            LibraryGreeting(commands: ["CLIENT SETINFO"], since: nil, instead: "set disableClientInfo: true")
        case .predis:
            LibraryGreeting(
                commands: ["HELLO", "CLIENT SETINFO"], since: "3.0",
                instead: "set 'client_info' => false, which releases from 3.6.1 on heed, or stay with release 2")
        case .redisRb:
            LibraryGreeting(commands: ["HELLO"], since: nil, instead: "give the client protocol: 2")
        case .stackExchange:
            LibraryGreeting(
                commands: ["CLIENT SETNAME", "CONFIG GET", "INFO", "CLUSTER NODES"], since: nil,
                instead: "take what is refused out with a CommandMap")
        case .phpredis, .luaScript: nil
        }
    }
}
