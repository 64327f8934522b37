import Testing

@testable import Compatibility

@Suite("Text in other encodings") struct EncodingTests {
    private static let python = "import redis\nr = redis.Redis()\nr.keys('ä€😀*')\n"
    private static let monitor = "OK\n1795394106.974517 [0 127.0.0.1:59752] \"KEYS\" \"*\"\n"

    enum Encoding: CaseIterable {
        case utf8WithMark, utf16, utf16BigEndian, utf16WithoutMark

        func bytes(_ text: String) -> [UInt8] {
            switch self {
            case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .utf16: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .utf16BigEndian: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case .utf16WithoutMark: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            }
        }
    }

    @Test(arguments: Encoding.allCases)
    func `source code, scripts and traces are read as in UTF-8`(_ encoding: Encoding) throws {
        let inputs = [
            (Self.python, "a.py", 3, 3), ("#!/bin/sh\nredis-cli keys x\n", "a.sh", 2, 11),
            ("SET a 1\nKEYS *\n", "a.redis", 2, 1), (Self.monitor, "monitor.log", 2, 40),
            ("127.0.0.1:6379> KEYS *\n(empty array)\n", "session.txt", 1, 17),
            ("# Commandstats\ncmdstat_keys:calls=2\n", "stats.txt", 2, 1),
        ]
        for (text, name, line, column) in inputs {
            let result = Lint.bytes(encoding.bytes(text), name: name)
            let finding = try #require(result.findings.first { $0.command == "KEYS" }, "\(name)")
            #expect(finding.first.line == line, "\(name)")
            #expect(finding.first.columns?.lowerBound == column, "\(name)")
            #expect(result.summary.problems.isEmpty, "\(name)")
        }
    }

    @Test func `the excerpt of a line in UTF-16 is its text`() throws {
        let result = Lint.bytes(Encoding.utf16.bytes(Self.python), name: "a.py")
        #expect(result.findings.last?.excerpt?.text == "r.keys('ä€😀*')")
    }

    @Test func `a large log in UTF-16 is read through a window`() {
        let line = "1795394106.974517 [0 127.0.0.1:59752] \"SET\" \"k\" \"ä\"\n"
        let text = String(repeating: line, count: 30_000) + "1795394107.0 [0 127.0.0.1:59752] \"KEYS\" \"*\"\n"
        let result = Lint.bytes(Encoding.utf16.bytes(text), name: "monitor.log")
        #expect(result.summary.commandCount == 30_001)
        #expect(result.findings.map(\.first.line) == [30_001])
    }

    @Test func `halves of a surrogate pair that are alone become the replacement character`() {
        var decoder = UTF16Decoder(isBigEndian: true)
        var text: [UInt8] = []
        // A pair cut between its bytes, a low half alone, a high half alone, and one byte of a unit at the end.
        for bytes in [[0xD8, 0x3D, 0xDE], [0x00, 0xDC, 0x00], [0xD8, 0x00, 0x00, 0x41], [0x00]] as [[UInt8]] {
            bytes.withUnsafeBytes { decoder.append($0, to: &text) }
        }
        decoder.finish(to: &text)
        #expect(String(decoding: text, as: UTF8.self) == "😀\u{FFFD}\u{FFFD}A\u{FFFD}")
    }

    @Test func `colours and other sequences of a terminal are left out of a trace`() throws {
        let coloured =
            "\u{1B}[32m1795394106.974517\u{1B}[0m [0 127.0.0.1:59752] \"\u{1B}[01;31m\u{1B}[KKEYS\u{1B}[m\" \"*\"\u{1B}[0m\r\n"
            + "\u{1B}]0;title\u{7}1795394107.974517 [0 127.0.0.1:59752] \"DBSIZE\"\n"
        let result = Lint.text(coloured, name: "monitor.log")
        #expect(result.findings.map(\.command) == ["KEYS", "DBSIZE"])
        #expect(result.summary.problems.isEmpty)
        // A string of source code keeps its escape character, and so its columns.
        let python = try #require(
            Lint.text("import redis\nx = '\u{1B}[0m'; redis.Redis().keys('*')\n", name: "a.py").findings.last)
        #expect(python.first.columns?.lowerBound == 27)
    }

    @Test func `a configuration may begin with a byte order mark, or be UTF-16`() throws {
        for encoding in [Encoding.utf8WithMark, .utf16, .utf16BigEndian] {
            let text = PlainText.utf8(encoding.bytes("fail-on = \"error\"\n"))
            #expect(try Configuration(text, folder: "/").failOn == .error)
        }
    }
}
