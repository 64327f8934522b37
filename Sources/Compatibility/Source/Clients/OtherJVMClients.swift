extension ClientTable {
    /// Redisson, to release 3.50; most of what it has is done by scripts.
    static let redisson = """
        library Redisson java kotlin
        module org.redisson
        class client: Redisson RedissonClient RedissonReactiveClient RedissonRxClient RBatch RBatchReactive RBatchRx
        class config: Config SingleServerConfig SentinelServersConfig MasterSlaveServersConfig ReplicatedServersConfig
        class keys: RKeys RKeysAsync RKeysReactive RKeysRx
        class topic: RTopic RTopicAsync RTopicReactive RTopicRx RPatternTopic RPatternTopicReactive RReliableTopic
        class topic: RShardedTopic RClusteredTopic
        class script: RScript RScriptAsync RScriptReactive RScriptRx RFunction
        class lock: RLock RLockAsync RLockReactive RLockRx RSemaphore RPermitExpirableSemaphore RCountDownLatch
        class lock: RRateLimiter RFencedLock RedissonRedLock RedissonMultiLock RSemaphoreAsync RRateLimiterReactive
        class locks: RReadWriteLock RReadWriteLockReactive
        class map: RMap RMapAsync RMapReactive RMapRx RLocalCachedMap RMultimap RSetMultimap RListMultimap
        class mapCache: RMapCache RMapCacheAsync RMapCacheReactive RMapCacheRx RSetCache RSetMultimapCache
        class queue: RBlockingQueue RBlockingDeque RBlockingQueueAsync RBlockingQueueReactive RPriorityBlockingQueue
        class delayed: RDelayedQueue RTransferQueue RBoundedBlockingQueue RRingBuffer RReliableQueue
        class geo: RGeo RGeoAsync RGeoReactive RGeoRx
        class counted: RHyperLogLog RHyperLogLogAsync RHyperLogLogReactive
        class bloom: RBloomFilter
        class stream: RStream RStreamAsync RStreamReactive RStreamRx
        class bucket: RBucket RBucketAsync RBucketReactive RBucketRx
        class number: RAtomicLong RAtomicDouble RAtomicLongAsync RAtomicLongReactive
        class sorted: RScoredSortedSet RScoredSortedSetAsync RScoredSortedSetReactive RLexSortedSet
        receiver client

        type config fluent
          setDatabase: SELECT 1! -> same
        type client
          ::create: - -> client
          reactive rxJava: - -> same
          createBatch: - -> client
          getKeys: - -> keys
          getTopic getPatternTopic getReliableTopic getShardedTopic: - -> topic
          getScript getFunction: - -> script
          getLock getFairLock getSpinLock getFencedLock getMultiLock getRedLock: ~EVAL ... ; ~SUBSCRIBE ... -> lock
          getSemaphore getPermitExpirableSemaphore getCountDownLatch: ~EVAL ... ; ~SUBSCRIBE ... -> lock
          getRateLimiter: ~EVAL ... -> lock
          getReadWriteLock: ~EVAL ... ; ~SUBSCRIBE ... -> locks
          getMap getLocalCachedMap getListMultimap getSetMultimap: - -> map
          getMapCache getSetCache getListMultimapCache getSetMultimapCache: - -> mapCache
          getBlockingQueue getBlockingDeque getPriorityBlockingQueue: - -> queue
          getDelayedQueue getTransferQueue getBoundedBlockingQueue getRingBuffer: ~EVAL ... -> delayed
          getGeo: - -> geo
          getHyperLogLog: - -> counted
          getBloomFilter: ~EVAL ... -> bloom
          getStream: - -> stream
          getBucket: - -> bucket
          getAtomicLong getAtomicDouble: - -> number
          getScoredSortedSet getLexSortedSet: - -> sorted
          getExecutorService getRemoteService getLiveObjectService: ~EVAL ...
          createTransaction shutdown getConfig execute discard: -
        type keys
          getKeys getKeysByPattern getKeysStream getKeysStreamByPattern getKeysWithLimit iterator: SCAN '0' ...
          deleteByPattern unlinkByPattern: SCAN '0' ... ; DEL ...
          randomKey: RANDOMKEY
          count: DBSIZE
          flushdb flushdbParallel: FLUSHDB
          flushall flushallParallel: FLUSHALL
          swapdb: SWAPDB ...
          delete: DEL 1*
          unlink: UNLINK 1*
          touch: TOUCH 1*
          move: MOVE 1 2
          migrate: MIGRATE ...
          copy: COPY ...
        type topic
          publish publishAsync: PUBLISH ? 1
          addListener addListenerAsync getMessages getPatternMessages: SUBSCRIBE ...
          removeListener removeAllListeners: UNSUBSCRIBE ...
          countSubscribers: PUBSUB NUMSUB ...
        type script
          eval: EVAL ...
          evalSha: EVALSHA ...
          scriptLoad: SCRIPT LOAD 1
          scriptExists: SCRIPT EXISTS ...
          scriptFlush: SCRIPT FLUSH
          scriptKill: SCRIPT KILL
          call: FCALL ...
        type lock
          lock tryLock unlock: -     # what it sends is told where it is made
        type locks
          readLock writeLock: - -> lock
        type map
          put putIfAbsent putIfExists remove replace fastReplace compute computeIfAbsent merge putAll: ~EVAL ...
          get: HGET ? 1
          fastPut: HSET ? 1 2
          fastPutIfAbsent: HSETNX ? 1 2
          fastRemove: HDEL ? 1*
          readAllMap: HGETALL ?
        type mapCache
          put get putIfAbsent fastPut fastPutIfAbsent remove fastRemove add contains readAllMap: ~EVAL ...
        type queue
          take: BLPOP ? '0'
          poll/2: BLPOP ? ?
          takeLast: BRPOP ? '0'
          pollLast/2: BRPOP ? ?
          takeLastAndOfferFirstTo pollLastAndOfferFirstTo: BRPOPLPUSH ? ? ?
          pollFromAny: BLPOP ...
          subscribeOnElements: BLPOP ...
          drainTo: ~EVAL ...
        type delayed
          offer poll take add destroy: -
        type geo
          add: GEOADD ...
          dist: GEODIST ...
          hash: GEOHASH ...
          pos: GEOPOS ...
          search radius radiusWithDistance: GEOSEARCH ...
          searchWithDistance searchWithPosition storeSearchTo: GEOSEARCH ...
        type counted
          add: PFADD ? 1
          addAll: PFADD ...
          count countWith: PFCOUNT ...
          mergeWith: PFMERGE ...
        type bloom
          tryInit add contains count: -
        type stream
          add addAll: XADD ...
          read: XREAD ...
          readGroup: XREADGROUP ...
          range rangeReversed: XRANGE ...
          ack: XACK ...
          size: XLEN ?
          trim: XTRIM ...
          remove: XDEL ...
          createGroup createConsumer: XGROUP CREATE ...
          claim fastClaim: XCLAIM ...
          autoClaim: XAUTOCLAIM ...
          getPendingInfo listPending: XPENDING ...
          getInfo listGroups listConsumers: XINFO STREAM ...
        type bucket
          compareAndSet trySetIfExists: ~EVAL ...
          getAndDelete: ~EVAL ...
          getAndExpire: GETEX ...
        type number
          compareAndSet getAndDelete incrementIfLess decrementIfGreater: ~EVAL ...
        type sorted
          pollFirst: ZPOPMIN ? ...
          pollLast: ZPOPMAX ? ...
          takeFirst takeLast pollFirstFromAny: BZPOPMIN ...
          addIfGreater addIfLess addIfExists: ZADD ? ...
          random: ZRANDMEMBER ...
        """

    /// Quarkus' and Vert.x' clients; the methods have the commands' names.
    static let vertx = """
        library vertx-redis java kotlin
        module io.vertx.redis io.vertx.mutiny.redis io.vertx.reactivex.redis io.vertx.rxjava3.redis io.vertx.kotlin.redis
        class api: RedisAPI
        class client: Redis RedisConnection
        class request: Request
        receiver api

        type api commands
          ::api: - -> api
          send: raw
        type client
          ::createClient: - -> client
          connect connectAndAwait: - -> client
        type request parts
          ::cmd: raw 1 ... -> request

        library quarkus-redis java kotlin
        module io.quarkus.redis
        mayBring quarkus-cache
        class source: RedisDataSource ReactiveRedisDataSource
        class commands: KeyCommands ReactiveKeyCommands ValueCommands ReactiveValueCommands StringCommands HashCommands
        class commands: ReactiveHashCommands ListCommands ReactiveListCommands SetCommands ReactiveSetCommands
        class commands: SortedSetCommands ReactiveSortedSetCommands GeoCommands ReactiveGeoCommands HyperLogLogCommands
        class commands: ReactiveHyperLogLogCommands StreamCommands ReactiveStreamCommands BitMapCommands PubSubCommands
        class commands: ReactivePubSubCommands RedisClient ReactiveRedisClient TransactionalRedisDataSource
        receiver source

        type source
          key value string hash list set sortedSet geo hyperloglog stream bitmap pubsub: - -> commands
          bloom cuckoo countmin topk json graph search timeseries: - -> modules
          execute: raw
          flushall: FLUSHALL
          select: SELECT 1!
          withTransaction: MULTI ; EXEC with source
          withConnection: - with source
          getReactive getRedis: - -> same
        type modules
        type commands commands
          execute: raw
          getDataSource: - -> source
          subscribe subscribeAsMessages: SUBSCRIBE ...
          subscribeToPattern subscribeToPatterns: PSUBSCRIBE ...
        """

    /// The annotations of Micronaut's and Quarkus' caches.
    ///
    /// To let go of all entries both list them by SCAN (`AbstractRedisCache` of micronaut-redis, `RedisCacheImpl` of
    /// quarkus, 2026).
    static let otherCaches = """
        library micronaut-cache java kotlin
        module io.micronaut.cache.annotation
        lent alone
        class invalidate: CacheInvalidate
        type invalidate
          ::new: ~SCAN '0' ... if=all

        library quarkus-cache java kotlin
        module io.quarkus.cache
        lent alone
        class invalidateAll: CacheInvalidateAll
        type invalidateAll
          ::new: ~SCAN ...
        """

    /// Netflix' Dyno, whose client is one of Jedis' interfaces.
    static let dyno = """
        library dyno java kotlin
        module com.netflix.dyno
        class client: DynoJedisClient DynoJedisPipeline
        class builder: Builder
        receiver client

        type client commands
          pipelined: - -> client
          sync stopClient getConnPool getApplicationName discardPipelineAndReleaseConnection: -
        type builder fluent
          build: - -> client
        """

    /// Kreds, a client of Kotlin's coroutines.
    static let kreds = """
        library kreds kotlin
        module io.github.crackthecodeabhi.kreds
        class client: KredsClient
        function client: newClient
        class subscriber: KredsSubscriberClient
        function subscriber: newSubscriberClient
        receiver client

        type client commands
          pipelined: - -> client
          transaction: MULTI -> client
          execute close: -
        type subscriber commands
        """
}
