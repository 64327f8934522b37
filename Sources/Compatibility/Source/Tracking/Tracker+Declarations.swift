// Imports, classes, functions, and variables with a type.

extension Tracker {
    /// What a keyword begins; the index after it, or nil where the name is none that matters here.
    mutating func keyword(_ index: Int, _ end: Int) -> Int? {
        let symbol = symbol(index)
        if index > 0, isSign(index - 1, .dot) || isSign(index - 1, .arrow) || isSign(index - 1, .optionalDot) {
            return nil
        }
        if symbol == keywords.returning {
            let (value, next) = expression(index + 1, end)
            if value.kind == .instance { scopes.bindFunction(scopes.functionName, to: value) }
            return next
        }
        if symbol == keywords.global, language == .python { return globals(index) }
        if language == .ruby, keywords.readers.contains(symbol) { bindReaders(index + 1, end) }
        if keywords.functions.contains(symbol), isFunctionKeyword(index) { return function(index, end) }
        if keywords.classes.contains(symbol), isName(index + 1), index + 1 < end { return type(index, end) }
        if symbol == keywords.imports || symbol == keywords.from || symbol == keywords.using || symbol == keywords.use
            || symbol == keywords.require
        {
            return importing(index, end)
        }
        if symbol == keywords.loop || symbol == keywords.foreach { return loop(index, end) }
        if keywords.declarations.contains(symbol), language.isJavaScript, isOpen(index + 1, .brace) {
            return destructuring(index, end)
        }
        return nil
    }

    /// `for name, name in …`, `foreach (var name in …)`, `for (const name of …)`: such a variable is no client, or an unknown one.
    private mutating func loop(_ index: Int, _ end: Int) -> Int {
        var next = index + 1
        if next < end, isOpen(next, .parenthesis) { next += 1 }
        let start = next
        while next < min(end, start + 8), isName(next) || isSign(next, .comma),
            !keywords.iterations.contains(name(next))
        {
            next += 1
        }
        if next < end, isName(next), keywords.iterations.contains(name(next)) {
            for variable in start..<next where isName(variable) && !keywords.declarations.contains(symbol(variable)) {
                bind(.variable(key(variable)), to: .other, isNew: language != .python && language != .ruby)
            }
        }
        return index + 1
    }

    /// `:name, :name` behind `attr_reader`: methods that give the fields of these names.
    private mutating func bindReaders(_ start: Int, _ end: Int) {
        var index = start
        while index < end, let bytes = stringBytes(index) {
            let name = String(decoding: bytes, as: UTF8.self)
            if let field = scopes.field(symbols.symbol("@" + name)), field.value.isTracked {
                scopes.bindFunction(symbols.symbol(name), to: field.value)
            }
            guard isSign(index + 1, .comma) else { return }
            index += 2
        }
    }

    /// Python's `global name, name`; the index after it.
    private mutating func globals(_ index: Int) -> Int {
        var next = index + 1
        while isName(next), !tokens[next].flags.contains(.startsLine) {
            globalNames.insert(key(next))
            guard isSign(next + 1, .comma) else { return next + 1 }
            next += 2
        }
        return next
    }

    private func isFunctionKeyword(_ index: Int) -> Bool {
        switch language {
        case .python, .ruby: name(index) == "def"
        case .go: name(index) == "func"
        case .kotlin: name(index) == "fun"
        case .php: name(index) == "function" || name(index) == "fn"
        case .javascript, .typescript: name(index) == "function"
        case .java, .csharp, .lua, .c, .cpp, .rust: false
        }
    }

    /// A class or the like: its own parameters (Kotlin, C#), its body in a scope of its own.
    private mutating func type(_ index: Int, _ end: Int) -> Int {
        switch language {
        case .python:
            scopes.push(.type, indentation: indentation(index))
            return index + 2
        case .ruby:
            while scopes.innermost.kind != .file, scopes.scopes.count > 1 { scopes.pop() }
            scopes.push(.type)
            return index + 2
        default:
            break
        }
        var next = index + 2
        var parameters: Int?
        while next < end, !isOpen(next, .brace) {
            if isSign(next, .semicolon) || tokens[next].kind == .close || next > index + 200 { return index + 1 }
            if language == .kotlin, tokens[next].flags.contains(.startsLine), tokens[next].kind == .name { break }
            if isOpen(next, .parenthesis) {
                parameters = parameters ?? next
                next = Int(tokens[next].value)
            }
            next += 1
        }
        scopes.push(.type)
        let depth = scopes.scopes.count
        if let parameters { bindParameters(parameters, takesCallback: false, areFields: true) }
        if next < end, isOpen(next, .brace) {
            walk(next + 1..<Int(tokens[next].value))
            next = Int(tokens[next].value) + 1
        }
        scopes.pop(to: depth)
        scopes.pop()
        return next
    }

    /// A function that begins with a keyword: its parameters, its result, its body.
    private mutating func function(_ index: Int, _ end: Int) -> Int {
        var open = index + 1
        var name = Symbol.none
        var receivers: [Int] = []
        while open < end, open < index + 24 {
            if isOpen(open, .parenthesis) {
                // Go: the receiver stands before the name.
                guard language == .go, name == .none, isName(Int(tokens[open].value) + 1),
                    isOpen(Int(tokens[open].value) + 2, .parenthesis)
                else { break }
                receivers.append(open)
                open = Int(tokens[open].value)
            } else if isName(open) {
                if language == .ruby, name != .none, !isSign(open - 1, .dot) { break }
                name = symbol(open)
            } else if tokens[open].kind == .open || tokens[open].kind == .close {
                break
            }
            open += 1
            if language == .ruby, open < end, tokens[open].flags.contains(.startsLine) { break }
        }
        if language == .python { return pythonFunction(name, index, open) }
        if language == .ruby { return rubyFunction(name, open, end) }
        guard isOpen(open, .parenthesis), open < end else { return index + 1 }
        return function(name, parameters: receivers + [open], end)
    }

    private mutating func pythonFunction(_ name: Symbol, _ index: Int, _ open: Int) -> Int {
        guard isOpen(open, .parenthesis) else { return index + 1 }
        let close = Int(tokens[open].value)
        globalNames.removeAll(keepingCapacity: true)
        scopes.push(.function, name: name, indentation: indentationOfLine(index))
        bindParameters(open, takesCallback: false)
        guard isSign(close + 1, .arrow) else { return close + 1 }
        var colon = close + 2
        while colon < tokens.count, !isSign(colon, .colon), colon < close + 40 {
            colon = isOpen(colon, .bracket) ? Int(tokens[colon].value) + 1 : colon + 1
        }
        let result = typed(close + 2..<min(colon, tokens.count))
        if result.isTracked { scopes.bindFunction(name, to: result) }
        return colon
    }

    /// `async def` is at the column of `async`.
    private func indentationOfLine(_ index: Int) -> Int {
        let isFirst = tokens[index].flags.contains(.startsLine)
        return indentation(isFirst || index == 0 ? index : index - 1)
    }

    private mutating func rubyFunction(_ name: Symbol, _ open: Int, _ end: Int) -> Int {
        while scopes.innermost.kind == .function || scopes.innermost.kind == .block, scopes.scopes.count > 1 {
            scopes.pop()
        }
        scopes.push(.function, name: name)
        if isOpen(open, .parenthesis), open < end {
            bindParameters(open, takesCallback: false)
            return Int(tokens[open].value) + 1
        }
        var next = open
        while next < end, !tokens[next].flags.contains(.startsLine), isName(next) || isSign(next, .comma) {
            if isName(next) { bind(.variable(key(next)), to: .unknown, isNew: true) }
            next += 1
        }
        return next
    }

    /// A function whose body is in braces, or an expression after `=` or `=>`; the index after it.
    mutating func function(_ name: Symbol, parameters: [Int], _ end: Int) -> Int {
        guard let last = parameters.last else { return end }
        let close = Int(tokens[last].value)
        let body = bodyOfFunction(close + 1, end)
        let result = typed(close + 1..<body)
        if result.isTracked { scopes.bindFunction(name, to: result) }
        scopes.push(.function, name: name)
        let depth = scopes.scopes.count
        for open in parameters { bindParameters(open, takesCallback: name == .none) }
        var next = body
        if body < end, isOpen(body, .brace) {
            walk(body + 1..<Int(tokens[body].value))
            next = Int(tokens[body].value) + 1
        } else if body < end, isSign(body, .assign) || isSign(body, .fatArrow) {
            let (value, after) = expression(body + 1, end)
            if value.kind == .instance { scopes.bindFunction(name, to: value) }
            next = after
        }
        scopes.pop(to: depth)
        scopes.pop()
        return next
    }

    /// The brace, `=` or `=>` of a function's body, or where the declaration ends without one.
    private func bodyOfFunction(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, index < start + 60 {
            let token = tokens[index]
            if token.kind == .close { return index }
            if token.kind == .open {
                let isType = index + 1 == Int(token.value) && token.sign == .brace && language == .go
                if token.sign == .brace, !isType { return index }
                guard token.value > index else { return index }
                index = Int(token.value)
            } else if token.kind == .sign, [.semicolon, .assign, .fatArrow, .comma].contains(token.sign) {
                return index
            } else if token.flags.contains(.startsLine), language.endsStatementAtNewline, language != .typescript {
                return index
            }
            index += 1
        }
        return min(index, end)
    }

    /// `name(…) {` of Java, C#, JavaScript: a method; the index after it.
    ///
    /// Nil where it is a call.
    mutating func methodDeclaration(_ index: Int, _ end: Int) -> Int? {
        guard language == .java || language == .csharp || language.isJavaScript else { return nil }
        guard index + 1 < end, isOpen(index + 1, .parenthesis), !keywords.controls.contains(symbol(index)) else {
            return nil
        }
        if index > 0, isSign(index - 1, .dot) || (isName(index - 1) && symbol(index - 1) == keywords.new) { return nil }
        let close = Int(tokens[index + 1].value)
        guard close + 1 < end, isMethodBody(close + 1, index, end) else { return nil }
        if index > 0, isName(index - 1), let known = scopes.variable(key(index - 1)), known.kind == .type {
            scopes.bindFunction(symbol(index), to: Value(kind: .instance, index: known.index))
        }
        return function(symbol(index), parameters: [index + 1], end)
    }

    private func isMethodBody(_ after: Int, _ index: Int, _ end: Int) -> Bool {
        if isOpen(after, .brace) { return true }
        let followsType = index > 0 && (isName(index - 1) || isSign(index - 1, .greater))
        if isName(after) { return ["throws", "where"].contains(name(after)) }
        if isSign(after, .fatArrow) { return language == .csharp && followsType }
        guard language == .typescript, isSign(after, .colon) else { return false }
        var next = after + 1
        while next < min(end, after + 32), !isOpen(next, .brace) {
            let token = tokens[next]
            if token.kind == .close, token.sign != .bracket { return false }
            if token.kind == .string || token.kind == .number { return false }
            if token.kind == .sign, [.semicolon, .comma, .assign, .fatArrow, .colon].contains(token.sign) {
                return false
            }
            next += 1
        }
        return isOpen(next, .brace)
    }

    /// `Jedis jedis`, `Map<K, V> cache`: a variable whose type stands before it; the index of the variable.
    mutating func declaration(_ value: Value, _ index: Int, _ end: Int) -> Int? {
        guard language.declaresTypeFirst || language == .go, isName(index) else { return nil }
        guard !keywords.controls.contains(symbol(index)), !tokens[index].flags.contains(.startsLine) else { return nil }
        if language == .go { return nil }
        let isVariable = language != .php || tokens[index].flags.contains(.variable)
        guard isVariable, index > 0, tokens[index - 1].kind != .close || tokens[index - 1].sign == .bracket else {
            return nil
        }
        if isName(index - 1),
            keywords.controls.contains(symbol(index - 1)) || keywords.modifiers.contains(symbol(index - 1))
        {
            return nil
        }
        if isOpen(index + 1, .parenthesis) { return methodDeclaration(index, end) }
        let declared = value.kind == .type ? Value(kind: .instance, index: value.index) : .other
        bind(.variable(key(index)), to: declared, isNew: true)
        guard isSign(index + 1, .assign), index + 1 < end else { return index + 1 }
        scopes.push(.block)
        let depth = scopes.scopes.count
        let next = expression(index + 2, end).next
        scopes.pop(to: depth)
        scopes.pop()
        return next
    }

    /// `name Type` of Go, as a line of a structure or after `var`; the index after it.
    mutating func goDeclaration(_ index: Int, _ type: Int, _ end: Int) -> Int? {
        let isDeclared = index > 0 && isName(index - 1) && keywords.declarations.contains(symbol(index - 1))
        guard !keywords.goStarts.contains(symbol(index)) else { return nil }
        guard type == index + 1, isDeclared || tokens[index].flags.contains(.startsLine) else { return nil }
        guard !tokens[type].flags.contains(.startsLine), tokens[type].flags.contains(.afterSpace) else { return nil }
        guard isName(type) || isSign(type, .star) || isOpen(type, .bracket) else { return nil }
        var next = type
        while next < end, !tokens[next].flags.contains(.startsLine), !isSign(next, .assign), tokens[next].kind != .close
        {
            next = tokens[next].kind == .open && tokens[next].value > next ? Int(tokens[next].value) + 1 : next + 1
        }
        let value = typed(type..<min(next, end))
        bind(.variable(key(index)), to: value.isTracked ? value : .other, isNew: isDeclared)
        if !scopes.isInFunction || !isDeclared {
            bindField(symbol(index), to: value.isTracked ? value : .other, base: .none)
        }
        return next
    }

    /// `name: Type`, then perhaps `= value`; the index after it, or nil where the colon means something else.
    mutating func annotation(_ target: Target, _ index: Int, _ colon: Int, _ end: Int) -> Int? {
        guard language.declaresTypeAfterColon else { return nil }
        let declares = index > 0 && isName(index - 1) && keywords.declarations.contains(symbol(index - 1))
        let isModified = index > 0 && isName(index - 1) && keywords.modifiers.contains(symbol(index - 1))
        guard declares || isModified || tokens[index].flags.contains(.startsLine) else { return nil }
        var next = colon + 1
        while next < end {
            let token = tokens[next]
            if token.kind == .close || token.flags.contains(.startsLine) && next > colon + 1 { break }
            if token.kind == .sign, [.assign, .semicolon, .comma].contains(token.sign) { break }
            next = token.kind == .open && token.value > next ? Int(token.value) + 1 : next + 1
        }
        var value = typed(colon + 1..<min(next, end))
        if value.kind == .unknown, declares || language == .python { value = .other }
        guard value.isTracked || declares || language == .python else { return nil }
        if next < end, isSign(next, .assign), !value.isTracked {
            return assign(target, from: next + 1, end, isNew: declares)
        }
        bind(target, to: value, isNew: declares)
        guard next < end, isSign(next, .assign) else { return next }
        return expression(next + 1, end).next
    }

    /// The object that a type in these tokens stands for: a client's class, bare or in a wrapper.
    func typed(_ range: Range<Int>) -> Value {
        var index = range.lowerBound
        while index < range.upperBound {
            let token = tokens[index]
            if token.kind == .string, let value = typeNamed(inString: index) { return value }
            guard token.kind == .name, !keywords.modifiers.contains(symbol(index)) else {
                index += 1
                continue
            }
            var value = scopes.variable(token.value) ?? .unknown
            let first = index
            // A class of no name space, as `\Redis` is in any.
            if language == .php, first > range.lowerBound, isSign(first - 1, .backslash) {
                value = phpType(first, first)
            }
            while index + 2 < range.upperBound, isName(index + 2),
                isSign(index + 1, .dot) || isSign(index + 1, .backslash)
            {
                index += 2
                value =
                    value.kind == .module
                    ? table.libraries[value.index].exports[symbol(index)] ?? value : value
                if language == .php { value = phpType(first, index) }
            }
            if value.kind == .module, language.isJavaScript { value = defaultExport(value) }
            if value.kind == .type { return Value(kind: .instance, index: value.index) }
            index += 1
            let holds = index < range.upperBound && (isSign(index, .less) || isOpen(index, .bracket))
            if holds, !keywords.wrappers.contains(symbol(index - 1)) { return .other }
        }
        return .unknown
    }

    private func phpType(_ first: Int, _ last: Int) -> Value {
        let module = text.text(Int(tokens[first].start), Int(tokens[last].end))
        guard let library = table.library(ofModule: module, in: language) else { return .unknown }
        return table.libraries[library].exports[symbol(last)] ?? .unknown
    }

    /// Python's `"Redis"` and `"redis.Redis"` where a type stands.
    private func typeNamed(inString index: Int) -> Value? {
        guard language == .python, let bytes = stringBytes(index) else { return nil }
        let last = String(decoding: bytes, as: UTF8.self).split(separator: ".").last ?? ""
        for (library, _) in uses {
            for (name, value) in table.libraries[library].exports
            where value.kind == .type && symbols.text(name) == last {
                return Value(kind: .instance, index: value.index)
            }
        }
        return nil
    }
}

// Parameters of functions.
extension Tracker {
    /// Binds the parameters between the brackets at `open` in the present scope.
    mutating func bindParameters(_ open: Int, takesCallback: Bool, areFields: Bool = false) {
        let range = open + 1..<Int(tokens[open].value)
        var isFirst = true
        for parameter in arguments(in: range) {
            bindParameter(parameter.whole, inAll: range, isFirst: isFirst && takesCallback, areFields: areFields)
            isFirst = false
        }
        if takesCallback { callback = nil }
    }

    private mutating func bindParameter(_ range: Range<Int>, inAll all: Range<Int>, isFirst: Bool, areFields: Bool) {
        let stop = range.first { isSign($0, .assign) } ?? range.upperBound
        guard let variable = parameterName(range.lowerBound..<stop) else { return }
        let (before, after) = (range.lowerBound..<variable, variable + 1..<stop)
        let modifiers = before.filter { isName($0) && keywords.modifiers.contains(symbol($0)) }
        var value = Value.unknown
        if language == .go {
            value = typed(after.isEmpty ? following(range.upperBound, all) : after)
            if value.kind == .unknown { value = .other }
        } else if language.declaresTypeFirst {
            value = typed(before)
            let types = before.filter { isName($0) && !keywords.modifiers.contains(symbol($0)) }
            if value.kind == .unknown, !types.isEmpty { value = .other }
        } else if !after.isEmpty {
            value = typed(after)
            if value.kind == .unknown { value = .other }
        }
        if value.kind == .unknown, isFirst, let callback { value = callback }
        let standard = defaultValue(stop + 1, range.upperBound)
        if !value.isTracked, standard.kind == .instance { value = standard }
        bind(.variable(key(variable)), to: value, isNew: true)
        let isField = areFields || (!modifiers.isEmpty && !before.isEmpty)
        if isField { bindField(Symbol(number: tokens[variable].value), to: value, base: .none) }
    }

    /// The value of a parameter that a call leaves out; `conn = Redis()` makes it a client.
    private mutating func defaultValue(_ start: Int, _ end: Int) -> Value {
        guard start < end else { return .unknown }
        scopes.push(.block, indentation: scopes.innermost.indentation)
        let depth = scopes.scopes.count
        let (value, next) = expression(start, end)
        if next < end { walk(next..<end) }
        scopes.pop(to: depth)
        scopes.pop()
        return value
    }

    /// Go: `a, b *Type` gives the type to both.
    private func following(_ index: Int, _ all: Range<Int>) -> Range<Int> {
        var end = index + 1
        while end < all.upperBound, !isSign(end, .comma) { end += 1 }
        return min(index + 2, all.upperBound)..<max(min(index + 2, all.upperBound), min(end, all.upperBound))
    }

    private func parameterName(_ range: Range<Int>) -> Int? {
        if language.declaresTypeFirst {
            return range.last { isName($0) && (language != .php || tokens[$0].flags.contains(.variable)) }
        }
        return range.first {
            isName($0) && !keywords.modifiers.contains(symbol($0)) && !keywords.declarations.contains(symbol($0))
        }
    }
}
