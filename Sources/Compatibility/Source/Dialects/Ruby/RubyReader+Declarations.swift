// Modules, classes, methods, blocks and what class bodies declare.

extension RubyReader {
    /// `class A::B < Base`, `module A`.
    mutating func classDeclaration(_ parent: NodeID) {
        let isClass = keyword() == .class
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        if cursor.isAt("::") { cursor.position += 1 }
        guard isConstant(), let first = cursor.lexeme() else { return }
        var last = first
        cursor.position += 1
        while cursor.isAt("::"), isConstant(1), let next = cursor.lexeme(1) {
            last = next
            cursor.position += 2
        }
        let whole = Int(first.start)..<Int(last.end)
        cursor.setName(declaration, last)
        cursor.builder[declaration].name = fullName(whole, levels: nesting.count)
        let outer = (nesting, classNode)
        if isClass, cursor.isAt("<") {
            cursor.position += 1
            base(header(), of: declaration)
        }
        nesting.append(whole)
        classNode = declaration
        let (name, block) = (calledName, blockName)
        guardedBody(of: declaration)
        (calledName, blockName) = (name, block)
        (nesting, classNode) = outer
        if keyword() == .end { cursor.position += 1 }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
        if !isClass { hook(declaration, of: classNode) }
    }

    /// What the class has the members of.
    private mutating func base(_ value: NodeID, of declaration: NodeID) {
        cursor.builder.append(cursor.wrap(value, in: .choice), to: declaration)
    }

    /// `class << self`: methods of the class itself.
    mutating func singleton(_ parent: NodeID) {
        cursor.position += 2
        _ = operand()
        deeper { $0.statements(of: parent) }
        if keyword() == .end { cursor.position += 1 }
    }

    /// The full name of a constant in the first levels of the modules around.
    func fullName(_ name: Range<Int>, levels: Int) -> Identifier {
        withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
            var count = 0
            for part in nesting.prefix(levels) + [name] {
                if count > 0, count < 500 {
                    buffer[count] = SourceByte.colon
                    buffer[count + 1] = SourceByte.colon
                    count += 2
                }
                for index in part where count < 510 {
                    buffer[count] = cursor.text[index]
                    count += 1
                }
            }
            return Identifier(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// A constant: the innermost of its name that the project declares.
    mutating func constantNode(_ lexeme: Lexeme) -> NodeID {
        let node = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
        cursor.setName(node, lexeme)
        guard !nesting.isEmpty else { return node }
        var outer = node
        for levels in stride(from: min(nesting.count, 6), through: 0, by: -1) {
            let candidate = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
            cursor.setName(candidate, lexeme)
            cursor.builder[candidate].name = fullName(range(lexeme), levels: levels)
            cursor.builder.append(candidate, to: outer)
            outer = candidate
        }
        return node
    }

    /// `def name(parameters) … end`, `def self.name`, `def name = value`.
    mutating func method() -> NodeID {
        let function = cursor.begin(.function, .lastIsResult)
        cursor.position += 1
        if keyword() == .itself || isConstant(), cursor.isAt(".", 1) { cursor.position += 2 }
        guard let lexeme = cursor.lexeme() else { return function }
        cursor.position += 1
        cursor.setName(function, lexeme)
        if lexeme.kind == .name { takeMark(function) }
        if cursor.isAt("="), isAdjacent(0), cursor.isOpen("(", 1) || cursor.isName(1), isAdjacent(1) {
            // `def name=(value)`.
            cursor.builder[function].name = Identifier(cursor.text.slice(Int(lexeme.start), Int(lexeme.end) + 1))
            cursor.position += 1
        }
        if lexeme.kind != .name {
            while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isOpen("(") { cursor.position += 1 }
        }
        if cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.initializer) {
            cursor.builder[function].flags.insert(.constructor)
        }
        let outer = (classNode, calledName, blockName, commands)
        (classNode, blockName, commands) = (.none, .none, 0)
        let isMissing = cursor.text.slice(Int(lexeme.start), Int(lexeme.end)).elementsEqual(Self.missing)
        calledName = isMissing ? firstParameter() : .none
        parameters(of: function)
        if blockName == .none {
            let implicit = cursor.begin(.parameter, .trailing)
            blockName = Self.implicitBlock
            cursor.builder[implicit].name = blockName
            cursor.builder.append(implicit, to: function)
        }
        let body = cursor.begin(.block)
        if cursor.isAt("="), !cursor.startsLine() {
            cursor.position += 1
            nested { $0.cursor.builder.append($0.expression(), to: body) }
        } else {
            guardedBody(of: body)
            if keyword() == .end { cursor.position += 1 }
        }
        cursor.finish(body)
        cursor.builder.append(body, to: function)
        (classNode, calledName, blockName, commands) = outer
        cursor.finish(function)
        return function
    }

    private static let initializer = Array("initialize".utf8)
    private static let missing = Array("method_missing".utf8)
    static let implicitBlock = Identifier("<block>")

    private func firstParameter() -> Identifier {
        let offset = cursor.isOpen("(") ? 1 : 0
        return cursor.isName(offset) ? cursor.lexeme(offset)?.identifier ?? .none : .none
    }

    /// The `?` or `!` that belongs to a name before it.
    mutating func takeMark(_ node: NodeID) {
        guard cursor.isAt("?") || cursor.isAt("!"), isAdjacent(0) else { return }
        cursor.position += 1
        cursor.builder[node].nameEnd = cursor.end
        cursor.builder[node].name = Identifier(
            cursor.text.slice(Int(cursor.builder[node].nameStart), Int(cursor.end)))
    }

    /// `(a, b = 1, *c, d: 2, **e, &f)`, with or without the parentheses.
    private mutating func parameters(of function: NodeID) {
        if cursor.isOpen("(") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    reader.parameter(of: function)
                    guard reader.cursor.skipPastComma() else { return }
                }
            }
        } else {
            while !cursor.isAtEnd, !cursor.startsLine(), !cursor.isAt(";"), !cursor.isAt("=") {
                let before = cursor.position
                parameter(of: function)
                if cursor.isAt(",") { cursor.position += 1 }
                if cursor.position == before { return cursor.skip() }
            }
        }
    }

    mutating func parameter(of function: NodeID) {
        let parameter = cursor.begin(.parameter)
        let isBlock = cursor.isAt("&")
        if isBlock {
            cursor.builder[parameter].flags.insert(.trailing)
            cursor.position += 1
        } else if cursor.isAt("*") || cursor.isAt("**") {
            cursor.builder[parameter].flags.insert(.spread)
            cursor.position += 1
        }
        if cursor.isOpen("(") {
            // A parameter that is taken apart: its parts are told as a collection's.
            cursor.builder.append(parameter, to: function)
            return cursor.skip()
        }
        guard cursor.isName() else { return }
        cursor.takeName(parameter)
        if isBlock { blockName = cursor.builder[parameter].name }
        if cursor.isAt(":"), isAdjacent(0) {
            cursor.position += 1
            if !cursor.isAt(","), !cursor.isAtEnd, !cursor.startsLine() {
                cursor.builder.append(expression(), to: parameter)
            }
        } else if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: parameter)
        }
        cursor.finish(parameter)
        cursor.builder.append(parameter, to: function)
    }

    // MARK: What class bodies declare

    /// `attr_reader :a`, `include Module`, `delegate :a, to: :b` and their like, as declarations of the class around.
    mutating func declare(_ call: NodeID, named name: Identifier) {
        guard !classNode.isNone, let kind = RubyDeclarations.kinds[name] else { return }
        var arguments: [NodeID] = []
        var next = cursor.builder[call].firstChild
        while !next.isNone {
            next = cursor.builder[next].nextSibling
            if !next.isNone { arguments.append(next) }
        }
        switch kind {
        case .reader: for argument in arguments.prefix(50) { reader(of: argument) }
        case .mixin: for argument in arguments.prefix(20) { mixin(argument) }
        case .delegation: delegation(arguments)
        case .delegator: delegator(arguments)
        }
    }

    private func isText(_ node: SyntaxNode) -> Bool { node.kind == .literal && node.flags.contains(.string) }

    /// A method `name` that gives the field `@name`.
    private mutating func reader(of argument: NodeID) {
        let symbol = cursor.builder[argument]
        guard isText(symbol) else { return }
        let function = cursor.builder.add(.function, .lastIsResult, start: symbol.start, end: symbol.end)
        setName(function, symbol)
        let body = cursor.builder.add(.block, start: symbol.start, end: symbol.end)
        let bytes = [SourceByte.at] + cursor.text.slice(Int(symbol.start), Int(symbol.end))
        cursor.builder.append(field(bytes.withUnsafeBytes { Identifier($0) }, symbol), to: body)
        cursor.builder.append(body, to: function)
        cursor.builder.append(function, to: classNode)
    }

    private mutating func setName(_ node: NodeID, _ symbol: SyntaxNode) {
        cursor.builder[node].name = Identifier(cursor.text.slice(Int(symbol.start), Int(symbol.end)))
        cursor.builder[node].nameStart = symbol.start
        cursor.builder[node].nameEnd = symbol.end
    }

    /// A field of the object, by the name with its sign.
    mutating func field(_ name: Identifier, _ place: SyntaxNode) -> NodeID {
        let member = cursor.builder.add(.member, start: place.start, end: place.end)
        cursor.builder[member].name = name
        cursor.builder[member].nameStart = place.start
        cursor.builder[member].nameEnd = place.end
        cursor.builder.append(cursor.builder.add(.name, .itself, start: place.start, end: place.start), to: member)
        return member
    }

    /// `include Module`: the class has the module's members.
    private mutating func mixin(_ argument: NodeID) {
        let node = cursor.builder[argument]
        guard node.kind == .name || node.kind == .member else { return }
        // The constant is read again, as a node of its own.
        let again = copy(argument)
        cursor.builder.append(cursor.wrap(again, in: .choice, .extends), to: classNode)
    }

    /// `module ClassMethods` in a module: whoever includes the module has its methods, too, by a hook.
    private mutating func hook(_ inner: NodeID, of outer: NodeID) {
        let node = cursor.builder[inner]
        guard !outer.isNone, node.nameEnd > node.nameStart,
            cursor.text.slice(Int(node.nameStart), Int(node.nameEnd)).elementsEqual(Self.classMethods)
        else { return }
        let name = cursor.builder.add(.name, start: node.nameStart, end: node.nameEnd)
        cursor.builder.copyName(of: node, to: name)
        cursor.builder.append(cursor.wrap(name, in: .choice, .extends), to: outer)
    }

    private static let classMethods = Array("ClassMethods".utf8)

    /// `included do … end` in a module: what is in it is done in the class that includes the module.
    mutating func bodyOfIncluder() -> NodeID {
        let target = classNode
        let begins = cursor.isOpen("{")
        let read = { (reader: inout Self) in
            if reader.cursor.isAt("|") {
                reader.cursor.position += 1
                while !reader.cursor.isAtEnd, !reader.cursor.isAt("|") { reader.cursor.position += 1 }
                reader.cursor.position += 1
            }
            reader.guardedBody(of: target)
        }
        if begins {
            inside(linesMatter: true) { read(&$0) }
        } else {
            cursor.position += 1
            read(&self)
            if keyword() == .end { cursor.position += 1 }
        }
        return cursor.begin(.opaque)
    }

    static let partsOfIncluder = Set(["included", "prepended", "class_methods"].map { Identifier($0) })

    /// Another node like one of names and members.
    private mutating func copy(_ id: NodeID) -> NodeID {
        let node = cursor.builder[id]
        let twin = cursor.builder.add(node.kind, node.flags, start: node.start, end: node.end)
        cursor.builder.copyName(of: node, to: twin)
        if !node.firstChild.isNone, cursor.depth < LexemeCursor.maximumDepth {
            cursor.depth += 1
            cursor.builder.append(copy(node.firstChild), to: twin)
            cursor.depth -= 1
        }
        return twin
    }

    /// `delegate :a, :b, to: :c`.
    private mutating func delegation(_ arguments: [NodeID]) {
        let target = arguments.first { id in
            let node = cursor.builder[id]
            return node.kind == .argument && node.nameEnd - node.nameStart == 2
        }
        guard let target, !cursor.builder[target].firstChild.isNone else { return }
        let value = cursor.builder[cursor.builder[target].firstChild]
        guard isText(value) else { return }
        for argument in arguments.prefix(50) where isText(cursor.builder[argument]) { forward(argument, to: value) }
    }

    /// `def_delegators :@c, :a, :b`.
    private mutating func delegator(_ arguments: [NodeID]) {
        guard let first = arguments.first, isText(cursor.builder[first]) else { return }
        for argument in arguments.dropFirst().prefix(50) where isText(cursor.builder[argument]) {
            forward(argument, to: cursor.builder[first])
        }
    }

    /// The member of a name is that of another object.
    private mutating func forward(_ name: NodeID, to target: SyntaxNode) {
        let symbol = cursor.builder[name]
        let bind = cursor.builder.add(.bind, .field, start: symbol.start, end: symbol.end)
        let own = cursor.builder.add(.name, start: symbol.start, end: symbol.end)
        setName(own, symbol)
        let bytes = cursor.text.slice(Int(target.start), Int(target.end))
        let object: NodeID
        if bytes.first == SourceByte.at {
            object = field(Identifier(bytes), target)
        } else {
            object = cursor.builder.add(.name, start: target.start, end: target.end)
            setName(object, target)
        }
        let member = cursor.builder.add(.member, start: symbol.start, end: symbol.end)
        setName(member, symbol)
        cursor.builder.append(object, to: member)
        cursor.builder.append(own, to: bind)
        cursor.builder.append(member, to: bind)
        cursor.builder.append(bind, to: classNode)
    }
}

/// Methods that declare something of the class in whose body they are called.
enum RubyDeclarations {
    enum Kind { case reader, mixin, delegation, delegator }

    static let kinds: [Identifier: Kind] = {
        var kinds: [Identifier: Kind] = [:]
        for name in [
            "attr_reader", "attr_accessor", "cattr_reader", "cattr_accessor", "mattr_reader", "mattr_accessor",
            "attr_internal", "class_attribute", "thread_mattr_accessor",
        ] {
            kinds[Identifier(name)] = .reader
        }
        for name in ["include", "extend", "prepend"] { kinds[Identifier(name)] = .mixin }
        kinds[Identifier("delegate")] = .delegation
        for name in ["def_delegators", "def_delegator", "instance_delegate", "def_instance_delegators"] {
            kinds[Identifier(name)] = .delegator
        }
        return kinds
    }()
}
