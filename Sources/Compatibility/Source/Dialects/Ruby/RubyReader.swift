/// Reads Ruby by its lines and `end`s.
struct RubyReader: ExpressionReading {
    typealias Keyword = RubyDialect.Keyword
    var cursor: LexemeCursor
    /// The names of the modules and classes around.
    var nesting: [Range<Int>] = []
    /// The class whose body is read; none in methods and outside.
    var classNode = NodeID.none
    /// How many commands without parentheses and conditions are around, whose `do` is not an argument's.
    var commands = 0
    /// The variable that has the name of the method for which `method_missing` was called.
    var calledName = Identifier.none
    /// What `yield` calls.
    var blockName = Identifier.none

    init(cursor: LexemeCursor) { self.cursor = cursor }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    func byte(_ offset: Int = 0) -> UInt8 { cursor.lexeme(offset).map { cursor.text[Int($0.start)] } ?? 0 }

    /// The lexeme at an offset has no white space before it.
    func isAdjacent(_ offset: Int) -> Bool {
        guard let lexeme = cursor.lexeme(offset) else { return false }
        return !lexeme.flags.contains(.afterSpace) && !lexeme.flags.contains(.startsLine)
    }

    func range(_ lexeme: Lexeme) -> Range<Int> { Int(lexeme.start)..<Int(max(lexeme.start, lexeme.end)) }

    func isConstant(_ offset: Int = 0) -> Bool { cursor.isName(offset) && byte(offset) &- 0x41 < 26 }

    /// A line that begins with `.name` or `&.name` goes on.
    func continuesLine() -> Bool {
        if cursor.isAt(".") { return true }
        return cursor.isAt("&") && cursor.isAt(".", 1) && isAdjacent(1)
    }

    func endsExpression() -> Bool {
        guard let lexeme = cursor.lexeme() else { return true }
        if lexeme.kind == .close { return true }
        return cursor.startsLine() && !continuesLine()
    }

    // MARK: Statements

    /// Reads statements up to a word that ends them.
    mutating func statements(of parent: NodeID) {
        while !cursor.isAtEnd {
            switch keyword() {
            case .end, .else, .elsif, .when, .rescue, .ensure: return
            case .in where cursor.startsLine(): return
            default: break
            }
            let before = cursor.position
            if cursor.isAt(";") {
                cursor.position += 1
            } else {
                statement(of: parent)
            }
            if cursor.position == before { cursor.skip() }
        }
    }

    mutating func statement(of parent: NodeID) {
        switch keyword() {
        case .class where cursor.isAt("<<", 1): singleton(parent)
        case .class, .module: classDeclaration(parent)
        case .alias, .undef: skipLine()
        case .redo, .retry: cursor.position += 1
        case .then, .do: cursor.position += 1
        default:
            let value = list()
            cursor.builder.append(value, to: parent)
        }
        modifiers(parent)
    }

    /// `… if condition`, `… rescue value`.
    private mutating func modifiers(_ parent: NodeID) {
        while !cursor.startsLine(), let word = keyword() {
            switch word {
            case .if, .unless, .while, .until, .rescue:
                cursor.position += 1
                cursor.builder.append(expression(), to: parent)
            default: return
            }
        }
    }

    private mutating func skipLine() {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(";") { cursor.skip() }
    }

    /// An expression, or `a, b = values`.
    private mutating func list() -> NodeID {
        let first = cursor.isAt("*") ? starred() : expression()
        let kind = cursor.builder[first].kind
        guard cursor.isAt(","), !cursor.startsLine(), kind == .name || kind == .member || kind == .index else {
            return first
        }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(",") {
            cursor.position += 1
            if cursor.isAt("*") { cursor.position += 1 }
            cursor.builder.append(operand(), to: tuple)
        }
        cursor.finish(tuple)
        guard cursor.isAt("=") else { return tuple }
        cursor.position += 1
        let bind = cursor.wrap(tuple, in: .bind)
        cursor.builder.append(values(), to: bind)
        cursor.finish(bind)
        return bind
    }

    /// One value, or several as a tuple.
    mutating func values() -> NodeID {
        let first = argument()
        guard cursor.isAt(","), !cursor.startsLine() else { return first }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(",") {
            cursor.position += 1
            cursor.builder.append(argument(), to: tuple)
        }
        cursor.finish(tuple)
        return tuple
    }

    mutating func starred() -> NodeID {
        cursor.position += 1
        return spread()
    }

    /// Statements up to `end` or another part, as a block.
    mutating func part(_ flags: SyntaxNode.Flags = []) -> NodeID {
        let block = cursor.begin(.block, flags)
        deeper { $0.statements(of: block) }
        cursor.finish(block)
        return block
    }

    /// Runs `body` one level deeper, `do` being its own.
    mutating func deeper(_ body: (inout Self) -> Void) {
        let outer = commands
        commands = 0
        nested(body)
        commands = outer
    }

    /// An expression whose `do` is not its own.
    mutating func header() -> NodeID {
        commands += 1
        let value = expression()
        commands -= 1
        return value
    }

    private mutating func pastEnd() {
        if keyword() == .end { cursor.position += 1 }
    }

    /// `if … elsif … else … end`, `unless`: one of the parts' values.
    mutating func conditional() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        let condition = header()
        cursor.builder.append(cursor.wrap(condition, in: .opaque), to: choice)
        if keyword() == .then { cursor.position += 1 }
        cursor.builder.append(part(), to: choice)
        while let word = keyword(), word == .elsif || word == .else {
            cursor.position += 1
            if word == .elsif {
                let other = header()
                cursor.builder.append(cursor.wrap(other, in: .opaque), to: choice)
                if keyword() == .then { cursor.position += 1 }
            }
            cursor.builder.append(part(), to: choice)
        }
        pastEnd()
        cursor.finish(choice)
        return choice
    }

    /// `while condition … end`, `until`.
    mutating func loop() -> NodeID {
        let block = cursor.begin(.block)
        cursor.position += 1
        cursor.builder.append(header(), to: block)
        if keyword() == .do { cursor.position += 1 }
        cursor.builder.append(part(), to: block)
        pastEnd()
        cursor.finish(block)
        return block
    }

    /// `for a, b in values … end`.
    mutating func elements() -> NodeID {
        let block = cursor.begin(.block)
        cursor.position += 1
        let bind = cursor.begin(.bind, .element)
        var target = operand()
        if cursor.isAt(",") {
            target = cursor.wrap(target, in: .collection, .tuple)
            while cursor.isAt(",") {
                cursor.position += 1
                cursor.builder.append(operand(), to: target)
            }
        }
        cursor.builder.append(target, to: bind)
        if keyword() == .in {
            cursor.position += 1
            cursor.builder.append(header(), to: bind)
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: block)
        if keyword() == .do { cursor.position += 1 }
        cursor.builder.append(part(), to: block)
        pastEnd()
        cursor.finish(block)
        return block
    }

    /// `case value when a, b then … else … end`.
    mutating func cases() -> NodeID {
        let choice = cursor.begin(.choice)
        cursor.position += 1
        if !endsExpression() {
            let value = header()
            cursor.builder.append(cursor.wrap(value, in: .opaque), to: choice)
        }
        while let word = keyword(), word == .when || word == .in || word == .else {
            cursor.position += 1
            if word != .else {
                commands += 1
                while !cursor.isAtEnd, keyword() != .then, !cursor.startsLine() {
                    let before = cursor.position
                    let value = argument()
                    cursor.builder.append(cursor.wrap(value, in: .opaque), to: choice)
                    if cursor.isAt(",") { cursor.position += 1 }
                    if cursor.position == before { cursor.skip() }
                }
                commands -= 1
                if keyword() == .then { cursor.position += 1 }
            }
            cursor.builder.append(part(), to: choice)
        }
        pastEnd()
        cursor.finish(choice)
        return choice
    }

    /// `begin … rescue Type => error … ensure … end`.
    mutating func begun() -> NodeID {
        let block = cursor.begin(.block)
        cursor.position += 1
        guardedBody(of: block)
        pastEnd()
        cursor.finish(block)
        return block
    }

    /// Statements with `rescue`, `else` and `ensure`, up to `end`.
    mutating func guardedBody(of block: NodeID) {
        deeper { reader in
            reader.statements(of: block)
            while let word = reader.keyword(), word == .rescue || word == .else || word == .ensure {
                reader.cursor.position += 1
                if word == .rescue {
                    while !reader.cursor.isAtEnd, !reader.cursor.startsLine(), reader.keyword() != .then {
                        reader.cursor.skip()
                    }
                }
                reader.cursor.builder.append(reader.part(), to: block)
            }
        }
    }
}
