import Glibc
import SystemCalls
import Testing

@testable import Compatibility

/// What comes only once: pipes and FIFOs that are named as a path.
///
/// The limit ends a test that hangs. It is no budget: on a busy machine a test waits for its turn longer than it runs.
@Suite(.timeLimit(.minutes(10))) struct NamedPipeTests {
    /// Lints what a pipe holds, by the path that `<(…)` of a shell gives it.
    private static func lint(_ text: String, as kind: InputKind? = nil) throws -> LintResult {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let bytes = Array(text.utf8)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        var options = LintOptions()
        options.forcedKind = kind
        return Linter(options).run(["/dev/fd/\(ends[0])"])
    }

    @Test func `a pipe that is named as a path loses nothing`() throws {
        #expect(try Self.lint("KEYS *\n").summary.commands == ["keys": 1])
        #expect(try Self.lint("KEYS *\n", as: .script).summary.commands == ["keys": 1])
        #expect(try Self.lint("#!/bin/sh\nredis-cli keys x\n").summary.commands == ["keys": 1])
        let source = "#!/usr/bin/env python\nimport redis\nr = redis.Redis()\nr.keys('*')\n"
        #expect(try Self.lint(source).summary.commands == ["keys": 1])
    }

    @Test func `a named pipe that nobody writes to ends with the first wish to stop`() throws {
        let file = TemporaryFile("x")
        let path = file.parent + "/pipe.sh"
        try #require(mkfifo(path, 0o600) == 0)
        var options = LintOptions()
        let stop = try StopRequest()
        stop.make()
        options.stop = stop
        let stream = try ByteStream(path: path, stop: stop)
        #expect(stream.window.isEmpty)
        #expect(stream.problem?.message.hasPrefix("the reading was interrupted") == true)
        #expect(Linter(options).run([path]).summary.isInterrupted)
    }
}
