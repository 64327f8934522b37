import Presentation
import TestSupport
import Testing

@testable import Compatibility

/// One secret at every place of every input in which one can stand, and every output: it is in none of them.
@Suite struct SecretMatrixTests {
    /// The secrets: a plain one, and one with the characters that end words, URLs and values.
    private static let secrets = SecretRequests.secrets

    /// What of a secret is in an output: its beginning or its end will do.
    private static func isIn(_ text: String) -> Bool { SecretRequests.leaks(text) }

    /// Everything that a run of the linter can write.
    private static func outputs(_ result: LintResult) -> [String: String] {
        var report = Report(result, toolVersion: "1", base: BasePath("/", workingFolder: "/"))
        report.showsUndecided = true
        report.showsStatistics = true
        report.suppressed = result.findings.map { SuppressedFinding($0, .baseline, reason: "known") }
        var texts: [String: String] = [:]
        for format in ReportFormat.allCases { texts[format.rawValue] = ByteSink.text { report.write(format, to: &$0) } }
        texts["baseline"] = Baseline(result, base: report.base).text
        texts["all fields"] = String(describing: result)
        return texts
    }

    /// Lints an input with `§` for the secret, and looks for it in all outputs.
    private func check(_ input: String, name: String = "input", confidence: Confidence = .low) {
        for secret in Self.secrets {
            var options = LintOptions()
            options.minimumConfidence = confidence
            let result = Lint.text(input.replacing("§", with: secret), name: name, options: options)
            // The other secret may make what it is in unreadable.
            #expect(!result.findings.isEmpty || secret != Self.secrets[0], "nothing found in \(input)")
            let leaks = Self.outputs(result).filter { Self.isIn($0.value) }.sorted { $0.value.count < $1.value.count }
            guard let leak = leaks.first else { continue }
            let line = leak.value.split(separator: "\n").first { Self.isIn(String($0)) } ?? ""
            Issue.record(
                "\(leaks.map(\.key)) have the secret \(secret) of \(input.prefix(300)): \(line.prefix(300))")
        }
    }

    // MARK: Requests

    private static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    @Test(arguments: SecretRequests.all) func `of a log of MONITOR`(_ words: [String]) {
        check(
            "1795394106.974517 [0 127.0.0.1:59752] " + words.map(Self.quoted).joined(separator: " ")
                + "\n1795394106.974517 [0 127.0.0.1:59752] \"KEYS\" \"*\"\n")
        let long = String(repeating: "x", count: 3_000)
        check(
            "1795394106.974517 [0 127.0.0.1:59752] " + (words + [long]).map(Self.quoted).joined(separator: " ") + "\n")
    }

    @Test(arguments: SecretRequests.all) func `of a capture of RESP`(_ words: [String]) {
        for secret in Self.secrets {
            let whole = words.map { $0.replacing("§", with: secret) }
            let bytes = "*\(words.count)\r\n" + whole.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            check(bytes + "*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n")
        }
    }

    @Test(arguments: SecretRequests.all) func `of commands for redis-cli`(_ words: [String]) {
        check("KEYS *\n" + words.map(Self.quoted).joined(separator: " ") + "\n", name: "input.redis")
        let plain = words.map { $0.contains(" ") || $0.contains("\"") || $0.isEmpty ? Self.quoted($0) : $0 }
        check("KEYS *\n" + plain.joined(separator: " ") + "\n", name: "input.redis")
    }

    @Test(arguments: SecretRequests.all) func `of a slow log`(_ words: [String]) {
        let arguments = words.enumerated().map { number, word in
            (number == 0 ? "    4) " : "       ") + "\(number + 1)) " + Self.quoted(word)
        }
        check(
            " 1) 1) (integer) 1\n    2) (integer) 1795394106\n    3) (integer) 9\n" + arguments.joined(separator: "\n")
                + "\n 2) 1) (integer) 0\n    2) (integer) 1795394105\n    3) (integer) 9\n    4) 1) \"KEYS\"\n       2) \"*\"\n"
        )
    }

    @Test(arguments: SecretRequests.all) func `of a shell script`(_ words: [String]) {
        let quoted = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        check("#!/bin/sh\nredis-cli \(quoted); redis-cli keys 'a*'\n", name: "run.sh")
        check(
            "#!/bin/sh\nredis-cli <<EOF\nKEYS *\n\(words.map(Self.quoted).joined(separator: " "))\nEOF\n",
            name: "run.sh")
    }

    // MARK: Shell lines

    @Test(arguments: [
        "redis-cli -a § keys 'a*'", "redis-cli -a '§' keys 'a*'", "redis-cli --user me --pass § keys 'a*'",
        "redis-cli --pass=§ -n 3 keys 'a*'", "REDISCLI_AUTH=§ redis-cli keys 'a*'",
        "env REDISCLI_AUTH=§ redis-cli keys 'a*'",
        "export REDIS_PASSWORD=§; redis-cli keys 'a*'", "docker exec -e REDISCLI_AUTH=§ c redis-cli keys 'a*'",
        "docker run -e \"REDIS_PASSWORD=§\" r redis-cli keys 'a*'", "redis-cli -u redis://:§@h:6379/3 keys 'a*'",
        "redis-cli -u redis://me:§@h:6379 keys 'a*'", "redis-cli auth § && redis-cli keys 'a*'",
        "echo 'AUTH §' | redis-cli; redis-cli keys 'a*'", "printf 'AUTH §\\r\\nKEYS *\\r\\n' | redis-cli",
        "echo \"AUTH §\\nKEYS *\" | redis-cli --pipe", "redis-server --requirepass § && redis-cli keys 'a*'",
        "redis-cli config set requirepass '§'; redis-cli keys 'a*'", "redis-cli \\\n  -h x \\\n  -a § keys 'a*'",
        "redis-cli -h x \\\n  -p 1 -a '§' \\\n  keys 'a*'", "R=\"redis-cli -a §\"; $R keys 'a*'",
        "redis-cli keys 'a*' # password: §", "curl -H 'Authorization: Bearer §' h; redis-cli keys 'a*'",
        "redis-cli -a ${REDIS_PASSWORD:-§} keys 'a*'", "kubectl exec p -- redis-cli -a '§' keys 'a*'",
        "sh -c \"redis-cli -a § keys 'a*'\"", "redis-cli -a § \"$COMMAND\"; redis-cli keys 'a*'",
        "redis-cli -a§ keys 'a*'", "redis-cli -a'§' keys 'a*'",
        "redis-cli -a=§ keys 'a*'", "redis-cli --user me:§ keys 'a*'", "redis-cli --user=me:§ -n 3 keys 'a*'",
        "redis-cli -h x -u me:§@h keys 'a*'", "ssh h redis-cli -a§ keys 'a*'", "R='redis-cli -a§'; $R keys 'a*'",
        "/opt/bin/valkey-cli-8.0 -a§ keys 'a*'; redis-cli keys k",
        "redis-cli acl setuser me on '>§' '~*'; redis-cli keys 'a*'", "redis-cli hello 3 auth me '§'; redis-cli keys k",
    ])
    func `of a line of a shell script`(_ line: String) { check("#!/bin/sh\n" + line + "\n", name: "run.sh") }

    // MARK: Source code

    @Test(arguments: [
        "r = redis.Redis(host='h', password='§'); r.keys('a*')",
        "r = redis.from_url('redis://:§@h:6379/0'); r.keys('a*')",
        "r.execute_command('AUTH', '§'); r.keys('a*')", "r.execute_command('AUTH', 'me', '§'); r.keys('a*')",
        "r.execute_command('AUHT', '§'); r.keys('a*')", "r.execute_command('CONFIG SET', 'requirepass', '§')",
        "r.config_set('requirepass', '§')", "r.acl_setuser('me', passwords=['+§'])", "r.execute_command('LOGIN', '§')",
        "r.execute_command('ACL', 'SETUSER', 'me', '>§')", "r.eval(\"redis.call('AUTH', '§')\", 0)",
        "r.migrate('h', 1, 'k', 0, 9, auth='§')", "password = '§'; r.keys('a*')", "PASSWORD: str = \"§\"; r.keys('a*')",
        "pw = os.getenv('REDIS_PASSWORD', '§'); r.keys('a*')", "os.environ['REDISCLI_AUTH'] = '§'; r.keys('a*')",
        "pw = os.environ.get('P') or '§'; r.keys('a*')", "conf = {'password': '§', 'db': 3}; r.keys('a*')",
        "subprocess.run(['redis-cli', '-a', '§']); r.keys('a*')",
        "subprocess.run(['redis-cli', '-a§']); r.keys('a*')", "os.system('redis-cli --user me:§ get k'); r.keys('a*')",
        "r.keys('a*')  # REDIS_PASSWORD=§",
        "r.keys('a*')  # password: §", "r.execute_command(command, password='§')", "login('me', '§'); r.keys('a*')",
        "dsn = 'host:6379,password=§,ssl=True'; r.keys('a*')", "r.sentinel_set('m', 'auth-pass', '§'); r.keys('a*')",
        "r.execute_command('SENTINEL', 'SET', 'm', 'auth-pass', '§')", "token = '§'; r.keys('a*')",
        "r.execute_command('HELLO', '3', 'AUTH', 'me', '§')",
    ])
    func `of a line of Python`(_ line: String) {
        check("import os, redis, subprocess\nr = redis.Redis()\n\(line)\nr.keys('z*')\n", name: "app.py")
    }

    @Test(arguments: [
        (
            "app.js",
            "const Redis = require('ioredis')\nconst r = new Redis({ host: 'h', password: '§' }); r.keys('a*')\n"
        ),
        ("app.js", "const Redis = require('ioredis')\nconst r = new Redis('redis://me:§@h:6379/3')\nr.keys('a*')\n"),
        (
            "app.js",
            "const Redis = require('ioredis')\nconst r = new Redis()\nr.auth('§'); r.keys('a*')\nr.call('AUTH', '§')\n"
        ),
        (
            "app.js",
            "const Redis = require('ioredis')\nconst r = new Redis({ password: process.env.P || '§', db: 3 })\n"
        ),
        (
            "app.ts",
            "import { createClient } from 'redis'\nconst r = createClient({ url: `redis://:§@h:6379/3`, password: '§' })\nawait r.keys('a*')\nawait r.sendCommand(['AUTH', '§'])\n"
        ),
        (
            "App.java",
            "import redis.clients.jedis.Jedis;\nclass A { void a() { Jedis j = new Jedis(\"h\"); j.auth(\"§\"); j.keys(\"a*\"); } }\n"
        ),
        (
            "App.java",
            "import redis.clients.jedis.Jedis;\nclass A { void a() {\nJedis j = new Jedis(\"redis://:§@h:6379/3\");\nj.configSet(\"requirepass\", \"§\");\nj.aclSetUser(\"me\", \"on\", \">§\");\n} }\n"
        ),
        (
            "App.kt",
            "import redis.clients.jedis.Jedis\nfun a() {\nval password: String = \"§\"; val j = Jedis(\"h\"); j.keys(\"a*\")\n}\n"
        ),
        (
            "app.go",
            "package a\nimport \"github.com/redis/go-redis/v9\"\nfunc a() {\nr := redis.NewClient(&redis.Options{Addr: \"h:1\", Password: \"§\", DB: 3})\nr.Keys(ctx, \"a*\")\nr.Do(ctx, \"AUTH\", \"§\")\nr.Do(ctx, \"AUHT\", \"§\")\n}\n"
        ),
        (
            "app.php",
            "<?php\n$r = new Redis(); $r->auth(['me', '§']); $r->keys('a*');\n$r->rawCommand('CONFIG', 'SET', 'requirepass', '§');\n$c = ['password' => '§']; $r->keys('b*');\n"
        ),
        (
            "app.rb",
            "require 'redis'\nr = Redis.new(:password => \"§\", :db => 3)\nr.auth \"§\"; r.keys('a*')\nr = Redis.new(url: \"redis://:§@h/4\")\nr.call('AUTH', '§')\n"
        ),
        (
            "App.cs",
            "using StackExchange.Redis;\nclass A { void a() {\nvar m = ConnectionMultiplexer.Connect(\"h:1,password=§,defaultDatabase=3\");\nvar d = m.GetDatabase(); d.Execute(\"AUTH\", \"§\"); d.Execute(\"KEYS\", \"*\");\n} }\n"
        ),
        (
            "app.lua",
            "redis.call('AUTH', '§') redis.call('KEYS', '*') -- password: §\nlocal password = '§' redis.call('KEYS', '*')\n"
        ),
        (".env", "A=1\nREDIS_PASSWORD=§\nREDIS_URL=redis://:§@h:6379/3\n"),
        (
            "compose.yml",
            "services:\n  a:\n    environment:\n      - URL=redis://me:§@redis:6379/2\n    command: redis-cli -a § keys 'a*'\n    test: [\"CMD\", \"redis-cli\", \"-a\", \"§\", \"-n\", \"3\", \"ping\"]\n"
        ),
        ("application.properties", "spring.redis.url=redis://:§@h:6379/3\n"),
        ("a.json", "{\"Redis\": \"h:6379,password=§,defaultDatabase=7,ssl=true\", \"password\": \"§\"}\n"),
        ("Dockerfile", "FROM x\nENV REDIS_PASSWORD §\nRUN redis-cli -a § keys 'a*'\n"),
        (
            "README.md",
            "Run `redis-cli -a § keys 'a*'` with the password § or\n\n```sh\nredis-cli -a § -n 3 keys 'b*'\n```\n"
        ),
    ])
    func `of source code and settings`(_ name: String, _ text: String) { check(text, name: name) }

    // MARK: Keys and sizes

    @Test func `of the key of a value that is too large`() {
        let value = String(repeating: "v", count: 1_000_001)
        for secret in Self.secrets {
            let key = "cache:redis://me:\(secret)@10.0.0.1:6379/0"
            let file = TemporaryFile(
                Lint.resp("SELECT", "0") + Lint.resp("SET", key, value), name: "appendonly.aof")
            let sizes = SizeReport.read([file.path], SizeOptions())
            #expect(sizes.violations.count == 1)
            let texts = [
                ByteSink.text { sizes.writeText(isColored: false, to: &$0) }, ByteSink.text { sizes.writeCSV(to: &$0) },
                ByteSink.text { sizes.writeJSON(toolVersion: "1", to: &$0) },
            ]
            for text in texts {
                #expect(!Self.isIn(text), "\(text.prefix(2_000))")
                #expect(!text.contains(Base64.encode(Array(key.utf8)).prefix(40)))
                #expect(text.contains("@10.0.0.1"))
            }
            var lint = LintResult()
            lint.findings = sizes.findings
            for (output, text) in Self.outputs(lint) { #expect(!Self.isIn(text), "\(output)") }
        }
    }
}
