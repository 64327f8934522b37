import Presentation
import WireFormats

/// Reads what redis-cli shows of SLOWLOG GET, in each of its four shapes.
///
/// The server cuts arguments: of more than 32 the last says how many are missing, and one of more than 128 bytes ends in
/// `... (172 more bytes)`, which gives its length back.
struct SlowLog {
    /// One slow command.
    struct Entry {
        var line = 0
        var byteOffset = 0
        var seconds: Int64 = 0
        var request = WordsRequest([])
        /// Whether arguments are missing.
        var isCut = false
    }

    /// What could not be read.
    struct Problem {
        let message: String
        let line: Int
        let byteOffset: Int
    }

    /// A slow log has 128 entries by default; no server keeps a log near this size.
    static let maximumBytes = 64 << 20

    private let text: [UInt8]
    private(set) var problem: Problem?

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// Calls `body` with each entry, up to the first that cannot be read.
    mutating func read(_ body: (Entry) -> Void) {
        let lines = text.split(separator: 10, omittingEmptySubsequences: false).map {
            $0.last == 13 ? $0.dropLast() : $0
        }
        switch SlowLogShape.of(lines) {
        case .terminal: readTerminal(lines, body)
        case .piped: readPiped(lines, body)
        case .json: readJSON(body)
        case .csv: readCSV(lines, body)
        case nil: problem = Problem(message: "is no output of SLOWLOG GET", line: 1, byteOffset: 0)
        }
    }

    private mutating func fail(_ message: String, line: Int, at offset: Int) {
        problem = Problem(message: message, line: line, byteOffset: offset)
    }

    /// Puts an argument into an entry, with its whole length where the server cut it.
    private static func add(_ argument: [UInt8], to entry: inout Entry) {
        let tail = String(decoding: argument.suffix(48), as: UTF8.self)
        guard tail.hasSuffix(")"), let mark = tail.firstRange(of: "... (") else {
            return entry.request.append(argument)
        }
        let words = tail[mark.upperBound...].split(separator: " ")
        guard words.count == 3, words[1] == "more", let missing = Int(words[0]), missing >= 0, missing < 1 << 40 else {
            return entry.request.append(argument)
        }
        let shown = argument.count - tail[mark.lowerBound...].utf8.count
        switch words[2] {
        case "bytes)": entry.request.append(Array(argument.prefix(shown)), length: shown + missing)
        case "arguments)": entry.isCut = true
        default: entry.request.append(argument)
        }
    }

    // MARK: On a terminal

    /// ` 1) 1) (integer) 26` begins an entry; `    4) 1) "HELLO"` its arguments, which go on at the same depth.
    private mutating func readTerminal(_ lines: [ArraySlice<UInt8>], _ body: (Entry) -> Void) {
        var entry: Entry?
        var isInArguments = false
        var argumentIndent = 0
        var field = 0
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let parts = Self.numbers(line)
            let value = line.dropFirst(parts.length)
            if parts.count == 2, parts.last == 1, value.starts(with: Array("(integer)".utf8)) {
                if let done = entry { body(done) }
                entry = Entry(line: index + 1, byteOffset: line.startIndex)
                field = 1
                isInArguments = false
                continue
            }
            guard entry != nil else {
                return fail("an entry of the slow log was to begin", line: index + 1, at: line.startIndex)
            }
            if parts.count == 2 {
                isInArguments = true
                argumentIndent = parts.lastIndent
                field += 1
            } else if !(isInArguments && parts.lastIndent == argumentIndent) {
                isInArguments = false
                field += 1
                if field == 2 { entry?.seconds = Self.integer(value) ?? 0 }
                continue
            }
            if isInArguments, var current = entry, let argument = Self.quoted(value) {
                Self.add(argument, to: &current)
                entry = current
            }
        }
        if let done = entry { body(done) }
    }

    /// The `1)` before a value: how many there are, the last of them and where it stands.
    private static func numbers(_ line: ArraySlice<UInt8>) -> (count: Int, last: Int, lastIndent: Int, length: Int) {
        var position = line.startIndex
        var found = (count: 0, last: 0, lastIndent: 0, length: 0)
        while true {
            var next = position
            while next < line.endIndex, line[next] == 32 { next += 1 }
            let digits = line[next...].prefix { $0 >= 48 && $0 <= 57 }
            guard !digits.isEmpty, digits.count < 10, digits.endIndex < line.endIndex,
                line[digits.endIndex] == UInt8(ascii: ")")
            else { break }
            found.count += 1
            found.last = Int(String(decoding: digits, as: UTF8.self)) ?? 0
            found.lastIndent = digits.endIndex - line.startIndex
            position = digits.endIndex + 1
            if position < line.endIndex, line[position] == 32 { position += 1 }
            found.length = position - line.startIndex
        }
        return found
    }

    private static func integer(_ value: ArraySlice<UInt8>) -> Int64? {
        let text = String(decoding: value, as: UTF8.self)
        return Int64(text.replacing("(integer) ", with: ""))
    }

    /// The bytes of a text in double quotes with redis-cli's escapes; nil where it is none.
    private static func quoted(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        guard value.first == UInt8(ascii: "\""), let words = InlineRequest.words(of: Array(value)) else { return nil }
        return words.first
    }

    // MARK: Through a pipe

    /// One value a line: number, time, duration, arguments, client, its name.
    ///
    /// Where an entry ends is told by the three numbers that the next begins with.
    private mutating func readPiped(_ lines: [ArraySlice<UInt8>], _ body: (Entry) -> Void) {
        var index = 0
        while index < lines.count {
            guard Self.isEntry(lines, index) else {
                if lines[index...].allSatisfy({ $0.isEmpty }) { return }
                return fail("an entry of the slow log was to begin", line: index + 1, at: lines[index].startIndex)
            }
            var entry = Entry(line: index + 1, byteOffset: lines[index].startIndex)
            entry.seconds = Self.integer(lines[index + 1]) ?? 0
            var end = index + 4
            while end < lines.count, !Self.isEntry(lines, end) { end += 1 }
            var values = Array(lines[index + 3..<min(end, lines.count)])
            if end >= lines.count {
                while let last = values.last, last.isEmpty, values.count > 1 { values.removeLast() }
            }
            for value in Self.withoutClient(values) { Self.add(Array(value), to: &entry) }
            body(entry)
            index = end
        }
    }

    /// Redis 4.0 and later write the client's address and name behind the arguments.
    private static func withoutClient(_ values: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        for back in 1...2 where values.count > back {
            let text = String(decoding: values[values.count - back].prefix(64), as: UTF8.self)
            let port = text.split(separator: ":").last.map { $0.allSatisfy { $0.isNumber } } ?? false
            if text.contains(":"), port { return Array(values.dropLast(back)) }
        }
        return values
    }

    private static func isEntry(_ lines: [ArraySlice<UInt8>], _ index: Int) -> Bool {
        guard index + 3 < lines.count else { return false }
        for line in lines[index...index + 2] {
            guard !line.isEmpty, line.count < 20, line.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
        }
        return (9...11).contains(lines[index + 1].count)
    }

    // MARK: CSV

    private mutating func readCSV(_ lines: [ArraySlice<UInt8>], _ body: (Entry) -> Void) {
        for (index, line) in lines.enumerated() where !line.isEmpty {
            var values: [[UInt8]] = []
            var rest = line
            while !rest.isEmpty {
                let value: ArraySlice<UInt8>
                if rest.first == UInt8(ascii: "\"") {
                    var end = rest.startIndex + 1
                    while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == 92 ? 2 : 1 }
                    guard end < rest.endIndex else {
                        return fail("a quote is not closed", line: index + 1, at: rest.startIndex)
                    }
                    value = rest[...end]
                    values.append(Self.quoted(value) ?? Array(value.dropFirst().dropLast()))
                } else {
                    value = rest.prefix { $0 != UInt8(ascii: ",") }
                    values.append(Array(value))
                }
                rest = rest[value.endIndex...]
                if rest.first == UInt8(ascii: ",") {
                    rest = rest.dropFirst()
                } else if !rest.isEmpty {
                    return fail("a comma is missing", line: index + 1, at: rest.startIndex)
                }
            }
            guard values.count > 3 else { return fail("an entry has no command", line: index + 1, at: line.startIndex) }
            var entry = Entry(line: index + 1, byteOffset: line.startIndex)
            entry.seconds = Self.integer(values[1][...]) ?? 0
            let arguments = Self.withoutClient(values.dropFirst(3).map { $0[...] })
            for argument in arguments { Self.add(Array(argument), to: &entry) }
            body(entry)
        }
    }

    // MARK: JSON

    private mutating func readJSON(_ body: (Entry) -> Void) {
        var reader = SlowLogJSON(text)
        while let entry = reader.next() {
            var made = Entry(line: 1, byteOffset: entry.byteOffset)
            made.line = 1 + text[..<entry.byteOffset].count { $0 == 10 }
            made.seconds = entry.seconds
            for argument in entry.arguments { Self.add(argument, to: &made) }
            body(made)
        }
        if !reader.isAtEnd {
            let line = 1 + text[..<min(reader.position, text.count)].count { $0 == 10 }
            fail("the JSON of the slow log cannot be read", line: line, at: reader.position)
        }
    }
}
