extension ClientTable {
    /// StackExchange.Redis, to release 2.8; a method's `Async` is left off.
    static let stackExchange = """
        library StackExchange.Redis csharp
        skips CommandFlags flags flag commandFlags
        module StackExchange.Redis
        class multiplexer: ConnectionMultiplexer IConnectionMultiplexer
        class database: IDatabase IDatabaseAsync IBatch
        class transaction: ITransaction
        class server: IServer
        class subscriber: ISubscriber
        class configuration: ConfigurationOptions
        class script: LuaScript LoadedLuaScript
        class extensions: IRedisClient IRedisDatabase IRedisCacheClient IRedisClientFactory
        receiver database

        type configuration
          Parse: - -> configuration
        type script
          ::Prepare: - -> script
          Load: SCRIPT LOAD ? -> script
          Evaluate: ~SCRIPT LOAD ? ; ~EVALSHA ...
        type extensions             # StackExchange.Redis.Extensions
          Database: - -> database
          ConnectionPoolManager: - -> extensions
          GetConnection: - -> multiplexer
          Db0 GetDefaultDatabase GetDefaultRedisClient GetDefaultRedisDatabase GetRedisClient: - -> same
          GetDb: SELECT 1! -> same
          SearchKeys: SCAN '0' ...
          FlushDb: FLUSHDB
          Save: BGSAVE
          GetInfo GetInfoCategorized: INFO
          Publish: PUBLISH 1 2
          Subscribe: SUBSCRIBE 1
          Unsubscribe UnsubscribeAll: UNSUBSCRIBE ...

        type multiplexer
          ::Connect ::ConnectAsync ::SentinelConnect: - -> multiplexer
          GetDatabase: SELECT 1! -> database
          GetServer GetServers: - -> server
          GetSubscriber: - -> subscriber
          GetSentinelMasterConnection: - -> multiplexer
          Value: - -> same
          GetEndPoints Close CloseAsync Dispose DisposeAsync IsConnected Configure GetStatus GetCounters: -
        type subscriber
          Publish: PUBLISH 1 2
          Subscribe: SUBSCRIBE 1
          Unsubscribe UnsubscribeAll: UNSUBSCRIBE ...
          Ping: PING
        type server
          Keys: SCAN '0' ...
          DatabaseSize: DBSIZE
          FlushDatabase: FLUSHDB
          FlushAllDatabases: FLUSHALL
          Info InfoRaw: INFO 1
          ConfigGet: CONFIG GET 1
          ConfigSet: CONFIG SET 1 2
          ConfigResetStatistics: CONFIG RESETSTAT
          ConfigRewrite: CONFIG REWRITE
          ClientList: CLIENT LIST
          ClientKill: CLIENT KILL ...
          SlowlogGet: SLOWLOG GET 1
          SlowlogReset: SLOWLOG RESET
          ScriptLoad: SCRIPT LOAD 1
          ScriptExists: SCRIPT EXISTS 1
          ScriptFlush: SCRIPT FLUSH
          Save: BGSAVE
          LastSave: LASTSAVE
          Time: TIME
          Echo: ECHO 1
          Ping: PING
          Role: ROLE
          Shutdown: SHUTDOWN
          ReplicaOf SlaveOf MakePrimaryAsync: SLAVEOF ...
          SwapDatabases: SWAPDB 1 2
          SubscriptionChannels: PUBSUB CHANNELS ...
          SubscriptionPatternCount: PUBSUB NUMPAT
          SubscriptionSubscriberCount: PUBSUB NUMSUB 1
          LatencyDoctor: LATENCY DOCTOR
          LatencyHistory: LATENCY HISTORY 1
          LatencyLatest: LATENCY LATEST
          LatencyReset: LATENCY RESET
          MemoryDoctor: MEMORY DOCTOR
          MemoryStats: MEMORY STATS
          MemoryPurge: MEMORY PURGE
          CommandCount: COMMAND COUNT
          CommandGetKeys: COMMAND GETKEYS ...
          CommandList: COMMAND LIST ...
          Execute: raw
          Multiplexer EndPoint IsConnected IsReplica Features ServerType Version: -
        type transaction like=database
          Execute: EXEC
          ExecuteAsync: EXEC
          AddCondition: WATCH ...
        type database
          Execute ExecuteAsync: raw
          CreateTransaction: ~MULTI ; ~EXEC -> transaction
          CreateBatch: - -> same
          Multiplexer: - -> multiplexer
          StringSet: SET 1 2 3:EX {}
          StringSet/1: MSET 1%
          StringSet/2: SET 1 2 3:EX {}
          StringGet: GET 1
          StringGetSet: GETSET 1 2
          StringSetAndGet: SET 1 2 3:EX GET
          StringGetDelete: GETDEL 1
          StringGetSetExpiry: GETEX 1 ...
          StringGetWithExpiry: TTL 1 ; GET 1
          StringGetLease: GET 1
          StringGetRange: GETRANGE 1 2 3
          StringSetRange: SETRANGE 1 2 3
          StringAppend: APPEND 1 2
          StringIncrement: INCRBY 1 2
          StringDecrement: DECRBY 1 2
          StringLength: STRLEN 1
          StringGetBit: GETBIT 1 2
          StringSetBit: SETBIT 1 2 3
          StringBitCount: BITCOUNT 1 2 3
          StringBitOperation: BITOP ...
          StringBitPosition: BITPOS 1 2 3
          StringLongestCommonSubsequence StringLongestCommonSubsequenceLength: LCS 1 2
          KeyDelete: DEL 1*
          KeyExists: EXISTS 1[]
          KeyExpire: EXPIRE 1 2 {}
          KeyExpireTime: PEXPIRETIME 1
          KeyTimeToLive: PTTL 1
          KeyPersist: PERSIST 1
          KeyRename: RENAME 1 2
          KeyRandom: RANDOMKEY
          KeyMove: MOVE 1 2
          KeyCopy: COPY 1 2
          KeyDump: DUMP 1
          KeyRestore: RESTORE 1 3 2
          KeyType: TYPE 1
          KeyTouch: TOUCH 1*
          KeyMigrate: MIGRATE ...
          KeyIdleTime: OBJECT IDLETIME 1
          KeyEncoding: OBJECT ENCODING 1
          KeyRefCount: OBJECT REFCOUNT 1
          KeyFrequency: OBJECT FREQ 1
          HashSet: HMSET 1 2%
          HashSet/3: HSET 1 2 3
          HashGet: HGET 1 2
          HashGetLease: HGET 1 2
          HashGetAll: HGETALL 1
          HashDelete: HDEL 1 2*
          HashExists: HEXISTS 1 2
          HashIncrement: HINCRBY 1 2 3
          HashDecrement: HINCRBY 1 2 3
          HashKeys: HKEYS 1
          HashValues: HVALS 1
          HashLength: HLEN 1
          HashScan HashScanNoValues: HSCAN 1 '0' ...
          HashStringLength: HSTRLEN 1 2
          HashRandomField HashRandomFields HashRandomFieldsWithValues: HRANDFIELD 1 ...
          HashFieldExpire: HPEXPIRE 1 ...
          HashFieldPersist: HPERSIST 1 ...
          HashFieldGetTimeToLive: HPTTL 1 ...
          ListLeftPush: LPUSH 1 2*
          ListRightPush: RPUSH 1 2*
          ListLeftPop: LPOP 1 2
          ListRightPop: RPOP 1 2
          ListRightPopLeftPush: RPOPLPUSH 1 2
          ListMove: LMOVE 1 2 ...
          ListRange: LRANGE 1 2 3
          ListTrim: LTRIM 1 2 3
          ListLength: LLEN 1
          ListGetByIndex: LINDEX 1 2
          ListSetByIndex: LSET 1 2 3
          ListInsertAfter: LINSERT 1 AFTER 2 3
          ListInsertBefore: LINSERT 1 BEFORE 2 3
          ListRemove: LREM 1 3 2
          ListPosition ListPositions: LPOS 1 2
          SetAdd: SADD 1 2*
          SetRemove: SREM 1 2*
          SetMembers: SMEMBERS 1
          SetContains: SISMEMBER 1 2
          SetLength: SCARD 1
          SetPop: SPOP 1 2
          SetRandomMember: SRANDMEMBER 1
          SetRandomMembers: SRANDMEMBER 1 2
          SetMove: SMOVE 1 2 3
          SetScan: SSCAN 1 '0' ...
          SetCombine: SUNION 2*
          SetCombineAndStore: SUNIONSTORE 2*
          SetIntersectionLength: SINTERCARD ...
          SortedSetAdd: ZADD 1 2%
          SortedSetAdd/3: ZADD 1 {} 3 2
          SortedSetUpdate: ZADD 1 XX ...
          SortedSetRemove: ZREM 1 2*
          SortedSetScore: ZSCORE 1 2
          SortedSetScores: ZMSCORE 1 2*
          SortedSetRank: ZRANK 1 2
          SortedSetLength: ZCARD 1
          SortedSetLengthByValue: ZLEXCOUNT 1 2 3
          SortedSetIncrement: ZINCRBY 1 3 2
          SortedSetDecrement: ZINCRBY 1 3 2
          SortedSetRangeByRank SortedSetRangeByRankWithScores: ZRANGE 1 2 3
          SortedSetRangeByScore SortedSetRangeByScoreWithScores: ZRANGEBYSCORE 1 2 3 ...
          SortedSetRangeByValue: ZRANGEBYLEX 1 2 3 ...
          SortedSetRangeAndStore: ZRANGESTORE ...
          SortedSetRemoveRangeByRank: ZREMRANGEBYRANK 1 2 3
          SortedSetRemoveRangeByScore: ZREMRANGEBYSCORE 1 2 3
          SortedSetRemoveRangeByValue: ZREMRANGEBYLEX 1 2 3
          SortedSetPop: ZPOPMIN 1 ...
          SortedSetRandomMember SortedSetRandomMembers: ZRANDMEMBER 1 ...
          SortedSetScan: ZSCAN 1 '0' ...
          SortedSetCombine SortedSetCombineWithScores: ZUNION ...
          SortedSetCombineAndStore: ZUNIONSTORE ...
          Sort: SORT 1 ...
          SortAndStore: SORT 2 ... STORE 1
          Publish: PUBLISH 1 2
          HyperLogLogAdd: PFADD 1 2*
          HyperLogLogLength: PFCOUNT 1*
          HyperLogLogMerge: PFMERGE 1 2*
          GeoAdd: GEOADD 1 ...
          GeoDistance: GEODIST 1 2 3
          GeoHash: GEOHASH 1 2*
          GeoPosition: GEOPOS 1 2*
          GeoRadius: GEORADIUS 1 ...
          GeoRemove: ZREM 1 2
          GeoSearch: GEOSEARCH 1 ...
          StreamAdd: XADD 1 ...
          StreamRead: XREAD ...
          StreamReadGroup: XREADGROUP ...
          StreamAcknowledge: XACK 1 ...
          StreamCreateConsumerGroup: XGROUP CREATE 1 ...
          StreamLength: XLEN 1
          StreamRange: XRANGE 1 ...
          StreamTrim: XTRIM 1 ...
          StreamDelete: XDEL 1 ...
          StreamPending: XPENDING 1 ...
          ScriptEvaluate ScriptEvaluateReadOnly: ~SCRIPT LOAD 1^ ; ~EVALSHA ...
          LockTake: SET 1 2 3:EX NX
          LockRelease: ~WATCH 1 ; ~GET 1 ; ~MULTI ; ~DEL 1 ; ~EXEC
          LockExtend: ~WATCH 1 ; ~GET 1 ; ~MULTI ; ~EXPIRE 1 ? ; ~EXEC
          LockQuery: GET 1
          Ping: PING
          IsConnected IdentifyEndpoint Database Wait WaitAll: -
        """
}
