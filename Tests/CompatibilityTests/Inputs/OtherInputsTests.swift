import Testing

@testable import Compatibility

@Suite struct AppendOnlyLintTests {
    @Test func `What the server injects is not blamed on the application`() {
        let text =
            Lint.resp("SELECT", "0") + Lint.resp("MULTI") + Lint.resp("SET", "k", "v", "PXAT", "1895394106974")
            + Lint.resp("EXEC") + "#TS:1795394106\r\n" + Lint.resp("PEXPIREAT", "k", "1895394106974")
        let result = Lint.text(text)
        #expect(result.findings.map(\.message) == [])
        #expect(result.summary.inputs.map(\.kind) == [.aof])
        #expect(result.summary.commands == ["select": 1, "multi": 1, "set": 1, "exec": 1, "pexpireat": 1])
    }

    @Test func `The torn tail of a crash is told and is no failure`() {
        let result = Lint.text(Lint.resp("SELECT", "0") + Lint.resp("SET", "k", "v") + "*3\r\n$3\r\nSET\r\n$1")
        #expect(result.summary.problems.count == 1)
        #expect(!result.summary.hasFailures)
        #expect(result.summary.problems.first?.location.byteOffset == 50)
        #expect(result.summary.commands == ["select": 1, "set": 1])
    }

    @Test func `Damage is a failure with its byte`() {
        let start = Lint.resp("SELECT", "0") + Lint.resp("SET", "k", "v")
        let result = Lint.text(start + "garbage", name: "x.aof")
        #expect(result.summary.hasFailures)
        #expect(result.summary.problems.first?.location.byteOffset == start.utf8.count)
    }

    @Test func `A folder with a manifest is one input whose values grow across its files`() {
        let element = String(repeating: "e", count: 600_000)
        let file = TemporaryFile(Lint.resp("SELECT", "0") + Lint.resp("APPEND", "k", element), name: "a.1.base.aof")
        file.write(Array((Lint.resp("SELECT", "0") + Lint.resp("APPEND", "k", element)).utf8), name: "a.1.incr.aof")
        file.write(
            Array("file a.1.base.aof seq 1 type b\nfile a.1.incr.aof seq 1 type i\n".utf8), name: "a.manifest")
        let result = Linter(LintOptions()).run([file.parent])
        #expect(result.findings.map(\.rule.name) == ["value-grows-too-large"])
        #expect(result.findings.first?.first.path.hasSuffix("a.1.incr.aof") ?? false)
        #expect(result.summary.inputs.count == 1)
    }
}

@Suite struct LogInFolderTests {
    @Test func `the files of a log are read once, with its manifest, where others are in the folder, too`() {
        let log = TemporaryFile(Lint.resp("SET", "k", "v") + Lint.resp("KEYS", "*"), name: "a.aof.1.incr.aof")
        log.write(Array("file a.aof.1.incr.aof seq 1 type i\n".utf8), name: "a.aof.manifest")
        log.write(Array("GET x\n".utf8), name: "seed.redis")
        // A second manifest makes the folder none that is a log itself.
        log.write(Array("file b.aof.1.incr.aof seq 1 type i\n".utf8), name: "b.aof.manifest")
        log.write(Array(Lint.resp("SET", "k2", "v").utf8), name: "b.aof.1.incr.aof")
        let result = Linter(LintOptions()).run([log.parent])
        #expect(result.summary.commands == ["set": 2, "keys": 1, "get": 1])
        #expect(result.summary.inputs.count == 3)
        #expect(SizeReport.read([log.parent], SizeOptions()).largest.count == 2)
    }
}

@Suite struct CaptureLintTests {
    @Test func `Reading begins at the first whole request and inline commands count`() {
        let text =
            "lf of a value\r\n$1\r\nx\r\n" + Lint.resp("GET", "k") + "KEYS *\r\n" + Lint.resp("SET", "k", "v")
            + Lint.resp("FLUSHALL")
        let result = Lint.text(text)
        #expect(result.summary.inputs.map(\.kind) == [.resp])
        #expect(result.summary.commands == ["get": 1, "keys": 1, "set": 1, "flushall": 1])
        #expect(Lint.rules(result) == ["refused-command"])
    }

    @Test func `A hole in the capture loses the requests around it alone`() {
        let text =
            Lint.resp("GET", "k") + "*3\r\n$3\r\nSET\r\n$100\r\nabc" + Lint.resp("KEYS", "*") + Lint.resp("GET", "b")
            + String(repeating: Lint.resp("PING"), count: 20)
        let result = Lint.text(text)
        #expect(result.summary.commands["ping"] ?? 0 >= 15, "\(result.summary.commands)")
        #expect(result.summary.commands["get"] ?? 0 >= 1)
    }

    @Test(arguments: ["\0\0\0\0", "*2\r\n$3\r\nGET\r\n$400000000\r\nab", "\0\0\r\n", "*9\r\n$1\r\na\r\n"])
    func `What follows a gap is read, and the gap is told in one line`(_ gap: String) {
        let result = Lint.text(Lint.resp("PING") + gap + Lint.resp("KEYS", "*") + Lint.resp("PING"))
        #expect(result.summary.commands["keys"] == 1, "\(result.summary.commands)")
        #expect(result.summary.problems.map(\.location.byteOffset) == [14])
        // Findings decide how the run ends; without one the gap does.
        #expect(!result.summary.hasFailures)
        #expect(Lint.text(Lint.resp("PING") + gap + Lint.resp("PING")).summary.hasFailures)
    }

    @Test(arguments: [
        "*2\r\n$4", "*2\r\n$4\r\nKEYS\r\n$1\r\n*\r", "$99999999999999999999\r\na\r\n", "*99999999\r\n$1\r\na\r\n",
        "\0\0",
    ])
    func `Bytes that are no request at the end are a failure in one line`(_ tail: String) {
        let result = Lint.text(Lint.resp("PING") + tail)
        #expect(result.summary.inputs.map(\.kind) == [.resp])
        #expect(result.summary.problems.count == 1, "\(result.summary.problems)")
        #expect(result.summary.hasFailures)
    }

    @Test func `A capture without a whole request is told in one line`() {
        let result = Lint.text("*2\r\n$4\r\nKEYS\r\n$1\r\n*\r")
        #expect(result.summary.problems.map(\.message) == ["no request is found in the capture"])
    }
}

@Suite struct ScriptLintTests {
    @Test func `Quoting, repeat prefix and place are redis-cli's`() throws {
        let result = Lint.text("  3 KEYS \"a\\x41 b\" \nSET k 'it\\'s'\n\nget k\n")
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(finding.count == 3)
        #expect(finding.first.columns == 5..<9)
        #expect(finding.examples.first?.text == "KEYS \"aA b\"")
        #expect(result.summary.commands == ["keys": 3, "set": 1, "get": 1])
    }

    @Test func `A line whose quotes do not match is told`() {
        let result = Lint.text("GET k\nSET k \"v\n")
        #expect(result.summary.problems.map(\.location.line) == [2])
    }
}

@Suite struct ShellLintTests {
    static func commands(_ text: String) -> [String: Int] {
        Lint.text("#!/bin/sh\n" + text).summary.commands
    }

    @Test(
        arguments: [
            ("redis-cli -h host -p 6379 -a secret KEYS '*'", ["keys": 1]),
            ("redis-cli -n 3 get x", ["select": 1, "get": 1]),
            ("valkey-cli --scan --pattern 'a*' | xargs valkey-cli del", ["scan": 1, "del": 1]),
            ("redis-cli --bigkeys", ["scan": 1, "dbsize": 1]),
            ("redis-cli --eval script.lua k , a", ["eval": 1]),
            ("echo 'FLUSHALL' | redis-cli", ["flushall": 1]),
            ("printf 'GET a\\nGET b\\n' | redis-cli", ["get": 2]),
            ("redis-cli <<EOF\nKEYS *\nGET a\nEOF\nredis-cli PING", ["keys": 1, "get": 1, "ping": 1]),
            ("redis-cli <<-'END'\n\tDBSIZE\n\tEND", ["dbsize": 1]),
            ("redis-cli <<< 'INFO'", ["info": 1]),
            ("x=$(redis-cli RANDOMKEY)", ["randomkey": 1]),
            ("R=\"redis-cli -h x\"\n$R KEYS '*'\n${R} GET a", ["keys": 1, "get": 1]),
            ("docker exec -it c redis-cli TIME", ["time": 1]),
            ("kubectl exec pod -- /usr/bin/redis-cli SAVE", ["save": 1]),
            ("if redis-cli PING >/dev/null 2>&1; then redis-cli LASTSAVE; fi", ["ping": 1, "lastsave": 1]),
            ("# redis-cli KEYS '*'\necho redis-cli KEYS", [:]),
            ("redis-cli -r 5 INCR n", ["incr": 5]),
            ("redis-cli -u redis://:p@h:6379/2 GET a", ["auth": 1, "select": 1, "get": 1]),
            ("redis-cli \\\n  -h x \\\n  GET a", ["get": 1]),
            ("redis-cli -x SET k < file", ["set": 1]),
            ("R=\"redis-cli -h ${H:-x} -p ${P} -a $PW\"\n$R keys '*'", ["keys": 1]),
            ("cat <<EOF | redis-cli\nKEYS *\nGET a\nEOF\nredis-cli PING", ["keys": 1, "get": 1, "ping": 1]),
            ("redis-cli --pipe <<EOF\nKEYS *\nEOF", ["keys": 1]),
            ("redis-cli --pipe <<EOF\n*1\n$4\nKEYS\nEOF", [:]),
            ("echo 'KEYS *' | redis-cli --pipe", ["keys": 1]),
            (
                "sh -c \"redis-cli keys x\"\ndocker exec c bash -lc 'redis-cli -n 1 dbsize'",
                ["keys": 1, "select": 1, "dbsize": 1]
            ),
            ("echo sh -c 'redis-cli keys x'", [:]),
        ] as [(String, [String: Int])])
    func `A call sends what the program would send`(_ text: String, _ expected: [String: Int]) {
        #expect(Self.commands(text) == expected, "\(text)")
    }

    @Test func `A value from a variable is one argument and an unquoted one any number`() {
        #expect(Lint.rules(Lint.text("#!/bin/sh\nredis-cli SET k \"$v\"\n")) == [])
        #expect(Lint.rules(Lint.text("#!/bin/sh\nredis-cli GET \"$v\" x\n")) == ["wrong-arity"])
        #expect(Lint.rules(Lint.text("#!/bin/sh\nredis-cli GET $v x\n")) == [])
    }

    @Test func `A call whose command may be in a variable is undecided`() {
        let result = Lint.text("#!/bin/sh\nredis-cli $OPTS keys '*'\nredis-cli -h x \"${AUTH[@]}\" keys '*'\n")
        #expect(result.summary.undecided.map(\.text) == ["$OPTS", "\"${AUTH[@]}\""])
        #expect(result.summary.undecided.map(\.location.line) == [2, 3])
    }

    @Test func `The place of a command in a script inside the script is the whole script's`() throws {
        let finding = try #require(Lint.text("#!/bin/sh\nsh -c \"redis-cli keys x\"\n").findings.first)
        #expect(finding.first.line == 2)
        #expect(finding.first.columns == 18..<22)
    }

    @Test func `The place of a command in a here-document is the script's`() throws {
        let result = Lint.text("#!/bin/sh\n\nredis-cli <<EOF\nGET a\n  KEYS *\nEOF\n")
        let finding = try #require(result.findings.first)
        #expect(finding.first.line == 5)
        #expect(finding.first.columns == 3..<7)
        #expect(finding.excerpt?.text == "  KEYS *")
    }
}

@Suite struct SlowLogLintTests {
    @Test(arguments: [
        "1) 1) (integer) 26\n   2) (integer) 1795394111\n   3) (integer) 6\n   4) 1) \"KEYS\"\n      2) \"*\"\n   5) \"127.0.0.1:59886\"\n   6) \"\"\n2) 1) (integer) 25\n   2) (integer) 1795394110\n   3) (integer) 4\n   4) 1) \"SET\"\n      2) \"k\"\n      3) \"\(String(repeating: "v", count: 128))... (999873 more bytes)\"\n   5) \"127.0.0.1:59886\"\n   6) \"\"\n",
        "26\n1795394111\n6\nKEYS\n*\n127.0.0.1:59886\n\n25\n1795394110\n4\nSET\nk\n\(String(repeating: "v", count: 128))... (999873 more bytes)\n127.0.0.1:59886\n\n",
        "[[26,1795394111,6,[\"KEYS\",\"*\"],\"127.0.0.1:59886\",\"\"],[25,1795394110,4,[\"SET\",\"k\",\"\(String(repeating: "v", count: 128))... (999873 more bytes)\"],\"127.0.0.1:59886\",\"\"]]\n",
        "26,1795394111,6,\"KEYS\",\"*\",\"127.0.0.1:59886\",\"\"\n25,1795394110,4,\"SET\",\"k\",\"\(String(repeating: "v", count: 128))... (999873 more bytes)\",\"127.0.0.1:59886\",\"\"\n",
    ])
    func `All four shapes give the commands and their whole sizes`(_ text: String) {
        let result = Lint.text(text)
        #expect(result.summary.inputs.map(\.kind) == [.slowlog])
        #expect(result.summary.problems == [])
        #expect(result.summary.commands == ["keys": 1, "set": 1])
        #expect(Lint.rules(result) == ["refused-command", "value-too-large"])
        #expect(result.findings.first { $0.rule == .valueTooLarge }?.measure?.value == 1_000_001)
    }

    @Test func `An entry whose last arguments are cut off has more than one field for certain`() {
        func log(_ command: String, fields: Int) -> String {
            let words = ["HSET", "h"] + (0..<29).map { "\($0)" } + ["... (\(fields * 2 - 29) more arguments)"]
            let list = words.map { "\"\($0)\"" }.joined(separator: ",").replacing("HSET", with: command)
            return "[[26,1795394111,6,[\(list)],\"127.0.0.1:59886\",\"\"]]\n"
        }
        let findings = Lint.text(log("HSET", fields: 40)).findings
        #expect(findings.map(\.rule) == [.newerArgument])
        #expect(findings.first?.message.contains("HSET with several fields") == true)
        // What was cut off may have been right.
        #expect(Lint.text(log("MSET", fields: 40)).findings.isEmpty)
    }
}

@Suite struct UnknownCommandLintTests {
    @Test func `Names without number are gathered under one finding`() {
        let trace = (0..<9000).map { Lint.resp("NAME\($0)", "k") }.joined() + Lint.resp("KEYS", "*")
        let gathered = Lint.text(trace)
        #expect(gathered.findings.count == FindingStore.maximumGroups + 2)
        let rest = gathered.findings.first { $0.message == "further commands that no Redis has" }
        #expect(rest?.count == 9000 - FindingStore.maximumGroups)
        #expect(rest?.approximations.count == 1)
        #expect(gathered.findings.contains { $0.command == "KEYS" })
    }
}

@Suite struct CommandStatisticsLintTests {
    @Test func `Statistics behind all other sections are found`() {
        let sections = "# Server\r\n" + (0..<300).map { "field\($0):1\r\n" }.joined()
        let result = Lint.text(sections + "\r\n# Commandstats\r\ncmdstat_keys:calls=2,usec=3,usec_per_call=0.25\r\n")
        #expect(result.summary.inputs.map(\.kind) == [.commandstats])
        #expect(result.summary.commands == ["keys": 2])
    }

    @Test func `Counts are the calls and subcommands are told apart`() {
        let result = Lint.text(
            "# Commandstats\r\ncmdstat_get:calls=12,usec=3,usec_per_call=0.25\r\ncmdstat_config|get:calls=3,usec=1\r\ncmdstat_keys:calls=0,usec=0\r\n"
        )
        #expect(result.summary.commands == ["get": 12, "config|get": 3])
        #expect(result.findings.map(\.command) == ["CONFIG GET"])
        #expect(result.findings.first?.count == 3)
    }
}

@Suite struct CompressionTests {
    @Test func `Plain and compressed bytes are read alike`() {
        // printf 'KEYS *\n' | gzip -n
        let compressed: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xf3, 0x76, 0x8d, 0x0c, 0x56, 0xd0, 0xe2, 0x02,
            0x00, 0x02, 0x0b, 0xbd, 0xdf, 0x07, 0x00, 0x00, 0x00,
        ]
        let places: [(bytes: [UInt8], place: String?)] = [
            (compressed + compressed + [0, 0, 0, 0], nil),
            (compressed + compressed + Array("tail".utf8), "begins at byte 54"),
            (compressed + compressed + [0, 0, 65], "begins at byte 56"),
            (compressed + compressed.dropLast(9), "end too early at byte 45"),
            (compressed + compressed + [0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0], "are damaged at byte 58"),
        ]
        for (bytes, place) in places {
            let problems = Lint.bytes(bytes, name: "x.gz").summary.problems.map(\.message)
            #expect(problems.count == (place == nil ? 0 : 1))
            #expect(place.map { problems.first?.contains($0) ?? false } ?? true, "\(problems)")
        }
        let result = Lint.bytes(compressed + compressed, name: "x.gz")
        #expect(result.summary.inputs.first?.isCompressed ?? false)
        #expect(result.summary.bytes == 14)
        #expect(result.summary.commands == ["keys": 2], "\(result.summary.problems)")
        let cut = Lint.bytes(Array(compressed.dropLast(3)), name: "x.gz")
        #expect(cut.summary.hasFailures)
    }

    @Test func `What is missing or unknown is one clear problem`() {
        #expect(Linter(LintOptions()).run(["/no/such/file"]).summary.problems.count == 1)
        #expect(Lint.text("").summary.problems.map(\.message) == ["is empty"])
        #expect(Lint.bytes([0, 1, 2, 3]).summary.hasFailures)
    }
}
