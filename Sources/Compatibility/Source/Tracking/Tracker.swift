/// Finds out, token by token, which expressions are clients, and what is called on them.
///
/// It reads a file twice: once for fields and for functions that return clients, which may stand below their uses; once
/// for the commands. There is no grammar of any language in it: expressions are chains of names, calls and indexes,
/// statements are what lies between; the rest is passed over.
struct Tracker {
    let text: SourceText
    let language: SourceLanguage
    let tokens: [Token]
    let table: ClientTable
    let keywords: Keywords
    var symbols: SymbolTable
    /// The names of the file by which a client is guessed.
    private let receivers: SymbolSet
    var scopes = Scopes()
    /// The second pass: commands are wanted.
    var isReporting = false
    var findings: [Finding] = []
    /// The libraries that the file uses, by their index in the table, each with the token that says so first.
    var uses: [(library: Int, token: Int)] = []
    /// What the first parameter of the next function among the arguments is.
    var callback: Value?
    /// Variables of the file that the function around assigns to (Python's `global`).
    var globalNames: Set<Int32> = []
    /// Where the expression just read can be assigned to.
    var target = Target.nothing

    /// A command or an undecided name before its line is known.
    struct Finding {
        let range: Range<Int>
        let content: Content

        enum Content {
            case command(SentCommand)
            case undecided(UndecidedName)
        }
    }

    /// The left side of an assignment.
    enum Target {
        case nothing
        /// Symbol, and PHP's dollar.
        case variable(Int32)
        /// Name, and what stands before the dot.
        case field(Symbol, base: Symbol)
    }

    /// A reader of a file's tokens.
    ///
    /// - Parameters:
    ///   - lexed: a lexer that has run.
    ///   - receiverNames: names of clients, plain (``CommandNames/plain(_:)``).
    init(_ lexed: Lexer, table: ClientTable, keywords: Keywords, receiverNames: Set<String>) {
        text = lexed.text
        language = lexed.language
        tokens = lexed.tokens
        symbols = lexed.symbols
        self.table = table
        self.keywords = keywords
        var receivers = SymbolSet()
        for number in 0..<Int32(lexed.symbols.count) where !receiverNames.isEmpty {
            let symbol = Symbol(number: number)
            let bytes = lexed.symbols.bytes(of: symbol)
            guard bytes.count < 32, receiverNames.contains(CommandNames.plain(lexed.symbols.text(symbol))) else {
                continue
            }
            receivers.insert(symbol)
        }
        self.receivers = receivers
    }

    /// Both passes over the whole file.
    mutating func run() {
        for pass in 0..<2 {
            isReporting = pass == 1
            scopes.restart()
            bindBuiltIns()
            walk(0..<tokens.count)
            if pass == 0, uses.isEmpty { return }
        }
    }

    mutating func walk(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            index = max(index + 1, element(index, range.upperBound))
        }
    }

    /// Walks what stands between the brackets at `open` in a scope of its own.
    mutating func walkGroup(_ open: Int) {
        guard tokens[open].value > open else { return }
        scopes.push(.block, indentation: scopes.innermost.indentation)
        let depth = scopes.scopes.count
        walk(open + 1..<Int(tokens[open].value))
        scopes.pop(to: depth)
        scopes.pop()
    }

    /// One statement or a part of one; the index after it.
    private mutating func element(_ index: Int, _ end: Int) -> Int {
        let token = tokens[index]
        switch token.kind {
        case .close, .number:
            return index + 1
        case .sign:
            guard token.sign == .backslash else { return index + 1 }
            return statement(index, end)
        case .open where token.sign == .brace && token.value > index && !isOperandPosition(index):
            walkGroup(index)
            return Int(token.value) + 1
        case .open where token.sign == .parenthesis && token.value > index && isControl(index - 1):
            // What `for (…)`, `try (…)` and `using (…)` declare is in sight in the block that follows.
            walk(index + 1..<Int(token.value))
            return Int(token.value) + 1
        case .open, .string:
            return operand(index, end).next
        case .name:
            if language == .python, token.flags.contains(.startsLine) { endPythonScopes(index) }
            return keyword(index, end) ?? statement(index, end)
        }
    }

    private func isControl(_ index: Int) -> Bool {
        index >= 0 && isName(index) && keywords.controls.contains(symbol(index))
    }

    /// A brace here is an object and not a block.
    private func isOperandPosition(_ index: Int) -> Bool {
        guard index > 0, tokens[index - 1].kind == .sign else { return false }
        return [.assign, .comma, .colon, .define].contains(tokens[index - 1].sign)
    }

    /// The column of the line's first token, where it is outside of all brackets.
    private mutating func endPythonScopes(_ index: Int) {
        guard scopes.innermost.kind != .block else { return }
        scopes.endScopes(at: indentation(index))
    }

    func indentation(_ index: Int) -> Int {
        let start = Int(tokens[index].start)
        var position = start
        while position > 0, text[position - 1] != SourceByte.lineFeed { position -= 1 }
        return start - position + 1
    }

    /// An expression, and the assignment or declaration that it begins.
    private mutating func statement(_ index: Int, _ end: Int) -> Int {
        if let next = assignmentToSeveral(index, end) { return next }
        let (value, next) = operand(index, end)
        let target = target
        guard next < end else { return next }
        if case .nothing = target {
        } else if isSign(next, .assign) || isSign(next, .define) {
            return assign(target, from: next + 1, end, isNew: isNewVariable(index, next))
        } else if isSign(next, .colon) || (isSign(next, .elvis) && language == .typescript),
            let after = annotation(target, index, next, end)
        {
            return after
        }
        if language == .go, let after = goDeclaration(index, next, end) { return after }
        if language.isJavaScript, case .variable(let key) = target, isDeclaredAlone(index, next) {
            bindNothing(key, isNew: true)
        }
        if tokens[next].kind == .name {
            if symbol(next) == keywords.alias, next + 1 < end, tokens[next + 1].kind == .name {
                return bindAlias(value, next + 1)
            }
            if let after = declaration(value, next, end) { return after }
        }
        if language == .ruby, value.kind == .instance, tokens[next].kind == .name, symbol(next) == keywords.end {
            scopes.bindFunction(scopes.functionName, to: value)
        }
        return next
    }

    /// `with client as name`, `x as Type` (Kotlin, TypeScript) left alone.
    private mutating func bindAlias(_ value: Value, _ name: Int) -> Int {
        guard language == .python else { return name }
        bind(.variable(key(name)), to: value, isNew: false)
        return name + 1
    }

    /// `let name;` of the whole file.
    private func isDeclaredAlone(_ index: Int, _ next: Int) -> Bool {
        let ends = isSign(next, .semicolon) || tokens[next].flags.contains(.startsLine)
        return ends && scopes.isInFileAlone && isNewVariable(index, next)
    }

    private func isNewVariable(_ index: Int, _ sign: Int) -> Bool {
        if isSign(sign, .define) { return true }
        guard index > 0, tokens[index - 1].kind == .name else { return false }
        return keywords.declarations.contains(symbol(index - 1))
    }

    /// `client, err := …`: the first name gets what the first operand is.
    private mutating func assignmentToSeveral(_ index: Int, _ end: Int) -> Int? {
        var sign = index
        while sign + 2 < end, sign < index + 12, tokens[sign].kind == .name, isSign(sign + 1, .comma) { sign += 2 }
        guard sign > index, tokens[sign].kind == .name, sign + 1 < end else { return nil }
        guard isSign(sign + 1, .assign) || isSign(sign + 1, .define) else { return nil }
        return assign(.variable(key(index)), from: sign + 2, end, isNew: isSign(sign + 1, .define))
    }

    /// Reads the right side of an assignment; the index after it.
    mutating func assign(_ target: Target, from start: Int, _ end: Int, isNew: Bool) -> Int {
        scopes.push(.block, indentation: scopes.innermost.indentation)
        let depth = scopes.scopes.count
        let (value, next) = expression(start, end)
        scopes.pop(to: depth)
        scopes.pop()
        let isNothing = next == start + 1 && isName(start) && keywords.nothings.contains(symbol(start))
        if isNothing, case .variable(let key) = target {
            bindNothing(key, isNew: isNew)
        } else {
            bind(target, to: value, isNew: isNew)
        }
        if language == .ruby, next < end, value.kind == .instance, tokens[next].kind == .name,
            symbol(next) == keywords.end
        {
            scopes.bindFunction(scopes.functionName, to: value)
        }
        return next
    }

    mutating func bind(_ target: Target, to value: Value, isNew: Bool) {
        switch target {
        case .nothing:
            return
        case .variable(let key):
            let known = scopes.variable(key)
            guard value.isTracked || known != nil || isReceiverName(Symbol(number: key & .max)) else { return }
            let isLocal = language == .python || language == .php || language == .ruby
            let reachesOut = !isLocal || globalNames.contains(key)
            scopes.bind(key, to: value, isNew: isNew, reachesOut: reachesOut)
            if scopes.isInTypeAlone || (language == .ruby && isField(key)) {
                bindField(Symbol(number: key & .max), to: value, base: .none)
            }
        case .field(let name, let base):
            bindField(name, to: value, base: base)
        }
    }

    /// A variable without a value: one that holds a client stays known, as where a connection is closed or failed.
    ///
    /// One of the whole file may be given a client by any of its functions.
    private mutating func bindNothing(_ key: Int32, isNew: Bool) {
        if let known = scopes.variable(key), known.isTracked, !isNew { return }
        guard scopes.isInFileAlone else { return bind(.variable(key), to: .unknown, isNew: isNew) }
        let value = scopes.sharedVariable(key) ?? .unknown
        scopes.bind(key, to: value, isNew: isNew, reachesOut: false)
    }

    /// Ruby's `@name` and `$name`.
    private func isField(_ key: Int32) -> Bool {
        let first = symbols.bytes(of: Symbol(number: key)).first
        return first == SourceByte.at || first == SourceByte.dollar
    }

    /// A client that a field holds stays known where something else is assigned as well, as `None` at first.
    mutating func bindField(_ name: Symbol, to value: Value, base: Symbol) {
        if let known = scopes.field(name), known.value.isTracked, !value.isTracked { return }
        guard value.isTracked || isReceiverName(name) || scopes.fieldOfAnyType(name) != nil else { return }
        scopes.bindField(name, to: value, base: base)
    }

    /// The value of an expression that ends with its statement, argument or bracket.
    ///
    /// It is that of a single operand, or of one of the operands of `or`, `??`, `?:` and a conditional.
    mutating func expression(_ start: Int, _ end: Int) -> (value: Value, next: Int) {
        var result: Value?
        var operands = 0
        var isAlternative = true
        var index = start
        while index < end, !endsExpression(index, after: start) {
            let token = tokens[index]
            let sign = token.kind == .sign ? token.sign : .other
            if token.kind == .sign, sign != .backslash {
                isAlternative =
                    [.elvis, .or, .question, .colon, .notNull].contains(sign) && (isAlternative || sign != .colon)
                if [.star, .ampersand].contains(sign), operands == 0 { isAlternative = true }
                index += 1
                continue
            }
            if token.kind == .close { break }
            if token.kind == .name, keywords.alternatives.contains(symbol(index)) {
                isAlternative = true
                index += 1
                continue
            }
            if token.kind == .name, let next = keyword(index, end) {
                index = max(index + 1, next)
                operands += 1
                continue
            }
            let (value, next) = operand(index, end)
            let assigned = target
            operands += 1
            if next < end, isSign(next, .assign) {
                if case .nothing = assigned {} else { return (scopedAssign(assigned, next, end)) }
            }
            if isAlternative, value.isTracked, result == nil, next >= end || endsOperand(next, after: start) {
                result = value
            } else if operands == 1, next >= end || endsExpression(next, after: start), value.kind == .other {
                result = .other
            }
            isAlternative = false
            index = max(index + 1, next)
        }
        return (result ?? .unknown, index)
    }

    /// Reads `a = b = client`.
    private mutating func scopedAssign(_ target: Target, _ sign: Int, _ end: Int) -> (value: Value, next: Int) {
        let (value, next) = expression(sign + 1, end)
        bind(target, to: value, isNew: false)
        return (value, next)
    }

    /// What stands here ends the expression that began at `start`.
    private func endsExpression(_ index: Int, after start: Int) -> Bool {
        let token = tokens[index]
        if token.kind == .close { return true }
        if token.kind == .sign, token.sign == .semicolon || token.sign == .comma { return true }
        guard index > start, token.flags.contains(.startsLine), language.endsStatementAtNewline else { return false }
        if token.kind == .sign { return token.sign == .other || token.sign == .at }
        let before = tokens[index - 1]
        return before.kind != .sign || before.sign == .notNull
    }

    /// What stands here ends an operand that may be the whole expression's value.
    private func endsOperand(_ index: Int, after start: Int) -> Bool {
        if endsExpression(index, after: start) { return true }
        let token = tokens[index]
        switch token.kind {
        case .sign: return [.elvis, .or, .question, .colon, .notNull, .fatArrow].contains(token.sign)
        case .name: return keywords.alternatives.contains(symbol(index)) || keywords.controls.contains(symbol(index))
        case .open: return token.sign == .brace
        case .close, .number, .string: return true
        }
    }
}

// Small questions about tokens.
extension Tracker {
    func isSign(_ index: Int, _ sign: Token.Sign) -> Bool {
        index < tokens.count && tokens[index].kind == .sign && tokens[index].sign == sign
    }

    func isOpen(_ index: Int, _ sign: Token.Sign) -> Bool {
        index < tokens.count && tokens[index].kind == .open && tokens[index].sign == sign && tokens[index].value > index
    }

    func isName(_ index: Int) -> Bool { index < tokens.count && tokens[index].kind == .name }

    func symbol(_ index: Int) -> Symbol { Symbol(number: tokens[index].value) }

    func name(_ index: Int) -> String { symbols.text(symbol(index)) }

    /// The key of the variable that a name token stands for: PHP's variables and classes are different names.
    func key(_ index: Int) -> Int32 {
        let token = tokens[index]
        return token.flags.contains(.variable) ? token.value | .min : token.value
    }

    /// The name alone says that it is a client, as `redis` or `rdb`.
    func isReceiverName(_ name: Symbol) -> Bool { receivers.contains(name) }
}
