// Expressions.

extension CSharpReader {
    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .this: return cursor.constant(.name, .itself)
        case .base: return cursor.constant(.name, .parent)
        case .new: return construction()
        case .default, .sizeof, .typeof: return typeMention()
        case .delegate: return closureOfStatements()
        case .out, .ref, .in: return referenced()
        case .checked, .unchecked: cursor.position += 1
        case .static where isClosure(after: 1): cursor.position += 1
        case nil: break
        default: return isTypeWord(0) ? cursor.nameNode() : unknownOperand()
        }
        if cursor.isAt("async"), isClosure(after: 1) { cursor.position += 1 }
        if isClosure("=>") { return closure() }
        if isAwait() {
            cursor.position += 1
            var value = NodeID.none
            nested { value = $0.operand() }
            return value
        }
        if cursor.isAt("from"), cursor.isName(1), keyword(2) == .in { return query() }
        if cursor.isOpen("("), isCast() { return cast() }
        return nil
    }

    /// `throw value` and whatever else has no value.
    private mutating func unknownOperand() -> NodeID {
        let node = cursor.begin(.opaque)
        guard keyword() == .throw || keyword() == .stackalloc else { return node }
        cursor.position += 1
        nested { $0.cursor.builder.append($0.expression(), to: node) }
        cursor.finish(node)
        return node
    }

    /// `default(Type)`, `typeof(Type)`.
    private mutating func typeMention() -> NodeID {
        let isNothing = keyword() == .default
        let node = cursor.begin(isNothing ? .literal : .opaque, isNothing ? .nothing : [])
        cursor.position += 1
        if cursor.isOpen("(") { cursor.skip() }
        cursor.finish(node)
        return node
    }

    /// `out Type name`, `ref value`.
    private mutating func referenced() -> NodeID? {
        cursor.position += 1
        guard offsetOfDeclaredName() != nil else { return nil }
        let type = self.type()
        let bind = cursor.begin(.bind, .declares)
        cursor.builder.append(cursor.nameNode(), to: bind)
        cursor.builder.append(type, to: bind)
        cursor.finish(bind)
        declaredByArgument = bind
        return bind
    }

    mutating func argument() -> NodeID {
        if cursor.isName(), cursor.isAt(":", 1) { return namedArgument() }
        return expression()
    }

    mutating func element(of collection: NodeID) { cursor.builder.append(argument(), to: collection) }

    func infix() -> Infix? { commonInfix() }

    // MARK: What follows an operand

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        switch keyword() {
        case .as: return castBehind(operand)
        case .is: return pattern(operand)
        case .switch where cursor.isOpen("{", 1): return switchValue(operand)
        default: break
        }
        guard let lexeme = cursor.lexeme() else { return nil }
        if cursor.isAt("!"), !lexeme.flags.contains(.afterSpace) {
            // The value is not null.
            cursor.position += 1
            return operand
        }
        if cursor.isAt("?"), cursor.isOpen("[", 1), !lexeme.flags.contains(.afterSpace) {
            cursor.position += 1
            return index(operand)
        }
        if cursor.isAt("->") { return member(operand, []) }
        if cursor.isAt("::"), cursor.isName(1) {
            cursor.position += 1
            return cursor.nameNode()
        }
        if cursor.isAt("<") { return generic(operand) }
        if cursor.isAt("with"), cursor.isOpen("{", 1) {
            cursor.position += 1
            cursor.skip()
            return operand
        }
        guard cursor.isOpen("("), isTaking(operand) else { return nil }
        return taken(operand)
    }

    /// `name<Type>(arguments)`: the value may be of the type that is given, as that of `GetRequiredService<IDatabase>()`;
    /// nil where the sign compares.
    private mutating func generic(_ operand: NodeID) -> NodeID? {
        let node = cursor.builder[operand]
        guard node.kind == .name || node.kind == .member, let end = offsetBehindType(-1), end > 1,
            cursor.isAt(">", end - 1)
        else { return nil }
        guard cursor.isOpen("(", end) else {
            guard cursor.isAt(".", end) || cursor.isAt(")", end) || cursor.isAt(",", end) || cursor.isAt(";", end)
            else { return nil }
            cursor.position += end
            return operand
        }
        cursor.position -= 1
        let given = cursor.builder[type()].firstChild
        guard cursor.isOpen("(") else { return operand }
        let call = self.call(operand)
        let name = cursor.text.slice(Int(node.nameStart), Int(node.nameEnd))
        guard !given.isNone, cursor.builder[given].nextSibling.isNone, !Self.isRegistration(name) else { return call }
        let isMany = Self.collections.contains(node.name)
        let cast = cursor.wrap(isMany ? cursor.wrap(given, in: .type, .elements) : given, in: .cast)
        cursor.builder[cast].start = node.start
        cursor.builder.append(call, to: cast)
        return cast
    }

    /// `AddSingleton<T>()`: what is given back is no `T`.
    private static func isRegistration(_ name: UnsafeRawBufferPointer) -> Bool {
        ["Add", "TryAdd", "Register", "Configure", "Replace", "Setup"].contains { word in
            name.starts(with: Array(word.utf8))
        }
    }

    private static let collections = Set(
        ["OfType", "Cast", "GetServices", "GetAll", "ResolveAll"].map(Identifier.init))

    /// `TryGetValue(key, out var found)`: an element goes to a variable.
    private func isTaking(_ operand: NodeID) -> Bool {
        cursor.builder[operand].kind == .member && Self.taking.contains(cursor.builder[operand].name)
    }

    private static let taking = Set(
        ["TryGetValue", "TryDequeue", "TryPop", "TryTake", "TryPeek", "TryRemove"].map(Identifier.init))

    private mutating func taken(_ operand: NodeID) -> NodeID {
        declaredByArgument = .none
        let call = self.call(operand)
        let object = cursor.builder[operand].firstChild
        guard !declaredByArgument.isNone, !object.isNone else { return call }
        var copy = NodeID.none
        if cursor.builder[object].kind == .name {
            copy = copyOfName(object)
        } else if cursor.builder[object].kind == .member,
            cursor.builder[cursor.builder[object].firstChild].kind == .name
        {
            copy = cursor.wrap(copyOfName(cursor.builder[object].firstChild), in: .member)
            (cursor.builder[copy].name, cursor.builder[copy].nameStart, cursor.builder[copy].nameEnd) =
                (cursor.builder[object].name, cursor.builder[object].nameStart, cursor.builder[object].nameEnd)
        }
        if !copy.isNone { cursor.builder.append(cursor.wrap(copy, in: .index), to: declaredByArgument) }
        declaredByArgument = .none
        return call
    }

    private mutating func copyOfName(_ id: NodeID) -> NodeID {
        var node = cursor.builder[id]
        (node.nextSibling, node.firstChild) = (.none, .none)
        let copy = cursor.builder.add(.name, start: node.start, end: node.end)
        cursor.builder[copy] = node
        return copy
    }

    // MARK: Types of values

    /// `value as Type`.
    private mutating func castBehind(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        return cursor.cast(operand, to: type())
    }

    /// `value is Type name`, `value is not null`, `value is { } name`.
    private mutating func pattern(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        if cursor.isAt("not") { cursor.position += 1 }
        if let declared = patternVariable() {
            cursor.builder[declared].start = cursor.builder[operand].start
            cursor.builder.append(operand, to: declared)
            return declared
        }
        let node = cursor.wrap(operand, in: .opaque)
        while let lexeme = cursor.lexeme(), lexeme.kind != .close {
            if lexeme.kind == .sign, !cursor.isAt("."), !cursor.isAt("<"), !cursor.isAt(">") { break }
            cursor.skip()
        }
        cursor.finish(node)
        return node
    }

    /// `Type name`, `var name`, `Type { … } name` of a pattern: the variable, and the type if there is one.
    mutating func patternVariable() -> NodeID? {
        var type = NodeID.none
        if cursor.isOpen("{") {
            let behind = cursor.behind(cursor.position) - cursor.position
            guard isPatternName(behind) else { return nil }
            cursor.position += behind
        } else {
            guard var name = offsetBehindType(0) else { return nil }
            let isMatched = cursor.isOpen("{", name)
            if isMatched { name = cursor.behind(cursor.position + name) - cursor.position }
            guard isPatternName(name), !cursor.isAt("?", name - 1) else { return nil }
            type = self.type()
            if isMatched { cursor.skip() }
        }
        let bind = cursor.begin(.bind, .declares)
        cursor.builder.append(cursor.nameNode(), to: bind)
        cursor.builder.append(type, to: bind)
        cursor.finish(bind)
        return bind
    }

    private func isPatternName(_ offset: Int) -> Bool {
        cursor.isFreeName(offset) && !cursor.isAt("and", offset) && !cursor.isAt("or", offset)
            && !cursor.isAt("when", offset)
    }

    /// `(Type) value`, not `(value) + other`.
    private func isCast() -> Bool {
        let behind = cursor.behind(cursor.position) - cursor.position
        guard let next = cursor.lexeme(behind), isTypeWord(1), behind < 140 else { return false }
        switch next.kind {
        case .name:
            switch keyword(behind) {
            case .as, .is, .in, .switch: return false
            default: if cursor.isAt("with", behind) || isQueryWord(behind) { return false }
            }
        case .string, .number: break
        case .open: guard cursor.isOpen("(", behind) else { return false }
        case .sign, .close: return false
        }
        return offsetBehindType(1) == behind - 1
    }

    private mutating func cast() -> NodeID {
        let cast = cursor.begin(.cast)
        inside { $0.cursor.builder.append($0.type(), to: cast) }
        nested { $0.cursor.builder.append($0.operand(), to: cast) }
        cursor.finish(cast)
        return cast
    }

    /// `value switch { pattern => value, … }`.
    private mutating func switchValue(_ operand: NodeID) -> NodeID {
        let choice = cursor.wrap(cursor.wrap(operand, in: .opaque), in: .choice)
        cursor.position += 1
        inside { reader in
            while !reader.cursor.isAtEnd {
                let arm = reader.cursor.begin(.block, .scope)
                if let declared = reader.patternVariable() { reader.cursor.builder.append(declared, to: arm) }
                while !reader.cursor.isAtEnd, !reader.cursor.isAt("=>"), !reader.cursor.isAt(",") {
                    reader.cursor.skip()
                }
                if reader.cursor.isAt("=>") {
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.expression(), to: arm)
                }
                reader.cursor.finish(arm)
                reader.cursor.builder.append(arm, to: choice)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(choice)
        return choice
    }
}
