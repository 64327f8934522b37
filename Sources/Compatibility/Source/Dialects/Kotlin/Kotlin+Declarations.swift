// Classes, functions and properties.

extension KotlinReader {
    /// `class Name<T> @Inject constructor(val client: Type) : Base(arguments), Other by value { members }`; the keyword is at
    /// the position.
    mutating func classDeclaration(_ parent: NodeID, isEnum: Bool) {
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        guard cursor.isName() else { return }
        cursor.takeName(declaration)
        skipTypeParameters()
        while isModifier() { skipModifier() }
        if cursor.isAt("constructor") { cursor.position += 1 }
        if cursor.isOpen("("), !cursor.startsLine() || isInClass {
            let constructor = cursor.begin(.function, .constructor)
            parameters(of: constructor, isField: true)
            cursor.finish(constructor)
            cursor.builder.append(constructor, to: declaration)
        }
        bases(of: declaration)
        if cursor.isAt("where"), cursor.isName(1) {
            while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") { cursor.skip() }
        }
        if cursor.isOpen("{") { members(of: declaration, isEnum: isEnum) }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    /// `: Base(arguments), Other<T> by value`.
    mutating func bases(of declaration: NodeID) {
        guard cursor.isAt(":") else { return }
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isOpen("{") {
            while isModifier() { skipModifier() }
            guard cursor.isName() || cursor.isOpen("(") else { return }
            cursor.builder.append(type(), to: declaration)
            if cursor.isOpen("("), !cursor.startsLine() { cursor.builder.append(callOfBase(), to: declaration) }
            if cursor.isAt("by") {
                cursor.position += 1
                // `by value` gives the class the members of the value: it is as if it had its type.
                outsideOfClass { reader in
                    let value = reader.operandWithoutBlock()
                    reader.cursor.builder.append(reader.cursor.wrap(value, in: .opaque), to: declaration)
                }
            }
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    private mutating func operandWithoutBlock() -> NodeID {
        guard cursor.isName() else { return cursor.begin(.opaque) }
        var value = cursor.nameNode()
        while cursor.isAt(".") || cursor.isOpen("("), !cursor.startsLine() {
            if cursor.isOpen("(") {
                let call = cursor.wrap(value, in: .call)
                arguments(of: call)
                cursor.finish(call)
                value = call
            } else if let next = member(value, []) {
                value = next
            } else {
                break
            }
        }
        return value
    }

    /// The arguments at the position are given to the constructor of the base.
    private mutating func callOfBase() -> NodeID {
        let call = cursor.begin(.call)
        cursor.builder.append(cursor.begin(.name, .parent), to: call)
        outsideOfClass { $0.arguments(of: call) }
        cursor.finish(call)
        return call
    }

    mutating func members(of declaration: NodeID, isEnum: Bool) {
        let outer = isInClass
        isInClass = true
        inside(linesMatter: true) { reader in
            if isEnum { while !reader.cursor.isAtEnd, !reader.cursor.isAt(";") { reader.cursor.skip() } }
            reader.statements(of: declaration)
        }
        isInClass = outer
    }

    /// `companion object : Base() { members }`: what it has is the class's own.
    mutating func companion(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isName(), !cursor.startsLine() { cursor.position += 1 }
        if cursor.isAt(":") {
            let unused = cursor.begin(.classDeclaration)
            bases(of: unused)
        }
        if cursor.isOpen("{"), !cursor.startsLine() { members(of: parent, isEnum: false) }
    }

    /// `constructor(parameters) : super(arguments) { statements }`.
    mutating func constructor(_ parent: NodeID) {
        let function = cursor.begin(.function, .constructor)
        cursor.position += 1
        parameters(of: function)
        let body = cursor.begin(.block, .scope)
        if cursor.isAt(":"), keyword(1) == .super || keyword(1) == .this {
            let isBase = keyword(1) == .super
            cursor.position += 2
            if cursor.isOpen("(") {
                let call = callOfBase()
                cursor.builder.append(isBase ? call : cursor.wrap(call, in: .opaque), to: body)
            }
        }
        if cursor.isOpen("{"), !cursor.startsLine() {
            outsideOfClass { $0.inside(linesMatter: true) { $0.statements(of: body) } }
        }
        cursor.finish(body)
        cursor.builder.append(body, to: function)
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    /// `fun <T> Receiver.name(parameters): Type = value`, `fun name() { statements }`.
    mutating func function(_ parent: NodeID) {
        let function = cursor.begin(.function)
        cursor.position += 1
        skipTypeParameters()
        receiver(of: function)
        guard cursor.isName() || cursor.isString(), let name = cursor.lexeme() else { return }
        cursor.setName(function, name)
        cursor.position += 1
        if cursor.isOpen("(") { parameters(of: function) }
        if cursor.isAt(":") {
            cursor.position += 1
            cursor.builder.append(type(), to: function)
        }
        if cursor.isAt("where"), cursor.isName(1) {
            while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt("=") { cursor.skip() }
        }
        outsideOfClass { $0.functionBody(of: function) }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    /// `= value`, or statements in braces.
    private mutating func functionBody(of function: NodeID) {
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: function)
        } else if cursor.isOpen("{") {
            cursor.builder.append(block(), to: function)
        }
    }

    /// `Receiver.` before the name of a function or property: its parameter.
    private mutating func receiver(of function: NodeID) {
        guard let dot = dotBeforeName(), dot > 0 else { return }
        let parameter = cursor.begin(.parameter, .receiver)
        let limit = cursor.limit
        cursor.limit = cursor.position + dot
        cursor.builder.append(type(), to: parameter)
        cursor.position = cursor.limit + 1
        cursor.limit = limit
        cursor.finish(parameter)
        cursor.builder.append(parameter, to: function)
    }

    /// The offset of the dot before the name; nil if there is none.
    private func dotBeforeName() -> Int? {
        var next = 0
        var dot: Int?
        while next < 60, let lexeme = cursor.lexeme(next) {
            switch lexeme.kind {
            case .open where cursor.isOpen("(", next): return dot
            case .sign where cursor.isAt(".", next) || cursor.isAt("?.", next): dot = next
            case .sign
            where cursor.isAt("<", next) || cursor.isAt(">", next) || cursor.isAt(",", next)
                || cursor.isAt("?", next) || cursor.isAt("*", next):
                break
            case .name, .string: break
            default: return dot
            }
            next += 1
        }
        return nil
    }

    /// `(@Named("a") private val name: Type = value, vararg other: Type)` at the position.
    mutating func parameters(of function: NodeID, isField: Bool = false) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                while reader.isModifier() { reader.skipModifier() }
                if reader.keyword() == .val || reader.keyword() == .var { reader.cursor.position += 1 }
                let parameter = reader.cursor.begin(.parameter, isField ? .field : [])
                if reader.cursor.isName() || reader.cursor.isString() { reader.cursor.takeName(parameter) }
                if reader.cursor.isAt(":") {
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.type(), to: parameter)
                }
                if reader.cursor.isAt("=") {
                    reader.cursor.position += 1
                    reader.outsideOfClass { $0.cursor.builder.append($0.expression(), to: parameter) }
                }
                reader.cursor.finish(parameter)
                reader.cursor.builder.append(parameter, to: function)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
    }

    /// `val name: Type = value`, `var name by delegate`, `val (first, second) = value`, `val Receiver.name: Type get() = …`.
    mutating func property(_ parent: NodeID) {
        let flags: SyntaxNode.Flags = isInClass ? .field : .declares
        cursor.position += 1
        skipTypeParameters()
        let holder = cursor.begin(.function, .property)
        if !cursor.isOpen("(") { receiver(of: holder) }
        let isExtension = !cursor.builder[holder].firstChild.isNone
        let bind = cursor.begin(.bind, flags)
        let name = cursor.lexeme()
        guard cursor.isOpen("(") || cursor.isName() || cursor.isString() else { return }
        cursor.builder.append(cursor.isOpen("(") ? group() : propertyName(), to: bind)
        if cursor.isAt(":") {
            cursor.position += 1
            let type = self.type()
            cursor.builder.append(type, to: isExtension ? holder : bind)
        }
        if cursor.isAt("=") || cursor.isAt("by") {
            cursor.position += 1
            outsideOfClass { $0.cursor.builder.append($0.expression(), to: bind) }
        }
        cursor.finish(bind)
        if !isExtension { cursor.builder.append(bind, to: parent) }
        if cursor.isAt(";") { cursor.position += 1 }
        while isAccessor() {
            if isExtension, let name {
                cursor.setName(holder, name)
                accessor(holder, parent)
            } else {
                accessor(.none, parent, name)
            }
        }
    }

    private mutating func propertyName() -> NodeID {
        let node = cursor.begin(.name)
        cursor.takeName(node)
        cursor.finish(node)
        return node
    }

    /// `get() = value`, `private set`, `set(value) { … }`.
    func isAccessor() -> Bool {
        var next = 0
        while next < 3, cursor.isName(next), !cursor.isAt("get", next), !cursor.isAt("set", next) {
            guard cursor.isAt("private", next) || cursor.isAt("protected", next) || cursor.isAt("internal", next) else {
                return false
            }
            next += 1
        }
        guard cursor.isAt("get", next) || cursor.isAt("set", next) else { return false }
        guard cursor.isOpen("(", next + 1) else { return next > 0 }
        let behind = cursor.behind(cursor.position + next + 1) - cursor.position
        return cursor.isAt("=", behind) || cursor.isAt(":", behind) || cursor.isOpen("{", behind)
    }

    /// - Parameter holder: the function that the accessor of an extension is; none of a property.
    mutating func accessor(_ holder: NodeID, _ parent: NodeID, _ name: Lexeme? = nil) {
        while !cursor.isAt("get"), !cursor.isAt("set"), !cursor.isAtEnd { cursor.position += 1 }
        let isGetter = cursor.isAt("get")
        cursor.position += 1
        guard cursor.isOpen("(") else { return }
        let function = holder.isNone || !isGetter ? cursor.begin(.function, isGetter ? .property : []) : holder
        if isGetter, holder.isNone, let name { cursor.setName(function, name) }
        parameters(of: function)
        if cursor.isAt(":") {
            cursor.position += 1
            cursor.builder.append(type(), to: function)
        }
        outsideOfClass { $0.functionBody(of: function) }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    // MARK: Types

    /// `a.b.Type<A, in B>?`, `(A) -> B`, `A.(B) -> C`, `suspend () -> A`.
    mutating func type() -> NodeID {
        guard cursor.depth < LexemeCursor.maximumDepth else { return cursor.begin(.type) }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        while cursor.isAt("@") { skipModifier() }
        while cursor.isAt("suspend") || keyword() == .in || cursor.isAt("out") || cursor.isAt("reified"),
            cursor.isName(1) || cursor.isOpen("(", 1)
        {
            cursor.position += 1
        }
        if cursor.isOpen("(") {
            let behind = cursor.behind(cursor.position) - cursor.position
            if cursor.isAt("->", behind) { return functionType(.none) }
            var inner = NodeID.none
            inside { inner = $0.type() }
            if cursor.isAt("?") { cursor.position += 1 }
            return inner.isNone ? cursor.begin(.type) : inner
        }
        guard cursor.isName() else {
            let type = cursor.begin(.type)
            if cursor.isAt("*") { cursor.position += 1 }
            return type
        }
        let type = cursor.dottedType()
        if cursor.isAt("<") { typeArguments(of: type) }
        if cursor.isAt("?") { cursor.position += 1 }
        if cursor.isAt(".") || cursor.isAt("?."), cursor.isOpen("(", 1) {
            cursor.position += 1
            let behind = cursor.behind(cursor.position) - cursor.position
            if cursor.isAt("->", behind) { return functionType(type) }
        }
        return type
    }

    mutating func typeArguments(of type: NodeID) {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt(">") {
            let before = cursor.position
            cursor.builder.append(self.type(), to: type)
            while !cursor.isAtEnd, !cursor.isAt(","), !cursor.isAt(">") { cursor.skip() }
            if cursor.isAt(",") { cursor.position += 1 }
            if cursor.position == before { cursor.position += 1 }
        }
        if cursor.isAt(">") { cursor.position += 1 }
        cursor.finish(type)
    }

    /// `Receiver.(name: Type) -> Type`, the parentheses being at the position.
    private mutating func functionType(_ receiver: NodeID) -> NodeID {
        let callable = cursor.begin(.type, .callable)
        if !receiver.isNone {
            let parameter = cursor.wrap(receiver, in: .parameter, .receiver)
            cursor.builder.append(parameter, to: callable)
        }
        inside { reader in
            while !reader.cursor.isAtEnd {
                let parameter = reader.cursor.begin(.parameter)
                if reader.cursor.isName(), reader.cursor.isAt(":", 1) { reader.cursor.position += 2 }
                reader.cursor.builder.append(reader.type(), to: parameter)
                reader.cursor.builder.append(parameter, to: callable)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        if cursor.isAt("->") {
            cursor.position += 1
            cursor.builder.append(type(), to: callable)
        }
        cursor.finish(callable)
        return callable
    }
}
