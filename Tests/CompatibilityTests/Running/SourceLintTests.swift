import Compatibility
import Testing

/// What is found in the source of a program, from its text to the report.
@Suite struct SourceLintTests {
    /// A line of each of the programs, and the form in it that is newer; nil where there is none.
    typealias Line = (text: String, form: String?)

    private static let python: [Line] = [
        (#"r.hset("h", mapping={"a": 1, "b": 2})"#, "several fields"),
        (#"r.hset("h", "a", 1, mapping={"b": 2})"#, "several fields"),
        (#"r.hset("h", key="a", value=1)"#, nil),
        (#"r.hset("h", mapping={"a": 1})"#, nil),
        (#"r.hset("h", mapping=fields)"#, nil),
        (#"r.hset("h", mapping={**fields, "a": 1})"#, nil),
        (#"r.hset("h", mapping={**fields, "a": 1, "b": 2, "c": 3})"#, "several fields"),
        (#"r.hset("h", mapping={k: v for k, v in fields.items()})"#, nil),
        (#"r.hset("h", *pair)"#, nil),
        (#"r.hset("h", field, value)"#, nil),
        (#"r.spop("s", 3)"#, "count"),
        (#"r.spop("s", count=n)"#, "count"),
        (#"r.spop("s")"#, nil),
        (#"r.spop("s", None)"#, nil),
        (#"r.lpop("l", count=None)"#, nil),
        (#"r.lpop("l", 2)"#, "count"),
        (#"r.exists("a", "b")"#, "several keys"),
        (#"r.exists("a", *names)"#, nil),
        (#"r.exists(*names)"#, nil),
        (#"r.exists(name)"#, nil),
        (#"r.expire("a", 10, nx=True)"#, "NX"),
        (#"r.expire("a", 10, nx=False)"#, nil),
        (#"r.expire("a", 10)"#, nil),
        (#"r.restore("a", 0, b"x", replace=True)"#, "REPLACE"),
        (#"r.zadd("z", {"m": 1}, nx=True)"#, "NX"),
        (#"r.zadd("z", {"nx": 1, "ch": 2})"#, nil),
        (#"r.execute_command("SPOP", "s", 3)"#, "count"),
        (#"r.execute_command("EXISTS", "a", *names)"#, nil),
    ]

    private static let ioredis: [Line] = [
        (#"r.hset("h", "a", 1, "b", 2)"#, "several fields"),
        (#"r.hset("h", { a: 1, b: 2 })"#, "several fields"),
        (#"r.hset("h", "a", x, "b", y)"#, "several fields"),
        (#"r.hset("h", "a", x)"#, nil),
        (#"r.hset("h", "a", 1, done)"#, nil),
        (#"r.hset("h", "a", 1, (error) => log(error))"#, nil),
        (#"r.hset("h", { ...x, a: 1 })"#, nil),
        (#"r.exists("a", "b")"#, "several keys"),
        (#"r.exists("a", done)"#, nil),
        (#"r.exists("a", Redis.print)"#, nil),
        (#"r.exists("a", function (error, found) { log(found) })"#, nil),
        (#"r.exists(keys)"#, nil),
        (#"r.exists(...keys)"#, nil),
        (#"r.exists("a", `b:${x}`)"#, "several keys"),
        (#"r.spop("s", 3)"#, "count"),
        (#"r.spop("s", done)"#, nil),
        (#"r.lpop("s", 3)"#, "count"),
    ]

    private static let nodeRedis: [Line] = [
        (#"r.zAdd(k, [{ score: 1, value: "m" }], { NX: true })"#, "NX"),
        (#"r.zAdd(k, [{ score: 1, value: "m" }])"#, nil),
        (#"r.expire(k, 1, "NX")"#, "NX"),
        (#"r.expire(k, 1)"#, nil),
        (#"r.exists(["a", "b"])"#, "several keys"),
        (#"r.exists(commandOptions({ isolated: true }), "a")"#, nil),
        (#"r.hSet("h", "a", x)"#, nil),
        (#"r.lPopCount("l", 2)"#, "count"),
    ]

    private static let go: [Line] = [
        (#"r.HSet(ctx, "h", "a", 1, "b", 2)"#, "several fields"),
        (#"r.HSet(ctx, "h", "a", 1)"#, nil),
        (#"r.HSet(ctx, "h", fields)"#, nil),
        (#"r.HSet(ctx, "h", fields...)"#, nil),
        (#"r.Exists(ctx, "a", "b")"#, "several keys"),
        (#"r.Exists(ctx, keys...)"#, nil),
        (#"r.Exists(ctx, "a")"#, nil),
        (#"r.SPopN(ctx, "s", 3)"#, "count"),
        (#"r.SPop(ctx, "s")"#, nil),
        (#"r.LPopCount(ctx, "l", 2)"#, "count"),
        (#"r.RestoreReplace(ctx, "a", 0, "x")"#, "REPLACE"),
        (#"r.Restore(ctx, "a", 0, "x")"#, nil),
        (#"r.ExpireNX(ctx, "a", 1)"#, "NX"),
        (#"r.ZAddNX(ctx, "z", redis.Z{Score: 1})"#, "NX"),
        (#"r.ZAddArgs(ctx, "z", redis.ZAddArgs{NX: true})"#, "NX"),
        (#"r.ZRangeArgs(ctx, redis.ZRangeArgs{Key: "z", ByScore: true})"#, "BYSCORE"),
        (#"r.ZRangeArgs(ctx, redis.ZRangeArgs{Key: "z"})"#, nil),
    ]

    private static let csharp: [Line] = [
        (#"r.KeyExists(new RedisKey[] { "a", "b" });"#, "several keys"),
        (#"r.KeyExists(new RedisKey[] { "a" });"#, nil),
        (#"r.KeyExists("a", CommandFlags.DemandMaster);"#, nil),
        (#"r.KeyExists(keys);"#, nil),
        (#"r.SetPop(k, 3);"#, "count"),
        (#"r.SetPop(k);"#, nil),
        (#"r.SetPop(k, flags);"#, nil),
        (#"r.ListLeftPop(k, 3);"#, "count"),
        (#"r.ListLeftPop(k);"#, nil),
        (#"r.KeyExpire(k, t, ExpireWhen.HasNoExpiry);"#, "NX"),
        (#"r.KeyExpire(k, t);"#, nil),
    ]

    private static let spring: [Line] = [
        (#"r.opsForList().leftPop("l", 2);"#, "count"),
        (#"r.opsForList().leftPop("l");"#, nil),
        (#"r.opsForList().rightPop("l", Duration.ofSeconds(2));"#, nil),
    ]

    private static let php: [Line] = [
        (#"$r->hSet('h', 'a', $x);"#, nil),
        (#"$r->hSet('h', 'a', $x, 'b', $y);"#, "several fields"),
        (#"$r->exists($keys);"#, nil),
        (#"$r->exists(['a', 'b']);"#, "several keys"),
        (#"$r->sPop('s', 3);"#, "count"),
        (#"$r->sPop('s');"#, nil),
    ]

    private static let ruby: [Line] = [
        (#"r.hset('h', 'a', 1, 'b', 2)"#, "several fields"),
        (#"r.hset('h', { a: 1, b: 2 })"#, "several fields"),
        (#"r.hset('h', 'a', 1)"#, nil),
        (#"r.hset('h', **fields)"#, nil),
        (#"r.exists?('a', 'b')"#, "several keys"),
        (#"r.exists?(*keys)"#, nil),
    ]

    static let programs: [(name: String, start: String, lines: [Line])] = [
        ("a.py", "import redis\nr = redis.Redis()\n", python),
        ("a.js", "const Redis = require('ioredis')\nconst r = new Redis()\n", ioredis),
        ("b.js", "const { createClient } = require('redis')\nconst r = createClient()\n", nodeRedis),
        ("a.go", "import \"github.com/redis/go-redis/v9\"\nvar r = redis.NewClient(nil)\n", go),
        ("A.cs", "using StackExchange.Redis;\nIDatabase r = Make();\n", csharp),
        (
            "A.java", "import org.springframework.data.redis.core.StringRedisTemplate;\nStringRedisTemplate r;\n",
            spring
        ),
        ("a.php", "<?php\n$r = new Redis();\n", php),
        ("a.rb", "require 'redis'\nr = Redis.new\n", ruby),
    ]

    @Test(arguments: programs.indices)
    func `A newer form is found in a method's call as in a raw one, where the number of words is certain`(
        index: Int
    ) {
        let (name, start, lines) = Self.programs[index]
        let text = start + lines.map { $0.text + "\n" }.joined()
        let findings = Lint.text(text, name: name).findings.filter { $0.rule != .libraryHandshake }
        for (number, line) in lines.enumerated() {
            let found = findings.filter { $0.first.line == number + 3 }
            #expect(found.map(\.rule.name) == (line.form == nil ? [] : ["newer-argument"]), "\(name): \(line.text)")
            if let form = line.form { #expect(found.first?.message.contains(" with \(form) ") == true, "\(line.text)") }
        }
    }

    @Test func `What the source does not show is a guess where it is a map, which mostly has several pairs`() {
        var options = LintOptions()
        options.minimumConfidence = .low
        let text = "import redis\nr = redis.Redis()\nr.hset('h', mapping=fields)\n"
        let findings = Lint.text(text, name: "a.py", options: options).findings
        #expect(findings.filter { $0.rule == .newerArgument }.map(\.confidence) == [.low])
    }
}
