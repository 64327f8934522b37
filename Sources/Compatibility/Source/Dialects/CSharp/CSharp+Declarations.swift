// Classes and their members.

extension CSharpReader {
    /// `class Name<T>(parameters) : Base(arguments), Interface where T : … { members }`.
    mutating func classDeclaration(_ parent: NodeID) {
        let declaration = cursor.begin(.classDeclaration)
        let isEnum = keyword() == .enum
        cursor.position += 1
        // `record class`, `record struct`.
        if keyword() == .class || keyword() == .struct { cursor.position += 1 }
        guard cursor.isName() else { return }
        cursor.takeName(declaration)
        skipTypeParameters()
        if cursor.isOpen("(") {
            let constructor = cursor.begin(.function, .constructor)
            parameters(of: constructor, isField: true)
            cursor.finish(constructor)
            cursor.builder.append(constructor, to: declaration)
        }
        bases(of: declaration)
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") { cursor.skip() }
        if cursor.isOpen("{") {
            if isEnum { cursor.skip() } else { members(of: declaration) }
        }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    private mutating func bases(of declaration: NodeID) {
        guard cursor.isAt(":") else { return }
        cursor.position += 1
        while !cursor.isAtEnd, isTypeWord(0), !(cursor.isAt("where") && cursor.isAt(":", 2)) {
            cursor.builder.append(type(), to: declaration)
            if cursor.isOpen("(") { cursor.builder.append(callOfBase(), to: declaration) }
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// The arguments at the position are given to the constructor of the base.
    private mutating func callOfBase() -> NodeID {
        let call = cursor.begin(.call)
        cursor.builder.append(cursor.begin(.name, .parent), to: call)
        arguments(of: call)
        cursor.finish(call)
        return call
    }

    private mutating func members(of declaration: NodeID) {
        let outer = isInClass
        isInClass = true
        inside { $0.statements(of: declaration) }
        isInClass = outer
    }

    /// A field, property, event, method, constructor or indexer; or a function of a block.
    mutating func classMember(_ parent: NodeID, _ flags: SyntaxNode.Flags) {
        if cursor.isAt("~") { cursor.position += 1 }
        let start = cursor.position
        if cursor.isFreeName(), cursor.isOpen("(", 1) { return method(parent, flags.union(.constructor), type: -1) }
        let tupleEnd = cursor.isOpen("(") ? cursor.behind(start) - start : nil
        guard var behind = tupleEnd ?? offsetBehindType(0), behind > 0 else { return skipMember() }
        if tupleEnd != nil, cursor.isAt("?", behind) { behind += 1 }
        cursor.position += behind
        skipInterface()
        guard cursor.isName(), keyword() != .this, keyword() != .operator else {
            cursor.position = start + behind
            return anonymousMember(parent)
        }
        if cursor.isOpen("(", 1) || cursor.isAt("<", 1) { return method(parent, flags, type: start) }
        if cursor.isOpen("{", 1) || cursor.isAt("=>", 1) { return property(parent, flags, type: start) }
        if tupleEnd != nil { return skipMember() }
        cursor.position = start
        declarations(of: parent, isInClass ? flags.union(.field) : .declares)
    }

    private mutating func skipMember() {
        while !cursor.isAtEnd, !cursor.isAt(";") {
            let isBody = cursor.isOpen("{")
            cursor.skip()
            if isBody { return }
        }
    }

    /// Goes past `Interface.` before the name of a member.
    private mutating func skipInterface() {
        while cursor.isName(), cursor.isAt(".", 1) { cursor.position += 2 }
        guard cursor.isName(), cursor.isAt("<", 1), let behind = offsetBehindType(0), behind > 2 else { return }
        if cursor.lexeme(behind - 1)?.kind == .name { cursor.position += behind - 1 }
    }

    /// An indexer, operator or conversion: what it does is read, and nobody calls it.
    mutating func anonymousMember(_ parent: NodeID) {
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt("=>"), !cursor.isAt(";") { cursor.skip() }
        let function = cursor.begin(.function)
        bodies(of: function)
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    /// A method, constructor or function whose name is at the position.
    ///
    /// - Parameter type: where its result's type is written; -1 if it has none.
    private mutating func method(_ parent: NodeID, _ flags: SyntaxNode.Flags, type start: Int) {
        let function = cursor.begin(.function, flags)
        cursor.takeName(function)
        skipTypeParameters()
        if cursor.isOpen("(") { parameters(of: function) }
        if start >= 0, cursor.lexemes[start].keyword == 0 || cursor.lexemes[start].kind == .open {
            cursor.builder.append(type(at: start), to: function)
        }
        outsideOfClass { reader in
            if reader.cursor.isAt(":"), reader.keyword(1) == .base || reader.keyword(1) == .this {
                reader.constructorBody(of: function)
            } else {
                reader.skipToBody()
                reader.bodies(of: function)
            }
        }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    private mutating func skipToBody() {
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt("=>"), !cursor.isAt(";") { cursor.skip() }
    }

    /// `: base(arguments) { statements }`.
    private mutating func constructorBody(of function: NodeID) {
        let body = cursor.begin(.block, .scope)
        let isBase = keyword(1) == .base
        cursor.position += 2
        if cursor.isOpen("(") {
            let call = callOfBase()
            cursor.builder.append(isBase ? call : cursor.wrap(call, in: .opaque), to: body)
        }
        if cursor.isOpen("{") {
            inside { $0.statements(of: body) }
        } else if cursor.isAt("=>") {
            cursor.position += 1
            cursor.builder.append(expression(), to: body)
        }
        cursor.finish(body)
        cursor.builder.append(body, to: function)
    }

    /// `=> value`, or statements in braces.
    private mutating func bodies(of function: NodeID) {
        outsideOfClass { reader in
            if reader.cursor.isAt("=>") {
                reader.cursor.position += 1
                reader.cursor.builder.append(reader.expression(), to: function)
            } else if reader.cursor.isOpen("{") {
                if reader.isAccessor(1) {
                    reader.accessors(of: function)
                } else {
                    reader.cursor.builder.append(reader.block(), to: function)
                }
            }
        }
    }

    /// `Type Name { get; set; } = value`, `Type Name => value`, the name being at the position: a field, and a function
    /// that gives it, if it has a body.
    private mutating func property(_ parent: NodeID, _ flags: SyntaxNode.Flags, type start: Int) {
        let bind = cursor.begin(.bind, flags.union(.field))
        let name = cursor.lexeme()
        cursor.builder.append(cursor.nameNode(), to: bind)
        cursor.builder.append(type(at: start), to: bind)
        let function = cursor.begin(.function, .property)
        if let name { cursor.setName(function, name) }
        bodies(of: function)
        cursor.finish(function)
        if cursor.isAt("=") {
            cursor.position += 1
            let outer = targetType
            targetType = start
            cursor.builder.append(initialValue(), to: bind)
            targetType = outer
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
        if !cursor.builder[function].firstChild.isNone { cursor.builder.append(function, to: parent) }
    }

    /// `get`, `private set`, `[Attribute] init`.
    private func isAccessor(_ offset: Int) -> Bool {
        let lexemes = cursor.lexemes
        var next = cursor.position + offset
        let limit = min(lexemes.count, next + 8)
        while next < limit {
            switch lexemes[next].kind {
            case .open: next = cursor.behind(next)
            case .name where lexemes[next].keyword > 0: next += 1
            case .name:
                let word = next - cursor.position
                let isWord =
                    cursor.isAt("get", word) || cursor.isAt("set", word) || cursor.isAt("init", word)
                    || cursor.isAt("add", word) || cursor.isAt("remove", word)
                return isWord
                    && (cursor.isAt(";", word + 1) || cursor.isAt("=>", word + 1) || cursor.isOpen("{", word + 1))
            default: return false
            }
        }
        return false
    }

    private mutating func accessors(of function: NodeID) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                while reader.cursor.isOpen("[") || (reader.cursor.isName() && reader.keyword() != nil) {
                    reader.cursor.skip()
                }
                let isGetter = reader.cursor.isAt("get")
                reader.cursor.position += 1
                if reader.cursor.isAt("=>") {
                    let block = reader.cursor.begin(.block, .scope)
                    let result = reader.cursor.begin(isGetter ? .returned : .opaque)
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.expression(), to: result)
                    reader.cursor.finish(result)
                    reader.cursor.builder.append(result, to: block)
                    reader.cursor.finish(block)
                    reader.cursor.builder.append(block, to: function)
                } else if reader.cursor.isOpen("{") {
                    reader.cursor.builder.append(reader.block(), to: function)
                }
                if reader.cursor.isAt(";") { reader.cursor.position += 1 }
            }
        }
    }

    /// `([Attribute] this Type name, ref Type name = value)` at the position.
    mutating func parameters(of function: NodeID, isField: Bool = false) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                var flags: SyntaxNode.Flags = isField ? .field : []
                while reader.isParameterModifier() {
                    if reader.keyword() == .this { flags.insert(.receiver) }
                    reader.cursor.skip()
                }
                let parameter = reader.cursor.begin(.parameter, flags)
                if reader.cursor.isOpen("(") {
                    reader.cursor.builder.append(reader.tupleType(), to: parameter)
                } else if reader.offsetOfDeclaredName() != nil {
                    reader.cursor.builder.append(reader.type(), to: parameter)
                }
                if reader.cursor.isName() { reader.cursor.takeName(parameter) }
                if reader.cursor.isAt("=") {
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.expression(), to: parameter)
                }
                reader.cursor.finish(parameter)
                reader.cursor.builder.append(parameter, to: function)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
    }

    private func isParameterModifier() -> Bool {
        if cursor.isOpen("[") { return true }
        switch keyword() {
        case .in, .out, .params, .ref, .this, .readonly: return true
        default: return cursor.isAt("scoped") && cursor.isName(1) && cursor.isName(2)
        }
    }
}
