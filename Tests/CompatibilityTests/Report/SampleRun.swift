@testable import Compatibility

/// A run that has one of everything that a report must cope with.
enum SampleRun {
    static let base = BasePath("/home/anna/shop", workingFolder: "/home/anna/shop")

    static var report: Report {
        var report = Report(result, toolVersion: "1.2.3", base: base)
        report.suppressed = [
            SuppressedFinding(source(path: "app/jobs.py", line: 7), .comment, reason: "old server | \"only\" <there>"),
            SuppressedFinding(source(path: "app/jobs.py", line: 9), .baseline),
        ]
        report.failOn = .warning
        report.showsUndecided = true
        report.showsStatistics = true
        return report
    }

    static var result: LintResult {
        var result = LintResult()
        result.findings = [
            source(path: "app/cache.py", line: 12), wideLine, gathered, longLine, binary, strange,
        ]
        result.hiddenFindings = 2
        result.summary = summary
        return result
    }

    /// A finding in source code; its line has a tab.
    static func source(path: String, line: Int) -> Finding {
        var finding = Finding(
            rule: .refusedCommand, message: "KEYS is refused", instead: "keep the names in a set", command: "KEYS",
            keyPattern: "session:*", location: Location(path: path, line: line, columns: 12..<16))
        finding.library = "redis-py"
        finding.excerpt = Finding.Excerpt(text: "\tnames = r.keys(\"session:*\")", firstColumn: 1, isCutAtEnd: false)
        return finding
    }

    /// A line of wide and combining characters before the place.
    private static var wideLine: Finding {
        var finding = Finding(
            rule: .otherDatabase, message: "database 3 is selected", instead: "", command: "SELECT",
            location: Location(path: "app/配置.py", line: 104, columns: 10..<16))
        finding.confidence = .low
        finding.severity = .warning
        finding.excerpt = Finding.Excerpt(text: "名前e\u{301} = r.select(3)", firstColumn: 1, isCutAtEnd: false)
        return finding
    }

    /// What a trace has gathered.
    private static var gathered: Finding {
        let first = Timestamp(microseconds: 1_795_394_106_974_517)
        var finding = Finding(
            rule: .newerCommand, message: "UNLINK is newer than 2.8: it came with 4.0", instead: "DEL",
            command: "UNLINK", keyPattern: "sess:user:*",
            location: Location(path: "/var/log/monitor.log", line: 3, columns: 45..<53, byteOffset: 210, time: first))
        finding.last = Location(
            path: "/var/log/monitor.log", line: 99_812, byteOffset: 9_000_000,
            time: Timestamp(microseconds: 1_795_394_190_000_000))
        finding.count = 18_204
        finding.clients = ["127.0.0.1:59752", "[::1]:51170"]
        finding.clientCount = 3
        finding.examples = [
            Finding.Example(text: "UNLINK sess:user:1", location: finding.first),
            Finding.Example(text: "UNLINK sess:user:2", location: Location(path: "/var/log/monitor.log", line: 8)),
        ]
        finding.excerpt = Finding.Excerpt(
            text: "1795394106.974517 [0 127.0.0.1:59752] \"UNLINK\" \"sess:user:1\"", firstColumn: 1, isCutAtEnd: false)
        finding.approximations = ["the number of clients is counted up to 3"]
        return finding
    }

    /// A window into a line of a megabyte.
    private static var longLine: Finding {
        var finding = Finding(
            rule: .keyTooLong, message: "a key of 200 bytes is longer than 127", instead: "shorten it", command: "GET",
            location: Location(path: "load.redis", line: 2, columns: 500_005..<500_008))
        finding.measure = Finding.Measure(value: 200, limit: 127)
        finding.excerpt = Finding.Excerpt(text: "aaaa bbb aaa", firstColumn: 500_000, isCutAtEnd: true)
        return finding
    }

    /// A place that is only known by its byte.
    private static var binary: Finding {
        var finding = Finding(
            rule: .valueTooLarge, message: "a value of 1,000,001 bytes is larger than 1,000,000", instead: "split it",
            command: "SET", keyPattern: "edge:over", location: Location(path: "data/appendonly.aof", byteOffset: 4096))
        finding.measure = Finding.Measure(value: 1_000_001, limit: 1_000_000)
        finding.examples = [Finding.Example(text: "SET edge:over aaaa…", location: finding.first)]
        return finding
    }

    /// Names that would end a field, move a cursor or turn the writing round.
    private static var strange: Finding {
        var finding = Finding(
            rule: .libraryHandshake, message: "a, b: 100% of <b>\"it\"</b> & 'more'\u{202E}\u{1B}[31m",
            instead: "x | y",
            location: Location(path: "odd, name: 5%\n.sh", line: 1))
        finding.severity = .note
        return finding
    }

    private static var summary: Summary {
        var summary = Summary()
        summary.inputs = [
            input("app/cache.py", .source, commands: 4), input("app/jobs.py", .source, commands: 2),
            input("app/clean.py", .source, commands: 9), input("/var/log/monitor.log", .monitor, commands: 100_000),
            input("data/appendonly.aof", .aof, commands: 12),
        ]
        summary.inputs[3].coverage = ["MONITOR shows no command that the server refuses"]
        summary.passedOver = 3
        summary.commands = ["get": 80_000, "unlink": 18_204, "client|setname": 3]
        summary.problems = [
            InputProblem(
                location: Location(path: "data/appendonly.aof", byteOffset: 8192), message: "the file ends in a command"
            ),
            InputProblem(location: Location(path: "app/jobs.py", line: 3), message: "torn", isFailure: false),
        ]
        summary.undecided = [
            Summary.Undecided(
                location: Location(path: "app/jobs.py", line: 5, columns: 3..<6), text: "r.execute_command(name)",
                confidence: .high)
        ]
        return summary
    }

    private static func input(_ path: String, _ kind: InputKind, commands: Int) -> InputSummary {
        var input = InputSummary(path: path, kind: kind)
        input.bytes = 1000
        input.commands = commands
        return input
    }
}
