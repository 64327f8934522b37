/// Lua, from 5.1 to 5.4 and LuaJIT.
enum LuaDialect: Dialect, LexicalRules {
    static let facts: DialectFacts = {
        var facts = DialectFacts(
            name: "lua", extensions: ["lua"], family: "lua", sharing: .file, keywords: Keyword.allCases.map(\.rawValue))
        facts.interpreters = ["luajit", "lua", "resty", "tarantool"]
        facts.indexNames = ["init"]
        facts.mapsAreValues = true
        facts.tablesAreObjects = true
        facts.objectsAreArguments = true
        return facts
    }()

    static let keywords = KeywordTable(facts.keywords)

    enum Keyword: String, CaseIterable {
        case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or
        case `repeat`, `return`, then, `true`, until, `while`
    }

    static func read(_ text: SourceText, into builder: inout SyntaxBuilder) {
        LuaReader.read(text, SourceLexer<Self>.lexemes(text), linesMatter: false, into: &builder)
    }

    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int? {
        if index == 0, text.starts(with: "#!", at: 0) { return text.endOfLine(0) }
        guard text[index] == SourceByte.minus, text[index + 1] == SourceByte.minus else { return nil }
        guard let close = closeOfLongBracket(text, at: index + 2) else { return text.endOfLine(index) }
        return text.find(close, from: index + 2, end: text.count).map { $0 + close.utf8CodeUnitCount } ?? text.count
    }

    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm? {
        switch text[index] {
        case SourceByte.doubleQuote: return StringForm(content: index + 1, close: "\"")
        case SourceByte.singleQuote: return StringForm(content: index + 1, close: "'")
        case SourceByte.openBracket:
            guard let close = closeOfLongBracket(text, at: index) else { return nil }
            var form = StringForm(content: index + close.utf8CodeUnitCount, close: close, escapes: false)
            form.spansLines = true
            form.flags = .raw
            return form
        default: return nil
        }
    }

    /// What closes the long bracket `[[`, `[=[`, … that opens at a place; nil where none does.
    private static func closeOfLongBracket(_ text: SourceText, at index: Int) -> StaticString? {
        guard text[index] == SourceByte.openBracket else { return nil }
        var level = 0
        while text[index + 1 + level] == SourceByte.equals, level < longBrackets.count { level += 1 }
        guard text[index + 1 + level] == SourceByte.openBracket, level < longBrackets.count else { return nil }
        return longBrackets[level]
    }

    private static let longBrackets: [StaticString] = [
        "]]", "]=]", "]==]", "]===]", "]====]", "]=====]", "]======]", "]=======]", "]========]",
    ]
}

/// Reads Lua by its keywords: a block ends with `end`, and lines mean nothing.
struct LuaReader: ExpressionReading {
    typealias Keyword = LuaDialect.Keyword
    var cursor: LexemeCursor

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    // MARK: Statements

    /// Reads statements up to a keyword that ends a block, or to the end.
    mutating func statements(of parent: NodeID) {
        while !cursor.isAtEnd {
            switch keyword() {
            case .end, .else, .elseif, .until: return
            default: break
            }
            let before = cursor.position
            statement(of: parent)
            if cursor.position == before { cursor.skip() }
        }
    }

    private mutating func statement(of parent: NodeID) {
        switch keyword() {
        case .local: local(parent)
        case .function where cursor.isFreeName(1): namedFunction(parent)
        case .return: result(parent)
        case .if: condition(parent)
        case .while:
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
            if keyword() == .do { block(of: parent) }
        case .do: block(of: parent)
        case .for: loop(parent)
        case .repeat:
            block(of: parent, closedBy: .until)
            cursor.builder.append(expression(), to: parent)
        case .goto: cursor.position += 2
        case .break, .then, .in: cursor.position += 1
        default:
            if cursor.isAt(";") || cursor.isAt("::") { cursor.position += 1 } else { simple(parent) }
        }
    }

    /// The statements behind the keyword at the position, up to the keyword that closes them and past it.
    private mutating func block(of parent: NodeID, closedBy close: Keyword = .end) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        nested { $0.statements(of: block) }
        if keyword() == close { cursor.position += 1 }
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `if … then … elseif … then … else … end`.
    private mutating func condition(_ parent: NodeID) {
        while keyword() == .if || keyword() == .elseif {
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
            guard keyword() == .then else { return }
            branch(parent)
        }
        if keyword() == .else { branch(parent) }
        if keyword() == .end { cursor.position += 1 }
    }

    private mutating func branch(_ parent: NodeID) {
        let block = cursor.begin(.block, .scope)
        cursor.position += 1
        nested { $0.statements(of: block) }
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `for a, b in values do … end`, `for i = 1, 9 do … end`.
    private mutating func loop(_ parent: NodeID) {
        let whole = cursor.begin(.block, .scope)
        cursor.position += 1
        let targets = names()
        let isNumeric = cursor.isAt("=")
        if isNumeric || keyword() == .in { cursor.position += 1 }
        let bind = cursor.wrap(targets, in: .bind, isNumeric ? .declares : [.declares, .element])
        cursor.builder.append(isNumeric ? values() : iterated(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: whole)
        if keyword() == .do { block(of: whole) }
        cursor.finish(whole)
        cursor.builder.append(whole, to: parent)
    }

    /// `ipairs(list)` and `pairs(table)` stand for the elements.
    private mutating func iterated() -> NodeID {
        guard cursor.isAt("ipairs") || cursor.isAt("pairs"), cursor.isOpen("(", 1) else { return values() }
        cursor.position += 1
        return group()
    }

    /// `local function name`, `local a, b <const> = values`.
    private mutating func local(_ parent: NodeID) {
        cursor.position += 1
        if keyword() == .function { return namedFunction(parent, .declares) }
        let bind = cursor.wrap(names(), in: .bind, .declares)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(values(), to: bind)
        }
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// One name, or several as a tuple, with their attributes.
    private mutating func names() -> NodeID {
        guard cursor.isFreeName() else { return cursor.begin(.opaque) }
        let first = name()
        guard cursor.isAt(","), cursor.isFreeName(1) else { return first }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(","), cursor.isFreeName(1) {
            cursor.position += 1
            cursor.builder.append(name(), to: tuple)
        }
        cursor.finish(tuple)
        return tuple
    }

    private mutating func name() -> NodeID {
        let name = cursor.nameNode()
        if cursor.isAt("<"), cursor.isName(1), cursor.isAt(">", 2) { cursor.position += 3 }
        return name
    }

    /// One value, or several as a tuple.
    private mutating func values() -> NodeID {
        let first = expression()
        guard cursor.isAt(",") else { return first }
        let tuple = cursor.wrap(first, in: .collection, .tuple)
        while cursor.isAt(",") {
            cursor.position += 1
            cursor.builder.append(expression(), to: tuple)
        }
        cursor.finish(tuple)
        return tuple
    }

    /// A call, or values given to targets.
    private mutating func simple(_ parent: NodeID) {
        let first = values()
        guard cursor.isAt("=") else { return cursor.builder.append(first, to: parent) }
        cursor.position += 1
        let bind = cursor.wrap(first, in: .bind)
        cursor.builder.append(values(), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    /// `return values`; of the file, what `require` gives.
    private mutating func result(_ parent: NodeID) {
        let isOfFile = parent == cursor.builder.root
        let result = isOfFile ? cursor.begin(.bind, .declares) : cursor.begin(.returned)
        if isOfFile {
            let name = cursor.begin(.name)
            cursor.builder[name].name = Self.standard
            cursor.builder.append(name, to: result)
        }
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt(";"), keyword().map({ !Self.endsBlock.contains($0) }) ?? true {
            cursor.builder.append(expression(), to: result)
            guard cursor.isAt(","), !isOfFile else { break }
            cursor.position += 1
        }
        cursor.finish(result)
        cursor.builder.append(result, to: parent)
    }

    static let standard = Identifier("default")
    private static let endsBlock: Set<Keyword> = [.end, .else, .elseif, .until]

    // MARK: Functions

    /// `function a.b:c(…) … end`: a function that is given to a name or member.
    private mutating func namedFunction(_ parent: NodeID, _ flags: SyntaxNode.Flags = []) {
        cursor.position += 1
        guard cursor.isFreeName() else { return }
        let start = cursor.position
        var target = cursor.nameNode()
        var isMethod = false
        var owner = 0
        while cursor.isAt(".") || cursor.isAt(":"), cursor.isName(1) {
            isMethod = cursor.isAt(":")
            owner = cursor.position - start
            cursor.position += 1
            target = cursor.wrap(target, in: .member)
            cursor.takeName(target)
            cursor.finish(target)
        }
        let bind = cursor.wrap(target, in: .bind, flags)
        let isPlain = cursor.builder[target].kind == .name
        // A function that names itself finds itself: its name is declared before its body is read.
        if isPlain, flags.contains(.declares) { declare(target, parent) }
        cursor.builder.append(function(isMethod: isMethod, owner: start..<start + owner), to: bind)
        cursor.finish(bind)
        if isPlain { cursor.builder[bind].flags = [] }
        cursor.builder.append(bind, to: parent)
    }

    private mutating func declare(_ target: NodeID, _ parent: NodeID) {
        let node = cursor.builder[target]
        let name = cursor.builder.add(.name, start: node.start, end: node.end)
        cursor.builder.copyName(of: node, to: name)
        cursor.builder.append(cursor.wrap(name, in: .bind, .declares), to: parent)
    }

    /// `(parameters) statements end` at the position.
    ///
    /// - Parameters:
    ///   - isMethod: it has a parameter `self` that is not written.
    ///   - owner: the lexemes that name the table which it becomes a member of.
    private mutating func function(isMethod: Bool = false, owner: Range<Int>? = nil) -> NodeID {
        let function = cursor.begin(.function)
        if isMethod { cursor.builder.append(selfParameter(owner), to: function) }
        if cursor.isOpen("(") { inside { $0.parameters(of: function, owner) } }
        let body = cursor.begin(.block, .scope)
        nested { $0.statements(of: body) }
        if keyword() == .end { cursor.position += 1 }
        cursor.finish(body)
        cursor.builder.append(body, to: function)
        cursor.finish(function)
        return function
    }

    private mutating func parameters(of function: NodeID, _ owner: Range<Int>?) {
        while !cursor.isAtEnd {
            if cursor.isAt("self") || cursor.isAt("_self") {
                let name = cursor.lexemes[cursor.position]
                cursor.position += 1
                let parameter = selfParameter(owner)
                cursor.setName(parameter, name)
                cursor.builder.append(parameter, to: function)
            } else {
                let isRest = cursor.isAt("...")
                let parameter = cursor.begin(.parameter, isRest ? .spread : [])
                if cursor.isName() { cursor.takeName(parameter) }
                cursor.finish(parameter)
                cursor.builder.append(parameter, to: function)
            }
            guard cursor.skipPastComma() else { return }
        }
    }

    /// The object that a function is called on: the table around, as long as no call says what else.
    private mutating func selfParameter(_ owner: Range<Int>?) -> NodeID {
        let parameter = cursor.begin(.parameter)
        cursor.builder[parameter].name = Identifier("self")
        let value: NodeID
        if let owner, !owner.isEmpty {
            let position = cursor.position
            let limit = cursor.limit
            (cursor.position, cursor.limit) = (owner.lowerBound, owner.upperBound)
            value = operand()
            (cursor.position, cursor.limit) = (position, limit)
        } else {
            value = cursor.begin(.name, .itself)
        }
        cursor.builder.append(value, to: parameter)
        return parameter
    }

    // MARK: Expressions

    func continuesLine() -> Bool { true }

    func endsExpression() -> Bool { cursor.lexeme().map { $0.kind == .close } ?? true }

    func infix() -> Infix? {
        guard let lexeme = cursor.lexeme() else { return nil }
        switch keyword() {
        case .or, .and: return .choice
        case nil: break
        default: return nil
        }
        guard lexeme.kind == .sign else { return nil }
        if cursor.isAt("..") { return .concatenation }
        if cursor.isAt("=") || cursor.isAt("::") || cursor.isAt("...") || cursor.isAt("=>") { return nil }
        switch cursor.text[Int(lexeme.start)] {
        case SourceByte.comma, SourceByte.semicolon, SourceByte.colon, SourceByte.dot, SourceByte.hash: return nil
        default: return .other
        }
    }

    mutating func ownOperand() -> NodeID? {
        switch keyword() {
        case .function:
            cursor.position += 1
            var function = NodeID.none
            nested { function = $0.function() }
            return function
        case .true, .false, .nil: return constant()
        case .not:
            cursor.position += 1
            var operand = NodeID.none
            nested { operand = $0.operand() }
            return cursor.wrap(operand, in: .opaque)
        case nil: return knownCall()
        default: return cursor.begin(.opaque)
        }
    }

    private mutating func constant() -> NodeID {
        let flags: SyntaxNode.Flags = keyword() == .true ? .yes : keyword() == .false ? .no : .nothing
        return cursor.constant(.literal, flags)
    }

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        let isCallable = [.name, .member, .index, .call].contains(cursor.builder[operand].kind)
        if isCallable, cursor.isString() || cursor.isOpen("{") {
            let call = cursor.wrap(operand, in: .call)
            cursor.builder.append(cursor.isString() ? cursor.literalNode() : collection(), to: call)
            cursor.finish(call)
            return call
        }
        guard cursor.isAt(":"), cursor.isName(1) else { return nil }
        // The object is the function's first argument.
        return member(operand, .method)
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("...") {
            cursor.position += 1
            return cursor.wrap(cursor.begin(.opaque), in: .argument, .spread)
        }
        let value = expression()
        let node = cursor.builder[value]
        guard node.kind == .call, !node.firstChild.isNone else { return value }
        // `unpack`, `table.unpack`, and what a program calls its own.
        let callee = cursor.builder[node.firstChild]
        guard cursor.text.find("unpack", from: Int(callee.nameStart), end: Int(callee.nameEnd)) != nil else {
            return value
        }
        return cursor.wrap(value, in: .argument, .spread)
    }

    /// `{ a, name = b, [key] = c; d }`.
    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, .elements)
        inside { reader in
            while !reader.cursor.isAtEnd {
                let before = reader.cursor.position
                reader.element(of: collection)
                while !reader.cursor.isAtEnd, !reader.cursor.isAt(","), !reader.cursor.isAt(";") {
                    reader.cursor.skip()
                }
                reader.cursor.position = max(reader.cursor.position + 1, before + 1)
            }
        }
        cursor.finish(collection)
        return collection
    }

    mutating func element(of collection: NodeID) {
        var key = NodeID.none
        if cursor.isName(), cursor.isAt("=", 1) {
            key = cursor.nameNode()
        } else if cursor.isOpen("["), cursor.isAt("=", cursor.behind(cursor.position) - cursor.position) {
            inside { key = $0.expression() }
        }
        guard !key.isNone else { return cursor.builder.append(argument(), to: collection) }
        cursor.position += 1
        let pair = cursor.wrap(key, in: .pair)
        cursor.builder.append(expression(), to: pair)
        cursor.finish(pair)
        cursor.builder[collection].flags.insert(.map)
        cursor.builder.append(pair, to: collection)
    }

    mutating func group() -> NodeID {
        var value = NodeID.none
        inside { value = $0.expression() }
        return value.isNone ? cursor.begin(.opaque) : value
    }
}
