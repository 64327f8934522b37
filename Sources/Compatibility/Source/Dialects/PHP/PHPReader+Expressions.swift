// Operands and what follows them.

extension PHPReader {
    mutating func ownOperand() -> NodeID? {
        if isVariable() { return variable() }
        switch keyword() {
        case .yes, .yesCapital: return cursor.constant(.literal, .yes)
        case .no, .noCapital: return cursor.constant(.literal, .no)
        case .nothing, .nothingCapital: return cursor.constant(.literal, .nothing)
        case .new: return construction()
        case .function: return closure(isArrow: false)
        case .fn where cursor.isOpen("(", 1) || cursor.isAt("&", 1): return closure(isArrow: true)
        case .static where keyword(1) == .function || keyword(1) == .fn:
            cursor.position += 1
            return closure(isArrow: keyword() == .fn)
        case .match where cursor.isOpen("(", 1): return matched()
        case .array where cursor.isOpen("(", 1), .list where cursor.isOpen("(", 1):
            cursor.position += 1
            return collection()
        case .clone, .print, .include, .includeOnce, .require, .requireOnce, .throw, .echo: return prefixed()
        case .yield: return yielded()
        case .global, .return, .case, .default, .if, .else, .foreach, .for, .while, .endif, .endforeach, .use:
            return cursor.begin(.opaque)
        default: return isPlainName() ? named() : cast()
        }
    }

    /// `(int) $value`.
    private mutating func cast() -> NodeID? {
        guard cursor.isOpen("("), isPlainName(1), cursor.lexeme(2)?.kind == .close, let type = cursor.lexeme(1),
            PHPTypeNames.plain.contains(type.identifier), cursor.lexeme(3) != nil
        else { return nil }
        cursor.position += 3
        var value = NodeID.none
        nested { value = $0.operand() }
        return value
    }

    /// `clone value`, `include value`: the value itself, as far as clients go.
    private mutating func prefixed() -> NodeID {
        let isClone = keyword() == .clone
        cursor.position += 1
        var value = NodeID.none
        nested { value = isClone ? $0.operand() : $0.expression() }
        return isClone ? value : cursor.wrap(value, in: .opaque)
    }

    private mutating func yielded() -> NodeID {
        let result = cursor.begin(.returned, .element)
        cursor.position += 1
        if cursor.isAt("from") { cursor.position += 1 }
        if !endsExpression(), !cursor.isAt(";"), !cursor.isAt(",") {
            nested { reader in
                var value = reader.expression()
                if reader.cursor.isAt("=>") {
                    reader.cursor.position += 1
                    value = reader.expression()
                }
                reader.cursor.builder.append(value, to: result)
            }
        }
        cursor.finish(result)
        return result
    }

    // MARK: Names

    /// The variable at the position.
    private mutating func variable() -> NodeID {
        guard let lexeme = cursor.lexeme() else { return cursor.begin(.opaque) }
        let isGiven = isTarget || cursor.isAt("=", 1) || cursor.isAt("??=", 1)
        cursor.position += 1
        if cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.this) {
            return cursor.builder.add(.name, .itself, start: lexeme.start, end: lexeme.end)
        }
        if cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.globals), cursor.isOpen("["),
            cursor.isString(1), cursor.lexeme(2)?.kind == .close
        {
            return globalVariable()
        }
        return variable(range(lexeme), isGiven: isGiven)
    }

    private static let this = Array("$this".utf8)
    private static let globals = Array("$GLOBALS".utf8)

    /// `$GLOBALS["name"]`, the bracket being at the position.
    private mutating func globalVariable() -> NodeID {
        guard let string = cursor.lexeme(1) else { return cursor.begin(.opaque) }
        let bytes = [SourceByte.dollar] + cursor.text.slice(Int(string.contentStart), Int(string.contentEnd))
        let name = bytes.withUnsafeBytes { Identifier($0) }
        variables.enter(isArrow: false)
        variables.setOutermost(name)
        let node = cursor.builder.add(.name, .shared, start: string.start, end: string.end)
        cursor.builder[node].name = variables.identity(name, isGiven: true).name
        cursor.builder[node].nameStart = string.contentStart
        cursor.builder[node].nameEnd = string.contentEnd
        variables.leave()
        cursor.skip()
        return node
    }

    /// A variable that is written somewhere in the file.
    mutating func variable(_ range: Range<Int>, isGiven: Bool) -> NodeID {
        let node = cursor.builder.add(.name, start: Int32(range.lowerBound), end: Int32(range.upperBound))
        let written = Identifier(cursor.text.slice(range.lowerBound, range.upperBound))
        let identity = variables.identity(written, isGiven: isGiven)
        cursor.builder[node].name = identity.name
        if identity.isShared { cursor.builder[node].flags.insert(.shared) }
        cursor.builder[node].nameStart = Int32(range.lowerBound)
        cursor.builder[node].nameEnd = Int32(range.upperBound)
        return node
    }

    /// A name without a dollar: a class before `::`, a function or constant else.
    private mutating func named() -> NodeID {
        guard let lexeme = cursor.lexeme() else { return cursor.begin(.opaque) }
        if cursor.isOpen("(", 1), cursor.isAt("call_user_func") || cursor.isAt("call_user_func_array") {
            return calledByName()
        }
        if lexeme.end - lexeme.start == 1, cursor.text[Int(lexeme.start)] == SourceByte.dollar { return indirect() }
        cursor.position += 1
        if cursor.isAt("::") { return className(lexeme) }
        let last = names.lastPart(of: range(lexeme))
        let node = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
        cursor.builder[node].name = Identifier(cursor.text.slice(last.lowerBound, last.upperBound))
        cursor.builder[node].nameStart = Int32(last.lowerBound)
        cursor.builder[node].nameEnd = Int32(last.upperBound)
        return node
    }

    private mutating func className(_ lexeme: Lexeme) -> NodeID {
        if cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.parent) {
            return cursor.builder.add(.name, .parent, start: lexeme.start, end: lexeme.end)
        }
        let type = typeNode(range(lexeme))
        return type.isNone ? cursor.begin(.opaque) : type
    }

    private static let parent = Array("parent".utf8)

    /// `$$name`, `${expression}`: a variable that only the running program knows.
    private mutating func indirect() -> NodeID {
        cursor.position += 1
        if cursor.isOpen("{") {
            cursor.skip()
        } else {
            nested { _ = $0.operand() }
        }
        return cursor.begin(.opaque)
    }

    /// `call_user_func([$object, "method"], …)`, `call_user_func_array($function, $arguments)`: as the call that it makes.
    private mutating func calledByName() -> NodeID {
        let spreads = cursor.isAt("call_user_func_array")
        cursor.position += 1
        let call = cursor.begin(.call)
        inside { reader in
            let pair = reader.keyword() == .array && reader.cursor.isOpen("(", 1) ? 1 : 0
            if reader.cursor.isOpen("[") || pair == 1 {
                reader.cursor.position += pair
                reader.cursor.builder.append(reader.memberOfPair(), to: call)
            } else {
                reader.cursor.builder.append(reader.expression(), to: call)
            }
            while reader.cursor.skipPastComma(), !reader.cursor.isAtEnd {
                let argument = reader.argument()
                reader.cursor.builder.append(
                    spreads ? reader.cursor.wrap(argument, in: .argument, .spread) : argument, to: call)
            }
        }
        cursor.finish(call)
        return call
    }

    /// `[object, "method"]`.
    private mutating func memberOfPair() -> NodeID {
        var member = NodeID.none
        inside { reader in
            let object = reader.expression()
            guard reader.cursor.skipPastComma(), let key = reader.cursor.lexeme() else { return member = object }
            let isLast = reader.cursor.lexeme(1) == nil
            if key.kind == .string, !key.flags.contains(.interpolated), isLast {
                member = reader.cursor.wrap(object, in: .member)
                reader.cursor.setName(member, key)
            } else {
                member = reader.memberByName(of: object) { $0.expression() }
            }
        }
        return member.isNone ? cursor.begin(.opaque) : member
    }

    /// A member that a variable names; where that is the name which `__call` was called for, the class has all members
    /// of the object.
    private mutating func memberByName(of object: NodeID, _ key: (inout Self) -> NodeID) -> NodeID {
        let isCalled = calledName != .none && cursor.lexeme()?.identifier == calledName
        let index = cursor.wrap(object, in: .index, isCalled ? .parent : [])
        cursor.builder.append(key(&self), to: index)
        cursor.finish(index)
        return index
    }

    // MARK: Members

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if keyword() == .instanceof { return comparison(operand) }
        let isStatic = cursor.isAt("::")
        guard isStatic || cursor.isAt("->") || cursor.isAt("?->") else { return nil }
        cursor.position += 1
        if cursor.isOpen("{") {
            var node = operand
            inside { reader in node = reader.memberByName(of: operand) { $0.expression() } }
            return node
        }
        guard let lexeme = cursor.lexeme(), lexeme.kind == .name else { return cursor.wrap(operand, in: .opaque) }
        if isVariable(), !isStatic || cursor.isOpen("(", 1) {
            return memberByName(of: operand) { $0.variable() }
        }
        if isStatic, keyword() == .class {
            cursor.position += 1
            return cursor.builder[operand].kind == .type ? operand : cursor.wrap(operand, in: .opaque)
        }
        cursor.position += 1
        if calledName != .none, lexeme.identifier == Self.call || lexeme.identifier == Self.callStatic {
            return cursor.wrap(operand, in: .index, .parent)
        }
        let member = cursor.wrap(operand, in: .member)
        setFieldName(member, lexeme)
        return member
    }

    private static let call = Identifier("__call")
    private static let callStatic = Identifier("__callStatic")

    mutating func member(_ object: NodeID, _ flags: SyntaxNode.Flags) -> NodeID? { nil }

    /// `$value instanceof Type`.
    private mutating func comparison(_ operand: NodeID) -> NodeID {
        let place = cursor.position
        cursor.position += 1
        let isName = isPlainName()
        if isName, place > 0 {
            let first =
                place > 2 && cursor.lexemes[place - 1].kind == .name && isField(before: place) ? place - 3 : place - 1
            let isVariable = cursor.text[Int(cursor.lexemes[first].start)] == SourceByte.dollar
            if isVariable, cursor.builder[operand].kind == .name || cursor.builder[operand].kind == .member,
                compared.count < 8
            {
                compared.append((first..<place, cursor.position))
            }
        }
        let whole = cursor.wrap(operand, in: .opaque)
        if isName { cursor.position += 1 } else { nested { _ = $0.operand() } }
        cursor.finish(whole)
        return whole
    }

    /// `$this->field` is before a place.
    private func isField(before place: Int) -> Bool {
        let sign = cursor.lexemes[place - 2]
        return sign.kind == .sign && cursor.text.starts(with: "->", at: Int(sign.start))
    }

    func infix() -> Infix? {
        switch keyword() {
        case .and, .or: return .choice
        case .xor: return .other
        default: break
        }
        if cursor.isAt(".") { return .concatenation }
        if cursor.isAt("+") || cursor.isAt(".=") { return .other }
        return cursor.isAt("#") ? nil : commonInfix()
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("...") {
            cursor.position += 1
            return endsExpression() ? cursor.begin(.opaque) : spread()
        }
        if isPlainName(), cursor.isAt(":", 1) { return namedArgument() }
        return expression()
    }

    // MARK: Closures and constructions

    private mutating func closure(isArrow: Bool) -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        if cursor.isAt("&") { cursor.position += 1 }
        rest(of: function, nil, isArrow: isArrow)
        return function
    }

    /// `match (value) { A, B => value, default => value }`.
    private mutating func matched() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { $0.cursor.builder.append($0.cursor.wrap($0.expression(), in: .opaque), to: choice) }
        }
        if cursor.isOpen("{") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    while !reader.cursor.isAtEnd, !reader.cursor.isAt("=>") { reader.cursor.skip() }
                    guard !reader.cursor.isAtEnd else { return }
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.expression(), to: choice)
                    guard reader.cursor.skipPastComma() else { return }
                }
            }
        }
        cursor.finish(choice)
        return choice
    }

    /// `new Type(arguments)`, `new class(arguments) extends Type { … }`, `new (expression)`.
    private mutating func construction() -> NodeID {
        let new = cursor.begin(.new)
        cursor.position += 1
        skipAttributes()
        while keyword() == .final || cursor.isAt("readonly") { cursor.position += 1 }
        if keyword() == .class { return anonymousClass(new) }
        cursor.builder.append(constructed(), to: new)
        if cursor.isOpen("(") { arguments(of: new) }
        cursor.finish(new)
        return new
    }

    private mutating func constructed() -> NodeID {
        if isPlainName(), let lexeme = cursor.lexeme(), keyword() == nil || keyword() == .static {
            cursor.position += 1
            if cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.parent) {
                return cursor.builder.add(.name, .parent, start: lexeme.start, end: lexeme.end)
            }
            let type = typeNode(range(lexeme))
            return type.isNone ? cursor.begin(.opaque) : type
        }
        if cursor.isOpen("(") { return group() }
        guard isVariable() else { return cursor.begin(.opaque) }
        // `new $this->class(…)`: the parentheses are the construction's.
        var value = variable()
        while !cursor.isAtEnd, cursor.isAt("->") || cursor.isAt("::") || cursor.isOpen("[") {
            guard let next = cursor.isOpen("[") ? index(value) : ownSuffix(value) else { break }
            value = next
        }
        return value
    }

    private mutating func anonymousClass(_ new: NodeID) -> NodeID {
        cursor.position += 1
        let base = cursor.begin(.opaque)
        cursor.builder.append(base, to: new)
        if cursor.isOpen("(") { arguments(of: new) }
        let members = cursor.begin(.classDeclaration)
        anonymousBody(of: members)
        cursor.finish(members)
        cursor.builder.append(members, to: new)
        cursor.finish(new)
        return new
    }
}
