/// Reads expressions as most languages write them.
///
/// A dialect's reader says what is its own.
protocol ExpressionReading {
    var cursor: LexemeCursor { get set }

    init(cursor: LexemeCursor)

    /// Reads statements up to the end of the present brackets, or to a word that ends a block.
    mutating func statements(of parent: NodeID)

    /// An operand that begins as only this language knows it: with a keyword, a sign, a closure. Nil where it begins as
    /// in all languages; the position is then where it was.
    mutating func ownOperand() -> NodeID?

    /// What follows an operand as only this language knows it. Nil where nothing does.
    mutating func ownSuffix(_ operand: NodeID) -> NodeID?

    /// What the lexeme at the position does between two operands.
    func infix() -> Infix?

    /// One argument of a call, without what is after it.
    mutating func argument() -> NodeID

    /// What is between brackets, where a value begins with them.
    mutating func collection() -> NodeID

    /// What is between parentheses, where a value begins with them.
    mutating func group() -> NodeID

    /// A lexeme that starts a line goes on with the expression before it.
    func continuesLine() -> Bool

    /// The lexeme at the position begins something new.
    func endsExpression() -> Bool

    /// `.name` after an object, the sign being at the position; nil where no name is behind it.
    mutating func member(_ object: NodeID, _ flags: SyntaxNode.Flags) -> NodeID?

    /// An element or a pair of a collection.
    mutating func element(of collection: NodeID)
}

/// What stands between two operands.
enum Infix {
    /// The value is one of both: `or`, `||`, `??`.
    case choice
    /// The value is the second or the third operand: `?`, closed by `:`.
    case condition
    /// Strings are put together.
    case concatenation
    /// The left gets the value of the right.
    case assignment(SyntaxNode.Flags)
    /// Anything else.
    case other
}

extension ExpressionReading {
    /// Reads a file, or a part of one.
    static func read(
        _ text: SourceText, _ lexemes: [Lexeme], linesMatter: Bool, into builder: inout SyntaxBuilder
    ) {
        var reader = Self(cursor: LexemeCursor(text, lexemes: lexemes, builder: builder, linesMatter: linesMatter))
        // Not kept twice while it grows.
        builder = SyntaxBuilder(capacity: 0)
        while !reader.cursor.isAtEnd {
            reader.statements(of: reader.cursor.builder.root)
            // What ends nothing: a bracket that closes, an `end` without a beginning.
            reader.cursor.skip()
        }
        builder = reader.cursor.builder
    }

    /// Reads what is between the commas of the brackets at the position as children of a node.
    mutating func parts(of node: NodeID, _ read: (inout Self) -> NodeID) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.cursor.builder.append(read(&reader), to: node)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
    }

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? { nil }

    func infix() -> Infix? { commonInfix() }

    func continuesLine() -> Bool { cursor.isAt(".") || cursor.isAt("?.") || cursor.isAt("?") || cursor.isAt(":") }

    /// The signs that mean the same in most languages.
    func commonInfix() -> Infix? {
        guard let lexeme = cursor.lexeme(), lexeme.kind == .sign, !endsExpression() else { return nil }
        switch cursor.text[Int(lexeme.start)] {
        case SourceByte.comma, SourceByte.semicolon, SourceByte.colon, SourceByte.at: return nil
        case SourceByte.equals:
            if cursor.isAt("=") { return .assignment([]) }
            return cursor.isAt("=>") ? nil : .other
        case SourceByte.bar, SourceByte.ampersand:
            if cursor.isAt("||=") || cursor.isAt("&&=") { return .assignment([]) }
            return cursor.isAt("||") || cursor.isAt("&&") ? .choice : .other
        case SourceByte.question:
            if cursor.isAt("??=") { return .assignment([]) }
            if cursor.isAt("?") { return .condition }
            return cursor.isAt("??") || cursor.isAt("?:") ? .choice : nil
        case SourceByte.plus:
            if cursor.isAt("++") { return nil }
            return cursor.isAt("+") ? .concatenation : .other
        case SourceByte.minus where cursor.isAt("--") || cursor.isAt("->"): return nil
        case SourceByte.dot where cursor.isAt("..."): return nil
        case SourceByte.exclamation: return cursor.isAt("!=") || cursor.isAt("!==") || cursor.isAt("!~") ? .other : nil
        default: return .other
        }
    }

    /// The lexeme at the position begins something new.
    func endsExpression() -> Bool {
        guard let lexeme = cursor.lexeme() else { return true }
        if lexeme.kind == .close { return true }
        return cursor.startsLine() && !continuesLine()
    }

    /// An expression with all its operands; a node without bytes where there is none.
    mutating func expression() -> NodeID {
        let first = alternative()
        guard let infix = infix() else { return first }
        switch infix {
        case .assignment(let flags):
            cursor.position += 1
            let bind = cursor.wrap(first, in: .bind, flags)
            if !cursor.isAtEnd { nested { $0.cursor.builder.append($0.expression(), to: bind) } }
            cursor.finish(bind)
            return bind
        case .choice: return choice(first)
        case .condition: return condition(first)
        case .concatenation, .other: return first
        }
    }

    private mutating func choice(_ first: NodeID) -> NodeID {
        let choice = cursor.wrap(first, in: .choice)
        while case .choice? = infix() {
            cursor.position += 1
            cursor.builder.append(alternative(), to: choice)
        }
        cursor.finish(choice)
        if case .assignment? = infix() {
            // `a || (b = c)` without the parentheses.
            cursor.position += 1
            nested { $0.cursor.builder.append($0.expression(), to: choice) }
        }
        if case .condition? = infix() { return condition(choice) }
        return choice
    }

    /// `condition ? value : value`: one of the two.
    private mutating func condition(_ first: NodeID) -> NodeID {
        let choice = cursor.wrap(cursor.wrap(first, in: .opaque), in: .choice)
        cursor.position += 1
        nested { $0.cursor.builder.append($0.expression(), to: choice) }
        if cursor.isAt(":") {
            cursor.position += 1
            nested { $0.cursor.builder.append($0.expression(), to: choice) }
        }
        cursor.finish(choice)
        return choice
    }

    /// Operands with signs between them that make one value.
    private mutating func alternative() -> NodeID {
        let first = operand()
        var node = NodeID.none
        while let infix = infix() {
            let kind: SyntaxNode.Kind
            switch infix {
            case .concatenation: kind = .concatenation
            case .other: kind = .opaque
            case .assignment, .choice, .condition: return node.isNone ? first : node
            }
            if node.isNone { node = cursor.wrap(first, in: kind) }
            if kind == .opaque { cursor.builder[node].kind = .opaque }
            cursor.position += 1
            cursor.builder.append(operand(), to: node)
            cursor.finish(node)
        }
        return node.isNone ? first : node
    }

    /// Runs `body` one level deeper; where that is too deep, goes past the present brackets instead.
    mutating func nested(_ body: (inout Self) -> Void) {
        guard cursor.depth < LexemeCursor.maximumDepth else {
            cursor.cutOff()
            cursor.position = cursor.limit
            return
        }
        cursor.depth += 1
        body(&self)
        cursor.depth -= 1
    }

    /// A tuple of types in brackets, as `(A, B)` and `[A, B]`, which begins at the cursor.
    mutating func tuple(of type: (inout Self) -> NodeID) -> NodeID {
        let tuple = cursor.begin(.type, .tuple)
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.cursor.builder.append(type(&reader), to: tuple)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(tuple)
        return tuple
    }

    /// Reads what is in the brackets that open at the position, and goes past them; nothing behind the last lexeme.
    ///
    /// - Parameter linesMatter: whether lines end statements inside.
    mutating func inside(linesMatter: Bool = false, _ body: (inout Self) -> Void) {
        let open = cursor.position
        guard open < cursor.lexemes.count else { return }
        let behind = cursor.behind(open)
        let (limit, lines) = (cursor.limit, cursor.linesMatter)
        cursor.limit = min(limit, max(open + 1, Int(cursor.lexemes[open].partner)))
        cursor.linesMatter = linesMatter
        cursor.position = open + 1
        if cursor.depth < LexemeCursor.maximumDepth {
            cursor.depth += 1
            body(&self)
            cursor.depth -= 1
        } else {
            cursor.cutOff()
        }
        cursor.limit = limit
        cursor.linesMatter = lines
        cursor.position = min(limit, behind)
    }
}

// Operands and what follows them.
extension ExpressionReading {
    /// A name, literal, group or what the language has of its own, with its members, calls and indexes.
    mutating func operand() -> NodeID {
        var node = beginning()
        var links = 0
        while let next = suffix(node) {
            node = next
            links += 1
            if links == LexemeCursor.maximumChain {
                links = 0
                node = detach(node)
            }
        }
        return node
    }

    /// Ends a chain that is too long for one tree: what is read so far becomes a statement, and its value is lost.
    private mutating func detach(_ node: NodeID) -> NodeID {
        cursor.builder.append(node, to: cursor.builder.root)
        return cursor.begin(.opaque)
    }

    private mutating func beginning() -> NodeID {
        guard let lexeme = cursor.lexeme() else { return cursor.begin(.opaque) }
        if let own = ownOperand() { return own }
        switch lexeme.kind {
        case .name: return cursor.nameNode()
        case .number: return cursor.literalNode()
        case .string: return string()
        case .open:
            if cursor.isOpen("(") { return group() }
            return collection()
        case .close: return cursor.begin(.opaque)
        case .sign:
            if cursor.isAt(",") || cursor.isAt(";") { return cursor.begin(.opaque) }
            if cursor.isAt("-"), cursor.lexeme(1)?.kind == .number { return negative() }
            cursor.position += 1
            guard !endsExpression() else { return cursor.begin(.opaque) }
            var operand = NodeID.none
            nested { operand = $0.operand() }
            return operand.isNone ? cursor.begin(.opaque) : operand
        }
    }

    private mutating func negative() -> NodeID {
        let start = cursor.start
        cursor.position += 1
        let number = cursor.literalNode()
        cursor.builder[number].start = start
        return number
    }

    /// A member, call or index after an operand; nil where there is none.
    mutating func suffix(_ operand: NodeID) -> NodeID? {
        guard !endsExpression(), let lexeme = cursor.lexeme() else { return nil }
        if let own = ownSuffix(operand) { return own }
        switch lexeme.kind {
        case .open where cursor.isOpen("("): return cursor.startsLine() ? nil : call(operand)
        case .open where cursor.isOpen("["): return cursor.startsLine() ? nil : index(operand)
        case .sign where cursor.isAt(".") || cursor.isAt("?."): return member(operand, [])
        default: return nil
        }
    }

    /// `.name`, the sign being at the position.
    mutating func member(_ object: NodeID, _ flags: SyntaxNode.Flags) -> NodeID? {
        guard cursor.isName(1) else { return nil }
        cursor.position += 1
        let member = cursor.wrap(object, in: .member, flags)
        cursor.takeName(member)
        cursor.finish(member)
        return member
    }

    /// `(argument, …)` after what is called.
    mutating func call(_ callee: NodeID) -> NodeID {
        let call = cursor.wrap(callee, in: .call)
        arguments(of: call)
        cursor.finish(call)
        return call
    }

    /// `[key]` after an object.
    mutating func index(_ object: NodeID) -> NodeID {
        let index = cursor.wrap(object, in: .index)
        arguments(of: index)
        cursor.finish(index)
        return index
    }

    /// Reads the brackets at the position, and makes what is between commas children of `call`.
    mutating func arguments(of call: NodeID) {
        parts(of: call) { $0.argument() }
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("...") {
            cursor.position += 1
            return spread()
        }
        let value = expression()
        guard cursor.isAt("...") else { return value }
        cursor.position += 1
        return cursor.wrap(value, in: .argument, .spread)
    }

    /// The expression at the position, which stands for several arguments.
    mutating func spread() -> NodeID { cursor.wrap(expression(), in: .argument, .spread) }

    /// `name = value`, `name: value`: the name being at the position, with one sign behind it.
    mutating func namedArgument() -> NodeID {
        let argument = cursor.begin(.argument)
        cursor.takeName(argument)
        cursor.position += 1
        cursor.builder.append(expression(), to: argument)
        cursor.finish(argument)
        return argument
    }

    /// A string, with the code inside it.
    mutating func string() -> NodeID {
        guard let lexeme = cursor.lexeme(), lexeme.flags.contains(.command) else { return plainString() }
        return commandLine(lexeme)
    }

    /// A string that a shell runs: a call of the mark before it, whose value is no matter.
    private mutating func commandLine(_ lexeme: Lexeme) -> NodeID {
        let whole = cursor.begin(.opaque)
        let call = cursor.begin(.call)
        let mark = cursor.builder.add(.name, start: lexeme.start, end: lexeme.start + 1)
        cursor.builder[mark].name = MemberNames.shell
        (cursor.builder[mark].nameStart, cursor.builder[mark].nameEnd) = (lexeme.start, lexeme.start + 1)
        cursor.builder.append(mark, to: call)
        cursor.builder.append(plainString(), to: call)
        cursor.finish(call)
        cursor.builder.append(call, to: whole)
        cursor.finish(whole)
        return whole
    }

    private mutating func plainString() -> NodeID {
        guard let lexeme = cursor.lexeme(), lexeme.flags.contains(.interpolated) else { return cursor.literalNode() }
        let end = min(cursor.limit, Int(lexeme.partner))
        let flags: SyntaxNode.Flags = lexeme.flags.contains(.raw) ? .raw : []
        let node = cursor.builder.add(.interpolation, flags, start: lexeme.contentStart, end: lexeme.contentEnd)
        cursor.position += 1
        var start = lexeme.contentStart
        while cursor.position < end, let bracket = cursor.lexeme(), bracket.kind == .open {
            literalPart(from: start, to: bracket.start, of: node, flags)
            inside { $0.cursor.builder.append($0.expression(), to: node) }
            start = cursor.end
        }
        literalPart(from: start, to: lexeme.contentEnd, of: node, flags)
        cursor.position = end
        return node
    }

    private mutating func literalPart(from start: Int32, to end: Int32, of node: NodeID, _ flags: SyntaxNode.Flags) {
        guard end > start else { return }
        let part = cursor.builder.add(.literal, flags.union(.string), start: start, end: end)
        cursor.builder.append(part, to: node)
    }

    /// `(value)`, `(value, value)`.
    mutating func group() -> NodeID {
        let tuple = cursor.begin(.collection, .tuple)
        var count = 0
        var only = NodeID.none
        inside { reader in
            while !reader.cursor.isAtEnd {
                only = reader.argument()
                reader.cursor.builder.append(only, to: tuple)
                count += 1
                guard reader.cursor.skipPastComma() else { return }
                count += reader.cursor.isAtEnd ? 1 : 0
            }
        }
        cursor.finish(tuple)
        return count == 1 ? only : tuple
    }

    /// `[value, …]`, `{key: value, …}`.
    mutating func collection() -> NodeID {
        let isMap = cursor.isOpen("{")
        let collection = cursor.begin(.collection, isMap ? .map : .elements)
        inside { reader in
            while !reader.cursor.isAtEnd {
                reader.element(of: collection)
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }

    /// An element or a pair of a collection.
    mutating func element(of collection: NodeID) {
        let key = argument()
        guard cursor.isAt(":") || cursor.isAt("=>") else { return cursor.builder.append(key, to: collection) }
        cursor.position += 1
        let pair = cursor.wrap(key, in: .pair)
        cursor.builder.append(expression(), to: pair)
        cursor.finish(pair)
        cursor.builder[collection].flags.insert(.map)
        cursor.builder.append(pair, to: collection)
    }
}
