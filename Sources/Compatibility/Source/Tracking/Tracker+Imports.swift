// What a file imports decides what its names mean.

extension Tracker {
    /// Classes that need no import: phpredis' and redis-rb's.
    mutating func bindBuiltIns() {
        let hasNamespace =
            language == .php && (0..<min(tokens.count, 200)).contains { isName($0) && symbol($0) == keywords.namespace }
        guard !hasNamespace else { return }
        for library in table.libraries where library.isBuiltIn && library.languages.contains(language) {
            for (name, value) in library.exports
            where !["Connection", "ConnectionPool", "Facade"].contains(symbols.text(name)) {
                scopes.bind(name.number, to: value, isNew: true, reachesOut: false)
            }
        }
    }

    /// The file uses a library; `token` is what says so.
    mutating func use(_ library: Int, at token: Int) {
        if !uses.contains(where: { $0.library == library }) { uses.append((library, token)) }
    }

    /// An import of any language; the index after it, or nil where the word begins none.
    mutating func importing(_ index: Int, _ end: Int) -> Int? {
        let word = symbol(index)
        switch language {
        case .python:
            if word == keywords.imports { return pythonImport(index, end) }
            return word == keywords.from ? pythonFrom(index, end) : nil
        case .javascript, .typescript: return word == keywords.imports ? scriptImport(index, end) : nil
        case .java, .kotlin: return word == keywords.imports ? jvmImport(index, end) : nil
        case .go: return word == keywords.imports ? goImport(index, end) : nil
        case .csharp: return word == keywords.using ? csharpUsing(index, end) : nil
        case .php: return word == keywords.use ? phpUse(index, end) : nil
        case .ruby: return word == keywords.require ? rubyRequire(index, end) : nil
        case .lua, .c, .cpp, .rust: return nil
        }
    }

    /// The names from `index` with one of `signs` between them, as written; the index after the last.
    private func dotted(_ index: Int, _ end: Int, _ sign: Token.Sign = .dot) -> (text: String, last: Int, next: Int) {
        var next = index
        while next + 2 < end, isName(next), isSign(next + 1, sign), isName(next + 2) { next += 2 }
        guard index < end, isName(next) else { return ("", index, index) }
        return (text.text(Int(tokens[index].start), Int(tokens[next].end)), next, next + 1)
    }

    private mutating func bindImport(_ name: Int, to value: Value) {
        scopes.bind(tokens[name].value, to: value, isNew: true, reachesOut: false)
    }

    /// Reads `import redis, redis.asyncio as aioredis`.
    private mutating func pythonImport(_ index: Int, _ end: Int) -> Int {
        var next = index + 1
        while next < end, isName(next) {
            let module = dotted(next, end)
            let alias = isName(module.next) && symbol(module.next) == keywords.alias ? module.next + 1 : next
            if let library = table.library(ofModule: module.text, in: language), alias < end {
                use(library, at: next)
                bindImport(alias, to: Value(kind: .module, index: library))
            }
            next = alias == next ? module.next : alias + 1
            guard next < end, isSign(next, .comma) else { break }
            next += 1
        }
        return next
    }

    /// Reads `from redis import Redis as R, asyncio`.
    private mutating func pythonFrom(_ index: Int, _ end: Int) -> Int? {
        let module = dotted(index + 1, end)
        guard isName(module.next), symbol(module.next) == keywords.imports, module.next < end else { return nil }
        let library = table.library(ofModule: module.text, in: language)
        var next = module.next + 1
        var limit = end
        if isOpen(next, .parenthesis), next < end {
            limit = Int(tokens[next].value)
            next += 1
        }
        if let library { use(library, at: index + 1) }
        while next < limit, isName(next) {
            let name = symbol(next)
            let isAlias = next + 2 < limit && isName(next + 1) && symbol(next + 1) == keywords.alias && isName(next + 2)
            let alias = isAlias ? next + 2 : next
            if let library {
                let module = Value(kind: .module, index: library)
                let isModule = (symbols.bytes(of: name).first ?? 0) &- 0x61 < 26
                bindImport(alias, to: table.libraries[library].exports[name] ?? (isModule ? module : .other))
            }
            next = alias + 1
            guard next < limit, isSign(next, .comma) else { break }
            next += 1
        }
        return next
    }

    /// Reads `import Redis, { Cluster as C } from 'ioredis'`, `import * as redis from 'redis'`.
    private mutating func scriptImport(_ index: Int, _ end: Int) -> Int? {
        var from = index + 1
        while from < min(end, index + 200), !(isName(from) && symbol(from) == keywords.from) {
            if tokens[from].kind == .string || isSign(from, .semicolon) || isOpen(from, .parenthesis) { return nil }
            from += 1
        }
        guard from + 1 < end, let module = stringBytes(from + 1) else { return nil }
        let name = String(decoding: module, as: UTF8.self)
        guard let library = table.library(ofModule: name, in: language) else { return from + 2 }
        use(library, at: from + 1)
        var next = index + 1
        while next < from {
            if isOpen(next, .brace) {
                bindExports(next + 1..<Int(tokens[next].value), of: library)
                next = Int(tokens[next].value)
            } else if isName(next), symbol(next) != keywords.alias, !(name.isEmpty), self.name(next) != "type" {
                bindImport(next, to: Value(kind: .module, index: library))
            }
            next += 1
        }
        return from + 2
    }

    /// `Redis as R, createClient: make`: the exported names and what they are called here.
    private mutating func bindExports(_ range: Range<Int>, of library: Int) {
        var next = range.lowerBound
        while next < range.upperBound {
            guard isName(next), name(next) != "type" else {
                next += 1
                continue
            }
            let exported = symbol(next)
            let isRenamed =
                next + 2 < range.upperBound && isName(next + 2)
                && (isSign(next + 1, .colon) || (isName(next + 1) && symbol(next + 1) == keywords.alias))
            let alias = isRenamed ? next + 2 : next
            if let value = table.libraries[library].exports[exported] { bindImport(alias, to: value) }
            next = alias + 1
        }
    }

    /// `require('redis')` as an operand.
    mutating func required(_ index: Int, _ end: Int) -> (value: Value, next: Int)? {
        guard language.isJavaScript, isOpen(index + 1, .parenthesis), index + 1 < end,
            let module = stringBytes(index + 2),
            let library = table.library(ofModule: String(decoding: module, as: UTF8.self), in: language)
        else { return nil }
        use(library, at: index + 2)
        let value = Value(kind: .module, index: library)
        return chain((Chain(value: value), Int(tokens[index + 1].value) + 1), end)
    }

    /// Reads `const { createClient } = require('redis')`.
    mutating func destructuring(_ index: Int, _ end: Int) -> Int? {
        let close = Int(tokens[index + 1].value)
        guard isSign(close + 1, .assign), close + 2 < end else { return nil }
        let (value, next) = expression(close + 2, end)
        if value.kind == .module { bindExports(index + 2..<close, of: value.index) }
        return next
    }

    /// Reads `import redis.clients.jedis.Jedis;`, `import redis.clients.jedis.*`.
    private mutating func jvmImport(_ index: Int, _ end: Int) -> Int {
        var start = index + 1
        if isName(start), name(start) == "static" { start += 1 }
        let module = dotted(start, end)
        guard let library = table.library(ofModule: module.text, in: language) else { return module.next }
        use(library, at: start)
        if isSign(module.next, .dot) {
            for (name, value) in table.libraries[library].exports {
                scopes.bind(name.number, to: value, isNew: true, reachesOut: false)
            }
            return module.next + 2
        }
        let isAlias = isName(module.next + 1) && isName(module.next) && symbol(module.next) == keywords.alias
        if let value = table.libraries[library].exports[symbol(module.last)] {
            bindImport(isAlias ? module.next + 1 : module.last, to: value)
        }
        return isAlias ? module.next + 2 : module.next
    }

    /// Reads `import "path"`, `import ( alias "path" … )`.
    private mutating func goImport(_ index: Int, _ end: Int) -> Int {
        var limit = min(end, index + 3)
        var next = index + 1
        if isOpen(next, .parenthesis) {
            limit = Int(tokens[next].value)
            next += 1
        }
        while next < limit {
            if let module = stringBytes(next),
                let library = table.library(ofModule: String(decoding: module, as: UTF8.self), in: language)
            {
                use(library, at: next)
                let isAlias = isName(next - 1) && next - 1 > index && !tokens[next].flags.contains(.startsLine)
                let name = isAlias ? symbol(next - 1) : symbols.symbol("redis")
                let value = Value(kind: .module, index: library)
                scopes.bind(name.number, to: value, isNew: true, reachesOut: false)
            }
            next += 1
        }
        return limit
    }

    /// Reads `using StackExchange.Redis;`.
    private mutating func csharpUsing(_ index: Int, _ end: Int) -> Int? {
        let module = dotted(index + 1, end)
        guard isSign(module.next, .semicolon) else { return nil }
        guard let library = table.library(ofModule: module.text, in: language) else { return module.next }
        use(library, at: index + 1)
        for (name, value) in table.libraries[library].exports {
            scopes.bind(name.number, to: value, isNew: true, reachesOut: false)
        }
        return module.next
    }

    /// `use Predis\\Client as Redis;`: a class of another name space hides the built-in one.
    private mutating func phpUse(_ index: Int, _ end: Int) -> Int? {
        let start = isSign(index + 1, .backslash) ? index + 2 : index + 1
        guard start < end, isName(start) else { return nil }
        let module = dotted(start, end, .backslash)
        let isAlias = isName(module.next) && symbol(module.next) == keywords.alias && isName(module.next + 1)
        let alias = isAlias ? module.next + 1 : module.last
        var value = Value.other
        if let library = table.library(ofModule: module.text, in: language) {
            let exports = table.libraries[library].exports
            let name = module.text.contains("Facades") ? symbols.symbol("Facade") : symbol(module.last)
            value = exports[name] ?? .other
            use(library, at: start)
        }
        bindImport(alias, to: value)
        return isAlias ? module.next + 2 : module.next
    }

    /// Reads `require 'redis'`.
    private mutating func rubyRequire(_ index: Int, _ end: Int) -> Int? {
        let string = isOpen(index + 1, .parenthesis) ? index + 2 : index + 1
        guard string < end, let module = stringBytes(string),
            let library = table.library(ofModule: String(decoding: module, as: UTF8.self), in: language)
        else { return nil }
        use(library, at: string)
        let name = symbols.symbol("ConnectionPool")
        if let pool = table.libraries[library].exports[name] {
            scopes.bind(name.number, to: pool, isNew: true, reachesOut: false)
        }
        return string + 1
    }
}
