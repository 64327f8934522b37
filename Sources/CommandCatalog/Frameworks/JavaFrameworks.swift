extension Framework {
    /// Frameworks of Java and Kotlin.
    static let java = [
        Framework(
            "Redisson", .always,
            packages: .named("org.redisson:redisson", "org.redisson:redisson-spring-boot-starter", in: .maven),
            jobs: [
                Job("locks, maps, queues and most other objects work by scripts", by: "EVAL"),
                Job("waiting for a lock, and topics", by: "SUBSCRIBE, PUBLISH"),
            ],
            works: "plain reads and writes of RBucket",
            source:
                "redisson/redisson redisson/src/main/java/org/redisson/RedissonLock.java, RedissonBucket.java (2026)"),
        Framework(
            "Spring Session", .always,
            packages: .named("org.springframework.session:spring-session-data-redis", in: .maven),
            jobs: [
                Job("sessions are read and written", by: "HGETALL, HMSET, EXPIRE, DEL"),
                Job("a session's id changes, as it does at login", by: "RENAME"),
                Job("indexed sessions and their events", by: "PUBLISH, PSUBSCRIBE, CONFIG GET, CONFIG SET"),
            ],
            works: "creating, reading and saving sessions with the default repository",
            setting: "ConfigureRedisAction.NO_OP against CONFIG; session fixation protection 'none' against RENAME",
            source: "spring-projects/spring-session spring-session-data-redis RedisSessionRepository.java (2026)"),
        Framework(
            "ShedLock", .always,
            packages: .named(
                "net.javacrumbs.shedlock:shedlock-provider-redis-spring",
                "net.javacrumbs.shedlock:shedlock-provider-redis-jedis4",
                "net.javacrumbs.shedlock:shedlock-provider-redis-jedis",
                "net.javacrumbs.shedlock:shedlock-provider-redis-lettuce", in: .maven),
            jobs: [Job("locks are released and extended by scripts", by: "EVAL")],
            works: "taking a lock, which then ends with its time", setting: "a provider that is not Redis",
            source: "lukas-krecan/ShedLock providers/redis/shedlock-support-redis InternalRedisLockProvider.java (2026)"
        ),
        Framework(
            "Bucket4j", .always,
            packages: .named(
                "com.bucket4j:bucket4j-redis", "com.bucket4j:bucket4j_jdk17-redis-common",
                "com.bucket4j:bucket4j_jdk17-jedis", "com.bucket4j:bucket4j_jdk17-lettuce",
                "com.bucket4j:bucket4j_jdk17-redisson", in: .maven),
            jobs: [Job("every limit is counted by a script", by: "EVAL")], setting: "a back end that is not Redis",
            source: "bucket4j/bucket4j bucket4j-redis (2026)"),
        Framework(
            "Spring Cloud Gateway", .ifConfigured,
            packages: .named("org.springframework.cloud:spring-cloud-starter-gateway", in: .maven),
            jobs: [
                Job("the filter RequestRateLimiter counts by a script", by: "EVALSHA")
            ],
            works: "everything but that filter", setting: "a RateLimiter of its own in place of RedisRateLimiter",
            source: "spring-cloud/spring-cloud-gateway GatewayRedisAutoConfiguration.java (2026)"),
        Framework(
            "Spring Integration", .always,
            packages: .named("org.springframework.integration:spring-integration-redis", in: .maven),
            jobs: [
                Job("RedisLockRegistry takes locks by scripts", by: "EVALSHA"),
                Job("channels", by: "PUBLISH, SUBSCRIBE"),
            ],
            works: "RedisMetadataStore", source: "spring-projects/spring-integration spring-integration-redis (2026)"),
    ]
}
