/// A command that a place in source code sends to Redis.
public struct SentCommand: Sendable, Hashable {
    /// The method's name, the literal command name, or the literal that chooses a database.
    public var place: SourcePlace
    /// The command as on the wire: its name in capitals, then its subcommand where it has one, then its arguments.
    public var words: [Word]
    /// More arguments may follow the words: a list in a variable, an object with options.
    public var isOpenEnded: Bool
    /// How many words are sent whatever the variables hold: a last argument may be a callback.
    public var leastWords: Int
    /// The program chose the words itself (`execute_command`, `Do`, `redis.call`), so that their number may be wrong.
    public var isRaw: Bool
    /// What made the command.
    public var origin: Origin
    /// The client library that sends it.
    public var library: ClientLibrary
    /// How sure it is that the command is sent.
    public var confidence: Confidence
    /// The method as written: `scan_iter`, `opsForValue().set`, `StringSet`.
    public var method: String

    /// One argument of a command.
    public enum Word: Sendable, Hashable {
        /// The source shows the bytes.
        case literal([UInt8])
        /// Exactly one argument, whose bytes only the running program knows.
        case unknown
    }

    /// What made a command.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// A method that stands for the command.
        case method
        /// A call that takes the command's words.
        case raw
        /// A database number in an option or in a URL.
        case database
        /// `redis.call` in a Lua script.
        case script
        /// A method that sends the command besides what its name says, as a lock or a pipeline does.
        case hidden
    }

    /// How sure it is that a command is sent.
    public enum Confidence: String, Sendable, Hashable, CaseIterable {
        /// The receiver is a client for certain.
        case high
        /// The receiver is a client by its name alone, or the form of the arguments is the likely one.
        case low
    }

    /// The command's name in capitals.
    public var name: String {
        guard case .literal(let bytes)? = words.first else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The words laid out as one request, an unknown one as no bytes at all.
    ///
    /// - Returns: the bytes of all words, and the place of each in them.
    public func request() -> (bytes: [UInt8], arguments: [Range<Int>]) {
        var bytes: [UInt8] = []
        var arguments: [Range<Int>] = []
        for word in words {
            let start = bytes.count
            if case .literal(let literal) = word { bytes += literal }
            arguments.append(start..<bytes.count)
        }
        return (bytes, arguments)
    }
}

/// A call of a client whose command the source does not show.
public struct UndecidedName: Sendable, Hashable {
    /// Where the name would stand.
    public var place: SourcePlace
    /// The client library.
    public var library: ClientLibrary
    /// How sure it is that the receiver is a client.
    public var confidence: SentCommand.Confidence
    /// The expression or the method as written, cut to 80 bytes.
    public var text: String
}

/// A range of bytes within one line of a source file.
public struct SourcePlace: Sendable, Hashable {
    /// Offsets in the file.
    public var bytes: Range<Int>
    /// The line, from 1.
    public var line: Int
    /// The first column, from 1, in Unicode scalars.
    public var column: Int
    /// The column after the last one, in Unicode scalars.
    public var endColumn: Int
}

/// What one file sends to Redis.
public struct SourceScan: Sendable {
    /// The commands, by their places.
    public var commands: [SentCommand] = []
    /// The calls whose command the source does not show, by their places.
    public var undecided: [UndecidedName] = []
    /// The client libraries that the file uses, each with the place that says so first.
    public var libraries: [LibraryUse] = []
    /// The command lines that it runs, as scripts as long as the file.
    var executed: [ExecutedShell] = []
    /// The first place of what is too deep in brackets to be read; nil if all was read.
    public var unread: SourcePlace?

    /// An empty result.
    public init() {}
}

/// A client library that a file imports, or whose classes it names.
public struct LibraryUse: Sendable, Hashable {
    /// The library.
    public var library: ClientLibrary
    /// The import, or the first name of the library's.
    public var place: SourcePlace
}

/// A client library, or Lua inside Redis.
public enum ClientLibrary: String, Sendable, CaseIterable {
    case redisPy = "redis-py"
    case djangoRedis = "django-redis"
    case jedis
    case lettuce
    case springData = "spring-data-redis"
    case springCache = "spring-cache"
    case micronautCache = "micronaut-cache"
    case quarkusCache = "quarkus-cache"
    case goRedis = "go-redis"
    case redigo
    case rueidis
    case radix
    case goZero = "go-zero"
    case gredis
    case ioredis
    case nodeRedis = "node-redis"
    case bun
    case phpredis
    case predis
    case credis
    case yii
    case redisRb = "redis-rb"
    case redisClient = "redis-client"
    case stackExchange = "StackExchange.Redis"
    case redisson = "Redisson"
    case vertx = "vertx-redis"
    case quarkus = "quarkus-redis"
    case dyno
    case kreds
    case csRedis = "CSRedis"
    case freeRedis = "FreeRedis"
    case serviceStack = "ServiceStack.Redis"
    case restyRedis = "lua-resty-redis"
    case restyConnector = "lua-resty-redis-connector"
    case redisLua = "redis-lua"
    case luaHiredis = "lua-hiredis"
    case rspamd
    case hiredis
    case redisPlusPlus = "redis-plus-plus"
    case cppRedis = "cpp_redis"
    case acl
    case credisOfC = "credis-c"
    case drogon
    case redox
    case redisRs = "redis-rs"
    case fred
    case redisCLI = "redis-cli"
    case luaScript = "lua"
}
