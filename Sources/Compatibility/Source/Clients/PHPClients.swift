extension ClientTable {
    /// phpredis, to release 6, and what has its methods: Relay, Swoole's, Workerman's and Hyperf's clients, Laravel's
    /// connections and facade, the clients that Symfony makes.
    static let phpredis = """
        library phpredis php
        builtin
        module Redis RedisCluster RedisArray RedisSentinel Relay Illuminate\\Support\\Facades\\Redis Illuminate\\Redis
        module Illuminate\\Contracts\\Redis Hyperf\\Redis Swoole\\Coroutine\\Redis Workerman\\Redis Snc\\RedisBundle\\Client
        class client: Redis RedisCluster RedisArray Relay\\Relay Relay\\Cluster
        class client: Illuminate\\Support\\Facades\\Redis Illuminate\\Redis\\RedisManager Illuminate\\Contracts\\Redis\\Factory
        class client: Illuminate\\Redis\\Connections\\Connection Illuminate\\Contracts\\Redis\\Connection
        class client: Illuminate\\Redis\\Connections\\PhpRedisConnection Illuminate\\Redis\\Connections\\PhpRedisClusterConnection
        class client: Illuminate\\Redis\\Connections\\PredisConnection Illuminate\\Redis\\Connections\\PredisClusterConnection
        class client: Illuminate\\Redis\\Connections\\PacksPhpRedisValues
        class client: Hyperf\\Redis\\Redis Hyperf\\Redis\\RedisProxy Hyperf\\Redis\\RedisConnection
        class client: Swoole\\Coroutine\\Redis Workerman\\Redis\\Client Workerman\\RedisQueue\\RedisConnection
        class client: support\\Redis Snc\\RedisBundle\\Client\\Phpredis\\Client Co\\Redis
        class client: yii\\redis\\Connection yii\\redis\\ConnectionInterface yii\\redis\\Predis\\PredisConnection
        class factory: Hyperf\\Redis\\RedisFactory
        class store: Illuminate\\Cache\\RedisStore Illuminate\\Queue\\RedisQueue
        class adapter: Symfony\\Component\\Cache\\Adapter\\RedisAdapter Symfony\\Component\\Cache\\Adapter\\RedisTagAwareAdapter
        class adapter: Symfony\\Component\\Cache\\Traits\\RedisTrait
        class lock: Symfony\\Component\\Lock\\Store\\RedisStore
        receiver client

        type factory
          get: - -> client
        type store
          connection lockConnection getRedis getConnection: - -> client
          flush: FLUSHDB
        type adapter
          createConnection: - -> client
          clear: ~SCAN '0' ...
        type lock
          ::new: ~EVALSHA ...
        type client commands
          rawCommand: raw
          rawcommand: raw
          executeCommand: raw
          __call: raw
          throttle funnel: ~EVAL ...
          executeRaw: raw
          enableEvents disableEvents shouldReceive fake extend purge resolve: -
          del delete: DEL 1*
          getMultiple: MGET 1*
          getKeys: KEYS 1
          renameKey: RENAME 1 2
          setTimeout: EXPIRE 1 2
          set: SET 1/key 2/value 3:EX {}
          lSize: LLEN 1
          lGet: LINDEX 1 2
          lGetRange: LRANGE 1 2 3
          lRemove: LREM 1 3 2
          lRem: LREM 1 3 2
          listTrim: LTRIM 1 2 3
          sRemove: SREM 1 2*
          sGetMembers: SMEMBERS 1
          sContains: SISMEMBER 1 2
          sSize: SCARD 1
          zDelete zRemove: ZREM 1 2*
          zSize: ZCARD 1
          zDeleteRangeByScore zRemoveRangeByScore: ZREMRANGEBYSCORE 1 2 3
          zDeleteRangeByRank: ZREMRANGEBYRANK 1 2 3
          zReverseRange: ZREVRANGE 1 2 3
          sortAsc sortAscAlpha sortDesc sortDescAlpha: SORT 1 ...
          scan: SCAN ? ...
          hScan hscan: HSCAN 1 ? ...
          sScan sscan: SSCAN 1 ? ...
          zScan zscan: ZSCAN 1 ? ...
          evaluate: EVAL 1 ...
          evaluateSha: EVALSHA 1 ...
          evalSha evalsha: EVALSHA 1 ...
          eval: EVAL 1 ...
          multi: ~MULTI ; ~EXEC -> pipeline unless=PIPELINE
          pipeline: - -> pipeline with pipeline
          transaction: ~MULTI ; ~EXEC with pipeline
          subscribe: SUBSCRIBE 1*
          psubscribe pSubscribe: PSUBSCRIBE 1*
          connect pconnect open popen close isConnected getHost getPort getDbNum getTimeout getAuth: -
          setOption getOption getLastError clearLastError getMode _prefix _serialize _unserialize _pack _unpack: -
          _masters _redir _hosts _target _instance _function _rehash: -
          client: - -> client
          client/1: CLIENT 1* -> client
          connection: - -> same
          command: raw
        type pipeline like=client fluent
          exec: -
        """

    /// Yii, to release 2: the components of its application.
    static let yii = """
        library yii php
        builtin
        module yii\\BaseYii Yii
        class framework: Yii
        receiver client

        type framework
          ::app app: - -> application
        type application
          redis: - -> client
        type client commands
          executeCommand: raw
          scan: SCAN 1 ...
          open close getIsActive getDriverName getLuaScriptBuilder: -
        """

    /// Predis, to release 3.
    static let predis = """
        library predis php
        module Predis
        class client: Predis\\Client Predis\\ClientInterface Predis\\ClientContextInterface
        class client: Snc\\RedisBundle\\Client\\Predis\\Client
        class pipeline: Predis\\Pipeline\\Pipeline Predis\\Pipeline\\Atomic Predis\\Transaction\\MultiExec
        class keyspace: Predis\\Collection\\Iterator\\Keyspace
        class member: Predis\\Collection\\Iterator\\HashKey Predis\\Collection\\Iterator\\SetKey
        class member: Predis\\Collection\\Iterator\\SortedSetKey
        receiver client

        type keyspace
          ::new: SCAN '0' ...
        type member
        type client commands
          executeRaw: raw
          createCommand: raw
          transaction: ~MULTI ; ~EXEC -> pipeline with pipeline
          pipeline: - -> pipeline with pipeline
          pubSubLoop: SUBSCRIBE ...
          monitor: MONITOR
          __call: raw
          getClientFor getClientBy: - -> same
          connect disconnect quit isConnected getConnection getOptions getProfile getCommandFactory executeCommand: -
        type pipeline like=client fluent
          execute: -
        """

    /// Credis, to release 1.17: its methods are phpredis'.
    static let credis = """
        library credis php
        builtin
        module Credis_Client Credis_Cluster
        class client: Credis_Client Credis_Cluster
        class sentinel: Credis_Sentinel
        receiver client

        type sentinel
          getMasterClient createMasterClient createSlaveClient: - -> client
          getSlaveClients createSlaveClients: -
          getCluster createCluster: - -> client
        type client commands
          __call: raw
          set: SET 1 2 3:EX {}
          del delete: DEL 1*
          scan: SCAN ? ...
          hscan: HSCAN 1 ? ...
          sscan: SSCAN 1 ? ...
          zscan: ZSCAN 1 ? ...
          eval: EVAL 1 ...
          evalsha: EVALSHA 1 ...
          pipeline: - -> pipeline
          multi: ~MULTI ; ~EXEC -> pipeline
          subscribe: SUBSCRIBE 1*
          psubscribe: PSUBSCRIBE 1*
          client to: - -> same
          forceStandalone setMaxConnectRetries setReadTimeout setCloseOnDestruct setTlsOptions: - -> same
          connect isConnected close getHost getPort getSelectedDb getPersistence getRenamedCommand: -
          renameCommand getMajorVersion decodeReply: -
        type pipeline like=client fluent
          exec uncork discard: -
        """
}
