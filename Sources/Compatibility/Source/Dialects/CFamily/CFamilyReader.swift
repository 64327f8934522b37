/// Reads C and C++ by their braces, and declarations by their types.
struct CFamilyReader: BraceReading {
    typealias Keyword = CFamilyFacts.Keyword
    typealias Word = CFamilyFacts.Contextual
    static var linesEndStatements: Bool { false }
    var cursor: LexemeCursor
    /// What is read is the body of a function: a name with parentheses after a type is a variable, no function.
    var isInFunction = false
    /// What is read is put into something by `<<`, which takes what follows behind it.
    var isAdded = false
    /// The name of the class whose members are read.
    var className = Identifier.none

    init(cursor: LexemeCursor) { self.cursor = cursor }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0, Int(lexeme.keyword) <= Keyword.allCases.count
        else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func identifier(_ offset: Int = 0) -> Identifier {
        guard let lexeme = cursor.lexeme(offset), lexeme.kind == .name else { return .none }
        return lexeme.identifier
    }

    func continuesLine() -> Bool { true }

    func endsExpression() -> Bool { cursor.lexeme().map { $0.kind == .close } ?? true }

    // MARK: Statements

    mutating func statements(of parent: NodeID) {
        while !cursor.isAtEnd, cursor.lexeme()?.kind != .close {
            let before = cursor.position
            statement(of: parent)
            if cursor.position == before { cursor.skip() }
        }
    }

    mutating func statement(of parent: NodeID) {
        if cursor.isOpen("{") { return bracedStatements(parent) }
        if cursor.isAt("#") { return directive(parent) }
        switch keyword() {
        case .return: return returnStatement(of: parent)
        case .if, .while, .switch, .for: return header(parent)
        case .do, .else, .goto, .break, .continue, .default, .case: return word(parent)
        case .typedef: return typeDefinition(parent)
        case .struct, .union, .enum:
            if isClassDeclaration() { return classDeclaration(parent) }
        case .extern: if cursor.isString(1), cursor.isOpen("{", 2) { return linkage(parent) }
        default: break
        }
        if cursor.isAt(";") || cursor.isAt(":") {
            cursor.position += 1
            return
        }
        if contextual(parent) { return }
        if !declaration(parent) { simple(parent) }
    }

    private mutating func bracedStatements(_ parent: NodeID) {
        let outer = isInFunction
        isInFunction = true
        cursor.builder.append(block(), to: parent)
        isInFunction = outer
    }

    private mutating func word(_ parent: NodeID) {
        let isCase = keyword() == .case
        cursor.position += keyword() == .goto ? 2 : 1
        if isCase { cursor.builder.append(expression(), to: parent) }
    }

    /// `extern "C" { … }`.
    private mutating func linkage(_ parent: NodeID) {
        cursor.position += 2
        inside { $0.statements(of: parent) }
    }

    /// A statement that begins with a word of C++; false where the word is a name like any other.
    private mutating func contextual(_ parent: NodeID) -> Bool {
        switch identifier() {
        case Word.namespace where cursor.isName(1) || cursor.isOpen("{", 1):
            cursor.position += 1
            while cursor.isName() || cursor.isAt("::") { cursor.position += 1 }
            if cursor.isOpen("{") { inside { $0.statements(of: parent) } } else { skipStatement() }
        case Word.template where cursor.isAt("<", 1):
            cursor.position = cursor.position + (offsetBehindAngles(1) ?? 2)
        case Word.using where cursor.isName(1): using(parent)
        case Word.class where isClassDeclaration(): classDeclaration(parent)
        case Word.try where cursor.isOpen("{", 1): cursor.position += 1
        case Word.catch where cursor.isOpen("(", 1):
            cursor.position += 1
            cursor.skip()
        case Word.throwing where cursor.isName(1):
            cursor.position += 1
            simple(parent)
        case Word.friend where cursor.isName(1): skipStatement()
        case let word where Word.access.contains(word) && (cursor.isAt(":", 1) || cursor.isAt(":", 2)):
            cursor.position += cursor.isAt(":", 1) ? 2 : 3
        default: return false
        }
        return true
    }

    /// `using Name = Type;` names a type anew.
    private mutating func using(_ parent: NodeID) {
        guard cursor.isFreeName(1), cursor.isAt("=", 2) else { return skipStatement() }
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        cursor.takeName(declaration)
        cursor.position += 1
        cursor.builder.append(type(), to: declaration)
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    /// `typedef Type Name;`, `typedef struct a { … } Name;`.
    private mutating func typeDefinition(_ parent: NodeID) {
        cursor.position += 1
        if isClassDeclaration() || (keyword() == .struct || keyword() == .union) && cursor.isOpen("{", 1) {
            return classDeclaration(parent, isDefinition: true)
        }
        if let name = offsetOfDeclaredName(), cursor.isAt(";", name + 1) {
            let declaration = cursor.begin(.classDeclaration)
            let base = type()
            if cursor.isName() { cursor.takeName(declaration) }
            cursor.builder.append(base, to: declaration)
            cursor.finish(declaration)
            cursor.builder.append(declaration, to: parent)
        }
        skipStatement()
    }

    /// `if (…)`, `for (…; …)`: what is between the parentheses, then a statement.
    private mutating func header(_ parent: NodeID) {
        let whole = cursor.begin(.block, .scope)
        cursor.position += 1
        if identifier() == Identifier("constexpr") { cursor.position += 1 }
        let outer = isInFunction
        isInFunction = true
        if cursor.isOpen("(") { inside { $0.statements(of: whole) } }
        body(of: whole)
        if keyword() == .else {
            cursor.position += 1
            body(of: whole)
        }
        isInFunction = outer
        cursor.finish(whole)
        cursor.builder.append(whole, to: parent)
    }

    mutating func simple(_ parent: NodeID) {
        cursor.builder.append(expression(), to: parent)
        while cursor.isAt(",") {
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    // MARK: Directives

    /// `#include "path"` takes all names of a file; `#define` gives a name to a value or a function.
    private mutating func directive(_ parent: NodeID) {
        var behind = cursor.position + 1
        while behind < cursor.limit, !cursor.lexemes[behind].flags.contains(.startsLine) { behind += 1 }
        let limit = cursor.limit
        cursor.limit = behind
        cursor.position += 1
        switch identifier() {
        case Word.include:
            cursor.position += 1
            if cursor.isString() {
                let imported = cursor.begin(.imported, .wildcard)
                cursor.builder.append(cursor.literalNode(), to: imported)
                cursor.finish(imported)
                cursor.builder.append(imported, to: parent)
            }
        case Word.define:
            cursor.position += 1
            if cursor.isName() { macro(parent) }
        default: break
        }
        cursor.limit = limit
        cursor.position = behind
    }

    private mutating func macro(_ parent: NodeID) {
        let isFunction = cursor.isOpen("(", 1) && cursor.lexeme(1)?.flags.contains(.afterSpace) == false
        guard isFunction else { return constant(parent) }
        if let called = offsetOfForwarded() { return alias(of: called, parent) }
        let function = cursor.begin(.function, .lastIsResult)
        cursor.takeName(function)
        inside { reader in
            while !reader.cursor.isAtEnd {
                let parameter = reader.cursor.begin(.parameter, reader.cursor.isAt("...") ? .spread : [])
                if reader.cursor.isName() { reader.cursor.takeName(parameter) }
                reader.cursor.finish(parameter)
                reader.cursor.builder.append(parameter, to: function)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        let body = cursor.begin(.block)
        let outer = isInFunction
        isInFunction = true
        nested { $0.statements(of: body) }
        isInFunction = outer
        cursor.finish(body)
        cursor.builder.append(body, to: function)
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    /// Of `#define send(args...) log(redisCommand(args))`: the function that is given all of the macro's arguments.
    private func offsetOfForwarded() -> Int? {
        let isNamed = cursor.isName(2) && cursor.isAt("...", 3)
        let behind = isNamed ? 4 : 3
        guard isNamed || cursor.isAt("...", 2), cursor.lexeme(behind)?.kind == .close else { return nil }
        let parameter = isNamed ? identifier(2) : Self.variadic
        var offset = behind + 1
        while cursor.position + offset + 3 < cursor.limit {
            if cursor.isFreeName(offset), cursor.isOpen("(", offset + 1), identifier(offset + 2) == parameter,
                cursor.lexeme(offset + 3)?.kind == .close
            {
                return offset
            }
            offset += 1
        }
        return nil
    }

    private static let variadic = Identifier("__VA_ARGS__")

    /// The macro is another name of a function.
    private mutating func alias(of called: Int, _ parent: NodeID) {
        let place = cursor.position + called
        let target = cursor.nameNode()
        cursor.builder[target].flags.insert(.shared)
        let bind = cursor.wrap(target, in: .bind, .declares)
        cursor.position = place
        cursor.builder.append(cursor.nameNode(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `#define NAME "value"`: known wherever the file is included.
    private mutating func constant(_ parent: NodeID) {
        guard cursor.isString(1) || cursor.isName(1) else { return }
        let target = cursor.nameNode()
        cursor.builder[target].flags.insert(.shared)
        let bind = cursor.wrap(target, in: .bind, .declares)
        cursor.builder.append(expression(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }
}
