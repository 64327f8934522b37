/// Java, to release 25.
enum JavaDialect: Dialect, LexicalRules {
    static let facts = DialectFacts(
        name: "java", extensions: ["java"], interpreters: ["java"], family: "jvm", sharing: .package,
        membersAreNames: true, importsMayBeNear: true, gettersAreMade: true, lastTakesTrailing: true,
        keywords: Keyword.allCases.map(\.rawValue)
    )

    static let keywords = KeywordTable(facts.keywords)

    /// The words that cannot be names; `var`, `record`, `yield`, `sealed`, `module` and their like can.
    enum Keyword: String, CaseIterable {
        case abstract, assert, boolean, `break`, byte, `case`, `catch`, char, `class`, const, `continue`, `default`,
            `do`
        case double, `else`, `enum`, extends, final, finally, float, `for`, goto, `if`, implements, `import`, instanceof
        case int, interface, long, native, new, package, `private`, protected, `public`, `return`, short, `static`
        case strictfp, `super`, `switch`, synchronized, this, `throw`, `throws`, transient, `try`, void, volatile,
            `while`
        case yes = "true"
        case no = "false"
        case nothing = "null"
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        JavaReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        endOfSlashComment(text, at: index)
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        if text.starts(with: "\"\"\"", at: index) {
            var form = StringForm(content: index + 3, close: "\"\"\"")
            form.spansLines = true
            return form
        }
        switch text[index] {
        case SourceByte.doubleQuote: return StringForm(content: index + 1, close: "\"")
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        default: return nil
        }
    }

    static func startsName(_ byte: UInt8) -> Bool { SourceByte.startsName(byte) || byte == SourceByte.dollar }
}

/// Reads Java.
private struct JavaReader: TypeFirstReading {
    typealias Keyword = JavaDialect.Keyword
    var cursor: LexemeCursor
    /// The statements are the members of a class.
    var isInClass = false

    init(cursor: LexemeCursor) { self.cursor = cursor }

    static var linesEndStatements: Bool { false }

    private func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func isTypeWord(_ offset: Int) -> Bool {
        switch keyword(offset) {
        case .boolean, .byte, .char, .double, .float, .int, .long, .short, .void: true
        case nil: cursor.isName(offset)
        default: false
        }
    }

    private func isModifier() -> Bool {
        switch keyword() {
        case .abstract, .final, .native, .private, .protected, .public, .static, .strictfp, .transient, .volatile: true
        case .default, .synchronized:
            isInClass && !cursor.isOpen("(", 1) && !cursor.isAt(":", 1) && !cursor.isAt("->", 1)
        default: false
        }
    }

    // MARK: Statements

    mutating func statement(of parent: NodeID) {
        var isStatic = false
        while isModifier() || (cursor.isAt("@") && keyword(1) != .interface) {
            isStatic = isStatic || keyword() == .static
            if cursor.isAt("@"), cursor.isName(1) {
                cursor.builder.append(annotation(), to: parent)
            } else {
                skipModifier()
            }
        }
        switch keyword() {
        case .import: imported(parent)
        case .package: skipStatement()
        case .class, .interface, .enum: classDeclaration(parent)
        case .return, .throw: returnStatement(of: parent, keyword() == .throw ? .outer : [])
        case .if, .while, .switch, .synchronized, .catch: header(parent)
        case .for: loop(parent)
        case .try: resources(parent)
        case .else, .do, .finally:
            cursor.position += 1
            body(of: parent)
        case .case, .default: label(parent)
        case .break, .continue, .goto: skipStatement()
        case .assert: cursor.position += 1
        default: plain(parent, isStatic: isStatic)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private mutating func plain(_ parent: NodeID, isStatic: Bool) {
        if cursor.isOpen("{") { return cursor.builder.append(block(), to: parent) }
        if cursor.isAt("@"), keyword(1) == .interface {
            cursor.position += 1
            return classDeclaration(parent)
        }
        if cursor.isAt("record"), cursor.isName(1), isHeader(2) { return classDeclaration(parent) }
        if cursor.isAt("<"), isInClass { skipTypeParameters() }
        if isInClass, cursor.isFreeName(), cursor.isOpen("(", 1), isBody(behind: 1) {
            return method(parent, isStatic: isStatic)
        }
        guard let name = offsetOfDeclaredName() else { return cursor.builder.append(expression(), to: parent) }
        if cursor.isOpen("(", name + 1), isInClass || isBody(behind: name + 1) {
            return method(parent, isStatic: isStatic)
        }
        let isVariable =
            cursor.isAt("=", name + 1) || cursor.isAt(";", name + 1) || cursor.isAt(",", name + 1)
            || cursor.isAt(":", name + 1) || cursor.isOpen("[", name + 1) || cursor.lexeme(name + 1) == nil
        guard isVariable else { return cursor.builder.append(expression(), to: parent) }
        variables(of: parent, isInClass ? .field : .declares)
    }

    /// The name at an offset is followed by what a record's declaration has.
    private func isHeader(_ offset: Int) -> Bool { cursor.isOpen("(", offset) || cursor.isAt("<", offset) }

    /// The parentheses at an offset are followed by a body, or by what stands before one.
    private func isBody(behind offset: Int) -> Bool {
        let behind = cursor.behind(cursor.position + offset) - cursor.position
        return cursor.isOpen("{", behind) || keyword(behind) == .throws
    }

    private mutating func skipTypeParameters() {
        var depth = 0
        while !cursor.isAtEnd {
            if cursor.isAt("<") { depth += 1 }
            if cursor.isAt(">") { depth -= 1 }
            cursor.position += 1
            if depth == 0 { return }
        }
    }

    /// `case A, B ->`, `default:`.
    private mutating func label(_ parent: NodeID) {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt(":"), !cursor.isAt("->"), !cursor.isAt(";") { cursor.skip() }
        cursor.position += 1
    }

    /// `if (condition)`, `while (condition)`, `catch (Type name)`.
    private mutating func header(_ parent: NodeID) {
        let isCatch = keyword() == .catch
        cursor.position += 1
        outsideOfClass { reader in
            if reader.cursor.isOpen("(") {
                reader.inside { reader in
                    if !isCatch { reader.cursor.builder.append(reader.expression(), to: parent) }
                }
            }
            reader.body(of: parent)
        }
    }

    /// `for (Type name : values)`, `for (init; condition; step)`.
    private mutating func loop(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                while reader.isModifier() || reader.cursor.isAt("@") { reader.skipModifier() }
                if let name = reader.offsetOfDeclaredName(), reader.cursor.isAt(":", name + 1) {
                    reader.element(of: block)
                } else {
                    reader.statements(of: block)
                }
            }
        }
        body(of: block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `Type name : values`.
    private mutating func elementBind() -> NodeID {
        let bind = cursor.begin(.bind, [.declares, .element])
        let type = self.type()
        cursor.builder.append(cursor.nameNode(), to: bind)
        cursor.builder.append(type, to: bind)
        cursor.position += 1
        cursor.builder.append(expression(), to: bind)
        cursor.finish(bind)
        return bind
    }

    mutating func element(of collection: NodeID) {
        if cursor.builder[collection].kind == .block { return cursor.builder.append(elementBind(), to: collection) }
        cursor.builder.append(cursor.isOpen("{") ? self.collection() : argument(), to: collection)
    }

    /// `try (Type name = value; value) { … }`.
    private mutating func resources(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        if cursor.isOpen("(") { inside { $0.statements(of: block) } }
        body(of: block)
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    // MARK: Declarations

    /// `import a.b.C;`, `import a.b.*;`, `import static a.b.C.member;`.
    private mutating func imported(_ parent: NodeID) {
        let imported = cursor.begin(.imported)
        cursor.position += 1
        if keyword() == .static { cursor.position += 1 }
        let path = cursor.begin(.literal, [.string, .raw])
        cursor.builder[path].end = cursor.builder[path].start
        while cursor.isName(), cursor.isAt(".", 1) {
            cursor.position += 1
            cursor.builder[path].end = cursor.end
            cursor.position += 1
        }
        cursor.builder.append(path, to: imported)
        if cursor.isAt("*") {
            cursor.builder[imported].flags.insert(.wildcard)
            cursor.position += 1
        } else if let lexeme = cursor.lexeme(), lexeme.kind == .name {
            cursor.setName(imported, lexeme)
            cursor.builder.append(cursor.nameNode(), to: imported)
        }
        cursor.finish(imported)
        cursor.builder.append(imported, to: parent)
        skipStatement()
    }

    private mutating func classDeclaration(_ parent: NodeID) {
        let declaration = cursor.begin(.classDeclaration)
        let isRecord = cursor.isAt("record")
        let isEnum = keyword() == .enum
        cursor.position += 1
        guard cursor.isName() else { return }
        cursor.takeName(declaration)
        if cursor.isAt("<") { skipTypeParameters() }
        if isRecord, cursor.isOpen("(") {
            let constructor = cursor.begin(.function, .constructor)
            typedParameters(of: constructor, isField: true) { $0.isModifier() }
            cursor.finish(constructor)
            cursor.builder.append(constructor, to: declaration)
        }
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") {
            if isTypeWord(0), !cursor.isAt("permits") {
                cursor.builder.append(type(), to: declaration)
            } else {
                cursor.position += 1
            }
        }
        if cursor.isOpen("{") { members(of: declaration, isEnum: isEnum) }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    private mutating func members(of declaration: NodeID, isEnum: Bool) {
        let outer = isInClass
        inside { reader in
            reader.isInClass = true
            if isEnum { reader.constants(of: declaration) }
            reader.statements(of: declaration)
        }
        isInClass = outer
    }

    /// `A(1), B("b") { … };` of an enumeration: fields of the class.
    private mutating func constants(of declaration: NodeID) {
        while !cursor.isAtEnd, !cursor.isAt(";") {
            if cursor.isAt("@"), cursor.isName(1) {
                skipModifier()
            } else if cursor.isFreeName() {
                constant(of: declaration)
            } else {
                cursor.skip()
            }
        }
    }

    /// An object of the class, which is told by its first argument if that is a string, else by its name: so are names
    /// of commands.
    private mutating func constant(of declaration: NodeID) {
        let bind = cursor.begin(.bind, [.field, .isStatic])
        let (start, end) = (cursor.start, cursor.lexeme()?.end ?? cursor.start)
        cursor.builder.append(cursor.nameNode(), to: bind)
        let new = cursor.begin(.new)
        let type = cursor.begin(.type)
        cursor.builder.copyName(of: cursor.builder[declaration], to: type)
        cursor.builder.append(type, to: new)
        var literal = cursor.builder.add(.literal, [.string, .raw], start: start, end: end)
        if cursor.isOpen("(") {
            let own = cursor.isString(1) ? cursor.lexeme(1) : nil
            if let own {
                literal = cursor.builder.add(.literal, .string, start: own.contentStart, end: own.contentEnd)
            }
            outsideOfClass { $0.arguments(of: new) }
        }
        if cursor.isOpen("{") { cursor.skip() }
        cursor.finish(new)
        let choice = cursor.wrap(new, in: .choice)
        cursor.builder.append(literal, to: choice)
        cursor.builder.append(choice, to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: declaration)
    }

    /// A method or constructor; its result's type, if it has one, is at the position.
    private mutating func method(_ parent: NodeID, isStatic: Bool) {
        let isConstructor = cursor.isOpen("(", 1)
        let function = cursor.begin(.function, isStatic ? .isStatic : [])
        let result = isConstructor || keyword() == .void ? NodeID.none : type()
        if result.isNone, !isConstructor { cursor.position += 1 }
        if isConstructor { cursor.builder[function].flags.insert(.constructor) }
        guard cursor.isName() else { return }
        cursor.takeName(function)
        typedParameters(of: function) { $0.isModifier() }
        cursor.builder.append(result, to: function)
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") { cursor.skip() }
        if cursor.isOpen("{") {
            outsideOfClass { $0.cursor.builder.append($0.block(), to: function) }
        }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    // MARK: Expressions

    mutating func ownOperand() -> NodeID? {
        if cursor.isAt("@"), cursor.isName(1) { return annotation() }
        switch keyword() {
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .this: return cursor.constant(.name, .itself)
        case .super: return cursor.constant(.name, .parent)
        case .new: return construction()
        case .switch: return switchValue()
        case nil: break
        default: return isTypeWord(0) && cursor.isName() ? cursor.nameNode() : cursor.begin(.opaque)
        }
        if isClosure("->") { return closure() }
        if cursor.isOpen("("), isCast() { return cast() }
        return nil
    }

    func infix() -> Infix? {
        if keyword() == .instanceof { return .other }
        if cursor.isAt("->") { return nil }
        return commonInfix()
    }

    /// `Type::method`, `object::method`: a closure that calls it.
    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        guard cursor.isAt("::") else { return nil }
        cursor.position += 1
        let function = cursor.builder.add(.function, start: cursor.builder[operand].start, end: cursor.end)
        guard cursor.isName() else { return cursor.wrap(operand, in: .opaque) }
        if keyword() == .new {
            cursor.position += 1
            cursor.builder.append(cursor.wrap(operand, in: .new), to: function)
        } else {
            let member = cursor.wrap(operand, in: .member, .receiver)
            cursor.takeName(member)
            cursor.finish(member)
            cursor.builder.append(cursor.wrap(member, in: .call), to: function)
        }
        cursor.finish(function)
        return function
    }

    /// `@Type(name = value, …)`: an object of the type, which nobody holds.
    private mutating func annotation() -> NodeID {
        let annotation = cursor.begin(.new)
        cursor.position += 1
        cursor.builder.append(cursor.dottedType(), to: annotation)
        if cursor.isOpen("(") {
            outsideOfClass { reader in
                reader.parts(of: annotation) {
                    $0.cursor.isName() && $0.cursor.isAt("=", 1) ? $0.namedArgument() : $0.argument()
                }
            }
        }
        cursor.finish(annotation)
        return annotation
    }

    /// `new Type(arguments) { members }`, `new Type[] {…}`.
    private mutating func construction() -> NodeID {
        let new = cursor.begin(.new)
        cursor.position += 1
        while cursor.isAt("@") { skipModifier() }
        let isList = offsetBehindType(0).map { $0 > 0 && cursor.lexeme($0 - 1)?.kind == .close } ?? false
        let made = type()
        if cursor.isOpen("{"), isList { return collection() }
        cursor.builder.append(made, to: new)
        if cursor.isOpen("(") { arguments(of: new) }
        if cursor.isOpen("{") {
            let members = cursor.begin(.classDeclaration)
            self.members(of: members, isEnum: false)
            cursor.finish(members)
            cursor.builder.append(members, to: new)
        }
        cursor.finish(new)
        return new
    }

    /// `(Type) value`, not `(value) + other`.
    private func isCast() -> Bool {
        let behind = cursor.behind(cursor.position) - cursor.position
        guard let next = cursor.lexeme(behind), isTypeWord(1), behind < 140 else { return false }
        switch next.kind {
        case .name:
            let word = keyword(behind)
            guard word == nil || word == .new || word == .this || word == .super || word == .switch else {
                return false
            }
        case .string, .number: break
        case .open: guard cursor.isOpen("(", behind) else { return false }
        case .sign, .close: return false
        }
        // The type must fill the parentheses, but for `& Other`.
        guard let end = offsetBehindType(1) else { return false }
        return end == behind - 1 || cursor.isAt("&", end)
    }

    private mutating func cast() -> NodeID {
        let cast = cursor.begin(.cast)
        inside { $0.cursor.builder.append($0.type(), to: cast) }
        cursor.builder.append(operand(), to: cast)
        cursor.finish(cast)
        return cast
    }

    private mutating func closure() -> NodeID {
        let function = cursor.begin(.function)
        if cursor.isOpen("(") {
            typedParameters(of: function) { $0.isModifier() }
        } else {
            let parameter = cursor.begin(.parameter)
            cursor.takeName(parameter)
            cursor.finish(parameter)
            cursor.builder.append(parameter, to: function)
        }
        cursor.position += 1
        outsideOfClass { $0.closureBody(of: function) }
        return function
    }

    /// `switch (value) { case A -> value; … }`.
    private mutating func switchValue() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        if cursor.isOpen("(") { cursor.skip() }
        if cursor.isOpen("{") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    let before = reader.cursor.position
                    if reader.keyword() == .case || reader.keyword() == .default {
                        reader.label(choice)
                    } else if reader.cursor.isOpen("{") {
                        reader.cursor.builder.append(reader.block(), to: choice)
                    } else {
                        reader.cursor.builder.append(reader.expression(), to: choice)
                    }
                    if reader.cursor.isAt(";") { reader.cursor.position += 1 }
                    if reader.cursor.position == before { reader.cursor.skip() }
                }
            }
        }
        cursor.finish(choice)
        return choice
    }

    /// `name<Type>(…)`, `object.<Type>method()`: the arguments of the type are passed over.
    mutating func member(_ object: NodeID, _ flags: SyntaxNode.Flags) -> NodeID? {
        if cursor.isAt(".") && cursor.isAt("<", 1) {
            cursor.position += 1
            skipTypeParameters()
            guard cursor.isName() else { return nil }
            cursor.position -= 1
        }
        guard cursor.isName(1) else { return nil }
        cursor.position += 1
        if keyword() == .new {
            let inner = construction()
            cursor.builder.append(object, to: inner)
            return inner
        }
        if keyword() == .class { return constantMember(object) }
        if keyword() == .this || keyword() == .super {
            return cursor.constant(.name, keyword() == .this ? .itself : .parent)
        }
        let member = cursor.wrap(object, in: .member, flags)
        cursor.takeName(member)
        cursor.finish(member)
        return member
    }

    private mutating func constantMember(_ object: NodeID) -> NodeID {
        cursor.position += 1
        return cursor.wrap(object, in: .opaque)
    }

    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, .elements)
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.element(of: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }
}
