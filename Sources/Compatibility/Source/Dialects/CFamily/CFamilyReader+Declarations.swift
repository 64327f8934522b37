// Types, and what is declared with them.

extension CFamilyReader {
    /// The word is one of the language's own types, which may come several together.
    private func isOwnType(_ offset: Int) -> Bool {
        switch keyword(offset) {
        case .char, .double, .float, .int, .long, .short, .signed, .unsigned, .void: true
        default: false
        }
    }

    /// A name, `auto` or `bool`.
    private func isTypeName(_ offset: Int) -> Bool {
        cursor.isFreeName(offset) || identifier(offset) == Word.auto || identifier(offset) == Word.bool
    }

    private func isModifier(_ offset: Int) -> Bool {
        switch keyword(offset) {
        case .const, .static, .extern, .inline, .volatile: true
        case nil: Word.modifiers.contains(identifier(offset)) && isBeforeMore(offset + 1)
        default: false
        }
    }

    /// A name that is followed by another, or by what belongs to a type, is no variable's.
    private func isBeforeMore(_ offset: Int) -> Bool {
        cursor.isName(offset) || cursor.isAt("*", offset) || cursor.isAt("&", offset) || cursor.isAt("::", offset)
            || (cursor.isOpen("(", offset) && identifier(offset - 1) == Word.attribute)
    }

    /// The offset behind modifiers, and behind what is in an attribute's parentheses.
    private func offsetBehindModifiers(_ offset: Int) -> Int {
        var next = offset
        while isModifier(next), next < offset + 12 {
            next += 1
            if cursor.isOpen("(", next) { next = cursor.behind(cursor.position + next) - cursor.position }
        }
        return next
    }

    /// The offset behind a type that begins at an offset; nil where none does.
    private func offsetBehindType(_ offset: Int) -> Int? {
        var next = offsetBehindModifiers(offset)
        if isOwnType(next) {
            while isOwnType(next) || isModifier(next) { next += 1 }
        } else {
            if keyword(next) == .struct || keyword(next) == .union || keyword(next) == .enum { next += 1 }
            if identifier(next) == Word.class, cursor.isFreeName(next + 1) { next += 1 }
            if cursor.isAt("::", next) { next += 1 }
            guard isTypeName(next) else { return nil }
            next += 1
            while true {
                if cursor.isAt("<", next), let behind = offsetBehindAngles(next) { next = behind }
                guard cursor.isAt("::", next), cursor.isFreeName(next + 1) else { break }
                next += 2
            }
        }
        while cursor.isAt("*", next) || cursor.isAt("&", next) || cursor.isAt("&&", next) || isModifier(next)
            || cursor.isAt("**", next)
        {
            next += 1
        }
        return next
    }

    /// The offset behind `<A, B<C>>`; nil where that is no list of types.
    func offsetBehindAngles(_ offset: Int) -> Int? {
        var depth = 0
        var next = offset
        while next < offset + 80, let lexeme = cursor.lexeme(next) {
            if cursor.isAt("<", next) {
                depth += 1
            } else if cursor.isAt(">", next) {
                depth -= 1
                if depth == 0 { return next + 1 }
            } else if lexeme.kind == .open || lexeme.kind == .close {
                // `std::function<void(Redis &)>`
                guard cursor.isOpen("(", next) else { return nil }
                next = cursor.behind(cursor.position + next) - cursor.position
                continue
            } else if lexeme.kind == .sign, !isTypeSign(next) {
                return nil
            } else if lexeme.kind == .string {
                return nil
            }
            next += 1
        }
        return nil
    }

    private func isTypeSign(_ offset: Int) -> Bool {
        cursor.isAt(",", offset) || cursor.isAt("::", offset) || cursor.isAt("*", offset) || cursor.isAt("&", offset)
            || cursor.isAt("&&", offset) || cursor.isAt("...", offset) || cursor.isAt("=", offset)
    }

    /// The offset of the name that is declared after a type; nil where the position begins no declaration.
    func offsetOfDeclaredName() -> Int? {
        guard let name = offsetBehindType(0), cursor.isFreeName(name), let after = cursor.lexeme(name + 1) else {
            return nil
        }
        if after.kind == .open || after.kind == .close { return name }
        guard after.kind == .sign else { return nil }
        let isEnd =
            cursor.isAt("=", name + 1) || cursor.isAt(";", name + 1) || cursor.isAt(",", name + 1)
            || cursor.isAt(":", name + 1) || cursor.isAt("::", name + 1)
        return isEnd ? name : nil
    }

    /// The type at the position.
    mutating func type() -> NodeID {
        cursor.position += offsetBehindModifiers(0)
        if isOwnType(0) {
            while isOwnType(1) { cursor.position += 1 }
            let type = cursor.nameNode(.type)
            skipPointers()
            return type
        }
        if keyword() == .struct || keyword() == .union || keyword() == .enum { cursor.position += 1 }
        if identifier() == Word.class, cursor.isFreeName(1) { cursor.position += 1 }
        if cursor.isAt("::") { cursor.position += 1 }
        guard isTypeName(0) else { return cursor.begin(.type) }
        let isNamespaced = cursor.isAt("::", 1) && !cursor.isAt("std")
        var type = cursor.nameNode(.type)
        while true {
            if cursor.isAt("<"), let behind = offsetBehindAngles(0) { typeArguments(of: type, behind) }
            guard cursor.isAt("::"), cursor.isFreeName(1) else { break }
            type = cursor.qualified(type)
        }
        skipPointers()
        cursor.finish(type)
        return isNamespaced ? withoutNamespace(type) : type
    }

    /// `app::Store` is what a class of the project is called outside of its namespace, where it is known as `Store`.
    private mutating func withoutNamespace(_ type: NodeID) -> NodeID {
        let node = cursor.builder[type]
        let plain = cursor.builder.add(.type, start: node.nameStart, end: node.nameEnd)
        cursor.builder.copyName(of: node, to: plain)
        let choice = cursor.wrap(type, in: .choice)
        cursor.builder.append(plain, to: choice)
        return choice
    }

    private mutating func skipPointers() {
        while cursor.isAt("*") || cursor.isAt("&") || cursor.isAt("&&") || cursor.isAt("**") || isModifier(0) {
            cursor.position += 1
        }
    }

    private mutating func typeArguments(of type: NodeID, _ behind: Int) {
        let limit = cursor.position + behind - 1
        cursor.position += 1
        nested { reader in
            while reader.cursor.position < limit {
                if reader.offsetBehindType(0) != nil {
                    reader.cursor.builder.append(reader.type(), to: type)
                } else {
                    reader.cursor.skip()
                }
            }
        }
        cursor.position = limit + 1
    }

    // MARK: Classes

    /// `struct Name {`, `class Name final : public Base {`; not `struct Name *variable`.
    func isClassDeclaration() -> Bool {
        var next = 1
        if identifier(next) == Word.class || keyword(next) == .struct { next += 1 }
        while cursor.isName(next), next < 6, !cursor.isOpen("{", next), !cursor.isAt(":", next) { next += 1 }
        return next > 1 && (cursor.isOpen("{", next) || cursor.isAt(":", next))
    }

    mutating func classDeclaration(_ parent: NodeID, isDefinition: Bool = false) {
        let declaration = cursor.begin(.classDeclaration)
        let isEnum = keyword() == .enum
        cursor.position += 1
        while cursor.isName(), !cursor.isOpen("{"), !cursor.isAt(":") {
            // The last of several names is the class's, but for `final`.
            if !cursor.isAt("final") { cursor.takeName(declaration) } else { cursor.position += 1 }
        }
        if cursor.isAt(":") {
            cursor.position += 1
            bases(of: declaration)
        }
        let (outer, function) = (className, isInFunction)
        (className, isInFunction) = (cursor.builder[declaration].name, false)
        if cursor.isOpen("{") { if isEnum { cursor.skip() } else { inside { $0.statements(of: declaration) } } }
        (className, isInFunction) = (outer, function)
        if isDefinition, cursor.isFreeName() { alias(of: declaration, parent) }
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
        if !isDefinition, cursor.isFreeName() || cursor.isAt("*") { instances(of: declaration, parent) }
        skipStatement()
    }

    /// `typedef struct a { … } Name;`: another name of the class.
    private mutating func alias(of declaration: NodeID, _ parent: NodeID) {
        let own = cursor.builder[declaration]
        guard own.name != .none else { return cursor.takeName(declaration) }
        guard cursor.lexeme()?.identifier != own.name else { return cursor.position += 1 }
        let alias = cursor.begin(.classDeclaration)
        cursor.takeName(alias)
        cursor.builder.append(type(named: own), to: alias)
        cursor.finish(alias)
        cursor.builder.append(alias, to: parent)
    }

    /// The type that a declaration names.
    private mutating func type(named declaration: SyntaxNode) -> NodeID {
        let type = cursor.builder.add(.type, start: declaration.nameStart, end: declaration.nameEnd)
        cursor.builder.copyName(of: declaration, to: type)
        return type
    }

    /// `struct a { … } x, *y;`.
    private mutating func instances(of declaration: NodeID, _ parent: NodeID) {
        let own = cursor.builder[declaration]
        while cursor.isAt("*") { cursor.position += 1 }
        guard own.name != .none, cursor.isFreeName() else { return }
        let bind = cursor.wrap(cursor.nameNode(), in: .bind, isInFunction || className == .none ? .declares : .field)
        cursor.builder.append(type(named: own), to: bind)
        cursor.finish(bind)
        cursor.builder.append(bind, to: parent)
    }

    private mutating func bases(of declaration: NodeID) {
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") {
            if Word.access.contains(identifier()) || cursor.isAt(",") || isModifier(0) {
                cursor.position += 1
            } else if offsetBehindType(0) != nil {
                cursor.builder.append(type(), to: declaration)
            } else {
                cursor.skip()
            }
        }
    }

    // MARK: Variables and functions

    /// A declaration of variables, of a function, or of a constructor; false where the position begins none.
    mutating func declaration(_ parent: NodeID) -> Bool {
        if !isInFunction, constructor(parent) { return true }
        guard let name = offsetOfDeclaredName() else { return false }
        var own = name
        while cursor.isAt("::", own + 1), cursor.isName(own + 2) { own += 2 }
        if cursor.isOpen("(", own + 1) {
            let behind = cursor.behind(cursor.position + own + 1) - cursor.position
            if let body = offsetOfBody(behind) {
                function(parent, name: own, body: body)
                return true
            }
            if !isInFunction, areParameters(own + 1) {
                function(parent, name: own, body: nil)
                return true
            }
        }
        guard own == name else { return false }
        variables(parent)
        return true
    }

    /// Where the braces of a function's body are, behind its parentheses and what may be between; nil where none are.
    private func offsetOfBody(_ behind: Int) -> Int? {
        var next = behind
        while next < behind + 60, let lexeme = cursor.lexeme(next) {
            if cursor.isOpen("{", next) { return isInFunction ? nil : next }
            if cursor.isAt(";", next) || cursor.isAt("=", next) || cursor.isAt(",", next) && !isInitializer(behind) {
                return nil
            }
            if lexeme.kind == .open {
                let after = cursor.behind(cursor.position + next) - cursor.position
                next = after
                // `: a{1} {`: the braces of a member.
                continue
            }
            if lexeme.kind == .close || lexeme.kind == .string || lexeme.kind == .number { return nil }
            if cursor.isAt(":", next), let body = offsetBehindInitializers(next) { return body }
            next += 1
        }
        return nil
    }

    private func isInitializer(_ behind: Int) -> Bool { cursor.isAt(":", behind) }

    /// The braces behind `: a(1), b{2}`.
    private func offsetBehindInitializers(_ colon: Int) -> Int? {
        var next = colon + 1
        while next < colon + 400, cursor.isName(next) {
            next += 1
            while cursor.isAt("::", next), cursor.isName(next + 1) { next += 2 }
            if cursor.isAt("<", next), let behind = offsetBehindAngles(next) { next = behind }
            guard cursor.isOpen("(", next) || cursor.isOpen("{", next) else { return nil }
            next = cursor.behind(cursor.position + next) - cursor.position
            if cursor.isAt("...", next) { next += 1 }
            if cursor.isOpen("{", next) { return next }
            guard cursor.isAt(",", next) else { return nil }
            next += 1
        }
        return nil
    }

    /// The parentheses hold parameters of a function, not values of a constructor.
    private func areParameters(_ open: Int) -> Bool {
        guard let first = cursor.lexeme(open + 1), first.kind != .close else { return true }
        if first.kind == .string || first.kind == .number { return false }
        if cursor.isAt("...", open + 1) { return true }
        guard let behind = offsetBehindType(open + 1) else { return false }
        return behind > open + 2 || cursor.isName(behind) || isOwnType(open + 1)
    }

    /// `Name(parameters) : a(b) { … }` in its class, `Name::Name(…) { … }`, `Name::~Name() { … }`.
    private mutating func constructor(_ parent: NodeID) -> Bool {
        var start = 0
        while isModifier(start) { start += 1 }
        guard cursor.isFreeName(start) else { return false }
        var name = start
        while cursor.isAt("::", name + 1) {
            if cursor.isAt("~", name + 2) { name += 1 }
            guard cursor.isName(name + 2) else { return false }
            name += 2
        }
        guard cursor.isOpen("(", name + 1), name > start || (identifier(start) == className && className != .none)
        else { return false }
        let behind = cursor.behind(cursor.position + name + 1) - cursor.position
        guard let body = offsetOfBody(behind) else { return false }
        function(parent, name: name, body: body)
        return true
    }

    /// A function whose name is at an offset; its body, if it has one, at another.
    private mutating func function(_ parent: NodeID, name: Int, body: Int?) {
        let function = cursor.begin(.function)
        let isQualified = cursor.isAt("::", name - 1) || (cursor.isAt("~", name - 1) && cursor.isAt("::", name - 2))
        let owner = cursor.position + name - (cursor.isAt("~", name - 1) ? 3 : 2)
        let start = cursor.position
        var result = NodeID.none
        if let declared = offsetOfDeclaredName(), declared > 0, start + declared <= start + name { result = type() }
        cursor.position = start + name
        let isConstructor =
            identifier() == className && className != .none
            || isQualified && cursor.lexemes[owner].identifier == identifier()
        if isConstructor { cursor.builder[function].flags.insert(.constructor) }
        cursor.takeName(function)
        if isQualified { receiver(of: function, cursor.lexemes[owner]) }
        if cursor.isOpen("(") { inside { $0.parameters(of: function) } }
        cursor.builder.append(result, to: function)
        if let body { functionBody(of: function, at: start + body) } else { skipStatement() }
        cursor.finish(function)
        cursor.builder.append(function, to: parent)
    }

    private mutating func receiver(of function: NodeID, _ owner: Lexeme) {
        let parameter = cursor.begin(.parameter, .receiver)
        let type = cursor.builder.add(.type, start: owner.start, end: owner.end)
        cursor.setName(type, owner)
        cursor.builder.append(type, to: parameter)
        cursor.builder.append(parameter, to: function)
    }

    private mutating func functionBody(of function: NodeID, at place: Int) {
        let body = cursor.begin(.block, .scope)
        if cursor.isAt(":") || cursor.isAt(":", 1) { initializers(of: body, upTo: place) }
        cursor.position = min(place, cursor.limit)
        let outer = isInFunction
        isInFunction = true
        if cursor.isOpen("{") { inside { $0.statements(of: body) } }
        isInFunction = outer
        cursor.finish(body)
        cursor.builder.append(body, to: function)
    }

    /// `: member(value), other{value}`: what a constructor gives to members.
    private mutating func initializers(of body: NodeID, upTo end: Int) {
        while cursor.position < end, !cursor.isAt(":") { cursor.skip() }
        while cursor.position < end {
            cursor.position += 1
            guard cursor.isName(), cursor.isOpen("(", 1) || cursor.isOpen("{", 1) else { continue }
            let itself = cursor.builder.add(.name, .itself, start: cursor.start, end: cursor.start)
            let member = cursor.wrap(itself, in: .member)
            cursor.takeName(member)
            let bind = cursor.wrap(member, in: .bind)
            let values = cursor.begin(.collection, .tuple)
            arguments(of: values)
            let only = cursor.builder[values].firstChild
            let isOne = !only.isNone && cursor.builder[only].nextSibling.isNone
            cursor.builder.append(isOne ? only : values, to: bind)
            cursor.builder.append(bind, to: body)
        }
    }

    mutating func parameters(of function: NodeID) {
        while !cursor.isAtEnd {
            let parameter = cursor.begin(.parameter, cursor.isAt("...") ? .spread : [])
            if let behind = offsetBehindType(0), behind > 0 {
                let place = cursor.position + behind
                cursor.builder.append(type(), to: parameter)
                cursor.position = max(cursor.position, min(place, cursor.limit))
            }
            if cursor.isFreeName() { cursor.takeName(parameter) }
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(expression(), to: parameter)
            }
            cursor.finish(parameter)
            cursor.builder.append(parameter, to: function)
            guard cursor.skipPastComma() else { return }
        }
    }

    /// `Type a = value, *b, c(argument), d{argument};`.
    private mutating func variables(_ parent: NodeID) {
        let start = cursor.position
        let isShared = keyword() == .extern || (!isInFunction && className == .none && keyword() != .static)
        let flags: SyntaxNode.Flags = !isInFunction && className != .none ? .field : .declares
        var isFirst = true
        repeat {
            let place = cursor.position
            cursor.position = start
            let declared = type()
            if !isFirst { cursor.position = place + 1 }
            while cursor.isAt("*") || cursor.isAt("&") || isModifier(0) { cursor.position += 1 }
            guard cursor.isFreeName() else { return }
            let target = cursor.nameNode()
            if isShared { cursor.builder[target].flags.insert(.shared) }
            let bind = cursor.wrap(target, in: .bind, flags)
            cursor.builder.append(declared, to: bind)
            value(of: bind, start)
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            isFirst = false
        } while cursor.isAt(",")
        if cursor.isAt(";") { cursor.position += 1 }
    }

    /// What a variable is made with.
    private mutating func value(of bind: NodeID, _ type: Int) {
        while cursor.isOpen("[") { cursor.skip() }
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(cursor.isOpen("{") ? collection() : expression(), to: bind)
        } else if cursor.isOpen("(") || cursor.isOpen("{") {
            let place = cursor.position
            cursor.position = type
            let new = cursor.wrap(self.type(), in: .new)
            cursor.position = place
            arguments(of: new)
            cursor.finish(new)
            cursor.builder.append(new, to: bind)
        } else if cursor.isAt(":"), isInFunction {
            // `for (auto &client : clients)`
            cursor.position += 1
            cursor.builder[bind].flags.insert(.element)
            cursor.builder.append(expression(), to: bind)
        }
    }
}
