import Testing

@testable import WireFormats

@Suite("Append-only files")
struct AOFReaderTests {
    private func read(_ pieces: [[UInt8]], longestHeld: Int = .max) -> [String] {
        var reader = AOFReader(byteOffset: 100, longestHeld: longestHeld)
        var findings: [String] = []
        var pending: [UInt8] = []
        do throws(AOFError) {
            for index in 0..<max(pieces.count, 1) {
                if index < pieces.count { pending += pieces[index] }
                let isLast = index >= pieces.count - 1
                var consumed: Int? = 0
                while let count = consumed {
                    pending.removeFirst(count)
                    consumed = try step(&reader, pending, isLast, &findings)
                }
            }
        } catch {
            findings.append("\(error)")
        }
        return findings
    }

    /// One finding; how many bytes it took, nil when there is nothing more to find in these.
    private func step(
        _ reader: inout AOFReader, _ pending: [UInt8], _ isLast: Bool, _ findings: inout [String]
    ) throws(AOFError) -> Int? {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(pending.count, 1), alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: pending)
        let buffer = UnsafeRawBufferPointer(rebasing: copy[..<pending.count])
        let outcome = try reader.next(in: buffer, isLast: isLast)
        switch outcome {
        case .needMore: return nil
        case .command(let consumed):
            let request = reader.request(in: buffer)
            findings.append((0..<request.count).map { request.copyArgument($0).escaped }.joined(separator: " "))
            return consumed
        case .timestamp(let consumed, let seconds):
            findings.append("time \(seconds)")
            return consumed
        case .annotation(let consumed):
            findings.append("annotation")
            return consumed
        case .partOfLongCommand(let consumed): return consumed
        case .longCommand(let consumed):
            let command = reader.longCommand
            let words = command.withView { view in (0..<view.count).map { Array(view[$0].prefix(8)).escaped } }
            findings.append(
                "long " + zip(words, command.lengths).map { "\($0):\($1)" }.joined(separator: " "))
            return consumed
        case .tornCommand, .tornTransaction, .end:
            findings.append("\(outcome)")
            return nil
        }
    }

    @Test(
        "Commands and annotations",
        arguments: [
            ("", ["end"]),
            (
                "#TS:1795394106\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n#x\r\n*3\r\n$3\r\nset\r\n$1\r\nk\r\n$7\r\na b\"c\\d\r\n",
                ["time 1795394106", "SELECT 0", "annotation", "set k a b\"c\\d", "end"]
            ),
            ("*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nEXEC\r\n", ["MULTI", "EXEC", "end"]),
            ("#TS:x\r\n", ["annotation", "end"]),
        ])
    func wellFormed(file: String, findings: [String]) {
        #expect(SplitVerifier.verify([UInt8](file)) { read($0) } == findings)
    }

    @Test(
        "A torn end is reported with the place from which it is to be cut",
        arguments: [
            ("*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGE", ["PING", "tornCommand(byteOffset: 114)"]),
            ("*1\r\n$4\r\nPING\r\n*", ["PING", "tornCommand(byteOffset: 114)"]),
            ("*1\r\n$4\r\nPING\r\n*2\r", ["PING", "tornCommand(byteOffset: 114)"]),
            ("*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r", ["PING", "tornCommand(byteOffset: 114)"]),
            // A system that goes down leaves zeros where bytes were still to be written.
            ("*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$\0\0", ["PING", "tornCommand(byteOffset: 114)"]),
            ("*1\r\n$4\r\nPING\r\n*2\r\n$9\r\nGET\0\0\0", ["PING", "tornCommand(byteOffset: 114)"]),
            ("#TS:17", ["tornCommand(byteOffset: 100)"]),
            (
                "*1\r\n$4\r\nPING\r\n*1\r\n$5\r\nmulti\r\n*1\r\n$4\r\nPING\r\n",
                ["PING", "multi", "PING", "tornTransaction(byteOffset: 114)"]
            ),
        ])
    func torn(file: String, findings: [String]) {
        #expect(SplitVerifier.verify([UInt8](file)) { read($0) } == findings)
    }

    @Test(
        "Damage is reported with the place where the command begins",
        arguments: [
            ("*1\r\n$4\r\nPING\r\nPING\r\n", "'P' where a command was to begin with '*' at byte 114"),
            (
                "*1\r\n$4\r\nPING\r\n\0\0",
                "zero bytes, as a crash leaves them, where a command was to begin at byte 114"
            ),
            ("*1\r\n$4\r\nPING\r\n\n", "a line feed where a command was to begin with '*' at byte 114"),
            ("*1\r\n$4\r\nPING\r\n\u{1}", "the value 0x01 where a command was to begin with '*' at byte 114"),
            ("*0\r\n", "a command without a name at byte 100"),
            ("*1\r\n$4\r\nPINGX\r\n", "an argument is not followed by CR LF in the command at byte 100"),
            ("*3\n$3\nSET\n$1\nk\n", "a line ends in LF alone and not in CR LF in the command at byte 100"),
            ("*1\r\n$4\nPING\n", "a line ends in LF alone and not in CR LF in the command at byte 100"),
            ("* a list\n* of text\n", "what begins like a command is none at byte 100"),
            ("*1\r\n$2\r\nPIN", "an argument is not followed by CR LF in the command at byte 100"),
            ("*1\r\n+4\r\n", "a damaged command (Protocol error: expected '$', got '+') at byte 100"),
        ])
    func damage(file: String, message: String) {
        #expect(SplitVerifier.verify([UInt8](file)) { read($0) }.last == message)
    }

    @Test("A file with a preamble is told by its first five bytes")
    func preamble() throws {
        func begins(_ text: String) -> Bool? { [UInt8](text).withUnsafeBytes { AOFReader.beginsWithPreamble($0) } }
        #expect(begins("REDIS0011") == true)
        #expect(begins("VALKEY080") == true)
        #expect(begins("REDIS") == nil)
        #expect(begins("REDIS_URL=redis://h") == false)
        #expect(begins("VALKEYS") == false)
        #expect(begins("*1\r\n$") == false)
        #expect(begins("REDI") == nil)
        #expect(begins("") == nil)
        #expect(begins("RE*") == false)
    }

    @Test("A command that is longer than is held is told by its lengths")
    func longCommands() {
        let value = String(repeating: "v", count: 50)
        let file = [UInt8](
            "*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$50\r\n\(value)\r\n*1\r\n$5\r\nMULTI\r\n")
        let found = SplitVerifier.verify(file) { pieces in
            // What is held at once depends on the pieces; what is found does not.
            read(pieces, longestHeld: 20).map {
                $0.hasPrefix("long SET:3 key:3 vvvvvvvv:50") || $0 == "SET key \(value)" ? "SET" : $0
            }
        }
        #expect(found == ["PING", "SET", "MULTI", "tornTransaction(byteOffset: \(100 + file.count - 15))"])
        #expect(read(file.map { [$0] }, longestHeld: 20)[1] == "long SET:3 key:3 vvvvvvvv:50")
        let torn = Array(file.dropLast(20))
        #expect(read(torn.map { [$0] }, longestHeld: 20) == ["PING", "tornCommand(byteOffset: 114)"])
        let wrong = [UInt8]("*2\r\n$3\r\nSET\r\n$30\r\n\(value)\r\n")
        #expect(
            read(wrong.map { [$0] }, longestHeld: 20)
                == ["an argument is not followed by CR LF in the command at byte 100"])
    }

    @Test("A plain command can still be looked at when the next one is read")
    func lasting() throws {
        let file = [UInt8]("*2\r\n$3\r\nDEL\r\n$1\r\na\r\n*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$1\r\nv\r\n")
        try file.withUnsafeBytes { buffer in
            var reader = AOFReader()
            guard case .command(let consumed) = try reader.next(in: buffer, isLast: true) else {
                Issue.record("no command")
                return
            }
            let isPlain = reader.isPlain
            #expect(isPlain)
            let first = reader.request(in: buffer)
            let rest = UnsafeRawBufferPointer(rebasing: buffer[consumed...])
            _ = try reader.next(in: rest, isLast: true)
            #expect((0..<first.count).map { first.copyArgument($0).escaped } == ["DEL", "a"])
            let second = reader.request(in: rest)
            #expect(second.copyArgument(1).escaped == "key")
        }
    }

    @Test("No file stops the reader, and the pieces do not matter")
    func garbage() {
        var random = SeededGenerator()
        let valid = [UInt8]("#TS:17\r\n*1\r\n$5\r\nMULTI\r\n*2\r\n$4\r\nECHO\r\n$2\r\nab\r\n*1\r\n$4\r\nEXEC\r\n")
        for round in 0..<SeededGenerator.rounds(20_000) {
            let file = random.mutate(valid)
            let cut = random.below(file.count + 1)
            guard read([file]) == read([Array(file[..<cut]), Array(file[cut...])]) else {
                Issue.record("seed \(random.seed), round \(round), cut \(cut): \(file.escaped)")
                return
            }
        }
    }
}
