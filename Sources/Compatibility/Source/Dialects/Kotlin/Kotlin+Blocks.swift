// Expressions with statements inside.
extension KotlinReader {
    /// `{ name, other: Type -> statements }`, `{ it.statements }`.
    mutating func closure() -> NodeID {
        let function = cursor.begin(.function, .lastIsResult)
        outsideOfClass { reader in
            reader.inside(linesMatter: true) { reader in
                reader.closureParameters(of: function)
                let body = reader.cursor.begin(.block, .scope)
                reader.statements(of: body)
                reader.cursor.finish(body)
                reader.cursor.builder.append(body, to: function)
            }
        }
        cursor.finish(function)
        return function
    }

    private mutating func closureParameters(of function: NodeID) {
        guard let arrow = offsetOfArrow() else {
            let parameter = cursor.begin(.parameter)
            cursor.builder[parameter].name = Self.implicit
            cursor.builder.append(parameter, to: function)
            return
        }
        let end = cursor.position + arrow
        while cursor.position < end {
            let parameter = cursor.begin(.parameter)
            if cursor.isName() {
                cursor.takeName(parameter)
            } else {
                cursor.skip()
            }
            if cursor.isAt(":") {
                cursor.position += 1
                cursor.builder.append(type(), to: parameter)
            }
            cursor.finish(parameter)
            cursor.builder.append(parameter, to: function)
            while cursor.position < end, !cursor.isAt(",") { cursor.skip() }
            if cursor.position < end { cursor.position += 1 }
        }
        cursor.position = end + 1
    }

    private static let implicit = Identifier("it")

    /// The offset of the arrow behind the parameters of a closure; nil where it has none written.
    private func offsetOfArrow() -> Int? {
        var next = 0
        while next < 60, let lexeme = cursor.lexeme(next) {
            switch lexeme.kind {
            case .sign:
                if cursor.isAt("->", next) { return next }
                guard
                    cursor.isAt(",", next) || cursor.isAt(":", next) || cursor.isAt(".", next) || cursor.isAt("<", next)
                        || cursor.isAt(">", next) || cursor.isAt("?", next) || cursor.isAt("*", next)
                else { return nil }
            case .open:
                guard cursor.isOpen("(", next) else { return nil }
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            case .name:
                guard lexeme.keyword == 0 || keyword(next) == .in else { return nil }
            case .string, .number, .close: return nil
            }
            next += 1
        }
        return nil
    }

    /// `if (condition) value else value`.
    mutating func condition() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                let condition = reader.expression()
                reader.cursor.builder.append(reader.cursor.wrap(condition, in: .opaque), to: choice)
            }
        }
        branch(of: choice)
        if cursor.isAt(";"), keyword(1) == .else { cursor.position += 1 }
        if keyword() == .else {
            cursor.position += 1
            branch(of: choice)
        }
        cursor.finish(choice)
        return choice
    }

    /// A block or one statement, which may be a value.
    private mutating func branch(of choice: NodeID) {
        guard !cursor.isAtEnd, keyword() != .else else { return }
        if cursor.isOpen("{") { return cursor.builder.append(block(), to: choice) }
        nested { $0.cursor.builder.append($0.expression(), to: choice) }
    }

    /// `when (val name = value) { condition, is Type -> value; else -> value }`.
    mutating func selection() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        let outer = cursor.begin(.block, .scope)
        if cursor.isOpen("(") { inside { $0.statements(of: outer) } }
        if cursor.isOpen("{") {
            inside(linesMatter: true) { reader in
                while !reader.cursor.isAtEnd {
                    let before = reader.cursor.position
                    reader.case(of: choice)
                    if reader.cursor.isAt(";") { reader.cursor.position += 1 }
                    if reader.cursor.position == before { reader.cursor.skip() }
                }
            }
        }
        cursor.finish(choice)
        cursor.finish(outer)
        guard !cursor.builder[outer].firstChild.isNone else { return choice }
        cursor.builder.append(choice, to: outer)
        return outer
    }

    private mutating func `case`(of choice: NodeID) {
        while !cursor.isAtEnd, !cursor.isAt("->") {
            let before = cursor.position
            if keyword() == .is || keyword() == .in || keyword() == .else || cursor.isAt(",") {
                cursor.position += 1
                if keyword() == nil, cursor.isName() { _ = type() }
            } else {
                let condition = expression()
                cursor.builder.append(cursor.wrap(condition, in: .opaque), to: choice)
            }
            if cursor.position == before { cursor.skip() }
        }
        cursor.position += 1
        branch(of: choice)
    }

    /// `try { value } catch (name: Type) { value } finally { … }`.
    mutating func attempt() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        if cursor.isOpen("{") { cursor.builder.append(block(), to: choice) }
        while cursor.isAt("catch"), cursor.isOpen("(", 1) {
            cursor.position += 1
            cursor.skip()
            if cursor.isOpen("{") { cursor.builder.append(block(), to: choice) }
        }
        if cursor.isAt("finally"), cursor.isOpen("{", 1) {
            cursor.position += 1
            let last = block()
            cursor.builder.append(cursor.wrap(last, in: .opaque), to: choice)
        }
        cursor.finish(choice)
        return choice
    }

    /// `object : Type(arguments) { members }`.
    mutating func anonymousObject() -> NodeID {
        let new = cursor.begin(.new)
        cursor.position += 1
        if cursor.isAt(":") {
            cursor.position += 1
            cursor.builder.append(type(), to: new)
            if cursor.isOpen("(") { arguments(of: new) }
            while cursor.isAt(",") {
                cursor.position += 1
                _ = type()
            }
        } else {
            cursor.builder.append(cursor.begin(.type), to: new)
        }
        if cursor.isOpen("{") {
            let declaration = cursor.begin(.classDeclaration)
            members(of: declaration, isEnum: false)
            cursor.finish(declaration)
            cursor.builder.append(declaration, to: new)
        }
        cursor.finish(new)
        return new
    }

    /// `fun(name: Type): Type { statements }` as a value.
    mutating func anonymousFunction() -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        if cursor.isOpen("(") { parameters(of: function) }
        if cursor.isAt(":") {
            cursor.position += 1
            cursor.builder.append(type(), to: function)
        }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: function)
        } else if cursor.isOpen("{") {
            outsideOfClass { $0.cursor.builder.append($0.block(), to: function) }
        }
        cursor.finish(function)
        return function
    }
}
