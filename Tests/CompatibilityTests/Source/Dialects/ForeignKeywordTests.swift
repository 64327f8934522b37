import Foundation
import Testing

@testable import Compatibility

/// Programs whose clients have the names of other languages' keywords.
private struct KeywordProgram {
    let language: String
    let fileName: String
    /// What comes before and after all functions.
    let head: String
    let tail: String
    /// A function of three lines with a client and, in its third line, one refused command; NAME and NUMBER are put in.
    let function: String
    /// What is no name in the language although ``DialectFacts/keywords`` lacks it: literals, `this` and the like.
    let reserved: Set<String>

    static let all: [KeywordProgram] = [
        .init(
            language: "python", fileName: "a.py", head: "import redis\n", tail: "",
            function: "def f_NUMBER():\n    NAME = redis.Redis()\n    NAME.keys('*')\n",
            reserved: []),
        .init(
            language: "go", fileName: "a.go", head: "package p\nimport \"github.com/redis/go-redis/v9\"\n", tail: "",
            function: "func f_NUMBER() {\n NAME := redis.NewClient(nil)\n NAME.Keys(ctx, \"*\")\n}\n", reserved: []),
        .init(
            language: "java", fileName: "A.java", head: "import redis.clients.jedis.Jedis;\nclass A {\n", tail: "}\n",
            function: "void f_NUMBER() {\n Jedis NAME = new Jedis(\"h\");\n NAME.keys(\"*\");\n}\n", reserved: []),
        .init(
            language: "javascript", fileName: "a.js", head: "import Redis from 'ioredis';\n", tail: "",
            function: "function f_NUMBER() {\n const NAME = new Redis();\n NAME.keys('*');\n}\n", reserved: []),
        .init(
            language: "typescript", fileName: "a.ts", head: "import Redis from 'ioredis';\n", tail: "",
            function: "function f_NUMBER() {\n const NAME: Redis = new Redis();\n NAME.keys('*');\n}\n", reserved: []),
        .init(
            language: "csharp", fileName: "A.cs", head: "using StackExchange.Redis;\nclass A {\n", tail: "}\n",
            function: "void f_NUMBER(IServer given) {\n IServer NAME = given;\n NAME.FlushAllDatabases();\n}\n",
            reserved: []),
        .init(
            language: "kotlin", fileName: "a.kt", head: "import redis.clients.jedis.Jedis\n", tail: "",
            function: "fun f_NUMBER() {\n val NAME = Jedis(\"h\")\n NAME.keys(\"*\")\n}\n", reserved: []),
        .init(
            language: "php", fileName: "a.php", head: "<?php\nuse Predis\\Client;\n", tail: "",
            function: "function f_NUMBER() {\n $NAME = new Client();\n $NAME->keys('*');\n}\n", reserved: ["this"]),
        .init(
            language: "ruby", fileName: "a.rb", head: "require 'redis'\n", tail: "",
            function: "def f_NUMBER\n  NAME = Redis.new\n  NAME.keys('*')\nend\n", reserved: []),
        .init(
            language: "lua", fileName: "a.lua", head: "local redis = require 'resty.redis'\n", tail: "",
            function: "function f_NUMBER()\n local NAME = redis:new()\n NAME:keys('*')\nend\n", reserved: []),
        .init(
            language: "c", fileName: "a.c", head: "#include <hiredis/hiredis.h>\n", tail: "",
            function:
                "void f_NUMBER(void) {\n redisContext *NAME = redisConnect(\"h\", 1);\n redisCommand(NAME, \"KEYS *\");\n}\n",
            reserved: []),
        .init(
            language: "cpp", fileName: "a.cpp", head: "#include <sw/redis++/redis++.h>\n", tail: "",
            function: "void f_NUMBER() {\n sw::redis::Redis NAME(\"tcp://h\");\n NAME.flushall();\n}\n", reserved: []),
        .init(
            language: "rust", fileName: "a.rs", head: "use redis::Commands;\n", tail: "",
            function:
                "fn f_NUMBER(given: redis::Connection) {\n let mut NAME = given;\n let _: () = NAME.keys(\"*\").unwrap();\n}\n",
            reserved: ["self"]),
    ]

    /// Words of languages that have no dialect, as shells, and names that programs like to give.
    private static let others = [
        "fi", "esac", "done", "then", "until", "select", "lock", "match", "begin", "end", "print", "using", "with",
        "not",
        "object", "type", "data", "record", "when", "local", "module", "let", "val", "def", "trait", "actor", "my",
        "sub",
    ]

    /// The keywords of all other languages that are names in this one.
    func names() throws -> [String] {
        let own = try #require(DialectList.index(ofName: language))
        var names = Set(Self.others)
        for (index, dialect) in DialectList.all.enumerated() where index != own {
            names.formUnion(dialect.facts.keywords)
        }
        let isName: (String) -> Bool = { name in
            name != "_" && name.utf8.allSatisfy { $0 == 95 || (97...122).contains($0) }
        }
        // The variables of PHP begin with a dollar sign, so its keywords are names too.
        let mine = language == "php" ? [] : DialectList.all[own].facts.keywords
        return names.subtracting(mine).subtracting(reserved).filter(isName).sorted()
    }
}

@Suite struct ForeignKeywordTests {
    @Test func `every language that is read is tried`() {
        let tried = Set(KeywordProgram.all.map(\.language))
        // Templates of Ruby have Ruby's names.
        #expect(Set(DialectList.all.map { $0.facts.name }).subtracting(tried).count <= 1)
    }

    @Test(arguments: KeywordProgram.all.map(\.language))
    func `a client with the name of another language's keyword is found`(language: String) throws {
        let program = try #require(KeywordProgram.all.first { $0.language == language })
        let names = try program.names()
        #expect(names.count > 60)
        let start = program.head.utf8.count { $0 == 10 }
        let height = program.function.utf8.count { $0 == 10 }
        var text = program.head
        for (number, name) in names.enumerated() {
            text += program.function.replacing("NUMBER", with: "\(number)").replacing("NAME", with: name)
        }
        text += program.tail
        let dialect = try #require(DialectList.index(ofName: language))
        let lines = Array(text.utf8).withUnsafeBytes { bytes in
            SourceProject.read(bytes, name: program.fileName, dialect: dialect)
                .scan(bytes, path: program.fileName, ReceiverNames()).commands.map(\.place.line)
        }
        let missed = names.indices.filter { !lines.contains(start + $0 * height + 3) }.map { names[$0] }
        #expect(missed.isEmpty, "\(language) does not find clients called \(missed.joined(separator: ", "))")
        #expect(lines.count == names.count - missed.count, "one finding each and no other")
    }
}
