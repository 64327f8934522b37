import Foundation
import SystemCalls
import Testing

@testable import Compatibility

/// A project of some files, in a folder of its own.
struct SampleProject {
    let folder: URL

    init(_ files: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "source-project-\(UUID().uuidString)")
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// `path:line COMMAND confidence` of all commands that the project sends, in order; the project is then deleted.
    func commands(threads: Int = 1) throws -> [String] {
        defer { try? FileManager.default.removeItem(at: folder) }
        let around = ProjectFolder.contents(around: [FilePath(folder.path())], inputs: [], FolderWalk.Choice())
        let project = SourceProject.read(
            around.files, ReceiverNames(), threads: threads, namesRedis: around.namesRedis)
        return try around.files.flatMap { file in
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.file.text)))
            let scan = bytes.withUnsafeBytes {
                project.scan($0, path: file.file.text, ReceiverNames())
            }
            return scan.commands.map { "\(file.name):\($0.place.line) \($0.name) \($0.confidence)" }
        }
    }
}

@Suite struct SourceProjectTests {
    @Test func `a client of another file is known where it is imported, with no word of Redis there`() throws {
        let project = try SampleProject([
            "db.py": "import redis\nclient = redis.Redis()\ndef get():\n    return redis.Redis()\n",
            "app/use.py": "from db import client, get\nclient.keys('*')\nget().flushdb()\n",
            "app/other.py": "client = make()\nclient.keys('*')\n",
        ])
        #expect(try project.commands() == ["app/use.py:2 KEYS high", "app/use.py:3 FLUSHDB high"])
    }

    @Test func `fields of structures are known in the package, and in no other`() throws {
        let go = "package p\nimport \"github.com/redis/go-redis/v9\"\ntype S struct { rdb *redis.Client }\n"
        let project = try SampleProject([
            "a/a.go": go,
            "a/b.go": "package p\nfunc (s *S) F() {\n s.rdb.Keys(ctx, \"*\")\n}\n",
            "b/b.go": "package q\ntype S struct { rdb *Other }\nfunc (s *S) F() {\n s.rdb.Keys(ctx, \"*\")\n}\n",
        ])
        #expect(try project.commands() == ["a/b.go:3 KEYS high"])
    }

    @Test func `fields and methods of a base class are those of its subclasses in other files`() throws {
        let project = try SampleProject([
            "p/Base.java":
                "import redis.clients.jedis.Jedis;\nclass Base { protected Jedis jedis; Jedis conn() { return jedis; } }\n",
            "p/Sub.java": "class Sub extends Base { void f() {\n jedis.keys(\"*\");\n conn().dbSize();\n } }\n",
        ])
        #expect(try project.commands() == ["p/Sub.java:2 KEYS high", "p/Sub.java:3 DBSIZE high"])
    }

    @Test func `a wrapper's closure is given what the wrapper calls it with`() throws {
        let project = try SampleProject([
            "A.java": """
            import redis.clients.jedis.*;
            class A {
              JedisPool pool;
              <R> R exec(java.util.function.Function<Jedis, R> f) { try (Jedis j = pool.getResource()) { return f.apply(j); } }
              void g() {
                exec(jedis -> jedis.randomKey());
                exec(Jedis::dbSize);
              }
            }
            """
        ])
        #expect(try project.commands() == ["A.java:6 RANDOMKEY high", "A.java:7 DBSIZE high"])
    }

    @Test func `a parameter without a type is what the project calls it with`() throws {
        let project = try SampleProject([
            "work.py": "def run(conn):\n    conn.keys('*')\n",
            "main.py": "import redis\nfrom work import run\nrun(redis.Redis())\n",
        ])
        #expect(try project.commands() == ["work.py:2 KEYS high"])
    }

    @Test func `a client does not fall out of all that the values of a large project may be`() throws {
        let others = (0..<40).map { "class Other\($0):\n    pass\nkeep(Other\($0)())\n" }.joined()
        let project = try SampleProject([
            "keep.py": "def keep(value):\n    value.flushall()\n",
            "others.py": "from keep import keep\n# no redis\n\(others)",
            "use.py": "import redis\nfrom keep import keep\nkeep(redis.Redis())\n",
        ])
        #expect(try project.commands() == ["keep.py:2 FLUSHALL high"])
    }

    @Test func `components of Vue that are given a client are given one under the same name everywhere`() throws {
        let telling = "this.client.hgetall(k); this.client.zcard(k)"
        func component(_ props: String, _ code: String) -> String {
            "<template>\n</template>\n<script>\nexport default {\n  props: \(props),\n  methods: { run(k) { \(code) } },\n}\n</script>\n"
        }
        let project = try SampleProject([
            "connect.js": "import Redis from 'ioredis'\nexport default () => new Redis()\n",
            "A.vue": component("['client', 'redisKey']", telling),
            "B.vue": component("{ client: Object, redis: String }", telling),
            "C.vue": component("[\"client\"]", "this.client.info(); this.other.info()"),
            "D.vue": component("['redisKey']", "this.client.info()"),
        ])
        #expect(
            try project.commands().filter { !$0.contains("HGETALL") && !$0.contains("ZCARD") } == [
                "C.vue:6 INFO high", "D.vue:6 INFO low",
            ])
    }

    @Test func `names of commands come through constants, loops and bound methods`() throws {
        let project = try SampleProject([
            "a.py": """
            import redis
            r = redis.Redis()
            KEYS = "KEYS"
            r.execute_command(KEYS, "*")
            for name in ("DBSIZE", "INFO"):
                r.execute_command(name)
            flush = r.flushdb
            flush()
            getattr(r, "randomkey")()
            """
        ])
        #expect(
            try project.commands() == [
                "a.py:4 KEYS high", "a.py:6 DBSIZE high", "a.py:6 INFO high", "a.py:8 FLUSHDB high",
                "a.py:9 RANDOMKEY high",
            ])
    }

    @Test func `PHP knows classes by their full names in all files, and forwards what a class does not know`() throws {
        let project = try SampleProject([
            "src/Store.php": """
            <?php
            namespace App;
            use Predis\\Client as Connection;
            class Store {
                public function __construct(private Connection $connection) {}
                public function __call($name, array $arguments) { return $this->connection->$name(...$arguments); }
                public function redis(): Connection { return $this->connection; }
            }
            """,
            "web/a.php":
                "<?php\nuse App\\Store;\nfunction f(Store $s) {\n $s->keys('*');\n $s->redis()->dbsize();\n}\n",
            "web/b.php": "<?php\nuse Other\\Store;\nfunction f(Store $s) {\n $s->keys('*');\n}\n",
            "web/c.php": "<?php\n$store = $container->get(\\App\\Store::class);\n$store->flushdb();\n",
        ])
        #expect(
            try project.commands() == [
                "web/a.php:4 KEYS high", "web/a.php:5 DBSIZE high", "web/c.php:3 FLUSHDB high",
            ])
    }

    @Test func `PHP's outermost variables are those of the files that include each other`() throws {
        let project = try SampleProject([
            "common.php": "<?php\n$client = new Redis();\nfunction client() { global $client; return $client; }\n",
            "page.php": "<?php\nrequire 'common.php';\n$client->keys('*');\nclient()->dbSize();\n",
            "inside.php": "<?php\nrequire 'common.php';\nfunction f() { $client->keys('*'); }\n",
            "other.php": "<?php\n$client->keys('*');\n",
        ])
        #expect(try project.commands() == ["page.php:3 KEYS high", "page.php:4 DBSIZE high"])
    }

    @Test func `the number of threads changes nothing`() throws {
        var files = ["db.py": "import redis\nclient = redis.Redis()\n"]
        for number in 0..<60 { files["m\(number).py"] = "from db import client\nclient.keys('\(number)')\n" }
        let alone = try SampleProject(files).commands()
        #expect(alone.count == 60)
        #expect(try SampleProject(files).commands(threads: 4) == alone)
    }
}

@Suite struct KeywordNameTests {
    /// How a client of a name is made and used, in each language.
    private static let programs: [(language: String, program: @Sendable (String) -> String)] = [
        ("python", { "import redis\n\($0) = redis.Redis()\n\($0).keys('*')\n" }),
        (
            "go",
            {
                "package p\nimport \"github.com/redis/go-redis/v9\"\n"
                    + "func f() {\n\($0) := redis.NewClient(nil)\n\($0).Keys(ctx, \"*\")\n}\n"
            }
        ),
        (
            "java",
            {
                "import redis.clients.jedis.*;\n"
                    + "class A { void f() { Jedis \($0) = new Jedis(); \($0).keys(\"*\"); } }\n"
            }
        ),
        (
            "kotlin",
            {
                "import redis.clients.jedis.*\n"
                    + "class A { fun f() { val \($0): Jedis = Jedis(\"h\")\n \($0).keys(\"*\") } }\n"
            }
        ),
        (
            "csharp",
            {
                "using FreeRedis;\n"
                    + "class A { void F() { RedisClient \($0) = new RedisClient(); \($0).Keys(\"*\"); } }\n"
            }
        ),
        ("php", { "<?php\n$\($0) = new Redis();\n$\($0)->keys('*');\n" }),
        ("lua", { "local redis = require 'resty.redis'\nlocal \($0) = redis:new()\n\($0):keys('*')\n" }),
        (
            "c",
            { "#include <sw/redis++/redis++.h>\nvoid f() { Redis \($0)(\"x\"); \($0).keys(\"*\"); }\n" }
        ),
        (
            "cpp",
            { "#include <sw/redis++/redis++.h>\nvoid f() { sw::redis::Redis \($0)(\"x\"); \($0).keys(\"*\"); }\n" }
        ),
        (
            "rust",
            { "fn f() { let mut \($0) = redis::Client::open(\"x\").unwrap().get_connection(); \($0).keys(\"*\"); }\n" }
        ),
    ]

    @Test(arguments: programs.map(\.language))
    func `each keyword of every other language is found as the name of a client`(language: String) throws {
        let program = try #require(Self.programs.first { $0.language == language }).program
        let dialect = try #require(DialectList.index(ofName: language))
        // Rust has words that are no keywords of the reader, and cannot be names either.
        let own = Set(DialectList.all[dialect].facts.keywords + (language == "rust" ? ["self", "None"] : []))
        for word in Set(DialectList.all.flatMap { $0.facts.keywords }).subtracting(own).sorted() {
            let bytes = Array(program(word).utf8)
            let found = bytes.withUnsafeBytes { raw in
                SourceProject.read(raw, name: "file", dialect: dialect).scan(raw, path: "file", ReceiverNames())
                    .commands
            }
            #expect(found.map(\.name) == ["KEYS"], "\(word) in \(language)")
        }
    }

    @Test func `a function that passes a format on is told where it is called, through a header and a macro`() throws {
        let project = try SampleProject([
            "store.h": """
            #include <hiredis/hiredis.h>
            #define ASK(s, ...) ask((s), __VA_ARGS__)
            #define ALL "KEYS *"
            redisReply *ask(struct store *s, const char *format, ...);
            """,
            "store.c": """
            #include "store.h"
            redisReply *ask(struct store *s, const char *format, ...) {
                return redisvCommand(s->context, format, list);
            }
            """,
            "main.c": """
            #include "store.h"
            int main(void) {
                ask(store, "RENAME %s %s", a, b);
                ask(store, ALL);
            }
            """,
        ])
        #expect(try project.commands() == ["main.c:3 RENAME high", "main.c:4 KEYS high"])
    }

    @Test func `fields, traits and functions of other files are known in Rust`() throws {
        let project = try SampleProject([
            "src/store.rs": """
            use redis::aio::ConnectionManager;
            pub struct Store { pub con: ConnectionManager }
            pub fn connect(url: &str) -> redis::Connection { redis::Client::open(url).unwrap().get_connection().unwrap() }
            """,
            "src/work.rs": """
            use crate::store::{connect, Store};
            pub async fn run(store: &Store) {
                store.con.clone().flushall().await.unwrap();
                connect("x").dbsize();
            }
            """,
        ])
        #expect(try project.commands() == ["src/work.rs:3 FLUSHALL high", "src/work.rs:4 DBSIZE high"])
    }

    @Test func `a Lua module is what its file returns, and its methods are called on tables with its metatable`() throws
    {
        let project = try SampleProject([
            "lib/db.lua": """
            local redis = require "resty.redis"
            local M = {}
            function M.new() local red = redis:new(); return red, nil end
            return M
            """,
            "lib/store.lua": """
            local M = {}
            function M.sweep(self, red, pattern) return red:keys(pattern) end
            function M.count(self) return self.client:dbsize() end
            return M
            """,
            "lib/limit.lua": """
            local store, db = require("lib.store"), require("lib.db")
            local M = {}
            local mt = { __index = M }
            function M.new() local self = { store = store }; return setmetatable(self, mt) end
            function M:run()
              self.client = db.new()
              store.count(self)
              return self.store:sweep(self.client, "*")
            end
            return M
            """,
        ])
        #expect(try project.commands() == ["lib/store.lua:2 KEYS high", "lib/store.lua:3 DBSIZE high"])
    }
}
