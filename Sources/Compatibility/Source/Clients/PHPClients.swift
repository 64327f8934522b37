extension ClientTable {
    /// phpredis, to release 6, and Laravel's facade, which has its methods.
    static let phpredis = """
        library phpredis php
        builtin
        module Redis RedisCluster RedisArray RedisSentinel Illuminate\\Support\\Facades\\Redis Illuminate\\Redis
        class client: Redis RedisCluster RedisArray Connection PhpRedisConnection
        class facade: Facade
        receiver client

        type client commands
          rawCommand: raw
          rawcommand: raw
          del delete: DEL 1*
          getMultiple: MGET 1*
          getKeys: KEYS 1
          renameKey: RENAME 1 2
          setTimeout: EXPIRE 1 2
          set: SET 1 2 3:EX {}
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
          setOption getOption getLastError clearLastError getMode _prefix _serialize _unserialize client: -
          client/1: CLIENT 1*
          connection: - -> same
          command: raw
        type pipeline like=client fluent
          exec: -
        type facade commands like=client
          ::connection: - -> client
          ::pipeline: - -> pipeline with pipeline
          ::transaction: ~MULTI ; ~EXEC with pipeline
          ::command: raw
          ::executeRaw: raw
          ::throttle ::funnel: ~EVAL ...
          ::enableEvents ::disableEvents ::shouldReceive ::fake: -
        """

    /// Predis, to release 3.
    static let predis = """
        library predis php
        module Predis
        class client: Client ClientInterface
        class pipeline: Pipeline MultiExec
        class keyspace: Keyspace
        class member: HashKey SetKey SortedSetKey
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
          connect disconnect quit isConnected getConnection getOptions getProfile getClientFor executeCommand: -
        type pipeline like=client fluent
          execute: -
        """
}
