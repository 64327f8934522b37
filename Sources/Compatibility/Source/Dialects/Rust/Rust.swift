/// Rust.
enum RustDialect: Dialect, LexicalRules {
    static let facts: DialectFacts = {
        var facts = DialectFacts(
            name: "rust", extensions: ["rs"], family: "rust", sharing: .package, separator: SourceByte.colon,
            keywords: Keyword.allCases.map(\.rawValue))
        facts.capitalsConstruct = true
        facts.importsMayBeNear = true
        facts.mentions = ["fred::"]
        facts.lenders = Set(
            [
                "Pool", "PooledConnection", "PoolConnection", "Object", "OnceCell", "OnceLock", "LazyLock", "Lazy",
                "ArcSwap",
            ]
            .map { Identifier($0) })
        return facts
    }()

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `union`, `auto`, `default` and the like can.
    enum Keyword: String, CaseIterable {
        case `as`, async, await, `break`, const, `continue`, dyn, `else`, `enum`, extern, `false`, fn, `for`, `if`, impl
        case `in`, `let`, loop, match, mod, move, mut, pub, ref, `return`, `static`, `struct`, trait, `true`, type
        case unsafe, use, `where`, `while`
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        RustReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }

    /// Block comments nest.
    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if index == 0, text.starts(with: "#!", at: 0), text[2] != SourceByte.openBracket { return text.endOfLine(0) }
        guard text[index] == SourceByte.slash else { return nil }
        if text[index + 1] == SourceByte.slash { return text.endOfLine(index) }
        guard text[index + 1] == SourceByte.asterisk else { return nil }
        var depth = 1
        var place = index + 2
        while place < text.count, depth > 0 {
            if text[place] == SourceByte.slash, text[place + 1] == SourceByte.asterisk {
                depth += 1
                place += 2
            } else if text[place] == SourceByte.asterisk, text[place + 1] == SourceByte.slash {
                depth -= 1
                place += 2
            } else {
                place += 1
            }
        }
        return place
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote: return quoted(index + 1)
        case SourceByte.singleQuote:
            // `'a'` is a character, `'a` a lifetime.
            guard text[index + 1] == SourceByte.backslash || text[index + 2] == SourceByte.singleQuote else {
                return nil
            }
            return StringForm(content: index + 1, close: "'")
        case 0x62 where text[index + 1] == SourceByte.doubleQuote: return quoted(index + 2)
        case 0x62 where text[index + 1] == SourceByte.singleQuote: return StringForm(content: index + 2, close: "'")
        case 0x62 where text[index + 1] == 0x72: return rawString(text, at: index + 2)
        case 0x72: return rawString(text, at: index + 1)
        default: return nil
        }
    }

    private static func quoted(_ content: Int) -> StringForm {
        var form = StringForm(content: content, close: "\"")
        form.spansLines = true
        return form
    }

    /// `r"…"`, `r#"…"#`.
    private static func rawString(_ text: SourceText, at index: Int) -> StringForm? {
        var level = 0
        while text[index + level] == SourceByte.hash, level < rawEnds.count { level += 1 }
        guard text[index + level] == SourceByte.doubleQuote, level < rawEnds.count else { return nil }
        var form = StringForm(content: index + level + 1, close: rawEnds[level], escapes: false)
        form.spansLines = true
        form.flags = .raw
        return form
    }

    private static let rawEnds: [StaticString] = ["\"", "\"#", "\"##", "\"###", "\"####", "\"#####"]
}

/// Reads Rust by its braces.
struct RustReader: BraceReading {
    typealias Keyword = RustDialect.Keyword
    static var linesEndStatements: Bool { false }
    var cursor: LexemeCursor
    /// A brace ends the expression: it is the header of `if`, `while`, `match` or `for`.
    var isInHeader = false
    private var isInImplementation = false
    /// The parameters of generics around, with the lexemes where their bounds are written.
    var generics: [(name: Identifier, bound: Int)] = []

    init(cursor: LexemeCursor) { self.cursor = cursor }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func continuesLine() -> Bool { true }

    func endsExpression() -> Bool { cursor.lexeme().map { $0.kind == .close } ?? true }

    // MARK: Statements

    mutating func statement(of parent: NodeID) {
        if cursor.isAt("#") { return skipAttribute() }
        switch keyword() {
        case .use: return importStatement(parent)
        case .pub: return skipVisibility()
        case .unsafe, .async, .extern, .move:
            if keyword() != .move, isDeclaration(1) {
                cursor.position += 1
                return
            }
        case .fn: return function(parent)
        case .struct, .enum, .trait: return typeDeclaration(parent)
        case .impl: return implementation(parent)
        case .type: return alias(parent)
        case .mod: return module(parent)
        case .const, .static: return constant(parent)
        case .let: return binding(parent)
        default: break
        }
        if cursor.isAt(";") || cursor.isAt(",") { return cursor.position += 1 }
        cursor.builder.append(expression(), to: parent)
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private func isDeclaration(_ offset: Int) -> Bool {
        var next = offset
        while next < offset + 4 {
            switch keyword(next) {
            case .fn, .impl, .trait, .mod: return true
            case .unsafe, .async, .extern, .const: next += 1
            default:
                guard cursor.isString(next) else { return false }
                next += 1
            }
        }
        return false
    }

    /// `#[…]`, `#![…]`.
    mutating func skipAttribute() {
        cursor.position += 1
        if cursor.isAt("!") { cursor.position += 1 }
        if cursor.isOpen("[") { cursor.skip() }
    }

    private mutating func skipVisibility() {
        cursor.position += 1
        if cursor.isOpen("(") { cursor.skip() }
    }

    private mutating func module(_ parent: NodeID) {
        cursor.position += 2
        if cursor.isOpen("{") { cursor.builder.append(block([]), to: parent) }
    }

    /// `use a::b::{C, d::E as F, self}`.
    private mutating func importStatement(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isAt("::") { cursor.position += 1 }
        imports(parent, path: nil)
        skipStatement()
    }

    /// - Parameter path: the bytes of the path before the braces around.
    private mutating func imports(_ parent: NodeID, path: Range<Int32>?) {
        let start = cursor.start
        var end = start
        var parts = 0
        while cursor.isName(), cursor.isAt("::", 1) {
            cursor.position += 1
            end = cursor.end
            cursor.position += 1
            parts += 1
        }
        let own = path ?? start..<end
        if cursor.isOpen("{") {
            nested { reader in
                reader.inside { reader in
                    while !reader.cursor.isAtEnd {
                        reader.imports(parent, path: own)
                        guard reader.cursor.skipPastComma() else { return }
                    }
                }
            }
            return
        }
        importedName(parent, own)
    }

    private mutating func importedName(_ parent: NodeID, _ path: Range<Int32>) {
        guard let lexeme = cursor.lexeme() else { return }
        let isAll = cursor.isAt("*")
        guard isAll || lexeme.kind == .name else { return }
        let isModule = cursor.isAt("self") || path.isEmpty
        let whole = isModule && path.isEmpty ? lexeme.start..<lexeme.end : path
        let first = cursor.text.text(Int(whole.lowerBound), Int(min(whole.upperBound, whole.lowerBound + 6)))
        let isOwn = first.hasPrefix("crate") || first.hasPrefix("self") || first.hasPrefix("super")
        let imported = cursor.builder.add(.imported, isAll ? .wildcard : [], start: whole.lowerBound, end: lexeme.end)
        let literal = cursor.builder.add(.literal, .string, start: whole.lowerBound, end: whole.upperBound)
        cursor.builder.append(literal, to: imported)
        cursor.setName(imported, lexeme)
        if !isModule, !isAll {
            let name = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
            cursor.setName(name, lexeme)
            cursor.builder.append(name, to: imported)
        }
        cursor.position += 1
        if keyword() == .as, let alias = cursor.lexeme(1) {
            cursor.setName(imported, alias)
            cursor.position += 2
        }
        // What the crate itself has is found by its name.
        if !isOwn || cursor.builder[imported].name != lexeme.identifier { cursor.builder.append(imported, to: parent) }
    }

    // MARK: Declarations

    private mutating func constant(_ parent: NodeID) {
        cursor.position += 1
        if keyword() == .mut { cursor.position += 1 }
        guard cursor.isName(), cursor.isAt(":", 1) else {
            // `const fn`, `const { … }`.
            return
        }
        variable(parent, .declares)
    }

    /// `: Type = value` of what is declared, as far as it is there.
    private mutating func typeAndValue(of bind: NodeID) {
        if cursor.isAt(":") {
            cursor.position += 1
            cursor.builder.append(type(), to: bind)
        }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
        }
        cursor.finish(bind)
    }

    /// `name: Type = value;`.
    private mutating func variable(_ parent: NodeID, _ flags: SyntaxNode.Flags) {
        let bind = cursor.wrap(cursor.nameNode(), in: .bind, flags)
        typeAndValue(of: bind)
        cursor.builder.append(bind, to: parent)
        if cursor.isAt(";") { cursor.position += 1 }
    }

    /// `let pattern: Type = value else { … };`.
    private mutating func binding(_ parent: NodeID) {
        let bind = cursor.begin(.bind, .declares)
        cursor.position += 1
        cursor.builder.append(pattern(), to: bind)
        typeAndValue(of: bind)
        cursor.builder.append(bind, to: parent)
        if keyword() == .else {
            cursor.position += 1
            if cursor.isOpen("{") { cursor.builder.append(block(), to: parent) }
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private mutating func alias(_ parent: NodeID) {
        cursor.position += 1
        guard cursor.isName() else { return }
        let declaration = cursor.begin(.classDeclaration)
        let lends = isLent()
        cursor.takeName(declaration)
        let count = generics.count
        genericParameters()
        if lends, cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(type(), to: parent)
            return skipStatement()
        }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(type(), to: declaration)
        }
        generics.removeSubrange(count...)
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
        skipStatement()
    }

    /// `type Target = …`, `type Connection = …` and `type Type = …` of an `impl`: what it can be taken for, or lends.
    private func isLent() -> Bool {
        isInImplementation && (cursor.isAt("Target") || cursor.isAt("Connection") || cursor.isAt("Type"))
    }

    private mutating func typeDeclaration(_ parent: NodeID) {
        let isEnum = keyword() == .enum
        cursor.position += 1
        guard cursor.isName() else { return }
        let declaration = cursor.begin(.classDeclaration)
        cursor.takeName(declaration)
        let count = generics.count
        genericParameters()
        if cursor.isOpen("(") { tupleFields(of: declaration) }
        whereClause()
        if cursor.isOpen("{") {
            if isEnum { cursor.skip() } else { inside { $0.members(of: declaration) } }
        } else if cursor.isAt(";") {
            cursor.position += 1
        }
        generics.removeSubrange(count...)
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    /// `struct Store(Connection, String);`: the fields are called 0 and 1.
    private mutating func tupleFields(of declaration: NodeID) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                while reader.cursor.isAt("#") { reader.skipAttribute() }
                if reader.keyword() == .pub { reader.skipVisibility() }
                let start = reader.cursor.start
                let type = reader.type()
                let name = reader.cursor.builder.add(.name, start: start, end: start)
                reader.cursor.builder[name].name = Self.first
                let bind = reader.cursor.builder.add(.bind, .field, start: start, end: reader.cursor.end)
                reader.cursor.builder.append(name, to: bind)
                reader.cursor.builder.append(type, to: bind)
                reader.cursor.builder.append(bind, to: declaration)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
    }

    static let first = Identifier("0")

    private mutating func members(of declaration: NodeID) {
        while !cursor.isAtEnd {
            let before = cursor.position
            if cursor.isAt("#") {
                skipAttribute()
            } else if keyword() == .pub {
                skipVisibility()
            } else if cursor.isFreeName(), cursor.isAt(":", 1) {
                let bind = cursor.wrap(cursor.nameNode(), in: .bind, .field)
                cursor.position += 1
                cursor.builder.append(type(), to: bind)
                cursor.finish(bind)
                cursor.builder.append(bind, to: declaration)
            } else if cursor.isAt(",") || cursor.isAt(";") {
                cursor.position += 1
            } else {
                statement(of: declaration)
            }
            if cursor.position == before { cursor.skip() }
        }
    }

    /// `impl<T> Trait for Type where … { … }`: the declarations are the type's.
    private mutating func implementation(_ parent: NodeID) {
        let declaration = cursor.begin(.classDeclaration, .extends)
        cursor.position += 1
        let count = generics.count
        if cursor.isAt("<") { genericParameters() }
        var named = type()
        if keyword() == .for {
            // What the trait can do, the type can.
            cursor.builder.append(named, to: declaration)
            cursor.position += 1
            named = type()
        }
        let name = cursor.builder[named]
        cursor.builder[declaration].name = name.name
        cursor.builder[declaration].nameStart = name.nameStart
        cursor.builder[declaration].nameEnd = name.nameEnd
        whereClause()
        let outer = isInImplementation
        isInImplementation = true
        if cursor.isOpen("{") { inside { $0.members(of: declaration) } }
        isInImplementation = outer
        generics.removeSubrange(count...)
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    private mutating func function(_ parent: NodeID) {
        let function = cursor.begin(.function, .lastIsResult)
        cursor.position += 1
        guard cursor.isName() else { return }
        cursor.takeName(function)
        let count = generics.count
        genericParameters()
        let place = cursor.position
        if cursor.isOpen("(") { cursor.skip() }
        var result = cursor.position
        while !cursor.isAtEnd, keyword() != .where, !cursor.isOpen("{"), !cursor.isAt(";") { cursor.skip() }
        whereClause()
        let body = cursor.position
        cursor.position = place
        if cursor.isOpen("(") { inside { $0.parameters(of: function) } }
        if cursor.isAt("->") {
            cursor.position += 1
            cursor.builder.append(type(), to: function)
        }
        result = max(body, result)
        cursor.position = min(result, cursor.limit)
        generics.removeSubrange(count...)
        if cursor.isOpen("{") {
            let outer = isInHeader
            isInHeader = false
            cursor.builder.append(block(), to: function)
            isInHeader = outer
        } else if cursor.isAt(";") {
            cursor.position += 1
        }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    mutating func parameters(of function: NodeID) {
        while !cursor.isAtEnd {
            while cursor.isAt("#") { skipAttribute() }
            if isSelf() {
                // It is called on an object, which is no argument.
            } else {
                let parameter = cursor.begin(.parameter)
                let target = pattern()
                let node = cursor.builder[target]
                if node.kind == .name {
                    cursor.builder[parameter].name = node.name
                    cursor.builder[parameter].nameStart = node.nameStart
                    cursor.builder[parameter].nameEnd = node.nameEnd
                }
                if cursor.isAt(":") {
                    cursor.position += 1
                    cursor.builder.append(type(), to: parameter)
                }
                cursor.finish(parameter)
                cursor.builder.append(parameter, to: function)
            }
            guard cursor.skipPastComma() else { return }
        }
    }

    /// `self`, `&mut self`, `&'a self`, `self: Arc<Self>`.
    private func isSelf() -> Bool {
        var next = 0
        while next < 6, let lexeme = cursor.lexeme(next), !cursor.isAt(",", next), !cursor.isAt(":", next) {
            if lexeme.kind == .name, cursor.isAt("self", next) { return true }
            next += 1
        }
        return false
    }
}
