/// The names of variables that are taken for clients where nothing else is known of them.
///
/// Case and underscores do not count.
public struct ReceiverNames: Sendable, Hashable {
    /// Names that somebody has said are clients in this project: what they are called for is certain, with or without an
    /// import of a client.
    public var trusted: [String]

    /// Names that most people give clients, where the project uses one: what they are called for is a guess.
    public static let usual = [
        "r", "rdb", "redis", "redis_client", "client_redis", "redis_conn", "redis_connection", "redis_db", "rds",
        "cache", "jedis", "redis_template", "string_redis_template", "redisson", "predis", "redis_cache",
        "redis_instance", "redis_service", "cache_client", "red",
    ]

    /// Those of the usual names that say what they are: of a parameter, a variable of a function or a field in a file that
    /// imports a client they leave no doubt.
    static let speaking = [
        "redis", "redis_client", "client_redis", "redis_conn", "redis_connection", "redis_db", "jedis", "predis",
        "redis_instance",
    ]

    /// The usual names, and some that are trusted.
    public init(trusted: [String] = []) {
        self.trusted = trusted
    }

    /// The identifiers of names without capitals and underscores.
    static func identifiers(_ names: [String]) -> Set<Identifier> {
        Set(names.map { Identifier(CommandNames.plain($0)) })
    }

    /// Finds files that matter without a word of Redis in them, by a trusted name; nil if there is none to look for.
    ///
    /// - Parameter mayLend: libraries that send only where others bring them may do so.
    func filter(mayLend: Bool) -> NameFilter? {
        let names = trusted + (mayLend ? ClientIndex.shared.namesThatMayBeLent : [])
        return names.isEmpty ? nil : NameFilter(Self.identifiers(names), isPlain: true)
    }
}
