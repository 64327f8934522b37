extension ClientTable {
    /// redis-rb, to release 6, with redis-namespace, connection_pool and what lends a client: Sidekiq,
    /// Resque, Rails' cache, Kredis, redis-objects.
    static let redisRb = """
        library redis-rb ruby erb
        builtin
        reopened
        module redis redis-namespace redis-clustering connection_pool hiredis
        class client: Redis MockRedis
        class pool: ConnectionPool
        class lender: Sidekiq Resque Kredis Rollout
        class rails: Rails
        receiver client

        type pool
          ::new ::wrap: - -> pool
          ::Wrapper: - -> client
          with then with_connection: - with client
          checkout: - -> client
        type lender
          ::redis: - -> client with client
          ::redis_pool: - -> pool
          ::redis=: -
        type rails
          ::cache: - -> cache
        type cache
          redis: - -> pool
        type client commands
          ::new ::current ::connect ::cluster: - -> client
          ::Namespace ::Cluster ::Distributed ::Store ::Objects: - -> client
          ::exists_returns_integer= ::current= ::raise_deprecations= ::sadd_returns_boolean= ::silence_deprecations=: -
          redis _redis: - -> same
          call call_v call_once: raw
          send public_send __send__: method
          scan_each: SCAN '0' ...
          hscan_each: HSCAN 1 '0' ...
          sscan_each: SSCAN 1 '0' ...
          zscan_each: ZSCAN 1 '0' ...
          mapped_mset: MSET 1%
          mapped_msetnx: MSETNX 1%
          mapped_mget: MGET 1*
          mapped_hmset: HMSET 1 2%
          mapped_hmget: HMGET 1 2*
          exists?: EXISTS 1*
          sadd?: SADD 1 2*
          srem?: SREM 1 2*
          smove?: SMOVE 1 2 3
          pipelined: - with pipeline
          multi: ~MULTI ; ~EXEC with pipeline
          setex: SETEX 1 2 3
          set: SET 1 2 {}
          zadd: ZADD 1 {} 2*
          synchronize then with without_reconnect with_reconnect: - with client
          close quit disconnect! connected? id connection inspect dup _client: -
        type pipeline like=client
          exec: -
        """

    /// redis-client, which redis-rb is made of and which is used alone, too.
    static let redisClient = """
        library redis-client ruby erb
        builtin
        reopened
        module redis-client redis_client
        class client: RedisClient
        receiver client

        type client
          ::new: - -> client
          ::config ::sentinel: - -> config
          call call_v call_once call_once_v: raw
          with: - with client
          pipelined: - with pipeline
          multi: ~MULTI ; ~EXEC with pipeline
          close inspect id: -
        type config
          new_client new_pool: - -> client
        type pipeline like=client
        """
}
