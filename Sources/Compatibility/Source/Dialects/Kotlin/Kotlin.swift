/// Kotlin, to release 2.3.
enum KotlinDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "kotlin", extensions: ["kt", "kts"], interpreters: ["kotlin"], family: "jvm", sharing: .package,
        membersAreNames: true, capitalsConstruct: true, importsMayBeNear: true, propertiesAreGetters: true,
        gettersAreMade: true,
        lastTakesTrailing: true,
        keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `by`, `data`, `get`, `init`, `it`, `value`, `where` and their like can.
    enum Keyword: String, CaseIterable {
        case `as`, `break`, `class`, `continue`, `do`, `else`, `for`, fun, `if`, `in`, interface, `is`, object, package
        case `return`, `super`, this, `throw`, `try`, `typealias`, typeof, val, `var`, when, `while`
        case yes = "true"
        case no = "false"
        case nothing = "null"
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        KotlinReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: true, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if index == 0, text.starts(with: "#!", at: 0) { return text.endOfLine(0) }
        guard text[index] == SourceByte.slash, text[index + 1] == SourceByte.asterisk else {
            return endOfSlashComment(text, at: index)
        }
        return endOfNestedComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote:
            var form = StringForm(content: index + 1, close: "\"")
            if text.starts(with: "\"\"\"", at: index) {
                form = StringForm(content: index + 3, close: "\"\"\"")
                (form.escapes, form.spansLines, form.flags) = (false, true, .raw)
            }
            form.code = .dollar
            return form
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        // A name with any signs in it.
        case SourceByte.backtick: return StringForm(content: index + 1, close: "`")
        default: return nil
        }
    }
}

extension LexicalRules {
    /// The end of `/* … */` that may have others inside.
    static func endOfNestedComment(_ text: SourceText, at start: Int) -> Int {
        var depth = 0
        var index = start
        while index < text.count {
            if text[index] == SourceByte.slash, text[index + 1] == SourceByte.asterisk {
                depth += 1
                index += 2
            } else if text[index] == SourceByte.asterisk, text[index + 1] == SourceByte.slash {
                depth -= 1
                index += 2
                if depth == 0 { return index }
            } else {
                index += 1
            }
        }
        return text.count
    }
}

/// Reads Kotlin.
struct KotlinReader: ClassReading {
    typealias Keyword = KotlinDialect.Keyword
    var cursor: LexemeCursor
    /// The statements are the members of a class.
    var isInClass = false

    init(cursor: LexemeCursor) { self.cursor = cursor }

    static var linesEndStatements: Bool { true }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    private static let modifiers = Set(
        [
            "public", "private", "protected", "internal", "open", "abstract", "final", "sealed", "override", "lateinit",
            "const", "data", "inline", "noinline", "crossinline", "suspend", "tailrec", "operator", "infix", "external",
            "inner", "enum", "annotation", "companion", "value", "vararg", "reified", "actual", "expect",
        ].map(Identifier.init))

    /// A word before a declaration, or an annotation.
    func isModifier() -> Bool {
        if cursor.isAt("@"), cursor.isName(1) { return true }
        guard let lexeme = cursor.lexeme(), lexeme.kind == .name, Self.modifiers.contains(lexeme.identifier) else {
            return false
        }
        guard cursor.isName(1) || cursor.isAt("@", 1) else { return false }
        switch keyword(1) {
        case .as, .in, .is: return false
        default: return cursor.lexeme(1)?.flags.contains(.startsLine) != true || isInClass
        }
    }

    mutating func skipModifier() {
        guard cursor.isAt("@") else {
            cursor.position += 1
            return
        }
        cursor.position += 2
        while cursor.isAt(":") || cursor.isAt("."), cursor.isName(1) { cursor.position += 2 }
        if cursor.isAt("<") { skipTypeParameters() }
        if cursor.isOpen("("), cursor.lexeme()?.flags.contains(.afterSpace) == false { cursor.skip() }
    }

    /// `@Type(name = value, …)`, `@get:Type`: an object of the type, which nobody holds.
    mutating func annotation() -> NodeID {
        let annotation = cursor.begin(.new)
        cursor.position += 1
        if cursor.isAt(":", 1), cursor.isName(2) { cursor.position += 2 }
        cursor.builder.append(cursor.dottedType(), to: annotation)
        if cursor.isAt("<") { skipTypeParameters() }
        if cursor.isOpen("("), cursor.lexeme()?.flags.contains(.afterSpace) == false {
            outsideOfClass { $0.arguments(of: annotation) }
        }
        cursor.finish(annotation)
        return annotation
    }

    /// Goes past `<…>` of a declaration.
    mutating func skipTypeParameters() {
        guard cursor.isAt("<") else { return }
        var depth = 0
        while !cursor.isAtEnd {
            if cursor.isAt("<") { depth += 1 }
            if cursor.isAt(">") { depth -= 1 }
            cursor.skip()
            if depth == 0 { return }
        }
    }

    /// Goes past `@label` that is next to the word before.
    mutating func skipLabel() {
        guard cursor.isAt("@"), cursor.isName(1), cursor.lexeme()?.flags.contains(.afterSpace) == false else { return }
        cursor.position += 2
    }
}

// Statements.
extension KotlinReader {
    mutating func statement(of parent: NodeID) {
        var isCompanion = false
        var isEnum = false
        while isModifier() {
            isCompanion = isCompanion || cursor.isAt("companion")
            isEnum = isEnum || cursor.isAt("enum")
            if cursor.isAt("@") {
                cursor.builder.append(annotation(), to: parent)
            } else {
                skipModifier()
            }
        }
        switch keyword() {
        case .package: skipStatement()
        case .class, .interface: classDeclaration(parent, isEnum: isEnum)
        case .object where isCompanion: companion(parent)
        case .object where cursor.isName(1): classDeclaration(parent, isEnum: false)
        case .typealias: alias(parent)
        case .fun where cursor.isName(1) || cursor.isString(1) || cursor.isAt("<", 1): function(parent)
        case .val, .var: property(parent)
        case .for: loop(parent)
        case .while: whileLoop(parent)
        case .do:
            cursor.position += 1
            body(of: parent)
        default: plain(parent)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private mutating func plain(_ parent: NodeID) {
        if cursor.isAt("import"), cursor.isName(1) { return imported(parent) }
        if isInClass {
            if cursor.isAt("init"), cursor.isOpen("{", 1) {
                cursor.position += 1
                return outsideOfClass { $0.cursor.builder.append($0.block(), to: parent) }
            }
            if cursor.isAt("constructor"), cursor.isOpen("(", 1) { return constructor(parent) }
            if isAccessor() { return accessor(.none, parent) }
        }
        cursor.builder.append(expression(), to: parent)
    }

    /// `import a.b.C`, `import a.b.C as D`, `import a.b.*`.
    private mutating func imported(_ parent: NodeID) {
        let imported = cursor.begin(.imported)
        cursor.position += 1
        let path = cursor.begin(.literal, [.string, .raw])
        while isPathName(), cursor.isAt(".", 1) {
            cursor.position += 1
            cursor.builder[path].end = cursor.end
            cursor.position += 1
        }
        cursor.builder.append(path, to: imported)
        if cursor.isAt("*") {
            cursor.builder[imported].flags.insert(.wildcard)
            cursor.position += 1
        } else if let lexeme = cursor.lexeme(), isPathName() {
            cursor.setName(imported, lexeme)
            cursor.builder.append(cursor.nameNode(), to: imported)
            if keyword() == .as, let other = cursor.lexeme(1), other.kind == .name {
                cursor.setName(imported, other)
                cursor.position += 2
            }
        }
        cursor.finish(imported)
        cursor.builder.append(imported, to: parent)
    }

    private func isPathName() -> Bool { cursor.isName() || cursor.isString() }

    private mutating func alias(_ parent: NodeID) {
        cursor.position += 1
        guard cursor.isName() else { return }
        let bind = cursor.wrap(cursor.nameNode(), in: .bind, .declares)
        skipTypeParameters()
        if cursor.isAt("="), cursor.isName(1) {
            cursor.position += 1
            var value = cursor.nameNode()
            while cursor.isAt("."), cursor.isName(1), let next = member(value, []) { value = next }
            cursor.builder.append(value, to: bind)
            skipTypeParameters()
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `for (name in values)`, `for ((first, second) in values)`.
    private mutating func loop(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                while reader.isModifier() { reader.skipModifier() }
                let target = reader.cursor.isOpen("(") ? reader.group() : reader.cursor.nameNode()
                let bind = reader.cursor.wrap(target, in: .bind, [.declares, .element])
                if reader.cursor.isAt(":") {
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.type(), to: bind)
                }
                if reader.keyword() == .in { reader.cursor.position += 1 }
                reader.cursor.builder.append(reader.expression(), to: bind)
                reader.cursor.finish(bind)
                reader.cursor.builder.append(bind, to: block)
            }
        }
        body(of: block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    private mutating func whileLoop(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("(") { inside { $0.cursor.builder.append($0.expression(), to: parent) } }
        if cursor.isAtEnd || cursor.isAt(";") { return }
        body(of: parent)
    }
}
