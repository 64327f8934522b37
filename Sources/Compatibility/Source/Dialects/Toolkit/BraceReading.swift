/// Reads statements in braces as many languages write them.
///
/// A dialect's reader says what is its own.
protocol BraceReading: ExpressionReading {
    /// The end of a line may end a statement.
    static var linesEndStatements: Bool { get }

    /// A declaration or statement; a reader that does not understand goes past something.
    mutating func statement(of parent: NodeID)
}

extension BraceReading {
    /// Reads statements up to the end of the present brackets.
    mutating func statements(of parent: NodeID) {
        while !cursor.isAtEnd {
            let before = cursor.position
            statement(of: parent)
            // Whatever it is, it does not hold up what follows.
            if cursor.position == before { cursor.skip() }
        }
    }

    /// `{ statements }` at the position, as a node.
    mutating func block(_ flags: SyntaxNode.Flags = .scope) -> NodeID {
        let block = cursor.begin(.block, flags)
        inside(linesMatter: Self.linesEndStatements) { $0.statements(of: block) }
        cursor.finish(block)
        return block
    }

    /// A statement or a block behind a header, as a block of its own.
    mutating func body(of parent: NodeID) {
        if cursor.isOpen("{") { return cursor.builder.append(block(), to: parent) }
        let block = cursor.begin(.block, .scope)
        nested { reader in
            if !reader.cursor.isAtEnd { reader.statement(of: block) }
        }
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `return value`, the keyword being at the position.
    mutating func returnStatement(of parent: NodeID, _ flags: SyntaxNode.Flags = []) {
        let result = cursor.begin(.returned, flags)
        cursor.position += 1
        if !endsExpression(), !cursor.isAt(";") { cursor.builder.append(expression(), to: result) }
        cursor.finish(result)
        cursor.builder.append(result, to: parent)
    }

    /// Goes past what is left of a statement.
    mutating func skipStatement() {
        while !cursor.isAtEnd, !cursor.isAt(";") {
            if cursor.startsLine() { return }
            cursor.skip()
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    /// The arrow of a closure is behind the parentheses or the name at the position.
    func isClosure(_ arrow: StaticString) -> Bool {
        if cursor.isName() { return cursor.isAt(arrow, 1) }
        guard cursor.isOpen("(") else { return false }
        return cursor.isAt(arrow, cursor.behind(cursor.position) - cursor.position)
    }

    /// A closure's body after its arrow: statements in braces, or a value.
    mutating func closureBody(of function: NodeID) {
        if cursor.isOpen("{") {
            cursor.builder.append(block(), to: function)
        } else {
            nested { $0.cursor.builder.append($0.expression(), to: function) }
        }
        cursor.finish(function)
    }
}

/// A reader that takes declarations in a class for members of it.
protocol ClassReading: BraceReading {
    /// What is read now are the members of a class.
    var isInClass: Bool { get set }
}

extension ClassReading {

    mutating func outsideOfClass(_ read: (inout Self) -> Void) {
        let outer = isInClass
        isInClass = false
        read(&self)
        isInClass = outer
    }
}

/// Reads declarations that begin with a type, as `Jedis client = pool.getResource()`.
protocol TypeFirstReading: ClassReading {
    /// The word at an offset can begin or be a part of a type: a name, or one of the language's own types.
    func isTypeWord(_ offset: Int) -> Bool
}

extension TypeFirstReading {
    func isTypeWord(_ offset: Int) -> Bool { cursor.isFreeName(offset) }

    /// The offset behind a type that begins at an offset; nil where none does.
    ///
    /// Looks at a limited number of lexemes.
    func offsetBehindType(_ offset: Int) -> Int? {
        guard isTypeWord(offset) else { return nil }
        var next = offset + 1
        while (cursor.isAt(".", next) || cursor.isAt("::", next)), isTypeWord(next + 1) { next += 2 }
        if cursor.isAt("<", next) {
            guard let behind = offsetBehindArguments(next) else { return nil }
            next = behind
            while cursor.isAt(".", next), isTypeWord(next + 1) { next += 2 }
        }
        while true {
            if cursor.isOpen("[", next) {
                let behind = cursor.behind(cursor.position + next) - cursor.position
                guard behind <= next + 4 else { return nil }
                next = behind
            } else if cursor.isAt("?", next) || cursor.isAt("...", next) || cursor.isAt("*", next)
                || cursor.isAt("&", next)
            {
                next += 1
            } else {
                return next
            }
        }
    }

    /// The offset behind `<A, B<C>>`, the first sign being at an offset.
    private func offsetBehindArguments(_ offset: Int) -> Int? {
        var depth = 0
        var next = offset
        while next < offset + 120, let lexeme = cursor.lexeme(next) {
            if cursor.isAt("<", next) {
                depth += 1
            } else if cursor.isAt(">", next) {
                depth -= 1
                if depth == 0 { return next + 1 }
            } else if cursor.isOpen("(", next) {
                // `List<(int, string)>`.
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            } else if lexeme.kind == .open || lexeme.kind == .close {
                guard cursor.text[Int(lexeme.start)] | 0x06 == 0x5F else { return nil }
            } else if lexeme.kind == .string || lexeme.kind == .number || cursor.isAt(";", next)
                || cursor.isAt("=", next)
                || cursor.isAt("&&", next) || cursor.isAt("||", next)
            {
                return nil
            }
            next += 1
        }
        return nil
    }

    /// A type and a name after it: what is declared is at the offset given back.
    func offsetOfDeclaredName() -> Int? {
        guard let name = offsetBehindType(0), cursor.isName(name) else { return nil }
        return name
    }

    /// The type at the position.
    mutating func type() -> NodeID {
        guard isTypeWord(0) else { return cursor.begin(.opaque) }
        var type = cursor.nameNode(.type)
        while cursor.isAt(".") || cursor.isAt("::"), isTypeWord(1) {
            type = cursor.qualified(type)
        }
        if cursor.isAt("<"), offsetBehindArguments(0) != nil { typeArguments(of: type) }
        while cursor.isOpen("[") || cursor.isAt("?") || cursor.isAt("*") || cursor.isAt("&") || cursor.isAt("...") {
            let isList = cursor.isOpen("[") || cursor.isAt("...")
            cursor.skip()
            if isList { type = cursor.wrap(type, in: .type, .elements) }
        }
        cursor.finish(type)
        return type
    }

    /// `<A, ? extends B>`, the first sign being at the position.
    mutating func typeArguments(of type: NodeID) {
        cursor.position += 1
        guard cursor.depth < LexemeCursor.maximumDepth else { return }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        while !cursor.isAtEnd, !cursor.isAt(">") {
            if isTypeWord(0) { cursor.builder.append(self.type(), to: type) } else { cursor.skip() }
        }
        if cursor.isAt(">") { cursor.position += 1 }
    }

    /// `Type name = value, name = value`, the type being at the position; up to what ends it.
    mutating func variables(of parent: NodeID, _ flags: SyntaxNode.Flags) {
        let start = cursor.position
        var isFirst = true
        while isFirst || cursor.isAt(",") {
            if !isFirst { cursor.position += 1 }
            let bind = cursor.begin(.bind, flags)
            let name = cursor.position
            var behind = name
            if isFirst { behind = name + (offsetBehindType(0) ?? 0) }
            cursor.position = behind
            guard cursor.isName() else { return }
            let target = cursor.nameNode()
            cursor.builder.append(target, to: bind)
            let rest = cursor.position
            cursor.position = start
            cursor.builder.append(type(), to: bind)
            cursor.position = rest
            while cursor.isOpen("["), !cursor.isAtEnd { cursor.skip() }
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(initialValue(), to: bind)
            }
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            isFirst = false
        }
    }

    /// The value behind `=`; a list in braces is a collection.
    mutating func initialValue() -> NodeID { cursor.isOpen("{") ? collection() : expression() }

    /// `(Type name, final Type... name)` at the position: the parameters of a function.
    ///
    /// - Parameter isModifier: words before a type that are no part of it.
    mutating func typedParameters(of function: NodeID, isField: Bool = false, skipping modifiers: (Self) -> Bool) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                while modifiers(reader) || reader.cursor.isAt("@") { reader.skipModifier() }
                let parameter = reader.cursor.begin(.parameter, isField ? .field : [])
                if reader.offsetOfDeclaredName() != nil { reader.cursor.builder.append(reader.type(), to: parameter) }
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

    /// Goes past a modifier or an annotation with its arguments.
    mutating func skipModifier() {
        if cursor.isAt("@") {
            cursor.position += 1
            while cursor.isName(), cursor.isAt(".", 1) { cursor.position += 2 }
            cursor.position += 1
            if cursor.isOpen("(") { cursor.skip() }
        } else {
            cursor.position += 1
        }
    }
}
