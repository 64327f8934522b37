extension Framework {
    /// Frameworks of .NET.
    static let dotNet = [
        Framework(
            "Hangfire.Redis", .always,
            packages: .named("Hangfire.Redis.StackExchange", in: .nuget),
            jobs: [
                Job("jobs are enqueued and taken", by: "RPOPLPUSH, LPUSH, HMSET"),
                Job("workers hear of new jobs", by: "PUBLISH, SUBSCRIBE"),
            ],
            works: "taking jobs when a worker polls (FetchTimeout)",
            source: "marcoCasamento/Hangfire.Redis.StackExchange RedisSubscription.cs, RedisFetchedJob.cs (2026)"),
        Framework(
            "CAP", .always, packages: .named("DotNetCore.CAP.RedisStreams", in: .nuget),
            jobs: [Job("messages are sent and received by streams", by: "XADD, XREADGROUP, XGROUP CREATE")],
            setting: "another transport, such as RabbitMQ",
            source: "dotnetcore/CAP src/DotNetCore.CAP.RedisStreams (2026)"),
        Framework(
            "DistributedLock.Redis", .always, packages: .named("DistributedLock.Redis", in: .nuget),
            jobs: [Job("locks are released and extended by scripts", by: "EVAL, EVALSHA")],
            works: "taking a mutex, which then ends with its time",
            source: "madelson/DistributedLock src/DistributedLock.Redis/Primitives (2026)"),
        Framework(
            "RedLock.net", .always, packages: .named("RedLock.net", in: .nuget),
            jobs: [Job("locks are released and extended by scripts", by: "EVAL, EVALSHA")],
            works: "taking a lock, which then ends with its time",
            source: "samcook/RedLock.net RedLockNet.SERedis/RedLock.cs (2026)"),
        Framework(
            "SignalR's Redis backplane", .always,
            packages: .named("Microsoft.AspNetCore.SignalR.StackExchangeRedis", in: .nuget),
            jobs: [Job("servers tell each other of their messages", by: "PUBLISH, SUBSCRIBE")],
            source: "dotnet/AspNetCore.Docs aspnetcore/signalr/redis-backplane.md (2019)"),
    ]
}
