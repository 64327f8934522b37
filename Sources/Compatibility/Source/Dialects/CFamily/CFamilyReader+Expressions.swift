// Expressions.

extension CFamilyReader {
    func infix() -> Infix? {
        if cursor.isAt("#") || cursor.isAt("::") { return nil }
        if cursor.isAt(":") { return nil }
        return commonInfix()
    }

    mutating func ownOperand() -> NodeID? {
        if cursor.isString() { return strings() }
        if cursor.isOpen("[") { return closure() }
        if cursor.isOpen("{") { return collection() }
        if cursor.isAt("::"), cursor.isName(1) {
            cursor.position += 1
            return nil
        }
        switch keyword() {
        case .sizeof:
            cursor.position += 1
            if cursor.isOpen("(") { cursor.skip() }
            return cursor.begin(.opaque)
        case nil: break
        default:
            let word = cursor.begin(.opaque)
            cursor.position += 1
            return word
        }
        return named()
    }

    /// What begins with a name that means more than itself.
    private mutating func named() -> NodeID? {
        guard cursor.isName() else { return nil }
        switch identifier() {
        case Word.new where offsetOfConstructed() != nil: return construction()
        case Word.this where cursor.lexeme().map { $0.keyword > 0 } ?? false || cursor.isAt("->", 1):
            let itself = cursor.begin(.name, .itself)
            cursor.position += 1
            cursor.finish(itself)
            return itself
        case Word.delete where cursor.isName(1) || cursor.isOpen("[", 1):
            cursor.position += 1
            if cursor.isOpen("[") { cursor.skip() }
            return cursor.begin(.opaque)
        case Word.true, Word.false, Word.null, Word.nullptr: return isValue() ? constant() : nil
        case Identifier("co_await") where cursor.isName(1):
            cursor.position += 1
            var operand = NodeID.none
            nested { operand = $0.operand() }
            return operand
        default: break
        }
        if cursor.isString(1), cursor.lexeme(1)?.flags.contains(.afterSpace) == false {
            // `L"…"`, `u8"…"`
            cursor.position += 1
            return strings()
        }
        return qualified()
    }

    private func isValue() -> Bool {
        !cursor.isAt("=", 1) && !cursor.isAt(".", 1) && !cursor.isAt("->", 1) && !cursor.isOpen("(", 1)
    }

    private mutating func constant() -> NodeID {
        let word = identifier()
        return cursor.constant(.literal, word == Word.true ? .yes : word == Word.false ? .no : .nothing)
    }

    /// Literals next to each other are one; a name between them is a macro of another.
    private mutating func strings() -> NodeID {
        let first = cursor.literalNode()
        guard cursor.isString() || cursor.isFreeName() else { return first }
        let whole = cursor.wrap(first, in: .concatenation)
        while cursor.isString() || cursor.isFreeName() {
            cursor.builder.append(cursor.isString() ? cursor.literalNode() : cursor.nameNode(), to: whole)
            // `"ZCOUNT %b " STRING(LIMIT) " inf"`
            if cursor.isOpen("("), !cursor.isString(-1) { cursor.skip() }
        }
        cursor.finish(whole)
        return whole
    }

    /// `a::b::C::d`, and names with types in angle brackets before parentheses.
    private mutating func qualified() -> NodeID? {
        var end = 0
        var capital: Int?
        while cursor.isName(end) {
            if capital == nil, let lexeme = cursor.lexeme(end), cursor.text[Int(lexeme.start)] &- 0x41 < 26 {
                capital = end
            }
            if cursor.isAt("<", end + 1), let behind = offsetBehindAngles(end + 1) {
                if cursor.isOpen("(", behind) { return generic(end, behind) }
                if cursor.isOpen("{", behind), isInFunction { return braced() }
            }
            guard cursor.isAt("::", end + 1), cursor.isName(end + 2) else { break }
            end += 2
        }
        guard end > 0 else { return nil }
        // Namespaces have small letters: what counts begins with the class, or is the last name.
        let last = cursor.position + end
        // `std::move(x)` is no method of the class around, whatever that is a subclass of.
        let isStandard = capital == nil && cursor.isAt("std")
        var node: NodeID
        if isStandard {
            node = cursor.begin(.opaque)
            cursor.position = last - 1
            cursor.finish(node)
        } else {
            cursor.position += min(capital ?? end, end)
            node = cursor.nameNode()
        }
        while cursor.position < last {
            cursor.position += 1
            node = cursor.wrap(node, in: .member)
            cursor.takeName(node)
            cursor.finish(node)
        }
        return node
    }

    /// `std::vector<std::string>{"KEYS", pattern}`.
    private mutating func braced() -> NodeID {
        let new = cursor.wrap(type(), in: .new)
        if cursor.isOpen("{") { arguments(of: new) }
        cursor.finish(new)
        return new
    }

    /// `std::make_shared<Redis>(…)` makes one, `static_cast<Redis *>(x)` takes a value for one; others are called.
    private mutating func generic(_ name: Int, _ behind: Int) -> NodeID {
        let word = identifier(name)
        guard Self.makers.contains(word) || Self.casts.contains(word) else {
            cursor.position += name
            let node = cursor.nameNode()
            cursor.position += behind - name - 1
            return node
        }
        cursor.position += name + 2
        let open = cursor.position + behind - name - 2
        let type = self.type()
        cursor.position = open
        let node = cursor.wrap(type, in: Self.makers.contains(word) ? .new : .cast)
        arguments(of: node)
        cursor.finish(node)
        return node
    }

    private static let makers = Set(
        ["make_shared", "make_unique", "make_optional", "allocate_shared", "in_place_type"].map(Identifier.init))
    private static let casts = Set(
        [
            "static_cast", "dynamic_cast", "reinterpret_cast", "const_cast", "static_pointer_cast",
            "dynamic_pointer_cast", "qobject_cast", "any_cast",
        ].map(Identifier.init))

    /// `new Type(…)`.
    private func offsetOfConstructed() -> Int? {
        let type = cursor.isOpen("(", 1) ? cursor.behind(cursor.position + 1) - cursor.position : 1
        return cursor.isFreeName(type) ? type : nil
    }

    private mutating func construction() -> NodeID {
        cursor.position += offsetOfConstructed() ?? 1
        let new = cursor.wrap(type(), in: .new)
        if cursor.isOpen("(") || cursor.isOpen("{") { arguments(of: new) }
        cursor.finish(new)
        return new
    }

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if cursor.isAt("->"), cursor.isName(1) { return typed(member(operand, [])) }
        if cursor.isAt("."), cursor.isName(1) { return typed(member(operand, [])) }
        if cursor.isAt("<<"), !isAdded { return added(operand) }
        if cursor.isAt("+=") { return added(operand) }
        let kind = cursor.builder[operand].kind
        if cursor.isOpen("{"), kind == .name, isTypeName(operand) {
            let new = cursor.wrap(operand, in: .new)
            arguments(of: new)
            cursor.finish(new)
            return new
        }
        return nil
    }

    /// `stream << value`, `text += value`: something is put behind what is there.
    private mutating func added(_ target: NodeID) -> NodeID {
        let isShift = cursor.isAt("<<")
        let bind = cursor.wrap(target, in: .bind, .map)
        cursor.position += 1
        let outer = isAdded
        isAdded = isShift
        nested { $0.cursor.builder.append(isShift ? $0.operand() : $0.expression(), to: bind) }
        isAdded = outer
        cursor.finish(bind)
        return bind
    }

    /// `redis.command<long long>(…)`: goes past the types.
    private mutating func typed(_ member: NodeID?) -> NodeID? {
        if cursor.isAt("<"), let behind = offsetBehindAngles(0), cursor.isOpen("(", behind) {
            cursor.position += behind
        }
        return member
    }

    private func isTypeName(_ operand: NodeID) -> Bool {
        let start = Int(cursor.builder[operand].nameStart)
        return start >= 0 && cursor.text[start] &- 0x41 < 26 && isInFunction
    }

    /// `(Type *)value` is the value; else what is in the parentheses.
    mutating func group() -> NodeID {
        if isCast() {
            cursor.skip()
            var value = NodeID.none
            nested { value = $0.operand() }
            return value.isNone ? cursor.begin(.opaque) : value
        }
        var value = NodeID.none
        inside { reader in
            value = reader.expression()
            while reader.cursor.isAt(",") {
                // `(a, b)` is b.
                reader.cursor.position += 1
                value = reader.cursor.wrap(value, in: .opaque)
                let last = reader.expression()
                value = reader.cursor.wrap(value, in: .choice)
                reader.cursor.builder.append(last, to: value)
            }
            // `({ statements })`, and what else there may be.
            while !reader.cursor.isAtEnd { reader.cursor.skip() }
        }
        return value.isNone ? cursor.begin(.opaque) : value
    }

    private func isCast() -> Bool {
        let behind = cursor.behind(cursor.position) - cursor.position
        guard behind > 2, behind < 16, let next = cursor.lexeme(behind) else { return false }
        var offset = 1
        while offset < behind - 1 {
            guard
                cursor.isName(offset) || cursor.isAt("*", offset) || cursor.isAt("::", offset)
                    || cursor.isAt("**", offset) || cursor.isAt("<", offset) || cursor.isAt(">", offset)
            else { return false }
            offset += 1
        }
        let isPointer = cursor.isAt("*", behind - 2) || cursor.isAt("**", behind - 2)
        switch next.kind {
        case .name, .string, .number: return true
        case .open: return isPointer && cursor.isOpen("(", behind)
        case .sign: return isPointer && (cursor.isAt("&", behind) || cursor.isAt("*", behind))
        case .close: return false
        }
    }

    /// `[captures](parameters) -> Type { … }`.
    private mutating func closure() -> NodeID {
        let function = cursor.begin(.function)
        cursor.skip()
        if cursor.isOpen("(") { inside { $0.parameters(of: function) } }
        var steps = 0
        while !cursor.isAtEnd, !cursor.isOpen("{"), steps < 20, !cursor.isAt(","), !cursor.isAt(";") {
            cursor.skip()
            steps += 1
        }
        let outer = isInFunction
        isInFunction = true
        if cursor.isOpen("{") { cursor.builder.append(block(), to: function) }
        isInFunction = outer
        cursor.finish(function)
        return function
    }

    /// `{ a, b }`: of each element its own type.
    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, .tuple)
        inside { reader in
            while !reader.cursor.isAtEnd {
                if reader.cursor.isAt("."), reader.cursor.isName(1), reader.cursor.isAt("=", 2) {
                    // `{ .member = value }`
                    reader.cursor.position += 3
                }
                reader.cursor.builder.append(reader.expression(), to: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }
}
