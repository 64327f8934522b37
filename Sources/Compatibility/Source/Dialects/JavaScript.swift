/// JavaScript, with JSX; and its family's reader, which takes TypeScript's annotations wherever they can be.
enum JavaScriptDialect: Dialect, ECMAScriptRules {
    static let facts = ecmaScriptFacts(
        "javascript", ["js", "mjs", "cjs", "jsx", "es6", "vue", "svelte"], interpreters: ["nodejs", "node", "bun"])
}

/// TypeScript, with JSX.
enum TypeScriptDialect: Dialect, ECMAScriptRules {
    static let facts = ecmaScriptFacts(
        "typescript", ["ts", "mts", "cts", "tsx"], interpreters: ["deno", "ts-node", "tsx"])
}

/// What JavaScript and TypeScript have in common.
protocol ECMAScriptRules: LexicalRules {}

/// The words that cannot be names; `async`, `of`, `get`, `set`, `static`, `from`, `as`, `type`, `await` and `let` can.
private enum ECMAScriptKeyword: String, CaseIterable {
    case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export
    case extends, finally, `for`, function, `if`, `import`, `in`, `instanceof`, new, `return`, `super`, `switch`, this
    case `throw`, `try`, typeof, `var`, void, `while`, with
    case yes = "true"
    case no = "false"
    case nothing = "null"
}

private let ecmaScriptKeywords = KeywordTable(ECMAScriptKeyword.allCases.map(\.rawValue))

extension Dialect {
    /// The facts of a dialect of the family.
    fileprivate static func ecmaScriptFacts(
        _ name: String, _ extensions: [String], interpreters: [String]
    ) -> DialectFacts {
        DialectFacts(
            name: name, extensions: extensions, interpreters: interpreters, family: "ecmascript", sharing: .file,
            functionsHaveObject: true,
            commonObjects: Set(["locals", "req", "ctx"].map { Identifier($0) }), commonStores: [Identifier("app")],
            listsFlatten: true, lastMayBeCallback: true, separator: SourceByte.slash,
            indexNames: ["index"],
            exportsObject: (Identifier("module"), Identifier("exports")),
            keywords: ECMAScriptKeyword.allCases.map(\.rawValue))
    }
}

extension ECMAScriptRules {
    static var keywords: KeywordTable { ecmaScriptKeywords }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        for script in Self.scripts(of: text) {
            let lexemes = SourceLexer<Self>.lexemes(text, range: script)
            ECMAScriptReader.read(text, lexemes, linesMatter: true, into: &builder)
        }
    }

    /// A component of Vue or Svelte has its program between `<script>` and `</script>`; any other file is one.
    private static func scripts(of text: SourceText) -> [Range<Int>?] {
        var index = 0
        while SourceByte.isBlank(text[index]) { index += 1 }
        let isMarkup = ["<template", "<script", "<!--", "<style"].contains { text.starts(with: $0, at: index) }
        guard isMarkup else { return [nil] }
        var scripts: [Range<Int>?] = []
        while let open = text.find("<script", from: index, end: text.count) {
            let start = text.find(">", from: open, end: text.count).map { $0 + 1 } ?? text.count
            let end = text.find("</script", from: start, end: text.count) ?? text.count
            scripts.append(start..<end)
            index = end
        }
        return scripts
    }

    static func startsName(_ byte: UInt8) -> Bool {
        SourceByte.startsName(byte) || byte == SourceByte.dollar || byte == SourceByte.hash
    }

    static func continuesName(_ byte: UInt8) -> Bool { SourceByte.continuesName(byte) || byte == SourceByte.dollar }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if index == 0, text.starts(with: "#!", at: 0) { return text.endOfLine(0) }
        return endOfSlashComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote where endsOnLine(text, index): return StringForm(content: index + 1, close: "\"")
        case SourceByte.singleQuote where endsOnLine(text, index): return StringForm(content: index + 1, close: "'")
        case SourceByte.backtick:
            var form = StringForm(content: index + 1, close: "`")
            form.spansLines = true
            form.code = .dollarBraces
            return form
        case SourceByte.slash where !closesElement(text, index) && beginsPattern(after: previous, text):
            var form = StringForm(content: index + 1, close: "/")
            form.flags = .pattern
            return form
        default: return nil
        }
    }

    /// A quote has its partner on the line.
    ///
    /// All but those of the text between JSX's tags have one: `<b>Don't</b>`. What is longer than such text is a string.
    private static func endsOnLine(_ text: SourceText, _ index: Int) -> Bool {
        var next = index + 1
        let end = min(text.count, index + 1000)
        while next < end, text[next] != SourceByte.lineFeed {
            if text[next] == text[index] { return true }
            next += text[next] == SourceByte.backslash ? 2 : 1
        }
        return next >= end && end < text.count
    }

    /// The slash of `</name>`.
    private static func closesElement(_ text: SourceText, _ index: Int) -> Bool {
        index > 1 && text[index - 1] == SourceByte.less && text[index - 2] != SourceByte.less
    }

    /// A slash divides what ends with a name, number, string or bracket, and begins a pattern after anything else.
    private static func beginsPattern(after previous: Lexeme?, _ text: SourceText) -> Bool {
        guard let previous else { return true }
        switch previous.kind {
        case .number, .string, .close: return false
        case .open: return true
        case .sign:
            return !text.starts(with: "++", at: Int(previous.start))
                && !text.starts(with: "--", at: Int(previous.start))
        case .name:
            guard previous.keyword > 0 else { return false }
            switch ECMAScriptKeyword.allCases[Int(previous.keyword) - 1] {
            case .this, .super, .yes, .no, .nothing: return false
            default: return true
            }
        }
    }
}

/// The tags of JSX.
extension ECMAScriptReader {
    /// `<name attribute={value}>text {value}</name>`, `<>…</>`: the code in its braces; nil where it is none.
    fileprivate mutating func markup() -> NodeID? {
        guard isMarkup() else { return nil }
        let whole = cursor.begin(.opaque)
        var depth = 0
        repeat {
            if cursor.isAt("<"), cursor.isAt("/", 1) {
                depth -= 1
                while !cursor.isAtEnd, !cursor.isAt(">") { cursor.skip() }
                cursor.skip()
            } else if cursor.isAt("<"), cursor.isName(1) || cursor.isAt(">", 1) {
                depth += 1
                if tag(whole) { depth -= 1 }
            } else {
                code(of: whole)
            }
        } while depth > 0 && !cursor.isAtEnd
        cursor.finish(whole)
        return whole
    }

    /// Goes past a tag that opens, with the code of its attributes; true where it closes itself.
    private mutating func tag(_ whole: NodeID) -> Bool {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt(">") {
            if cursor.isAt("/"), cursor.isAt(">", 1) {
                cursor.position += 2
                return true
            }
            code(of: whole)
        }
        cursor.skip()
        return false
    }

    /// What is in braces, or anything else that is no tag.
    private mutating func code(of whole: NodeID) {
        guard cursor.isOpen("{") else { return cursor.skip() }
        inside { reader in
            guard !reader.cursor.isAtEnd else { return }
            reader.cursor.builder.append(reader.argument(), to: whole)
        }
    }

    /// A tag begins that closes itself, or that another one closes.
    private mutating func isMarkup() -> Bool {
        if cursor.isAt(">", 1) { return true }
        guard cursor.isName(1), let name = cursor.lexeme(1) else { return false }
        var next = 2
        while next < 2000, let lexeme = cursor.lexeme(next), lexeme.kind != .close, !cursor.isAt(">", next) {
            if cursor.isAt("/", next), cursor.isAt(">", next + 1) { return true }
            if cursor.isAt(";", next) || cursor.isAt("(", next) { return false }
            next = lexeme.kind == .open ? cursor.behind(cursor.position + next) - cursor.position : next + 1
        }
        guard cursor.isAt(">", next), !unclosedTags.contains(name.identifier) else { return false }
        let isClosed = isClosed(name, from: cursor.position + next)
        if !isClosed { unclosedTags.insert(name.identifier) }
        return isClosed
    }

    /// `</name` comes after a lexeme.
    private func isClosed(_ name: Lexeme, from index: Int) -> Bool {
        guard index < cursor.limit else { return false }
        let last = min(cursor.limit, index + 20_000)
        for place in index..<last where cursor.lexemes[place].identifier == name.identifier && place >= 2 {
            let isBehindTag =
                cursor.text[Int(cursor.lexemes[place - 1].start)] == SourceByte.slash
                && cursor.text[Int(cursor.lexemes[place - 2].start)] == SourceByte.less
            if isBehindTag { return true }
        }
        return false
    }
}

/// Reads JavaScript and TypeScript by their braces; a line ends a statement unless the next one goes on with it.
private struct ECMAScriptReader: ExpressionReading {
    typealias Keyword = ECMAScriptKeyword
    var cursor: LexemeCursor
    /// The names of tags that nothing closes.
    private var unclosedTags: Set<Identifier> = []
    /// `in` and `of` end an expression: it is the target of a loop.
    private var isLoopTarget = false

    init(cursor: LexemeCursor) { self.cursor = cursor }

    private func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    /// A line that begins with a sign goes on with the one before, but for a unary one.
    func continuesLine() -> Bool {
        guard let lexeme = cursor.lexeme() else { return false }
        if lexeme.kind == .sign {
            return
                !(cursor.isAt("!") || cursor.isAt("~") || cursor.isAt("++") || cursor.isAt("--") || cursor.isAt(";")
                || cursor.isAt("@"))
        }
        if endsWithSign(-1) { return true }
        return keyword() == .instanceof || keyword() == .in
    }

    /// The lexeme before ends with a sign after which an operand must come.
    private func endsWithSign(_ offset: Int) -> Bool {
        guard let before = cursor.lexeme(offset), before.kind == .sign else { return false }
        return
            !(cursor.isAt("++", offset) || cursor.isAt("--", offset) || cursor.isAt(";", offset)
            || cursor.isAt("!", offset))
    }

    // MARK: Statements

    mutating func statements(of parent: NodeID) {
        while !cursor.isAtEnd {
            let before = cursor.position
            statement(of: parent)
            if cursor.position == before { cursor.skip() }
        }
    }

    private mutating func statement(of parent: NodeID) {
        guard cursor.depth < LexemeCursor.maximumDepth else { return cursor.skip() }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        switch keyword() {
        case .import where !cursor.isOpen("(", 1) && !cursor.isAt(".", 1): imports(parent)
        case .export: exports(parent)
        case .class: cursor.builder.append(classDeclaration(), to: parent)
        case .function: cursor.builder.append(declaredFunction(), to: parent)
        case .const, .var: variables(parent)
        case .return: result(parent)
        case .for: loop(parent)
        case .if, .while, .switch, .with, .catch: header(parent)
        case .try, .do, .else, .finally: cursor.position += 1
        case .case:
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
        case .default, .break, .continue, .debugger: cursor.position += 1
        case .enum: skipDeclaration()
        default: ownStatement(parent)
        }
        if cursor.isAt(";") || cursor.isAt(":") { cursor.position += 1 }
    }

    /// What begins with a word that can be a name, a brace or anything else.
    private mutating func ownStatement(_ parent: NodeID) {
        if cursor.isOpen("{") { return block(parent) }
        if cursor.isAt("@") { return decorator(parent) }
        let isFollowedByName = cursor.isName(1) && !cursor.startsLine(1)
        if isFollowedByName || cursor.isOpen("{", 1) || cursor.isOpen("[", 1) {
            if cursor.isAt("let"), keyword(1) == nil || !cursor.isName(1) { return variables(parent) }
            if isFollowedByName {
                if cursor.isAt("interface") || cursor.isAt("namespace") || cursor.isAt("module") {
                    return interface(parent)
                }
                if cursor.isAt("type"), cursor.isFreeName(1) { return alias(parent) }
                let modifiers: [StaticString] = ["declare", "abstract", "async"]
                if modifiers.contains(where: { cursor.isAt($0) }), keyword(1) != .in, keyword(1) != .instanceof {
                    cursor.position += 1
                    return statement(of: parent)
                }
            }
        }
        // A label.
        if cursor.isFreeName(), cursor.isAt(":", 1) { return cursor.position += 2 }
        let value = list()
        cursor.builder.append(value, to: parent)
        exported(value, of: parent)
    }

    private mutating func block(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        inside(linesMatter: true) { $0.statements(of: block) }
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `if (…)`, `while (…)`, `switch (…)`, `catch (…)`: what is in the parentheses; the statement follows by itself.
    private mutating func header(_ parent: NodeID) {
        let isCatch = keyword() == .catch
        cursor.position += 1
        guard cursor.isOpen("(") else { return }
        if isCatch { return cursor.skip() }
        inside { $0.cursor.builder.append($0.list(), to: parent) }
    }

    /// `for (const x of values)`, `for await (…)`, `for (a; b; c)`.
    private mutating func loop(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isAt("await") { cursor.position += 1 }
        guard cursor.isOpen("(") else { return }
        inside { reader in
            let bind = reader.cursor.begin(.bind, [.element, .declares])
            let start = reader.cursor.position
            if reader.keyword() == .const || reader.keyword() == .var || reader.cursor.isAt("let") {
                reader.cursor.position += 1
            }
            reader.isLoopTarget = true
            let target = reader.target()
            reader.isLoopTarget = false
            if reader.cursor.isAt("of") || reader.keyword() == .in {
                let gives = reader.cursor.isAt("of")
                reader.cursor.position += 1
                reader.cursor.builder.append(target, to: bind)
                let values = reader.list()
                if gives { reader.cursor.builder.append(values, to: bind) }
                reader.cursor.finish(bind)
                return reader.cursor.builder.append(bind, to: parent)
            }
            reader.cursor.position = start
            reader.statements(of: parent)
        }
    }

    private mutating func result(_ parent: NodeID) {
        let result = cursor.begin(.returned)
        cursor.position += 1
        if !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(";"), cursor.lexeme()?.kind != .close {
            cursor.builder.append(list(), to: result)
        }
        cursor.finish(result)
        cursor.builder.append(result, to: parent)
    }

    /// `value, value`: the last one is the value.
    private mutating func list() -> NodeID {
        var last = expression()
        while cursor.isAt(","), !cursor.isAtEnd {
            cursor.position += 1
            let sequence = cursor.wrap(last, in: .opaque)
            guard !endsExpression() else { break }
            cursor.builder.append(expression(), to: sequence)
            last = sequence
        }
        return last
    }

    private mutating func skipDeclaration() {
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") { cursor.skip() }
        if cursor.isOpen("{") { cursor.skip() }
    }

    /// `@Injectable()`: a call by itself.
    private mutating func decorator(_ parent: NodeID) {
        cursor.position += 1
        guard cursor.isName() else { return }
        var node = cursor.nameNode()
        while cursor.isAt("."), let next = member(node, []) { node = next }
        if cursor.isOpen("(") { node = call(node) }
        cursor.builder.append(node, to: parent)
    }

    // MARK: Variables

    /// `const a = 1, { b, c: d } = e`.
    private mutating func variables(_ parent: NodeID) {
        cursor.position += 1
        if keyword() == .enum { return skipDeclaration() }
        repeat {
            if cursor.isAt(",") { cursor.position += 1 }
            guard !cursor.isAtEnd else { return }
            cursor.builder.append(variable(), to: parent)
        } while cursor.isAt(",")
    }

    private mutating func variable() -> NodeID {
        let target = target()
        let bind = cursor.wrap(target, in: .bind, .declares)
        annotation(of: bind)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
        }
        cursor.finish(bind)
        return bind
    }

    /// A name, or `{ a, b: c = 1, ...rest }`, `[a, , b]`.
    private mutating func target() -> NodeID {
        if cursor.isOpen("{") || cursor.isOpen("[") {
            let isMap = cursor.isOpen("{")
            let pattern = cursor.begin(.collection, isMap ? .map : .tuple)
            parts(of: pattern) { $0.targetElement(isMap: isMap) }
            cursor.finish(pattern)
            return pattern
        }
        guard cursor.isName() else { return cursor.begin(.opaque) }
        // A loop may give to what is there: `for (this.client of clients)`.
        return isLoopTarget && cursor.isAt(".", 1) ? operand() : cursor.nameNode()
    }

    private mutating func targetElement(isMap: Bool) -> NodeID {
        if cursor.isAt("...") {
            cursor.position += 1
            _ = target()
            return cursor.begin(.opaque)
        }
        var element = NodeID.none
        if isMap, cursor.isName() || cursor.isString(), cursor.isAt(":", 1) {
            let key = cursor.begin(.name)
            cursor.takeName(key)
            cursor.position += 1
            element = cursor.wrap(key, in: .pair)
            cursor.builder.append(target(), to: element)
            cursor.finish(element)
        } else {
            element = target()
        }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: cursor.builder.root)
        }
        return element
    }

    // MARK: Imports and exports

    private mutating func imports(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isString() { return cursor.position += 1 }
        let isNamed = cursor.isName(1) && !cursor.isAt("from", 1)
        if cursor.isAt("type"), isNamed || cursor.isOpen("{", 1) || cursor.isAt("*", 1) {
            cursor.position += 1
        }
        var names: [(own: Lexeme, member: Lexeme?)] = []
        var standard: Lexeme?
        if cursor.isFreeName() {
            standard = cursor.lexeme()
            cursor.position += 1
            if cursor.isAt("=") { return required(standard, parent) }
            if cursor.isAt(",") { cursor.position += 1 }
        }
        var whole: Lexeme?
        if cursor.isAt("*"), cursor.isAt("as", 1), let name = cursor.lexeme(2) {
            whole = name
            cursor.position += 3
        } else if cursor.isOpen("{") {
            names = importedNames()
        }
        if cursor.isAt("from") { cursor.position += 1 }
        guard cursor.isString(), let path = cursor.lexeme() else { return }
        cursor.position += 1
        if let standard { importName(standard, standardOf: path, parent) }
        if let whole { imported(whole, member: nil, of: path, parent) }
        for (own, member) in names {
            if (member ?? own).identifier == Self.standard {
                importName(own, standardOf: path, parent)
            } else {
                imported(own, member: member ?? own, of: path, parent)
            }
        }
        if cursor.isAt("with") || cursor.isAt("assert"), cursor.isOpen("{", 1) { cursor.position += 1; cursor.skip() }
    }

    /// `{ a, b as c, type D }`, as names here and names there.
    private mutating func importedNames() -> [(own: Lexeme, member: Lexeme?)] {
        var names: [(own: Lexeme, member: Lexeme?)] = []
        inside { reader in
            while !reader.cursor.isAtEnd {
                if reader.cursor.isAt("type"), reader.cursor.isName(1), !reader.cursor.isAt("as", 1) {
                    reader.cursor.position += 1
                }
                if let first = reader.cursor.lexeme(), first.kind == .name || first.kind == .string {
                    if reader.cursor.isAt("as", 1), let own = reader.cursor.lexeme(2) {
                        names.append((own, first))
                    } else {
                        names.append((first, nil))
                    }
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        return names
    }

    private mutating func imported(_ own: Lexeme, member: Lexeme?, of path: Lexeme, _ parent: NodeID) {
        let node = cursor.builder.add(.imported, start: own.start, end: path.end)
        cursor.setName(node, own)
        cursor.builder.append(pathNode(path), to: node)
        if let member {
            let name = cursor.builder.add(.name, start: member.start, end: member.end)
            cursor.setName(name, member)
            cursor.builder.append(name, to: node)
        }
        cursor.builder.append(node, to: parent)
    }

    private mutating func pathNode(_ path: Lexeme) -> NodeID {
        cursor.builder.add(.literal, .string, start: path.contentStart, end: path.contentEnd)
    }

    /// `import name from "path"`: the module, or what it exports as its default.
    private mutating func importName(_ own: Lexeme, standardOf path: Lexeme, _ parent: NodeID) {
        let name = cursor.builder.add(.name, start: own.start, end: own.end)
        cursor.setName(name, own)
        let bind = cursor.wrap(name, in: .bind, .declares)
        cursor.builder.append(moduleValue(path, start: own.start), to: bind)
        cursor.builder.append(bind, to: parent)
    }

    /// A module as a value: the module itself, and its default export.
    private mutating func moduleValue(_ path: Lexeme, start: Int32) -> NodeID {
        let whole = cursor.builder.add(.imported, start: start, end: path.end)
        cursor.builder.append(pathNode(path), to: whole)
        let choice = cursor.wrap(whole, in: .choice)
        let standard = cursor.builder.add(.imported, start: start, end: path.end)
        cursor.builder.append(pathNode(path), to: standard)
        cursor.builder.append(standardName(start), to: standard)
        cursor.builder.append(standard, to: choice)
        return choice
    }

    private mutating func standardName(_ start: Int32) -> NodeID {
        let name = cursor.builder.add(.name, start: start, end: start)
        cursor.builder[name].name = Self.standard
        return name
    }

    private static let standard = Identifier("default")

    /// `import name = require("path")`.
    private mutating func required(_ own: Lexeme?, _ parent: NodeID) {
        guard let own else { return }
        cursor.position += 1
        let name = cursor.builder.add(.name, start: own.start, end: own.end)
        cursor.setName(name, own)
        let bind = cursor.wrap(name, in: .bind, .declares)
        cursor.builder.append(expression(), to: bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `export default value`, `export const …`, `export { a, b as c } from "path"`, `export * from "path"`.
    private mutating func exports(_ parent: NodeID) {
        cursor.position += 1
        if keyword() == .default {
            cursor.position += 1
            var value = NodeID.none
            switch keyword() {
            case .class: value = classDeclaration()
            case .function: value = function()
            default:
                if cursor.isAt("async") || cursor.isAt("abstract"), keyword(1) == .function || keyword(1) == .class {
                    cursor.position += 1
                    value = keyword() == .class ? classDeclaration() : function()
                } else {
                    value = expression()
                }
            }
            return export(value, parent)
        }
        if cursor.isAt("=") {
            cursor.position += 1
            return export(expression(), parent)
        }
        if cursor.isAt("type"), cursor.isOpen("{", 1) || cursor.isAt("*", 1) { cursor.position += 1 }
        if cursor.isAt("*") { return reexported(parent) }
        guard cursor.isOpen("{") else { return statement(of: parent) }
        let names = importedNames()
        guard cursor.isAt("from"), cursor.isString(1), let path = cursor.lexeme(1) else {
            for case (let own, let member?) in names { rename(member, to: own, parent) }
            return
        }
        cursor.position += 2
        for (own, member) in names { imported(own, member: member ?? own, of: path, parent) }
    }

    /// `export * from "path"`, `export * as name from "path"`.
    private mutating func reexported(_ parent: NodeID) {
        cursor.position += 1
        var own: Lexeme?
        if cursor.isAt("as") {
            own = cursor.lexeme(1)
            cursor.position += 2
        }
        if cursor.isAt("from") { cursor.position += 1 }
        guard cursor.isString(), let path = cursor.lexeme() else { return }
        cursor.position += 1
        if let own { return imported(own, member: nil, of: path, parent) }
        let node = cursor.builder.add(.imported, .wildcard, start: path.start, end: path.end)
        cursor.builder.append(pathNode(path), to: node)
        cursor.builder.append(node, to: parent)
    }

    /// `export { own as other }`: another name of the file's variable.
    private mutating func rename(_ member: Lexeme, to own: Lexeme, _ parent: NodeID) {
        let name = cursor.builder.add(.name, start: own.start, end: own.end)
        cursor.setName(name, own)
        let bind = cursor.wrap(name, in: .bind, .declares)
        let value = cursor.builder.add(.name, start: member.start, end: member.end)
        cursor.setName(value, member)
        cursor.builder.append(value, to: bind)
        cursor.builder.append(bind, to: parent)
    }

    /// The file's default export; a class or function is declared under its own name as well.
    private mutating func export(_ value: NodeID, _ parent: NodeID) {
        let start = cursor.builder[value].start
        let bind = cursor.wrap(standardName(start), in: .bind, .declares)
        let kind = cursor.builder[value].kind
        if kind == .classDeclaration || kind == .function, cursor.builder[value].name != .none {
            let node = cursor.builder[value]
            cursor.builder.append(value, to: parent)
            let name = cursor.builder.add(.name, start: node.nameStart, end: node.nameEnd)
            cursor.builder.copyName(of: node, to: name)
            cursor.builder.append(name, to: bind)
        } else {
            cursor.builder.append(value, to: bind)
        }
        cursor.builder.append(bind, to: parent)
    }

    /// `module.exports = value` and `exports.name = value` are exports; `Name.prototype.method = …` is a member of a class.
    private mutating func exported(_ value: NodeID, of parent: NodeID) {
        var bind = value
        while cursor.builder[bind].kind == .bind {
            let target = cursor.builder[bind].firstChild
            guard !target.isNone else { return }
            let given = cursor.builder[target].nextSibling
            guard !given.isNone else { return }
            if cursor.builder[target].kind == .member { assigned(bind, target, given) }
            bind = given
        }
    }

    private mutating func assigned(_ bind: NodeID, _ target: NodeID, _ given: NodeID) {
        let node = cursor.builder[target]
        let written = cursor.text.text(Int(node.start), Int(min(node.end, node.start + 200)))
        if written == "module.exports" {
            return rename(target: target, of: bind, to: Self.standard, given, .declares)
        }
        let parts = written.split(separator: ".")
        guard parts.count == 3, parts[1] == "prototype" else { return }
        // The statement becomes a piece of the class, with the member as a field.
        rename(target: target, of: bind, to: node.name, given, .field)
        let field = cursor.builder.add(.bind, .field, start: node.start, end: cursor.end)
        cursor.builder.append(cursor.builder[bind].firstChild, to: field)
        cursor.builder[bind].kind = .classDeclaration
        cursor.builder[bind].flags = .extends
        cursor.builder[bind].name = Identifier(String(parts[0]))
        cursor.builder[bind].firstChild = field
    }

    /// Lets a name take the place of the member that a value is given to.
    private mutating func rename(
        target: NodeID, of bind: NodeID, to name: Identifier, _ given: NodeID, _ flags: SyntaxNode.Flags
    ) {
        let node = cursor.builder[target]
        let own = cursor.builder.add(.name, start: node.nameStart, end: node.nameEnd)
        cursor.builder[own].name = name
        cursor.builder[own].nameStart = node.nameStart
        cursor.builder[own].nameEnd = node.nameEnd
        cursor.builder[own].nextSibling = given
        cursor.builder[bind].flags.insert(flags)
        cursor.builder[bind].firstChild = own
    }

    // MARK: Classes

    /// `class Name extends Base implements A { … }`, with a name or without.
    private mutating func classDeclaration() -> NodeID {
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        if cursor.isFreeName(), !cursor.isAt("implements") || cursor.isOpen("{", 1) { cursor.takeName(declaration) }
        typeArguments()
        if keyword() == .extends {
            cursor.position += 1
            cursor.builder.append(base(), to: declaration)
        }
        while !cursor.isAtEnd, !cursor.isOpen("{") { cursor.skip() }
        if cursor.isOpen("{") { inside(linesMatter: true) { $0.members(of: declaration) } }
        cursor.finish(declaration)
        return declaration
    }

    /// A class's base: a name, `redis.Client`, or a call that makes a class.
    private mutating func base() -> NodeID {
        guard cursor.isName() else { return cursor.begin(.opaque) }
        let type = namedType()
        if cursor.isOpen("(") {
            let call = cursor.wrap(type, in: .opaque)
            arguments(of: call)
            return call
        }
        return type
    }

    private mutating func members(of declaration: NodeID) {
        while !cursor.isAtEnd {
            let before = cursor.position
            member(of: declaration)
            if cursor.isAt(";") || cursor.isAt(",") { cursor.position += 1 }
            if cursor.position == before { cursor.skip() }
        }
    }

    private static let modifiers: [StaticString] = [
        "public", "private", "protected", "static", "readonly", "async", "abstract", "override", "declare", "accessor",
        "get",
        "set",
    ]

    private mutating func member(of declaration: NodeID) {
        if cursor.isAt("@") { return decorator(declaration) }
        var flags: SyntaxNode.Flags = []
        var isGetter = false
        while Self.modifiers.contains(where: { cursor.isAt($0) }),
            isMemberName(1) || cursor.isAt("*", 1) || cursor.isOpen("{", 1)
        {
            if cursor.isAt("static") { flags.insert(.isStatic) }
            isGetter = isGetter || cursor.isAt("get")
            cursor.position += 1
        }
        if cursor.isAt("*") { cursor.position += 1 }
        if cursor.isOpen("{") { return block(declaration) }
        guard cursor.isName() || cursor.isString() else {
            // A computed name.
            guard cursor.isOpen("[") else { return }
            return cursor.skip()
        }
        if isMethod(1) { return method(of: declaration, flags.union(isGetter ? .property : [])) }
        field(of: declaration, flags)
    }

    private func isMemberName(_ offset: Int) -> Bool {
        cursor.isName(offset) || cursor.isString(offset) || cursor.isOpen("[", offset)
    }

    /// Parentheses, or type parameters and parentheses, follow.
    private func isMethod(_ offset: Int) -> Bool {
        let place = cursor.isAt("?", offset) || cursor.isAt("!", offset) ? offset + 1 : offset
        return cursor.isOpen("(", place) || cursor.isAt("<", place)
    }

    private mutating func method(of declaration: NodeID, _ flags: SyntaxNode.Flags) {
        let isConstructor = cursor.isAt("constructor")
        let function = cursor.begin(.function, flags.union(isConstructor ? .constructor : []))
        cursor.takeName(function)
        if cursor.isAt("?") || cursor.isAt("!") { cursor.position += 1 }
        signature(of: function)
        if cursor.isOpen("{") { body(of: function) }
        cursor.finish(function)
        cursor.builder.append(function, to: declaration)
    }

    /// `name: Type = value`.
    private mutating func field(of declaration: NodeID, _ flags: SyntaxNode.Flags) {
        let name = cursor.begin(.name)
        cursor.takeName(name)
        cursor.finish(name)
        let bind = cursor.wrap(name, in: .bind, flags.union(.field))
        if cursor.isAt("?") || cursor.isAt("!") { cursor.position += 1 }
        annotation(of: bind)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: declaration)
    }

    /// `interface Name extends Base { member: Type; method(): Type }`; a namespace's declarations belong to the file.
    private mutating func interface(_ parent: NodeID) {
        let isNamespace = !cursor.isAt("interface")
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        if cursor.isName() { cursor.takeName(declaration) }
        typeArguments()
        while keyword() == .extends || cursor.isAt(",") {
            cursor.position += 1
            guard cursor.isName() else { break }
            cursor.builder.append(namedType(), to: declaration)
        }
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.startsLine() { cursor.skip() }
        guard cursor.isOpen("{") else { return }
        inside(linesMatter: true) { isNamespace ? $0.statements(of: parent) : $0.members(of: declaration) }
        cursor.finish(declaration)
        if !isNamespace { cursor.builder.append(declaration, to: parent) }
    }

    /// `type Name = Type`: a class with that base.
    private mutating func alias(_ parent: NodeID) {
        cursor.position += 1
        let declaration = cursor.begin(.classDeclaration)
        cursor.takeName(declaration)
        typeArguments()
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(type(), to: declaration)
        }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    // MARK: Functions

    /// `function name(…) { … }`, with a name or without.
    private mutating func function() -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        if cursor.isAt("*") { cursor.position += 1 }
        if cursor.isName() { cursor.takeName(function) }
        signature(of: function)
        if cursor.isOpen("{") { body(of: function) }
        cursor.finish(function)
        return function
    }

    /// A function that fills the object it is called on is the constructor of a class.
    private mutating func declaredFunction() -> NodeID {
        guard let name = cursor.lexeme(1), name.kind == .name, cursor.text[Int(name.start)] &- 0x41 < 26, fillsItself()
        else {
            return function()
        }
        let declaration = cursor.begin(.classDeclaration)
        cursor.setName(declaration, name)
        let constructor = function()
        cursor.builder[constructor].flags.insert(.constructor)
        cursor.builder[constructor].name = Identifier("constructor")
        cursor.builder.append(constructor, to: declaration)
        cursor.finish(declaration)
        return declaration
    }

    /// `this.name = …` is in the body of the function at the position.
    private func fillsItself() -> Bool {
        guard cursor.isOpen("(", 2) else { return false }
        let body = cursor.behind(cursor.position + 2)
        guard body < cursor.limit, cursor.lexemes[body].kind == .open else { return false }
        let end = min(cursor.behind(body), cursor.limit, body + 2_000)
        return (body..<max(body, end - 3)).contains { place in
            let offset = place - cursor.position
            return keyword(offset) == .this && cursor.isAt(".", offset + 1) && cursor.isAt("=", offset + 3)
        }
    }

    /// `(a, b) => …`, `a => …`, the parameters being at the position.
    private mutating func arrow() -> NodeID {
        let function = cursor.begin(.function)
        let outer = waiting
        waiting = []
        if cursor.isAt("<") { typeArguments() }
        if cursor.isOpen("(") {
            inside { $0.parameters(of: function) }
            annotation(of: function)
        } else {
            let parameter = cursor.begin(.parameter)
            cursor.takeName(parameter)
            cursor.finish(parameter)
            cursor.builder.append(parameter, to: function)
        }
        if cursor.isAt("=>") { cursor.position += 1 }
        if cursor.isOpen("{") {
            body(of: function)
        } else if waiting.isEmpty {
            nested { $0.cursor.builder.append($0.expression(), to: function) }
        } else {
            let body = cursor.begin(.block, .scope)
            cursor.builder[function].flags.insert(.lastIsResult)
            giveWaiting(to: body)
            nested { $0.cursor.builder.append($0.expression(), to: body) }
            cursor.finish(body)
            cursor.builder.append(body, to: function)
        }
        waiting = outer
        cursor.finish(function)
        return function
    }

    /// `<T>(parameters): Type`.
    private mutating func signature(of function: NodeID) {
        typeArguments()
        guard cursor.isOpen("(") else { return }
        inside { $0.parameters(of: function) }
        annotation(of: function)
    }

    private mutating func body(of function: NodeID) {
        let body = cursor.begin(.block, .scope)
        giveWaiting(to: body)
        inside(linesMatter: true) { $0.statements(of: body) }
        cursor.finish(body)
        cursor.builder.append(body, to: function)
    }

    private mutating func parameters(of function: NodeID) {
        while !cursor.isAtEnd {
            cursor.builder.append(parameter(), to: function)
            guard cursor.skipPastComma() else { return }
        }
    }

    /// `name: Type = value`, `{ a, b }: Type`, `...rest`, `private readonly name: Type`, which is a field too.
    private mutating func parameter() -> NodeID {
        while cursor.isAt("@") {
            cursor.position += 1
            if cursor.isName() { cursor.position += 1 }
            if cursor.isOpen("(") { cursor.skip() }
        }
        let parameter = cursor.begin(.parameter)
        let fields: [StaticString] = ["public", "private", "protected", "readonly", "override"]
        while fields.contains(where: { cursor.isAt($0) }), cursor.isName(1) {
            cursor.builder[parameter].flags.insert(.field)
            cursor.position += 1
        }
        if cursor.isAt("...") {
            cursor.builder[parameter].flags.insert(.spread)
            cursor.position += 1
        }
        if cursor.isName() {
            cursor.takeName(parameter)
        } else if cursor.isOpen("{") || cursor.isOpen("[") {
            destructured(parameter)
        }
        if cursor.isAt("?") { cursor.position += 1 }
        annotation(of: parameter)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: parameter)
        }
        cursor.finish(parameter)
        return parameter
    }

    /// A parameter that is taken apart: the body begins with giving its parts to the names.
    private mutating func destructured(_ parameter: NodeID) {
        cursor.builder[parameter].name = Identifier(hash: UInt64(UInt32(bitPattern: cursor.start)) &+ 0x5045_0000_0000)
        waiting.append((cursor.builder[parameter].name, target()))
    }

    /// Patterns of parameters, with the names that the parameters were given.
    private var waiting: [(parameter: Identifier, pattern: NodeID)] = []

    private mutating func giveWaiting(to body: NodeID) {
        for (parameter, pattern) in waiting {
            let bind = cursor.wrap(pattern, in: .bind, .declares)
            let value = cursor.builder.add(
                .name, start: cursor.builder[pattern].start, end: cursor.builder[pattern].start)
            cursor.builder[value].name = parameter
            cursor.builder.append(value, to: bind)
            cursor.builder.append(bind, to: body)
        }
        waiting = []
    }

    /// `: Type` after a name or parentheses.
    private mutating func annotation(of node: NodeID) {
        guard cursor.isAt(":") || cursor.isAt("?:"), !cursor.startsLine() else { return }
        cursor.position += 1
        // `value is Type` says nothing of a value.
        if cursor.isName(), cursor.isAt("is", 1) { cursor.position += 2 }
        if cursor.isAt("asserts"), cursor.isName(1) { cursor.position += 1 }
        cursor.builder.append(type(), to: node)
    }

    // MARK: Expressions

    func infix() -> Infix? {
        guard !endsExpression() else { return nil }
        switch keyword() {
        case .instanceof: return .other
        case .in: return isLoopTarget ? nil : .other
        case nil: break
        default: return nil
        }
        if isLoopTarget, cursor.isAt("of") { return nil }
        return cursor.lexeme()?.kind == .sign ? commonInfix() : nil
    }

    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .function: return nestedNode { $0.function() }
        case .class: return nestedNode { $0.classDeclaration() }
        case .new: return nestedNode { $0.construction() }
        case .this: return word(.itself)
        case .super: return word(.parent)
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .typeof, .void, .delete:
            cursor.position += 1
            return nestedNode { $0.cursor.wrap($0.operand(), in: .opaque) }
        case .import: return moduleCall()
        case nil: break
        default: return cursor.begin(.opaque)
        }
        if isArrow() { return nestedNode { $0.arrow() } }
        guard cursor.isName() else { return cursor.isAt("<") ? markup() ?? casted() : nil }
        if cursor.isAt("async"), !cursor.startsLine(1) {
            if keyword(1) == .function || isArrow(1) {
                cursor.position += 1
                return nestedNode { $0.keyword() == .function ? $0.function() : $0.arrow() }
            }
        }
        if cursor.isAt("await") || cursor.isAt("yield"), cursor.isName(1) || cursor.isOpen("(", 1) {
            cursor.position += 1
            return nestedNode { $0.operand() }
        }
        if cursor.isAt("undefined") { return cursor.constant(.literal, .nothing) }
        if let own = exportedName() { return own }
        return cursor.isAt("require") ? moduleCall() : nil
    }

    /// `exports.name`, `module.exports.name`: the file's own name.
    private mutating func exportedName() -> NodeID? {
        if cursor.isAt("exports"), cursor.isAt(".", 1), cursor.isName(2) {
            cursor.position += 2
            return cursor.nameNode()
        }
        guard cursor.isAt("module"), cursor.isAt(".", 1), cursor.isAt("exports", 2), cursor.isAt(".", 3),
            cursor.isName(4)
        else {
            return nil
        }
        cursor.position += 4
        return cursor.nameNode()
    }

    /// Reads a node one level deeper; an opaque one where that is too deep.
    private mutating func nestedNode(_ body: (inout Self) -> NodeID) -> NodeID {
        var node = NodeID.none
        nested { node = body(&$0) }
        return node.isNone ? cursor.begin(.opaque) : node
    }

    private mutating func word(_ flags: SyntaxNode.Flags) -> NodeID {
        let node = cursor.nameNode()
        cursor.builder[node].flags.insert(flags)
        return node
    }

    /// `require("path")`, `import("path")`: the module.
    private mutating func moduleCall() -> NodeID? {
        guard cursor.isOpen("(", 1), let path = cursor.lexeme(2), path.kind == .string,
            !path.flags.contains(.interpolated)
        else {
            guard keyword() == .import else { return nil }
            cursor.position += 1
            return cursor.begin(.opaque)
        }
        let start = cursor.start
        cursor.position += 1
        cursor.skip()
        return moduleValue(path, start: start)
    }

    /// Parameters and `=>` are at a place.
    private func isArrow(_ offset: Int = 0) -> Bool {
        if cursor.isFreeName(offset) { return cursor.isAt("=>", offset + 1) }
        var place = offset
        if cursor.isAt("<", offset) {
            guard let behind = behindTypeArguments(offset) else { return false }
            place = behind
        }
        guard cursor.isOpen("(", place) else { return false }
        let behind = cursor.behind(cursor.position + place) - cursor.position
        if cursor.isAt("=>", behind) { return true }
        guard cursor.isAt(":", behind) else { return false }
        // `(a: A): B => …`, not `x ? (a) : b => …`.
        let isTyped =
            behind == place + 2 || cursor.isAt(":", place + 2) || cursor.isAt("?:", place + 2)
            || cursor.isAt(",", place + 2) || cursor.isOpen("{", place + 1)
        guard isTyped else { return false }
        var next = behind + 1
        while next < behind + 40, let lexeme = cursor.lexeme(next) {
            if cursor.isAt("=>", next) { return true }
            if cursor.isAt(";", next) || cursor.isAt(",", next) || cursor.isAt("=", next) || lexeme.kind == .close {
                return false
            }
            next = lexeme.kind == .open ? cursor.behind(cursor.position + next) - cursor.position : next + 1
        }
        return false
    }

    /// `<Type>value`.
    private mutating func casted() -> NodeID? {
        guard let behind = behindTypeArguments(0), cursor.lexeme(behind)?.kind == .name || cursor.isOpen("(", behind)
        else {
            return nil
        }
        let cast = cursor.begin(.cast)
        cursor.position += 1
        cursor.builder.append(type(), to: cast)
        while !cursor.isAtEnd, !cursor.isAt(">") { cursor.skip() }
        cursor.position += 1
        cursor.builder.append(nestedNode { $0.operand() }, to: cast)
        cursor.finish(cast)
        return cast
    }

    /// `new Name<T>(…)`, `new module.Name`, `new (value)(…)`, `new class { … }`.
    private mutating func construction() -> NodeID {
        let new = cursor.begin(.new)
        cursor.position += 1
        var callee = NodeID.none
        if keyword() == .class {
            callee = classDeclaration()
        } else if cursor.isOpen("(") {
            callee = group()
        } else if cursor.isName() {
            callee = ownOperand() ?? cursor.nameNode()
        } else {
            callee = cursor.begin(.opaque)
        }
        while cursor.isAt("."), !endsExpression(), let next = member(callee, []) { callee = next }
        while cursor.isOpen("["), !cursor.startsLine() { callee = index(callee) }
        cursor.builder.append(callee, to: new)
        if let behind = behindTypeArguments(0) { cursor.position += behind }
        if cursor.isOpen("("), !cursor.startsLine() { arguments(of: new) }
        cursor.finish(new)
        return new
    }

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if cursor.isAt("?."), cursor.isOpen("(", 1) {
            cursor.position += 1
            return call(operand)
        }
        if cursor.isAt("?."), cursor.isOpen("[", 1) {
            cursor.position += 1
            return index(operand)
        }
        if cursor.isAt("!"), !cursor.startsLine() {
            cursor.position += 1
            return operand
        }
        if cursor.isAt("as") || cursor.isAt("satisfies"), cursor.lexeme(1) != nil { return taken(operand) }
        if cursor.isAt("<"), let behind = behindTypeArguments(0), cursor.isOpen("(", behind) {
            cursor.position += behind
            return call(operand)
        }
        if cursor.isString(), let lexeme = cursor.lexeme(), cursor.text[Int(lexeme.start)] == SourceByte.backtick {
            let call = cursor.wrap(operand, in: .call)
            cursor.builder.append(string(), to: call)
            cursor.finish(call)
            return call
        }
        return nil
    }

    /// `value as Type`; `as const` says nothing.
    private mutating func taken(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        if keyword() == .const {
            cursor.position += 1
            return operand
        }
        return cursor.cast(operand, to: type())
    }

    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, cursor.isOpen("{") ? .map : .elements)
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.part(of: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }

    /// An element of a list, or a member of an object literal.
    private mutating func part(of collection: NodeID) {
        guard cursor.builder[collection].flags.contains(.map) else {
            return cursor.builder.append(argument(), to: collection)
        }
        if cursor.isAt("...") { return cursor.builder.append(argument(), to: collection) }
        var isGetter = false
        while cursor.isAt("async") || cursor.isAt("get") || cursor.isAt("set"), isMemberName(1) || cursor.isAt("*", 1) {
            isGetter = cursor.isAt("get")
            cursor.position += 1
        }
        if cursor.isAt("*") { cursor.position += 1 }
        if cursor.isName(), cursor.isOpen("(", 1) || cursor.isAt("<", 1) {
            return method(of: collection, isGetter ? .property : [])
        }
        let key: NodeID
        let isGiven = cursor.isAt("props")
        if cursor.isName() {
            // A word is a name here, whatever it is elsewhere.
            key = cursor.nameNode()
        } else if cursor.isOpen("[") {
            key = cursor.begin(.opaque)
            inside { $0.cursor.builder.append($0.expression(), to: key) }
        } else if cursor.isString() || cursor.lexeme()?.kind == .number {
            key = string()
        } else {
            return
        }
        guard cursor.isAt(":") else { return cursor.builder.append(key, to: collection) }
        cursor.position += 1
        let pair = cursor.wrap(key, in: .pair)
        let value = expression()
        // A component of Vue names what it is given by others.
        if isGiven, cursor.builder[value].kind == .collection { cursor.builder[value].flags.insert(.shared) }
        cursor.builder.append(value, to: pair)
        cursor.finish(pair)
        cursor.builder.append(pair, to: collection)
    }

    // MARK: Types

    /// Goes past `<…>` at the position, if there is any.
    private mutating func typeArguments() {
        if let behind = behindTypeArguments(0) { cursor.position += behind }
    }

    /// The offset behind the `>` that closes the `<` at a place; nil where it is a comparison.
    private func behindTypeArguments(_ offset: Int) -> Int? {
        guard cursor.isAt("<", offset) else { return nil }
        var depth = 0
        var next = offset
        while next < offset + 120, let lexeme = cursor.lexeme(next) {
            switch lexeme.kind {
            case .open:
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            case .close: return nil
            case .sign:
                if cursor.isAt("<", next) { depth += 1 }
                if cursor.isAt(">", next) { depth -= 1 }
                let isOther =
                    cursor.isAt(";", next) || cursor.isAt("&&", next) || cursor.isAt("||", next)
                    || cursor.isAt("+", next)
                if isOther { return nil }
            case .name, .number, .string: break
            }
            next += 1
            if depth == 0 { return next }
        }
        return nil
    }

    /// `A | B`, `A & B`, and what stands alone.
    private mutating func type() -> NodeID {
        guard cursor.depth < LexemeCursor.maximumDepth else { return cursor.begin(.type) }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        if cursor.isAt("|") || cursor.isAt("&") { cursor.position += 1 }
        var first = singleType()
        while cursor.isAt("|") || cursor.isAt("&") {
            cursor.position += 1
            if cursor.builder[first].kind != .choice { first = cursor.wrap(first, in: .choice) }
            cursor.builder.append(singleType(), to: first)
            cursor.finish(first)
        }
        return first
    }

    private mutating func singleType() -> NodeID {
        while cursor.isAt("readonly") || cursor.isAt("keyof") || cursor.isAt("unique") || cursor.isAt("infer"),
            cursor.isName(1)
        {
            cursor.position += 1
        }
        var node: NodeID
        switch keyword() {
        case .typeof:
            cursor.position += 1
            node = cursor.isName() ? namedType() : cursor.begin(.type)
        case .nothing, .yes, .no, .void: node = cursor.constant(.literal, .nothing)
        case .new:
            cursor.position += 1
            return singleType()
        case .import:
            cursor.position += 1
            cursor.skip()
            node = cursor.begin(.type)
            if cursor.isAt("."), cursor.isName(1) {
                cursor.position += 1
                node = namedType()
                cursor.builder[node].flags.insert(.documented)
            }
        default:
            if isArrow() { return functionType() }
            if cursor.isOpen("(") {
                node = NodeID.none
                inside { node = $0.type() }
                if node.isNone { node = cursor.begin(.type) }
            } else if cursor.isOpen("[") || cursor.isOpen("{") {
                node = writtenType()
            } else if cursor.isName() {
                node = namedType()
            } else {
                node = cursor.begin(.type)
                if cursor.isString() || cursor.lexeme()?.kind == .number { cursor.position += 1 }
            }
        }
        while cursor.isOpen("["), !cursor.startsLine() {
            let isList = cursor.behind(cursor.position) == cursor.position + 2
            cursor.skip()
            if isList { node = cursor.wrap(node, in: .type, .elements) }
        }
        return node
    }

    /// `[A, B]`, `{ a: A }`: a tuple, and something with members.
    private mutating func writtenType() -> NodeID {
        guard cursor.isOpen("[") else {
            let any = cursor.begin(.type)
            cursor.skip()
            return any
        }
        return tuple { reader in reader.type() }
    }

    /// `Name`, `module.Name`, `Name<A, B>`; `ReturnType<typeof name>` is what the function gives.
    private mutating func namedType() -> NodeID {
        if cursor.isAt("ReturnType") || cursor.isAt("Awaited"), cursor.isAt("<", 1), cursor.isAt("typeof", 2),
            cursor.isName(3),
            cursor.isAt(">", 4)
        {
            cursor.position += 3
            let call = cursor.wrap(cursor.nameNode(), in: .call)
            cursor.position += 1
            cursor.finish(call)
            return call
        }
        let type = cursor.dottedType()
        guard behindTypeArguments(0) != nil else { return type }
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt(">") {
            let before = cursor.position
            cursor.builder.append(self.type(), to: type)
            while !cursor.isAtEnd, !cursor.isAt(","), !cursor.isAt(">") { cursor.skip() }
            if cursor.isAt(",") { cursor.position += 1 }
            if cursor.position == before { cursor.position += 1 }
        }
        cursor.position += 1
        cursor.finish(type)
        return type
    }

    /// `(client: Redis) => Promise<void>`: what it is called with.
    private mutating func functionType() -> NodeID {
        let callable = cursor.begin(.function)
        typeArguments()
        if cursor.isOpen("(") { inside { $0.parameters(of: callable) } }
        waiting = []
        if cursor.isAt("=>") {
            cursor.position += 1
            cursor.builder.append(type(), to: callable)
        }
        cursor.finish(callable)
        cursor.builder[callable].kind = .type
        cursor.builder[callable].flags = .callable
        return callable
    }
}
