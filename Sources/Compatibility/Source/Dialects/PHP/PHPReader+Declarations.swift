// Namespaces, imports, classes, functions and types.

extension PHPReader {
    /// `namespace A\B;`, `namespace A { … }`.
    mutating func namespace(_ parent: NodeID) {
        cursor.position += 1
        var range = 0..<0
        if isPlainName(), let lexeme = cursor.lexeme() {
            range = self.range(lexeme)
            cursor.position += 1
        }
        names.enter(namespace: range)
        if cursor.isOpen("{") { inside { $0.statements(of: parent) } }
    }

    /// `use A\B, C as D;`, `use A\{B, C as D};`, `use function A\b;`.
    mutating func imports(_ parent: NodeID) {
        cursor.position += 1
        if keyword() == .function || keyword() == .const { return skipStatement() }
        while isPlainName(), let lexeme = cursor.lexeme() {
            if cursor.isOpen("{", 1) {
                cursor.position += 1
                inside { reader in
                    while reader.isPlainName() {
                        reader.oneImport(parent, group: reader.range(lexeme))
                        guard reader.cursor.skipPastComma() else { return }
                    }
                }
            } else {
                oneImport(parent, group: 0..<0)
            }
            guard cursor.isAt(",") else { break }
            cursor.position += 1
        }
        skipStatement()
    }

    /// `A\B as C`: the path is told, so that the library is known; names are found out here.
    private mutating func oneImport(_ parent: NodeID, group: Range<Int>) {
        guard let lexeme = cursor.lexeme() else { return }
        let name = range(lexeme)
        var alias = names.lastPart(of: name)
        cursor.position += 1
        if keyword() == .as, isPlainName(1), let other = cursor.lexeme(1) {
            alias = range(other)
            cursor.position += 2
        }
        names.use(group: group, name: name, as: Identifier(cursor.text.slice(alias.lowerBound, alias.upperBound)))
        let imported = cursor.builder.add(.imported, start: lexeme.start, end: lexeme.end)
        let whole = group.isEmpty ? name : group
        let first = whole.lowerBound + (cursor.text[whole.lowerBound] == SourceByte.backslash ? 1 : 0)
        let end = group.isEmpty ? whole.upperBound : whole.upperBound - 1
        let path = cursor.builder.add(.literal, [.string, .raw], start: Int32(first), end: Int32(max(first, end)))
        cursor.builder.append(path, to: imported)
        cursor.builder.append(imported, to: parent)
    }

    /// `abstract class A extends B implements C, D { … }`, an interface, trait or enumeration.
    mutating func classDeclaration(_ parent: NodeID, _ documentation: Range<Int>?) {
        while keyword() == .abstract || keyword() == .final || cursor.isAt("readonly") { cursor.position += 1 }
        let declaration = cursor.begin(.classDeclaration)
        cursor.position += 1
        guard isPlainName(), let lexeme = cursor.lexeme() else { return }
        cursor.takeName(declaration)
        cursor.builder[declaration].name = names.declared(range(lexeme))
        if let documentation { documentedMembers(of: declaration, in: documentation) }
        bases(of: declaration)
        classBody(of: declaration)
        cursor.finish(declaration)
        cursor.builder.append(declaration, to: parent)
    }

    /// What is between a class's name and its brace.
    private mutating func bases(of declaration: NodeID) {
        while !cursor.isAtEnd, !cursor.isOpen("{"), !cursor.isAt(";") {
            if isPlainName(), keyword() == nil, let lexeme = cursor.lexeme() {
                cursor.builder.append(typeNode(range(lexeme)), to: declaration)
            }
            cursor.skip()
        }
    }

    /// What is behind `new class(…)`.
    mutating func anonymousBody(of declaration: NodeID) {
        bases(of: declaration)
        classBody(of: declaration)
    }

    private mutating func classBody(of declaration: NodeID) {
        guard cursor.isOpen("{") else { return }
        let outer = isInClass
        inside { reader in
            reader.isInClass = true
            reader.statements(of: declaration)
        }
        isInClass = outer
    }

    /// A constant, field, method, trait or case of a class.
    mutating func member(of parent: NodeID, documentation: Range<Int>?) {
        var isStatic = false
        while isModifier() {
            isStatic = isStatic || keyword() == .static
            cursor.position += 1
            // `private(set)`.
            if cursor.isOpen("(") { cursor.skip() }
        }
        switch keyword() {
        case .function: function(parent, documentation, isStatic ? .isStatic : [])
        case .const, .case: constants(parent)
        case .use: traits(parent)
        default: fields(parent, documentation)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    func isModifier() -> Bool {
        switch keyword() {
        case .abstract, .final, .private, .protected, .public, .static, .var: true
        default: cursor.isAt("readonly")
        }
    }

    /// `use A, B { … }`.
    private mutating func traits(_ parent: NodeID) {
        cursor.position += 1
        while isPlainName(), let lexeme = cursor.lexeme() {
            cursor.builder.append(typeNode(range(lexeme)), to: parent)
            cursor.position += 1
            guard cursor.isAt(",") else { break }
            cursor.position += 1
        }
        if cursor.isOpen("{") { cursor.skip() }
    }

    /// `Type $name = value, $other;`.
    private mutating func fields(_ parent: NodeID, _ documentation: Range<Int>?) {
        let type = isVariable() ? NodeID.none : self.type()
        var isFirst = true
        while isVariable(), let lexeme = cursor.lexeme() {
            let bind = cursor.begin(.bind, .field)
            cursor.builder.append(fieldName(lexeme), to: bind)
            cursor.position += 1
            let written = isFirst ? type : .none
            let said = documentation.map { documentedType("@var", named: nil, in: $0) } ?? .none
            cursor.builder.append(either(written, or: said), to: bind)
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(expression(), to: bind)
            }
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            // The code of a property's hooks.
            if cursor.isOpen("{") { cursor.skip() }
            isFirst = false
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// The name of a field, without the dollar.
    func fieldRange(_ lexeme: Lexeme) -> Range<Int> {
        let dollar = cursor.text[Int(lexeme.start)] == SourceByte.dollar ? 1 : 0
        return Int(lexeme.start) + dollar..<max(Int(lexeme.start) + dollar, Int(lexeme.end))
    }

    mutating func fieldName(_ lexeme: Lexeme) -> NodeID {
        let name = cursor.builder.add(.name, start: lexeme.start, end: lexeme.end)
        setFieldName(name, lexeme)
        return name
    }

    mutating func setFieldName(_ node: NodeID, _ lexeme: Lexeme) {
        let range = fieldRange(lexeme)
        cursor.builder[node].name = Identifier(cursor.text.slice(range.lowerBound, range.upperBound))
        cursor.builder[node].nameStart = Int32(range.lowerBound)
        cursor.builder[node].nameEnd = Int32(range.upperBound)
    }

    // MARK: Functions

    /// `function &name(parameters): Type { … }`, the keyword being at the position.
    mutating func function(_ parent: NodeID, _ documentation: Range<Int>?, _ flags: SyntaxNode.Flags = []) {
        let function = cursor.begin(.function, flags)
        cursor.position += 1
        if cursor.isAt("&") { cursor.position += 1 }
        guard isPlainName() else { return }
        if isInClass, cursor.isAt("__construct") { cursor.builder[function].flags.insert(.constructor) }
        let isCall = isInClass && (cursor.isAt("__call") || cursor.isAt("__callStatic"))
        cursor.takeName(function)
        rest(of: function, documentation, isCall: isCall)
        cursor.builder.append(function, to: parent)
    }

    /// Parameters, `use`, the result's type and the body of a function or closure.
    mutating func rest(
        of function: NodeID, _ documentation: Range<Int>?, isArrow: Bool = false, isCall: Bool = false
    ) {
        let (outerName, outer) = (calledName, isInClass)
        let captured = capturedNames()
        let isOwn = cursor.builder[function].name != .none
        variables.enter(isArrow: isArrow)
        for name in captured { variables.setOutermost(name) }
        if isCall { calledName = firstParameter() }
        if isOwn, !isCall { calledName = .none }
        let promoted = parameters(of: function, documentation)
        if keyword() == .use {
            cursor.position += 1
            if cursor.isOpen("(") { cursor.skip() }
        }
        if cursor.isAt(":") {
            cursor.position += 1
            let said = documentation.map { documentedType("@return", named: nil, in: $0) } ?? .none
            cursor.builder.append(either(type(), or: said), to: function)
        } else if let documentation {
            cursor.builder.append(documentedType("@return", named: nil, in: documentation), to: function)
        }
        isInClass = false
        if isArrow {
            if cursor.isAt("=>") { cursor.position += 1 }
            nested { $0.cursor.builder.append($0.expression(), to: function) }
        } else if cursor.isOpen("{") {
            functionBody(of: function, promoted)
        }
        (calledName, isInClass) = (outerName, outer)
        variables.leave()
        cursor.finish(function)
    }

    private func firstParameter() -> Identifier {
        // An index with an end that is not constant: a loop over three offsets crashes Swift 6.3.1 in release mode.
        let end = min(cursor.position + 4, cursor.limit)
        var index = cursor.position + 1
        while index < end {
            if isVariable(index - cursor.position) { return cursor.lexemes[index].identifier }
            index += 1
        }
        return .none
    }

    /// `use ($a, &$b)` behind the parameters: those that are variables of the outermost code.
    private func capturedNames() -> [Identifier] {
        guard cursor.isOpen("(") else { return [] }
        let behind = cursor.behind(cursor.position)
        let offset = behind - cursor.position
        guard keyword(offset) == .use, cursor.isOpen("(", offset + 1) else { return [] }
        var names: [Identifier] = []
        var index = behind + 2
        while index < cursor.limit, cursor.lexemes[index].kind != .close {
            let lexeme = cursor.lexemes[index]
            if lexeme.kind == .name, variables.isOutermost(lexeme.identifier) { names.append(lexeme.identifier) }
            index += 1
        }
        return names
    }

    private mutating func functionBody(of function: NodeID, _ promoted: [Lexeme]) {
        let block = cursor.begin(.block)
        for lexeme in promoted { giveField(lexeme, in: block) }
        inside { $0.statements(of: block) }
        cursor.finish(block)
        cursor.builder.append(block, to: function)
    }

    /// `$this->name = $name`, as of a parameter that is a field too.
    private mutating func giveField(_ lexeme: Lexeme, in block: NodeID) {
        let bind = cursor.builder.add(.bind, start: lexeme.start, end: lexeme.end)
        let itself = cursor.builder.add(.name, .itself, start: lexeme.start, end: lexeme.start)
        let field = cursor.builder.add(.member, start: lexeme.start, end: lexeme.end)
        setFieldName(field, lexeme)
        cursor.builder.append(itself, to: field)
        cursor.builder.append(field, to: bind)
        cursor.builder.append(variable(range(lexeme), isGiven: false), to: bind)
        cursor.builder.append(bind, to: block)
    }

    /// `(private ?Type &...$name = value, …)`; the parameters that are fields.
    private mutating func parameters(of function: NodeID, _ documentation: Range<Int>?) -> [Lexeme] {
        var promoted: [Lexeme] = []
        guard cursor.isOpen("(") else { return [] }
        inside { reader in
            while !reader.cursor.isAtEnd {
                if let field = reader.parameter(of: function, documentation) { promoted.append(field) }
                guard reader.cursor.skipPastComma() else { return }
            }
        }
        return promoted
    }

    private mutating func parameter(of function: NodeID, _ documentation: Range<Int>?) -> Lexeme? {
        let first = cursor.position
        skipAttributes()
        var isField = false
        while isModifier() {
            isField = true
            cursor.position += 1
            if cursor.isOpen("(") { cursor.skip() }
        }
        let parameter = cursor.begin(.parameter)
        let written = isPlainName() || cursor.isAt("?") || cursor.isOpen("(") ? type() : NodeID.none
        if cursor.isAt("&") { cursor.position += 1 }
        if cursor.isAt("...") {
            cursor.position += 1
            cursor.builder[parameter].flags.insert(.spread)
        }
        guard isVariable(), let lexeme = cursor.lexeme() else { return nil }
        variables.setOwn(lexeme.identifier)
        cursor.takeName(parameter)
        var said = documentation.map { documentedType("@param", named: range(lexeme), in: $0) } ?? .none
        if said.isNone, isField, let own = self.documentation(before: first) {
            said = documentedType("@var", named: nil, in: own)
        }
        cursor.builder.append(either(written, or: said), to: parameter)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: parameter)
        }
        cursor.finish(parameter)
        cursor.builder.append(parameter, to: function)
        return isField ? lexeme : nil
    }

    // MARK: Types

    /// `?A`, `A|B|null`, `(A&B)|C`.
    mutating func type() -> NodeID {
        var whole = NodeID.none
        while !cursor.isAtEnd {
            if cursor.isAt("?") || cursor.isAt("|") {
                cursor.position += 1
            } else if cursor.isOpen("(") {
                var inner = NodeID.none
                inside { inner = $0.type() }
                whole = either(whole, or: inner)
            } else if cursor.isAt("&"), isPlainName(1) {
                cursor.position += 1
            } else if isPlainName(), let lexeme = cursor.lexeme() {
                whole = either(whole, or: typeNode(range(lexeme)))
                cursor.position += 1
                guard cursor.isAt("|") || cursor.isAt("&") else { return whole }
            } else {
                return whole
            }
        }
        return whole
    }

    /// One of two types that may be missing.
    mutating func either(_ first: NodeID, or second: NodeID) -> NodeID {
        if first.isNone { return second }
        if second.isNone { return first }
        if cursor.builder[first].kind == .choice {
            cursor.builder.append(second, to: first)
            return first
        }
        let choice = cursor.builder.add(
            .choice, start: cursor.builder[first].start, end: cursor.builder[second].end)
        cursor.builder.append(first, to: choice)
        cursor.builder.append(second, to: choice)
        return choice
    }

    /// The type of a name that is written somewhere in the file; the object itself for `self` and `static`.
    mutating func typeNode(_ range: Range<Int>) -> NodeID {
        let (start, end) = (Int32(range.lowerBound), Int32(range.upperBound))
        let written = Identifier(cursor.text.slice(range.lowerBound, range.upperBound))
        if PHPTypeNames.itself.contains(written) { return cursor.builder.add(.name, .itself, start: start, end: end) }
        if written == PHPTypeNames.nothing { return .none }
        let type = cursor.builder.add(.type, start: start, end: end)
        let last = names.lastPart(of: range)
        cursor.builder[type].name = PHPTypeNames.plain.contains(written) ? written : names.full(range)
        cursor.builder[type].nameStart = Int32(last.lowerBound)
        cursor.builder[type].nameEnd = Int32(last.upperBound)
        return type
    }
}

/// The types of PHP that are no classes.
enum PHPTypeNames {
    static let itself = Set(["self", "static", "$this"].map(Identifier.init))
    static let nothing = Identifier("null")
    static let plain = Set(
        [
            "array", "bool", "boolean", "callable", "false", "float", "double", "int", "integer", "iterable", "mixed",
            "never", "object", "resource", "scalar", "string", "true", "void",
        ].map(Identifier.init))
}
