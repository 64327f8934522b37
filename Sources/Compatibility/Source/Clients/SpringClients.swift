extension ClientTable {
    /// The annotations of Spring's cache, and what says that Redis keeps it.
    ///
    /// To evict all entries the cache lists its keys, by KEYS, or by SCAN if it is told to
    /// (`BatchStrategies` of spring-data-redis, 2026).
    static let springCache = """
        library spring-cache java kotlin
        module org.springframework.cache.annotation
        lent alone
        class evict: CacheEvict
        type evict
          ::new: ~KEYS ... if=allEntries

        library spring-data-redis java kotlin
        module org.springframework.data.redis.cache
        brings spring-cache
        class keeper: RedisCacheManager RedisCache RedisCacheWriter RedisCacheConfiguration
        class batches: BatchStrategies
        receiver template
        type keeper
        type batches
          ::scan: SCAN '0' ...
          ::keys: KEYS ...
        """

    /// Spring Data Redis, to release 3.
    static let springData = """
        library spring-data-redis java kotlin
        module org.springframework.data.redis
        mayBring spring-cache
        class template: RedisTemplate StringRedisTemplate RedisOperations ReactiveRedisTemplate ReactiveStringRedisTemplate
        class template: ReactiveRedisOperations
        class factory: RedisConnectionFactory LettuceConnectionFactory JedisConnectionFactory ReactiveRedisConnectionFactory
        class config: RedisStandaloneConfiguration RedisSentinelConfiguration
        class connection: RedisConnection StringRedisConnection ReactiveRedisConnection RedisCommands
        class connection: RedisKeyCommands RedisStringCommands RedisServerCommands RedisHashCommands RedisZSetCommands
        class connection: RedisListCommands RedisSetCommands RedisGeoCommands RedisHyperLogLogCommands
        class connection: RedisScriptingCommands RedisStreamCommands RedisTxCommands RedisPubSubCommands
        class connection: RedisConnectionCommands RedisClusterCommands RedisClusterServerCommands
        class connection: RedisClusterScriptingCommands ReactiveKeyCommands ReactiveStringCommands
        class connection: ReactiveServerCommands ReactiveHashCommands ReactiveZSetCommands
        class connection: ReactiveListCommands ReactiveSetCommands ReactiveGeoCommands
        class connection: ReactiveHyperLogLogCommands ReactiveScriptingCommands ReactiveStreamCommands
        class connection: ReactivePubSubCommands ReactiveNumberCommands ReactiveClusterCommands
        class connection: RedisClusterConnection ReactiveRedisClusterConnection RedisCommandsProvider
        class connection: DefaultedRedisConnection DefaultStringRedisConnection
        class scripts: ScriptExecutor DefaultScriptExecutor ReactiveScriptExecutor DefaultReactiveScriptExecutor
        class listeners: RedisMessageListenerContainer ReactiveRedisMessageListenerContainer
        class values: ValueOperations ReactiveValueOperations
        class hashes: HashOperations ReactiveHashOperations
        class lists: ListOperations ReactiveListOperations
        class sets: SetOperations ReactiveSetOperations
        class sortedSets: ZSetOperations ReactiveZSetOperations
        class geo: GeoOperations
        class hyperLogLogs: HyperLogLogOperations
        class streams: StreamOperations
        class boundValue: BoundValueOperations
        class boundHash: BoundHashOperations
        class boundList: BoundListOperations
        class boundSet: BoundSetOperations
        class boundSortedSet: BoundZSetOperations
        receiver template

        type factory
          getConnection getReactiveConnection getClusterConnection connection: - -> connection
          setDatabase: SELECT 1!
        type config
          setDatabase: SELECT 1!
        type scripts
          execute: ~EVALSHA ... ; ~EVAL ...
        type listeners
          addMessageListener receive receiveLater: SUBSCRIBE ...
          setConnectionFactory: -
        type connection commands
          numberCommands pubSubCommands clusterCommands txCommands clusterKeyCommands clusterStringCommands: - -> same
          clusterServerCommands clusterHashCommands clusterListCommands clusterSetCommands clusterZSetCommands: - -> same
          execute: raw
          keyCommands stringCommands hashCommands listCommands setCommands zSetCommands serverCommands: - -> same
          scriptingCommands geoCommands streamCommands hyperLogLogCommands commands: - -> same
          close isClosed isQueueing isPipelined openPipeline closePipeline getNativeConnection getSubscription: -
          mGet: MGET 1*
          mSet: MSET 1%
          pSubscribe: PSUBSCRIBE 2*
          subscribe: SUBSCRIBE 2*
        type template
          opsForValue: - -> values
          opsForHash: - -> hashes
          opsForList: - -> lists
          opsForSet: - -> sets
          opsForZSet: - -> sortedSets
          opsForGeo: - -> geo
          opsForHyperLogLog: - -> hyperLogLogs
          opsForStream: - -> streams
          boundValueOps: - -> boundValue
          boundHashOps: - -> boundHash
          boundListOps: - -> boundList
          boundSetOps: - -> boundSet
          boundZSetOps: - -> boundSortedSet
          delete: DEL 1*
          unlink: UNLINK 1*
          hasKey: EXISTS 1
          countExistingKeys: EXISTS 1* ...
          keys: KEYS 1
          scan: SCAN '0' ...
          randomKey: RANDOMKEY
          rename: RENAME 1 2
          renameIfAbsent: RENAMENX 1 2
          expire: EXPIRE 1 2
          expireAt: EXPIREAT 1 2
          getExpire: TTL 1
          persist: PERSIST 1
          move: MOVE 1 2
          copy: COPY 1 2
          type: TYPE 1
          sort: SORT ...
          dump: DUMP 1
          restore: RESTORE 1 ? ? ...
          convertAndSend: PUBLISH 1 2
          listenTo listenToChannel: SUBSCRIBE ...
          multi: MULTI
          exec: EXEC
          discard: DISCARD
          watch: WATCH 1*
          unwatch: UNWATCH
          getClientList: CLIENT LIST
          killClient: CLIENT KILL ...
          slaveOf slaveOfNoOne replicaOf: SLAVEOF ...
          execute: ~EVALSHA ... ; ~EVAL 1 ... with connection unless=lambda
          executePipelined executeWithStickyConnection createFlux createMono doCreateFlux doCreateMono executeInSession: - with connection
          boundGeoOps: - -> geo
          boundStreamOps: - -> streams
          getConnectionFactory getRequiredConnectionFactory connectionFactory requiredConnectionFactory: - -> factory
          setConnectionFactory setKeySerializer setValueSerializer setHashKeySerializer setHashValueSerializer: -
          afterPropertiesSet setEnableTransactionSupport setDefaultSerializer setEnableDefaultSerializer: -
          getKeySerializer getValueSerializer getStringSerializer getHashKeySerializer getHashValueSerializer: -
        type values
          getOperations operations: - -> template
          set: SET 1 2
          set/3: SETEX 1 3 2
          setIfAbsent: SETNX 1 2
          setIfAbsent/3: SET 1 2 3:EX NX
          setIfPresent: SET 1 2 XX
          get: GET 1
          getAndSet: GETSET 1 2
          getAndDelete: GETDEL 1
          getAndExpire getAndPersist: GETEX 1 ...
          multiSet: MSET 1%
          multiSetIfAbsent: MSETNX 1%
          multiGet: MGET 1*
          increment: INCRBY 1 2
          decrement: DECRBY 1 2
          append: APPEND 1 2
          size: STRLEN 1
          setBit: SETBIT 1 2 3
          getBit: GETBIT 1 2
          bitField: BITFIELD 1 ...
        type boundValue bound like=values
        type hashes
          getOperations operations: - -> template
          put: HSET 1 2 3
          putAll: HMSET 1 2%
          putIfAbsent: HSETNX 1 2 3
          get: HGET 1 2
          multiGet: HMGET 1 2*
          entries: HGETALL 1
          keys: HKEYS 1
          values: HVALS 1
          hasKey: HEXISTS 1 2
          delete remove: HDEL 1 2*
          increment: HINCRBY 1 2 3
          size: HLEN 1
          scan: HSCAN 1 '0' ...
          lengthOfValue: HSTRLEN 1 2
          randomKey randomKeys randomEntry randomEntries: HRANDFIELD 1 ...
          expire: HEXPIRE 1 ...
        type boundHash bound like=hashes
          expire: EXPIRE 1 2
          expireAt: EXPIREAT 1 2
          persist: PERSIST 1
        type lists
          getOperations operations: - -> template
          leftPush: LPUSH 1 2*
          leftPushAll: LPUSH 1 2*
          leftPushIfPresent: LPUSHX 1 2
          rightPush: RPUSH 1 2*
          rightPushAll: RPUSH 1 2*
          rightPushIfPresent: RPUSHX 1 2
          leftPop: LPOP 1 2=
          leftPop/3: BLPOP 1 2
          rightPop: RPOP 1 2=
          rightPop/3: BRPOP 1 2
          rightPopAndLeftPush: RPOPLPUSH 1 2
          rightPopAndLeftPush/3: BRPOPLPUSH 1 2 3
          move: LMOVE 1 2 ...
          index getFirst getLast: LINDEX 1 2
          indexOf lastIndexOf: LPOS 1 2
          range: LRANGE 1 2 3
          trim: LTRIM 1 2 3
          size: LLEN 1
          set: LSET 1 2 3
          remove: LREM 1 2 3
        type boundList bound like=lists
        type sets
          getOperations operations: - -> template
          add: SADD 1 2*
          remove: SREM 1 2*
          pop: SPOP 1 2
          members: SMEMBERS 1
          isMember: SISMEMBER 1 2
          isMember/3: SMISMEMBER 1 2*
          size: SCARD 1
          intersect: SINTER 1*
          intersectAndStore: SINTERSTORE ...
          union: SUNION 1*
          unionAndStore: SUNIONSTORE ...
          difference: SDIFF 1*
          differenceAndStore: SDIFFSTORE ...
          randomMember randomMembers distinctRandomMembers: SRANDMEMBER 1 2
          move: SMOVE 1 ? ?
          scan: SSCAN 1 '0' ...
        type boundSet bound like=sets
        type sortedSets
          getOperations operations: - -> template
          add: ZADD 1 3 2
          addIfAbsent: ZADD 1 NX 3 2
          remove: ZREM 1 2*
          incrementScore: ZINCRBY 1 3 2
          rank: ZRANK 1 2
          reverseRank: ZREVRANK 1 2
          range rangeWithScores: ZRANGE 1 2 3
          reverseRange reverseRangeWithScores: ZREVRANGE 1 2 3
          rangeByScore rangeByScoreWithScores: ZRANGEBYSCORE 1 2 3 ...
          reverseRangeByScore reverseRangeByScoreWithScores: ZREVRANGEBYSCORE 1 3 2 ...
          rangeByLex: ZRANGEBYLEX 1 ...
          reverseRangeByLex: ZREVRANGEBYLEX 1 ...
          rangeAndStoreByScore rangeAndStoreByLex: ZRANGESTORE ...
          count: ZCOUNT 1 2 3
          lexCount: ZLEXCOUNT 1 ...
          size zCard: ZCARD 1
          score: ZSCORE 1 2
          score/3: ZMSCORE 1 2*
          removeRange: ZREMRANGEBYRANK 1 2 3
          removeRangeByScore: ZREMRANGEBYSCORE 1 2 3
          removeRangeByLex: ZREMRANGEBYLEX 1 ...
          unionAndStore: ZUNIONSTORE ...
          intersectAndStore: ZINTERSTORE ...
          union unionWithScores: ZUNION ...
          intersect intersectWithScores: ZINTER ...
          difference differenceWithScores: ZDIFF ...
          differenceAndStore: ZDIFFSTORE ...
          popMin: ZPOPMIN 1 ...
          popMax: ZPOPMAX 1 ...
          randomMember randomMembers distinctRandomMembers: ZRANDMEMBER 1 ...
          scan: ZSCAN 1 '0' ...
        type boundSortedSet bound like=sortedSets
        type geo
          add geoAdd: GEOADD 1 ...
          distance geoDist: GEODIST 1 ...
          hash geoHash: GEOHASH 1 ...
          position geoPos: GEOPOS 1 ...
          radius geoRadius: GEORADIUS 1 ...
          radiusByMember: GEORADIUSBYMEMBER 1 ...
          search: GEOSEARCH 1 ...
          searchAndStore: GEOSEARCHSTORE 1 ...
          remove: ZREM 1 2*
        type hyperLogLogs
          add: PFADD 1 2*
          size: PFCOUNT 1*
          union: PFMERGE 1 2*
          delete: DEL 1
        type streams
          add: XADD ...
          acknowledge: XACK ...
          read: XREAD ...
          range: XRANGE ...
          reverseRange: XREVRANGE ...
          delete: XDEL ...
          size: XLEN 1
          trim: XTRIM ...
          createGroup: XGROUP CREATE ...
          claim: XCLAIM ...
          pending: XPENDING ...
        """
}
