// Types, generics and patterns.

extension RustReader {
    /// `<'a, T: Bound, const N: usize>` at the position: where the bounds are is kept.
    mutating func genericParameters() {
        guard cursor.isAt("<"), let behind = offsetBehindAngles(0) else { return }
        let end = cursor.position + behind
        bounds(upTo: end - 1)
        cursor.position = end
    }

    /// `where T: Bound, …` up to the brace or semicolon.
    mutating func whereClause() {
        guard keyword() == .where else { return }
        var end = cursor.position
        while end < cursor.limit, !isBodyOrEnd(end) {
            end = cursor.lexemes[end].kind == .open ? cursor.behind(end) : end + 1
        }
        bounds(upTo: end)
        cursor.position = min(end, cursor.limit)
    }

    private func isBodyOrEnd(_ index: Int) -> Bool {
        let byte = cursor.text[Int(cursor.lexemes[index].start)]
        return byte == SourceByte.openBrace || byte == SourceByte.semicolon
    }

    private mutating func bounds(upTo end: Int) {
        var depth = 0
        while cursor.position < min(end, cursor.limit) {
            if cursor.isAt("<") { depth += 1 }
            if cursor.isAt(">") { depth -= 1 }
            if cursor.isFreeName(), cursor.isAt(":", 1), depth <= 1, generics.count < 64,
                let name = cursor.lexeme()?.identifier
            {
                generics.append((name, cursor.position + 2))
            }
            cursor.position += 1
        }
    }

    /// The offset behind `<…>`; nil where the sign is no bracket.
    func offsetBehindAngles(_ offset: Int) -> Int? {
        var depth = 0
        var next = offset
        while next < offset + 200, let lexeme = cursor.lexeme(next) {
            if cursor.isAt("<", next) {
                depth += 1
            } else if cursor.isAt("<<", next) {
                depth += 2
            } else if cursor.isAt(">", next) {
                depth -= 1
                if depth == 0 { return next + 1 }
            } else if lexeme.kind == .open {
                guard !cursor.isOpen("{", next) else { return nil }
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            } else if lexeme.kind == .close || cursor.isAt(";", next) || cursor.isAt("&&", next)
                || cursor.isAt("||", next)
            {
                return nil
            }
            next += 1
        }
        return nil
    }

    /// The type at the position.
    mutating func type() -> NodeID {
        skipTypePrefix()
        guard cursor.depth < LexemeCursor.maximumDepth else { return cursor.begin(.type) }
        cursor.depth += 1
        defer { cursor.depth -= 1 }
        if cursor.isOpen("(") { return tupleType() }
        if cursor.isOpen("[") {
            let elements = cursor.begin(.type, .elements)
            inside { $0.cursor.builder.append($0.type(), to: elements) }
            cursor.finish(elements)
            return elements
        }
        if keyword() == .fn {
            let any = cursor.begin(.type)
            cursor.position += 1
            if cursor.isOpen("(") { cursor.skip() }
            if cursor.isAt("->") {
                cursor.position += 1
                _ = type()
            }
            return any
        }
        guard cursor.isFreeName() else { return cursor.begin(.type) }
        return namedType()
    }

    private mutating func skipTypePrefix() {
        while !cursor.isAtEnd {
            if cursor.isAt("&") || cursor.isAt("&&") || cursor.isAt("*") || cursor.isAt("?") || cursor.isAt("::") {
                cursor.position += 1
            } else if cursor.isAt("'"), cursor.isName(1) {
                cursor.position += 2
            } else if keyword() == .mut || keyword() == .dyn || keyword() == .impl || keyword() == .const {
                cursor.position += 1
            } else if keyword() == .for, cursor.isAt("<", 1), let behind = offsetBehindAngles(1) {
                cursor.position += behind
            } else {
                return
            }
        }
    }

    private mutating func tupleType() -> NodeID { tuple { reader in reader.type() } }

    private mutating func namedType() -> NodeID {
        if let bound = boundOfGeneric() { return bound }
        var type = cursor.nameNode(.type)
        while true {
            if cursor.isAt("::"), cursor.isAt("<", 1) { cursor.position += 1 }
            if cursor.isAt("<"), let behind = offsetBehindAngles(0) { typeArguments(of: type, behind) }
            guard cursor.isAt("::"), cursor.isFreeName(1) else { break }
            type = cursor.qualified(type)
        }
        if cursor.isOpen("("), cursor.builder[type].name != .none, isFunctionTrait(type) {
            cursor.skip()
            if cursor.isAt("->") {
                cursor.position += 1
                _ = self.type()
            }
        }
        while cursor.isAt("+"), cursor.isFreeName(1) || cursor.isAt("'", 1) {
            // `AsyncCommands + Send`: the first tells what it can do, as a rule.
            cursor.position += cursor.isAt("'", 1) ? 3 : 2
            while cursor.isAt("::") { cursor.position += 2 }
            if cursor.isAt("<"), let behind = offsetBehindAngles(0) { cursor.position += behind }
        }
        cursor.finish(type)
        return type
    }

    private func isFunctionTrait(_ type: NodeID) -> Bool {
        let name = cursor.builder[type].name
        return name == Identifier("Fn") || name == Identifier("FnMut") || name == Identifier("FnOnce")
    }

    /// Of a generic's parameter, what it is bound to be.
    private mutating func boundOfGeneric() -> NodeID? {
        guard !cursor.isAt("::", 1), let name = cursor.lexeme()?.identifier,
            let generic = generics.last(where: { $0.name == name })
        else { return nil }
        let place = cursor.position + 1
        let (limit, all) = (cursor.limit, generics)
        generics = []
        cursor.position = generic.bound
        cursor.limit = cursor.lexemes.count
        let type = self.type()
        generics = all
        cursor.limit = limit
        cursor.position = place
        return type
    }

    private mutating func typeArguments(of type: NodeID, _ behind: Int) {
        let end = cursor.position + behind - 1
        cursor.position += 1
        while cursor.position < end {
            let before = cursor.position
            if cursor.isName(), cursor.isAt("=", 1) { cursor.position += 2 }
            cursor.builder.append(self.type(), to: type)
            while cursor.position < end, !cursor.isAt(",") { cursor.skip() }
            if cursor.position < end { cursor.position += 1 }
            if cursor.position == before { cursor.position += 1 }
        }
        cursor.position = end + 1
    }

    // MARK: Patterns

    /// What is between `let` and `=`, or before `=>`: the names that it declares, as a target.
    mutating func pattern() -> NodeID {
        while keyword() == .mut || keyword() == .ref || cursor.isAt("&") || cursor.isAt("&&") { cursor.position += 1 }
        if cursor.isOpen("(") { return tuplePattern() }
        guard cursor.isName(), !cursor.isString() else { return opaquePattern() }
        guard let lexeme = cursor.lexeme(), lexeme.keyword == 0 else { return opaquePattern() }
        let isPath = cursor.isAt("::", 1) || cursor.isOpen("(", 1) || cursor.isOpen("{", 1)
        guard isPath else { return cursor.nameNode() }
        while cursor.isName(), cursor.isAt("::", 1) { cursor.position += 2 }
        cursor.position += 1
        if cursor.isOpen("(") {
            // `Some(client)`, `Ok(client)`: what holds a value is the value.
            let tuple = tuplePattern()
            let only = cursor.builder[tuple].firstChild
            return !only.isNone && cursor.builder[only].nextSibling.isNone ? only : tuple
        }
        return cursor.isOpen("{") ? fieldsPattern() : cursor.begin(.opaque)
    }

    private mutating func opaquePattern() -> NodeID {
        let node = cursor.begin(.opaque)
        cursor.skip()
        return node
    }

    private mutating func tuplePattern() -> NodeID {
        let tuple = cursor.begin(.collection, .tuple)
        parts(of: tuple) { $0.pattern() }
        cursor.finish(tuple)
        return tuple
    }

    private mutating func fieldsPattern() -> NodeID {
        let map = cursor.begin(.collection, .map)
        inside { reader in
            while !reader.cursor.isAtEnd {
                while reader.keyword() == .mut || reader.keyword() == .ref { reader.cursor.position += 1 }
                if reader.cursor.isFreeName() {
                    let name = reader.cursor.nameNode()
                    if reader.cursor.isAt(":") {
                        reader.cursor.position += 1
                        let pair = reader.cursor.wrap(name, in: .pair)
                        reader.cursor.builder.append(reader.pattern(), to: pair)
                        reader.cursor.builder.append(pair, to: map)
                    } else {
                        reader.cursor.builder.append(name, to: map)
                    }
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(map)
        return map
    }
}
