extension Framework {
    /// Frameworks of JavaScript and TypeScript.
    static let javaScript = [
        Framework(
            "Bull", .always, packages: .named("bull", "@nestjs/bull", in: .npm),
            jobs: [
                Job("jobs are added, taken and finished by scripts", by: "EVALSHA"),
                Job("workers wait for jobs", by: "BRPOPLPUSH"),
                Job("events", by: "PSUBSCRIBE, SUBSCRIBE, PUBLISH"),
            ],
            source: "OptimalBits/bull lib/queue.js, lib/commands (2026)"),
        Framework(
            "BullMQ", .always, packages: .named("bullmq", "@nestjs/bullmq", in: .npm),
            jobs: [
                Job("jobs are added, taken and finished by scripts", by: "EVALSHA"),
                Job("workers wait for jobs", by: "BZPOPMIN"),
                Job("events", by: "XADD, XREAD"),
                Job("the server's version is asked for", by: "INFO"),
            ],
            source: "taskforcesh/bullmq src/classes/redis-connection.ts, src/commands (2026)"),
        Framework(
            "Bee-Queue", .always, packages: .named("bee-queue", in: .npm),
            jobs: [
                Job("jobs are added and stalled ones found by scripts", by: "SCRIPT LOAD, EVALSHA"),
                Job("workers wait for jobs", by: "BRPOPLPUSH"),
                Job("events", by: "SUBSCRIBE, PUBLISH"),
            ],
            source: "bee-queue/bee-queue lib/queue.js, lib/lua/index.js (2026)"),
        Framework(
            "Kue", .always, packages: .named("kue", in: .npm),
            jobs: [
                Job("workers wait for jobs", by: "BLPOP"),
                Job("events", by: "SUBSCRIBE, PUBLISH"),
                Job("stuck jobs are found", by: "EVALSHA"),
            ],
            works: "creating jobs", source: "Automattic/kue lib/queue/worker.js, lib/queue/events.js, lib/kue.js (2026)"
        ),
        Framework(
            "Socket.IO's Redis adapter", .always,
            packages: .named(
                "@socket.io/redis-adapter", "socket.io-redis", "@socket.io/redis-emitter", "socket.io-emitter", in: .npm
            ),
            jobs: [Job("servers tell each other of their messages", by: "PUBLISH, SUBSCRIBE, PSUBSCRIBE")],
            setting: "an adapter that is not Redis, such as the one for MongoDB or PostgreSQL",
            source: "socketio/socket.io-redis-adapter lib/index.ts (2026)"),
        Framework(
            "connect-redis", .always, packages: .named("connect-redis", in: .npm),
            jobs: [
                Job("sessions are read and written", by: "GET, SET, DEL, EXPIRE"),
                Job("store.all, store.length and store.clear", by: "SCAN"),
            ],
            works: "reading, writing, touching and destroying a session",
            source: "tj/connect-redis index.ts (2026)"),
        Framework(
            "rate-limiter-flexible", .ifConfigured, packages: .named("rate-limiter-flexible", in: .npm),
            jobs: [Job("every limit is counted by a script", by: "EVAL, EVALSHA")],
            setting: "a store that is not Redis",
            source: "animir/node-rate-limiter-flexible lib/RateLimiterRedis.js (2026)"),
        Framework(
            "rate-limit-redis", .always, packages: .named("rate-limit-redis", in: .npm),
            jobs: [Job("every limit is counted by a script", by: "SCRIPT LOAD, EVALSHA")],
            setting: "another store of express-rate-limit",
            source: "express-rate-limit/rate-limit-redis source/lib.ts (2026)"),
        Framework(
            "node-redlock", .always, packages: .named("redlock", in: .npm),
            jobs: [Job("locks are taken and released by scripts", by: "EVALSHA, EVAL")],
            setting: "SET key token NX PX, and WATCH, GET, MULTI, DEL, EXEC to release",
            source: "mike-marcacci/node-redlock src/index.ts (2026)"),
        Framework(
            "Keyv's Redis adapter", .always, packages: .named("@keyv/redis", in: .npm),
            jobs: [
                Job("values are read and written", by: "GET, SET"),
                Job("delete", by: "UNLINK"),
                Job("clear and iterator", by: "SCAN"),
            ],
            works: "get and set", setting: "useUnlink: false deletes with DEL",
            source: "jaredwray/keyv storage/redis/src/index.ts (2026)"),
        Framework(
            "RSMQ", .always, packages: .named("rsmq", in: .npm),
            jobs: [
                Job("messages are received by scripts", by: "SCRIPT LOAD, EVALSHA"),
                Job("messages are sent with the server's time", by: "TIME"),
            ],
            source: "smrchy/rsmq _src/index.ts (2026)"),
    ]
}
