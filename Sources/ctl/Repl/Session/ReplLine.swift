import Glibc
import WireFormats

/// What a line asks for.
enum ReplLine: Equatable {
    /// Nothing: it is blank, or a comment.
    case blank
    /// The quotes do not match.
    case invalid
    /// `N command` with an N that is no number of times.
    case invalidRepeat
    /// `quit` and `exit`, whatever follows.
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
        // Completion leaves a space behind the last word.
        var rest = text[name.endIndex...].drop { $0 == 32 || $0 == 9 }
        while rest.last == 32 || rest.last == 9 { rest.removeLast() }
        return .verb(String(decoding: name, as: UTF8.self).lowercased(), rest: Array(rest))
    }

    private static func command(_ line: [UInt8], _ target: Target?) -> ReplLine {
        guard var words = InlineRequest.words(of: line) else { return .invalid }
        guard let first = words.first else { return .blank }
        let name = String(decoding: first.prefix(16), as: UTF8.self).lowercased()
        if name == "quit" || name == "exit" { return .end }
        if name == "clear", words.count == 1 { return .clear }
        if name == "help" || name == "?" {
            return .help(words.dropFirst().map { String(decoding: $0, as: UTF8.self) })
        }
        guard words.count > 1, let times = times(first) else {
            return .request(words, times: 1, target: target)
        }
        guard times > 0 else { return .invalidRepeat }
        words.removeFirst()
        return .request(words, times: times, target: target)
    }

    /// How often a word before a command says to send it: nil where it is no number, 0 where it is one that cannot be.
    ///
    /// As redis-cli reads it, which takes an empty word for 0.
    static func times(_ word: [UInt8]) -> Int? {
        let text = word.map { CChar(bitPattern: $0) } + [0]
        return text.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var end: UnsafeMutablePointer<CChar>?
            errno = 0
            let number = strtol(start, &end, 10)
            guard end?.pointee == 0 else { return nil }
            return errno == 0 && number > 0 ? number : 0
        }
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
