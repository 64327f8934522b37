import Presentation
import Testing

@testable import Compatibility

/// Characters that a terminal would obey at every place of every input, and every output: they are in none of them.
@Suite struct HostileTextTests {
    /// A title, a colour in two spellings, an end of a line with a command for a CI server, and what turns text round or hides
    /// in it.
    private static let hostile =
        "\u{1B}]0;title\u{7}\u{1B}[31m\u{9B}31m\u{7F}\u{1}\u{202E}\u{2066}\u{2028}\u{2029}\u{200B}\u{2060}\u{FEFF}"
        + "\r::error::owned"

    /// The characters of an output that a terminal would obey.
    private static func unsafe(_ text: String) -> [String] {
        text.unicodeScalars.filter { $0 != "\n" && $0.isUnsafe }.map { String($0.value, radix: 16) }
    }

    private func check(_ texts: [String: String]) {
        for (output, text) in texts {
            // CSV ends its lines so, and a baseline has tabs between its fields.
            let plain = output == "csv" ? text.replacing("\r\n", with: "\n") : text
            let found = Self.unsafe(output == "baseline" ? plain.replacing("\t", with: "") : plain)
            #expect(found.isEmpty, "\(output) has \(found)")
            // An annotation begins its line.
            let commands = text.split(separator: "\n").filter { $0.hasPrefix("::") }
            #expect(output == "github" || commands.isEmpty, "\(output) has \(commands)")
            let annotations = commands.filter { $0.firstMatch(of: /^::(error|warning|notice) (file|title)=/) == nil }
            #expect(annotations.isEmpty, "\(annotations)")
        }
    }

    private func check(_ content: [UInt8], name: String) {
        let file = TemporaryFile(content, name: name)
        var options = LintOptions()
        options.minimumConfidence = .low
        let result = Linter(options).run([file.path, file.path + "/none\(Self.hostile)"])
        #expect(!result.findings.isEmpty, "nothing found in \(name)")
        var report = Report(result, toolVersion: "1", base: BasePath("/", workingFolder: "/"))
        report.showsUndecided = true
        report.showsStatistics = true
        report.suppressed = result.findings.map { SuppressedFinding($0, .baseline, reason: Self.hostile) }
        var texts: [String: String] = [:]
        for format in ReportFormat.allCases { texts[format.rawValue] = ByteSink.text { report.write(format, to: &$0) } }
        let baseline = Baseline(result, base: report.base)
        texts["baseline"] = baseline.text
        check(texts)
        let contexts = FindingContexts(result.summary, base: report.base)
        let read = try? Baseline(Array(baseline.text.utf8))
        #expect(read?.apply(to: result.findings, contexts).kept.isEmpty == true, "the baseline is not read as written")
    }

    @Test(arguments: [
        ("py", "import redis\nr = redis.Redis()\nr.keys('§')\nr.execute_command('FOO§', 'x') # §\n"),
        ("sh", "#!/bin/sh\nredis-cli keys '§'\nredis-cli 'FO§'\nredis-cli keys a # §\n"),
        ("env", "REDIS_URL=redis://h§:6379/3\nREDIS_URL=redis://h:6379/3 # §\n"),
        ("md", "# x\n```sh\nredis-cli keys 'a*' '§'\n```\n"),
        ("monitor", "1795394106.9 [0 127.0.0.1:5] \"KEYS\" \"§\"\n1795394106.9 [0 e§:5] \"KEYS\" \"x\"\n"),
        ("redis", "KEYS \"§\"\nFO§ x\nKEYS *\n"),
        ("resp", "*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n*1\r\n$5\r\nF\u{9B}\u{1B}\u{7}\r\n"),
    ])
    func `of a file's name and its content`(_ ending: String, _ text: String) {
        // A capture counts its bytes, and a file's name has no slash in it.
        let content = text.replacing("§", with: Self.hostile)
        check(Array(content.utf8), name: "a\(Self.hostile).\(ending)")
        check(Array(content.utf8) + [0x0A, 0x9B, 0x33, 0x0A], name: "b\n::error::owned\n.\(ending)")
    }

    @Test func `of the keys of a file of data`() {
        let key = Self.hostile + String(repeating: "k", count: 128)
        let file = TemporaryFile(
            Lint.resp("SELECT", "0") + Lint.resp("SET", key, "v"), name: "a\(Self.hostile).aof")
        let sizes = SizeReport.read([file.path], SizeOptions())
        #expect(sizes.violations.count == 1)
        check([
            "text": ByteSink.text { sizes.writeText(isColored: false, to: &$0) },
            "csv": ByteSink.text { sizes.writeCSV(to: &$0) },
            "json": ByteSink.text { sizes.writeJSON(toolVersion: "1", to: &$0) },
        ])
        let report = Report(sizes, toolVersion: "1", base: BasePath("/", workingFolder: "/"))
        var texts: [String: String] = [:]
        for format in ReportFormat.allCases { texts[format.rawValue] = ByteSink.text { report.write(format, to: &$0) } }
        check(texts)
    }
}
