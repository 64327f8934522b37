extension ClientTable {
    /// go-redis, releases 6 to 9.
    static let goRedis = """
        library go-redis go
        module github.com/redis/go-redis github.com/go-redis/redis gopkg.in/redis
        module github.com/redis/rueidis/rueidiscompat github.com/valkey-io/valkey-go/valkeycompat
        class client: Client ClusterClient UniversalClient Cmdable Conn Ring Tx SentinelClient
        class pipeline: Pipeliner Pipeline
        class script: Script
        function client: NewClient NewClusterClient NewUniversalClient NewFailoverClient NewFailoverClusterClient NewRing
        function client: NewAdapter
        function script: NewScript NewScriptServerCache
        class command: NewCmd NewIntCmd NewStringCmd NewStatusCmd NewBoolCmd NewFloatCmd NewSliceCmd NewStringSliceCmd
        class command: NewIntSliceCmd NewBoolSliceCmd NewFloatSliceCmd NewDurationCmd NewTimeCmd NewMapStringStringCmd
        class command: NewMapStringIntCmd NewMapStringInterfaceCmd NewStringStructMapCmd NewKeyValueSliceCmd NewScanCmd
        class command: NewZSliceCmd NewZWithKeyCmd NewXMessageSliceCmd NewXStreamSliceCmd NewXPendingCmd NewXInfoStreamCmd
        class command: NewXInfoGroupsCmd NewXInfoConsumersCmd NewXPendingExtCmd NewXAutoClaimCmd NewClusterSlotsCmd
        class command: NewGeoLocationCmd NewGeoPosCmd NewSlowLogCmd NewCommandsInfoCmd NewDigestCmd
        receiver client

        type command
          ::new: raw 2*

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

    /// redigo, releases 1, with its cluster.
    static let redigo = """
        library redigo go
        module github.com/gomodule/redigo/redis github.com/garyburd/redigo/redis github.com/mna/redisc
        module github.com/gomodule/redigo/redisx github.com/garyburd/redigo/redisx
        class client: Conn ConnWithTimeout ConnWithContext
        class pool: Pool Cluster
        class pubsub: PubSubConn
        class script: Script
        class timed: DoContext DoWithTimeout
        function client: Dial DialTimeout DialURL DialContext DialURLContext NewConn NewLoggingConn RetryConn
        function pool: NewPool
        function script: NewScript
        receiver client

        type client
          Do Send: raw
          DoWithTimeout DoContext: raw 2*
          Flush Receive ReceiveWithTimeout ReceiveContext Close Err: -
        type pool
          Get GetContext Dial: - -> client
          Close Stats ActiveCount IdleCount Refresh EachNode: -
        type pubsub
          Subscribe: SUBSCRIBE 1*
          PSubscribe: PSUBSCRIBE 1*
          Unsubscribe: UNSUBSCRIBE 1*
          PUnsubscribe: PUNSUBSCRIBE 1*
          Conn: - -> client
          Ping Receive ReceiveWithTimeout ReceiveContext Close: -
        type script
          Do DoContext: ~EVALSHA ... ; ~EVAL ...
          Send: EVAL ...
          SendHash: EVALSHA ...
          Load: SCRIPT LOAD ...
          Hash: -
        type timed
          ::new: raw 3*
        """

    /// rueidis, releases 1, and valkey-go: a command is built by methods that are named after its parts.
    static let rueidis = """
        library rueidis go
        module github.com/redis/rueidis github.com/rueian/rueidis github.com/valkey-io/valkey-go
        class client: Client DedicatedClient CoreClient
        class builder: Builder
        class script: Lua
        class lock: Locker
        function client: NewClient
        function script: NewLuaScript NewLuaScriptReadOnly NewLuaScriptNoSha
        function lock: NewLocker

        type client
          B: - -> builder
          Dedicated: - with client
          Dedicate: - -> client
        type builder commands open gives=part
          Arbitrary: raw 1* ... -> part
        type part parts
          Build Cache Pin ReadOnly ToPipe ToBlock ToRetryable SetSlot Blocking: -
        type script
          Exec ExecMulti: ~EVALSHA ... ; ~EVAL ...
        type lock
          WithContext TryWithContext ForceWithContext: ~EVALSHA ...
        """

    /// radix, releases 2 to 4.
    static let radix = """
        library radix go
        module github.com/mediocregopher/radix github.com/fzzy/radix
        class client: Client Conn Pool Cluster Sentinel
        class command: Cmd FlatCmd
        class script: EvalScript
        function client: Dial DialTimeout New NewPool NewCluster NewSentinel
        function script: NewEvalScript

        type client
          Cmd PipeAppend: raw
          Get GetMaster: - -> client
          Do PipeResp PipeClear Close Put Empty: -
        type command
          ::new: raw 2*
        type script
          Cmd FlatCmd: ~EVALSHA ... ; ~EVAL ...
        """

    /// The clients that go-zero and GoFrame bring along.
    static let goFrameworks = """
        library go-zero go
        module github.com/zeromicro/go-zero/core/stores/redis github.com/tal-tech/go-zero/core/stores/redis
        class client: Redis
        class lock: RedisLock
        function client: New NewRedis MustNewRedis
        function lock: NewRedisLock
        receiver client

        type client commands
          SetnxEx SetnxExCtx Pipelined PipelinedCtx String Ping PingCtx: -
          ScriptRun ScriptRunCtx: ~EVALSHA ... ; ~EVAL ...
        type lock
          Acquire AcquireCtx Release ReleaseCtx: ~EVALSHA ... ; ~EVAL ...

        library gredis go
        module github.com/gogf/gf/v2/database/gredis github.com/gogf/gf/v2/frame/g
        module github.com/gogf/gf/database/gredis github.com/gogf/gf/frame/g
        class client: Redis
        receiver client

        type client commands skip
          Do: raw
          DoVar: raw
          Conn MustConn: - -> same
          GroupString GroupHash GroupList GroupSet GroupSortedSet GroupGeneric GroupPubSub GroupScript: - -> same
          Close Config SetConfig SetAdapter GetAdapter: -
        """
}
