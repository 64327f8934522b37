extension ClientTable {
    /// lua-resty-redis of OpenResty, its cluster and its wrappers that have the same methods.
    static let restyRedis = """
        library lua-resty-redis lua
        module resty.redis resty.rediscluster resty.redis_cluster resty.redis_iresty resty.redis-cluster resty.xredis
        class client: default
        receiver client

        type client commands
          ::new: - -> client
          ::add_commands ::register_module_prefix ::array_to_hash: -
          new: - -> client
          hmset: HMSET 1 ...
          init_pipeline commit_pipeline cancel_pipeline read_reply array_to_hash add_commands: -
          set_timeout set_timeouts set_keepalive get_reused_times connect close sslhandshake: -
          fetch_slots refresh_slots init_slots check_slots: -
        """

    /// lua-resty-redis-connector: it connects, and gives clients of lua-resty-redis.
    static let restyConnector = """
        library lua-resty-redis-connector lua
        module resty.redis.connector resty.redis.sentinel resty.redis-connector
        class connector: default
        function client: connect_via_sentinel connect_to_host
        receiver client

        type connector
          ::new: - -> connector
          new: - -> connector
          connect connect_via_sentinel connect_to_host get_master: - -> client
          set_keepalive get_slaves: -
        type client commands
          hmset: HMSET 1 ...
          init_pipeline commit_pipeline cancel_pipeline read_reply array_to_hash add_commands: -
          set_timeout set_timeouts set_keepalive get_reused_times connect close sslhandshake: -
        """

    /// redis-lua, and other clients that are made by `connect`.
    static let redisLua = """
        library redis-lua lua
        module redis lredis redis-lua fredis
        class client: default
        receiver client

        type client commands
          ::connect ::new: - -> client
          ::command ::define_command ::undefine_command ::error: -
          connect: - -> client
          hmset: HMSET 1 ...
          zadd: ZADD 1 ...
          sort: SORT 1 ...
          pipeline: - with pipeline
          transaction: ~MULTI ; ~EXEC with pipeline
          monitor_messages: MONITOR
          raw_cmd define_command undefine_command close requests: -
        type pipeline like=client
          multi exec discard commit flush_pipeline: -
        """

    /// The client of skynet, whose sources every program of skynet has.
    static let skynet = """
        library redis-lua lua
        module skynet.db.redis
        class skynet: default
        receiver skynet

        type skynet commands
          ::connect ::watch ::new: - -> skynet
          ::flushone: -
          connect: - -> skynet
          hmset: HMSET 1 ...
          zadd: ZADD 1 ...
          exists sismember: -
          pipeline message disconnect subscribe_all flushone: -
        """

    /// lua-hiredis.
    static let luaHiredis = """
        library lua-hiredis lua
        module hiredis
        class client: default
        receiver client

        type client
          ::connect: - -> client
          command append_command: raw
          get_reply close: -
        """

    /// The functions of rspamd for its rules, which get a command's name and a table of its arguments.
    static let rspamd = """
        library rspamd lua
        module lua_redis rspamd_redis
        class api: default
        receiver connection

        type api
          ::redis_make_request ::rspamd_redis_make_request: raw 6*
          ::redis_make_request_taskless ::rspamd_redis_make_request_taskless: raw 7*
          ::exec_redis_script: ~EVALSHA ... ; ~SCRIPT LOAD ?
          ::connect_sync ::redis_connect_sync: - -> connection
        type connection
          add_cmd: raw
          exec: -
        """

    /// Lua inside Redis.
    static let luaScript = """
        library lua lua
        builtin
        class script: redis server
        type script
          ::call ::pcall: raw
        """
}
