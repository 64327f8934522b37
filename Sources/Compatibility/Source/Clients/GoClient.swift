extension ClientTable {
    /// go-redis, releases 6 to 9.
    static let goRedis = """
        library go-redis go
        module github.com/redis/go-redis github.com/go-redis/redis gopkg.in/redis.v5 gopkg.in/redis.v3
        class client: Client ClusterClient UniversalClient Cmdable Conn Ring Tx SentinelClient
        class pipeline: Pipeliner Pipeline
        class script: Script
        function client: NewClient NewClusterClient NewUniversalClient NewFailoverClient NewFailoverClusterClient NewRing
        function script: NewScript NewScriptServerCache
        receiver client

        type client commands skip
          Do: raw
          Set: SET 1 2 3:EX {}
          SetArgs: SET 1 2 {}
          SetNX: SET 1 2 3:EX NX
          SetXX: SET 1 2 3:EX XX
          SetEX SetEx: SETEX 1 3 2
          ScanType: SCAN 1 ...
          HScanNoValues: HSCAN 1 2 NOVALUES
          SortStore: SORT 1 ... STORE 2
          SortInterfaces: SORT 1 ...
          ZAddNX: ZADD 1 NX ...
          ZAddXX: ZADD 1 XX ...
          ZAddGT: ZADD 1 GT ...
          ZAddLT: ZADD 1 LT ...
          ZAddArgs: ZADD 1 {} ...
          ZAddArgsIncr ZAddNXIncr: ZADD 1 INCR {} ...
          ZAdd: ZADD 1 ...
          ZRangeArgs ZRangeArgsWithScores: ZRANGE ? ? ? {} ...
          ZRankWithScore: ZRANK 1 2 WITHSCORE
          ZRevRankWithScore: ZREVRANK 1 2 WITHSCORE
          ExpireNX: EXPIRE 1 2 NX
          ExpireXX: EXPIRE 1 2 XX
          ExpireGT: EXPIRE 1 2 GT
          ExpireLT: EXPIRE 1 2 LT
          RestoreReplace: RESTORE 1 2 3 REPLACE
          BLPop: BLPOP 2* 1
          BRPop: BRPOP 2* 1
          Watch: WATCH 2*
          Pipeline: - -> pipeline
          Pipelined: - with pipeline
          TxPipeline: ~MULTI ; ~EXEC -> pipeline
          TxPipelined: ~MULTI ; ~EXEC with pipeline
          FlushDBAsync: FLUSHDB ASYNC
          FlushAllAsync: FLUSHALL ASYNC
          SlowLogGet: SLOWLOG GET 1
          ClientKillByFilter: CLIENT KILL 1*
          ShutdownSave: SHUTDOWN SAVE
          ShutdownNoSave: SHUTDOWN NOSAVE
          ObjectIdleTime: OBJECT IDLETIME 1
          WithContext WithTimeout Conn: - -> same
          Close Process Options PoolStats AddHook Context ForEachMaster ForEachShard ForEachSlave ReloadState: -
          Command: COMMAND
        type pipeline like=client
          Exec Discard Len: -
        type script
          Run RunRO: ~EVALSHA ... ; ~EVAL ...
          EvalSha EvalShaRO: EVALSHA ...
          Eval EvalRO: EVAL ...
          Load: SCRIPT LOAD ...
          Exists: SCRIPT EXISTS ...
          Hash: -
        """
}
