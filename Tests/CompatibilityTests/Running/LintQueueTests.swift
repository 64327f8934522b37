import Foundation
import Testing

@testable import Compatibility

/// Whatever the number of threads, the result is the same.
@Suite struct LintQueueTests {
    /// Everything that a run gives, as text.
    private static func text(_ paths: [String], threads: Int) -> String {
        var options = LintOptions()
        options.threads = threads
        let result = Linter(options).run(paths)
        let commands = result.summary.commands.sorted { $0.key < $1.key }
        return "\(result.findings)\n\(commands)\n\(result.summary.inputs)\n\(result.summary.problems)"
    }

    private static func expectSame(_ paths: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        let one = text(paths, threads: 1)
        for threads in [2, 3, 8] {
            #expect(text(paths, threads: threads) == one, "\(threads) threads", sourceLocation: sourceLocation)
        }
    }

    /// Lines of MONITOR with findings of every kind, among them lines that cannot be read and one of a megabyte.
    private static func monitor(lines: Int) -> String {
        var text = "OK\n"
        for index in 0..<lines {
            let time = "1795394106.\(100_000 + index % 900_000)"
            let peer = index % 11 == 0 ? "lua" : "10.0.0.\(index % 7):5000"
            switch index % 9 {
            case 0: text += "\(time) [0 \(peer)] \"KEYS\" \"user:\(index)*\"\n"
            case 1: text += "\(time) [\(index % 3) \(peer)] \"RPUSH\" \"list:\(index % 5)\" \"\(index)\"\n"
            case 2: text += "\(time) [0 \(peer)] \"HSET\" \"h:\(index)\" \"a\" \"1\" \"b\" \"\\x00\\\"\"\n"
            case 3: text += "\(time) [0 \(peer)] \"MULTI\"\n"
            case 4: text += "\(time) [0 \(peer)] \"APPEND\" \"grows\" \"\(String(repeating: "v", count: 60))\"\n"
            case 5: text += "\(time) [0 \(peer)] \"EXEC\"\n"
            case 6 where index % 5000 == 6: text += "this is no line\n"
            default: text += "\(time) [0 \(peer)] \"GET\" \"k:\(index)\"\n"
            }
        }
        return text + "1795394107.1 [0 10.0.0.1:1] \"SET\" \"big\" \"\(String(repeating: "x", count: 1_000_001))\"\n"
    }

    @Test func `A large log of MONITOR`() {
        let file = TemporaryFile(Self.monitor(lines: 180_000), name: "x.monitor")
        Self.expectSame([file.path])
        let findings = Self.text([file.path], threads: 2)
        for rule in ["refused-command", "value-grows-too-large", "value-too-large", "other-database", "locked-key"] {
            #expect(findings.contains(rule), "\(rule) is not among the findings")
        }
    }

    @Test func `A large append-only file with a torn tail, and one that is damaged`() {
        var text = ""
        for index in 0..<60_000 {
            text += Lint.resp("RPUSH", "list:\(index % 3)", String(repeating: "v", count: 50), "\(index)")
            if index % 1000 == 0 {
                text += "#TS:\(1_795_394_106 + index)\r\n" + Lint.resp("SELECT", "\(index % 2000 / 1000)")
            }
        }
        let torn = TemporaryFile(text + "*2\r\n$3\r\nSE", name: "x.aof")
        Self.expectSame([torn.path])
        let damaged = TemporaryFile(text + "*1\r\n$3\r\nPINGxx" + text, name: "x.aof")
        Self.expectSame([damaged.path])
    }

    @Test func `Many files below a folder, and several inputs`() {
        let first = TemporaryFile(Self.monitor(lines: 2000), name: "a.monitor")
        for index in 0..<120 {
            first.write(Array("import redis\nr = redis.Redis()\nr.keys('\(index)*')\n".utf8), name: "\(index).py")
        }
        let second = TemporaryFile("KEYS *\nGET a\n", name: "b.redis")
        Self.expectSame([first.parent, second.path, first.path, "/no/such/file"])
    }
}
