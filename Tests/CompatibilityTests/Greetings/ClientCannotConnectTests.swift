import Testing

@testable import Compatibility

/// Client libraries that do not go on after a refused greeting.
@Suite struct ClientCannotConnectTests {
    private static func findings(_ files: [(name: String, text: String)]) -> [Finding] {
        guard let first = files.first else { return [] }
        let folder = TemporaryFile(first.text, name: first.name)
        for (name, text) in files.dropFirst() { folder.write(Array(text.utf8), name: name) }
        return withExtendedLifetime(folder) {
            Linter(LintOptions()).run([folder.parent]).findings.filter { $0.rule == .clientCannotConnect }
        }
    }

    @Test(arguments: [
        ("a.mjs", "import { createClient } from 'redis';\nconst c = createClient({ url: u });\n", 2, "RESP: 2"),
        ("a.rb", "require \"redis-client\"\nr = RedisClient.new\nr.call(\"SET\", \"k\", \"v\")\n", 2, "protocol: 2"),
        (
            "a.rb", "require 'redis-client'\nr = RedisClient.config(url: ENV['REDIS_URL']).new_client\n", 2,
            "protocol: 2"
        ),
        ("a.rb", "require 'redis_client'\nr = RedisClient.config url: u,\n  timeout: 1\n", 2, "protocol: 2"),
        ("a.ts", "import Redis from 'ioredis';\n\nconst r = new Redis(6379, 'h');\n", 3, "enableReadyCheck: false"),
        ("a.py", "import redis\nr = redis.Redis(host='h')\n", 2, "protocol=2"),
        ("a.py", "import redis\nr = redis.Redis(host='h')  # protocol=2\n", 2, "protocol=2"),
        ("a.js", "const redis = require('redis');\n// RESP: 2\nredis.createClient();\n", 3, "RESP: 2"),
    ])
    func `A client that is made without the setting is an error at its place`(
        name: String, text: String, line: Int, setting: String
    ) throws {
        let findings = Self.findings([(name, text)])
        let finding = try #require(findings.first, "nothing found in \(text)")
        #expect(findings.count == 1 && finding.severity == .error)
        #expect(finding.first.line == line)
        #expect(finding.instead == "set \(setting)")
    }

    @Test(arguments: [
        ("a.mjs", "import { createClient } from 'redis';\nconst c = createClient({ url: u, RESP: 2 });\n"),
        ("a.mjs", "import { createClient } from 'redis';\nconst c = createClient({\n  RESP:  2,\n  url: u,\n});\n"),
        ("a.rb", "require 'redis-client'\nr = RedisClient.new(url: u, protocol: 2)\n"),
        ("a.rb", "require 'redis-client'\nr = RedisClient.config url: u,\n  protocol: 2\n"),
        ("a.rb", "require 'redis-client'\nr = RedisClient.config(:protocol => 2).new_pool\n"),
        ("a.ts", "import Redis from 'ioredis';\nconst r = new Redis({ enableReadyCheck: false });\n"),
        ("a.py", "import redis\nr = redis.Redis(host='h', protocol=2)\n"),
        ("a.py", "import redis\nr = redis.from_url('redis://h?protocol=2')\n"),
    ])
    func `It is silent where the setting is made`(name: String, text: String) {
        #expect(Self.findings([(name, text)]).isEmpty)
    }

    /// Measured: redis-rb 5 sends nothing, and 6 falls back over a new connection.
    @Test func `redis-rb can connect, and is told of in a note`() throws {
        let text = "require \"redis\"\nr = Redis.new\nr.set(\"k\", \"v\")\n"
        let findings = Lint.text(text, name: "a.rb").findings
        #expect(findings.map(\.rule) == [.libraryHandshake] && findings.allSatisfy { $0.severity == .note })
        let instead = try #require(findings.first?.instead)
        #expect(instead == "against HELLO set protocol: 2; against CLIENT SETINFO set driver_info: false")
        let trace = "HELLO 3\nCLIENT SETINFO LIB-NAME redis-rb\nPING\n"
        #expect(Lint.text(trace, name: "a.redis").findings.allSatisfy { $0.rule == .libraryHandshake })
        #expect(Self.findings([("a.rb", text), ("Gemfile", "gem 'redis', '~> 5.4'\n")]).isEmpty)
    }

    @Test func `A setting in another file counts where the options come from elsewhere, and only there`() {
        let settings = (name: "config.js", text: "module.exports = { redis: { RESP: 2 } };\n")
        let open = "const { createClient } = require('redis');\nconst c = createClient(config.redis);\n"
        let spread = "const { createClient } = require('redis');\nconst c = createClient({ ...config, url });\n"
        let fixed = "const { createClient } = require('redis');\nconst c = createClient({ url });\n"
        #expect(Self.findings([("a.js", open), settings]).isEmpty)
        #expect(Self.findings([("a.js", spread), ("redis.yml", "client:\n  RESP: 2\n")]).isEmpty)
        #expect(Self.findings([("a.js", fixed), settings]).count == 1)
        #expect(Self.findings([("a.js", open)]).count == 1)
    }

    @Test func `An import counts where no file makes a client, and a setting anywhere answers it`() {
        let view = (name: "views.py", text: "from django_redis import get_redis_connection\n")
        #expect(Self.findings([view]).count == 1)
        let setting = (name: "settings.py", text: "CACHES = {'default': {'OPTIONS': {'protocol': 2}}}  # redis\n")
        #expect(Self.findings([view, setting]).isEmpty)
    }

    @Test(arguments: [
        ("requirements.txt", "redis==5.0.1\n", true), ("requirements.txt", "redis>=4,<8\n", true),
        ("requirements.txt", "redis[hiredis]~=7.1\n", true), ("requirements.txt", "redis>=5\n", false),
        ("requirements.txt", "redis==8.1.0\n", false), ("requirements.txt", "redis<=8\n", false),
    ])
    func `A manifest that asks for an earlier release answers it`(name: String, text: String, isEarlier: Bool) {
        let source = (name: "a.py", text: "import redis\nr = redis.Redis()\n")
        #expect(Self.findings([source, (name, text)]).isEmpty == isEarlier)
    }

    @Test func `Releases are read as package managers write them`() {
        let lines: [(String, Int?)] = [
            ("\": \"^4.6.0\",", 4), ("\": \"~4.1\"", 4), ("', '~> 4.8'", 4), (" (4.8.1)", 4), ("', '>= 4', '< 6'", 5),
            ("\": \"*\"", nil), ("", nil), ("==5.*  # not 8", 5), ("!=7.0", nil), ("\": \">=5.0.0 <6.0.0\"", 5),
            ("<8.2", 8),
        ]
        for (line, major) in lines { #expect(ReleaseBound.major(line) == major, "\(line)") }
    }

    @Test func `In a trace HELLO and the name of such a library are an error, of others a note`() {
        func trace(_ library: String) -> [String] {
            let lines = ["HELLO 3", "CLIENT SETINFO LIB-VER 6.2.1", "CLIENT SETINFO LIB-NAME \(library)", "PING"]
            return Lint.text(lines.joined(separator: "\n"), name: "a.redis").findings.map(\.rule.name)
        }
        #expect(trace("node-redis").contains("client-cannot-connect"))
        #expect(trace("redis-py(django-redis_v6)").contains("client-cannot-connect"))
        #expect(trace("Lettuce") == ["library-handshake", "library-handshake"])
    }

    @Test func `In a trace the connections are told apart`() {
        let lines = [
            #"1.0 [0 10.0.0.1:1] "HELLO" "3""#, #"1.1 [0 10.0.0.2:2] "CLIENT" "SETINFO" "LIB-NAME" "redis-py""#,
            #"1.2 [0 10.0.0.1:1] "CLIENT" "SETINFO" "LIB-NAME" "Lettuce""#,
        ]
        let findings = Lint.text(lines.joined(separator: "\n") + "\n", name: "a.monitor").findings
        #expect(!findings.contains { $0.rule == .clientCannotConnect })
    }

    @Test func `What StackExchange Redis asks by itself is a note`() {
        let lines = [
            #"1.0 [0 10.0.0.1:1] "CLIENT" "SETNAME" "host(SE.Redis-v2.9)""#,
            #"1.1 [0 10.0.0.1:1] "INFO" "replication""#, #"1.2 [0 10.0.0.1:1] "CONFIG" "GET" "databases""#,
            #"1.3 [0 10.0.0.2:2] "INFO" "replication""#,
        ]
        let findings = Lint.text(lines.joined(separator: "\n") + "\n", name: "a.monitor").findings
        #expect(
            findings.filter { $0.rule == .libraryHandshake }.map(\.command) == ["CLIENT SETNAME", "INFO", "CONFIG GET"])
        #expect(findings.filter { $0.rule == .refusedCommand }.map(\.command) == ["INFO"])
    }

    @Test func `The note on what does not matter ends where the setting is made`() {
        let text =
            "import { createClient } from 'redis';\nconst c = createClient({ RESP: 2, disableClientInfo: true });\n"
        #expect(Lint.text(text, name: "a.mjs").findings.isEmpty)
        let python = "import redis\nr = redis.Redis(protocol=2, lib_name=None, lib_version=None)\n"
        #expect(Lint.text(python, name: "a.py").findings.isEmpty)
    }
}
