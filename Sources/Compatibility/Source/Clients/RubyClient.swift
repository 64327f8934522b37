extension ClientTable {
    /// redis-rb, to release 6, with redis-namespace and connection_pool.
    static let redisRb = """
        library redis-rb ruby
        builtin
        module redis redis-namespace redis-clustering connection_pool hiredis
        class client: Redis
        class pool: ConnectionPool
        receiver client

        type pool
          ::new ::wrap: - -> pool
          with then: - with client
        type client commands
          ::new ::current ::connect ::cluster: - -> client
          ::Namespace ::Cluster ::Distributed: - -> client
          call call_v call_once send public_send __send__: raw
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
        library redis-client ruby
        builtin
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
