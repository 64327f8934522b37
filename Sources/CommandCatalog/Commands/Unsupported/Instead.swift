/// What to do without a command, for the texts that several rows share.
///
/// A fragment of a sentence, in small letters and without a full stop: it follows "instead:" in a refusal's error line,
/// in a report and in the documentation.
enum Instead {
    static let keyIndex = "keep an index set of the keys (SADD, SMEMBERS, SSCAN)"
    static let objectInspection = "drop it: nothing tells how a value is encoded or when it was last used"
    static let renameByCopy =
        "copy with DUMP and RESTORE (PTTL gives the time to live), then DEL; the steps are not atomic"
    static let sorting = "sort in the client, or keep a sorted set"
    static let waiting = "drop it: the service replicates and saves by itself"
    static let fieldExpiry = "give a field that expires a key of its own (SETEX, TTL, PERSIST)"
    static let scripts = "MULTI with WATCH, and the logic in the client"
    static let subscribing = "poll a list with RPOP, which the sender fills with LPUSH"
    static let publishing = "LPUSH onto a list of each receiver, which polls it with RPOP"
    static let unsubscribing = "drop it: there is nothing to be subscribed to"
    static let channelNames = "keep the names of the receivers' lists in a set (SADD, SREM, SMEMBERS)"
    static let channelReceivers = "keep the receivers of each channel in a set: SCARD counts them"
    static let channelPatterns = "drop it: receivers that poll lists have no patterns"
    static let shardChannelNames =
        "shard channels are Redis Cluster's own: keep the names of the receivers' lists in a set (SADD, SMEMBERS)"
    static let shardChannelReceivers =
        "shard channels are Redis Cluster's own: keep the receivers of each in a set, and count them with SCARD"
    static let distinctCount = "count with a set (SADD, SCARD), or with a bitmap (SETBIT, BITCOUNT)"
    static let serverTest = "drop it: it serves tests of the server itself"
    static let geohash =
        "compute geohashes in the client and keep them as the scores of a sorted set (ZADD, ZRANGEBYSCORE)"
    static let streamGroup =
        "a list for each kind of worker: RPOPLPUSH into a list of work under way, LREM when it is done"
    static let streamLog = "a list (LPUSH, LRANGE, LTRIM), or a sorted set whose scores are times"
    static let clientName = "turn the connection's name off in the client's options"
    static let clientInfo = "turn it off in the client's options, where it announces its own name and version"
    static let clientCaching = "turn the client's own cache off, or give what it holds a short life"
    static let clientAdministration = "the console shows the connections; turn the command off in the client's options"
    static let singleNode = "connect as to a single node: the service routes by itself"
    static let oneAddress = "connect to the service's address: it fails over by itself"
    static let backups = "use the console's backups: the service saves by itself"
    static let configuration = "use the console: the service's configuration is its operator's"
    static let onePassword = "AUTH with the instance's one password"
    static let commandTable = "turn it off in the client's options, or use the client's own table of commands"
    static let flushing = "use the console (on clusterctl: `clusterctl flush`), or DEL the keys of an index set"
    static let monitoring = "use the console's monitoring"
    static let replication = "drop it: the service replicates and fails over by itself"
    static let memory = "use the console's monitoring: the service's memory is its operator's"
    static let modules = "drop it: the service loads no modules"
    static let json = "a hash with a field for each value (HSET, HGET), or the whole text in a string (SET, GET)"
    static let search =
        "indexes of your own: sets of keys by value (SADD, SINTER), sorted sets by number (ZRANGEBYSCORE)"
    static let membership = "a set (SADD, SISMEMBER), or a bitmap at places that the client computes (SETBIT, GETBIT)"
    static let sketch = "exact counters in a hash (HINCRBY, HMGET)"
    static let topK = "a sorted set of counters (ZINCRBY, ZREVRANGE), cut with ZREMRANGEBYRANK"
    static let quantiles = "a sorted set of the values (ZADD, ZCOUNT, ZRANGE)"
    static let timeSeries = "a sorted set whose scores are times (ZADD, ZRANGEBYSCORE), a key for each day"
    static let graph = "a set of neighbours for each node (SADD, SMEMBERS), walked by the client"
    static let rateLimit = "a counter for each window (INCR, EXPIRE)"
    static let array = "a list (RPUSH, LINDEX, LSET), or a hash whose fields are the places (HSET, HMGET)"
    static let vectorSearch = "keep the vectors in strings or hashes, and search in the client"
    static let oneDatabase = "keep everything in database 0 and tell the parts apart by a prefix of the keys"
}
