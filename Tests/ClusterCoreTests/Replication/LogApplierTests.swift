import Testing

@testable import ClusterCore

/// What a copy does that follows a log, and what it says where it cannot.
struct LogApplierTests {
    /// A copy, and a way to ask for what it holds.
    private let copy = Commander(shards: 1)

    private func apply(_ lines: [String]) throws(LogApplier.Failure) {
        var applier = LogApplier(target: copy.shards)
        try applier.apply(commands: Self.log(lines))
    }

    /// The commands as a log has them; a line that begins with `#` is a comment.
    private static func log(_ lines: [String]) -> [UInt8] {
        lines.flatMap { line -> [UInt8] in
            guard !line.hasPrefix("#") else { return Array("\(line)\n".utf8) }
            let words = line.split(separator: " ")
            return Array("*\(words.count)\r\n".utf8) + words.flatMap { Array("$\($0.utf8.count)\r\n\($0)\r\n".utf8) }
        }
    }

    @Test("commands run in the log's order, however many are decoded ahead", arguments: [1, 15, 16, 17, 33, 100])
    func order(count: Int) throws {
        try apply((0..<count).map { "RPUSH list \($0)" })
        #expect(Answer.bulks(copy.run("LRANGE list 0 -1")) == (0..<count).map(String.init))
    }

    @Test("a command that removes all keys, or reads several, sees what stands before it and not what stands behind")
    func commandsThatAreNotDecodedAhead() throws {
        try apply([
            "SET gone 1", "FLUSHALL", "SET a abc", "BITOP NOT turned a", "SET a later",
            "MULTI", "SET b later", "DEL a", "EXEC", "#TS:1", "BITOP AND both b b", "DEL b",
        ])
        #expect(copy.run("GET gone") == "$-1\r\n")
        #expect(Array(copy.reply(to: [Array("GET".utf8), Array("turned".utf8)])[4..<7]) == [0x9e, 0x9d, 0x9c])
        #expect(copy.run("GET both") == "$5\r\nlater\r\n")
        #expect(copy.run("EXISTS a") == ":0\r\n")
        #expect(copy.run("EXISTS b") == ":0\r\n")
    }

    @Test func `a deadline that has wrapped around comes with its key, and one that has passed removes nothing yet`()
        throws
    {
        try apply(["SET k v", "PEXPIREAT k -9223370336854775809", "SET far v", "PEXPIREAT far 9223372036854775807"])
        try apply(["SET gone v", "PEXPIREAT gone 1", "SET kept v", "PEXPIREAT kept 1", "PEXPIREAT kept 1800000000000"])
        #expect(copy.run("PTTL k") == ":9223372036854775807\r\n")
        #expect(copy.run("PTTL far") == ":9223370336854775807\r\n")
        #expect(copy.run("EXISTS gone") == ":0\r\n")
        #expect(copy.run("PTTL kept") == ":100000000000\r\n")
    }

    @Test("a command with more words than are decoded ahead is run at its place")
    func longCommand() throws {
        let members = (0..<500).map(String.init).joined(separator: " ")
        try apply(["RPUSH list first", "RPUSH list \(members)", "RPUSH list last"])
        #expect(copy.run("LINDEX list 0") == "$5\r\nfirst\r\n")
        #expect(copy.run("LINDEX list 500") == "$3\r\n499\r\n")
        #expect(copy.run("LINDEX list -1") == "$4\r\nlast\r\n")
    }

    @Test("a command that is answered with an error is named with the byte at which it begins")
    func failure() throws {
        let before = ["SET text abc", "MULTI", "#TS:1", "INCR number"]
        let error = #expect(throws: LogApplier.Failure.self) {
            try apply(before + ["LPUSH text 1", "SET later 1"])
        }
        #expect(error?.command == "LPUSH")
        #expect(error?.answer == "WRONGTYPE Operation against a key holding the wrong kind of value")
        #expect(error?.byteOffset == Self.log(before).count)
        #expect(copy.run("GET number") == "$1\r\n1\r\n")
        #expect(copy.run("EXISTS later") == ":0\r\n")
    }

    @Test("what is no command of a log is refused behind those before it, with its byte")
    func refusals() throws {
        let wrong = "wrong number of arguments"
        for (line, answer) in [
            ("KEYS *", "no command of a log"), ("GET", wrong), ("SETEX k 10", wrong), ("BITOP AND k", wrong),
        ] {
            let error = #expect(throws: LogApplier.Failure.self) { try apply(["SET k v", line]) }
            #expect(error?.answer == answer, "\(line)")
            #expect(error?.byteOffset == Self.log(["SET k v"]).count, "\(line)")
        }
        var torn = LogApplier(target: copy.shards)
        let bytes = Self.log(["SET whole 1", "SET torn 1"]).dropLast(3)
        do throws(LogApplier.Failure) {
            try torn.apply(commands: Array(bytes))
            Issue.record("a torn command was run")
        } catch {
            #expect(error.answer == "the log is not made of whole commands")
            #expect(error.byteOffset == Self.log(["SET whole 1"]).count)
        }
        #expect(copy.run("GET whole") == "$1\r\n1\r\n")
    }
}
