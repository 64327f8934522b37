import Testing

@testable import Compatibility

@Suite("Sessions with redis-cli") struct SessionTests {
    @Test(
        arguments: [
            ("127.0.0.1:6379> ", 0, 16), ("127.0.0.1:6379[3]> ", 3, 19), ("redis 127.0.0.1:6379> ", 0, 22),
            ("redis 127.0.0.1:6379[12](TX)> ", 12, 30), ("[::1]:6379> ", 0, 12), ("cache-1.example.com:6379> ", 0, 26),
            ("redis /tmp/redis.sock[1]> ", 1, 26), ("redis> ", nil, 7), ("valkey> ", nil, 8),
            ("not connected> ", 0, 15), ("127.0.0.1:6379(subscribed mode)> ", 0, 33),
        ] as [(String, Int?, Int)])
    func `a prompt is read in each of its forms`(_ prompt: String, _ database: Int?, _ length: Int) throws {
        let read = try #require(RedisPrompt(Array("\(prompt)GET a".utf8)))
        #expect(read.database == database)
        #expect(read.command == length)
        #expect(RedisPrompt(Array(prompt.dropLast().utf8)) != nil)
    }

    @Test(arguments: [
        "1) \"a> b\"", "> quoted", "<p>text</p>", "user@host:~> ls", "a -> b",
        "1795394106.974517 [0 127.0.0.1:5] \"GET\"",
        "version:7.0.15> x", "http://h:80> ", "", ">",
    ])
    func `other lines are no prompts`(_ line: String) {
        #expect(RedisPrompt(Array(line.utf8)) == nil)
    }

    @Test func `what was typed is judged and replies are passed over`() throws {
        let result = Lint.text(
            """
            127.0.0.1:6379> KEYS *
            1) "KEYS *"
            2) "FLUSHALL"
            127.0.0.1:6379> set a "x y"
            OK
            127.0.0.1:6379> # a comment
            127.0.0.1:6379> help get
            127.0.0.1:6379> select 3
            OK
            127.0.0.1:6379[3]> get a
            (nil)
            127.0.0.1:6379[3]> dbsize
            (integer) 0
            127.0.0.1:6379[3]>

            """)
        #expect(result.summary.inputs.map(\.kind) == [.session])
        #expect(result.summary.commands == ["keys": 1, "set": 1, "select": 1, "get": 1, "dbsize": 1])
        #expect(result.findings.map(\.command) == ["KEYS", "SELECT", "DBSIZE"])
        #expect(result.findings.map(\.first.line) == [1, 8, 12])
        #expect(result.findings.map(\.first.columns) == [17..<21, 17..<23, 20..<26])
        #expect(try #require(result.findings.first?.excerpt).text.hasSuffix("KEYS *"))
    }

    @Test func `a database that the prompt alone tells of is told once`() {
        let result = Lint.text("redis 127.0.0.1:6379[3]> get a\n(nil)\nredis 127.0.0.1:6379[3]> get b\n(nil)\n")
        #expect(result.findings.map(\.rule.name) == ["other-database"])
        #expect(result.findings.map(\.first.line) == [1])
    }

    @Test func `traces among the replies are read, and what has asked for them is not the application's`() {
        let result = Lint.text(
            """
            127.0.0.1:6379> get a
            "x"
            127.0.0.1:6379> slowlog get 1
            1) 1) (integer) 14
               2) (integer) 1309448221
               3) (integer) 15
               4) 1) "keys"
                  2) "*"
            (0.50s)
            127.0.0.1:6379> info commandstats
            # Commandstats
            cmdstat_flushall:calls=3,usec=1
            127.0.0.1:6379> slowlog len
            (integer) 1
            127.0.0.1:6379> monitor
            OK
            1795394106.974517 [0 127.0.0.1:59752] "dbsize"
            ^C

            """)
        #expect(
            result.summary.commands == ["get": 1, "keys": 1, "flushall": 3, "slowlog|len": 1, "dbsize": 1],
            "\(result.summary.commands)")
        #expect(result.summary.problems.isEmpty)
        #expect(result.findings.map(\.first.line) == [4, 12, 13, 17])
    }

    @Test func `a trace with its prompt is that trace`() {
        let monitor = Lint.text(
            "127.0.0.1:6379> MONITOR\nOK\n1795394106.974517 [0 127.0.0.1:59752] \"keys\" \"*\"\n^C\n")
        #expect(monitor.summary.inputs.map(\.kind) == [.monitor])
        #expect(monitor.summary.commands == ["keys": 1])
        #expect(monitor.summary.problems.isEmpty)
        let info = Lint.text("127.0.0.1:6379> INFO commandstats\n# Commandstats\ncmdstat_keys:calls=3,usec=1\n")
        #expect(info.summary.inputs.map(\.kind) == [.commandstats])
        #expect(info.summary.commands == ["keys": 3])
    }

    @Test func `the recording of a terminal counts each line as it was at the end`() {
        let drawn =
            "127.0.0.1:6379> \r\u{1B}[0K127.0.0.1:6379> K\r\u{1B}[17C\r\u{1B}[0K127.0.0.1:6379> KEYS *\u{1B}[0;90m pattern\u{1B}[0m"
            + "\r\u{1B}[22C\r\u{1B}[0K127.0.0.1:6379> KEYS *\r\u{1B}[22C\r\n(empty array)\r\n"
        let result = Lint.text(drawn)
        #expect(result.summary.commands == ["keys": 1])
        #expect(result.findings.first?.examples.first?.text == "KEYS *")
    }

    @Test func `documentation with a session in its midst is none where it was found below a folder`() {
        let file = TemporaryFile("# How to\n\n    127.0.0.1:6379> KEYS *\n", name: "notes.txt")
        #expect(Linter(LintOptions()).run([file.parent]).findings.isEmpty)
    }

    @Test func `comments and what the shell does itself are no commands of a script`() {
        let result = Lint.text(
            "# a comment\n  # KEYS *\nset a 1\n:peek a\nhelp keys\nclear\nget a\nexit\n", name: "a.redis")
        #expect(result.summary.commands == ["set": 1, "get": 1])
        #expect(result.findings.isEmpty && result.summary.problems.isEmpty)
    }

    @Test func `a command that is repeated without end does not overflow`() {
        let result = Lint.text("9223372036854775807 GET a\n9223372036854775807 GET a\n", name: "a.redis")
        #expect(result.summary.commands["get"] == 2 * Place.maximumRepetitions)
    }
}
