// Functions of the language itself that say where values come from.

extension LuaReader {
    /// A call of such a function at the position; nil where none is.
    mutating func knownCall() -> NodeID? {
        guard let lexeme = cursor.lexeme(), lexeme.kind == .name else { return nil }
        let isCall = cursor.isOpen("(", 1)
        switch lexeme.identifier {
        case Self.require where isCall || cursor.isString(1): return module()
        case Self.pcall where isCall: return protected(hasHandler: false)
        case Self.xpcall where isCall: return protected(hasHandler: true)
        case Self.assert where isCall: return asserted()
        case Self.setmetatable where isCall: return metatable()
        default: return nil
        }
    }

    private static let require = Identifier("require")
    private static let pcall = Identifier("pcall")
    private static let xpcall = Identifier("xpcall")
    private static let assert = Identifier("assert")
    private static let setmetatable = Identifier("setmetatable")

    /// `require "path"`, `require("path")`, `require("a." .. "b")`: what the file of that name returns.
    private mutating func module() -> NodeID? {
        let start = cursor.position
        if cursor.isString(1) {
            cursor.position += 1
            return imported(from: start, path: cursor.position, behind: cursor.position + 1)
        }
        let behind = cursor.behind(start + 1)
        guard behind - 2 > start, cursor.lexemes[behind - 2].kind == .string else { return nil }
        // Of a path that is put together, the last part tells the most.
        return imported(from: start, path: behind - 2, behind: behind)
    }

    private mutating func imported(from start: Int, path: Int, behind: Int) -> NodeID {
        let imported = cursor.builder.add(.imported, start: cursor.lexemes[start].start, end: cursor.lexemes[path].end)
        cursor.position = path
        cursor.builder.append(cursor.literalNode(), to: imported)
        let name = cursor.builder.add(.name, start: cursor.lexemes[start].start, end: cursor.lexemes[start].start)
        cursor.builder[name].name = Self.standard
        cursor.builder.append(name, to: imported)
        cursor.position = min(behind, cursor.limit)
        return imported
    }

    /// `pcall(f, a, b)`: whether it went well, and what `f(a, b)` gives.
    private mutating func protected(hasHandler: Bool) -> NodeID {
        let tuple = cursor.begin(.collection, .tuple)
        cursor.position += 1
        inside { reader in
            reader.cursor.builder.append(reader.cursor.begin(.literal, .yes), to: tuple)
            guard !reader.cursor.isAtEnd else { return }
            if !hasHandler, reader.cursor.isAt("require"), reader.cursor.isAt(",", 1), reader.cursor.isString(2) {
                let position = reader.cursor.position
                let module = reader.imported(from: position, path: position + 2, behind: position + 3)
                return reader.cursor.builder.append(module, to: tuple)
            }
            let call = reader.cursor.begin(.call)
            var number = 0
            while !reader.cursor.isAtEnd {
                let isHandler = hasHandler && number == 1
                let argument = reader.argument()
                reader.cursor.builder.append(isHandler ? .none : argument, to: call)
                number += 1
                guard reader.cursor.skipPastComma() else { break }
            }
            reader.cursor.finish(call)
            reader.cursor.builder.append(call, to: tuple)
        }
        cursor.finish(tuple)
        return tuple
    }

    /// `assert(value, message)`: its arguments.
    private mutating func asserted() -> NodeID {
        let tuple = cursor.begin(.collection, .tuple)
        cursor.position += 1
        arguments(of: tuple)
        cursor.finish(tuple)
        return tuple
    }

    /// `setmetatable(object, table)`: the object, which has the members of the table's `__index` too; and the methods
    /// there are called on such objects.
    private mutating func metatable() -> NodeID? {
        let start = cursor.position
        var value = NodeID.none
        cursor.position += 1
        inside { reader in
            let object = reader.expression()
            guard reader.cursor.isAt(","), let index = reader.indexTable(1) else {
                value = reader.withMetatable(object)
                return
            }
            reader.cursor.position += 1
            let first = reader.lookUp(index)
            let base = reader.cursor.wrap(first, in: .member)
            reader.cursor.builder[base].name = MemberNames.base
            let bind = reader.cursor.wrap(base, in: .bind)
            reader.cursor.builder.append(object, to: bind)
            let choice = reader.cursor.wrap(bind, in: .choice)
            reader.cursor.builder.append(reader.lookUp(index), to: choice)
            value = choice
        }
        if value.isNone { cursor.position = start }
        return value.isNone ? nil : value
    }

    /// A metatable that is written out, or comes of a call: its functions are read, and say nothing of the object.
    private mutating func withMetatable(_ object: NodeID) -> NodeID {
        guard cursor.isAt(",") else { return object }
        let choice = cursor.wrap(object, in: .choice)
        cursor.position += 1
        let table = cursor.begin(.opaque)
        cursor.builder.append(expression(), to: table)
        cursor.finish(table)
        cursor.builder.append(table, to: choice)
        cursor.finish(choice)
        return choice
    }

    /// The lexemes that name a table, and whether it is its `__index` that counts.
    private func indexTable(_ offset: Int) -> (name: Int, isMetatable: Bool)? {
        if cursor.isFreeName(offset), cursor.lexeme(offset + 1) == nil { return (cursor.position + offset, true) }
        guard cursor.isOpen("{", offset), cursor.isAt("__index", offset + 1), cursor.isAt("=", offset + 2),
            cursor.isFreeName(offset + 3), !cursor.isAt(".", offset + 4)
        else { return nil }
        return (cursor.position + offset + 3, false)
    }

    private mutating func lookUp(_ table: (name: Int, isMetatable: Bool)) -> NodeID {
        cursor.position = table.name
        let name = cursor.nameNode()
        guard table.isMetatable else { return name }
        let index = cursor.wrap(name, in: .member)
        cursor.builder[index].name = Identifier("__index")
        return index
    }
}
