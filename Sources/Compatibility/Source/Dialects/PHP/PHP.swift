/// PHP, from 5.3 to 8.5.
enum PHPDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "php", extensions: ["php", "phtml", "php5", "php7", "inc", "module"], interpreters: ["php"],
        family: "php", sharing: .project, assignmentDeclares: true, methodsAreValues: false,
        commonStores: [Identifier("app")], listsFlatten: true,
        separator: SourceByte.backslash, keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names of functions, classes and constants; variables have a dollar and any name but `this`.
    enum Keyword: String, CaseIterable {
        case abstract, and, array, `as`, `break`, `case`, `catch`, `class`, clone, const, `continue`, declare, `default`
        case `do`, echo, `else`, elseif, enddeclare, endfor, endforeach, endif, endswitch, endwhile, extends, final
        case finally, fn, `for`, foreach, function, global, goto, `if`, implements, include, instanceof, insteadof
        case interface, list, match, namespace, new, or, print, `private`, protected, `public`, require, `return`
        case `static`, `switch`, this, `throw`, trait, `try`, use, `var`, `while`, xor, yield
        case includeOnce = "include_once"
        case requireOnce = "require_once"
        case yes = "true"
        case no = "false"
        case nothing = "null"
        case yesCapital = "TRUE"
        case noCapital = "FALSE"
        case nothingCapital = "NULL"
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        guard let start = startOfCode(text, from: 0) else { return }
        let lexemes = SourceLexer<Self>.lexemes(text, range: start..<text.count)
        PHPReader.read(text, lexemes, linesMatter: false, into: &builder)
    }

    /// Behind the next `<?php`, `<?=` or `<?`; nil where nothing but text follows.
    private static func startOfCode(_ text: SourceText, from index: Int) -> Int? {
        var next = index
        while let tag = text.find("<?", from: next, end: text.count) {
            if text.starts(with: "<?php", at: tag) { return tag + 5 }
            if text.starts(with: "<?=", at: tag) { return tag + 3 }
            if SourceByte.isBlank(text[tag + 2]) { return tag + 2 }
            next = tag + 2
        }
        return nil
    }

    /// Comments, and the text between `?>` and `<?php`.
    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        switch text[index] {
        case SourceByte.hash where text[index + 1] != SourceByte.openBracket: return endOfLineComment(text, index)
        case SourceByte.slash where text[index + 1] == SourceByte.slash: return endOfLineComment(text, index)
        case SourceByte.slash: return endOfSlashComment(text, at: index)
        case SourceByte.question where text[index + 1] == SourceByte.greater:
            return startOfCode(text, from: index + 2) ?? text.count
        default: return nil
        }
    }

    /// A comment of a line ends before `?>` too.
    private static func endOfLineComment(_ text: SourceText, _ index: Int) -> Int {
        let end = text.endOfLine(index)
        return text.find("?>", from: index, end: end) ?? end
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.singleQuote:
            var form = StringForm(content: index + 1, close: "'")
            form.spansLines = true
            form.flags = .quoteEscapes
            return form
        case SourceByte.doubleQuote:
            var form = StringForm(content: index + 1, close: "\"")
            form.spansLines = true
            form.code = .variables
            return form
        case SourceByte.backtick:
            var form = StringForm(content: index + 1, close: "`")
            form.spansLines = true
            form.code = .variables
            form.flags = .command
            return form
        case SourceByte.less: return heredoc(text, at: index)
        default: return nil
        }
    }

    /// `<<<LABEL`, `<<<"LABEL"`, `<<<'LABEL'`, the last without code in it.
    private static func heredoc(_ text: SourceText, at index: Int) -> StringForm? {
        guard text.starts(with: "<<<", at: index) else { return nil }
        var start = index + 3
        while text[start] == SourceByte.space { start += 1 }
        let isRaw = text[start] == SourceByte.singleQuote
        let isQuoted = isRaw || text[start] == SourceByte.doubleQuote
        if isQuoted { start += 1 }
        guard SourceByte.startsName(text[start]) else { return nil }
        var end = start
        while SourceByte.continuesName(text[end]) { end += 1 }
        var form = StringForm(content: end + (isQuoted ? 1 : 0), close: "")
        form.label = start..<end
        form.flags = isRaw ? .raw : []
        return form
    }

    /// A variable's dollar and the separators of namespaces belong to a name.
    static func startsName(_ byte: UInt8) -> Bool {
        SourceByte.startsName(byte) || byte == SourceByte.dollar || byte == SourceByte.backslash
    }

    static func continuesName(_ byte: UInt8) -> Bool {
        SourceByte.continuesName(byte) || byte == SourceByte.backslash
    }
}
