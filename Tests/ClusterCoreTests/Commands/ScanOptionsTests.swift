import Testing

@testable import ClusterCore

@Suite struct ScanOptionsTests {
    @Test(
        "A cursor is read as strtoul reads it",
        arguments: [
            ("0", 0), ("", 0), ("17", 17), ("+5", 5), ("-1", UInt64.max), ("007", 7), ("3\0x", 3),
            ("18446744073709551615", UInt64.max),
        ])
    func cursor(_ text: String, _ expected: UInt64) throws {
        let cursor = try Bytes.with(text) { try ScanOptions.cursor($0) }
        #expect(cursor == expected)
    }

    @Test("A cursor is refused", arguments: ["x", "1x", " 1", "-", "+", "1.5", "18446744073709551616"])
    func invalidCursor(_ text: String) {
        let commander = Commander()
        #expect(commander.run(["HSCAN", "k", text]) == "-ERR invalid cursor\r\n")
    }

    @Test(
        "Options are refused in the order in which they stand",
        arguments: [
            (["BOGUS"], "-ERR syntax error\r\n"),
            (["MATCH"], "-ERR syntax error\r\n"),
            (["COUNT", "0"], "-ERR syntax error\r\n"),
            (["COUNT", "-1"], "-ERR syntax error\r\n"),
            (["COUNT", "x", "BOGUS"], "-ERR value is not an integer or out of range\r\n"),
            (["MATCH", "*", "COUNT"], "-ERR syntax error\r\n"),
            (["count", "5", "match", "*", "extra"], "-ERR syntax error\r\n"),
        ])
    func refused(_ options: [String], _ expected: String) {
        let commander = Commander()
        #expect(commander.run(["HSCAN", "k", "0"] + options) == "*2\r\n$1\r\n0\r\n*0\r\n")
        commander.run("HSET k f v")
        #expect(commander.run(["HSCAN", "k", "0"] + options) == expected)
    }

    @Test func `A pattern of 1024 bytes is taken and one of 1025 refused`() {
        let commander = Commander()
        commander.run("HSET k f v")
        let longest = String(repeating: "[a-f]", count: 204) + "****"
        #expect(commander.run(["HSCAN", "k", "0", "MATCH", longest]) == "*2\r\n$1\r\n0\r\n*0\r\n")
        #expect(
            commander.run(["HSCAN", "k", "0", "MATCH", longest + "*"])
                == "-ERR pattern is 1025 bytes, the limit is 1024\r\n")
    }

    @Test func `Of an option given twice the last counts`() {
        let commander = Commander()
        commander.run("HMSET k a 1 b 2")
        #expect(commander.run("HSCAN k 0 MATCH a MATCH b") == "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\n2\r\n")
    }
}
