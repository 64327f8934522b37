import Presentation
import WireFormats

/// Reads what redis-cli shows of SLOWLOG GET, in each of its four shapes, with the prompts between where there are some.
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
        /// Whether nobody knows which lines are one argument.
        var isAmbiguous = false

        /// An entry of these arguments.
        init(line: Int, byteOffset: Int, seconds: Int64 = 0, _ arguments: some Sequence<[UInt8]> = EmptyCollection()) {
            self.line = line
            self.byteOffset = byteOffset
            self.seconds = seconds
            for argument in arguments { add(argument) }
        }

        /// Appends an argument, with its whole length where the server cut it.
        mutating func add(_ argument: [UInt8]) {
            let tail = String(decoding: argument.suffix(48), as: UTF8.self)
            guard tail.hasSuffix(")"), let mark = tail.firstRange(of: "... (") else { return request.append(argument) }
            let words = tail[mark.upperBound...].split(separator: " ")
            guard words.count == 3, words[1] == "more", let missing = Int(words[0]), missing >= 0, missing < 1 << 40
            else { return request.append(argument) }
            let shown = argument.count - tail[mark.lowerBound...].utf8.count
            switch words[2] {
            case "bytes)": request.append(Array(argument.prefix(shown)), length: shown + missing)
            case "arguments)": isCut = true
            default: request.append(argument)
            }
        }
    }

    /// What could not be read.
    struct Problem {
        let message: String
        let line: Int
        let byteOffset: Int
    }

    /// A slow log has 128 entries by default; no server keeps a log near this size.
    static let maximumBytes = 64 << 20

    let text: [UInt8]
    private(set) var problem: Problem?

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// Calls `body` with each entry, up to the first that cannot be read.
    mutating func read(_ body: (Entry) -> Void) {
        switch shape {
        case .terminal: readTerminal(body)
        case .piped: readPiped(body)
        case .json: readJSON(body)
        case .csv: readCSV(body)
        case nil: problem = Problem(message: "is no output of SLOWLOG GET", line: 1, byteOffset: 0)
        }
    }

    private var shape: SlowLogShape? {
        var lines = TextLines(text)
        var first: [ArraySlice<UInt8>] = []
        while first.count < 200, let line = lines.next() { first.append(line.bytes) }
        return SlowLogShape.of(first)
    }

    mutating func fail(_ message: String, _ line: TextLines.Line) {
        fail(message, line: line.number, at: line.offset)
    }

    mutating func fail(_ message: String, line: Int, at offset: Int) {
        problem = Problem(message: message, line: line, byteOffset: offset)
    }

    static let noBeginning = "an entry of the slow log was to begin"

    static func integer(_ value: some Sequence<UInt8>) -> Int64? {
        Int64(String(decoding: Array(value), as: UTF8.self).replacing("(integer) ", with: ""))
    }

    /// The bytes of a text in double quotes with redis-cli's escapes; nil where it is none.
    static func quoted(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        guard value.first == UInt8(ascii: "\""), let words = InlineRequest.words(of: Array(value)) else { return nil }
        return words.first
    }

    // MARK: JSON

    private mutating func readJSON(_ body: (Entry) -> Void) {
        var start = 0
        var lines = TextLines(text)
        // A prompt may stand before it.
        while let line = lines.next(), line.bytes.isEmpty || TerminalText.isNoise(line.bytes) {
            start = min(line.bytes.endIndex + 1, text.count)
        }
        var reader = SlowLogJSON(text, from: start)
        var counted = (line: 1, offset: 0)
        func line(of offset: Int) -> Int {
            counted.line += text[counted.offset..<offset].count { $0 == 10 }
            counted.offset = offset
            return counted.line
        }
        while let entry = reader.next() {
            body(
                Entry(
                    line: line(of: entry.byteOffset), byteOffset: entry.byteOffset, seconds: entry.seconds,
                    entry.arguments))
        }
        if !reader.isAtEnd {
            let place = min(reader.position, text.count)
            fail("the JSON of the slow log cannot be read", line: line(of: place), at: place)
        }
    }
}
