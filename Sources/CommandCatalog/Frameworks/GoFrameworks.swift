extension Framework {
    /// Frameworks of Go.
    static let go = [
        Framework(
            "asynq", .always, packages: .named("github.com/hibiken/asynq", in: .go),
            jobs: [
                Job("tasks are enqueued, taken and finished by scripts", by: "EVALSHA"),
                Job("tasks are cancelled", by: "PUBLISH, SUBSCRIBE"),
            ],
            source: "hibiken/asynq internal/rdb/rdb.go (2026)"),
        Framework(
            "machinery", .ifConfigured, packages: .named("github.com/RichardKnop/machinery", in: .go),
            jobs: [
                Job("workers take tasks", by: "BLPOP"),
                Job("workers share locks", by: "EVALSHA"),
            ],
            works: "sending tasks", setting: "a broker that is not Redis, such as AMQP",
            source: "RichardKnop/machinery v1/brokers/redis (2026)"),
        Framework(
            "redsync", .always, packages: .named("github.com/go-redsync/redsync", in: .go),
            jobs: [Job("locks are released and extended by scripts", by: "EVALSHA, EVAL")],
            works: "taking a lock, which then ends with its time",
            setting: "WATCH, GET, MULTI, DEL, EXEC to release", source: "go-redsync/redsync mutex.go (2026)"),
        Framework(
            "gocraft/work", .always, packages: .named("github.com/gocraft/work", in: .go),
            jobs: [Job("workers take jobs by scripts", by: "EVALSHA")], works: "enqueueing jobs that are not unique",
            source: "gocraft/work worker.go, redis.go (2026)"),
        Framework(
            "redis_rate", .always, packages: .named("github.com/go-redis/redis_rate", in: .go),
            jobs: [Job("every limit is counted by a script", by: "EVALSHA")],
            source: "go-redis/redis_rate rate.go, lua.go (2026)"),
        Framework(
            "redislock", .always, packages: .named("github.com/bsm/redislock", in: .go),
            jobs: [Job("locks are taken and released by scripts", by: "EVALSHA")],
            setting: "SET key token NX PX, and WATCH, GET, MULTI, DEL, EXEC to release",
            source: "bsm/redislock redislock.go (2026)"),
        Framework(
            "ulule/limiter", .ifConfigured, packages: .named("github.com/ulule/limiter", in: .go),
            jobs: [Job("every limit is counted by a script", by: "SCRIPT LOAD, EVALSHA")],
            setting: "its store in the process's memory", source: "ulule/limiter drivers/store/redis/store.go (2026)"),
    ]
}
