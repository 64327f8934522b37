/// C#, to version 14.
enum CSharpDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "csharp", extensions: ["cs", "csx"], family: "dotnet", sharing: .project, membersAreNames: true,
        keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `async`, `await`, `from`, `get`, `record`, `value`, `var`, `yield` and their like
    /// can.
    enum Keyword: String, CaseIterable {
        case abstract, `as`, base, bool, `break`, byte, `case`, `catch`, char, checked, `class`, const, `continue`
        case decimal, `default`, delegate, `do`, double, `else`, `enum`, event, explicit, extern, finally, fixed, float
        case `for`, foreach, goto, `if`, implicit, `in`, int, interface, `internal`, `is`, lock, long, namespace, new
        case object, `operator`, out, override, params, `private`, protected, `public`, readonly, ref, `return`, sbyte
        case sealed, short, sizeof, stackalloc, `static`, string, `struct`, `switch`, this, `throw`, `try`, typeof, uint
        case ulong, unchecked, unsafe, ushort, using, virtual, void, volatile, `while`
        case yes = "true"
        case no = "false"
        case nothing = "null"
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        CSharpReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }

    /// Lines for the compiler (`#if`, `#region`) are passed over like comments: both sides of a condition are read.
    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if text[index] == SourceByte.hash, isLineStart { return text.endOfLine(index) }
        return endOfSlashComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        case SourceByte.doubleQuote, SourceByte.at, SourceByte.dollar: break
        default: return nil
        }
        var start = index
        var (dollars, isVerbatim) = (0, false)
        while start < index + 6, text[start] != SourceByte.doubleQuote {
            switch text[start] {
            case SourceByte.dollar: dollars += 1
            case SourceByte.at: isVerbatim = true
            default: return nil
            }
            start += 1
        }
        guard text[start] == SourceByte.doubleQuote else { return nil }
        var form = StringForm(content: start + 1, close: "\"")
        if !isVerbatim, text.starts(with: "\"\"\"", at: start) { form = rawForm(text, at: start) }
        if isVerbatim {
            (form.escapes, form.doublesQuote, form.spansLines, form.flags) = (false, true, true, .raw)
        }
        if dollars == 1 { form.code = .braces }
        return form
    }

    /// `"""text"""`, with as many quotes at the end as at the beginning.
    private static func rawForm(_ text: SourceText, at start: Int) -> StringForm {
        var end = start
        while text[end] == SourceByte.doubleQuote, end < start + closings.count + 2 { end += 1 }
        var form = StringForm(content: end, close: closings[end - start - 3])
        (form.escapes, form.spansLines, form.flags) = (false, true, .raw)
        return form
    }

    private static let closings: [StaticString] = ["\"\"\"", "\"\"\"\"", "\"\"\"\"\"", "\"\"\"\"\"\""]

    /// `@name` is a name, even where the word is a keyword.
    static func startsName(_ byte: UInt8) -> Bool { SourceByte.startsName(byte) || byte == SourceByte.at }
}

/// Reads C#.
struct CSharpReader: TypeFirstReading {
    typealias Keyword = CSharpDialect.Keyword
    var cursor: LexemeCursor
    /// The statements are the members of a class.
    var isInClass = false
    /// Where the type is written of what gets the value that is read, for `new(…)`; -1 if there is none.
    var targetType = -1
    /// The last variable that an argument declared: `out var found`.
    var declaredByArgument = NodeID.none

    init(cursor: LexemeCursor) { self.cursor = cursor }

    static var linesEndStatements: Bool { false }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func isTypeWord(_ offset: Int) -> Bool {
        switch keyword(offset) {
        case .bool, .byte, .char, .decimal, .double, .float, .int, .long, .object, .sbyte, .short, .string, .uint,
            .ulong, .ushort, .void:
            true
        case nil: cursor.isName(offset) && !isAwait(offset)
        default: false
        }
    }

    /// `await` before what is awaited.
    func isAwait(_ offset: Int = 0) -> Bool {
        cursor.isAt("await", offset) && (cursor.isName(offset + 1) || cursor.isOpen("(", offset + 1))
    }

    func isModifier() -> Bool {
        switch keyword() {
        case .abstract, .const, .event, .extern, .internal, .override, .private, .protected, .public, .readonly, .ref,
            .sealed, .static, .virtual, .volatile:
            true
        case .new: isInClass
        case .unsafe, .fixed: cursor.isName(1)
        case nil:
            (cursor.isAt("async") || cursor.isAt("partial") || cursor.isAt("required") || cursor.isAt("file")
                || cursor.isAt("global") || cursor.isAt("scoped"))
                && (cursor.isName(1) || isInClass && cursor.isOpen("(", 1)) && keyword(1) != .is && keyword(1) != .as
        default: false
        }
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

    /// The type that is written at another place.
    mutating func type(at place: Int) -> NodeID {
        let position = cursor.position
        cursor.position = place
        defer { cursor.position = position }
        return cursor.isOpen("(") ? tupleType() : type()
    }

    /// `(Type name, Type)`.
    mutating func tupleType() -> NodeID { tuple { reader in reader.type() } }
}

// Statements.
extension CSharpReader {
    mutating func statement(of parent: NodeID) {
        var isShared = false
        var isStatic = false
        while isModifier() || cursor.isOpen("[") {
            isStatic = isStatic || keyword() == .static
            isShared = isShared || cursor.isAt("global")
            cursor.skip()
        }
        switch keyword() {
        case .using: using(parent, isShared ? .shared : [])
        case .namespace: namespace(parent)
        case .class, .struct, .interface, .enum: classDeclaration(parent)
        case .return, .throw: returnStatement(of: parent, keyword() == .throw ? .outer : [])
        case .if, .while, .switch, .lock, .catch: header(parent)
        case .for, .foreach, .fixed: loop(parent)
        case .else, .do, .finally, .try, .unsafe:
            cursor.position += 1
            body(of: parent)
        case .checked, .unchecked: checked(parent)
        case .case, .default: label(parent)
        case .break, .continue, .goto: skipStatement()
        case .delegate where cursor.isName(1): skipStatement()
        case .implicit, .explicit, .operator: anonymousMember(parent)
        default: plain(parent, isStatic ? .isStatic : [])
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private mutating func plain(_ parent: NodeID, _ flags: SyntaxNode.Flags) {
        if cursor.isOpen("{") { return cursor.builder.append(block(), to: parent) }
        if cursor.isAt("yield"), keyword(1) == .return || keyword(1) == .break {
            cursor.position += 1
            return returnStatement(of: parent, .element)
        }
        if cursor.isAt("await"), keyword(1) == .foreach || keyword(1) == .using {
            cursor.position += 1
            return statement(of: parent)
        }
        if isRecord() { return classDeclaration(parent) }
        if isInClass { return classMember(parent, flags) }
        if cursor.isFreeName(), cursor.isAt(":", 1) {
            cursor.position += 2
            return
        }
        if cursor.isAt("var"), cursor.isOpen("(", 1) { return takeApart(parent) }
        guard let name = offsetOfDeclaredName() else { return cursor.builder.append(expression(), to: parent) }
        if cursor.isOpen("(", name + 1) || cursor.isAt("<", name + 1), isFunction(name) {
            return classMember(parent, flags)
        }
        let isVariable =
            cursor.isAt("=", name + 1) || cursor.isAt(";", name + 1) || cursor.isAt(",", name + 1)
            || cursor.lexeme(name + 1) == nil
        guard isVariable else { return cursor.builder.append(expression(), to: parent) }
        declarations(of: parent, .declares)
    }

    private func isRecord() -> Bool {
        guard cursor.isAt("record"), cursor.isName(1) else { return false }
        return keyword(1) == .class || keyword(1) == .struct || cursor.isOpen("(", 2) || cursor.isOpen("{", 2)
            || cursor.isAt(":", 2) || cursor.isAt("<", 2) || cursor.isAt(";", 2)
    }

    /// The name at an offset is that of a function of the block around: parameters and a body follow.
    private func isFunction(_ name: Int) -> Bool {
        var next = name + 1
        if cursor.isAt("<", next) { next = offsetBehindType(name) ?? next }
        guard cursor.isOpen("(", next) else { return false }
        let behind = cursor.behind(cursor.position + next) - cursor.position
        return cursor.isOpen("{", behind) || cursor.isAt("=>", behind) || cursor.isAt("where", behind)
    }

    /// `var (first, second) = value`.
    private mutating func takeApart(_ parent: NodeID) {
        cursor.position += 1
        let bind = cursor.begin(.bind, .declares)
        cursor.builder.append(group(), to: bind)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `Type name = value, name = value`.
    mutating func declarations(of parent: NodeID, _ flags: SyntaxNode.Flags) {
        let start = cursor.position
        let outer = targetType
        targetType = start
        defer { targetType = outer }
        cursor.position += offsetBehindType(0) ?? 0
        while cursor.isName() {
            let bind = cursor.begin(.bind, flags)
            cursor.builder.append(cursor.nameNode(), to: bind)
            cursor.builder.append(type(at: start), to: bind)
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(initialValue(), to: bind)
            }
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `using Module;`, `using Name = Module.Name;`, `using (resource) …`, `using var name = value;`.
    private mutating func using(_ parent: NodeID, _ flags: SyntaxNode.Flags) {
        cursor.position += 1
        if cursor.isOpen("(") { return resource(parent) }
        if offsetOfDeclaredName() != nil, keyword() != .static { return declarations(of: parent, .declares) }
        let imported = cursor.begin(.imported, flags)
        let isMember = keyword() == .static
        if isMember { cursor.position += 1 }
        var name: Lexeme?
        if cursor.isFreeName(), cursor.isAt("=", 1) {
            name = cursor.lexeme()
            cursor.position += 2
        }
        if cursor.isAt("::", 1) { cursor.position += 2 }
        let path = cursor.begin(.literal, [.string, .raw])
        while cursor.isName() {
            if name != nil || isMember, !cursor.isAt(".", 1) { break }
            cursor.position += 1
            cursor.builder[path].end = cursor.end
            guard cursor.isAt(".") else { break }
            cursor.position += 1
        }
        cursor.builder.append(path, to: imported)
        if let name {
            cursor.setName(imported, name)
            if cursor.isName() { cursor.builder.append(cursor.nameNode(), to: imported) }
        } else {
            cursor.builder[imported].flags.insert(.wildcard)
        }
        cursor.finish(imported)
        cursor.builder.append(imported, to: parent)
        skipStatement()
    }

    private mutating func resource(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        inside { $0.statements(of: block) }
        body(of: block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    private mutating func namespace(_ parent: NodeID) {
        cursor.position += 1
        while cursor.isName() || cursor.isAt(".") { cursor.position += 1 }
        guard cursor.isOpen("{") else { return }
        inside { $0.statements(of: parent) }
    }

    /// `if (condition)`, `switch (value)`, `catch (Type name) when (condition)`.
    private mutating func header(_ parent: NodeID) {
        let isCatch = keyword() == .catch
        cursor.position += 1
        if cursor.isOpen("(") {
            if isCatch {
                cursor.skip()
            } else {
                inside { $0.cursor.builder.append($0.expression(), to: parent) }
            }
        }
        if isCatch, cursor.isAt("when") {
            cursor.position += 1
            if cursor.isOpen("(") { inside { $0.cursor.builder.append($0.expression(), to: parent) } }
        }
        body(of: parent)
    }

    /// `foreach (Type name in values)`, `for (…; …; …)`, `fixed (Type name = value)`.
    private mutating func loop(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                if reader.cursor.isAt("var"), reader.cursor.isOpen("(", 1) {
                    reader.cursor.position += 1
                    reader.element(named: reader.group(), type: .none, of: block)
                } else if let name = reader.offsetOfDeclaredName(), reader.keyword(name + 1) == .in {
                    let type = reader.type()
                    reader.element(named: reader.cursor.nameNode(), type: type, of: block)
                } else {
                    reader.statements(of: block)
                }
            }
        }
        body(of: block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// What is before `in` gets the elements of what is after it.
    private mutating func element(named target: NodeID, type: NodeID, of block: NodeID) {
        let bind = cursor.wrap(target, in: .bind, [.declares, .element])
        cursor.builder.append(type, to: bind)
        cursor.position += 1
        cursor.builder.append(expression(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: block)
    }

    private mutating func checked(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("{") { return cursor.builder.append(block(), to: parent) }
        cursor.builder.append(expression(), to: parent)
    }

    /// `case Type name when condition:`, `case "a":`, `default:`.
    private mutating func label(_ parent: NodeID) {
        cursor.position += 1
        if let declared = patternVariable() { cursor.builder.append(declared, to: parent) }
        while !cursor.isAtEnd, !cursor.isAt(":"), !cursor.isAt(";") { cursor.skip() }
        cursor.position += 1
    }
}
