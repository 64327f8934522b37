extension Framework {
    /// Frameworks of PHP.
    static let php = [
        Framework(
            "Laravel", .ifConfigured, packages: .named("laravel/framework", in: .packagist),
            jobs: [
                Job("the cache and sessions are read and written", by: "GET, SETEX, DEL"),
                Job("the Redis queue's jobs are pushed and taken by scripts", by: "EVAL"),
                Job("Cache::add and cache locks are scripts", by: "EVAL"),
                Job("Cache::flush", by: "FLUSHDB"),
                Job("broadcasting", by: "PUBLISH, SUBSCRIBE"),
            ],
            settings: [
                Setting("queueconnection", job: 1), Setting("queuedriver", job: 1),
                Setting("broadcastdriver", job: 4), Setting("broadcastconnection", job: 4),
            ],
            works: "the cache's get, put, increment and forget, and sessions",
            setting: "QUEUE_CONNECTION=database or sqs, and a lock store that is not Redis",
            source: "laravel/framework src/Illuminate/Queue/RedisQueue.php, src/Illuminate/Cache/RedisStore.php (2026)"),
        Framework(
            "Laravel Horizon", .always, packages: .named("laravel/horizon", in: .packagist),
            jobs: [
                Job("jobs are pushed and taken by scripts", by: "EVAL"),
                Job("metrics", by: "SCAN"),
            ],
            setting: "a queue that is not Redis, which Horizon cannot watch",
            source: "laravel/horizon src/RedisQueue.php, src/Repositories (2026)"),
        Framework(
            "Symfony Messenger's Redis transport", .always, packages: .named("symfony/redis-messenger", in: .packagist),
            jobs: [
                Job("messages are sent and received by streams", by: "XADD, XREADGROUP, XGROUP"),
                Job("delayed messages", by: "ZPOPMIN"),
            ],
            settings: [Setting("messengertransportdsn", job: 0)],
            setting: "another transport, such as doctrine or amqp",
            source: "symfony/symfony src/Symfony/Component/Messenger/Bridge/Redis/Transport/Connection.php (2026)"),
        Framework(
            "Symfony Lock", .ifConfigured, packages: .named("symfony/lock", in: .packagist),
            jobs: [Job("RedisStore takes and releases locks by scripts", by: "EVALSHA, EVAL")],
            settings: [Setting("lockdsn", job: 0)], setting: "a store that is not Redis",
            source: "symfony/symfony src/Symfony/Component/Lock/Store/RedisStore.php (2026)"),
        Framework(
            "php-resque", .always,
            packages: .named("chrisboulton/php-resque", "resque/php-resque", in: .packagist),
            jobs: [
                Job("jobs are enqueued and taken", by: "RPUSH, LPOP, SADD"),
                Job("workers that wait (BLOCKING) take jobs", by: "BLPOP"),
            ],
            works: "enqueueing and taking jobs: it polls with LPOP", setting: "no BLOCKING in the worker's environment",
            source: "chrisboulton/php-resque lib/Resque.php, lib/Resque/Job.php (2026)"),
        Framework(
            "Hyperf's async queue", .always, packages: .named("hyperf/async-queue", in: .packagist),
            jobs: [Job("consumers take jobs", by: "BRPOP")], works: "pushing jobs",
            source: "hyperf/hyperf src/async-queue/src/Driver/RedisDriver.php (2026)"),
        Framework(
            "Cm_Cache_Backend_Redis", .always,
            packages: .named("colinmollenhour/cache-backend-redis", in: .packagist),
            jobs: [
                Job("entries are read and written", by: "HGET, HMSET, SADD"),
                Job("entries are saved and cleaned by scripts where use_lua is set", by: "EVALSHA, SCRIPT EXISTS"),
                Job("entries are removed", by: "UNLINK"),
                Job("the whole cache is cleaned", by: "FLUSHDB"),
            ],
            works: "loading entries", setting: "use_lua: 0",
            source: "colinmollenhour/Cm_Cache_Backend_Redis Cm/Cache/Backend/Redis.php (2026)"),
    ]
}
