/// Python, from 2.7 to 3.14.
enum PythonDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "python", extensions: ["py", "pyi", "pyw"], interpreters: ["python", "pypy"], family: "python",
        sharing: .file, assignmentDeclares: true, capitalsConstruct: true, mapsAreValues: true,
        indexNames: ["__init__"], keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `match`, `case`, `type`, `print` and `exec` can.
    enum Keyword: String, CaseIterable {
        case no = "False"
        case nothing = "None"
        case yes = "True"
        case and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`, except, finally
        case `for`, from, global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise, `return`, `try`
        case `while`, with, yield
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        PythonReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: true, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        text[index] == SourceByte.hash ? text.endOfLine(index) : nil
    }

    /// `'…'`, `"""…"""`, with `r`, `b`, `u`, `f`, `t` before it in any order and case.
    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        var place = index
        var isRaw = false
        var hasCode = false
        while place < index + 3, text[place] != SourceByte.singleQuote, text[place] != SourceByte.doubleQuote {
            switch SourceByte.small(text[place]) {
            case 0x72: isRaw = true
            case 0x66, 0x74: hasCode = true
            case 0x62, 0x75: break
            default: return nil
            }
            place += 1
        }
        let quote = text[place]
        guard quote == SourceByte.singleQuote || quote == SourceByte.doubleQuote else { return nil }
        let isTriple = text[place + 1] == quote && text[place + 2] == quote
        let isSingle = quote == SourceByte.singleQuote
        var form = StringForm(
            content: place + (isTriple ? 3 : 1),
            close: isTriple ? (isSingle ? "'''" : "\"\"\"") : (isSingle ? "'" : "\""))
        form.spansLines = isTriple
        form.code = hasCode ? .braces : .none
        form.flags = isRaw ? .raw : []
        return form
    }
}

/// Reads Python by its lines and their indentation.
private struct PythonReader: ExpressionReading {
    typealias Keyword = PythonDialect.Keyword
    var cursor: LexemeCursor
    /// The statements are those of a class.
    private var isInClass = false
    /// The column of the line in which the present statement begins.
    private var column = 0

    init(cursor: LexemeCursor) { self.cursor = cursor }

    func continuesLine() -> Bool { false }

    /// The keyword at a place, or nil.
    private func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    /// The column of the line that the lexeme at the position starts.
    private var indentation: Int {
        var column = 0
        var index = Int(cursor.start) - 1
        while index >= 0, cursor.text[index] == SourceByte.space || cursor.text[index] == SourceByte.tab {
            column += cursor.text[index] == SourceByte.tab ? 8 : 1
            index -= 1
        }
        return column
    }

    /// Reads the lines that are indented more than a column.
    mutating func statements(of parent: NodeID) { statements(below: -1, of: parent) }

    mutating func statements(below column: Int, of parent: NodeID) {
        var decorated = SyntaxNode.Flags()
        while !cursor.isAtEnd {
            if cursor.lexeme()?.flags.contains(.startsLine) == true, indentation <= column { return }
            let before = cursor.position
            if cursor.isAt("@") {
                decorated.formUnion(decorator(parent))
            } else {
                statement(of: parent, decorated)
                decorated = []
            }
            // Whatever it is, it does not hold up what follows.
            if cursor.position == before { cursor.skip() }
        }
    }

    /// `@property`, `@staticmethod`, `@app.task(…)`; what it makes of the function.
    private mutating func decorator(_ parent: NodeID) -> SyntaxNode.Flags {
        cursor.position += 1
        let start = cursor.start
        let value = expression()
        cursor.builder.append(value, to: parent)
        skipLine()
        let name = cursor.text.text(Int(start), Int(cursor.builder[value].end))
        if name.hasSuffix("property") { return .property }
        if name == "staticmethod" { return .isStatic }
        return name == "contextmanager" || name.hasSuffix(".contextmanager") ? .element : []
    }

    private mutating func skipLine() {
        while !cursor.isAtEnd, !cursor.startsLine() { cursor.skip() }
    }

    private mutating func statement(of parent: NodeID, _ decorated: SyntaxNode.Flags) {
        let outer = column
        if cursor.lexeme()?.flags.contains(.startsLine) == true { column = indentation }
        defer { column = outer }
        switch keyword() {
        case .import: imports(parent)
        case .from: importsFrom(parent)
        case .class: classDeclaration(parent)
        case .def: function(parent, decorated)
        case .async:
            cursor.position += 1
            statement(of: parent, decorated)
        case .for: loop(parent)
        case .with: with(parent)
        case .except: exception(parent)
        case .if, .elif, .while:
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
            block(parent)
        case .else, .try, .finally:
            cursor.position += 1
            block(parent)
        case .return, .yield: result(parent)
        case .global, .nonlocal: outerNames(parent)
        case .pass, .break, .continue: cursor.position += 1
        case .del, .assert, .raise:
            cursor.position += 1
            if !endsExpression() { cursor.builder.append(list(), to: parent) }
        default: simple(parent)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    /// `: statements` on the line, or lines that are indented more than the line around.
    private mutating func suite(_ parent: NodeID) {
        while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(":") { cursor.skip() }
        guard cursor.isAt(":") else { return }
        let column = column
        cursor.position += 1
        guard cursor.depth < LexemeCursor.maximumDepth else { return }
        cursor.depth += 1
        if cursor.startsLine() {
            statements(below: column, of: parent)
        } else {
            while !cursor.isAtEnd, !cursor.startsLine() {
                let before = cursor.position
                statement(of: parent, [])
                if cursor.position == before { cursor.skip() }
            }
        }
        cursor.depth -= 1
    }

    /// Lines that may not be run, or more than once.
    private mutating func block(_ parent: NodeID) {
        let block = cursor.begin(.block)
        suite(block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// An expression, or values given to targets: `a = b = value`, `a: Type = value`, `a, b = values`.
    private mutating func simple(_ parent: NodeID) {
        let first = list()
        if cursor.isAt(":"), !cursor.startsLine() {
            cursor.position += 1
            let bind = cursor.wrap(first, in: .bind)
            cursor.builder.append(type(), to: bind)
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(list(), to: bind)
            }
            cursor.finish(bind)
            return cursor.builder.append(bind, to: parent)
        }
        cursor.builder.append(first, to: parent)
    }

    /// `value, value`: a tuple without parentheses; also as the target of an assignment.
    private mutating func list() -> NodeID {
        let first = cursor.isAt("*") ? starred() : expression()
        guard cursor.isAt(","), !cursor.startsLine() else { return first }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(","), !cursor.startsLine() {
            cursor.position += 1
            guard !endsExpression(), !cursor.isAt("="), !cursor.isAt(":") else { break }
            let element = cursor.isAt("*") ? starred() : expression()
            if cursor.builder[element].kind == .bind { return assigned(element, lastOf: tuple) }
            cursor.builder.append(element, to: tuple)
        }
        cursor.finish(tuple)
        guard cursor.isAt("="), !cursor.startsLine() else { return tuple }
        cursor.position += 1
        let bind = cursor.wrap(tuple, in: .bind)
        cursor.builder.append(list(), to: bind)
        cursor.finish(bind)
        return bind
    }

    /// `a, (b = values)` was read: the targets are `a, b`.
    private mutating func assigned(_ bind: NodeID, lastOf tuple: NodeID) -> NodeID {
        let target = cursor.builder[bind].firstChild
        guard !target.isNone else { return tuple }
        let value = cursor.builder[target].nextSibling
        cursor.builder[target].nextSibling = .none
        cursor.builder.append(target, to: tuple)
        cursor.finish(tuple)
        let whole = cursor.wrap(tuple, in: .bind)
        var values = value
        if cursor.isAt(",") {
            values = cursor.wrap(value, in: .collection, .tuple)
            while cursor.isAt(",") {
                cursor.position += 1
                guard !endsExpression() else { break }
                cursor.builder.append(expression(), to: values)
            }
        }
        cursor.builder.append(values, to: whole)
        cursor.finish(whole)
        return whole
    }

    private mutating func starred() -> NodeID {
        cursor.position += 1
        return spread()
    }

    func infix() -> Infix? {
        guard !endsExpression() else { return nil }
        switch keyword() {
        case .or, .and: return .choice
        case .in, .is, .not: return .other
        case .if, .else, nil: break
        default: return nil
        }
        if cursor.isAt(":=") { return .assignment([]) }
        if cursor.isAt("%") { return .other }
        return cursor.lexeme()?.kind == .sign ? commonInfix() : nil
    }

    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .lambda: return lambda()
        case .await:
            cursor.position += 1
            return endsExpression() ? cursor.begin(.opaque) : operand()
        case .not:
            cursor.position += 1
            return cursor.wrap(operand(), in: .opaque)
        case .yield:
            let result = cursor.begin(.returned, .element)
            cursor.position += 1
            if keyword() == .from { cursor.position += 1 }
            if !endsExpression() { cursor.builder.append(expression(), to: result) }
            return result
        case nil:
            if cursor.isAt("super"), cursor.isOpen("(", 1) { return parent() }
            if cursor.isAt("getattr"), cursor.isOpen("(", 1) { return memberByName() }
            return cursor.isString() ? strings() : nil
        default: return cursor.begin(.opaque)
        }
    }

    /// `super()`.
    private mutating func parent() -> NodeID {
        let node = cursor.begin(.name, .parent)
        cursor.position += 1
        cursor.skip()
        cursor.finish(node)
        return node
    }

    /// `getattr(object, name)`: as `object[name]`.
    private mutating func memberByName() -> NodeID {
        let index = cursor.begin(.index)
        cursor.position += 1
        arguments(of: index)
        cursor.finish(index)
        return index
    }

    /// Strings one after the other are one.
    private mutating func strings() -> NodeID {
        let first = string()
        guard cursor.isString(), !cursor.startsLine() else { return first }
        let whole = cursor.wrap(first, in: .concatenation)
        while cursor.isString(), !cursor.startsLine() { cursor.builder.append(string(), to: whole) }
        cursor.finish(whole)
        return whole
    }

    /// `value if condition else value`.
    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        guard keyword() == .if else { return nil }
        let choice = cursor.wrap(operand, in: .choice)
        cursor.position += 1
        nested { reader in
            let condition = reader.expression()
            guard reader.keyword() == .else else { return reader.cursor.builder.append(condition, to: choice) }
            reader.cursor.builder.append(reader.cursor.wrap(condition, in: .opaque), to: choice)
            reader.cursor.position += 1
            reader.cursor.builder.append(reader.expression(), to: choice)
        }
        cursor.finish(choice)
        return choice
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("*") || cursor.isAt("**") { return starred() }
        if cursor.isFreeName(), cursor.isAt("=", 1) { return namedArgument() }
        return comprehended(expression())
    }

    mutating func element(of collection: NodeID) {
        let key = cursor.isAt("*") || cursor.isAt("**") ? starred() : expression()
        var element = key
        if cursor.isAt(":") {
            cursor.position += 1
            element = cursor.wrap(key, in: .pair)
            cursor.builder.append(expression(), to: element)
            cursor.finish(element)
            cursor.builder[collection].flags.insert(.map)
        }
        if keyword() == .for || (keyword() == .async && keyword(1) == .for) {
            loops(of: collection)
            cursor.builder[collection].flags.insert(.comprehension)
        }
        cursor.builder.append(element, to: collection)
    }

    /// `value for target in values if condition` among arguments: a list.
    private mutating func comprehended(_ value: NodeID) -> NodeID {
        guard keyword() == .for || (keyword() == .async && keyword(1) == .for) else { return value }
        let list = cursor.builder.add(
            .collection, [.elements, .comprehension], start: cursor.builder[value].start, end: cursor.end)
        loops(of: list)
        cursor.builder.append(value, to: list)
        cursor.finish(list)
        return list
    }

    private mutating func loops(of list: NodeID) {
        while !cursor.isAtEnd, let word = keyword() {
            switch word {
            case .async: cursor.position += 1
            case .for: cursor.builder.append(loopBind(), to: list)
            case .if:
                cursor.position += 1
                cursor.builder.append(expression(), to: list)
            default: return
            }
        }
    }

    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, cursor.isOpen("{") ? .map : .elements)
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.element(of: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }

    // MARK: Declarations

    /// `import a.b as c, d`: without `as` the name is the first part, and stands for the module itself.
    private mutating func imports(_ parent: NodeID) {
        cursor.position += 1
        while cursor.isFreeName() {
            let imported = cursor.begin(.imported)
            let first = cursor.lexeme()
            let path = modulePath()
            if keyword() == .as, cursor.isName(1) {
                cursor.position += 1
                cursor.takeName(imported)
            } else if let first {
                cursor.setName(imported, first)
                cursor.builder[path].end = first.end
            }
            cursor.builder.append(path, to: imported)
            cursor.finish(imported)
            cursor.builder.append(imported, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `a.b.c`, with dots before it, as a literal.
    private mutating func modulePath() -> NodeID {
        let path = cursor.begin(.literal, [.string, .raw])
        while cursor.isAt(".") || cursor.isAt("...") || cursor.isAt("..")
            || (cursor.isFreeName() && !cursor.startsLine())
        {
            if cursor.isName(), cursor.isName(-1), cursor.lexeme(-1)?.keyword == 0 { break }
            cursor.position += 1
        }
        cursor.finish(path)
        return path
    }

    /// `from a.b import c as d, e`.
    private mutating func importsFrom(_ parent: NodeID) {
        cursor.position += 1
        let path = modulePath()
        guard keyword() == .import else { return }
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { $0.importedNames(path, parent) }
        } else {
            importedNames(path, parent)
        }
    }

    private mutating func importedNames(_ path: NodeID, _ parent: NodeID) {
        while cursor.isFreeName() || cursor.isAt("*") {
            let imported = cursor.begin(.imported)
            let module = cursor.builder.add(
                .literal, [.string, .raw], start: cursor.builder[path].start, end: cursor.builder[path].end)
            cursor.builder.append(module, to: imported)
            if cursor.isAt("*") {
                cursor.builder[imported].flags.insert(.wildcard)
                cursor.position += 1
            } else {
                if let lexeme = cursor.lexeme() { cursor.setName(imported, lexeme) }
                cursor.builder.append(cursor.nameNode(), to: imported)
                if keyword() == .as, cursor.isName(1) {
                    cursor.position += 1
                    cursor.takeName(imported)
                }
            }
            cursor.finish(imported)
            cursor.builder.append(imported, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    private mutating func classDeclaration(_ parent: NodeID) {
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        guard cursor.isName() else { return }
        cursor.takeName(declaration)
        if cursor.isOpen("[") { cursor.skip() }
        if cursor.isOpen("(") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    if reader.cursor.isFreeName(), reader.cursor.isAt("=", 1) {
                        _ = reader.namedArgument()
                    } else {
                        reader.cursor.builder.append(reader.type(), to: declaration)
                    }
                    guard reader.cursor.skipPastComma() else { return }
                }
            }
        }
        let outer = isInClass
        isInClass = true
        suite(declaration)
        isInClass = outer
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    private mutating func function(_ parent: NodeID, _ decorated: SyntaxNode.Flags) {
        var flags = decorated.intersection([.property, .isStatic])
        let isMethod = isInClass
        if isMethod, !flags.contains(.isStatic) { flags.insert(.method) }
        let function = cursor.begin(.function, flags)
        cursor.position += 1
        guard cursor.isName() else { return }
        if isMethod, cursor.isAt("__init__") { cursor.builder[function].flags.insert(.constructor) }
        cursor.takeName(function)
        if cursor.isOpen("[") { cursor.skip() }
        if cursor.isOpen("(") { inside { $0.parameters(of: function, typed: true) } }
        let parametersEnd = cursor.builder.count
        if cursor.isAt("->") {
            cursor.position += 1
            cursor.builder.append(type(), to: function)
        }
        documentedTypes(of: function, from: Int(function.index) + 1, to: parametersEnd)
        let body = cursor.begin(.block)
        let outer = isInClass
        isInClass = false
        suite(body)
        isInClass = outer
        cursor.finish(body)
        cursor.builder.append(body, to: function)
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    /// Types of parameters that the function's text names: `name : Type`, `:param Type name:`, `:type name: Type`,
    /// `name (Type): …`.
    private mutating func documentedTypes(of function: NodeID, from first: Int, to end: Int) {
        guard cursor.isAt(":"), cursor.isString(1), let string = cursor.lexeme(1), string.end - string.start < 20_000,
            string.contentEnd - string.contentStart > 8
        else { return }
        for index in first..<end {
            let id = NodeID(index: Int32(index))
            let parameter = cursor.builder[id]
            guard parameter.kind == .parameter, parameter.nameEnd > parameter.nameStart else { continue }
            let isTyped = !parameter.firstChild.isNone && cursor.builder[parameter.firstChild].kind != .literal
            guard !isTyped, let range = documentedType(of: parameter, in: string) else { continue }
            let lexemes = SourceLexer<PythonDialect>.lexemes(cursor.text, range: range)
            guard let name = lexemes.last(where: { $0.kind == .name && $0.keyword == 0 }) else { continue }
            let type = cursor.builder.add(.type, .documented, start: name.start, end: name.end)
            cursor.setName(type, name)
            cursor.builder.append(type, to: id)
        }
    }

    /// Where the type of a parameter is written in a function's text.
    private func documentedType(of parameter: SyntaxNode, in string: Lexeme) -> Range<Int>? {
        let name = Int(parameter.nameStart)..<Int(parameter.nameEnd)
        var line = Int(string.contentStart)
        let end = Int(string.contentEnd)
        while line < end {
            let next = cursor.text.endOfLine(line) + 1
            defer { line = next }
            var index = line
            while cursor.text[index] == SourceByte.space || cursor.text[index] == SourceByte.tab { index += 1 }
            let isField = cursor.text[index] == SourceByte.colon
            guard isField || cursor.text.isEqual(name, at: index) else { continue }
            if isField {
                if let type = fieldType(name, index, min(next, end)) { return type }
                continue
            }
            var behind = index + name.count
            if cursor.text[behind] == SourceByte.space { behind += 1 }
            let sign = cursor.text[behind]
            guard sign == SourceByte.colon || sign == SourceByte.openParenthesis else { continue }
            var close = behind + 1
            while close < min(next, end),
                SourceByte.continuesName(cursor.text[close]) || cursor.text[close] == SourceByte.dot
                    || cursor.text[close] == SourceByte.space
            {
                close += 1
            }
            return behind + 1..<close
        }
        return nil
    }

    /// `:type name: Type`, `:param Type name: …`.
    private func fieldType(_ name: Range<Int>, _ index: Int, _ end: Int) -> Range<Int>? {
        let isType = cursor.text.starts(with: ":type ", at: index)
        guard isType || cursor.text.starts(with: ":param ", at: index) else { return nil }
        var colon = index + 1
        while colon < end, cursor.text[colon] != SourceByte.colon { colon += 1 }
        let isNamed = cursor.text.isEqual(name, at: colon - name.count)
        guard isNamed, colon < end else { return nil }
        if isType { return colon + 1..<end }
        let before = index + 7..<max(index + 7, colon - name.count)
        return before.count > 1 ? before : nil
    }

    private mutating func parameters(of function: NodeID, typed: Bool) {
        while !cursor.isAtEnd {
            let parameter = cursor.begin(.parameter)
            if cursor.isAt("*") || cursor.isAt("**") {
                cursor.builder[parameter].flags.insert(.spread)
                cursor.position += 1
            }
            if cursor.isName() {
                cursor.takeName(parameter)
                if typed, cursor.isAt(":") {
                    cursor.position += 1
                    cursor.builder.append(type(), to: parameter)
                }
                if cursor.isAt("=") {
                    cursor.position += 1
                    cursor.builder.append(expression(), to: parameter)
                }
                cursor.finish(parameter)
                cursor.builder.append(parameter, to: function)
            }
            if !typed, cursor.isAt(":") { return }
            guard cursor.isAt(",") || typed, cursor.skipPastComma() else { return }
        }
    }

    private mutating func lambda() -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        parameters(of: function, typed: false)
        if cursor.isAt(":") {
            cursor.position += 1
            nested { $0.cursor.builder.append($0.expression(), to: function) }
        }
        cursor.finish(function)
        return function
    }

    /// `Redis`, `redis.Redis`, `Optional[Redis]`, `A | B`, `"Redis"`.
    private mutating func type() -> NodeID {
        var first = singleType()
        while cursor.isAt("|"), !cursor.startsLine() {
            cursor.position += 1
            if cursor.builder[first].kind != .choice { first = cursor.wrap(first, in: .choice) }
            cursor.builder.append(singleType(), to: first)
            cursor.finish(first)
        }
        return first
    }

    private mutating func singleType() -> NodeID {
        if cursor.isString(), let lexeme = cursor.lexeme() { return quotedType(lexeme) }
        guard cursor.isFreeName() else {
            let opaque = cursor.begin(.opaque)
            if !endsExpression(), !cursor.isAt(","), !cursor.isAt("=") { _ = operand() }
            cursor.finish(opaque)
            return opaque
        }
        let type = cursor.dottedType()
        if cursor.isOpen("["), !cursor.startsLine() {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    reader.nestedType(of: type)
                    guard reader.cursor.skipPastComma() else { return }
                }
            }
        } else if cursor.isOpen("(") {
            // A base that a call gives.
            let call = cursor.wrap(type, in: .opaque)
            arguments(of: call)
            return call
        }
        cursor.finish(type)
        return type
    }

    private mutating func nestedType(of type: NodeID) {
        if cursor.isOpen("[") {
            parts(of: type) { $0.type() }
        } else {
            cursor.builder.append(self.type(), to: type)
        }
    }

    /// A type in quotes is read as one without.
    private mutating func quotedType(_ lexeme: Lexeme) -> NodeID {
        cursor.position += 1
        let range = Int(lexeme.contentStart)..<Int(lexeme.contentEnd)
        guard range.count < 200, range.count > 0 else { return cursor.begin(.opaque) }
        let lexemes = SourceLexer<PythonDialect>.lexemes(cursor.text, range: range)
        guard !lexemes.contains(where: { $0.kind == .string }) else { return cursor.begin(.opaque) }
        var inner = PythonReader(
            cursor: LexemeCursor(cursor.text, lexemes: lexemes, builder: cursor.builder, linesMatter: false))
        cursor.builder = SyntaxBuilder(capacity: 0)
        let type = inner.type()
        cursor.builder = inner.cursor.builder
        return type
    }

    // MARK: Statements with targets

    private mutating func loop(_ parent: NodeID) {
        cursor.builder.append(loopBind(), to: parent)
        block(parent)
    }

    /// `for target in values`, without the colon.
    private mutating func loopBind() -> NodeID {
        let bind = cursor.begin(.bind, .element)
        cursor.position += 1
        cursor.builder.append(targets(), to: bind)
        if keyword() == .in {
            cursor.position += 1
            let values = cursor.isInBrackets ? tested() : list()
            cursor.builder.append(values, to: bind)
        }
        cursor.finish(bind)
        return bind
    }

    /// The values of a comprehension: an expression without `if … else`.
    private mutating func tested() -> NodeID {
        let first = plainOperand()
        guard keyword() == .or else { return first }
        let choice = cursor.wrap(first, in: .choice)
        while keyword() == .or {
            cursor.position += 1
            cursor.builder.append(plainOperand(), to: choice)
        }
        return choice
    }

    private mutating func plainOperand() -> NodeID {
        let first = plainChain()
        var node = NodeID.none
        while case .other? = signInfix() {
            if node.isNone { node = cursor.wrap(first, in: .opaque) }
            cursor.position += 1
            cursor.builder.append(plainChain(), to: node)
        }
        return node.isNone ? first : node
    }

    private func signInfix() -> Infix? {
        guard let lexeme = cursor.lexeme(), lexeme.kind == .sign, commonInfix() != nil else { return nil }
        return .other
    }

    /// An operand that is not followed by `if`.
    private mutating func plainChain() -> NodeID {
        var node =
            ownOperand()
            ?? (cursor.isOpen("(") ? group() : cursor.isOpen("[") || cursor.isOpen("{") ? collection() : nil)
            ?? (cursor.isName() ? cursor.nameNode() : cursor.lexeme()?.kind == .number ? cursor.literalNode() : nil)
        if node == nil {
            node = cursor.begin(.opaque)
            if !endsExpression(), !cursor.isAt(","), !cursor.isAt(":") { cursor.position += 1 }
        }
        var chain = node ?? .none
        while keyword() != .if, let next = suffix(chain) { chain = next }
        return chain
    }

    private mutating func targets() -> NodeID {
        var first = targetOperand()
        guard cursor.isAt(",") else { return first }
        first = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(",") {
            cursor.position += 1
            guard keyword() != .in else { break }
            cursor.builder.append(targetOperand(), to: first)
        }
        cursor.finish(first)
        return first
    }

    private mutating func targetOperand() -> NodeID {
        if cursor.isAt("*") { cursor.position += 1 }
        return operand()
    }

    /// `with value as target, value as target:`.
    private mutating func with(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("("), isParenthesized() {
            inside { $0.withItems(parent) }
        } else {
            withItems(parent)
        }
        suite(parent)
    }

    /// The parentheses hold all items: `with (a as b, c as d):`.
    private func isParenthesized() -> Bool {
        let behind = cursor.behind(cursor.position)
        guard behind < cursor.limit, cursor.lexemes[behind].kind == .sign else { return false }
        return cursor.text[Int(cursor.lexemes[behind].start)] == SourceByte.colon
    }

    private mutating func withItems(_ parent: NodeID) {
        while !cursor.isAtEnd, !cursor.isAt(":"), !cursor.startsLine() {
            let value = expression()
            if keyword() == .as {
                cursor.position += 1
                let bind = cursor.builder.add(.bind, start: cursor.builder[value].start, end: cursor.end)
                cursor.builder.append(operand(), to: bind)
                cursor.builder.append(value, to: bind)
                cursor.finish(bind)
                cursor.builder.append(bind, to: parent)
            } else {
                cursor.builder.append(value, to: parent)
            }
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `except Type as name:`: the name is no client.
    private mutating func exception(_ parent: NodeID) {
        cursor.position += 1
        if !cursor.isAt(":") { cursor.builder.append(list(), to: parent) }
        if keyword() == .as { cursor.position += 2 }
        block(parent)
    }

    private mutating func result(_ parent: NodeID) {
        let result = cursor.begin(.returned, keyword() == .yield ? .element : [])
        cursor.position += 1
        if keyword() == .from { cursor.position += 1 }
        if !endsExpression(), !cursor.isAt(";") { cursor.builder.append(list(), to: result) }
        cursor.finish(result)
        cursor.builder.append(result, to: parent)
    }

    private mutating func outerNames(_ parent: NodeID) {
        cursor.position += 1
        while cursor.isFreeName(), !cursor.startsLine() {
            let name = cursor.nameNode()
            cursor.builder[name].flags.insert(.outer)
            cursor.builder.append(name, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }
}
