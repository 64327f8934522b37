extension ClientTable {
    /// redis-rs with its cluster and asynchronous forms, and the pools that lend its connections.
    static let redisRs = """
        library redis-rs rust
        module redis deadpool_redis bb8_redis r2d2_redis mobc_redis redis_cluster_async redis_async
        class client: Client Connection MultiplexedConnection ConnectionManager RedisConnectionManager Pool
        class client: ClusterClient ClusterConnection Commands AsyncCommands TypedCommands AsyncTypedCommands
        class client: JsonCommands JsonAsyncCommands ConnectionLike PooledConnection RedisPool Config ClientLike
        class client: SentinelClient Sentinel AsyncConnection
        class pipeline: Pipeline ClusterPipeline
        class script: Script
        class command: cmd Cmd
        class transaction: transaction transaction_async
        function pipeline: pipe cluster_pipe
        receiver client

        type command
          ::new: raw 1* ...
          ::keys: KEYS 1
          arg: - -> same
        type transaction
          ::new: ~WATCH ... ; ~MULTI ; ~EXEC
        type client commands
          ::open ::new ::from_url ::from_config ::builder ::default: - -> client
          get_connection get_async_connection get_multiplexed_async_connection connection: - -> same
          get_multiplexed_tokio_connection get_multiplexed_async_std_connection get_tokio_connection: - -> same
          get_connection_manager get_tokio_connection_manager get_connection_with_timeout: - -> same
          get_multiplexed_async_connection_with_config get_connection_manager_with_config: - -> same
          get_multiplexed_async_connection_with_timeouts get_async_connection_manager: - -> same
          create_pool builder build max_size get_owned dedicated_connection: - -> same
          get_async_pubsub as_pubsub get_pubsub into_pubsub: - -> pubsub
          get_async_monitor into_monitor: MONITOR
          set_options: SET 1 2 {}
          set: SET 1 2
          set_multiple mset: MSET ...
          hset_multiple: HMSET ...
          zadd zadd_multiple zadd_options: ZADD 1 ...
          pset_ex: PSETEX 1 3 2
          set_ex: SETEX 1 3 2
          get_ex: GETEX 1 ...
          get_del: GETDEL 1
          scan scan_options: SCAN '0' ...
          scan_match: SCAN '0' MATCH 1
          hscan hscan_match: HSCAN 1 '0' ...
          sscan sscan_match: SSCAN 1 '0' ...
          zscan zscan_match: ZSCAN 1 '0' ...
          xgroup_create_mkstream: XGROUP CREATE ...
          xadd_maxlen xadd_map xadd_maxlen_map xadd_options: XADD ...
          xread_options: XREAD ...
          xautoclaim_options: XAUTOCLAIM ...
          xclaim_options: XCLAIM ...
          xpending_count xpending_consumer_count: XPENDING ...
          xinfo_stream_full: XINFO STREAM 1
          del: DEL ...
          exists: EXISTS ...
          req_command req_packed_command req_packed_commands send_packed_command send_packed_commands: -
          set_read_timeout set_write_timeout is_open check_connection supports_pipelining get_db: -
          recv_response set_response_timeout set_push_sender state status close retain resize: -
        type pipeline like=client fluent
          cmd: raw 1* ...
          atomic: ~MULTI ; ~EXEC -> same
          arg ignore add_command clear with_capacity: - -> same
          query query_async exec exec_async execute get_packed_pipeline len is_empty: -
        type script
          ::new: - -> script
          key arg prepare_invoke: - -> same
          invoke invoke_async: ~EVALSHA ... ; ~SCRIPT LOAD ?
          load load_async: SCRIPT LOAD ?
          get_hash: -
        type pubsub commands
          get_message on_message into_on_message split set_read_timeout close: -
        """

    /// redis_kiss: redis-rs with one connection of the program's own.
    static let redisKiss = """
        library redis-rs rust
        module redis_kiss
        class client: AsyncCommands Commands Conn
        class publication: publish p
        function client: get_connection
        function pubsub: open_pubsub_connection
        receiver client

        type publication
          ::new: PUBLISH 1 2
        """

    /// fred.
    static let fred = """
        library fred rust
        module fred
        class client: Client RedisClient Pool RedisPool ExclusivePool ClientLike KeysInterface Transaction
        class client: SubscriberClient
        class builder: Builder
        class custom: CustomCommand cmd
        receiver client

        type custom
          ::new_static ::new: raw 1 ...

        type builder
          ::from_config ::default_centralized ::default_clustered ::new: - -> builder
          with_config with_connection_config with_performance_config set_policy: - -> same
          build build_pool build_exclusive_pool build_subscriber_client: - -> client
        type client commands
          ::new ::default: - -> client
          custom custom_raw: -
          set: SET 1 2 {} 5?GET
          hset: HSET 1 ...
          hmset: HMSET 1 ...
          mset: MSET ...
          zadd: ZADD 1 ...
          scan scan_buffered: SCAN '0' ...
          hscan: HSCAN 1 '0' ...
          sscan: SSCAN 1 '0' ...
          zscan: ZSCAN 1 '0' ...
          pipeline multi next next_connected: - -> same
          all last try_all exec: -
          init connect wait_for_connect quit is_connected on_error on_reconnect on_message on_any: -
          client_setname: CLIENT SETNAME 1
          clone_new acquire with_options replicas: - -> same
        """
}
