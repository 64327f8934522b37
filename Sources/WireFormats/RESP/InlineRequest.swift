/// The words of an inline command: what a person types into a terminal.
///
/// The rules are those of `sdssplitargs` in Redis 2.8.24: words are separated by space, tab and CR; within double
/// quotes `\xHH \n \r \t \b \a` are escapes and any other byte after a backslash stands for itself; within single
/// quotes `\'` is the only escape. A quote may open in the middle of a word, but a closing quote must be followed by
/// a space or the end.
public enum InlineRequest {
    /// The words of `line`, empty quoted ones included, or nil when its quotes are unbalanced.
    ///
    /// - Parameter line: one line without its end. Takes time and memory in proportion to its length.
    public static func words(of line: [UInt8]) -> [[UInt8]]? {
        var list = ReusableList<Range<Int>>()
        var bytes = [UInt8](repeating: 0, count: line.count)
        let balanced = line.withUnsafeBytes { source in
            bytes.withUnsafeMutableBytes { split(source, into: $0, arguments: &list, keepingEmpty: true) }
        }
        return balanced ? list.elements.map { Array(bytes[$0]) } : nil
    }

    /// Writes the unquoted words of `line` into `bytes` one after the other and appends their ranges to `arguments`.
    ///
    /// - Parameter bytes: room for at least as many bytes as `line` has; unquoting never makes a word longer.
    /// - Returns: false when the quotes are unbalanced; `arguments` then holds the words before the fault.
    static func split(
        _ line: UnsafeRawBufferPointer,
        into bytes: UnsafeMutableRawBufferPointer,
        arguments: inout ReusableList<Range<Int>>,
        keepingEmpty: Bool
    ) -> Bool {
        precondition(bytes.count >= line.count)
        var reader = WordReader(line: line, output: bytes)
        while reader.skipSpaces() {
            let start = reader.written
            guard reader.readWord() else { return false }
            if keepingEmpty || reader.written > start {
                arguments.append(start..<reader.written)
            }
        }
        return true
    }
}

/// A position in the line and one in the output.
private struct WordReader {
    let line: UnsafeRawBufferPointer
    let output: UnsafeMutableRawBufferPointer
    private var position = 0
    private(set) var written = 0

    init(line: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer) {
        self.line = line
        self.output = output
    }

    /// Goes to the next word; false at the end of the line.
    mutating func skipSpaces() -> Bool {
        while position < line.count, Byte.isSpace(line[position]) { position += 1 }
        return position < line.count
    }

    /// Reads the word that begins here, quoted parts included; false when a quote is not closed properly.
    mutating func readWord() -> Bool {
        while position < line.count {
            let byte = line[position]
            position += 1
            switch byte {
            case Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn: return true
            // A closed quote always ends the word: what follows it is a space or the end.
            case Byte.doubleQuote: return readDoubleQuoted()
            case Byte.singleQuote: return readSingleQuoted()
            default: write(byte)
            }
        }
        return true
    }

    private mutating func readDoubleQuoted() -> Bool {
        while position < line.count {
            let byte = line[position]
            position += 1
            if byte == Byte.doubleQuote { return isAtWordEnd }
            if byte == Byte.backslash, position < line.count {
                write(readEscape())
            } else {
                write(byte)
            }
        }
        return false
    }

    private mutating func readSingleQuoted() -> Bool {
        while position < line.count {
            let byte = line[position]
            position += 1
            if byte == Byte.singleQuote { return isAtWordEnd }
            if byte == Byte.backslash, position < line.count, line[position] == Byte.singleQuote {
                position += 1
                write(Byte.singleQuote)
            } else {
                write(byte)
            }
        }
        return false
    }

    /// The byte that the escape after a backslash stands for.
    private mutating func readEscape() -> UInt8 {
        let byte = line[position]
        position += 1
        switch byte {
        case UInt8(ascii: "x"):
            guard position + 1 < line.count, let high = Byte.hexValue(line[position]),
                let low = Byte.hexValue(line[position + 1])
            else { return byte }
            position += 2
            return high << 4 | low
        case UInt8(ascii: "n"): return Byte.lineFeed
        case UInt8(ascii: "r"): return Byte.carriageReturn
        case UInt8(ascii: "t"): return Byte.tab
        case UInt8(ascii: "b"): return Byte.backspace
        case UInt8(ascii: "a"): return Byte.bell
        default: return byte
        }
    }

    private var isAtWordEnd: Bool {
        position == line.count || Byte.isSpace(line[position])
    }

    private mutating func write(_ byte: UInt8) {
        output[written] = byte
        written += 1
    }
}
