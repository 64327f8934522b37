// TOML 1.0.0, without the kinds of value that no configuration here has: numbers with a fraction, dates and times.
//
//   fail-on = "warning"              key = value
//   [limits]                         the header of a table: what follows is in it
//   value-bytes = 1_000_000
//   [[override]]                     one more element of a list of tables

/// Reads a document, line by line.
package struct TOMLReader {
    private let bytes: [UInt8]
    var position = 0
    var line = 1
    /// How deep lists and tables are in each other where the reader stands.
    var depth = 0

    /// How deep they may be: far more than anyone writes, and far less than the stack holds.
    static let maximumDepth = 32

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The table of a whole document.
    package static func read(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
        if String(validating: bytes, as: UTF8.self) == nil {
            throw TOMLError(line: firstLineNotUTF8(bytes), message: "the file is not UTF-8 here")
        }
        // A byte-order mark is not part of the document.
        var reader = TOMLReader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        return try reader.document()
    }

    private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }

    private mutating func document() throws(TOMLError) -> TOMLTable {
        var root = TOMLTable()
        var header: [String] = []
        while true {
            skipBlankLines()
            guard let byte = peek() else { return root }
            let start = line
            if byte == UInt8(ascii: "[") {
                position += 1
                let isElement = take("[")
                header = try keyPath()
                skipBlanks()
                guard take("]"), !isElement || take("]") else { throw wrong("a header ends with ]") }
                guard header.count <= Self.maximumDepth else { throw wrong("tables are too deep in each other") }
                try root.open(header[...], isElement: isElement, line: start)
            } else {
                let (path, value) = try member()
                try root.insert(value, at: path[...], below: header[...])
            }
            try endLine()
        }
    }

    /// `key = value`.
    mutating func member() throws(TOMLError) -> (path: [String], value: TOMLValue) {
        let path = try keyPath()
        guard path.count <= Self.maximumDepth else { throw wrong("tables are too deep in each other") }
        skipBlanks()
        guard take("=") else { throw wrong("there must be = behind the key '\(path.joined(separator: "."))'") }
        skipBlanks()
        return (path, try value())
    }

    /// Keys with dots between.
    private mutating func keyPath() throws(TOMLError) -> [String] {
        var path: [String] = []
        repeat {
            skipBlanks()
            path.append(try key())
            skipBlanks()
        } while take(".")
        return path
    }

    private mutating func key() throws(TOMLError) -> String {
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(mayHaveLines: false)
        default:
            let start = position
            while let byte = peek(), Self.isBareKey(byte) { position += 1 }
            guard position > start else {
                throw wrong("there must be a key, of letters, digits, - and _, or in quotes")
            }
            return text(from: start)
        }
    }

    private static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func endLine() throws(TOMLError) {
        skipBlanks()
        skipComment()
        guard peek() == nil || takeLineEnd() else { throw wrong("nothing but a comment may follow on this line") }
    }
}

// MARK: - Moving on

extension TOMLReader {
    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    /// Whether `text` stands here; if so, moves behind it.
    mutating func take(_ text: StaticString) -> Bool {
        let isHere = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if isHere { position += text.utf8CodeUnitCount }
        return isHere
    }

    mutating func takeLineEnd() -> Bool {
        guard take("\n") || take("\r\n") else { return false }
        line += 1
        return true
    }

    mutating func skipBlanks() {
        while peek() == UInt8(ascii: " ") || peek() == UInt8(ascii: "\t") { position += 1 }
    }

    private mutating func skipComment() {
        guard peek() == UInt8(ascii: "#") else { return }
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
        if position > 0, peek() != nil, bytes[position - 1] == UInt8(ascii: "\r") { position -= 1 }
    }

    /// Skips blanks, line ends and comments.
    mutating func skipBlankLines() {
        repeat {
            skipBlanks()
            skipComment()
        } while takeLineEnd()
    }

    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    func wrong(_ message: String) -> TOMLError { TOMLError(line: line, message: message) }
}
