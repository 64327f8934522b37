import WireFormats

/// What a line asks for.
enum ReplLine: Equatable {
    /// Nothing: it is blank, or a comment.
    case blank
    /// The quotes do not match.
    case invalid
    /// `N command` with an N that is no number of times.
    case invalidRepeat
    /// `quit` and `exit`.
    case end
    /// `clear`
    case clear
    /// `help`, and what about.
    case help([String])
    /// `:verb arguments`: the verb's name without the colon, and the rest of the line.
    case verb(String, rest: [UInt8])
    /// A command for the server.
    case request([[UInt8]], times: Int, target: Target?)

    /// Where replies go in place of the screen.
    enum Target: Equatable {
        /// `COMMAND | shell command`
        case shell(String)
        /// `COMMAND > file`
        case file(String)
    }

    /// Reads a line.
    ///
    /// - Parameter allowsTargets: whether `|` and `>` between spaces mean what they mean in a shell.
    init(_ line: [UInt8], allowsTargets: Bool) {
        let text = line.drop { $0 == 32 || $0 == 9 }
        guard let first = text.first else {
            self = .blank
            return
        }
        if first == UInt8(ascii: "#") {
            self = .blank
            return
        }
        if first == UInt8(ascii: ":") {
            self = Self.verb(text.dropFirst())
            return
        }
        var target: Target?
        var rest = Array(text)
        if allowsTargets, let (end, found) = Self.target(in: rest) {
            target = found
            rest = Array(rest[..<end])
        }
        self = Self.command(rest, target)
    }

    private static func verb(_ text: ArraySlice<UInt8>) -> ReplLine {
        let name = text.prefix { $0 != 32 && $0 != 9 }
        let rest = text[name.endIndex...].drop { $0 == 32 || $0 == 9 }
        return .verb(String(decoding: name, as: UTF8.self).lowercased(), rest: Array(rest))
    }

    private static func command(_ line: [UInt8], _ target: Target?) -> ReplLine {
        guard var words = InlineRequest.words(of: line) else { return .invalid }
        guard let first = words.first else { return .blank }
        let name = String(decoding: first.prefix(16), as: UTF8.self).lowercased()
        if words.count == 1 {
            if name == "quit" || name == "exit" { return .end }
            if name == "clear" { return .clear }
        }
        if name == "help" || name == "?" {
            return .help(words.dropFirst().map { String(decoding: $0, as: UTF8.self) })
        }
        guard words.count > 1, let times = Int(String(decoding: first, as: UTF8.self)) else {
            return .request(words, times: 1, target: target)
        }
        guard times > 0 else { return .invalidRepeat }
        words.removeFirst()
        return .request(words, times: times, target: target)
    }

    /// The first `|`, or a `>` with one word behind it, that stands between spaces and outside of quotes.
    private static func target(in line: [UInt8]) -> (end: Int, Target)? {
        var quote: UInt8?
        var index = 0
        while index < line.count {
            let byte = line[index]
            if let open = quote {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ">"), isAlone(line, index) {
                let rest = String(decoding: line[(index + 1)...].drop { $0 == 32 || $0 == 9 }, as: UTF8.self)
                if byte == UInt8(ascii: "|"), !rest.isEmpty { return (index, .shell(rest)) }
                let words = rest.split(separator: " ")
                if byte == UInt8(ascii: ">"), words.count == 1 { return (index, .file(String(words[0]))) }
            }
            index += 1
        }
        return nil
    }

    private static func isAlone(_ line: [UInt8], _ index: Int) -> Bool {
        index > 0 && line[index - 1] == 32 && index + 1 < line.count && line[index + 1] == 32
    }
}
