// Calls of methods, functions and constructors, and the functions and blocks among their arguments.

extension Tracker {
    /// A member called with arguments in parentheses, or with a block alone; the index after the call.
    mutating func callMember(_ chain: inout Chain, _ index: Int, open: Int?, block: Int?, _ end: Int) -> Int {
        if let open { return call(&chain, symbol(index), at: index, open: open, end) }
        let arguments = Call(name: symbol(index), token: index, arguments: index + 1..<index + 1, hasBlock: true)
        let next = block ?? index + 1
        let lent = callbackOf(symbol(index), chain, 1)
        let callback = finish(arguments, &chain)
        return trailingBlock(next, callback ?? lent, end)
    }

    /// Ruby's `client.method argument, argument` without parentheses.
    mutating func commandCall(_ chain: inout Chain, _ index: Int, _ end: Int) -> Int {
        let argumentsEnd = endOfCommandArguments(index + 1, end)
        let call = Call(name: symbol(index), token: index, arguments: index + 1..<argumentsEnd)
        walkArguments(in: index + 1..<argumentsEnd, callback: nil)
        let callback = finish(call, &chain)
        return trailingBlock(argumentsEnd, callback, end)
    }

    /// Ruby calls a member without parentheses, unless it is a constant.
    func isRubyCall(_ chain: Chain, _ index: Int) -> Bool {
        let first = text[Int(tokens[index].start)]
        let isConstant = first &- 0x41 < 26
        return !isConstant && !isSign(index + 1, .assign)
    }

    private func endOfCommandArguments(_ start: Int, _ end: Int) -> Int {
        guard start < end, startsCommandArguments(start) else { return start }
        var index = start
        while index < end {
            let token = tokens[index]
            if index > start, token.flags.contains(.startsLine), !isSign(index - 1, .comma) { break }
            if token.kind == .close || (token.kind == .sign && token.sign == .semicolon) { break }
            if token.kind == .name, keywords.controls.contains(symbol(index)), !isSign(index + 1, .colon) { break }
            if token.kind == .open {
                if token.sign == .brace, index > start, !isSign(index - 1, .comma), tokens[index - 1].kind != .sign {
                    break
                }
                index = token.value > index ? Int(token.value) : index
            }
            index += 1
        }
        return min(index, end)
    }

    private func startsCommandArguments(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.flags.contains(.afterSpace), !token.flags.contains(.startsLine) else { return false }
        switch token.kind {
        case .string, .number: return true
        case .name: return !keywords.controls.contains(symbol(index))
        case .open: return token.sign == .bracket || token.sign == .parenthesis
        case .sign: return token.sign == .star || token.sign == .doubleStar
        case .close: return false
        }
    }

    /// A call of a member with parentheses; the index after it and its trailing block.
    mutating func call(_ chain: inout Chain, _ name: Symbol, at token: Int, open: Int, _ end: Int) -> Int {
        let close = Int(tokens[open].value)
        let call = Call(name: name, token: token, arguments: open + 1..<close)
        let callback = callbackOf(name, chain, arguments(in: open + 1..<close).count)
        walkArguments(open, callback: callback)
        let afterwards = finish(call, &chain)
        return trailingBlock(close + 1, afterwards ?? callback, end)
    }

    /// What a function among the arguments of a method is called with.
    private func callbackOf(_ name: Symbol, _ chain: Chain, _ count: Int) -> Value? {
        let value = receiver(chain)
        guard value.kind == .instance || value.kind == .type else {
            return nil
        }
        let method = table.method(name, on: value.index, isStatic: value.kind == .type, argumentCount: count)
        if let type = method?.callback { return Value(kind: .instance, index: type, isCertain: value.isCertain) }
        return Self.passesItself.contains(symbols.text(name)) ? value : nil
    }

    /// Kotlin's scope functions, and the methods of pools that lend a client.
    private static let passesItself: Set<String> = ["use", "let", "also", "tap"]

    /// `{ |name| … }`, `do |name| … end`, `{ name -> … }` after a call; the index after it.
    private mutating func trailingBlock(_ index: Int, _ value: Value?, _ end: Int) -> Int {
        guard index < end else { return index }
        if language == .ruby, isName(index), symbol(index) == keywords.block {
            return blockParameters(index + 1, value, end)
        }
        guard language == .kotlin || language == .ruby, isOpen(index, .brace),
            !tokens[index].flags.contains(.startsLine)
        else { return index }
        callback = value
        walkBlock(index)
        callback = nil
        return Int(tokens[index].value) + 1
    }

    /// Ruby's `|name, name|`: bound in the present scope; the index after it.
    private mutating func blockParameters(_ index: Int, _ value: Value?, _ end: Int) -> Int {
        guard isSign(index, .bar), index < end else { return index }
        var next = index + 1
        var value = value
        while next < end, !isSign(next, .bar), next < index + 16 {
            if isName(next) {
                bind(.variable(key(next)), to: value ?? .unknown, isNew: true)
                value = nil
            }
            next += 1
        }
        return min(next + 1, end)
    }

    /// Walks a block in braces, its parameters first.
    mutating func walkBlock(_ open: Int) {
        let close = Int(tokens[open].value)
        scopes.push(.block, indentation: scopes.innermost.indentation)
        let depth = scopes.scopes.count
        var start = open + 1
        if language == .ruby {
            let value = callback
            callback = nil
            start = blockParameters(start, value, close)
        } else if let arrow = kotlinParameters(start, close) {
            var isFirst = true
            for index in start..<arrow where isName(index) {
                bind(.variable(key(index)), to: isFirst ? callback ?? .unknown : .unknown, isNew: true)
                isFirst = false
            }
            callback = nil
            start = arrow + 1
        } else if let value = callback {
            scopes.bind(symbols.symbol("it").number, to: value, isNew: true, reachesOut: false)
            callback = nil
        }
        walk(start..<close)
        scopes.pop(to: depth)
        scopes.pop()
    }

    /// The arrow of `{ a, b -> … }`.
    private func kotlinParameters(_ start: Int, _ end: Int) -> Int? {
        var index = start
        while index < min(end, start + 12) {
            if isSign(index, .arrow) { return index }
            guard isName(index) || isSign(index, .comma) || isSign(index, .colon) else { return nil }
            index += 1
        }
        return nil
    }

    /// `name(…)`, `value(…)`: a function, constructor or method without an object.
    mutating func callValue(_ chain: inout Chain, _ open: Int, _ end: Int) -> Int {
        let close = Int(tokens[open].value)
        let name = chain.name
        var result = Value.unknown
        var value = chain.value
        if value.kind == .module { value = defaultExport(value) }
        switch value.kind {
        case .type, .function:
            construct(value, at: open - 1, open: open)
            result = Value(kind: .instance, index: value.index)
        case .instance, .module:
            walkArguments(open, callback: nil)
        case .other, .unknown:
            if name == keywords.getattr { reportAttribute(open) }
            walkArguments(open, callback: nil)
            if chain.base == chain.name, let known = scopes.function(name) { result = known }
            let makes = language == .python && startsWithCapital(name) || Self.collections.contains(symbols.text(name))
            if result.kind == .unknown, makes { result = .other }
        }
        chain = Chain(value: result)
        return trailingBlock(close + 1, nil, end)
    }

    /// Functions that make a collection.
    private static let collections: Set<String> = [
        "dict", "list", "set", "tuple", "frozenset", "defaultdict", "mapOf", "listOf", "setOf", "mutableMapOf",
        "mutableListOf", "arrayOf", "hashMapOf",
    ]

    private func startsWithCapital(_ name: Symbol) -> Bool { (symbols.bytes(of: name).first ?? 0) &- 0x41 < 26 }

    /// Reports `getattr(client, name)`.
    private mutating func reportAttribute(_ open: Int) {
        let arguments = arguments(in: open + 1..<Int(tokens[open].value))
        guard let first = arguments.first?.range, first.count == 1, isName(first.lowerBound) else { return }
        guard let value = scopes.variable(key(first.lowerBound)), value.kind == .instance else { return }
        reportUndecided(value, arguments.count > 1 ? arguments[1].range : first)
    }

    /// A constructor, or a function that gives a client: what it sends by its arguments.
    mutating func construct(_ value: Value, at token: Int, open: Int) {
        let range = open + 1..<Int(tokens[open].value)
        walkArguments(open, callback: nil)
        reportDatabases(in: range, of: value)
        let new = symbols.symbol("new")
        let count = arguments(in: range).count
        guard language != .ruby, value.kind == .type else { return }
        guard let method = table.method(new, on: value.index, isStatic: true, argumentCount: count) else { return }
        report(method, Call(name: new, token: token, arguments: range), value, "new")
    }

    /// Walks each of the arguments in a scope of its own.
    mutating func walkArguments(_ open: Int, callback value: Value?) {
        walkArguments(in: open + 1..<Int(tokens[open].value), callback: value)
    }

    mutating func walkArguments(in range: Range<Int>, callback value: Value?) {
        let before = callback
        callback = value
        for argument in arguments(in: range) {
            scopes.push(.block, indentation: scopes.innermost.indentation)
            let depth = scopes.scopes.count
            walk(argument.whole)
            scopes.pop(to: depth)
            scopes.pop()
        }
        callback = before
    }
}

// Functions without a name.
extension Tracker {
    /// `=>`, or `->` in Java and Kotlin.
    func isLambdaSign(_ index: Int) -> Bool {
        if isSign(index, .fatArrow) { return language.isJavaScript || language == .csharp }
        return isSign(index, .arrow) && language == .java
    }

    /// TypeScript's `(a: A): B =>`.
    func isTypedLambda(_ close: Int, _ end: Int) -> Bool {
        guard language == .typescript, isSign(close + 1, .colon) else { return false }
        var index = close + 2
        while index < min(end, close + 16),
            isName(index) || isSign(index, .less) || isSign(index, .greater) || isSign(index, .dot)
        {
            index += 1
        }
        return isSign(index, .fatArrow)
    }

    /// `name => …`, `name -> …`, Python's `lambda name: …`; the index after the arrow.
    mutating func lambda(_ index: Int, _ end: Int) -> Int? {
        if language == .python {
            guard name(index) == "lambda", index + 1 < end, isName(index + 1) else { return nil }
            bindLambdaParameter(index + 1)
            return index + 2
        }
        guard index + 1 < end, isLambdaSign(index + 1) else { return nil }
        // A property of C# with a body is no function of its name.
        if language == .csharp, index > 0, isName(index - 1) { return nil }
        bindLambdaParameter(index)
        return index + 2
    }

    private mutating func bindLambdaParameter(_ index: Int) {
        bind(.variable(key(index)), to: callback ?? .unknown, isNew: true)
        callback = nil
    }
}
