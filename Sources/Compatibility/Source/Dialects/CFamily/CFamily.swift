/// C.
enum CDialect: Dialect, CFamilyRules {
    static let facts = CFamilyFacts.of("c", extensions: ["c", "h"])
    static let keywords = KeywordTable(facts.keywords)

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        CFamilyReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }
}

/// C++.
enum CPlusPlusDialect: Dialect, CFamilyRules {
    static let facts: DialectFacts = {
        var facts = CFamilyFacts.of(
            "cpp", extensions: ["cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "h++", "ipp", "tpp", "inl"])
        facts.keywords += [
            "namespace", "class", "template", "using", "new", "delete", "try", "catch", "this", "true", "false",
            "nullptr", "throw", "friend", "virtual", "constexpr", "explicit", "mutable", "typename", "public",
            "private",
            "protected", "operator", "static_cast", "dynamic_cast", "const_cast", "reinterpret_cast", "bool", "auto",
            "register", "noexcept", "decltype", "export", "asm", "and", "or", "not",
        ]
        return facts
    }()
    static let keywords = KeywordTable(facts.keywords)

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        CFamilyReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }
}

/// What C and C++ have in common; a header may be either, and each can use the other's names.
enum CFamilyFacts {
    /// The words that can be names in neither.
    enum Keyword: String, CaseIterable {
        case `break`, `case`, const, `continue`, `default`, `do`, `else`, `enum`, extern, `for`, goto, `if`
        case inline, `return`, sizeof, `static`, `struct`, `switch`, typedef, union, volatile, `while`
        case char, double, float, int, long, short, signed, unsigned, void
    }

    /// Words of C++ that are names in C: they count by what is around them.
    enum Contextual {
        static let namespace = Identifier("namespace")
        static let `class` = Identifier("class")
        static let template = Identifier("template")
        static let using = Identifier("using")
        static let new = Identifier("new")
        static let delete = Identifier("delete")
        static let `try` = Identifier("try")
        static let `catch` = Identifier("catch")
        static let this = Identifier("this")
        static let `true` = Identifier("true")
        static let `false` = Identifier("false")
        static let null = Identifier("NULL")
        static let nullptr = Identifier("nullptr")
        static let include = Identifier("include")
        static let define = Identifier("define")
        static let throwing = Identifier("throw")
        static let friend = Identifier("friend")
        static let auto = Identifier("auto")
        static let bool = Identifier("bool")
        static let attribute = Identifier("__attribute__")
        static let modifiers = Set(
            [
                "virtual", "constexpr", "explicit", "mutable", "register", "thread_local", "consteval", "constinit",
                "typename", "restrict", "__restrict", "__inline", "__inline__", "_Thread_local", "__attribute__",
                "__extension__", "co_return", "co_yield",
            ].map(Identifier.init))
        static let access = Set(
            ["public", "private", "protected", "signals", "slots", "Q_SIGNALS"].map(Identifier.init))
    }

    static func of(_ name: String, extensions: [String]) -> DialectFacts {
        var facts = DialectFacts(
            name: name, extensions: extensions, family: "c", sharing: .project, separator: SourceByte.slash,
            keywords: Keyword.allCases.map(\.rawValue))
        facts.membersAreNames = true
        facts.capitalsConstruct = true
        facts.stringsAreFormats = true
        return facts
    }
}

/// The comments, strings and directives of C and C++.
protocol CFamilyRules: LexicalRules {}

extension CFamilyRules {
    /// A comment, or a directive that says nothing of values.
    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if isLineStart, text[index] == SourceByte.hash { return CDirective.endOfSkipped(text, at: index) }
        return endOfSlashComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote: return StringForm(content: index + 1, close: "\"")
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        case SourceByte.less:
            guard let previous, previous.identifier == CFamilyFacts.Contextual.include,
                text[Int(previous.start) - 1] == SourceByte.hash || text[Int(previous.start) - 1] == SourceByte.space
            else { return nil }
            return StringForm(content: index + 1, close: ">", escapes: false)
        case 0x52 where text[index + 1] == SourceByte.doubleQuote: return rawString(text, at: index)
        default: return nil
        }
    }

    /// `R"(…)"`, `R"lua(…)lua"`, with the names that are usual.
    private static func rawString(_ text: SourceText, at index: Int) -> StringForm? {
        for (open, close) in rawStrings where text.starts(with: open, at: index + 2) {
            var form = StringForm(content: index + 2 + open.utf8CodeUnitCount, close: close, escapes: false)
            form.spansLines = true
            form.flags = .raw
            return form
        }
        return nil
    }

    private static var rawStrings: [(StaticString, StaticString)] {
        [
            ("(", ")\""), ("lua(", ")lua\""), ("LUA(", ")LUA\""), ("script(", ")script\""), ("delim(", ")delim\""),
            ("EOF(", ")EOF\""), ("--(", ")--\""), ("JSON(", ")JSON\""), ("json(", ")json\""), ("xxx(", ")xxx\""),
            ("_(", ")_\""), ("delimiter(", ")delimiter\""),
        ]
    }
}

/// The directives of the preprocessor.
enum CDirective {
    /// The end of a directive that is passed over; nil for `#include` and a `#define` whose brackets are whole.
    static func endOfSkipped(_ text: SourceText, at index: Int) -> Int? {
        var word = index + 1
        while text[word] == SourceByte.space || text[word] == SourceByte.tab { word += 1 }
        let end = endOfLine(text, from: index)
        if text.starts(with: "include", at: word) { return nil }
        if text.starts(with: "define", at: word) { return isBalanced(text, word, end) ? nil : end }
        if text.starts(with: "el", at: word), let behind = endOfOtherBranch(text, from: end) { return behind }
        return end
    }

    /// The end of a line, which a backslash continues.
    static func endOfLine(_ text: SourceText, from index: Int) -> Int {
        var end = text.endOfLine(index)
        while end < text.count {
            var last = end - 1
            if text[last] == SourceByte.carriageReturn { last -= 1 }
            guard text[last] == SourceByte.backslash else { break }
            end = text.endOfLine(end + 1)
        }
        return end
    }

    private static func isBalanced(_ text: SourceText, _ start: Int, _ end: Int) -> Bool {
        var depth = 0
        for index in start..<max(start, end) {
            switch text[index] {
            case SourceByte.openBrace, SourceByte.openParenthesis, SourceByte.openBracket: depth += 1
            case SourceByte.closeBrace, SourceByte.closeParenthesis, SourceByte.closeBracket: depth -= 1
            default: continue
            }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    /// Behind `#else` or `#elif`: the line of its `#endif`, if the branch opens other braces than it closes.
    ///
    /// The first branch counts then, as the braces of one alone are whole.
    private static func endOfOtherBranch(_ text: SourceText, from start: Int) -> Int? {
        var braces = 0
        var depth = 0
        var line = start
        while line < min(text.count, start + 6000) {
            var index = line + 1
            while text[index] == SourceByte.space || text[index] == SourceByte.tab { index += 1 }
            let end = text.endOfLine(index)
            if text[index] == SourceByte.hash {
                var word = index + 1
                while text[word] == SourceByte.space || text[word] == SourceByte.tab { word += 1 }
                if text.starts(with: "if", at: word) { depth += 1 }
                if text.starts(with: "endif", at: word) {
                    if depth == 0 { return braces == 0 ? nil : end }
                    depth -= 1
                }
            } else {
                for place in index..<max(index, end) {
                    if text[place] == SourceByte.openBrace { braces += 1 }
                    if text[place] == SourceByte.closeBrace { braces -= 1 }
                }
            }
            line = max(end, line + 1)
        }
        return nil
    }
}
