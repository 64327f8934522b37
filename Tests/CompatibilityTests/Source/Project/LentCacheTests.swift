import Testing

@testable import Compatibility

/// Caches of frameworks that send commands of Redis only where the project gives them to Redis.
@Suite struct LentCacheTests {
    private let service = """
        package p;
        import org.springframework.cache.annotation.*;
        @CacheConfig(cacheNames = "users")
        class Service {
            @Cacheable("users") String find(String id) { return id; }
            @CacheEvict(value = "users", allEntries = true) void clear() { }
            @CacheEvict(value = "users", key = "#id") void remove(String id) { }
            @CacheEvict(value = "users", allEntries = false) void removeOne() { }
            @Caching(evict = {
                @CacheEvict(value = "a", allEntries = true),
                @CacheEvict(cacheNames = {"b", "c"}, beforeInvocation = true, allEntries = true),
                @CacheEvict(value = "d", key = "'x'")
            })
            void several() { }
        }
        """

    @Test func `all entries of a cache are listed where Redis keeps Spring's cache`() throws {
        let project = try SampleProject([
            "p/Service.java": service,
            "q/Configuration.java": """
            import org.springframework.data.redis.cache.RedisCacheManager;
            class Configuration { }
            """,
            "q/Other.kt": """
            package q
            import org.springframework.cache.annotation.CacheEvict
            import org.springframework.cache.annotation.Caching
            class Other {
                @CacheEvict(value = ["x"], allEntries = true)
                fun clear() {}
                @Caching(evict = [CacheEvict("y", allEntries = true), CacheEvict("z", key = "#id")])
                fun several(id: String) {}
                @org.springframework.cache.annotation.CacheEvict("x", key = "#id")
                fun one(id: String) {}
            }
            """,
        ])
        #expect(
            try project.commands() == [
                "p/Service.java:6 KEYS high", "p/Service.java:10 KEYS high", "p/Service.java:11 KEYS high",
                "q/Other.kt:5 KEYS high", "q/Other.kt:7 KEYS high",
            ])
    }

    @Test func `a project that has a client of Spring's keeps its cache in Redis in all likelihood`() throws {
        let project = try SampleProject([
            "p/Service.java": service,
            "q/Use.java": "import org.springframework.data.redis.core.StringRedisTemplate;\nclass Use { }\n",
        ])
        #expect(
            try project.commands() == [
                "p/Service.java:6 KEYS low", "p/Service.java:10 KEYS low", "p/Service.java:11 KEYS low",
            ])
    }

    @Test func `a project without Redis is silent, and a single file is a guess`() throws {
        let project = try SampleProject([
            "p/Service.java": service,
            "q/Use.java": "import com.github.benmanes.caffeine.cache.Cache;\nclass Use { Cache cache; }\n",
        ])
        #expect(try project.commands() == [])
        let alone = try SampleProject(["p/Service.java": service])
        #expect(try alone.commands().first == "p/Service.java:6 KEYS low")
    }

    @Test(
        "a build or setting that speaks of Redis may give it the cache, though no source does",
        arguments: [
            ("pom.xml", "<artifactId>spring-boot-starter-data-redis</artifactId>"),
            ("build.gradle.kts", "implementation(\"org.springframework.boot:spring-boot-starter-data-redis\")"),
            ("src/main/resources/application-prod.yml", "spring:\n  cache:\n    type: redis\n"),
        ])
    func build(_ name: String, _ text: String) throws {
        let project = try SampleProject([
            name: text, "p/Service.java": service, "p/Other.java": "class Other { java.util.Map keys; }\n",
        ])
        #expect(
            try project.commands() == [
                "p/Service.java:6 KEYS low", "p/Service.java:10 KEYS low", "p/Service.java:11 KEYS low",
            ])
    }

    @Test func `an annotation of another library is none of Spring's`() throws {
        let project = try SampleProject([
            "p/Service.java": """
            package p;
            import com.example.CacheEvict;
            class Service { @CacheEvict(allEntries = true) void clear() { } }
            """,
            "q/Configuration.java":
                "import org.springframework.data.redis.cache.RedisCacheManager;\nclass Configuration { }\n",
        ])
        #expect(try project.commands() == [])
    }

    @Test func `Micronaut's and Quarkus' caches list their entries to let go of all`() throws {
        let project = try SampleProject([
            "m/Service.java": """
            package m;
            import io.micronaut.cache.annotation.*;
            class Service {
                @CacheInvalidate(cacheNames = "a", all = true) void clear() { }
                @CacheInvalidate("a") void one(String key) { }
            }
            """,
            "m/Use.java": """
            package m;
            import io.lettuce.core.api.StatefulRedisConnection;
            class Use {
                @jakarta.inject.Inject StatefulRedisConnection<String, String> connection;
                void names() { connection.sync().keys("*"); }
            }
            """,
            "q/Service.java": """
            package q;
            import io.quarkus.cache.CacheInvalidateAll;
            import io.quarkus.redis.datasource.RedisDataSource;
            class Service {
                @CacheInvalidateAll(cacheName = "a")
                @CacheInvalidateAll(cacheName = "b")
                void clear() { }
            }
            """,
        ])
        #expect(
            try project.commands() == [
                "m/Service.java:4 SCAN low", "m/Use.java:5 KEYS high",
                "q/Service.java:5 SCAN low", "q/Service.java:6 SCAN low",
            ])
    }

    private let views = """
        from django.core.cache import cache, caches
        def clear(prefix):
            cache.set(prefix, 1)
            cache.delete_pattern(prefix + "*")
            cache.keys("*")
            for key in cache.iter_keys("a*"):
                cache.ttl(key)
            caches["default"].delete_pattern("*")
            cache.incr("visits")
            cache.clear()
        """

    @Test func `Django's cache lists keys where the settings give it to django-redis`() throws {
        let project = try SampleProject([
            "app/views.py": views,
            "settings.py": """
            CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://localhost"}}
            """,
        ])
        #expect(
            try project.commands() == [
                "app/views.py:4 SCAN high", "app/views.py:4 DEL high", "app/views.py:5 KEYS high",
                "app/views.py:6 SCAN high", "app/views.py:8 SCAN high", "app/views.py:8 DEL high",
                "app/views.py:9 EVAL high", "app/views.py:10 FLUSHDB high",
            ])
    }

    @Test func `Django's cache of another kind sends nothing`() throws {
        let project = try SampleProject([
            "app/views.py": views,
            "app/use.py": "import redis\nclient = redis.Redis()\n",
            "settings.py": """
            KNOWN = ["django_redis.cache.RedisCache"]
            CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
            """,
        ])
        #expect(try project.commands() == [])
    }
}
