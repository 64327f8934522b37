// Expressions.

extension RustReader {
    func infix() -> Infix? {
        if keyword() == .as { return .other }
        guard keyword() == nil else { return nil }
        if cursor.isAt("=>") || cursor.isAt("::") || cursor.isAt("#") || cursor.isAt("->") || cursor.isAt("'") {
            return nil
        }
        // `?` passes a value on; `|` may begin a closure of the next arm, and as a sign gives no client.
        if cursor.isAt("?") { return nil }
        if cursor.isAt("&&"), cursor.isName(1), keyword(1) == .let { return .other }
        return commonInfix()
    }

    mutating func ownOperand() -> NodeID? {
        if cursor.isAt("#") {
            skipAttribute()
            return operand()
        }
        if cursor.isAt("|") || cursor.isAt("||") { return closure() }
        if cursor.isAt("'"), cursor.isName(1), cursor.isAt(":", 2) {
            cursor.position += 3
            return operand()
        }
        if cursor.isOpen("{") { return block() }
        switch keyword() {
        case .if: return condition()
        case .match: return match()
        case .while, .for, .loop: return loop()
        case .unsafe, .async:
            cursor.position += 1
            if keyword() == .move { cursor.position += 1 }
            return operand()
        case .move:
            cursor.position += 1
            return operand()
        case .return, .break: return returned()
        case .true, .false: return constant()
        case .let: return condition(of: nil)
        case .mut, .ref, .as, .in, .dyn, .await:
            cursor.position += 1
            return endsExpression() ? cursor.begin(.opaque) : operand()
        case nil: return named()
        default: return cursor.begin(.opaque)
        }
    }

    private mutating func constant() -> NodeID {
        cursor.constant(.literal, keyword() == .true ? .yes : .no)
    }

    private mutating func returned() -> NodeID {
        let result = cursor.begin(.returned)
        let isBreak = keyword() == .break
        cursor.position += 1
        if isBreak, cursor.isAt("'") { cursor.position += 2 }
        if !endsExpression(), !cursor.isAt(";"), !cursor.isAt(","), !(isInHeader && cursor.isOpen("{")) {
            nested { $0.cursor.builder.append($0.expression(), to: result) }
        }
        cursor.finish(result)
        if isBreak { cursor.builder[result].kind = .opaque }
        return result
    }

    // MARK: Blocks

    /// What is before the braces of a statement.
    private mutating func header() -> NodeID {
        let outer = isInHeader
        isInHeader = true
        var value = NodeID.none
        nested { value = $0.expression() }
        isInHeader = outer
        return value
    }

    private mutating func bracedBlock() -> NodeID {
        let outer = isInHeader
        isInHeader = false
        let node = block()
        isInHeader = outer
        return node
    }

    /// `if a { b } else { c }`, `if let pattern = value { … }`: one of the blocks' values.
    private mutating func condition() -> NodeID {
        let whole = cursor.begin(.block, .scope)
        let choice = cursor.begin(.choice)
        cursor.position += 1
        cursor.builder.append(header(), to: whole)
        if cursor.isOpen("{") { cursor.builder.append(bracedBlock(), to: choice) }
        if keyword() == .else {
            cursor.position += 1
            if keyword() == .if {
                nested { $0.cursor.builder.append($0.condition(), to: choice) }
            } else if cursor.isOpen("{") {
                cursor.builder.append(bracedBlock(), to: choice)
            }
        }
        cursor.finish(choice)
        cursor.builder.append(choice, to: whole)
        cursor.finish(whole)
        return whole
    }

    /// `let pattern = value` in the header of `if` and `while`.
    private mutating func condition(of value: NodeID?) -> NodeID {
        let bind = cursor.begin(.bind, .declares)
        cursor.position += 1
        cursor.builder.append(pattern(), to: bind)
        while cursor.isAt("|") {
            cursor.position += 1
            _ = pattern()
        }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(operand(), to: bind)
        }
        cursor.finish(bind)
        return bind
    }

    /// `match value { pattern if guard => value, … }`: one of the arms' values.
    private mutating func match() -> NodeID {
        let whole = cursor.begin(.block, .scope)
        let bind = cursor.begin(.bind, .declares)
        let name = cursor.begin(.name)
        cursor.builder[name].name = Self.matched
        cursor.builder.append(name, to: bind)
        cursor.position += 1
        cursor.builder.append(header(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: whole)
        let choice = cursor.begin(.choice)
        let outer = isInHeader
        isInHeader = false
        if cursor.isOpen("{") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    let before = reader.cursor.position
                    reader.arm(of: choice)
                    if reader.cursor.isAt(",") { reader.cursor.position += 1 }
                    if reader.cursor.position == before { reader.cursor.skip() }
                }
            }
        }
        isInHeader = outer
        cursor.finish(choice)
        cursor.builder.append(choice, to: whole)
        cursor.finish(whole)
        return whole
    }

    private static let matched = Identifier("<match>")

    private mutating func arm(of choice: NodeID) {
        while cursor.isAt("#") { skipAttribute() }
        let arm = cursor.begin(.block, .scope)
        let bind = cursor.begin(.bind, .declares)
        if cursor.isAt("|") { cursor.position += 1 }
        cursor.builder.append(pattern(), to: bind)
        let value = cursor.begin(.name)
        cursor.builder[value].name = Self.matched
        cursor.builder.append(value, to: bind)
        cursor.builder.append(bind, to: arm)
        while !cursor.isAtEnd, !cursor.isAt("=>") {
            if keyword() == .if {
                cursor.position += 1
                cursor.builder.append(expression(), to: arm)
            } else {
                cursor.skip()
            }
        }
        if cursor.isAt("=>") {
            cursor.position += 1
            nested { $0.cursor.builder.append($0.expression(), to: arm) }
        }
        cursor.finish(arm)
        cursor.builder.append(arm, to: choice)
    }

    /// `for pattern in values { … }`, `while condition { … }`, `loop { … }`.
    private mutating func loop() -> NodeID {
        let whole = cursor.begin(.block, .scope)
        let kind = keyword()
        cursor.position += 1
        if kind == .for {
            let bind = cursor.begin(.bind, [.declares, .element])
            cursor.builder.append(pattern(), to: bind)
            if keyword() == .in { cursor.position += 1 }
            cursor.builder.append(header(), to: bind)
            cursor.builder.append(bind, to: whole)
        } else if kind == .while {
            cursor.builder.append(header(), to: whole)
        }
        if cursor.isOpen("{") { cursor.builder.append(bracedBlock(), to: whole) }
        cursor.finish(whole)
        return whole
    }

    /// `|a, (b, c): Type| value`.
    private mutating func closure() -> NodeID {
        let function = cursor.begin(.function, .lastIsResult)
        if cursor.isAt("||") {
            cursor.position += 1
        } else {
            cursor.position += 1
            var end = cursor.position
            while end < cursor.limit, cursor.text[Int(cursor.lexemes[end].start)] != SourceByte.bar {
                end = cursor.lexemes[end].kind == .open ? cursor.behind(end) : end + 1
            }
            let limit = cursor.limit
            cursor.limit = min(end, limit)
            parameters(of: function)
            cursor.limit = limit
            cursor.position = min(end + 1, limit)
        }
        if cursor.isAt("->") {
            cursor.position += 1
            _ = type()
        }
        nested { $0.cursor.builder.append($0.expression(), to: function) }
        cursor.finish(function)
        return function
    }

    // MARK: Names

    private mutating func named() -> NodeID? {
        if cursor.isAt("<"), let behind = offsetBehindAngles(0), cursor.isAt("::", behind) {
            // `<T as Trait>::function`
            cursor.position += behind + 1
            return cursor.isName() ? cursor.nameNode() : cursor.begin(.opaque)
        }
        if cursor.isAt("::"), cursor.isName(1) { cursor.position += 1 }
        guard cursor.isName() else { return nil }
        if cursor.isAt("None"), !cursor.isAt("::", 1), !cursor.isOpen("(", 1) {
            let nothing = cursor.begin(.literal, .nothing)
            cursor.position += 1
            cursor.finish(nothing)
            return nothing
        }
        if cursor.isAt("self"), !cursor.isAt("::", 1) {
            let itself = cursor.begin(.name, .itself)
            cursor.position += 1
            cursor.finish(itself)
            return itself
        }
        if cursor.isAt("!", 1), !cursor.isAt("!=", 1), cursor.lexeme(2)?.kind == .open { return macro() }
        return path()
    }

    /// `name!(…)`: a call; what is in braces are statements.
    private mutating func macro() -> NodeID {
        let name = cursor.nameNode()
        cursor.position += 1
        if cursor.isOpen("{") { return bracedBlock() }
        if cursor.isOpen("[") {
            let collection = cursor.begin(.collection, .elements)
            arguments(of: collection)
            cursor.finish(collection)
            return collection
        }
        return passedOn(call(name))
    }

    /// `check!(value)`: what a macro makes of a value has its members, in all likelihood.
    private mutating func passedOn(_ call: NodeID) -> NodeID {
        let callee = cursor.builder[call].firstChild
        guard !callee.isNone else { return call }
        let only = cursor.builder[callee].nextSibling
        guard !only.isNone, cursor.builder[only].nextSibling.isNone, cursor.builder[only].kind != .literal else {
            return call
        }
        cursor.builder[call].kind = .choice
        cursor.builder[callee].kind = .opaque
        cursor.builder[callee].firstChild = .none
        return call
    }

    /// `a::b::C::d`: the class, or the last name; with what is imported under the path before it.
    private mutating func path() -> NodeID {
        let start = cursor.position
        var end = start
        var capital: Int?
        var isGeneric = false
        while true {
            if capital == nil, cursor.text[Int(cursor.lexemes[end].start)] &- 0x41 < 26 { capital = end }
            cursor.position = end + 1
            if cursor.isAt("::"), cursor.isAt("<", 1), let behind = offsetBehindAngles(1) {
                isGeneric = true
                cursor.position += behind
            }
            guard cursor.isAt("::"), cursor.isName(1) else { break }
            end = cursor.position + 1
        }
        let behind = cursor.position
        let last = min(capital ?? end, end)
        var node = rooted(start, last)
        // What follows the class: functions and constants of it.
        cursor.position = last + 1
        while cursor.position < min(end + 1, behind) {
            if cursor.isAt("::"), cursor.isName(1) {
                cursor.position += 1
                node = cursor.wrap(node, in: .member)
                cursor.takeName(node)
                cursor.finish(node)
            } else if cursor.isAt("::"), cursor.isAt("<", 1), let angles = offsetBehindAngles(1) {
                cursor.position += angles
            } else {
                break
            }
        }
        cursor.position = behind
        _ = isGeneric
        return node
    }

    /// The name at `last`, which the path from `start` on leads to.
    private mutating func rooted(_ start: Int, _ last: Int) -> NodeID {
        cursor.position = last
        let own = cursor.nameNode()
        guard last > start else { return own }
        let first = cursor.lexemes[start]
        let isOwn =
            first.keyword > 0
            || [Identifier("crate"), Identifier("self"), Identifier("super")].contains(first.identifier)
        guard !isOwn else { return own }
        let node = cursor.builder[own]
        let imported = cursor.builder.add(.imported, start: first.start, end: node.end)
        let literal = cursor.builder.add(
            .literal, .string, start: first.start, end: cursor.lexemes[last - 2].end)
        cursor.builder.append(literal, to: imported)
        cursor.builder.append(own, to: imported)
        // A module that is imported under a name of its own: `use redis::aio; aio::ConnectionManager`.
        cursor.position = start
        var member = cursor.nameNode()
        while cursor.position < last, cursor.isAt("::") {
            cursor.position += 1
            member = cursor.wrap(member, in: .member)
            cursor.takeName(member)
        }
        let choice = cursor.wrap(imported, in: .choice)
        cursor.builder.append(member, to: choice)
        cursor.builder[choice].name = node.name
        cursor.builder[choice].nameStart = node.nameStart
        cursor.builder[choice].nameEnd = node.nameEnd
        return choice
    }

    // MARK: Suffixes

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if cursor.isAt("?") {
            cursor.position += 1
            return operand
        }
        if cursor.isOpen("{") {
            guard !isInHeader, isTypeName(operand) else { return nil }
            return structure(operand)
        }
        guard cursor.isAt(".") else { return nil }
        if keyword(1) == .await {
            cursor.position += 2
            return operand
        }
        guard cursor.isName(1) || cursor.lexeme(1)?.kind == .number else { return nil }
        if cursor.isOpen("(", 2), let name = cursor.lexeme(1)?.identifier {
            // What is asked for without a key lends what it holds: a pool, a cell.
            let isEmpty = cursor.lexeme(3).map { $0.kind == .close } ?? true
            if Self.passing.contains(name) || (name == Self.get && isEmpty) { return passed(operand) }
            if name == Self.arg, cursor.builder[operand].kind == .call { return appended(operand) }
        }
        return self.member(operand)
    }

    /// `.name`, `.0`, `.name::<T>`.
    private mutating func member(_ object: NodeID) -> NodeID {
        cursor.position += 1
        let member = cursor.wrap(object, in: .member)
        if let lexeme = cursor.lexeme() {
            cursor.builder[member].name =
                lexeme.kind == .number
                ? Identifier(cursor.text.slice(Int(lexeme.start), Int(lexeme.end))) : lexeme.identifier
            cursor.builder[member].nameStart = lexeme.start
            cursor.builder[member].nameEnd = lexeme.end
            cursor.position += 1
        }
        if cursor.isAt("::"), cursor.isAt("<", 1), let behind = offsetBehindAngles(1) { cursor.position += behind }
        cursor.finish(member)
        return member
    }

    /// Methods that give the object itself, or what it holds.
    private static let passing = Set(
        [
            "unwrap", "expect", "clone", "as_ref", "as_mut", "lock", "write", "read", "borrow", "borrow_mut",
            "to_owned",
            "into_inner", "map_err", "context", "with_context", "ok", "ok_or", "ok_or_else", "get_mut",
            "unwrap_or_else",
            "unwrap_or_default", "deref", "deref_mut", "as_deref", "as_deref_mut", "cloned", "iter", "iter_mut",
            "into_iter", "get_ref", "instrument", "in_current_span", "boxed", "await_timeout", "by_ref", "wrap_err",
        ].map(Identifier.init))
    private static let arg = Identifier("arg")
    private static let get = Identifier("get")

    private mutating func passed(_ operand: NodeID) -> NodeID {
        cursor.position += 2
        let isEmpty = cursor.lexeme(1)?.kind == .close || cursor.lexeme(1) == nil
        guard !isEmpty else {
            cursor.skip()
            return operand
        }
        let rest = cursor.begin(.opaque)
        arguments(of: rest)
        cursor.finish(rest)
        let choice = cursor.wrap(operand, in: .choice)
        cursor.builder.append(rest, to: choice)
        return choice
    }

    /// `cmd("SET").arg(key).arg(value)`: a builder's arguments are those of the call that it begins with.
    private mutating func appended(_ call: NodeID) -> NodeID {
        cursor.position += 2
        arguments(of: call)
        cursor.finish(call)
        return call
    }

    private func isTypeName(_ operand: NodeID) -> Bool {
        let node = cursor.builder[operand]
        guard node.kind == .name || node.kind == .choice || node.kind == .member, node.nameStart >= 0 else {
            return false
        }
        return cursor.text[Int(node.nameStart)] &- 0x41 < 26
    }

    /// `Store { client, name: value, ..other }`.
    private mutating func structure(_ type: NodeID) -> NodeID {
        let new = cursor.wrap(type, in: .new)
        inside { reader in
            while !reader.cursor.isAtEnd {
                while reader.cursor.isAt("#") { reader.skipAttribute() }
                if reader.cursor.isFreeName(), let name = reader.cursor.lexeme() {
                    let argument = reader.cursor.begin(.argument, .field)
                    reader.cursor.setName(argument, name)
                    if reader.cursor.isAt(":", 1) { reader.cursor.position += 2 }
                    reader.cursor.builder.append(reader.expression(), to: argument)
                    reader.cursor.finish(argument)
                    reader.cursor.builder.append(argument, to: new)
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(new)
        return new
    }

    /// `Some(value)`, `Ok(value)`, `Arc::new(value)` are the value, as far as members go.
    mutating func call(_ callee: NodeID) -> NodeID {
        let outer = isInHeader
        isInHeader = false
        defer { isInHeader = outer }
        let isHolder = holds(callee)
        let call = cursor.wrap(callee, in: .call)
        arguments(of: call)
        cursor.finish(call)
        guard isHolder else { return call }
        // The callee's node stays where nothing reads it.
        cursor.builder[call].kind = .choice
        cursor.builder[callee].kind = .opaque
        cursor.builder[callee].firstChild = .none
        return call
    }

    private func holds(_ callee: NodeID) -> Bool {
        let node = cursor.builder[callee]
        if node.kind == .name { return Self.variants.contains(node.name) }
        guard node.kind == .member,
            node.name == Identifier("new") || node.name == Identifier("clone") || node.name == Identifier("from"),
            !node.firstChild.isNone
        else { return false }
        return Self.holders.contains(cursor.builder[node.firstChild].name)
    }

    private static let variants = Set(["Some", "Ok", "Box", "Data", "Extension", "State"].map(Identifier.init))
    private static let holders = Set(
        [
            "Arc", "Rc", "Box", "Mutex", "RwLock", "RefCell", "Cell", "Data", "Extension", "OnceCell", "OnceLock",
            "Pin",
            "Cow", "Some",
        ].map(Identifier.init))

    mutating func group() -> NodeID {
        let outer = isInHeader
        isInHeader = false
        defer { isInHeader = outer }
        let tuple = cursor.begin(.collection, .tuple)
        var count = 0
        var only = NodeID.none
        inside { reader in
            while !reader.cursor.isAtEnd {
                only = reader.expression()
                reader.cursor.builder.append(only, to: tuple)
                count += 1
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(tuple)
        return count == 1 ? only : tuple
    }

    mutating func argument() -> NodeID {
        let outer = isInHeader
        isInHeader = false
        defer { isInHeader = outer }
        return expression()
    }
}
