// Expressions.

extension KotlinReader {
    func continuesLine() -> Bool {
        cursor.isAt(".") || cursor.isAt("?.") || cursor.isAt("?:") || cursor.isAt("&&") || cursor.isAt("||")
            || cursor.isAt("::")
    }

    func infix() -> Infix? {
        guard !endsExpression() else { return nil }
        if cursor.isAt("->") || cursor.isAt("?") { return nil }
        switch keyword() {
        case .in, .is: return .other
        case nil:
            guard let lexeme = cursor.lexeme(), lexeme.kind == .name else { break }
            // `until`, `and`, `shl`: a function between its operands.
            let isOperator =
                !cursor.isAt("by") && !cursor.isAt("where") && cursor.lexeme(1)?.flags.contains(.startsLine) == false
                && (cursor.isName(1) || cursor.isString(1) || cursor.isOpen("(", 1)
                    || cursor.lexeme(1)?.kind == .number)
            return isOperator ? .other : nil
        default: break
        }
        if cursor.isAt("!"), keyword(1) == .in || keyword(1) == .is { return .other }
        return commonInfix()
    }

    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .this: return labelled(.itself)
        case .super: return labelled(.parent)
        case .if: return condition()
        case .when: return selection()
        case .try: return attempt()
        case .object: return anonymousObject()
        case .fun: return anonymousFunction()
        case .return, .throw: return leaving()
        case .break, .continue:
            let node = cursor.constant(.opaque, [])
            skipLabel()
            return node
        case .is, .in:
            cursor.position += 1
            let opaque = cursor.begin(.opaque)
            _ = type()
            return opaque
        case nil: break
        default: return cursor.begin(.opaque)
        }
        if cursor.isOpen("{") { return closure() }
        if cursor.isAt("@"), cursor.isName(1) {
            skipModifier()
            return nil
        }
        if cursor.isFreeName(), cursor.isAt("@", 1), cursor.isOpen("{", 2) {
            cursor.position += 2
            return closure()
        }
        if cursor.isAt("::"), cursor.isName(1) { return reference() }
        if cursor.isString(), let lexeme = cursor.lexeme(), cursor.text[Int(lexeme.start)] == SourceByte.backtick {
            let name = cursor.begin(.name)
            cursor.takeName(name)
            cursor.finish(name)
            return name
        }
        return nil
    }

    /// `this@Outer`, `super<Base>`.
    private mutating func labelled(_ flags: SyntaxNode.Flags) -> NodeID {
        let node = cursor.constant(.name, flags)
        skipLabel()
        if flags == .parent { skipTypeParameters() }
        return node
    }

    /// `return@label value`, `throw value`, as an expression.
    private mutating func leaving() -> NodeID {
        let node = cursor.begin(.returned, keyword() == .throw ? .outer : [])
        let isThrown = keyword() == .throw
        cursor.position += 1
        skipLabel()
        if !endsExpression(), !cursor.isAt(";") {
            nested { reader in
                let value = reader.expression()
                reader.cursor.builder.append(isThrown ? reader.cursor.wrap(value, in: .opaque) : value, to: node)
            }
        }
        cursor.finish(node)
        return node
    }

    /// `::name`: what has the name.
    private mutating func reference() -> NodeID {
        cursor.position += 1
        return cursor.nameNode()
    }

    // MARK: What follows an operand

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if keyword() == .as { return cast(operand) }
        guard let lexeme = cursor.lexeme() else { return nil }
        if cursor.isAt("!!") {
            cursor.position += 1
            return operand
        }
        if cursor.isAt("::") { return methodReference(operand) }
        if cursor.isAt("to"), cursor.lexeme(1)?.flags.contains(.startsLine) == false, !cursor.isAt(".", 1),
            !cursor.isAt(",", 1), cursor.lexeme(1)?.kind != .close
        {
            // `key to value` is the value, as far as collections of values go.
            cursor.position += 1
            let pair = cursor.wrap(cursor.wrap(operand, in: .opaque), in: .choice)
            nested { $0.cursor.builder.append($0.operand(), to: pair) }
            cursor.finish(pair)
            return pair
        }
        if cursor.isAt("<"), !lexeme.flags.contains(.afterSpace) { return generic(operand) }
        guard cursor.isOpen("{"), takesBlock(operand) else { return nil }
        if cursor.builder[operand].kind == .call {
            cursor.builder.append(trailingClosure(), to: operand)
            cursor.finish(operand)
            return operand
        }
        let call = cursor.wrap(operand, in: .call)
        cursor.builder.append(trailingClosure(), to: call)
        cursor.finish(call)
        return call
    }

    private func takesBlock(_ operand: NodeID) -> Bool {
        switch cursor.builder[operand].kind {
        case .name: cursor.builder[operand].nameEnd > 0
        case .member, .call: true
        default: false
        }
    }

    private mutating func trailingClosure() -> NodeID {
        let function = closure()
        cursor.builder[function].flags.insert(.trailing)
        return function
    }

    /// `value as Type`, `value as? Type`.
    private mutating func cast(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        if cursor.isAt("?") { cursor.position += 1 }
        return cursor.cast(operand, to: type())
    }

    /// `Type::method`, `object::method`, `Type::class.java`.
    private mutating func methodReference(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        guard cursor.isName(), keyword() != .class else {
            cursor.position += 1
            return cursor.wrap(operand, in: .opaque)
        }
        let function = cursor.builder.add(.function, start: cursor.builder[operand].start, end: cursor.end)
        let member = cursor.wrap(operand, in: .member, .receiver)
        cursor.takeName(member)
        cursor.finish(member)
        cursor.builder.append(cursor.wrap(member, in: .call), to: function)
        cursor.finish(function)
        return function
    }

    /// `name<Type>(arguments)`: the value may be of the type that is given, as that of `inject<Jedis>()`; nil where the sign
    /// compares.
    private mutating func generic(_ operand: NodeID) -> NodeID? {
        let node = cursor.builder[operand]
        guard node.kind == .name || node.kind == .member, let end = offsetBehindArguments(0),
            cursor.isOpen("(", end) || cursor.isOpen("{", end) || cursor.isAt(".", end) || cursor.isAt("?.", end)
        else { return nil }
        let holder = cursor.begin(.type)
        let behind = cursor.position + end
        typeArguments(of: holder)
        cursor.position = behind
        guard cursor.isOpen("(") else { return operand }
        let given = cursor.builder[holder].firstChild
        let call = self.call(operand)
        guard !given.isNone, cursor.builder[given].nextSibling.isNone, !startsWithCapital(node) else { return call }
        let cast = cursor.wrap(given, in: .cast)
        cursor.builder[cast].start = node.start
        cursor.builder.append(call, to: cast)
        return cast
    }

    private func startsWithCapital(_ node: SyntaxNode) -> Bool { cursor.text[Int(node.nameStart)] &- 0x41 < 26 }

    /// The offset behind `<A, B<C>>`, the first sign being at an offset.
    private func offsetBehindArguments(_ offset: Int) -> Int? {
        var depth = 0
        var next = offset
        while next < offset + 80, let lexeme = cursor.lexeme(next) {
            switch lexeme.kind {
            case .open:
                guard cursor.isOpen("(", next) else { return nil }
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            case .close, .number, .string: return nil
            case .name: break
            case .sign:
                if cursor.isAt("<", next) {
                    depth += 1
                } else if cursor.isAt(">", next) {
                    depth -= 1
                    if depth == 0 { return next + 1 }
                } else if !cursor.isAt(",", next), !cursor.isAt(".", next), !cursor.isAt("?", next),
                    !cursor.isAt("*", next), !cursor.isAt("->", next)
                {
                    return nil
                }
            }
            next += 1
        }
        return nil
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("*") {
            cursor.position += 1
            return spread()
        }
        if cursor.isFreeName(), cursor.isAt("=", 1) { return namedArgument() }
        return expression()
    }

    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, .elements)
        parts(of: collection) { $0.argument() }
        cursor.finish(collection)
        return collection
    }
}
