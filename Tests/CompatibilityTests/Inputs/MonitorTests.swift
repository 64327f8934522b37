import Testing

@testable import Compatibility

@Suite struct MonitorLintTests {
    @Test func `Every shape of the line is judged`() {
        let result = Lint.text(
            """
            OK
            1795394106.974517 [0 127.0.0.1:59752] "KEYS" "a b\\"c\\\\d"
            1795394107.015516 [0 [::1]:51170] "keys" "*"
            1795394107.031101 [0 unix:/run/redis/r.sock] "KEYS" "\\xd0\\xba"
            1795394107.043166 [0 lua] "Keys" "*"
            1339518083.107412 "keys" "*"
            +1795394108.043166 [0 127.0.0.1:1] "KEYS" "*"\r
            1795394109.051809 [0 127.0.0.1:59766] "AUTH" "(redacted)"

            """)
        #expect(result.summary.problems == [])
        #expect(result.summary.commands == ["keys": 6, "auth": 1])
        #expect(result.findings.count == 1)
        #expect(result.findings.first?.count == 6)
        #expect(result.findings.first?.first.line == 2)
        #expect(result.findings.first?.last.line == 7)
    }

    @Test func `Findings are gathered by the pattern of the key`() throws {
        var lines = "OK\n"
        for user in 1...1000 {
            lines +=
                "1795394106.\(100_000 + user) [0 10.0.0.\(user % 7):5000] \"HSET\" \"user:\(user):data\" \"a\" \"1\" \"b\" \"2\"\n"
        }
        let result = Lint.text(lines)
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(finding.rule == .newerArgument)
        #expect(finding.keyPattern == "user:*:data")
        #expect(finding.count == 1000)
        #expect(finding.clientCount == 7)
        #expect(finding.clients.count == Finding.maximumClients)
        #expect(finding.examples.count == Finding.maximumExamples)
        #expect(finding.last.time?.microseconds == 1_795_394_106_101_000)
    }

    @Test func `The excerpt of a line has nothing of its end`() {
        let line = "1795394106.974517 [0 127.0.0.1:59752] \"KEYS\" \"*\""
        for end in ["", "\n", "\r\n"] {
            #expect(Lint.text(line + end).findings.map(\.excerpt?.text) == [line])
            #expect(Lint.text(line + end).findings.map(\.excerpt?.isCutAtEnd) == [false])
        }
    }

    @Test func `The excerpt of a line of a megabyte is a window around the argument`() throws {
        let value = String(repeating: "v", count: 1_000_001)
        let result = Lint.text("1795394106.974517 [0 127.0.0.1:59752] \"SET\" \"k\" \"\(value)\"\n")
        let finding = try #require(result.findings.first)
        let excerpt = try #require(finding.excerpt)
        let columns = try #require(finding.first.columns)
        #expect(finding.rule == .valueTooLarge)
        #expect(excerpt.text.count <= Finding.Excerpt.maximumScalars)
        #expect(excerpt.isCutAtEnd)
        #expect(columns.count == 1_000_001)
        #expect(excerpt.firstColumn <= columns.lowerBound)
    }

    @Test func `A line that is no line of MONITOR is told with its number`() {
        let result = Lint.text(
            "1795394106.974517 [0 127.0.0.1:1] \"GET\" \"k\"\nwhat is this\n1795394107.974517 [0 127.0.0.1:1] \"GET\" \"k\"\n"
        )
        #expect(result.summary.commands == ["get": 2])
        #expect(result.summary.problems.count == 1)
        #expect(result.summary.problems.first?.location.line == 2)
        #expect(result.summary.hasFailures)
    }

    @Test func `A pushed list that is trimmed does not grow too large and one that is not does`() {
        let element = String(repeating: "e", count: 1000)
        func trace(_ trims: Bool) -> String {
            var lines = "OK\n"
            for index in 0..<1100 {
                lines += "1795394106.\(100_000 + index) [0 10.0.0.1:5000] \"RPUSH\" \"log\" \"\(element)\"\n"
                if trims {
                    lines += "1795394106.\(100_000 + index) [0 10.0.0.1:5000] \"LTRIM\" \"log\" \"-100\" \"-1\"\n"
                }
            }
            return lines
        }
        #expect(Lint.rules(Lint.text(trace(false))) == ["value-grows-too-large"])
        #expect(Lint.rules(Lint.text(trace(true))) == [])
    }

    @Test func `A value that expires in between does not grow`() {
        let value = String(repeating: "e", count: 600_000)
        func trace(_ pause: Int) -> String {
            """
            1795394106.000000 [0 10.0.0.1:5000] "APPEND" "log" "\(value)"
            1795394106.000001 [0 10.0.0.1:5000] "EXPIRE" "log" "10"
            \(1_795_394_106 + pause).000000 [0 10.0.0.1:5000] "APPEND" "log" "\(value)"

            """
        }
        #expect(Lint.rules(Lint.text(trace(9))) == ["value-grows-too-large"])
        #expect(Lint.rules(Lint.text(trace(11))) == [])
    }

    @Test func `A library is named once for each command that it sends at connection`() {
        var lines = "OK\n"
        for client in 1...50 {
            lines +=
                "1795394106.\(100_000 + client) [0 10.0.0.1:\(client)] \"CLIENT\" \"SETINFO\" \"LIB-NAME\" \"redis-py\"\n"
            lines +=
                "1795394106.\(100_000 + client) [0 10.0.0.1:\(client)] \"CLIENT\" \"SETINFO\" \"LIB-VER\" \"5.0\"\n"
        }
        let result = Lint.text(lines)
        #expect(result.findings.map(\.rule.name) == ["library-handshake"])
        #expect(result.findings.first?.library == "redis-py")
        #expect(result.findings.first?.severity == .note)
    }

    @Test func `Another database is found in SELECT and in the brackets`() {
        let result = Lint.text(
            "1795394106.1 [3 127.0.0.1:1] \"GET\" \"k\"\n1795394106.100000 [3 127.0.0.1:1] \"SELECT\" \"3\"\n")
        #expect(Lint.rules(result).contains("other-database"))
    }

    @Test func `A renamed command is judged as what it stands for`() {
        var options = LintOptions()
        options.renamedCommands = ["hidden-keys": "KEYS"]
        let result = Lint.text("1795394106.100000 [0 127.0.0.1:1] \"HIDDEN-KEYS\" \"*\"\n", options: options)
        #expect(Lint.rules(result) == ["refused-command"])
    }
}

@Suite struct KeyPatternTests {
    @Test(arguments: [
        ("sess:user:4711", "sess:user:*"), ("plain", "plain"), ("", ""),
        ("rq:job:3a554378-5575-414a-a282-edb842b465a3", "rq:job:*"),
        ("a:deadbeef-1234-abcd-efab-cdefabcdefab:x", "a:deadbeef-*:x"),
        ("temp:2026-11-23:avg", "temp:*:avg"), ("{user:7}:cart", "{user:*}:cart"), ("ключ:1", "*:*"),
    ])
    func `What looks like an identity becomes a star`(_ key: String, _ pattern: String) {
        var bytes: [UInt8] = []
        Array(key.utf8).withUnsafeBytes { KeyPattern.write($0, to: &bytes) }
        #expect(String(decoding: bytes, as: UTF8.self) == pattern)
    }
}
