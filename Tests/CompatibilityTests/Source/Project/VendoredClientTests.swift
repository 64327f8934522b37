import Testing

@testable import Compatibility

@Suite struct VendoredClientTests {
    @Test func `a library's own source in the project does not hide its table`() throws {
        let project = try SampleProject([
            "lualib/skynet/db/redis.lua": """
            local redis = {}
            function redis.connect(conf) return setmetatable({}, {}) end
            return redis
            """,
            "service/store.lua": """
            local redis = require "skynet.db.redis"
            local function open()
              local db = redis.connect { host = "127.0.0.1" }
              db:keys("*")
              local watch = redis.watch { host = "127.0.0.1" }
              watch:subscribe("news")
            end
            """,
        ])
        #expect(try project.commands() == ["service/store.lua:4 KEYS high", "service/store.lua:6 SUBSCRIBE high"])
    }

    @Test func `a module that makes the methods of a client as they are asked for is one`() throws {
        let project = try SampleProject([
            "lib/myredis.lua": """
            -- A client of Redis.
            local client = {}
            local commands = setmetatable({}, { __index = function(all, name)
              local command = string.upper(name)
              all[name] = function(self, ...) return self.socket:send(command, ...) end
              return all[name]
            end })
            function client.connect(conf) return setmetatable({ socket = conf }, { __index = commands }) end
            return client
            """,
            "lib/redis_names.lua": """
            local names = {}
            function names.connect(conf) return names end
            return names
            """,
            "use.lua": """
            local redis = require "lib.myredis"
            local names = require "lib.redis_names"
            local db = redis.connect({})
            db:flushall()
            names.connect():keys("*")
            """,
        ])
        #expect(try project.commands() == ["use.lua:4 FLUSHALL high"])
    }

    @Test func `a Go package is known by its name, whatever its folder is called`() throws {
        let project = try SampleProject([
            "internal/util/redis.go": """
            package cache
            import "github.com/redis/go-redis/v9"
            var Client *redis.Client
            """,
            "main.go": """
            package main
            import "example.com/app/internal/util"
            func run() { cache.Client.Keys(ctx, "*") }
            """,
        ])
        #expect(try project.commands() == ["main.go:3 KEYS high"])
    }

    @Test func `a command of go-redis is made of its words`() throws {
        let project = try SampleProject([
            "main.go": """
            package main
            import "github.com/redis/go-redis/v9"
            func run(client *redis.Client) {
            \tclient.Process(ctx, redis.NewIntCmd(ctx, "dbsize"))
            \tcmd := redis.NewStringCmd(ctx, "client", "getname")
            \tclient.Process(ctx, cmd)
            \t_ = redis.NewStringCmd(ctx)
            }
            """
        ])
        #expect(try project.commands() == ["main.go:4 DBSIZE high", "main.go:5 CLIENT high"])
    }

    @Test func `a pool of Rust lends what its argument says`() throws {
        let project = try SampleProject([
            "pools.rs": """
            struct Pools { a: bb8::Pool<bb8_redis::RedisConnectionManager>, b: r2d2::Pool<redis::Client> }
            impl Pools {
                async fn names(&self) {
                    let mut a = self.a.get().await.unwrap();
                    let names: Vec<String> = a.keys("*").await?;
                    let mut b = self.b.get()?;
                    let _: () = b.set_options("k", "v", SetOptions::default().with_expiration(SetExpiry::KEEPTTL))?;
                }
            }
            """,
            "managed.rs": """
            struct Manager { client: redis::Client }
            impl managed::Manager for Manager { type Type = redis::aio::MultiplexedConnection; type Error = Failure; }
            struct Store { pool: managed::Pool<Manager> }
            impl Store {
                async fn send(&self) { self.pool.get().await?.publish("a", "b").await; }
            }
            """,
            "kiss.rs": """
            use redis_kiss::{get_connection, AsyncCommands};
            async fn news() {
                redis_kiss::publish("a", "b").await;
                let mut connection = get_connection().await.unwrap();
                connection.keys("*").await;
            }
            """,
            "fred.rs": """
            use fred::prelude::*;
            async fn store(client: &Client) {
                client.set("k", "v", Some(Expiration::KEEPTTL), None, false).await;
                client.custom(CustomCommand::new_static("KEYS", None, false), vec!["*"]).await;
            }
            """,
        ])
        let found = try project.commands()
        #expect(
            found == [
                "fred.rs:3 SET high", "fred.rs:4 KEYS high", "kiss.rs:3 PUBLISH high", "kiss.rs:5 KEYS high",
                "managed.rs:5 PUBLISH high",
                "pools.rs:5 KEYS high", "pools.rs:7 SET high",
            ])
    }

    @Test func `Spring's executor of scripts sends EVALSHA, and EVAL where the script is not known`() throws {
        let project = try SampleProject([
            "Scripts.java": """
            import org.springframework.data.redis.core.script.DefaultScriptExecutor;
            class Scripts {
                private DefaultScriptExecutor<String> executor;
                void run(RedisScript<Long> script) { executor.execute(script, keys, "a"); }
            }
            """
        ])
        #expect(try project.commands() == ["Scripts.java:4 EVALSHA high", "Scripts.java:4 EVAL high"])
    }
}
