extension Framework {
    /// Frameworks of Python.
    static let python = [
        Framework(
            "Celery", .ifConfigured, packages: .named("celery", in: .pypi),
            jobs: [
                Job("workers take tasks", by: "BRPOP"),
                Job("results are stored, which announces them in the same transaction", by: "PUBLISH"),
                Job("remote control, events and waiting for a result", by: "SUBSCRIBE, PSUBSCRIBE"),
            ],
            settings: [
                Setting("celerybrokerurl", job: 0), Setting("brokerurl", job: 0),
                Setting("celeryresultbackend", job: 1), Setting("resultbackend", job: 1),
            ],
            works: "sending tasks", setting: "a broker that is not Redis, such as RabbitMQ, and a database for results",
            source: "celery/kombu kombu/transport/redis.py, celery/celery celery/backends/redis.py (2026-08)"),
        Framework(
            "kombu", .ifConfigured, packages: .named("kombu", in: .pypi),
            jobs: [
                Job("consumers take messages", by: "BRPOP"),
                Job("fanout exchanges", by: "PUBLISH, SUBSCRIBE, PSUBSCRIBE"),
            ],
            works: "publishing to direct exchanges", setting: "a transport that is not Redis",
            source: "celery/kombu kombu/transport/redis.py (2026-08)"),
        Framework(
            "RQ", .always, packages: .named("rq", "django-rq", "flask-rq2", "rq-scheduler", in: .pypi),
            jobs: [
                Job("workers take jobs", by: "BLPOP, BLMOVE"),
                Job("workers are listed and named", by: "CLIENT SETNAME, CLIENT LIST"),
                Job("commands to workers", by: "PUBLISH, SUBSCRIBE"),
            ],
            works: "enqueueing jobs and reading their state",
            source: "rq/rq rq/queue.py, rq/command.py, rq/worker (2026-08)"),
        Framework(
            "Dramatiq", .ifConfigured, packages: .named("dramatiq", in: .pypi),
            jobs: [Job("every operation of the Redis broker, enqueueing too", by: "SCRIPT LOAD, EVALSHA")],
            setting: "the RabbitMQ broker", source: "Bogdanp/dramatiq dramatiq/brokers/redis.py (2026-08)"),
        Framework(
            "arq", .always, packages: .named("arq", in: .pypi),
            jobs: [
                Job("a worker starts: it logs the server's state first", by: "INFO, DBSIZE"),
                Job("listing results", by: "KEYS"),
            ],
            works: "enqueueing jobs", source: "samuelcolvin/arq arq/worker.py, arq/connections.py (2024-05)"),
        Framework(
            "SAQ", .ifConfigured, packages: .named("saq", in: .pypi),
            jobs: [
                Job("workers take and schedule jobs", by: "BLMOVE, EVALSHA"),
                Job("the server's version is asked for", by: "INFO"),
                Job("jobs report their state", by: "PUBLISH, SUBSCRIBE"),
            ],
            setting: "its PostgreSQL queue", source: "tobymao/saq saq/queue/redis.py (2026-03)"),
        Framework(
            "huey", .ifConfigured, packages: .named("huey", in: .pypi),
            jobs: [
                Job("workers take tasks", by: "BRPOP"),
                Job("scheduled tasks and retries", by: "EVALSHA"),
                Job("the priority queue", by: "BZPOPMIN, ZPOPMIN"),
                Job("listing and flushing results", by: "SCAN"),
            ],
            works: "tasks that run at once, with the setting",
            setting: "blocking=False lets workers poll with RPOP; scheduled tasks and retries still need EVALSHA",
            source: "coleifer/huey huey/storage.py (3.3.0)"),
        Framework(
            "channels_redis", .always, packages: .named("channels-redis", in: .pypi),
            jobs: [
                Job("consumers receive messages", by: "BZPOPMIN, EVAL"),
                Job("the pub/sub layer", by: "PUBLISH, SUBSCRIBE"),
            ],
            source: "django/channels_redis channels_redis/core.py, channels_redis/pubsub.py (2026-08)"),
        Framework(
            "limits", .ifConfigured, packages: .named("limits", "flask-limiter", "slowapi", in: .pypi),
            jobs: [Job("every limit is counted by a script", by: "SCRIPT LOAD, EVALSHA")],
            setting: "the storage of memcached or of the process's memory",
            source: "alisaifee/limits limits/storage/redis.py (2026-06)"),
        Framework(
            "django-redis", .always, packages: .named("django-redis", in: .pypi),
            jobs: [
                Job("entries are read and written", by: "GET, SET, MGET, DEL"),
                Job("cache.incr and cache.decr", by: "EVAL"),
                Job("delete_pattern, iter_keys and keys", by: "SCAN, KEYS"),
                Job("cache.clear", by: "FLUSHDB"),
                Job("cache.lock is released", by: "EVALSHA"),
            ],
            works: "get, set, add, delete, get_many, set_many and touch",
            source: "jazzband/django-redis django_redis/client/default.py (2026)"),
        Framework(
            "Flask-Caching", .ifConfigured, packages: .named("flask-caching", in: .pypi),
            jobs: [
                Job("entries are read and written", by: "GET, SETEX, DEL"),
                Job("cache.clear", by: "FLUSHDB, KEYS"),
                Job("cache.unlink", by: "UNLINK"),
            ],
            works: "get, set, add and delete",
            source: "pallets-eco/flask-caching src/flask_caching/backends/rediscache.py (2026-08)"),
        Framework(
            "python-socketio", .ifConfigured, packages: .named("python-socketio", "flask-socketio", in: .pypi),
            jobs: [Job("servers tell each other of their messages", by: "PUBLISH, SUBSCRIBE")],
            setting: "a message queue that is not Redis",
            source: "miguelgrinberg/python-socketio src/socketio/redis_manager.py (2026)"),
        Framework(
            "taskiq-redis", .always, packages: .named("taskiq-redis", in: .pypi),
            jobs: [
                Job("workers take tasks", by: "BRPOP, SUBSCRIBE, XREADGROUP"),
                Job("results are read once", by: "GETDEL"),
            ],
            source: "taskiq-python/taskiq-redis taskiq_redis/redis_broker.py (2026)"),
        Framework(
            "scrapy-redis", .always, packages: .named("scrapy-redis", in: .pypi),
            jobs: [
                Job("requests are queued", by: "ZADD, ZRANGE, ZREMRANGEBYRANK, LPUSH, RPOP"),
                Job("a scheduler that waits while it is idle", by: "BRPOP, BLPOP"),
            ],
            works: "the queues with SCHEDULER_IDLE_BEFORE_CLOSE = 0, the default",
            setting: "SCHEDULER_IDLE_BEFORE_CLOSE = 0", source: "rmax/scrapy-redis src/scrapy_redis/queue.py (2026)"),
    ]
}
