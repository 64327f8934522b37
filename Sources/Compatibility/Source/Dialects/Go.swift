/// Go.
enum GoDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "go", extensions: ["go"], family: "go", sharing: .folder, separator: SourceByte.slash,
        keywords: Keyword.allCases.map(\.rawValue))

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `nil`, `true`, `new`, `make` and the types can.
    enum Keyword: String, CaseIterable {
        case `break`, `case`, chan, const, `continue`, `default`, `defer`, `else`, `fallthrough`, `for`, `func`, go
        case goto, `if`, `import`, interface, map, package, range, `return`, select, `struct`, `switch`, type, `var`
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        GoReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: true, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        endOfSlashComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote: return StringForm(content: index + 1, close: "\"")
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        case SourceByte.backtick:
            var form = StringForm(content: index + 1, close: "`", escapes: false)
            form.spansLines = true
            form.flags = .raw
            return form
        default: return nil
        }
    }
}

/// Reads Go by its lines and braces.
private struct GoReader: ExpressionReading {
    typealias Keyword = GoDialect.Keyword
    var cursor: LexemeCursor
    /// A brace ends the expression: it is the header of `if`, `for` or `switch`.
    private var isInHeader = false

    init(cursor: LexemeCursor) { self.cursor = cursor }

    private func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func continuesLine() -> Bool { false }

    func endsExpression() -> Bool {
        guard let lexeme = cursor.lexeme() else { return true }
        return lexeme.kind == .close || (cursor.startsLine() && !continuesFromLineBefore())
    }

    /// The line before ends with a sign that cannot end a statement.
    private func continuesFromLineBefore() -> Bool {
        guard let before = cursor.lexeme(-1) else { return false }
        switch before.kind {
        case .name, .number, .string, .close: return false
        case .open: return true
        case .sign: return !(cursor.isAt("++", -1) || cursor.isAt("--", -1) || cursor.isAt(";", -1))
        }
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
        switch keyword() {
        case .import: imports(parent)
        case .func where cursor.isName(1) || (cursor.isOpen("(", 1) && isMethod()): function(parent)
        case .type: declarations(of: parent) { $0.typeDeclaration($1) }
        case .var, .const: declarations(of: parent) { $0.variable($1) }
        case .return: result(parent)
        case .if, .for, .switch, .select: header(parent)
        case .else, .defer, .go, .break, .continue, .goto, .fallthrough, .default: cursor.position += 1
        case .package: packageName(parent)
        case .case:
            cursor.position += 1
            let outer = isInHeader
            isInHeader = false
            simple(parent)
            isInHeader = outer
        default:
            if cursor.isOpen("{") { block(parent) } else { simple(parent) }
        }
        if cursor.isAt(";") || cursor.isAt(":") { cursor.position += 1 }
    }

    /// `package name`: what importers call the folder, whatever that is called.
    private mutating func packageName(_ parent: NodeID) {
        guard cursor.isName(1) else { return skipLine() }
        cursor.position += 1
        let name = cursor.begin(.opaque, .outer)
        cursor.takeName(name)
        cursor.finish(name)
        cursor.builder.append(name, to: parent)
    }

    private mutating func skipLine() {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(";") { cursor.skip() }
    }

    private mutating func block(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        let outer = isInHeader
        isInHeader = false
        inside(linesMatter: true) { $0.statements(of: block) }
        isInHeader = outer
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `if`, `for`, `switch` and their like, with the statements before their braces.
    private mutating func header(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        let outer = isInHeader
        isInHeader = true
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.startsLine() || continuesFromLineBefore() {
            let before = cursor.position
            if keyword() == .range {
                cursor.position += 1
                cursor.builder.append(expression(), to: block)
            } else {
                simple(block)
            }
            if cursor.isAt(";") { cursor.position += 1 }
            if cursor.position == before { cursor.skip() }
        }
        isInHeader = outer
        if cursor.isOpen("{") { self.block(block) }
        if keyword() == .else, !cursor.startsLine() {
            cursor.position += 1
            if cursor.isOpen("{") { self.block(block) } else if keyword() == .if { nested { $0.header(block) } }
        }
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// An expression, or values given to targets: `a, b := f()`.
    private mutating func simple(_ parent: NodeID) {
        cursor.builder.append(list(), to: parent)
    }

    private mutating func list() -> NodeID {
        let first = expression()
        guard cursor.isAt(",") else { return first }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(",") {
            cursor.position += 1
            guard !endsExpression() else { break }
            let element = expression()
            if cursor.builder[element].kind == .bind { return assigned(element, lastOf: tuple) }
            cursor.builder.append(element, to: tuple)
        }
        cursor.finish(tuple)
        return tuple
    }

    /// `a, (b := values)` was read: the targets are `a, b`.
    private mutating func assigned(_ bind: NodeID, lastOf tuple: NodeID) -> NodeID {
        let target = cursor.builder[bind].firstChild
        guard !target.isNone else { return tuple }
        let value = cursor.builder[target].nextSibling
        cursor.builder[target].nextSibling = .none
        cursor.builder.append(target, to: tuple)
        cursor.finish(tuple)
        let whole = cursor.wrap(tuple, in: .bind, cursor.builder[bind].flags)
        var values = value
        if cursor.isAt(","), !value.isNone {
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

    private mutating func result(_ parent: NodeID) {
        let result = cursor.begin(.returned)
        cursor.position += 1
        while !endsExpression(), !cursor.isAt(";") {
            cursor.builder.append(expression(), to: result)
            guard cursor.isAt(",") else { break }
            cursor.position += 1
        }
        cursor.finish(result)
        cursor.builder.append(result, to: parent)
    }

    // MARK: Expressions

    func infix() -> Infix? {
        guard !endsExpression() else { return nil }
        if cursor.isAt(":=") { return .assignment(isRange ? [.declares, .element] : .declares) }
        if cursor.isAt("=") { return .assignment(isRange ? .element : []) }
        if cursor.isAt("++") || cursor.isAt("--") { return nil }
        if cursor.isAt("||") || cursor.isAt("&&") { return .other }
        return cursor.lexeme()?.kind == .sign ? commonInfix() : nil
    }

    /// `range` is behind the sign at the position.
    private var isRange: Bool { keyword(1) == .range }

    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .func: return closure()
        case .range:
            cursor.position += 1
            return operand()
        case .map, .chan, .struct, .interface: return typedValue()
        case nil: break
        default: return cursor.begin(.opaque)
        }
        if cursor.isOpen("["), isArrayType() { return typedValue() }
        let isConstant = cursor.isAt("true") || cursor.isAt("false") || cursor.isAt("nil")
        // They are names of the language, which a program can give another meaning.
        return isConstant && !cursor.isAt(".", 1) && !cursor.isAt(":=", 1) ? constant() : nil
    }

    private mutating func constant() -> NodeID {
        let flags: SyntaxNode.Flags = cursor.isAt("true") ? .yes : cursor.isAt("false") ? .no : .nothing
        return cursor.constant(.literal, flags)
    }

    /// `[]string`, `[2]T`: the bracket begins a type, since no list has one.
    private func isArrayType() -> Bool { true }

    /// A type as an operand, and what makes a value of it: `[]string{…}`, `map[K]V{…}`, `[]byte(s)`.
    private mutating func typedValue() -> NodeID {
        let isMap = keyword() == .map
        let type = self.type()
        if cursor.isOpen("{"), !cursor.startsLine() { return literalValue(type, isMap: isMap) }
        if cursor.isOpen("(") {
            let cast = cursor.wrap(type, in: .cast)
            inside { $0.cursor.builder.append($0.expression(), to: cast) }
            cursor.finish(cast)
            return cast
        }
        return type
    }

    /// `{…}` after the type of a list or map.
    private mutating func literalValue(_ type: NodeID, isMap: Bool) -> NodeID {
        let collection = cursor.begin(.collection, isMap ? [.map] : .elements)
        elements(of: collection)
        cursor.finish(collection)
        let cast = cursor.wrap(type, in: .cast)
        cursor.builder.append(collection, to: cast)
        cursor.finish(cast)
        return isMap ? cast : collection
    }

    private mutating func elements(of collection: NodeID) {
        let outer = isInHeader
        isInHeader = false
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.element(of: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        isInHeader = outer
    }

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        let kind = cursor.builder[operand].kind
        if cursor.isOpen("{"), !isInHeader, kind == .name || kind == .member || kind == .index {
            return composite(operand)
        }
        if cursor.isAt("."), cursor.isOpen("(", 1) { return assertion(operand) }
        return nil
    }

    /// `T{Field: value}`, `pkg.T{…}`: an object of a structure.
    private mutating func composite(_ type: NodeID) -> NodeID {
        let new = cursor.wrap(type, in: .new)
        let outer = isInHeader
        isInHeader = false
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.field(of: new)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        isInHeader = outer
        cursor.finish(new)
        return new
    }

    private mutating func field(of new: NodeID) {
        guard cursor.isName(), cursor.isAt(":", 1) else { return cursor.builder.append(elementValue(), to: new) }
        let argument = cursor.begin(.argument, .field)
        cursor.takeName(argument)
        cursor.position += 1
        cursor.builder.append(elementValue(), to: argument)
        cursor.finish(argument)
        cursor.builder.append(argument, to: new)
    }

    /// A value in a literal; one in braces alone is of the type around.
    private mutating func elementValue() -> NodeID {
        guard cursor.isOpen("{") else { return expression() }
        let collection = cursor.begin(.collection, .elements)
        elements(of: collection)
        cursor.finish(collection)
        return collection
    }

    mutating func element(of collection: NodeID) {
        let key = elementValue()
        guard cursor.isAt(":") else { return cursor.builder.append(key, to: collection) }
        cursor.position += 1
        let pair = cursor.wrap(key, in: .pair)
        cursor.builder.append(elementValue(), to: pair)
        cursor.finish(pair)
        cursor.builder[collection].flags.insert(.map)
        cursor.builder.append(pair, to: collection)
    }

    /// `value.(Type)`.
    private mutating func assertion(_ value: NodeID) -> NodeID {
        cursor.position += 1
        let cast = cursor.builder.add(.cast, start: cursor.builder[value].start, end: cursor.end)
        inside { $0.cursor.builder.append($0.type(), to: cast) }
        cursor.builder.append(value, to: cast)
        cursor.finish(cast)
        return cast
    }

    mutating func group() -> NodeID {
        let outer = isInHeader
        isInHeader = false
        defer { isInHeader = outer }
        var value = NodeID.none
        inside { reader in
            value = reader.cursor.isAt("*") ? reader.pointer() : reader.expression()
        }
        return value.isNone ? cursor.begin(.opaque) : value
    }

    private mutating func pointer() -> NodeID {
        cursor.position += 1
        return expression()
    }

    mutating func argument() -> NodeID {
        let outer = isInHeader
        isInHeader = false
        defer { isInHeader = outer }
        let value = expression()
        guard cursor.isAt("...") else { return value }
        cursor.position += 1
        return cursor.wrap(value, in: .argument, .spread)
    }

    private mutating func closure() -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        signature(of: function)
        if cursor.isOpen("{") { body(of: function) }
        cursor.finish(function)
        return function
    }

    // MARK: Declarations

    private mutating func imports(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                while !reader.cursor.isAtEnd { reader.importSpec(parent) }
            }
        } else {
            importSpec(parent)
        }
    }

    /// `alias "path"`: without an alias the name is the path's last part that is no version.
    private mutating func importSpec(_ parent: NodeID) {
        let imported = cursor.begin(.imported)
        var hasName = false
        if cursor.isName() || cursor.isAt("."), cursor.isString(1) {
            if cursor.isAt(".") {
                cursor.builder[imported].flags.insert(.wildcard)
                cursor.position += 1
            } else {
                cursor.takeName(imported)
            }
            hasName = true
        }
        guard cursor.isString(), let path = cursor.lexeme() else { return cursor.skip() }
        if !hasName { setPackageName(imported, path) }
        cursor.builder.append(cursor.literalNode(), to: imported)
        cursor.finish(imported)
        cursor.builder.append(imported, to: parent)
    }

    /// `redis` of `github.com/redis/go-redis/v9`, of `gopkg.in/redis.v5`, of `github.com/gomodule/redigo/redis`.
    private mutating func setPackageName(_ imported: NodeID, _ path: Lexeme) {
        var end = Int(path.contentEnd)
        let start = Int(path.contentStart)
        var slash = lastSlash(start, end)
        if cursor.text[slash] == 0x76, SourceByte.isDigit(cursor.text[slash + 1]), slash > start {
            end = slash - 1
            slash = lastSlash(start, end)
        }
        var name = slash
        for index in slash..<max(slash, end) where cursor.text[index] == SourceByte.dot { end = min(end, index) }
        for index in slash..<max(slash, end) where cursor.text[index] == SourceByte.minus && index + 1 < end {
            name = index + 1
        }
        cursor.builder[imported].nameStart = Int32(name)
        cursor.builder[imported].nameEnd = Int32(max(name, end))
        cursor.builder[imported].name = Identifier(cursor.text.slice(name, end))
    }

    private func lastSlash(_ start: Int, _ end: Int) -> Int {
        var index = end
        while index > start, cursor.text[index - 1] != SourceByte.slash { index -= 1 }
        return index
    }

    /// One declaration, or several in parentheses.
    private mutating func declarations(of parent: NodeID, _ body: (inout Self, NodeID) -> Void) {
        cursor.position += 1
        guard cursor.isOpen("(") else { return body(&self, parent) }
        inside(linesMatter: true) { reader in
            while !reader.cursor.isAtEnd {
                let before = reader.cursor.position
                body(&reader, parent)
                if reader.cursor.isAt(";") { reader.cursor.position += 1 }
                if reader.cursor.position == before { reader.cursor.skip() }
            }
        }
    }

    /// `a, b Type = values`.
    private mutating func variable(_ parent: NodeID) {
        guard cursor.isName() else { return }
        var target = cursor.nameNode()
        if cursor.isAt(",") {
            target = cursor.wrap(target, in: .collection, .tuple)
            while cursor.isAt(","), cursor.isName(1) {
                cursor.position += 1
                cursor.builder.append(cursor.nameNode(), to: target)
            }
            cursor.finish(target)
        }
        let bind = cursor.wrap(target, in: .bind, .declares)
        if !endsExpression(), !cursor.isAt("="), !cursor.isAt(";") { cursor.builder.append(type(), to: bind) }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(list(), to: bind)
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `Name struct {…}`, `Name interface {…}`, `Name = Other`, `Name Other`.
    private mutating func typeDeclaration(_ parent: NodeID) {
        guard cursor.isName() else { return }
        let declaration = cursor.begin(.classDeclaration)
        cursor.takeName(declaration)
        if cursor.isOpen("["), isTypeParameters() { cursor.skip() }
        if cursor.isAt("=") { cursor.position += 1 }
        switch keyword() {
        case .struct where cursor.isOpen("{", 1), .interface where cursor.isOpen("{", 1):
            let isStruct = keyword() == .struct
            cursor.position += 1
            inside(linesMatter: true) { $0.fields(of: declaration, isStruct: isStruct) }
        default:
            cursor.builder.append(type(), to: declaration)
        }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    /// `[T any]` after a type's name, not `[]T` or `[4]T`.
    private func isTypeParameters() -> Bool {
        cursor.isName(1) && (cursor.isName(2) || cursor.isAt(",", 2) || cursor.isAt("*", 2))
    }

    /// The lines of a structure or an interface.
    private mutating func fields(of declaration: NodeID, isStruct: Bool) {
        while !cursor.isAtEnd {
            let before = cursor.position
            if isStruct { field(ofStruct: declaration) } else { method(ofInterface: declaration) }
            while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(";") { cursor.skip() }
            if cursor.isAt(";") { cursor.position += 1 }
            if cursor.position == before { cursor.skip() }
        }
    }

    /// `a, b Type`; or `Type`, `*pkg.Type` alone, which is embedded.
    private mutating func field(ofStruct declaration: NodeID) {
        let isEmbedded = cursor.isAt("*") || cursor.isAt(".", 1) || endsField(1)
        guard !isEmbedded, cursor.isName() else { return embed(in: declaration) }
        var names = [cursor.nameNode()]
        while cursor.isAt(","), cursor.isName(1) {
            cursor.position += 1
            names.append(cursor.nameNode())
        }
        let start = cursor.position
        for name in names {
            cursor.position = start
            let bind = cursor.wrap(name, in: .bind, .field)
            cursor.builder.append(type(), to: bind)
            cursor.finish(bind)
            cursor.builder.append(bind, to: declaration)
        }
    }

    private func endsField(_ offset: Int) -> Bool {
        guard cursor.lexeme(offset) != nil else { return true }
        return cursor.startsLine(offset) || cursor.isString(offset) || cursor.isAt(";", offset)
    }

    /// A type whose members are members of this one; it is a field of its own name too.
    private mutating func embed(in declaration: NodeID) {
        let start = cursor.position
        let type = self.type()
        cursor.builder.append(type, to: declaration)
        let node = cursor.builder[type]
        guard node.name != .none else { return }
        let behind = cursor.position
        cursor.position = start
        let bind = cursor.begin(.bind, .field)
        let name = cursor.begin(.name)
        cursor.builder.copyName(of: node, to: name)
        cursor.builder.append(name, to: bind)
        cursor.builder.append(self.type(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: declaration)
        cursor.position = behind
    }

    /// `Name(parameters) results`, or an embedded interface.
    private mutating func method(ofInterface declaration: NodeID) {
        guard cursor.isName(), cursor.isOpen("(", 1) else {
            if cursor.isName() || cursor.isAt("*") { cursor.builder.append(type(), to: declaration) }
            return
        }
        let function = cursor.begin(.function)
        cursor.takeName(function)
        signature(of: function)
        cursor.finish(function)
        cursor.builder.append(function, to: declaration)
    }

    /// `func (receiver) Name(`, not `func(…)` as a value.
    private func isMethod() -> Bool {
        let behind = cursor.behind(cursor.position + 1)
        return behind + 1 < cursor.limit && cursor.lexemes[behind].kind == .name
            && cursor.lexemes[behind + 1].kind == .open
            && !cursor.lexemes[behind].flags.contains(.startsLine)
            && cursor.text[Int(cursor.lexemes[behind + 1].start)] != SourceByte.openBrace
    }

    private mutating func function(_ parent: NodeID) {
        let function = cursor.begin(.function)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                let parameter = reader.cursor.begin(.parameter, .receiver)
                if reader.cursor.isName(), reader.cursor.isName(1) || reader.cursor.isAt("*", 1) {
                    reader.cursor.takeName(parameter)
                }
                reader.cursor.builder.append(reader.type(), to: parameter)
                reader.cursor.finish(parameter)
                reader.cursor.builder.append(parameter, to: function)
            }
        }
        guard cursor.isName() else { return }
        cursor.takeName(function)
        if cursor.isOpen("[") { cursor.skip() }
        signature(of: function)
        if cursor.isOpen("{"), !cursor.startsLine() { body(of: function) }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    private mutating func body(of function: NodeID) {
        let body = cursor.begin(.block, .scope)
        let outer = isInHeader
        isInHeader = false
        inside(linesMatter: true) { $0.statements(of: body) }
        isInHeader = outer
        cursor.finish(body)
        cursor.builder.append(body, to: function)
    }

    /// `(parameters) results`.
    private mutating func signature(of function: NodeID) {
        guard cursor.isOpen("(") else { return }
        inside { $0.parameters(of: function) }
        guard !endsExpression(), !cursor.isOpen("{") else { return }
        if cursor.isOpen("(") {
            cursor.builder.append(resultTypes(), to: function)
        } else if cursor.isName() || cursor.isAt("*") || cursor.isOpen("[") || keyword() != nil || cursor.isAt("<-") {
            cursor.builder.append(type(), to: function)
        }
    }

    /// `(Type, error)`, `(name Type, err error)`: a tuple of types, as one type.
    private mutating func resultTypes() -> NodeID {
        let tuple = cursor.begin(.type, .tuple)
        inside { reader in
            let isNamed = reader.areNamed()
            while !reader.cursor.isAtEnd {
                if isNamed, reader.cursor.isName(), !reader.endsParameter(1) { reader.cursor.position += 1 }
                reader.cursor.builder.append(reader.type(), to: tuple)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(tuple)
        return tuple
    }

    private func endsParameter(_ offset: Int) -> Bool { cursor.lexeme(offset) == nil || cursor.isAt(",", offset) }

    /// The parameters between the present brackets have names: one of them is a name and a type.
    private func areNamed() -> Bool {
        var offset = 0
        while let lexeme = cursor.lexeme(offset) {
            if lexeme.kind == .name, lexeme.keyword == 0, !cursor.isAt(",", offset - 1) || offset == 0 || true,
                let next = cursor.lexeme(offset + 1), offset == 0 || cursor.isAt(",", offset - 1)
            {
                let isType =
                    next.kind == .name || cursor.isAt("*", offset + 1) || cursor.isAt("...", offset + 1)
                    || cursor.isOpen("[", offset + 1) || cursor.isAt("<-", offset + 1) || cursor.isOpen("(", offset + 1)
                if isType { return true }
            }
            offset = lexeme.kind == .open ? cursor.behind(cursor.position + offset) - cursor.position : offset + 1
        }
        return false
    }

    /// `a, b Type, c ...Other`; or types alone.
    private mutating func parameters(of function: NodeID) {
        let isNamed = areNamed()
        while !cursor.isAtEnd {
            var waiting: [NodeID] = []
            while isNamed, cursor.isName(), cursor.isAt(",", 1) {
                waiting.append(parameter())
                cursor.position += 1
            }
            let last = cursor.begin(.parameter)
            if isNamed, cursor.isName() { cursor.takeName(last) }
            waiting.append(last)
            let start = cursor.position
            for parameter in waiting {
                cursor.position = start
                if cursor.isAt("...") {
                    cursor.builder[parameter].flags.insert(.spread)
                    cursor.position += 1
                }
                cursor.builder.append(type(), to: parameter)
                cursor.finish(parameter)
                cursor.builder.append(parameter, to: function)
            }
            guard cursor.skipPastComma() else { return }
        }
    }

    private mutating func parameter() -> NodeID {
        let parameter = cursor.begin(.parameter)
        cursor.takeName(parameter)
        return parameter
    }

    // MARK: Types

    private mutating func type() -> NodeID {
        while cursor.isAt("*") || cursor.isAt("<-") || cursor.isAt("&") || cursor.isAt("~") { cursor.position += 1 }
        guard cursor.depth < LexemeCursor.maximumDepth else { return cursor.begin(.type) }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        switch keyword() {
        case .map: return mapType()
        case .chan:
            let elements = cursor.begin(.type, .elements)
            cursor.position += 1
            cursor.builder.append(type(), to: elements)
            return elements
        case .func: return functionType()
        case .interface, .struct:
            let any = cursor.begin(.type)
            cursor.position += 1
            if cursor.isOpen("{") { cursor.skip() }
            return any
        case nil: break
        default: return cursor.begin(.type)
        }
        if cursor.isOpen("[") {
            let elements = cursor.begin(.type, .elements)
            cursor.skip()
            cursor.builder.append(type(), to: elements)
            cursor.finish(elements)
            return elements
        }
        if cursor.isOpen("(") {
            var inner = NodeID.none
            inside { inner = $0.type() }
            return inner.isNone ? cursor.begin(.type) : inner
        }
        return namedType()
    }

    private mutating func namedType() -> NodeID {
        guard cursor.isFreeName() else { return cursor.begin(.type) }
        var type = cursor.nameNode(.type)
        if cursor.isAt("."), cursor.isName(1) {
            type = cursor.qualified(type)
        }
        if cursor.isOpen("["), !cursor.startsLine(), cursor.isName(1) || cursor.isAt("*", 1) {
            parts(of: type) { $0.type() }
        }
        cursor.finish(type)
        return type
    }

    private mutating func mapType() -> NodeID {
        let elements = cursor.begin(.type, .elements)
        cursor.position += 1
        if cursor.isOpen("[") { cursor.skip() }
        cursor.builder.append(type(), to: elements)
        cursor.finish(elements)
        return elements
    }

    /// `func(redis.Conn) error`: what it is called with.
    private mutating func functionType() -> NodeID {
        let callable = cursor.begin(.function)
        cursor.position += 1
        signature(of: callable)
        cursor.finish(callable)
        cursor.builder[callable].kind = .type
        cursor.builder[callable].flags = .callable
        return callable
    }
}
