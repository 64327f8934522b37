import Testing

@testable import Compatibility

/// A program of one language that is as long as wanted; NEXT and LAST are numbers.
private struct LongProgram {
    let language: String
    let head: String
    let tail: String
    /// A name that is given the value of the one before it, the first of them, and the last one's command.
    let alias: String
    let first: String
    let use: String
    let function: String
    /// A class, one of its fields, and the command that the last of them sends.
    let fields: String
    let field: String
    let useOfField: String
    let call: String

    static let all: [LongProgram] = [
        .init(
            language: "python", head: "import redis\nr=redis.Redis()\n", tail: "",
            alias: "aNEXT=aLAST\n",
            first: "a0=r\n", use: "aLAST.keys(\"*\")\n",
            function: "def fNEXT(c):\n    return c\n",
            fields: "class A:\n  def __init__(self):\n", field: "    self.fNEXT=r\n",
            useOfField: "  def g(self):\n    self.fLAST.keys(\"*\")\n", call: "r.keys(\"*\")\n"),
        .init(
            language: "java", head: "import redis.clients.jedis.Jedis;\nclass A{ Jedis r;\n void m(){\n", tail: "}}\n",
            alias: "Jedis aNEXT=aLAST;\n",
            first: "Jedis a0=r;\n", use: "aLAST.keys(\"*\");\n",
            function: "}\nJedis fNEXT(Jedis c){ return c; \n",
            fields: "}\n", field: "Jedis fNEXT;\n",
            useOfField: "void g(){ fLAST.keys(\"*\");\n", call: "r.keys(\"*\");\n"),
        .init(
            language: "kotlin", head: "import redis.clients.jedis.Jedis\nclass A(val r: Jedis){\n fun m(){\n",
            tail: "}}\n",
            alias: "val aNEXT=aLAST\n",
            first: "val a0=r\n", use: "aLAST.keys(\"*\")\n",
            function: "}\nfun fNEXT(c: Jedis): Jedis { return c \n",
            fields: "}\n", field: "val fNEXT: Jedis = r\n",
            useOfField: "fun g(){ fLAST.keys(\"*\")\n", call: "r.keys(\"*\")\n"),
        .init(
            language: "go", head: "package p\nimport \"github.com/redis/go-redis/v9\"\nfunc m(r *redis.Client){\n",
            tail: "}\n",
            alias: "aNEXT := aLAST\n",
            first: "a0 := r\n", use: "aLAST.Keys(ctx,\"*\")\n",
            function: "}\nfunc fNEXT(c *redis.Client) *redis.Client { return c \n",
            fields: "}\ntype S struct {\n", field: "fNEXT *redis.Client\n",
            useOfField: "}\nfunc (s *S) g(){ s.fLAST.Keys(ctx,\"*\")\n", call: "r.Keys(ctx,\"*\")\n"),
        .init(
            language: "javascript", head: "const Redis=require(\"ioredis\");\nconst r=new Redis();\n", tail: "",
            alias: "const aNEXT=aLAST;\n",
            first: "const a0=r;\n", use: "aLAST.keys(\"*\");\n",
            function: "function fNEXT(c){ return c; }\n",
            fields: "class A{ constructor(){\n", field: "this.fNEXT=r;\n",
            useOfField: "}\n g(){ this.fLAST.keys(\"*\"); } }\n", call: "r.keys(\"*\");\n"),
        .init(
            language: "typescript", head: "import Redis from \"ioredis\";\nconst r=new Redis();\n", tail: "",
            alias: "const aNEXT=aLAST;\n",
            first: "const a0=r;\n", use: "aLAST.keys(\"*\");\n",
            function: "function fNEXT(c: Redis): Redis { return c; }\n",
            fields: "class A{ \n", field: "fNEXT: Redis;\n",
            useOfField: "\n g(){ this.fLAST.keys(\"*\"); } }\n", call: "r.keys(\"*\");\n"),
        .init(
            language: "php", head: "<?php\nuse Predis\\Client;\n$r=new Client();\n", tail: "",
            alias: "$aNEXT=$aLAST;\n",
            first: "$a0=$r;\n", use: "$aLAST->keys(\"*\");\n",
            function: "function fNEXT($c){ return $c; }\n",
            fields: "class A{\n", field: "private Client $fNEXT;\n",
            useOfField: "\n function g(){ $this->fLAST->keys(\"*\"); } }\n", call: "$r->keys(\"*\");\n"),
        .init(
            language: "ruby", head: "require \"redis\"\nr=Redis.new\n", tail: "",
            alias: "aNEXT=aLAST\n",
            first: "a0=r\n", use: "aLAST.keys(\"*\")\n",
            function: "def fNEXT(c)\n c\nend\n",
            fields: "class A\ndef initialize(r)\n r=Redis.new\n", field: "@fNEXT=r\n",
            useOfField: "end\n def g\n @fLAST.keys(\"*\")\nend\nend\n", call: "r.keys(\"*\")\n"),
        .init(
            language: "csharp", head: "using StackExchange.Redis;\nclass A{ IServer r;\n void m(){\n", tail: "}}\n",
            alias: "var aNEXT=aLAST;\n",
            first: "var a0=r;\n", use: "aLAST.FlushAllDatabases();\n",
            function: "}\nIServer fNEXT(IServer c){ return c; \n",
            fields: "}\n", field: "IServer fNEXT;\n",
            useOfField: "void g(){ fLAST.FlushAllDatabases();\n", call: "r.FlushAllDatabases();\n"),
        .init(
            language: "lua", head: "local redis=require \"resty.redis\"\nlocal r=redis:new()\n", tail: "",
            alias: "aNEXT=aLAST\n",
            first: "a0=r\n", use: "aLAST:keys(\"*\")\n",
            function: "function fNEXT(c) return c end\n",
            fields: "local A={}\n", field: "A.fNEXT=r\n",
            useOfField: "A.fLAST:keys(\"*\")\n", call: "r:keys(\"*\")\n"),
        .init(
            language: "c", head: "#include <hiredis/hiredis.h>\nvoid m(redisContext *r){\n", tail: "}\n",
            alias: "redisContext *aNEXT=aLAST;\n",
            first: "redisContext *a0=r;\n", use: "redisCommand(aLAST,\"KEYS *\");\n",
            function: "}\nredisContext *fNEXT(redisContext *c){ return c; \n",
            fields: "}\nstruct S {\n", field: "redisContext *fNEXT;\n",
            useOfField: "};\nvoid g(struct S *s){ redisCommand(s->fLAST,\"KEYS *\");\n",
            call: "redisCommand(r,\"KEYS *\");\n"),
        .init(
            language: "cpp", head: "#include <sw/redis++/redis++.h>\nusing namespace sw::redis;\nvoid m(Redis &r){\n",
            tail: "}\n",
            alias: "auto &aNEXT=aLAST;\n",
            first: "auto &a0=r;\n", use: "aLAST.flushall();\n",
            function: "}\nRedis &fNEXT(Redis &c){ return c; \n",
            fields: "}\nclass S {\n", field: "Redis *fNEXT;\n",
            useOfField: "void g(){ fLAST->flushall(); }\n};\nvoid k(){\n", call: "r.flushall();\n"),
        .init(
            language: "rust", head: "use redis::Commands;\nfn m(r: &mut redis::Connection){\n", tail: "}\n",
            alias: "let aNEXT=aLAST;\n",
            first: "let a0=r;\n", use: "let _: Vec<String> = aLAST.keys(\"*\").unwrap();\n",
            function: "}\nfn fNEXT(c: &mut redis::Connection) -> &mut redis::Connection { c \n",
            fields: "}\nstruct S {\n", field: "fNEXT: redis::Connection,\n",
            useOfField: "}\nimpl S { fn g(&mut self){ let _: Vec<String> = self.fLAST.keys(\"*\").unwrap(); }\n",
            call: "let _: Vec<String> = r.keys(\"*\").unwrap();\n"),
    ]

    private func repeated(_ piece: String, _ count: Int) -> String {
        var text = ""
        for number in 1...count {
            text += piece.replacing("NEXT", with: "\(number)").replacing("LAST", with: "\(number - 1)")
        }
        return text
    }

    func aliases(_ count: Int) -> String {
        head + first + repeated(alias, count) + use.replacing("LAST", with: "\(count)") + tail
    }

    func functions(_ count: Int) -> String { head + call + repeated(function, count) + tail }

    func fields(_ count: Int) -> String {
        head + fields + repeated(field, count) + useOfField.replacing("LAST", with: "\(count)") + tail
    }

    func calls(_ count: Int) -> String { head + String(repeating: call, count: count) + tail }

    /// How many commands a program sends for certain.
    func sent(_ text: String) throws -> Int {
        let dialect = try #require(DialectList.index(ofName: language))
        return Array(text.utf8).withUnsafeBytes { bytes in
            SourceProject.read(bytes, name: "long", dialect: dialect)
                .scan(bytes, path: "long", ReceiverNames()).commands.count { $0.confidence == .high }
        }
    }
}

/// What would never end if work grew with the square of a program's length; the times are in the benchmark.
@Suite struct LongProgramTests {
    private static let count = 500

    @Test(arguments: LongProgram.all.map(\.language))
    func `hundreds of aliases, functions, fields and calls are followed to the last`(language: String) throws {
        let program = try #require(LongProgram.all.first { $0.language == language })
        #expect(try program.sent(program.aliases(Self.count)) == 1, "aliases")
        #expect(try program.sent(program.functions(Self.count)) == 1, "functions")
        #expect(try program.sent(program.fields(Self.count)) == 1, "fields")
        #expect(try program.sent(program.calls(Self.count)) == Self.count, "calls")
    }
}
