// Closures, constructions and queries.
extension CSharpReader {
    func isClosure(after offset: Int) -> Bool {
        var probe = self
        probe.cursor.position += offset
        return probe.isClosure("=>")
    }

    /// `(Type name, other) => value`, `name => { statements }`.
    mutating func closure() -> NodeID {
        let function = cursor.begin(.function)
        if cursor.isOpen("(") {
            parameters(of: function)
        } else {
            let parameter = cursor.begin(.parameter)
            cursor.takeName(parameter)
            cursor.finish(parameter)
            cursor.builder.append(parameter, to: function)
        }
        cursor.position += 1
        outsideOfClass { $0.closureBody(of: function) }
        return function
    }

    /// `delegate (Type name) { statements }`.
    mutating func closureOfStatements() -> NodeID {
        let function = cursor.begin(.function)
        cursor.position += 1
        if cursor.isOpen("(") { parameters(of: function) }
        if cursor.isOpen("{") { outsideOfClass { $0.cursor.builder.append($0.block(), to: function) } }
        cursor.finish(function)
        return function
    }

    /// `new Type(arguments) { Member = value }`, `new[] { values }`, `new(arguments)`, `new { Name = value }`.
    mutating func construction() -> NodeID {
        let new = cursor.begin(.new)
        cursor.position += 1
        if cursor.isOpen("[") {
            cursor.skip()
            return cursor.isOpen("{") ? collection() : new
        }
        if cursor.isOpen("{") { return anonymousObject() }
        if cursor.isOpen("(") {
            let made = targetType >= 0 ? type(at: targetType) : cursor.begin(.type)
            cursor.builder.append(made, to: new)
        } else {
            let end = offsetBehindType(0) ?? 0
            let isList = end > 0 && cursor.lexeme(end - 1)?.kind == .close
            let made = type()
            if isList { return cursor.isOpen("{") ? collection() : made }
            cursor.builder.append(made, to: new)
        }
        if cursor.isOpen("(") { arguments(of: new) }
        guard cursor.isOpen("{") else {
            cursor.finish(new)
            return new
        }
        if isObject() {
            members(of: new)
            cursor.finish(new)
            return new
        }
        cursor.finish(new)
        let choice = cursor.wrap(new, in: .choice)
        cursor.builder.append(collection(), to: choice)
        cursor.finish(choice)
        return choice
    }

    /// The braces at the position hold members of an object: `{ Name = value }`.
    private func isObject() -> Bool { cursor.lexeme(1)?.kind == .name && cursor.isAt("=", 2) }

    /// `{ Name = value, … }` after a construction.
    private mutating func members(of new: NodeID) {
        inside { reader in
            while !reader.cursor.isAtEnd {
                if reader.cursor.isName(), reader.cursor.isAt("=", 1) {
                    let argument = reader.cursor.begin(.argument, .field)
                    reader.cursor.takeName(argument)
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.initialValue(), to: argument)
                    reader.cursor.finish(argument)
                    reader.cursor.builder.append(argument, to: new)
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
    }

    /// `{ Name = value, other.Name }` after `new`.
    private mutating func anonymousObject() -> NodeID {
        let object = cursor.begin(.collection, .map)
        inside { reader in
            while !reader.cursor.isAtEnd {
                if reader.cursor.isName(), reader.cursor.isAt("=", 1) {
                    let pair = reader.cursor.wrap(reader.cursor.nameNode(), in: .pair)
                    reader.cursor.position += 1
                    reader.cursor.builder.append(reader.expression(), to: pair)
                    reader.cursor.finish(pair)
                    reader.cursor.builder.append(pair, to: object)
                } else {
                    reader.cursor.builder.append(reader.expression(), to: object)
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(object)
        return object
    }

    /// `[values]`, `{ values }`, `{ { key, value } }`, `{ [key] = value }`.
    mutating func collection() -> NodeID {
        let collection = cursor.begin(.collection, .elements)
        let isInitializer = cursor.isOpen("{")
        inside { reader in
            while !reader.cursor.isAtEnd {
                if reader.cursor.isAt("..") { reader.cursor.position += 1 }
                if isInitializer, reader.cursor.isOpen("[") {
                    reader.cursor.skip()
                    if reader.cursor.isAt("=") { reader.cursor.position += 1 }
                }
                if isInitializer, reader.cursor.isOpen("{") {
                    reader.inside { inner in
                        while !inner.cursor.isAtEnd {
                            inner.cursor.builder.append(inner.argument(), to: collection)
                            guard inner.cursor.skipPastComma() else { return }
                        }
                    }
                } else {
                    reader.cursor.builder.append(reader.argument(), to: collection)
                }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        cursor.finish(collection)
        return collection
    }

    /// `from name in values where condition select value`.
    mutating func query() -> NodeID {
        let query = cursor.begin(.collection, [.elements, .comprehension])
        while !cursor.isAtEnd {
            if cursor.isAt("from") || cursor.isAt("join"), cursor.isName(1) {
                cursor.position += 1
                if let name = offsetOfDeclaredName(), cursor.isFreeName(name) { cursor.position += name }
                let bind = cursor.begin(.bind, [.declares, .element])
                cursor.builder.append(cursor.nameNode(), to: bind)
                if keyword() == .in { cursor.position += 1 }
                nested { $0.cursor.builder.append($0.expression(), to: bind) }
                cursor.finish(bind)
                cursor.builder.append(bind, to: query)
            } else if cursor.isAt("let"), cursor.isName(1), cursor.isAt("=", 2) {
                cursor.position += 1
                let bind = cursor.wrap(cursor.nameNode(), in: .bind, .declares)
                cursor.position += 1
                nested { $0.cursor.builder.append($0.expression(), to: bind) }
                cursor.finish(bind)
                cursor.builder.append(bind, to: query)
            } else if cursor.isAt("ascending") || cursor.isAt("descending") {
                cursor.position += 1
            } else if isQueryWord(0) {
                let isResult = cursor.isAt("select")
                cursor.position += 1
                var value = NodeID.none
                nested { value = $0.expression() }
                cursor.builder.append(isResult ? value : cursor.wrap(value, in: .opaque), to: query)
            } else {
                break
            }
        }
        cursor.finish(query)
        return query
    }

    /// A word of a query before a value.
    func isQueryWord(_ offset: Int) -> Bool {
        guard cursor.isName(offset) else { return false }
        return cursor.isAt("where", offset) || cursor.isAt("select", offset) || cursor.isAt("orderby", offset)
            || cursor.isAt("group", offset) || cursor.isAt("by", offset) || cursor.isAt("on", offset)
            || cursor.isAt("equals", offset) || cursor.isAt("into", offset)
    }
}
