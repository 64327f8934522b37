extension ClientTable {
    /// Jedis, to release 6.
    static let jedis = """
        library jedis java kotlin
        module redis.clients.jedis com.netflix.spinnaker.kork.jedis
        class client: Jedis JedisPooled UnifiedJedis JedisCluster BinaryJedis ShardedJedis JedisSentineled JedisCommands RedisClient
        class client: JedisClusterCommands BinaryJedisCommands BinaryJedisCluster MultiKeyCommands KeyCommands ServerCommands
        class client: StringCommands HashCommands ListCommands SetCommands SortedSetCommands GeoCommands StreamCommands
        class client: ScriptingKeyCommands HyperLogLogCommands GenericCommands DatabaseCommands ConfigCommands
        class client: JedisBinaryCommands ClusterCommands BasicCommands AdvancedJedisCommands JedisSharding RedisClusterClient
        class pool: JedisPool JedisSentinelPool ShardedJedisPool JedisPoolAbstract
        class pipeline: Pipeline AbstractPipeline PipeliningBase PipelineBase MultiKeyPipelineBase ShardedJedisPipeline
        class pipeline: ClusterPipeline MultiNodePipelineBase PipelineCommands
        class transaction: Transaction AbstractTransaction TransactionBase ReliableTransaction
        class config: DefaultJedisClientConfig JedisClientConfig
        class delegate: RedisClientDelegate JedisClientDelegate
        class selector: RedisClientSelector
        receiver client

        type delegate
          withCommandsClient withMultiClient withBinaryClient: - with client
          withPipeline withMultiKeyPipeline: - with pipeline
          withTransaction withMultiKeyTransaction: ~MULTI ; ~EXEC with transaction
        type selector
          primary previous: - -> delegate
        type pool
          getResource resource: - -> client
          returnResource returnBrokenResource close destroy: -
        type config fluent
          ::builder: - -> config
          database: SELECT 1! -> same
        type client commands
          sendCommand sendBlockingCommand: raw
          getClient getConnection: - -> wire
          ::builder: - -> builder
          getKeys: KEYS 1
          ftSearch: FT.SEARCH ...
          multi transaction: MULTI -> transaction
          pipelined: - -> pipeline
          subscribe: SUBSCRIBE 2*
          psubscribe: PSUBSCRIBE 2*
          blpop: BLPOP ...
          brpop: BRPOP ...
          waitReplicas: WAIT 1 2
          scanIteration: SCAN '0' ...
          zrevrangeByScore zrevrangeByScoreWithScores: ZREVRANGEBYSCORE 1*
          close connect disconnect isConnected isBroken getDB resetState setDataSource: -
          getPool executeCommand getClusterNodes: -
        type wire
          sendCommand: raw
        type builder fluent
          build: - -> client
        type pipeline like=client
          sync syncAndReturnAll: -
        type transaction like=client
          exec: EXEC
          discard: DISCARD
        """

    /// Lettuce, to release 6.
    static let lettuce = """
        library lettuce java kotlin
        module io.lettuce.core com.lambdaworks.redis
        mayBring micronaut-cache
        class factory: RedisClient RedisClusterClient
        class connection: StatefulRedisConnection StatefulRedisClusterConnection StatefulRedisMasterReplicaConnection
        class connection: StatefulConnection StatefulRedisSentinelConnection StatefulRedisMasterSlaveConnection
        class connection: StatefulRedisPubSubConnection
        class commands: RedisCommands RedisAsyncCommands RedisReactiveCommands RedisClusterCommands RedisClusterAsyncCommands
        class commands: RedisAdvancedClusterCommands RedisAdvancedClusterAsyncCommands RedisAdvancedClusterReactiveCommands
        class commands: RedisAclCommands RedisGeoCommands RedisHLLCommands RedisHashCommands
        class commands: RedisKeyCommands RedisListCommands RedisScriptingCommands RedisServerCommands
        class commands: RedisSetCommands RedisSortedSetCommands RedisStreamCommands RedisStringCommands
        class commands: RedisTransactionalCommands RedisAclAsyncCommands RedisGeoAsyncCommands
        class commands: RedisHLLAsyncCommands RedisHashAsyncCommands RedisKeyAsyncCommands
        class commands: RedisListAsyncCommands RedisScriptingAsyncCommands RedisServerAsyncCommands
        class commands: RedisSetAsyncCommands RedisSortedSetAsyncCommands RedisStreamAsyncCommands
        class commands: RedisStringAsyncCommands RedisTransactionalAsyncCommands RedisAclReactiveCommands
        class commands: RedisGeoReactiveCommands RedisHLLReactiveCommands RedisHashReactiveCommands
        class commands: RedisKeyReactiveCommands RedisListReactiveCommands RedisScriptingReactiveCommands
        class commands: RedisServerReactiveCommands RedisSetReactiveCommands RedisSortedSetReactiveCommands
        class commands: RedisStreamReactiveCommands RedisStringReactiveCommands
        class commands: RedisTransactionalReactiveCommands RedisClusterReactiveCommands
        class commands: RedisAclCoroutinesCommands RedisGeoCoroutinesCommands RedisHLLCoroutinesCommands
        class commands: RedisHashCoroutinesCommands RedisKeyCoroutinesCommands RedisListCoroutinesCommands
        class commands: RedisScriptingCoroutinesCommands RedisServerCoroutinesCommands
        class commands: RedisSetCoroutinesCommands RedisSortedSetCoroutinesCommands
        class commands: RedisStreamCoroutinesCommands RedisStringCoroutinesCommands
        class commands: RedisTransactionalCoroutinesCommands RedisClusterCoroutinesCommands
        class commands: BaseRedisCommands BaseRedisAsyncCommands BaseRedisReactiveCommands
        class commands: NodeSelectionCommands NodeSelectionAsyncCommands RedisSentinelCommands
        class commands: RedisConnection RedisAsyncConnection RedisClusterConnection
        class commands: RedisPubSubCommands RedisPubSubAsyncCommands RedisPubSubReactiveCommands RedisCoroutinesCommands
        class uri: RedisURI
        receiver commands

        type factory
          ::create: - -> factory
          connect connectAsync connectPubSub connectSentinel: - -> connection
          shutdown shutdownAsync setOptions setDefaultTimeout getResources: -
        type connection
          sync async reactive coroutines: - -> commands
          getConnection getConnectionAsync: - -> connection
          close closeAsync isOpen addListener setAutoFlushCommands flushCommands setTimeout: -
        type commands commands
          dispatch: raw 1 ...
          getStatefulConnection statefulConnection: - -> connection
          setTimeout setAutoFlushCommands flushCommands isOpen reset close: -
        type uri fluent
          ::create ::builder ::redis: - -> uri
          withDatabase setDatabase: SELECT 1! -> same
        """
}
