/// Cuts a file into lexemes by a dialect's rules, and finds the partner of each bracket.
///
/// Whatever bytes come, it ends and its lexemes lie in the file in order.
struct SourceLexer<Rules: LexicalRules> {
    private let text: SourceText
    private let limit: Int
    private(set) var lexemes: [Lexeme] = []
    private var position = 0
    private var startsLine = true
    private var afterSpace = false
    /// The opening brackets that are not closed yet.
    private var open: [Int32] = []
    /// Heredocs whose lines come after the present one.
    private var heredocs: [(label: Range<Int>, lexeme: Int)] = []
    /// How many strings are around the code that is read.
    private var depth = 0

    private static var maximumDepth: Int { 24 }

    /// - Parameter range: the part of the file that is read; nil for all of it.
    init(_ text: SourceText, range: Range<Int>? = nil) {
        self.text = text
        position = range?.lowerBound ?? 0
        limit = range?.upperBound ?? text.count
        lexemes.reserveCapacity((limit - position) / 5)
        if position == 0, text.starts(with: "\u{FEFF}", at: 0) { position = 3 }
    }

    /// All lexemes.
    static func lexemes(_ text: SourceText, range: Range<Int>? = nil) -> [Lexeme] {
        var lexer = SourceLexer(text, range: range)
        lexer.run(until: nil)
        lexer.closeAll(down: 0)
        return lexer.lexemes
    }

    /// Reads to the end, or to the closing bracket `end` of the code inside a string.
    private mutating func run(until end: UInt8?) {
        let outer = open.count
        while position < limit {
            let byte = text[position]
            if SourceByte.isBlank(byte) {
                blank(byte)
            } else if let behind = Rules.endOfComment(text, at: position, isLineStart: startsLine) {
                position = min(limit, max(behind, position + 1))
                afterSpace = true
            } else if let end, byte == end, open.count == outer {
                return
            } else {
                lexeme(byte)
            }
        }
    }

    private mutating func blank(_ byte: UInt8) {
        position += 1
        afterSpace = true
        if byte == SourceByte.lineFeed || byte == SourceByte.carriageReturn {
            startsLine = true
            if byte == SourceByte.lineFeed, !heredocs.isEmpty { readHeredocs() }
        } else if byte == SourceByte.backslash {
            // A line that is continued.
            if text[position] == SourceByte.carriageReturn { position += 1 }
            if text[position] == SourceByte.lineFeed { position += 1 }
        }
    }

    private mutating func lexeme(_ byte: UInt8) {
        if byte == SourceByte.backslash, SourceByte.isLineEnd(text[position + 1]) {
            blank(byte)
        } else if let form = Rules.string(text, at: position, after: lexemes.last) {
            string(form)
        } else if Rules.startsName(byte) {
            name()
        } else if SourceByte.isDigit(byte) {
            number()
        } else if byte == 0x28 || byte == 0x5B || byte == 0x7B {
            open.append(Int32(lexemes.count))
            add(.open, end: position + 1)
        } else if byte == 0x29 || byte == 0x5D || byte == 0x7D {
            close(byte)
        } else {
            add(.sign, end: position + SignLength.of(text, at: position))
        }
    }

    private mutating func add(_ kind: Lexeme.Kind, _ flags: Lexeme.Flags = [], end: Int) {
        var flags = flags
        if startsLine { flags.insert(.startsLine) }
        if afterSpace { flags.insert(.afterSpace) }
        let end = min(limit, max(end, position + 1))
        lexemes.append(Lexeme(kind: kind, flags: flags, start: Int32(position), end: Int32(end)))
        position = end
        startsLine = false
        afterSpace = false
    }

    private mutating func name() {
        var end = position + 1
        while Rules.continuesName(text[end]) { end += 1 }
        let identifier = Identifier(text.slice(position, min(end, limit)))
        add(.name, end: end)
        lexemes[lexemes.count - 1].identifier = identifier
        lexemes[lexemes.count - 1].keyword = Rules.keywords.number(of: identifier)
    }

    private mutating func number() {
        var end = position + 1
        while SourceByte.continuesName(text[end])
            || (text[end] == SourceByte.dot && SourceByte.isDigit(text[end + 1]))
        {
            end += 1
        }
        add(.number, end: end)
    }
}

// Brackets.
extension SourceLexer {
    private mutating func close(_ byte: UInt8) {
        let index = Int32(lexemes.count)
        add(.close, end: position + 1)
        guard let place = open.suffix(16).lastIndex(where: { Self.closes(byte, text[Int(lexemes[Int($0)].start)]) })
        else { return }
        for inner in open[(place + 1)...] { lexemes[Int(inner)].partner = index }
        lexemes[Int(open[place])].partner = index
        lexemes[Int(index)].partner = open[place]
        open.removeSubrange(place...)
    }

    private static func closes(_ close: UInt8, _ open: UInt8) -> Bool {
        close == (open == SourceByte.openParenthesis ? SourceByte.closeParenthesis : open + 2)
    }

    /// Lets the brackets end here that were opened after the first `count`.
    private mutating func closeAll(down count: Int) {
        for inner in open.dropFirst(count) { lexemes[Int(inner)].partner = Int32(lexemes.count) }
        open.removeSubrange(min(count, open.count)...)
    }
}

// Strings.
extension SourceLexer {
    private mutating func string(_ form: StringForm) {
        let index = lexemes.count
        add(.string, form.flags, end: form.content)
        if let label = form.label {
            heredocs.append((label, index))
            lexemes[index].contentStart = Int32(position)
            lexemes[index].contentEnd = Int32(position)
        } else {
            position = form.content
            readContent(form, index)
        }
        lexemes[index].partner = Int32(lexemes.count)
    }

    private mutating func readContent(_ form: StringForm, _ index: Int) {
        lexemes[index].contentStart = Int32(min(position, limit))
        while position < limit {
            let byte = text[position]
            if text.starts(with: form.close, at: position), form.close.utf8CodeUnitCount > 0 {
                guard form.doublesQuote, text[position + 1] == byte else { break }
                position += 2
            } else if byte == SourceByte.backslash, form.escapes,
                !(form.code == .backslash && text[position + 1] == 0x28)
            {
                position += 2
            } else if byte == SourceByte.lineFeed, !form.spansLines {
                break
            } else if form.code != .none, let code = startOfCode(form.code) {
                readCode(code, index)
            } else {
                position += 1
            }
        }
        position = min(position, limit)
        let isClosed = text.starts(with: form.close, at: position)
        lexemes[index].contentEnd = Int32(position)
        position = min(limit, position + (isClosed ? form.close.utf8CodeUnitCount : 0))
        lexemes[index].end = Int32(max(position, Int(lexemes[index].start) + 1))
        startsLine = false
        afterSpace = false
    }

    /// Where code begins at the position, and what ends it; nil where none does.
    private mutating func startOfCode(_ code: StringForm.Code) -> (start: Int, end: UInt8)? {
        let byte = text[position]
        let second = text[position + 1]
        switch code {
        case .none: return nil
        case .braces:
            guard byte == SourceByte.openBrace else { return nil }
            if second == SourceByte.openBrace {
                position += 1
                return nil
            }
            return (position + 1, SourceByte.closeBrace)
        case .dollar:
            guard byte == SourceByte.dollar else { return nil }
            if second == SourceByte.openBrace { return (position + 2, SourceByte.closeBrace) }
            return SourceByte.startsName(second) ? (position + 1, 0) : nil
        case .dollarBraces:
            guard byte == SourceByte.dollar, second == SourceByte.openBrace else { return nil }
            return (position + 2, SourceByte.closeBrace)
        case .hash:
            guard byte == SourceByte.hash, second == SourceByte.openBrace else { return nil }
            return (position + 2, SourceByte.closeBrace)
        case .backslash:
            guard byte == SourceByte.backslash, second == SourceByte.openParenthesis else { return nil }
            return (position + 2, SourceByte.closeParenthesis)
        case .variables:
            if byte == SourceByte.openBrace, second == SourceByte.dollar {
                return (position + 1, SourceByte.closeBrace)
            }
            guard byte == SourceByte.dollar, SourceByte.startsName(second) || second == SourceByte.openBrace else {
                return nil
            }
            return (position, 0)
        }
    }

    /// Reads the code inside a string, between brackets of its own.
    private mutating func readCode(_ code: (start: Int, end: UInt8), _ index: Int) {
        lexemes[index].flags.insert(.interpolated)
        guard depth < Self.maximumDepth else {
            position += 1
            return
        }
        let bracket = lexemes.count
        add(.open, .interpolated, end: code.start)
        position = code.start
        if code.end == 0 {
            if text[position] == SourceByte.dollar { position += 1 }
            if SourceByte.startsName(text[position]) { name() }
        } else {
            let outer = open.count
            depth += 1
            run(until: code.end)
            depth -= 1
            closeAll(down: outer)
            position = min(limit, position + 1)
        }
        lexemes[bracket].partner = Int32(lexemes.count)
        let end = max(position, Int(lexemes[bracket].end))
        var close = Lexeme(kind: .close, flags: .interpolated, start: Int32(end), end: Int32(end))
        close.partner = Int32(bracket)
        lexemes.append(close)
        position = end
    }

    /// At the start of the line after one with heredocs: their lines.
    private mutating func readHeredocs() {
        for heredoc in heredocs {
            let content = position
            let close = lineOf(heredoc.label, from: position)
            lexemes[heredoc.lexeme].contentStart = Int32(content)
            lexemes[heredoc.lexeme].contentEnd = Int32(close)
            // Code may follow the label on its line.
            position = close
            while position < limit, text[position] == SourceByte.space || text[position] == SourceByte.tab {
                position += 1
            }
            position = min(limit, position + heredoc.label.count)
        }
        heredocs.removeAll()
    }

    /// The start of the first line at or after `start` that has the label alone; or the limit.
    private func lineOf(_ label: Range<Int>, from start: Int) -> Int {
        var line = start
        while line < limit {
            var index = line
            while text[index] == SourceByte.space || text[index] == SourceByte.tab { index += 1 }
            if text.isEqual(label, at: index), !SourceByte.continuesName(text[index + label.count]) { return line }
            line = text.endOfLine(index) + 1
        }
        return limit
    }
}

/// How many bytes the sign at a place has: the longest that any of the languages knows.
///
/// `>` is always alone but in `>=`, so that generics close one at a time.
enum SignLength {
    static func of(_ text: SourceText, at index: Int) -> Int {
        for (sign, length) in signs[Int(text[index] & 0x7F)] where text.starts(with: sign, at: index) { return length }
        return 1
    }

    /// By the first byte, the longest first.
    private static let signs: [[(StaticString, Int)]] = {
        let all: [StaticString] = [
            "...", "===", "!==", "**=", "//=", "||=", "&&=", "??=", "<=>", "?->", "<<=", "..=", "..<",
            "->", "=>", "::", ":=", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "?:", "!!", "+=", "-=", "*=", "/=",
            "%=", "&=", "|=", "^=", ".=", "~=", "++", "--", "**", "//", "<<", "..", "|>", "<-", "=~", "!~",
        ]
        var table = [[(StaticString, Int)]](repeating: [], count: 128)
        for sign in all { table[Int(sign.utf8Start[0])].append((sign, sign.utf8CodeUnitCount)) }
        return table
    }()
}
