import Testing

@testable import WireFormats

@Suite("Lines of MONITOR")
struct MonitorReaderTests {
    private func read(_ pieces: [[UInt8]], maximumLineBytes: Int = 1 << 20) -> [String] {
        var reader = MonitorReader(maximumLineBytes: maximumLineBytes)
        var findings: [String] = []
        var pending: [UInt8] = []
        for index in 0..<max(pieces.count, 1) {
            if index < pieces.count { pending += pieces[index] }
            let isLast = index >= pieces.count - 1
            while let consumed = step(&reader, pending, isLast, &findings) { pending.removeFirst(consumed) }
        }
        return findings
    }

    /// One line; how many bytes it took, nil when there is nothing more to find in these.
    private func step(
        _ reader: inout MonitorReader, _ pending: [UInt8], _ isLast: Bool, _ findings: inout [String]
    ) -> Int? {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(pending.count, 1), alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: pending)
        let buffer = UnsafeRawBufferPointer(rebasing: copy[..<pending.count])
        switch reader.next(in: buffer, isLast: isLast) {
        case .needMore, .end: return nil
        case .notice(let consumed): return consumed
        case .malformed(let consumed, let problem):
            findings.append("\(problem)")
            return consumed
        case .command(let consumed):
            let command = reader.command
            let peer = Array(buffer[command.peer]).escaped
            var text = "\(command.seconds).\(command.microseconds) \(command.database) \(command.source)(\(peer))"
            for (range, length) in zip(reader.ranges, reader.lengths) {
                var bytes: [UInt8] = []
                MonitorText.unescape(UnsafeRawBufferPointer(rebasing: buffer[range]), into: &bytes)
                #expect(bytes.count == length)
                #expect((length != range.count) == buffer[range].contains(0x5C))
                text += " [\(bytes.escaped)]"
            }
            findings.append(text)
            return consumed
        }
    }

    @Test(
        "Every shape",
        arguments: [
            (
                "1795394106.974517 [0 127.0.0.1:59752] \"SET\" \"k\" \"a b\\\"c\\\\d\"",
                "1795394106.974517 0 client(127.0.0.1:59752) [SET] [k] [a b\"c\\d]"
            ),
            (
                "1795394106.996624 [0 127.0.0.1:59756] \"SET\" \"bin\" \"\\x00\\xff\\r\\n\\t\\a\\b\"",
                "1795394106.996624 0 client(127.0.0.1:59756) [SET] [bin] [\\x00\\xff\\x0d\\x0a\\x09\\x07\\x08]"
            ),
            ("1795394107.015516 [0 [::1]:51170] \"KEYS\" \"*\"", "1795394107.15516 0 client([::1]:51170) [KEYS] [*]"),
            (
                "1795394107.031101 [3 unix:/run/a ] b/r.sock] \"SET\" \"\\xd0\\xba\" \"\"",
                "1795394107.31101 3 unixSocket(unix:/run/a ] b/r.sock) [SET] [\\xd0\\xba] []"
            ),
            ("1795394107.043166 [0 lua] \"KEYS\" \"*\"", "1795394107.43166 0 script(lua) [KEYS] [*]"),
            (
                "1795394107.051809 [0 127.0.0.1:59766] \"AUTH\" \"(redacted)\"",
                "1795394107.51809 0 client(127.0.0.1:59766) [AUTH] [(redacted)]"
            ),
            (
                "1795394107.075433 [0 127.0.0.1:59782] \"SET\" \"\" \"emptykey\"",
                "1795394107.75433 0 client(127.0.0.1:59782) [SET] [] [emptykey]"
            ),
            ("1339518083.107412 \"keys\" \"*\"", "1339518083.107412 0 unknown() [keys] [*]"),
            ("1339518083.107412 (db 15) \"get\" \"k\"", "1339518083.107412 15 unknown() [get] [k]"),
            ("1.2 [0 lua] \"a\\x4\" \"\\q\\xgg\"", "1.2 0 script(lua) [ax4] [qxgg]"),
        ])
    func shapes(line: String, finding: String) {
        for (before, after) in [("", "\n"), ("", ""), ("+", "\r\n"), ("OK\n\n", "\n"), ("+OK\r\n", "\r\n\r\n")] {
            #expect(SplitVerifier.verify([UInt8](before + line + after)) { read($0) } == [finding])
        }
    }

    @Test(
        "A line that cannot be read is one finding, and the next one is read",
        arguments: [
            ("Error: Server closed the connection", "noTime"), ("x", "noTime"), ("17", "noTime"), ("17.", "noTime"),
            ("17.1[0 lua] \"a\"", "noTime"), ("OKAY", "noTime"), ("1234567890123456789.1 \"a\"", "noTime"),
            ("17.1 get k", "noSource"), ("17.1 [x lua] \"a\"", "noSource"), ("17.1 [0 lua \"a\"", "noSource"),
            ("17.1 (db x) \"a\"", "noSource"), ("17.1 ", "noSource"),
            ("17.1 [0 lua] \"a", "badQuotes"), ("17.1 [0 lua] \"a\"b", "badQuotes"),
            ("17.1 [0 lua] \"a\" b", "badQuotes"),
            ("17.1 [0 lua] \"a\\", "badQuotes"), ("17.1 [0 lua] \"a\" ", "badQuotes"),
        ])
    func malformed(line: String, problem: String) {
        let input = [UInt8](line + "\n1.2 [0 lua] \"PING\"\n")
        #expect(SplitVerifier.verify(input) { read($0) } == [problem, "1.2 0 script(lua) [PING]"])
    }

    @Test("A line that the input cuts off is malformed at the end only")
    func torn() {
        let line = [UInt8]("1.2 [0 lua] \"SET\" \"k\" \"val")
        #expect(SplitVerifier.verify(line) { read($0) } == ["badQuotes"])
    }

    @Test("A line beyond the limit is passed over, however long it is")
    func tooLong() {
        let line = [UInt8]("1.2 [0 lua] \"SET\" \"") + [UInt8](repeating: 0x78, count: 300)
        let pieces = [line, line, line + [UInt8]("\"\n1.2 [0 lua] \"PING\"\n")]
        #expect(read(pieces, maximumLineBytes: 200) == ["tooLong", "1.2 0 script(lua) [PING]"])
    }

    @Test("A long line in small pieces takes linear time")
    func linear() {
        let line = [UInt8]("1.2 [0 lua] \"SET\" \"") + [UInt8](repeating: 0x5C, count: 2_000_000) + [UInt8]("\"\n")
        var reader = MonitorReader()
        line.withUnsafeBytes { bytes in
            var outcome = MonitorReader.Outcome.needMore
            for end in stride(from: 100, to: bytes.count, by: 100) {
                outcome = reader.next(in: UnsafeRawBufferPointer(rebasing: bytes[..<end]), isLast: false)
                guard outcome == .needMore else { break }
            }
            // Parsing anew with each of the 20,000 pieces would look at 20 GB.
            #expect(outcome == .needMore)
            #expect(reader.next(in: bytes, isLast: false) == .command(consumed: bytes.count))
        }
        #expect(Array(reader.lengths) == [3, 1_000_000])
    }

    @Test("No line stops the reader, and the pieces do not matter")
    func garbage() {
        var random = SeededGenerator()
        let valid = [UInt8]("OK\n17.1 [0 127.0.0.1:5] \"SET\" \"k\\x00\" \"v\\\"\"\n17.2 [0 lua] \"GET\" \"k\"\n")
        let alphabet = [UInt8]("\"\\x 1.[0 lua]\n\r+OK")
        for round in 0..<SeededGenerator.rounds(20_000) {
            let input = round % 2 == 0 ? random.mutate(valid) : random.bytes(random.below(40), from: alphabet)
            let cut = random.below(input.count + 1)
            guard read([input]) == read([Array(input[..<cut]), Array(input[cut...])]) else {
                Issue.record("seed \(random.seed), round \(round), cut \(cut): \(input.escaped)")
                return
            }
        }
    }
}

@Suite("Lines of MONITOR behind what others have written") struct MonitorPrefixTests {
    private static let line = #"1795394106.974517 [0 127.0.0.1:59752] "SET" "k" "v""#

    /// The commands' names, or what else the lines are.
    private func read(_ text: String, chunk: Int = .max) -> [String] {
        var reader = MonitorReader()
        var found: [String] = []
        let bytes = Array(text.utf8)
        var (start, end) = (0, min(chunk, bytes.count))
        while true {
            let isLast = end == bytes.count
            let (outcome, name) = bytes.withUnsafeBytes { memory in
                let rest = UnsafeRawBufferPointer(rebasing: memory[start..<end])
                let outcome = reader.next(in: rest, isLast: isLast)
                guard case .command = outcome, let range = reader.ranges.first else { return (outcome, "") }
                return (outcome, String(decoding: rest[range], as: UTF8.self))
            }
            switch outcome {
            case .command(let consumed):
                found.append("\(name) \(reader.command.seconds)")
                start += consumed
            case .notice(let consumed):
                found.append("notice")
                start += consumed
            case .malformed(let consumed, let problem):
                found.append("\(problem)")
                start += consumed
            case .needMore: end = min(end + chunk, bytes.count)
            case .end: return found
            }
        }
    }

    @Test(arguments: [
        "2026-11-28T17:13:01.123456789Z ", "redis-1  | ", "[pod/redis-0/redis] ",
        "Nov 28 17:13:01 host redis-cli[71]: ",
        "+", "  ", "cache | 2026-11-28T17:13:01.123456789Z ", "17:13:01 +", "é ",
    ])
    func `a prefix is passed over, wherever the bytes are cut`(_ prefix: String) {
        let text = "\(prefix)OK\n\(prefix)\(Self.line)\n\(Self.line)\r\n\(prefix) \(Self.line)\n"
        let expected = ["notice"] + Array(repeating: "SET 1795394106", count: 3)
        for chunk in [Int.max, 1, 7, 64] {
            #expect(read(text, chunk: chunk) == expected, "\(chunk)")
        }
    }

    @Test(arguments: [
        "x1795394106.974517 [0 a:1] \"SET\"", "x 1795394106.97451 [0 a:1] \"SET\"", "x 12.974517 [0 a:1] \"SET\"",
        "text OKAY", "log: 1795394106.974517 something",
    ])
    func `what has no time of MONITOR in it is no command`(_ text: String) {
        #expect(read("\(text)\n\(Self.line)\n") == ["noTime", "SET 1795394106"])
    }
}
