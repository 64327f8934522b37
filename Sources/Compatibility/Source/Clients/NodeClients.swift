extension ClientTable {
    /// ioredis, to release 5, and what has its methods: iovalkey, GLIDE, Upstash, the services of NestJS.
    static let ioredis = """
        library ioredis javascript typescript
        module @fastify/redis fastify-redis
        module ioredis iovalkey ioredis-mock @upstash/redis @valkey/valkey-glide
        module nestjs-redis @liaoliaots/nestjs-redis @songkeys/nestjs-redis
        class client: Redis Cluster default RedisCluster Valkey GlideClient GlideClusterClient
        class service: RedisService
        class pipeline: Pipeline ChainableCommander
        class command: Command
        receiver client

        type command
          ::new: raw
        type client commands
          ::Cluster: - -> client
          ::createClient ::fromEnv: - -> client
          call callBuffer customCommand: raw
          sendCommand: -
          scanStream scanBufferStream: SCAN '0' ...
          hscanStream hscanBufferStream: HSCAN 1 '0' ...
          sscanStream sscanBufferStream: SSCAN 1 '0' ...
          zscanStream zscanBufferStream: ZSCAN 1 '0' ...
          pipeline: each -> pipeline
          multi: ~MULTI ; each ; ~EXEC -> pipeline unless=pipeline
          defineCommand: ~EVALSHA ... ; ~EVAL ...
          duplicate: - -> same
          on once off addListener removeListener: - -> same
          connect disconnect end status options nodes: -
        type pipeline like=client fluent
          exec execBuffer: -
        type service
          getClient getOrThrow getOrNil: - -> client
        """

    /// The client that Bun, the runtime, brings along.
    static let bun = """
        library bun javascript typescript
        module bun
        class client: RedisClient
        class facade: redis
        receiver client

        type client commands
          send: raw
          duplicate: - -> same
          connect close onconnect onclose: -
        type facade like=client
        """

    /// node-redis, releases 2 to 5, and what wraps it: handy-redis, async-redis, tedis.
    static let nodeRedis = """
        library node-redis javascript typescript
        skips commandOptions
        module redis @redis/client handy-redis async-redis promise-redis then-redis redis-mock tedis
        class client: RedisClientType RedisClusterType RedisClient RedisClientPoolType RedisSentinelType
        class client: Tedis IHandyRedis WrappedNodeRedisClient
        class multi: RedisClientMultiCommandType Multi
        function client: createClient createCluster createSentinel createClientPool
        function client: createHandyClient createNodeRedisClient
        receiver client

        type client commands
          sendCommand send_command internal_send_command: raw
          scanIterator: SCAN '0' ...
          hScanIterator: HSCAN 1 '0' ...
          sScanIterator: SSCAN 1 '0' ...
          zScanIterator: ZSCAN 1 '0' ...
          zAdd ZADD: ZADD 1 {} ...
          multi MULTI: ~MULTI ; each ; ~EXEC -> multi
          batch: each -> multi
          executeIsolated execute: - with client
          duplicate legacy v4 withTypeMapping asap withCommandOptions: - -> same
          on once off addListener removeListener connect: - -> same
          disconnect destroy close end unref ref isOpen isReady options: -
          json ft ts bf cf cms topK tDigest graph: -
        type multi like=client fluent
          exec execAsPipeline execTyped exec_atomic: -
        """
}
