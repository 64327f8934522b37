// Chains: a name, literal or group, then members, calls and indexes.

extension Tracker {
    /// A chain while it is read.
    struct Chain {
        var value: Value
        /// The last name, by which an unknown receiver is guessed.
        var name = Symbol.none
        /// What stands before the last dot.
        var base = Symbol.none
        /// The methods so far, as written.
        var method = ""
        var target = Target.nothing
    }

    /// Reads an operand; what it is, and the index after it.
    ///
    /// Sets ``target``.
    mutating func operand(_ index: Int, _ end: Int) -> (value: Value, next: Int) {
        target = .nothing
        let token = tokens[index]
        switch token.kind {
        case .sign, .number, .close:
            guard token.kind == .sign, token.sign == .backslash, isName(index + 1), index + 1 < end else {
                return (token.kind == .number ? .other : .unknown, index + 1)
            }
            return chain(path(index, end), end)
        case .string:
            return afterString(index, end)
        case .open:
            return group(index, end)
        case .name:
            break
        }
        let symbol = symbol(index)
        if symbol == keywords.awaiting, language != .go { return operandAfter(index, end) }
        if symbol == keywords.async, language.isJavaScript || language == .csharp { return operandAfter(index, end) }
        if symbol == keywords.new { return construction(index, end) }
        if let lambda = lambda(index, end) { return (.other, lambda) }
        if keywords.controls.contains(symbol) || isModifier(index, end) { return (.unknown, index + 1) }
        if let body = methodDeclaration(index, end) { return (.unknown, body) }
        if symbol == keywords.require, let module = required(index, end) { return module }
        if language == .php, index + 1 < end, isSign(index + 1, .backslash) { return chain(path(index, end), end) }
        var start = Chain(value: lookUp(index), name: symbol, target: .variable(key(index)))
        start.base = symbol
        return chain((start, index + 1), end)
    }

    /// The word stands before a declaration, and is not a name of its own.
    private func isModifier(_ index: Int, _ end: Int) -> Bool {
        guard keywords.modifiers.contains(symbol(index)), index + 1 < end else { return false }
        let following = tokens[index + 1]
        switch following.kind {
        case .name, .string, .number: return true
        case .open: return following.sign != .parenthesis
        case .sign: return ![.dot, .optionalDot, .arrow, .doubleColon, .assign, .define].contains(following.sign)
        case .close: return false
        }
    }

    private mutating func operandAfter(_ index: Int, _ end: Int) -> (value: Value, next: Int) {
        guard index + 1 < end, tokens[index + 1].kind != .close else { return (.unknown, index + 1) }
        return operand(index + 1, end)
    }

    /// The class or variable of a name.
    private func lookUp(_ index: Int) -> Value {
        if let known = scopes.variable(key(index)) { return known }
        if tokens[index].flags.contains(.variable) { return .unknown }
        if let field = scopes.field(symbol(index)) { return field.value }
        if language == .ruby, let made = scopes.function(symbol(index)) { return made }
        guard language != .python, language != .php, let field = scopes.fieldOfAnyType(symbol(index)) else {
            return .unknown
        }
        // A field of an enclosing type, named without `this`.
        let isBare =
            language == .java || language == .kotlin || language == .csharp || tokens[index].flags.contains(.field)
        return isBare ? field.value : .unknown
    }

    /// A string, what interpolates it, and what is called on it.
    private mutating func afterString(_ index: Int, _ end: Int) -> (value: Value, next: Int) {
        var next = index + 1
        while next < end, isOpen(next, .interpolation) {
            walkGroup(next)
            next = Int(tokens[next].value) + 1
        }
        return chain((Chain(value: .other), next), end)
    }

    /// A bracketed group; in parentheses, its value is that of the expression inside.
    private mutating func group(_ index: Int, _ end: Int) -> (value: Value, next: Int) {
        let close = Int(tokens[index].value)
        guard close > index, close < end else { return (.unknown, index + 1) }
        guard tokens[index].sign == .parenthesis else {
            let isLambda = language == .kotlin && tokens[index].sign == .brace
            if isLambda { walkBlock(index) } else { walkGroup(index) }
            return chain((Chain(value: .other), close + 1), end)
        }
        if isLambdaSign(close + 1) || isTypedLambda(close, end) {
            bindParameters(index, takesCallback: true)
            return (.other, close + 1)
        }
        let (value, next) = expression(index + 1, close)
        if next < close { walk(next..<close) }
        // `(Jedis) object` is a cast.
        if value.kind == .type, close + 1 < end, language.declaresTypeFirst, isName(close + 1) {
            let (_, after) = operand(close + 1, end)
            return (Value(kind: .instance, index: value.index), after)
        }
        return chain((Chain(value: value), close + 1), end)
    }

    /// PHP's `\Predis\Client`, `Predis\Client`: the class of the last name.
    private mutating func path(_ index: Int, _ end: Int) -> (Chain, Int) {
        var names: [String] = []
        var next = index
        let isAbsolute = isSign(next, .backslash)
        if isAbsolute { next += 1 }
        var last = next
        while next < end, isName(next) {
            names.append(name(next))
            last = next
            guard isSign(next + 1, .backslash) else { break }
            next += 2
        }
        // A backslash alone, as in source that is cut off.
        guard !names.isEmpty else { return (Chain(value: .unknown), next) }
        let module = names.joined(separator: "\\")
        var value = Value.unknown
        if let library = table.library(ofModule: module, in: language), names.count > 1 || isAbsolute {
            value = table.libraries[library].exports[symbol(last)] ?? .unknown
            use(library, at: index)
        }
        return (Chain(value: value, name: symbol(last)), last + 1)
    }

    /// Reads `new Type(…)`.
    private mutating func construction(_ index: Int, _ end: Int) -> (value: Value, next: Int) {
        guard index + 1 < end else { return (.unknown, index + 1) }
        if isOpen(index + 1, .parenthesis) || isOpen(index + 1, .bracket) || isOpen(index + 1, .brace) {
            // C#'s `new(…)`, `new[] {…}`, `new {…}`.
            return operand(index + 1, end)
        }
        var (chain, next) = className(index + 1, end)
        if let inner = skipGenerics(next, end) { next = inner.next }
        var value = chain.value
        if value.kind == .module { value = defaultExport(value) }
        let open = next
        if isOpen(next, .parenthesis), next < end {
            let close = Int(tokens[next].value)
            if value.kind == .type {
                construct(value, at: next - 1, open: next)
            } else {
                walkArguments(next, callback: nil)
            }
            next = close + 1
        }
        if next < end, isOpen(next, .brace), language != .kotlin {
            // An object initializer, array elements, an anonymous class.
            if value.kind == .type { reportDatabases(in: next + 1..<Int(tokens[next].value), of: value) }
            walkGroup(next)
            next = Int(tokens[next].value) + 1
        }
        chain.value = value.kind == .type ? Value(kind: .instance, index: value.index) : .other
        chain.target = .nothing
        chain.name = .none
        if open == next, value.kind != .type, next < end, isOpen(next, .bracket) { chain.value = .other }
        return self.chain((chain, next), end)
    }

    /// The dotted name of a class after `new`.
    private mutating func className(_ index: Int, _ end: Int) -> (Chain, Int) {
        if language == .php, isName(index) || isSign(index, .backslash) {
            if isSign(index, .backslash) || isSign(index + 1, .backslash) { return path(index, end) }
        }
        guard isName(index) else { return (Chain(value: .unknown), index + 1) }
        var chain = Chain(value: lookUp(index), name: symbol(index))
        var next = index + 1
        while next + 1 < end, isSign(next, .dot) || isSign(next, .doubleColon), isName(next + 1) {
            chain.value = member(symbol(next + 1), of: chain)
            chain.name = symbol(next + 1)
            next += 2
        }
        return (chain, next)
    }

    /// Reads the members, calls and indexes after a chain's start.
    mutating func chain(_ start: (chain: Chain, next: Int), _ end: Int) -> (value: Value, next: Int) {
        var (chain, index) = start
        while index < end {
            let token = tokens[index]
            if token.kind == .sign {
                guard let next = memberStep(&chain, index, end) else { break }
                index = next
            } else if token.kind == .open {
                guard let next = openStep(&chain, index, end) else { break }
                index = next
            } else {
                break
            }
        }
        target = chain.target
        return (chain.value, index)
    }

    /// `.name`, `->name`, `::name`, `!!`, generic arguments; nil where the chain ends.
    private mutating func memberStep(_ chain: inout Chain, _ index: Int, _ end: Int) -> Int? {
        let sign = tokens[index].sign
        switch sign {
        case .notNull:
            guard index + 1 < end, tokens[index + 1].kind == .sign, !tokens[index].flags.contains(.afterSpace) else {
                return nil
            }
            return index + 1
        case .less:
            guard let generics = skipGenerics(index, end) else { return nil }
            if chain.value.kind == .unknown, keywords.wrappers.contains(chain.name), let inner = generics.inner {
                chain.value = inner
            }
            return generics.next
        case .dot, .optionalDot, .doubleColon: break
        case .arrow: if language != .php { return nil }
        default: return nil
        }
        guard index + 1 < end else { return nil }
        if isOpen(index + 1, .parenthesis) || isOpen(index + 1, .bracket) { return index + 1 }  // `a?.(b)`, `a?.[b]`
        guard isName(index + 1) else { return nil }
        return member(&chain, at: index + 1, end, isStatic: sign == .doubleColon)
    }

    /// A member that is called or not; the index after it.
    private mutating func member(_ chain: inout Chain, at index: Int, _ end: Int, isStatic: Bool) -> Int {
        let symbol = symbol(index)
        var next = index + 1
        if tokens[index].flags.contains(.variable), !isStatic {
            if chain.value.kind == .instance { reportUndecided(chain.value, index..<index + 1) }
            if isOpen(next, .parenthesis) {
                walkArguments(next, callback: nil)
                next = Int(tokens[next].value) + 1
            }
            chain = Chain(value: .unknown)
            return min(next, end)
        }
        if language != .python, language != .ruby, let generics = skipGenerics(next, end),
            isOpen(generics.next, .parenthesis)
        {
            next = generics.next
        }
        if let call = callee(index, next, end) {
            return call.isBlockOnly
                ? callMember(&chain, index, open: nil, block: call.index, end)
                : callMember(&chain, index, open: call.index, block: nil, end)
        }
        if language == .ruby, isRubyCall(chain, index) {
            return commandCall(&chain, index, end)
        }
        let value = member(symbol, of: chain)
        chain.target = .field(symbol, base: chain.name)
        chain.base = chain.name
        chain.value = value
        chain.name = symbol
        return next
    }

    /// Where the arguments, or the block that is the only argument, of a called member begin.
    private func callee(_ index: Int, _ next: Int, _ end: Int) -> (index: Int, isBlockOnly: Bool)? {
        guard next < end, tokens[next].kind == .open else { return nil }
        if isOpen(next, .parenthesis) {
            let isApart = tokens[next].flags.contains(.afterSpace) && language == .ruby
            return isApart ? nil : (next, false)
        }
        let takesBlock = language == .kotlin || language == .ruby
        if takesBlock, isOpen(next, .brace), !tokens[next].flags.contains(.startsLine) { return (next, true) }
        return nil
    }

    /// `(…)` on a value, `[…]`.
    private mutating func openStep(_ chain: inout Chain, _ index: Int, _ end: Int) -> Int? {
        let token = tokens[index]
        let close = Int(token.value)
        guard close > index, close < end || close == tokens.count - 1 else { return nil }
        if token.flags.contains(.startsLine), language.endsStatementAtNewline || token.sign != .parenthesis {
            return nil
        }
        switch token.sign {
        case .parenthesis:
            guard chain.name != .none || chain.value.isTracked else { return nil }
            if language == .ruby, token.flags.contains(.afterSpace) { return nil }
            return callValue(&chain, index, end)
        case .bracket:
            return indexStep(&chain, index, end)
        case .brace:
            return compositeStep(&chain, index, end)
        default:
            return nil
        }
    }

    /// `client[name](…)` is a call that cannot be decided; an index of anything else is unknown.
    private mutating func indexStep(_ chain: inout Chain, _ index: Int, _ end: Int) -> Int? {
        if tokens[index].flags.contains(.afterSpace), language == .ruby || language == .go { return nil }
        let close = Int(tokens[index].value)
        if chain.value.kind == .instance, isOpen(close + 1, .parenthesis), close + 1 < end, language.isJavaScript {
            if close == index + 2, let bytes = stringBytes(index + 1) {
                let called = symbols.symbol(String(decoding: bytes, as: UTF8.self))
                chain.name = called
                let next = call(&chain, called, at: index + 1, open: close + 1, end)
                return next
            }
            reportUndecided(chain.value, index + 1..<close)
        }
        walkGroup(index)
        // Generic arguments of Python and of Go leave a class what it is.
        if chain.value.kind != .type { chain.value = .unknown }
        chain.name = .none
        chain.target = .nothing
        return close + 1
    }

    /// Go's composite literals, and what follows a name in other languages, which is no part of the chain.
    private mutating func compositeStep(_ chain: inout Chain, _ index: Int, _ end: Int) -> Int? {
        let close = Int(tokens[index].value)
        let isConstruction =
            language == .go && chain.value.kind == .type && !tokens[index].flags.contains(.afterSpace)
        guard isConstruction else { return nil }
        walkGroup(index)
        chain.value = Value(kind: .instance, index: chain.value.index)
        return close + 1
    }

    /// The value of a member that is not called.
    func member(_ symbol: Symbol, of chain: Chain) -> Value {
        switch chain.value.kind {
        case .module:
            return table.libraries[chain.value.index].exports[symbol] ?? chain.value
        case .type:
            let isClass = table.method(symbol, on: chain.value.index, isStatic: true, argumentCount: 9) != nil
            return isClass ? chain.value : .unknown
        case .instance:
            return property(symbol, of: chain.value)
        case .function:
            return .unknown
        case .other, .unknown:
            // An object that is no client may hold one: Go's receivers are often called as clients are.
            return chain.name == .none ? .unknown : field(symbol, of: chain)
        }
    }

    /// Kotlin's and C#'s properties that stand for a method without arguments.
    private func property(_ symbol: Symbol, of value: Value) -> Value {
        guard let method = table.method(symbol, on: value.index, isStatic: false, argumentCount: 0) else {
            return .unknown
        }
        switch method.result {
        case .nothing: return .unknown
        case .same: return value
        case .type(let type): return Value(kind: .instance, index: type, isCertain: value.isCertain)
        }
    }

    /// A field: of the own object for certain; of another one, if it was given its value there.
    private func field(_ symbol: Symbol, of chain: Chain) -> Value {
        let isOwn = keywords.receivers.contains(chain.name)
        if isOwn, let known = scopes.field(symbol)?.value ?? scopes.function(symbol) { return known }
        if language == .go, let field = scopes.field(symbol) { return field.value }
        guard let field = scopes.fieldOfAnyType(symbol) else { return .unknown }
        var value = field.value
        value.isCertain = isOwn || language == .go || field.base == chain.name
        return value
    }

    /// `<A, B>` after a name: the index after it, and the first client type in it; nil where `<` is an operator.
    func skipGenerics(_ index: Int, _ end: Int) -> (next: Int, inner: Value?)? {
        guard isSign(index, .less), index < end else { return nil }
        guard language.declaresTypeFirst || language == .kotlin || language == .typescript else { return nil }
        var depth = 0
        var inner: Value?
        var next = index
        while next < min(end, index + 64) {
            let token = tokens[next]
            switch token.kind {
            case .sign:
                switch token.sign {
                case .less: depth += 1
                case .greater: depth -= 1
                case .comma, .dot, .question, .bar, .ampersand, .star, .backslash: break
                default: return nil
                }
                if depth == 0 { return (next + 1, inner) }
            case .name:
                if inner == nil, let known = scopes.variable(key(next)), known.kind == .type { inner = known }
            case .open, .close:
                guard token.sign == .bracket else { return nil }
            case .string:
                break
            case .number:
                return nil
            }
            next += 1
        }
        return nil
    }

    func defaultExport(_ module: Value) -> Value {
        let name = table.libraries[module.index].exports.first { symbols.text($0.key) == "default" }
        return name?.value ?? .unknown
    }
}
