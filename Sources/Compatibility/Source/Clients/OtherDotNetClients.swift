extension ClientTable {
    /// CSRedisCore, to release 3.8: its methods have the commands' names.
    ///
    /// `RedisHelper` is in no namespace, and has them all as its own.
    static let csRedis = """
        library CSRedis csharp
        module CSRedis
        class client: CSRedisClient
        receiver client

        type client commands
          Call: raw
          Set: SET 1 2 3:EX {}
          Scan: SCAN 1 ...
          Keys: KEYS 1
          Eval: EVAL 1 ...
          EvalSHA: EVALSHA 1 ...
          PublishNoneMessageId: PUBLISH 1 2
          Subscribe: SUBSCRIBE ...
          PSubscribe: PSUBSCRIBE ...
          SubscribeList SubscribeListBroadcast: BLPOP ...
          StartPipe: - -> pipe with pipe
          Lock TryLock: SET 1 ? EX ? NX ; ~EVAL ...
          BLPopWithKey: BLPOP ...
          BRPopWithKey: BRPOP ...
          BLPop: BLPOP ...
          BRPop: BRPOP ...
          ZAdd: ZADD 1 ...
          ZRevRangeByScoreWithScores: ZREVRANGEBYSCORE 1 ...
          GeoRadiusWithDist GeoRadiusWithDistAndCoord: GEORADIUS ...
          GeoRadiusByMemberWithDist GeoRadiusByMemberWithDistAndCoord: GEORADIUSBYMEMBER ...
          Sort SortAndStore: SORT ...
          CacheShell: -
          NodesServerManager: - -> servers
          Quit Dispose Nodes Serialize Deserialize CurrentSerialize CurrentDeserialize Initialization: -
        type pipe like=client
          EndPipe: -
        type servers
          FlushDb: FLUSHDB
          FlushAll: FLUSHALL
          DbSize: DBSIZE
          Info: INFO 1
          Save: SAVE
          BgSave: BGSAVE
          BgRewriteAof: BGREWRITEAOF
          LastSave: LASTSAVE
          Time: TIME
          ConfigGet: CONFIG GET 1
          ConfigSet: CONFIG SET 1 2
          ConfigRewrite: CONFIG REWRITE
          ConfigResetStat: CONFIG RESETSTAT
          ClientList: CLIENT LIST
          ClientKill: CLIENT KILL ...
          ClientGetName: CLIENT GETNAME
          ClientSetName: CLIENT SETNAME 1
          ClientPause: CLIENT PAUSE 1
          SlowLogGet: SLOWLOG GET 1
          SlowLogLen: SLOWLOG LEN
          SlowLogReset: SLOWLOG RESET
          SlaveOf SlaveOfNoOne: SLAVEOF ...
          Role: ROLE
          Command: COMMAND
          CommandCount: COMMAND COUNT
          DebugObject: DEBUG OBJECT 1
          Auth: AUTH 1

        library CSRedis csharp
        builtin
        class facade: RedisHelper
        receiver client

        type facade like=client
          ::Instance: - -> client
          ::NodesServerManager: - -> servers
          ::StartPipe: - -> pipe with pipe
          ::Initialization: -
        """

    /// FreeRedis, to release 1.3; its methods have the commands' names.
    static let freeRedis = """
        library FreeRedis csharp
        module FreeRedis
        class client: RedisClient IRedisClient RedisSentinelClient
        class client: DatabaseHook PipelineHook TransactionHook
        class builder: ConnectionStringBuilder
        receiver client

        type builder
        type client commands
          Call CallAsync: raw
          GetDatabase: SELECT 1! -> client
          StartPipe: - -> pipe
          Multi: MULTI -> transaction
          Set: SET 1 2 3:EX {}
          SetNx: SETNX 1 2
          SetNx/3: SET 1 2 3:EX NX
          Scan: SCAN '0' ...
          Eval: EVAL 1 ...
          Subscribe: SUBSCRIBE ...
          SubscribeStream: XREADGROUP ...
          SubscribeList SubscribeListBroadcast: BLPOP ...
          PSubscribe: PSUBSCRIBE ...
          Lock: SET 1 ? EX 2 NX ; ~EVAL ...
          BLPop: BLPOP ...
          BRPop: BRPOP ...
          ZAdd: ZADD 1 ...
          ScriptLoad: SCRIPT LOAD 1
          FlushDb: FLUSHDB
          FlushAll: FLUSHALL
          Sort SortStore: SORT ...
          UseClientSideCaching: CLIENT TRACKING ON
          Dispose Serialize Deserialize Notice Connected Unavailable Interceptors: -
        type pipe like=client
          EndPipe: -
        type transaction like=client
          Exec: EXEC
          Discard: DISCARD
        """

    /// ServiceStack.Redis, to release 8.
    static let serviceStack = """
        library ServiceStack.Redis csharp
        module ServiceStack.Redis
        class client: RedisClient IRedisClient IRedisClientAsync RedisNativeClient IRedisNativeClient
        class client: IRedisNativeClientAsync
        class typed: IRedisTypedClient IRedisTypedClientAsync
        class manager: IRedisClientsManager IRedisClientsManagerAsync PooledRedisClientManager
        class manager: BasicRedisClientManager RedisManagerPool RedisSentinel
        receiver client

        type manager
          GetClient GetReadOnlyClient GetCacheClient GetReadOnlyCacheClient: - -> client
          Exec ExecAs ExecTrans: - with client
          Start: - -> manager
          Dispose: -
        type client commands
          Custom RawCommand: raw
          As: - -> typed
          Db ChangeDb: SELECT 1!
          SearchKeys GetKeysByPattern: KEYS 1
          GetAllKeys: KEYS '*'
          ScanAllKeys: SCAN '0' ...
          GetRandomKey: RANDOMKEY
          RenameKey: RENAME 1 2
          FlushDb: FLUSHDB
          FlushAll: FLUSHALL
          SaveAsync RewriteAppendOnlyFileAsync BgSave: BGSAVE
          SetValue: SET 1 2
          SetValue/3: SET 1 2 EX ?
          SetValueIfNotExists: SET 1 2 NX
          SetValueIfExists: SET 1 2 XX
          GetValue: GET 1
          GetValues GetValuesMap: MGET ...
          GetAndSetValue: GETSET 1 2
          SetAll: MSET ...
          Set: SET 1 2
          Set/3: SET 1 2 EX ?
          Add: SET 1 2 NX
          Replace: SET 1 2 XX
          Get: GET 1
          GetAll: MGET ...
          Remove RemoveEntry RemoveAll: DEL ...
          RemoveByPattern RemoveByRegex: SCAN '0' ... ; DEL ...
          ContainsKey: EXISTS 1
          Increment IncrementValueBy: INCRBY 1 2
          IncrementValue: INCR 1
          Decrement DecrementValueBy: DECRBY 1 2
          DecrementValue: DECR 1
          AppendToValue AppendTo: APPEND 1 2
          ExpireEntryIn: EXPIRE 1 ?
          ExpireEntryAt: EXPIREAT 1 ?
          GetTimeToLive: TTL 1
          GetEntryType: TYPE 1
          Type: TYPE 1
          PublishMessage: PUBLISH 1 2
          CreateSubscription: - -> subscription
          CreateTransaction: MULTI -> transaction
          CreatePipeline: - -> transaction
          Watch: WATCH ...
          UnWatch: UNWATCH
          AcquireLock: SET 1 ? NX ; ~WATCH 1 ; ~MULTI ; ~EXEC
          ExecLua ExecLuaAsString ExecLuaAsInt ExecLuaAsList ExecCachedLua: EVAL 1 ...
          ExecLuaSha ExecLuaShaAsString ExecLuaShaAsInt ExecLuaShaAsList: EVALSHA 1 ...
          LoadLuaScript: SCRIPT LOAD 1
          HasLuaScript WhichLuaScriptsExists: SCRIPT EXISTS ...
          RemoveAllLuaScripts: SCRIPT FLUSH
          KillRunningLuaScript: SCRIPT KILL
          GetServerTime: TIME
          GetServerRole GetServerRoleInfo: ROLE
          GetConfig: CONFIG GET 1
          SetConfig: CONFIG SET 1 2
          SaveConfig: CONFIG REWRITE
          ResetInfoStats: CONFIG RESETSTAT
          GetClient SetClient: CLIENT SETNAME ...
          GetClientsInfo: CLIENT LIST
          KillClient KillClients: CLIENT KILL ...
          PauseAllClients: CLIENT PAUSE ...
          GetSlowlog: SLOWLOG GET 1
          SlowlogReset: SLOWLOG RESET
          SlaveOf SlaveOfNoOne: SLAVEOF ...
          Shutdown ShutdownNoSave: SHUTDOWN
          AddItemToSet AddRangeToSet: SADD 1 ...
          GetAllItemsFromSet: SMEMBERS 1
          RemoveItemFromSet: SREM 1 2
          PopItemFromSet PopItemsFromSet: SPOP 1 ...
          SetContainsItem: SISMEMBER 1 2
          GetSetCount: SCARD 1
          ScanAllSetItems: SSCAN 1 '0' ...
          GetRandomItemFromSet: SRANDMEMBER 1
          GetIntersectFromSets: SINTER ...
          GetUnionFromSets: SUNION ...
          GetDifferencesFromSet: SDIFF ...
          MoveBetweenSets: SMOVE 1 2 3
          AddItemToSortedSet AddRangeToSortedSet: ZADD 1 ...
          RemoveItemFromSortedSet RemoveItemsFromSortedSet: ZREM 1 ...
          ScanAllSortedSetItems: ZSCAN 1 '0' ...
          PopItemWithLowestScoreFromSortedSet PopItemWithHighestScoreFromSortedSet: ZRANGE ... ; ZREM 1 ...
          SortedSetContainsItem GetItemScoreInSortedSet: ZSCORE 1 2
          GetSortedSetCount: ZCARD 1
          SearchSortedSet: ZRANGEBYLEX 1 ...
          SearchSortedSetCount: ZLEXCOUNT 1 ...
          RemoveRangeFromSortedSetBySearch: ZREMRANGEBYLEX 1 ...
          AddItemToList AddRangeToList PushItemToList EnqueueItemOnList: RPUSH 1 ...
          PrependItemToList PrependRangeToList: LPUSH 1 ...
          PopItemFromList RemoveEndFromList: RPOP 1
          RemoveStartFromList DequeueItemFromList: LPOP 1
          RemoveItemFromList: LREM 1 ...
          GetAllItemsFromList GetRangeFromList: LRANGE 1 ...
          GetListCount: LLEN 1
          GetItemFromList: LINDEX 1 2
          SetItemInList: LSET 1 2 3
          TrimList: LTRIM 1 2 3
          PopAndPushItemBetweenLists: RPOPLPUSH 1 2
          BlockingDequeueItemFromList BlockingDequeueItemFromLists: BLPOP ...
          BlockingRemoveStartFromList BlockingRemoveStartFromLists: BLPOP ...
          BlockingPopItemFromList BlockingPopItemFromLists: BRPOP ...
          BlockingPopAndPushItemBetweenLists: BRPOPLPUSH 1 2 3
          GetSortedItemsFromList: SORT 1 ...
          SetEntryInHash: HSET 1 2 3
          SetEntryInHashIfNotExists: HSETNX 1 2 3
          SetRangeInHash: HMSET 1 ...
          GetValueFromHash: HGET 1 2
          GetValuesFromHash: HMGET 1 ...
          GetAllEntriesFromHash: HGETALL 1
          GetHashKeys: HKEYS 1
          GetHashValues: HVALS 1
          GetHashCount: HLEN 1
          HashContainsEntry: HEXISTS 1 2
          RemoveEntryFromHash: HDEL 1 2
          IncrementValueInHash: HINCRBY 1 2 3
          ScanAllHashEntries: HSCAN 1 '0' ...
          AddToHyperLog: PFADD 1 ...
          CountHyperLog: PFCOUNT 1
          MergeHyperLogs: PFMERGE 1 ...
          AddGeoMember AddGeoMembers: GEOADD 1 ...
          CalculateDistanceBetweenGeoMembers: GEODIST 1 ...
          GetGeohashes: GEOHASH 1 ...
          GetGeoCoordinates: GEOPOS 1 ...
          FindGeoMembersInRadius FindGeoResultsInRadius: GEORADIUS 1 ...
          Store StoreAll StoreAsHash GetById GetByIds DeleteById DeleteByIds DeleteAll GetFromHash Dispose: -
          UrnKey GetTypeIdsSetKey ToChannelsBytes Quit GetSubstring SetCommandText: -
        type typed
          FlushDb: FLUSHDB
          FlushAll: FLUSHALL
          GetAllKeys: KEYS '*'
          GetRandomKey: RANDOMKEY
          Db: SELECT 1!
          AcquireLock: SET ? ? NX
          CreateTransaction: MULTI -> transaction
          BlockingDequeueItemFromList BlockingRemoveStartFromList: BLPOP ...
          BlockingPopItemFromList: BRPOP ...
          SortList GetSortedItemsFromList: SORT ...
        type transaction
          QueueCommand: - with client
          Commit: EXEC
          Rollback: DISCARD
          Flush Replay: -
        type subscription
          SubscribeToChannels: SUBSCRIBE 1*
          SubscribeToChannelsMatching: PSUBSCRIBE 1*
          UnSubscribeFromChannels UnSubscribeFromAllChannels: UNSUBSCRIBE ...
        """
}
