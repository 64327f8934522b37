/// Ruby, from 1.9 to 3.5.
enum RubyDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "ruby", extensions: ["rb", "rake", "ru", "gemspec", "jbuilder"],
        fileNames: ["Rakefile", "Gemfile", "Guardfile"],
        interpreters: ["ruby", "jruby"], family: "ruby", sharing: .project, assignmentDeclares: true,
        membersAreNames: true, closuresKeepObject: true, listsFlatten: true, keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names of variables.
    enum Keyword: String, CaseIterable {
        case alias, and, begin, `break`, `case`, `class`, def, `do`, `else`, elsif, end, ensure, `for`, `if`, `in`
        case module, next, not, or, redo, rescue, retry, `return`, `super`, then, undef, unless, until, when, `while`
        case yield
        case nothing = "nil"
        case itself = "self"
        case yes = "true"
        case no = "false"
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        RubyReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: true, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        switch text[index] {
        case SourceByte.hash: return text.endOfLine(index)
        case SourceByte.equals where isLineStart && text.starts(with: "=begin", at: index):
            return text.find("\n=end", from: index, end: text.count).map { text.endOfLine($0 + 1) } ?? text.count
        case SourceByte.underscore where isLineStart && text.starts(with: "__END__\n", at: index): return text.count
        case SourceByte.percent where text[index + 1] == 0x72: return endOfPattern(text, at: index + 2)
        default: return nil
        }
    }

    /// The end of `%r{…}`, brackets inside counted; nil where there is none.
    private static func endOfPattern(_ text: SourceText, at index: Int) -> Int? {
        let open = text[index]
        guard let close = closing(open) else { return nil }
        let end = min(text.count, index + 20_000)
        var depth = 0
        var next = index
        while next < end {
            let byte = text[next]
            if byte == SourceByte.backslash {
                next += 1
            } else if byte == close, next > index {
                if depth == 0 { return next + 1 }
                depth -= 1
            } else if byte == open, next > index {
                depth += 1
            }
            next += 1
        }
        return nil
    }

    private static func closing(_ open: UInt8) -> UInt8? {
        switch open {
        case SourceByte.openParenthesis: SourceByte.closeParenthesis
        case SourceByte.openBracket: SourceByte.closeBracket
        case SourceByte.openBrace: SourceByte.closeBrace
        case SourceByte.less: SourceByte.greater
        case SourceByte.bar, SourceByte.exclamation, SourceByte.slash: open
        default: nil
        }
    }

    private static func close(_ open: UInt8) -> StaticString? {
        switch open {
        case SourceByte.openParenthesis: ")"
        case SourceByte.openBracket: "]"
        case SourceByte.openBrace: "}"
        case SourceByte.less: ">"
        case SourceByte.bar: "|"
        case SourceByte.exclamation: "!"
        default: nil
        }
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.singleQuote: return quoted(index + 1, "'", code: .none, .quoteEscapes)
        case SourceByte.doubleQuote: return quoted(index + 1, "\"", code: .hash, [])
        case SourceByte.backtick: return quoted(index + 1, "`", code: .hash, .command)
        case SourceByte.slash: return pattern(text, at: index, after: previous)
        case SourceByte.percent: return literal(text, at: index, after: previous)
        case SourceByte.less: return heredoc(text, at: index)
        default: return nil
        }
    }

    private static func quoted(
        _ content: Int, _ close: StaticString, code: StringForm.Code, _ flags: Lexeme.Flags
    ) -> StringForm {
        var form = StringForm(content: content, close: close)
        form.spansLines = true
        form.code = code
        form.flags = flags
        return form
    }

    /// A value begins here, rather than an operator.
    private static func expectsValue(_ text: SourceText, at index: Int, after previous: Lexeme?) -> Bool {
        guard let previous else { return true }
        let isOnLine = text.endOfLine(Int(previous.end)) >= index
        guard isOnLine else { return true }
        switch previous.kind {
        case .sign, .open: return true
        case .string, .number, .close: return false
        case .name:
            if previous.keyword > 0 { return true }
            return SourceByte.isBlank(text[index - 1]) && !SourceByte.isBlank(text[index + 1])
                && text[index + 1] != SourceByte.equals
        }
    }

    /// `/pattern/` on one line.
    private static func pattern(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        guard expectsValue(text, at: index, after: previous) else { return nil }
        var next = index + 1
        while text[next] != SourceByte.slash {
            if text[next] == SourceByte.lineFeed || next >= text.count { return nil }
            next += text[next] == SourceByte.backslash ? 2 : 1
        }
        var form = StringForm(content: index + 1, close: "/")
        form.flags = .pattern
        return form
    }

    /// `%w[…]`, `%i[…]`, `%q(…)`, `%Q(…)`, `%(…)`, and `%x(…)`, which a shell runs.
    private static func literal(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        guard expectsValue(text, at: index, after: previous) else { return nil }
        let letter = text[index + 1]
        let hasLetter = (letter | 0x20) &- 0x61 < 26
        guard !hasLetter || [0x77, 0x57, 0x69, 0x49, 0x71, 0x51, 0x73, 0x78].contains(letter) else { return nil }
        let open = index + (hasLetter ? 2 : 1)
        guard let close = close(text[open]) else { return nil }
        if letter == 0x78 { return quoted(open + 1, close, code: .hash, .command) }
        return quoted(open + 1, close, code: letter == 0x51 || !hasLetter ? .hash : .none, letter == 0x71 ? .raw : [])
    }

    /// `<<~LABEL`, `<<-LABEL`, `<<LABEL`, the label bare or in quotes.
    private static func heredoc(_ text: SourceText, at index: Int) -> StringForm? {
        guard text[index + 1] == SourceByte.less else { return nil }
        var start = index + 2
        let sign = text[start]
        if sign == SourceByte.tilde || sign == SourceByte.minus { start += 1 }
        let quote = text[start]
        let isQuoted = quote == SourceByte.singleQuote || quote == SourceByte.doubleQuote
        if isQuoted { start += 1 }
        let isCapital = text[start] &- 0x41 < 26
        guard isCapital || (sign == SourceByte.tilde && SourceByte.startsName(text[start])) else { return nil }
        var end = start
        while SourceByte.continuesName(text[end]) { end += 1 }
        var form = StringForm(content: end + (isQuoted ? 1 : 0), close: "")
        form.label = start..<end
        form.flags = isQuoted && quote == SourceByte.singleQuote ? .raw : []
        return form
    }

    /// Fields and globals have their signs in their names.
    static func startsName(_ byte: UInt8) -> Bool {
        SourceByte.startsName(byte) || byte == SourceByte.at || byte == SourceByte.dollar
    }

    static func continuesName(_ byte: UInt8) -> Bool { SourceByte.continuesName(byte) || byte == SourceByte.at }
}

/// Ruby in templates: `<% code %>`, `<%= value %>`.
enum RubyTemplateDialect: Dialect, LexicalRules {
    static let facts: DialectFacts = {
        var facts = RubyDialect.facts
        facts.name = "erb"
        facts.extensions = ["erb", "rhtml"]
        facts.fileNames = []
        facts.interpreters = []
        return facts
    }()

    static let keywords = KeywordTable(facts.keywords)

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        guard let start = startOfCode(text, from: 0) else { return }
        let lexemes = SourceLexer<Self>.lexemes(text, range: start..<text.count)
        RubyReader.read(text, lexemes, linesMatter: true, into: &builder)
    }

    /// Behind the next `<%`, `<%=` or `<%-`; nil where nothing but text follows.
    private static func startOfCode(_ text: SourceText, from index: Int) -> Int? {
        var next = index
        while let tag = text.find("<%", from: next, end: text.count) {
            next = tag + 2
            switch text[next] {
            case SourceByte.percent: next += 1
            case SourceByte.hash: next = text.find("%>", from: next, end: text.count) ?? text.count
            case SourceByte.equals, SourceByte.minus: return next + 1
            default: return next
            }
        }
        return nil
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        let tag = text[index] == SourceByte.minus ? index + 1 : index
        if text[tag] == SourceByte.percent, text[tag + 1] == SourceByte.greater {
            return startOfCode(text, from: tag + 2) ?? text.count
        }
        if text[index] == SourceByte.hash {
            let end = text.endOfLine(index)
            return text.find("%>", from: index, end: end) ?? end
        }
        return RubyDialect.endOfComment(text, at: index, isLineStart: isLineStart)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        RubyDialect.string(text, at: index, after: previous)
    }

    static func startsName(_ byte: UInt8) -> Bool { RubyDialect.startsName(byte) }

    static func continuesName(_ byte: UInt8) -> Bool { RubyDialect.continuesName(byte) }
}
