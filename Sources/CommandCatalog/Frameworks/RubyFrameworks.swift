extension Framework {
    /// Frameworks of Ruby.
    static let ruby = [
        Framework(
            "Sidekiq", .always,
            packages: .named("sidekiq", "sidekiq-scheduler", "sidekiq-cron", "sidekiq-unique-jobs", in: .rubygems),
            jobs: [
                Job("workers take jobs", by: "BRPOP"),
                Job("scheduled jobs and retries", by: "SCRIPT LOAD, EVALSHA"),
                Job("a process starts: it asks for the server's version", by: "INFO"),
                Job("clearing queues", by: "UNLINK"),
            ],
            works: "pushing jobs",
            source: "sidekiq/sidekiq lib/sidekiq/fetch.rb, lib/sidekiq/scheduled.rb, lib/sidekiq/config.rb (2026)"),
        Framework(
            "Resque", .always, packages: .named("resque", in: .rubygems),
            jobs: [
                Job("jobs are enqueued and taken", by: "RPUSH, LPOP, SADD"),
                Job("workers send their heartbeat", by: "TIME"),
                Job("the web page's list of keys and statistics", by: "KEYS, INFO"),
            ],
            works: "enqueueing and taking jobs: it polls with LPOP",
            source: "resque/resque lib/resque/data_store.rb (2026)"),
        Framework(
            "Action Cable", .ifConfigured, packages: .named("actioncable", in: .rubygems),
            jobs: [Job("messages reach the other servers' clients", by: "PUBLISH, SUBSCRIBE")],
            settings: [Setting("adapter", job: 0, within: "production"), Setting("actioncableadapter", job: 0)],
            setting: "the adapter of PostgreSQL, or async on one server",
            source: "rails/rails actioncable/lib/action_cable/subscription_adapter/redis.rb (2026)"),
        Framework(
            "resque-scheduler", .always, packages: .named("resque-scheduler", in: .rubygems),
            jobs: [
                Job("schedulers agree on one of them", by: "EVALSHA, INFO")
            ],
            works: "enqueueing delayed jobs",
            source:
                "resque/resque-scheduler lib/resque/scheduler/lock/resilient.rb, lib/resque/scheduler/locking.rb (2026)"
        ),
        Framework(
            "redlock-rb", .always, packages: .named("redlock", in: .rubygems),
            jobs: [Job("locks are taken and released by scripts", by: "EVALSHA, SCRIPT LOAD")],
            setting: "SET key token NX PX, and WATCH, GET, MULTI, DEL, EXEC to release",
            source: "leandromoreira/redlock-rb lib/redlock/client.rb (2026)"),
        Framework(
            "redis-objects", .always, packages: .named("redis-objects", in: .rubygems),
            jobs: [
                Job("counters, lists, sets and hashes", by: "INCR, RPUSH, SADD, HSET"),
                Job("sort, rename and renamenx of its objects", by: "SORT, RENAME, RENAMENX"),
            ],
            works: "counters, lists, sets, hashes and locks",
            source: "nateware/redis-objects lib/redis/helpers/core_commands.rb, lib/redis/enumerable_object.rb (2026)"),
    ]
}
