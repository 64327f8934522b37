// Operands, members, commands without parentheses, blocks.

extension RubyReader {
    mutating func ownOperand() -> NodeID? {
        if let word = keyword() { return word == .itself ? cursor.constant(.name, .itself) : operand(of: word) }
        guard let lexeme = cursor.lexeme() else { return nil }
        switch lexeme.kind {
        case .name: return named(lexeme)
        case .string where byte() == SourceByte.percent: return words(lexeme)
        case .sign where cursor.isAt("->"): return lambda()
        case .sign where cursor.isAt(":") && isAdjacent(1): return symbol()
        case .sign where cursor.isAt("::") && isConstant(1):
            cursor.position += 1
            return cursor.nameNode()
        default: return nil
        }
    }

    private mutating func operand(of word: Keyword) -> NodeID {
        switch word {
        case .yes: return cursor.constant(.literal, .yes)
        case .no: return cursor.constant(.literal, .no)
        case .nothing: return cursor.constant(.literal, .nothing)
        case .def: return whole { $0.method() }
        case .if, .unless: return whole { $0.conditional() }
        case .while, .until: return whole { $0.loop() }
        case .case: return whole { $0.cases() }
        case .for: return whole { $0.elements() }
        case .begin: return whole { $0.begun() }
        case .return, .next, .break: return result()
        case .yield: return yielded()
        case .super:
            cursor.position += 1
            return cursor.begin(.opaque)
        case .not:
            cursor.position += 1
            var value = NodeID.none
            nested { value = $0.expression() }
            return cursor.wrap(value, in: .opaque)
        default: return cursor.begin(.opaque)
        }
    }

    /// What is read one level deeper, as declarations and conditions nest.
    private mutating func whole(_ body: (inout Self) -> NodeID) -> NodeID {
        var node = NodeID.none
        nested { node = body(&$0) }
        return node.isNone ? cursor.begin(.opaque) : node
    }

    private func endsValue() -> Bool {
        if endsExpression() || cursor.isAt(";") { return true }
        switch keyword() {
        case .if, .unless, .while, .until, .rescue, .end, .and, .or, .then, .do: return true
        default: return false
        }
    }

    private mutating func result() -> NodeID {
        let result = cursor.begin(.returned)
        cursor.position += 1
        if !endsValue() { nested { $0.cursor.builder.append($0.values(), to: result) } }
        cursor.finish(result)
        return result
    }

    /// `yield value`: the block is called.
    private mutating func yielded() -> NodeID {
        let call = cursor.begin(.call)
        let block = cursor.begin(.name)
        cursor.builder[block].name = blockName == .none ? Self.implicitBlock : blockName
        cursor.builder.append(block, to: call)
        cursor.position += 1
        if cursor.isOpen("("), isAdjacent(0) {
            arguments(of: call)
        } else if !endsValue(), !cursor.isAt("."), !cursor.isAt(",") {
            nested { $0.commandArguments(of: call) }
        }
        cursor.finish(call)
        return call
    }

    // MARK: Names and literals

    private mutating func named(_ lexeme: Lexeme) -> NodeID {
        switch byte() {
        case SourceByte.at where !nesting.isEmpty:
            cursor.position += 1
            return field(lexeme.identifier, SyntaxNode(kind: .name, start: lexeme.start, end: lexeme.end))
        case SourceByte.dollar:
            let node = cursor.nameNode()
            cursor.builder[node].flags.insert(.shared)
            return node
        case let first where first &- 0x41 < 26:
            cursor.position += 1
            if cursor.isOpen("("), isAdjacent(0) {
                let node = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
                cursor.setName(node, lexeme)
                return node
            }
            let node = constantNode(lexeme)
            if nesting.isEmpty { cursor.builder[node].flags.insert(.shared) }
            return node
        default:
            if lexeme.identifier == Self.lambdaName || lexeme.identifier == Self.procName,
                cursor.isOpen("{", 1) || keyword(1) == .do
            {
                cursor.position += 1
                let function = whole { $0.block() }
                cursor.builder[function].flags.remove(.trailing)
                return function
            }
            if lexeme.identifier == Self.new, cursor.isOpen("(", 1), isAdjacent(1) {
                // In a method of a class: one of its objects.
                return construction(cursor.builder.add(.name, .itself, start: lexeme.start, end: lexeme.start))
            }
            let node = cursor.nameNode()
            takeMark(node)
            return node
        }
    }

    private static let lambdaName = Identifier("lambda")
    private static let procName = Identifier("proc")
    static let new = Identifier("new")
    static let require = Identifier("require")
    static let sending = Set(["send", "public_send", "__send__"].map(Identifier.init))

    /// `:name`, `:"name"`, the colon being at the position.
    private mutating func symbol() -> NodeID {
        cursor.position += 1
        guard let lexeme = cursor.lexeme() else { return cursor.begin(.opaque) }
        if lexeme.kind == .string { return string() }
        guard lexeme.kind == .name else {
            cursor.skip()
            return cursor.begin(.opaque)
        }
        cursor.position += 1
        if cursor.isAt("?") || cursor.isAt("!"), isAdjacent(0) { cursor.position += 1 }
        return cursor.builder.add(.literal, [.string, .raw], start: lexeme.start, end: cursor.end)
    }

    /// `%w[a b]`: a list of strings; `%q(a)`, `%(a)`: a string.
    private mutating func words(_ lexeme: Lexeme) -> NodeID {
        let letter = cursor.text[Int(lexeme.start) + 1] | 0x20
        guard letter == 0x77 || letter == 0x69 else { return string() }
        let list = cursor.begin(.collection, .elements)
        cursor.position += 1
        var index = lexeme.contentStart
        while index < lexeme.contentEnd {
            while index < lexeme.contentEnd, SourceByte.isBlank(cursor.text[Int(index)]) { index += 1 }
            let start = index
            while index < lexeme.contentEnd, !SourceByte.isBlank(cursor.text[Int(index)]) { index += 1 }
            guard index > start else { break }
            cursor.builder.append(cursor.builder.add(.literal, [.string, .raw], start: start, end: index), to: list)
        }
        cursor.finish(list)
        return list
    }

    // MARK: What follows an operand

    mutating func ownSuffix(_ operand: NodeID) -> NodeID? {
        if cursor.isAt("&"), cursor.isAt(".", 1), isAdjacent(1) { cursor.position += 1 }
        if cursor.isAt(".") || (cursor.isAt("::") && isAdjacent(0) && cursor.isName(1)) {
            let isConstant = cursor.isAt("::") && self.isConstant(1)
            let member = memberSuffix(operand)
            return isConstant ? member : called(member)
        }
        let kind = cursor.builder[operand].kind
        if cursor.isOpen("("), !cursor.startsLine() {
            guard kind == .name || kind == .member || kind == .call else { return nil }
            let call = self.call(operand)
            declared(call, operand)
            return call
        }
        if hasBlock(operand, kind) { return withBlock(operand, kind) }
        guard startsCommand(operand, kind) else { return nil }
        return commandCall(operand)
    }

    mutating func member(_ object: NodeID, _ flags: SyntaxNode.Flags) -> NodeID? { nil }

    /// A member without arguments is called too, unless it is given a value.
    private mutating func called(_ member: NodeID) -> NodeID {
        guard cursor.builder[member].kind == .member else { return member }
        if cursor.isOpen("("), isAdjacent(0) { return member }
        if cursor.isAt("=") || cursor.isAt("||=") || cursor.isAt("&&=") { return member }
        if hasBlock(member, .member) || startsCommand(member, .member) { return member }
        return cursor.wrap(member, in: .call)
    }

    private mutating func memberSuffix(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        if cursor.isOpen("(") { return call(operand) }
        guard let lexeme = cursor.lexeme(), lexeme.kind == .name else { return cursor.wrap(operand, in: .opaque) }
        if lexeme.identifier == Self.new { return construction(operand) }
        if keyword() == .class, cursor.builder[operand].flags.contains(.itself) {
            // What a class has, its objects have.
            cursor.position += 1
            return operand
        }
        if calledName != .none, Self.sending.contains(lexeme.identifier), isCalledName() { return passedOn(operand) }
        let member = cursor.wrap(operand, in: .member)
        cursor.takeName(member)
        takeMark(member)
        cursor.finish(member)
        return member
    }

    /// `send(name, …)` where the name is that for which `method_missing` was called.
    private func isCalledName() -> Bool {
        let offset = cursor.isOpen("(", 1) ? 2 : 1
        return cursor.lexeme(offset)?.identifier == calledName
    }

    private mutating func passedOn(_ operand: NodeID) -> NodeID {
        cursor.position += 1
        if cursor.isOpen("(") { cursor.skip() }
        return cursor.wrap(operand, in: .index, .parent)
    }

    /// `Type.new(arguments)`.
    private mutating func construction(_ operand: NodeID) -> NodeID {
        let new = cursor.wrap(operand, in: .new)
        cursor.position += 1
        if cursor.isOpen("("), isAdjacent(0) {
            arguments(of: new)
        } else if startsArgument(ofMember: true) {
            nested { $0.commandArguments(of: new) }
        }
        cursor.finish(new)
        return new
    }

    /// A block is behind what is called.
    private func hasBlock(_ operand: NodeID, _ kind: SyntaxNode.Kind) -> Bool {
        guard !cursor.startsLine() else { return false }
        switch kind {
        case .call, .member, .new: break
        case .name: guard isMethodName(operand) else { return false }
        default: return false
        }
        if cursor.isOpen("{") { return true }
        return keyword() == .do && commands == 0
    }

    /// The name can be that of a method: it has no sign and no capital.
    private func isMethodName(_ operand: NodeID) -> Bool {
        let node = cursor.builder[operand]
        guard node.nameEnd > node.nameStart else { return false }
        let first = cursor.text[Int(node.nameStart)]
        return first == SourceByte.underscore || first &- 0x61 < 26
    }

    private mutating func withBlock(_ operand: NodeID, _ kind: SyntaxNode.Kind) -> NodeID {
        if kind == .name, !classNode.isNone, Self.partsOfIncluder.contains(cursor.builder[operand].name) {
            return whole { $0.bodyOfIncluder() }
        }
        let call = kind == .call || kind == .new ? operand : cursor.wrap(operand, in: .call)
        let function = whole { $0.block() }
        cursor.builder.append(function, to: call)
        cursor.finish(call)
        return call
    }

    /// `{ |parameters| … }`, `do |parameters| … end`.
    mutating func block() -> NodeID {
        let function = cursor.begin(.function, [.trailing, .lastIsResult])
        if cursor.isOpen("{") {
            let outer = commands
            commands = 0
            inside(linesMatter: true) { reader in
                reader.blockParameters(of: function)
                let body = reader.cursor.begin(.block)
                while !reader.cursor.isAtEnd {
                    reader.statements(of: body)
                    reader.cursor.skip()
                }
                reader.cursor.finish(body)
                reader.cursor.builder.append(body, to: function)
            }
            commands = outer
        } else if keyword() == .do {
            cursor.position += 1
            blockParameters(of: function)
            let body = cursor.begin(.block)
            guardedBody(of: body)
            cursor.finish(body)
            cursor.builder.append(body, to: function)
            if keyword() == .end { cursor.position += 1 }
        }
        cursor.finish(function)
        return function
    }

    private mutating func blockParameters(of function: NodeID) {
        guard cursor.isAt("|") else {
            if cursor.isAt("||") { cursor.position += 1 }
            // The parameter that is named by no one.
            let implicit = cursor.begin(.parameter)
            cursor.builder[implicit].name = Self.it
            return cursor.builder.append(implicit, to: function)
        }
        cursor.position += 1
        let outer = blockName
        while !cursor.isAtEnd, !cursor.isAt("|") {
            let before = cursor.position
            parameter(of: function)
            if cursor.isAt(",") || cursor.isAt(";") { cursor.position += 1 }
            if cursor.position == before { cursor.skip() }
        }
        blockName = outer
        if cursor.isAt("|") { cursor.position += 1 }
    }

    private static let it = Identifier("it")

    /// `->(a, b) { … }`, `-> do … end`.
    private mutating func lambda() -> NodeID {
        let function = cursor.begin(.function, .lastIsResult)
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    reader.parameter(of: function)
                    guard reader.cursor.skipPastComma() else { return }
                }
            }
        } else {
            while cursor.isFreeName() || cursor.isAt(",") {
                if cursor.isAt(",") { cursor.position += 1 } else { parameter(of: function) }
            }
        }
        let body = whole { $0.block() }
        // The block's own node has only the body: its parameters are the lambda's.
        cursor.builder.append(cursor.wrap(body, in: .opaque), to: function)
        cursor.finish(function)
        return function
    }

    // MARK: Commands and arguments

    private func startsCommand(_ operand: NodeID, _ kind: SyntaxNode.Kind) -> Bool {
        guard kind == .member || (kind == .name && isMethodName(operand)) else { return false }
        return startsArgument(ofMember: kind == .member)
    }

    /// An argument of a command without parentheses is at the position.
    private func startsArgument(ofMember isMember: Bool) -> Bool {
        guard let lexeme = cursor.lexeme(), lexeme.flags.contains(.afterSpace), !cursor.startsLine() else {
            return false
        }
        switch lexeme.kind {
        case .string, .number: return true
        case .name:
            switch keyword() {
            case nil, .nothing, .yes, .no, .itself, .super, .yield, .def, .case, .not: return true
            default: return false
            }
        case .open: return isMember && cursor.isOpen("[")
        case .close: return false
        case .sign:
            guard isAdjacent(1) else { return false }
            if cursor.isAt(":") { return cursor.isName(1) || cursor.isString(1) }
            if cursor.isAt("::") { return isConstant(1) }
            return cursor.isAt("->") || cursor.isAt("*") || cursor.isAt("**") || cursor.isAt("&") || cursor.isAt("!")
                || cursor.isAt("@")
        }
    }

    private mutating func commandCall(_ operand: NodeID) -> NodeID {
        let call = cursor.wrap(operand, in: .call)
        nested { $0.commandArguments(of: call) }
        cursor.finish(call)
        declared(call, operand)
        return call
    }

    private mutating func commandArguments(of call: NodeID) {
        commands += 1
        while !cursor.isAtEnd {
            let before = cursor.position
            cursor.builder.append(argument(), to: call)
            guard cursor.isAt(","), cursor.position > before else { break }
            cursor.position += 1
        }
        commands -= 1
    }

    /// What a call declares: an import, or something of the class around.
    private mutating func declared(_ call: NodeID, _ operand: NodeID) {
        guard cursor.builder[operand].kind == .name else { return }
        let name = cursor.builder[operand].name
        guard name == Self.require else { return declare(call, named: name) }
        let first = cursor.builder[operand].nextSibling
        guard !first.isNone, cursor.builder[first].kind == .literal else { return }
        let (start, end) = (cursor.builder[first].start, cursor.builder[first].end)
        let imported = cursor.builder.add(.imported, start: start, end: end)
        cursor.builder.append(cursor.builder.add(.literal, [.string, .raw], start: start, end: end), to: imported)
        cursor.builder.append(imported, to: cursor.builder.root)
    }

    mutating func argument() -> NodeID {
        if cursor.isAt("*") || cursor.isAt("**") { return starred() }
        if cursor.isAt("&"), isAdjacent(1) || cursor.lexeme(1) == nil { return passedBlock() }
        if isLabel() { return labelled() }
        let value = expression()
        guard cursor.isAt("=>") else { return value }
        return pairs(value)
    }

    /// `name:`, `"name":`.
    private func isLabel() -> Bool {
        guard cursor.isName() || cursor.isString(), cursor.isAt(":", 1), isAdjacent(1) else { return false }
        return !(cursor.isString() && isAdjacent(2))
    }

    private mutating func labelled() -> NodeID {
        let argument = cursor.begin(.argument)
        let lexeme = cursor.lexeme()
        cursor.takeName(argument)
        cursor.position += 1
        if let lexeme, endsExpression() || cursor.isAt(",") {
            // `name:` alone is the variable.
            let name = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
            cursor.setName(name, lexeme)
            cursor.builder.append(name, to: argument)
        } else {
            cursor.builder.append(expression(), to: argument)
        }
        cursor.finish(argument)
        return argument
    }

    /// `key => value, key => value`: one map.
    private mutating func pairs(_ first: NodeID) -> NodeID {
        let map = cursor.builder.add(.collection, .map, start: cursor.builder[first].start, end: cursor.end)
        var key = first
        while cursor.isAt("=>") {
            cursor.position += 1
            let pair = cursor.wrap(key, in: .pair)
            cursor.builder.append(expression(), to: pair)
            cursor.finish(pair)
            cursor.builder.append(pair, to: map)
            guard cursor.isAt(","), cursor.lexeme(1)?.kind == .string || cursor.isAt(":", 1),
                let sign = offsetOfArrow()
            else { break }
            cursor.position += 1
            key = expression()
            if cursor.position < sign { break }
        }
        cursor.finish(map)
        return map
    }

    /// The place of the `=>` behind a short key that follows the comma at the position.
    private func offsetOfArrow() -> Int? {
        for offset in 2..<5 where cursor.isAt("=>", offset) { return cursor.position + offset }
        return nil
    }

    /// `&block`, `&:name`, `&method(:name)`.
    private mutating func passedBlock() -> NodeID {
        cursor.position += 1
        if cursor.isAt(":"), isAdjacent(1), let lexeme = cursor.lexeme(1), lexeme.kind == .name {
            cursor.position += 2
            return closure(calling: lexeme)
        }
        let argument = cursor.begin(.argument, .trailing)
        if endsExpression() || cursor.isAt(",") {
            let block = cursor.begin(.name)
            cursor.builder[block].name = blockName
            cursor.builder.append(block, to: argument)
        } else {
            cursor.builder.append(expression(), to: argument)
        }
        cursor.finish(argument)
        return argument
    }

    /// `{ |it| it.name }`.
    private mutating func closure(calling lexeme: Lexeme) -> NodeID {
        let function = cursor.builder.add(.function, [.trailing, .lastIsResult], start: lexeme.start, end: lexeme.end)
        let parameter = cursor.builder.add(.parameter, start: lexeme.start, end: lexeme.start)
        cursor.builder[parameter].name = Self.it
        let object = cursor.builder.add(.name, start: lexeme.start, end: lexeme.start)
        cursor.builder[object].name = Self.it
        let member = cursor.builder.add(.member, start: lexeme.start, end: lexeme.end)
        cursor.setName(member, lexeme)
        cursor.builder.append(object, to: member)
        let call = cursor.builder.add(.call, start: lexeme.start, end: lexeme.end)
        cursor.builder.append(member, to: call)
        let body = cursor.builder.add(.block, start: lexeme.start, end: lexeme.end)
        cursor.builder.append(call, to: body)
        cursor.builder.append(parameter, to: function)
        cursor.builder.append(body, to: function)
        return function
    }

    mutating func element(of collection: NodeID) {
        let part = argument()
        let node = cursor.builder[part]
        let isNamed = node.kind == .argument && node.nameEnd > node.nameStart
        let isMap =
            node.kind == .collection && node.flags.contains(.map) && !node.firstChild.isNone
            && cursor.text[Int(node.start)] != SourceByte.openBrace
        guard isNamed || isMap else { return cursor.builder.append(part, to: collection) }
        cursor.builder[collection].flags.insert(.map)
        if isMap {
            var next = node.firstChild
            while !next.isNone {
                let following = cursor.builder[next].nextSibling
                cursor.builder[next].nextSibling = .none
                cursor.builder.append(next, to: collection)
                next = following
            }
            return
        }
        let pair = cursor.builder.add(.pair, start: node.start, end: node.end)
        let key = cursor.builder.add(.name, start: node.nameStart, end: node.nameEnd)
        cursor.builder.copyName(of: node, to: key)
        cursor.builder.append(key, to: pair)
        cursor.builder.append(node.firstChild, to: pair)
        cursor.builder.append(pair, to: collection)
    }

    func infix() -> Infix? {
        if !endsExpression() {
            switch keyword() {
            case .and, .or: return .choice
            default: break
            }
        }
        return commonInfix()
    }
}
