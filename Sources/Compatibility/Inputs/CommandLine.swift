import WireFormats

/// One line of commands for redis-cli.
struct CommandLine {
    /// The words of the command; the repeat prefix is not among them.
    let words: [[UInt8]]
    /// How often redis-cli sends it.
    let repetitions: Int
    /// Where the command's name stands in the line, in bytes.
    let name: Range<Int>

    /// What a line that redis-cli would not send is.
    enum Problem: Error {
        /// It is blank.
        case blank
        /// Its quotes do not match.
        case quotes
    }

    /// Reads a line as redis-cli does: its quoting, and a number before the command as a repeat prefix.
    init(_ line: [UInt8]) throws(Problem) {
        guard var words = InlineRequest.words(of: line) else { throw .quotes }
        guard let first = words.first else { throw .blank }
        var start = line.firstIndex { $0 != 32 && $0 != 9 } ?? 0
        var repetitions = 1
        if words.count > 1, let number = first.withUnsafeBytes({ Request.integer($0) }), number > 0 {
            repetitions = min(number, Place.maximumRepetitions)
            words.removeFirst()
            start = line[start...].firstIndex { $0 == 32 || $0 == 9 } ?? start
            start = line[start...].firstIndex { $0 != 32 && $0 != 9 } ?? start
        }
        let end = line[start...].firstIndex { $0 == 32 || $0 == 9 } ?? line.endIndex
        self.words = words
        self.repetitions = repetitions
        name = start..<max(start, end)
    }
}
