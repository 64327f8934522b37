import Testing

@testable import Compatibility

@Suite struct LibraryGreetingTests {
    private static let sources: [(library: String, name: String, text: String, line: Int, commands: String?)] = [
        ("redis-py", "a.py", "import os\nimport redis\n", 2, "CLIENT SETINFO (since 5.0)"),
        (
            "redis-py", "b.py", "from redis.asyncio import Redis\n", 1, "CLIENT SETINFO (since 5.0)"
        ),
        (
            "jedis", "A.java", "package a;\nimport redis.clients.jedis.Jedis;\n", 2,
            "CLIENT SETINFO (since 4.4.5 and 5.0.1)"
        ),
        ("lettuce", "B.java", "import io.lettuce.core.RedisClient;\n", 1, "HELLO and CLIENT SETINFO"),
        (
            "spring-data-redis", "C.kt", "import org.springframework.data.redis.core.RedisTemplate\n", 1,
            "HELLO and CLIENT SETINFO"
        ),
        (
            "go-redis", "a.go", "package a\n\nimport \"github.com/redis/go-redis/v9\"\n", 3,
            "HELLO (since 9.0) and CLIENT SETINFO"
        ),
        ("ioredis", "a.ts", "import Redis from 'ioredis'\n", 1, "CLIENT SETINFO and HELLO (since 6.0)"),
        ("node-redis", "b.js", "const redis = require('redis')\n", 1, "CLIENT SETINFO"),
        (
            "predis", "a.php", "<?php\nuse Predis\\Client;\n", 2,
            "HELLO (since 3.0), CLIENT SETNAME (since 3.0) and CLIENT SETINFO (since 3.0)"
        ),
        ("redis-rb", "a.rb", "require 'redis'\n", 1, "HELLO (since 6.0) and CLIENT SETINFO (since 6.0)"),
        (
            "StackExchange.Redis", "A.cs", "using StackExchange.Redis;\n", 1,
            "CLIENT SETNAME, CLIENT SETINFO, CLIENT ID, CONFIG GET, INFO and CLUSTER NODES"
        ),
        ("phpredis", "b.php", "<?php\n$redis = new Redis();\n$redis->get('k');\n", 2, nil),
        ("none", "c.py", "import os\nr = os.environ\n", 1, nil),
    ]

    @Test(arguments: sources.indices) func `A library's greeting is noted where the source imports it`(
        index: Int
    ) throws {
        let source = Self.sources[index]
        let file = TemporaryFile(source.text, name: source.name)
        let notes = Linter(LintOptions()).run([file.path]).findings.filter { $0.rule == .libraryHandshake }
        guard let commands = source.commands else { return #expect(notes.isEmpty, "\(notes)") }
        let note = try #require(notes.first, "nothing is said of \(source.library)")
        #expect(notes.count == 1)
        #expect(note.library == source.library)
        #expect(note.severity == .note)
        #expect(note.first.line == source.line)
        #expect(note.message.hasPrefix("\(source.library) sends \(commands) at connection, "), "\(note.message)")
        #expect(note.excerpt != nil)
    }

    @Test(arguments: [1, 4]) func `A library is named once a run, at its first place`(threads: Int) throws {
        var options = LintOptions()
        options.threads = threads
        let files = (0..<40).map { TemporaryFile("\n\nimport redis  # \($0)\nr = redis.Redis()\n", name: "f\($0).py") }
        let other = TemporaryFile("import Redis from 'ioredis'\n", name: "a.js")
        let result = Linter(options).run(files.map(\.path) + [other.path])
        let notes = result.findings.filter { $0.rule == .libraryHandshake }
        #expect(notes.map(\.library) == ["redis-py", "ioredis"])
        #expect(notes.map(\.count) == [40, 1])
        #expect(notes.first?.first.path == files.first?.path)
        #expect(notes.first?.last.path == files.last?.path)
    }
}
