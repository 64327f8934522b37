import Testing

@testable import Compatibility

@Suite("What is said of inputs in which nothing was understood") struct UnderstoodInputTests {
    private static func forced(_ text: String, _ kind: InputKind) -> LintResult {
        var options = LintOptions()
        options.forcedKind = kind
        return Lint.text(text, options: options)
    }

    @Test(arguments: [InputKind.session, .shell, .commandstats])
    func `a kind that was named and of which nothing is understood is a failure in one line`(_ kind: InputKind) {
        let result = Self.forced("hello\nworld\n", kind)
        #expect(result.summary.problems.count == 1)
        #expect(result.summary.hasFailures)
    }

    @Test func `a log of MONITOR without a command says so`() {
        let summary = Self.forced("OK\n", .monitor).summary
        #expect(summary.problems.map(\.message) == ["the log has no command: nothing was checked"])
        #expect(summary.hasFailures)
    }

    @Test(arguments: ["me@host:~$ ", "$ ", "[root@cache ~]# "])
    func `a line from a terminal is a session`(_ prompt: String) throws {
        let result = Lint.text(prompt + "redis-cli -n 2 keys \"*\"\n1) \"a\"\n")
        #expect(result.summary.inputs.map(\.kind) == [.session])
        #expect(result.summary.commands == ["select": 1, "keys": 1])
        let finding = try #require(result.findings.first { $0.command == "KEYS" })
        #expect(finding.first.line == 1)
        #expect(finding.first.columns?.lowerBound == prompt.count + 16)
    }

    @Test func `a call of redis-cli alone is a shell's line, and prose is none of its kinds`() {
        #expect(Lint.text("redis-cli keys '*'\n").summary.inputs.map(\.kind) == [.shell])
        for prose in [
            "Hello there, this is prose about KEYS.\n", "redis-cli is a client.\n",
            "Use `redis-cli keys x` with care\n",
        ] {
            #expect(Lint.text(prose).summary.inputs.isEmpty, "\(prose)")
        }
        #expect(Lint.text("HELLO 3\n").summary.inputs.map(\.kind) == [.script])
    }

    @Test func `lines that end in CR alone are read in a shell script and told in a script`() {
        #expect(Lint.text("#!/bin/sh\rredis-cli keys x\r").summary.commands == ["keys": 1])
        #expect(Self.forced("GET a\rKEYS *\r", .script).summary.hasFailures)
    }

    @Test func `a key with a line feed in a plain slow log is no wrong arity`() {
        let log = "26\n1795394111\n6\nGET\na\nb\n127.0.0.1:1\n\n25\n1795394110\n4\nKEYS\n*\n127.0.0.1:1\n\n"
        #expect(Lint.rules(Lint.text(log)) == ["refused-command"])
    }

    @Test func `an input that is named twice is told once`() {
        let file = TemporaryFile("")
        #expect(Linter(LintOptions()).run([file.path, file.path]).summary.problems.count == 1)
    }
}
