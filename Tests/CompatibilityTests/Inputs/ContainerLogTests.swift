import Testing

@testable import Compatibility

@Suite("Logs that docker has wrapped in JSON") struct ContainerLogTests {
    /// Lines as docker's driver `json-file` writes them.
    private static func wrapped(_ texts: [String]) -> String {
        texts.map { text in
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
                .replacing("\u{1B}", with: "\\u001b").replacing("<", with: "\\u003c")
            return "{\"log\":\"\(escaped)\",\"stream\":\"stdout\",\"time\":\"2026-11-28T10:00:00.1Z\"}\n"
        }.joined()
    }

    private static func line(_ words: String) -> String { "1795394106.974517 [0 10.0.0.7:59752] \(words)\n" }

    @Test func `the commands of MONITOR are read, with the lines of the file`() throws {
        let log = Self.wrapped(["OK\n", Self.line(#""SET" "a\"<" "\x01""#), Self.line(#""KEYS" "é*""#)])
        for name in ["input", "c0ffee-json.log"] {
            let result = Lint.text(log, name: name)
            #expect(result.summary.inputs.map(\.kind) == [.monitor])
            #expect(result.summary.commands == ["set": 1, "keys": 1])
            let finding = try #require(result.findings.first)
            #expect(finding.first.line == 3)
            #expect(finding.examples.map(\.text) == ["KEYS \"\u{e9}*\""])
            #expect(result.summary.problems.isEmpty)
        }
        var options = LintOptions()
        options.forcedKind = .monitor
        #expect(Lint.text(log, options: options).summary.commands == ["set": 1, "keys": 1])
    }

    @Test func `a line that docker has cut into several is one`() {
        let long = Self.line("\"SET\" \"a\" \"\(String(repeating: "x", count: 40_000))\"")
        let parts = [
            String(long.prefix(16_384)), String(long.dropFirst(16_384).prefix(16_384)), String(long.dropFirst(32_768)),
        ]
        let result = Lint.text(Self.wrapped(parts + [Self.line("\"KEYS\" \"*\"")]))
        #expect(result.summary.commands == ["set": 1, "keys": 1])
        #expect(result.summary.problems.isEmpty)
    }

    @Test func `colours and sessions in it, large files and an end without a line feed are read`() {
        let session = Lint.text(Self.wrapped(["\u{1B}[1m127.0.0.1:6379> KEYS *\u{1B}[0m\n", "(empty array)\n"]))
        #expect(session.summary.commands == ["keys": 1])
        let many = Array(repeating: Self.line("\"GET\" \"a\""), count: 20_000) + [Self.line("\"KEYS\" \"*\"")]
        let result = Lint.text(String(Self.wrapped(many).dropLast()))
        #expect(result.summary.commands == ["get": 20_000, "keys": 1])
        #expect(result.findings.map(\.first.line) == [20_001])
    }

    @Test func `another JSON file that begins so is none`() {
        let text = "{\"log\":\"debug\",\"redis\":\"redis://h:6379/3\"}\n"
        #expect(Lint.text(text, name: "settings.json").findings.map(\.rule.name) == ["other-database"])
    }
}
