extension ClientTable {
    /// hiredis and hiredis-cluster: functions that take a format, or the words in an array.
    static let hiredis = """
        library hiredis c cpp
        builtin
        vendored
        class sync: redisCommand redisvCommand redisAppendCommand redisvAppendCommand redisFormatCommand
        class sync: redisvFormatCommand redisClusterCommand redisClustervCommand redisClusterAppendCommand
        class sync: redisClustervAppendCommand redisClusterFormatCommand redisSecureCommand
        class node: redisClusterCommandToNode redisClustervCommandToNode redisClusterAppendCommandToNode
        class async: redisAsyncCommand redisvAsyncCommand redisClusterAsyncCommand redisClustervAsyncCommand
        class asyncnode: redisClusterAsyncCommandToNode
        class argv: redisCommandArgv redisAppendCommandArgv redisFormatCommandArgv redisFormatSdsCommandArgv
        class argv: redisClusterCommandArgv redisClusterAppendCommandArgv
        class asyncargv: redisAsyncCommandArgv redisClusterAsyncCommandArgv

        type sync
          ::new: format 2*
        type node
          ::new: format 3*
        type async
          ::new: format 4*
        type asyncnode
          ::new: format 5*
        type argv
          ::new: raw 3 ...
        type asyncargv
          ::new: raw 5 ...
        """

    /// redis-plus-plus.
    static let redisPlusPlus = """
        library redis-plus-plus c cpp
        module sw/redis++ sw::redis redis++ redis-plus-plus sw/redis
        class client: Redis RedisCluster AsyncRedis AsyncRedisCluster QueuedRedis QueuedRedisCluster
        class pipeline: Pipeline Transaction
        class subscriber: Subscriber AsyncSubscriber
        receiver client

        type client commands
          command: raw
          pipeline: - -> pipeline
          transaction: ~MULTI ; ~EXEC -> pipeline
          subscriber: - -> subscriber
          redis: - -> same
          watch: WATCH 1*
          set: SET 1 2 {}
          hset: HSET 1 ...
          hmset: HMSET 1 ...
          mset: MSET ...
          zadd: ZADD 1 ...
          sadd: SADD 1 ...
          setex psetex: SETEX 1 2 3
          eval: EVAL ...
          evalsha: EVALSHA ...
          script_load: SCRIPT LOAD 1
          script_exists: SCRIPT EXISTS ...
          flushall: FLUSHALL
          scan: SCAN 1 ...
          rpoplpush brpoplpush: RPOPLPUSH 1 2
        type pipeline like=client fluent
          exec discard: -
          command: raw
        type subscriber commands
          consume on_message on_pmessage on_meta on_error: -
        """

    /// cpp_redis.
    static let cppRedis = """
        library cpp_redis c cpp
        module cpp_redis
        class client: client redis_client future_client
        class subscriber: subscriber redis_subscriber
        receiver client

        type client commands fluent
          send: raw
          connect disconnect commit sync_commit try_commit is_connected cancel_reconnect add_sentinel: -
          set_callback_runner auth_callback: -
          hmset: HMSET 1 ...
          mset: MSET ...
          zadd: ZADD 1 ...
          sort: SORT 1 ...
        type subscriber commands
          connect disconnect commit is_connected auth: -
        """

    /// The client of the acl library.
    static let acl = """
        library acl c cpp
        module acl_cpp lib_acl.hpp acl
        class client: redis redis_key redis_string redis_hash redis_list redis_set redis_zset redis_pubsub
        class client: redis_transaction redis_script redis_server redis_connection redis_cluster redis_hyperloglog
        class client: redis_geo redis_stream
        receiver client

        type client commands
          keys_pattern: KEYS 2
          rename_key: RENAME 1 2
          renamenx_key: RENAMENX 1 2
          random_key randmkey: RANDOMKEY
          request build_request: -
          clear set_client set_cluster set_check_addr get_result result_error: -
        """

    /// Credis.
    static let credisOfC = """
        library credis-c c cpp
        builtin
        class keys: credis_keys
        class randomkey: credis_randomkey
        class rename: credis_rename
        class renamenx: credis_renamenx
        class dbsize: credis_dbsize
        class move: credis_move
        class flushdb: credis_flushdb
        class flushall: credis_flushall
        class save: credis_save
        class bgsave: credis_bgsave
        class lastsave: credis_lastsave
        class shutdown: credis_shutdown
        class rewrite: credis_bgrewriteaof
        class info: credis_info
        class monitor: credis_monitor
        class slaveof: credis_slaveof
        class select: credis_select
        class sort: credis_sort

        type keys
          ::new: KEYS 2
        type randomkey
          ::new: RANDOMKEY
        type rename
          ::new: RENAME 2 3
        type renamenx
          ::new: RENAMENX 2 3
        type dbsize
          ::new: DBSIZE
        type move
          ::new: MOVE 2 3
        type flushdb
          ::new: FLUSHDB
        type flushall
          ::new: FLUSHALL
        type save
          ::new: SAVE
        type bgsave
          ::new: BGSAVE
        type lastsave
          ::new: LASTSAVE
        type shutdown
          ::new: SHUTDOWN
        type rewrite
          ::new: BGREWRITEAOF
        type info
          ::new: INFO
        type monitor
          ::new: MONITOR
        type slaveof
          ::new: SLAVEOF 2 3
        type select
          ::new: SELECT 2!
        type sort
          ::new: SORT 2 ...
        """

    /// The client of the drogon framework.
    static let drogon = """
        library drogon c cpp
        module drogon
        class client: RedisClient RedisClientPtr RedisTransaction RedisTransactionPtr
        function application: app
        receiver client

        type application
          getRedisClient getFastRedisClient: - -> client
        type client
          ::newRedisClient: - -> client
          execCommandAsync: format 3*
          execCommandSync: format 2*
          execCommandCoro: format 1*
          newTransaction newTransactionAsync newTransactionCoro: ~MULTI ; ~EXEC -> client
          newSubscriber closeAll execute setTimeout: -
        """

    /// Clients that take the words of a command: redox, Boost.Redis, RedisClient, sogou's workflow.
    static let otherCPlusPlus = """
        library redox c cpp
        module redox boost/redis redisclient workflow
        class words: Redox RedisSyncClient RedisAsyncClient
        class request: RedisRequest
        class task: WFRedisTask
        class factory: WFTaskFactory
        class pushed: request
        receiver words

        type words
          command commandSync commandDelayed commandLoop: raw
        type request
          set_request: raw
        type task
          get_req: - -> request
        type factory
          ::create_redis_task: - -> task
        type pushed
          push: raw
          push_range: raw 1 ...
        """
}
