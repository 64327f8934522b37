/// From source code to tokens: names, numbers, strings and signs with their places, comments left out.
///
/// Takes whatever bytes come: what no language allows becomes a sign that means nothing.
struct Lexer {
    let text: SourceText
    let language: SourceLanguage
    var symbols: SymbolTable
    var tokens: [Token] = []
    var position = 0
    /// Where the present run of the lexer ends: the file's end, or that of code inside a string.
    var limit: Int
    /// Flags of the next token.
    private var next: Token.Flags = .startsLine
    /// Code inside strings inside code: beyond some depth it is passed over.
    private var depth = 0
    /// Ruby's heredocs whose text starts at the next line.
    var pendingHeredocs: [Heredoc] = []

    /// The text of a heredoc, promised on its line.
    struct Heredoc {
        let label: Range<Int>
        let token: Int
    }

    static let maximumDepth = 8
    /// Deeper brackets are not matched, so that no reader of tokens goes deeper.
    static let maximumNesting = 200

    init(text: SourceText, language: SourceLanguage, symbols: SymbolTable) {
        self.text = text
        self.language = language
        self.symbols = symbols
        limit = text.count
    }

    /// Reads the whole file.
    mutating func run() {
        tokens.reserveCapacity(text.count / 5)
        if language == .php { skipToPHP() }
        if text.starts(with: "#!", at: 0) { position = text.endOfLine(0) }
        lex(to: text.count)
        matchBrackets()
    }

    /// Reads up to `end`.
    private mutating func lex(to end: Int) {
        limit = end
        while position < end {
            let byte = text[position]
            switch byte {
            case SourceByte.space, SourceByte.tab, SourceByte.carriageReturn:
                next.insert(.afterSpace)
                position += 1
            case SourceByte.lineFeed:
                next = [.startsLine, .afterSpace]
                position += 1
                if !pendingHeredocs.isEmpty { readPendingHeredocs() }
            default:
                token(byte)
            }
        }
    }

    private mutating func token(_ byte: UInt8) {
        if skipComment(byte) { return next.formUnion(.afterSpace) }
        if string(byte) { return }
        if SourceByte.startsName(byte) { return name(from: position, flags: []) }
        if SourceByte.isDigit(byte) { return number() }
        if sigilName(byte) { return }
        sign(byte)
    }

    /// Reads the code inside a string at `range`, between two brackets of its own.
    mutating func lexInterpolation(_ range: Range<Int>) {
        guard depth < Self.maximumDepth, !range.isEmpty else { return }
        let resume = (position: position, limit: limit)
        depth += 1
        append(Token(kind: .open, sign: .interpolation, start: Int32(range.lowerBound), end: Int32(range.lowerBound)))
        position = range.lowerBound
        lex(to: range.upperBound)
        append(Token(kind: .close, sign: .interpolation, start: Int32(range.upperBound), end: Int32(range.upperBound)))
        depth -= 1
        (position, limit) = resume
    }

    mutating func append(_ token: Token) {
        var token = token
        token.flags.formUnion(next)
        next = []
        tokens.append(token)
    }

    /// The last token allows an operand after it, so that `/` starts a regular expression and not a division.
    var expectsOperand: Bool {
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .number, .string, .close: return false
        case .open: return true
        case .sign: return last.sign != .notNull
        case .name:
            let name = text.text(Int(last.start), Int(last.end))
            return ["return", "typeof", "case", "in", "of", "if", "and", "or", "not", "when", "unless", "while"]
                .contains(name)
        }
    }
}

// Names, numbers and signs.
extension Lexer {
    mutating func name(from start: Int, flags: Token.Flags) {
        var end = start
        while end < limit,
            SourceByte.continuesName(text[end]) || (language.isJavaScript && text[end] == SourceByte.dollar)
        {
            end += 1
        }
        // Ruby's and C's exclamation and question marks belong to the name: `exists?`, `set!`.
        if language == .ruby, text[end] == SourceByte.question || text[end] == SourceByte.exclamation,
            text[end + 1] != SourceByte.equals, text[end + 1] != SourceByte.colon
        {
            end += 1
        }
        var token = Token(kind: .name, start: Int32(position), end: Int32(end))
        token.flags = flags
        let symbolStart = flags.contains(.field) ? position : start
        token.value = symbols.symbol(text.slice(symbolStart, end)).number
        append(token)
        position = end
    }

    private mutating func number() {
        let start = position
        while position < limit {
            let byte = text[position]
            let isPart =
                SourceByte.continuesName(byte) || (byte == SourceByte.dot && SourceByte.isDigit(text[position + 1]))
            guard isPart else { break }
            position += 1
        }
        append(Token(kind: .number, start: Int32(start), end: Int32(position)))
    }

    /// `$name` of PHP, JavaScript, Ruby; `@name` and `@@name` of Ruby; `@name` of C#; a backtick name of Kotlin.
    private mutating func sigilName(_ byte: UInt8) -> Bool {
        var start = position + 1
        switch (language, byte) {
        case (.php, SourceByte.dollar):
            guard SourceByte.startsName(text[start]) else { return false }
            name(from: start, flags: .variable)
        case (.javascript, SourceByte.dollar), (.typescript, SourceByte.dollar):
            name(from: position, flags: [])
        case (.ruby, SourceByte.dollar), (.ruby, SourceByte.at):
            if text[start] == SourceByte.at { start += 1 }
            guard SourceByte.startsName(text[start]) else { return false }
            name(from: start, flags: .field)
        case (.csharp, SourceByte.at):
            guard SourceByte.startsName(text[start]) else { return false }
            name(from: start, flags: [])
        default:
            return false
        }
        return true
    }

    private mutating func sign(_ byte: UInt8) {
        let (sign, length) = Self.sign(byte, text[position + 1], text[position + 2], language)
        let kind: Token.Kind
        switch byte {
        case SourceByte.openParenthesis, SourceByte.openBracket, SourceByte.openBrace: kind = .open
        case SourceByte.closeParenthesis, SourceByte.closeBracket, SourceByte.closeBrace: kind = .close
        default: kind = .sign
        }
        append(Token(kind: kind, sign: sign, start: Int32(position), end: Int32(position + length)))
        position += length
        if language == .php, byte == SourceByte.question, text[position] == SourceByte.greater { skipToPHP() }
    }

    /// The sign of up to three bytes, and its length.
    private static func sign(
        _ first: UInt8, _ second: UInt8, _ third: UInt8, _ language: SourceLanguage
    ) -> (Token.Sign, Int) {
        if second == SourceByte.equals { return assignment(first, third) }
        switch (first, second) {
        case (SourceByte.question, SourceByte.dot): return (.optionalDot, 2)
        case (SourceByte.question, SourceByte.minus) where third == SourceByte.greater: return (.optionalDot, 3)
        case (SourceByte.ampersand, SourceByte.dot): return (.optionalDot, 2)
        case (SourceByte.question, SourceByte.question): return third == SourceByte.equals ? (.assign, 3) : (.elvis, 2)
        case (SourceByte.question, SourceByte.colon): return (.elvis, 2)
        case (SourceByte.minus, SourceByte.greater): return (.arrow, 2)
        case (SourceByte.colon, SourceByte.colon): return (.doubleColon, 2)
        case (SourceByte.equals, SourceByte.greater): return (.fatArrow, 2)
        case (SourceByte.bar, SourceByte.bar): return third == SourceByte.equals ? (.assign, 3) : (.or, 2)
        case (SourceByte.exclamation, SourceByte.exclamation): return (.notNull, 2)
        case (SourceByte.asterisk, SourceByte.asterisk): return (.doubleStar, 2)
        case (SourceByte.dot, SourceByte.dot): return third == SourceByte.dot ? (.spread, 3) : (.other, 2)
        default: return (single(first, language), 1)
        }
    }

    /// Two or three bytes of which the second is an equals sign.
    private static func assignment(_ first: UInt8, _ third: UInt8) -> (Token.Sign, Int) {
        switch first {
        case SourceByte.equals: (.other, third == SourceByte.equals ? 3 : 2)
        case SourceByte.exclamation: (.other, third == SourceByte.equals ? 3 : 2)
        case SourceByte.less, SourceByte.greater: (.other, 2)
        case SourceByte.colon: (.define, 2)
        case SourceByte.plus, SourceByte.minus, SourceByte.asterisk, SourceByte.slash, SourceByte.bar,
            SourceByte.percent, SourceByte.dot, SourceByte.ampersand:
            (.compoundAssign, 2)
        case SourceByte.tilde: (.other, 2)
        default: (single(first, .python), 1)
        }
    }

    private static func single(_ byte: UInt8, _ language: SourceLanguage) -> Token.Sign {
        switch byte {
        case SourceByte.openParenthesis, SourceByte.closeParenthesis: .parenthesis
        case SourceByte.openBracket, SourceByte.closeBracket: .bracket
        case SourceByte.openBrace, SourceByte.closeBrace: .brace
        case SourceByte.dot: .dot
        case SourceByte.comma: .comma
        case SourceByte.semicolon: .semicolon
        case SourceByte.colon: .colon
        case SourceByte.question: .question
        case SourceByte.equals: .assign
        case SourceByte.asterisk: .star
        case SourceByte.bar: .bar
        case SourceByte.less: .less
        case SourceByte.greater: .greater
        case SourceByte.backslash: .backslash
        case SourceByte.minus: .minus
        case SourceByte.ampersand: .ampersand
        case SourceByte.at: .at
        case SourceByte.exclamation: language.isJavaScript || language == .csharp ? .notNull : .other
        default: .other
        }
    }

    /// Gives every bracket its partner's index.
    ///
    /// A closing bracket of another kind than the last opening one closes the nearest of its kind; what stood open
    /// inside stays without a partner.
    fileprivate mutating func matchBrackets() {
        var open: [Int] = []
        for index in tokens.indices {
            switch tokens[index].kind {
            case .open:
                open.append(index)
            case .close:
                let sign = tokens[index].sign
                guard let partner = open.suffix(64).lastIndex(where: { tokens[$0].sign == sign }) else { continue }
                if partner < Self.maximumNesting {
                    tokens[open[partner]].value = Int32(index)
                    tokens[index].value = Int32(open[partner])
                }
                open.removeSubrange(partner...)
            case .name, .number, .string, .sign:
                continue
            }
        }
    }
}
