/// Reads PHP.
struct PHPReader: BraceReading {
    typealias Keyword = PHPDialect.Keyword
    var cursor: LexemeCursor
    var names: PHPNames
    var variables: PHPVariables
    /// The statements are the members of a class.
    var isInClass = false
    /// The variable that holds the name of the method that `__call` was called for.
    var calledName = Identifier.none
    /// Variables that the present condition compares with classes: the lexemes of both.
    var compared: [(value: Range<Int>, type: Int)] = []
    /// The variables that are read now are given values.
    var isTarget = false

    init(cursor: LexemeCursor) {
        self.cursor = cursor
        names = PHPNames(cursor.text)
        variables = PHPVariables(
            hasIncludes: cursor.lexemes.contains { lexeme in
                guard lexeme.keyword > 0 else { return false }
                switch Keyword.allCases[Int(lexeme.keyword) - 1] {
                case .include, .includeOnce, .require, .requireOnce: return true
                default: return false
                }
            })
    }

    static var linesEndStatements: Bool { false }

    func keyword(_ offset: Int = 0) -> Keyword? {
        guard let lexeme = cursor.lexeme(offset), lexeme.keyword > 0 else { return nil }
        return Keyword.allCases[Int(lexeme.keyword) - 1]
    }

    /// A variable is at the offset: `$name`.
    func isVariable(_ offset: Int = 0) -> Bool {
        guard let lexeme = cursor.lexeme(offset), lexeme.kind == .name else { return false }
        return cursor.text[Int(lexeme.start)] == SourceByte.dollar && lexeme.end - lexeme.start > 1
    }

    /// A name without a dollar is at the offset.
    func isPlainName(_ offset: Int = 0) -> Bool {
        guard let lexeme = cursor.lexeme(offset), lexeme.kind == .name else { return false }
        return cursor.text[Int(lexeme.start)] != SourceByte.dollar
    }

    func isEmptyLexeme(_ lexeme: Lexeme) -> Bool { lexeme.end <= lexeme.start }

    /// The bytes of a lexeme.
    func range(_ lexeme: Lexeme) -> Range<Int> { Int(lexeme.start)..<Int(max(lexeme.start, lexeme.end)) }

    // MARK: Statements

    mutating func statement(of parent: NodeID) {
        let first = cursor.position
        skipAttributes()
        if isInClass { return member(of: parent, documentation: documentation(before: first)) }
        switch keyword() {
        case .namespace where isPlainName(1) || cursor.isOpen("{", 1): namespace(parent)
        case .use: imports(parent)
        case .abstract, .final, .class, .interface, .trait: classDeclaration(parent, documentation(before: first))
        case .function where isPlainName(1) || (cursor.isAt("&", 1) && isPlainName(2)):
            function(parent, documentation(before: first))
        case .return, .throw: returnStatement(of: parent, keyword() == .throw ? .outer : [])
        case .if, .elseif, .while, .switch: header(parent)
        case .for: loop(parent)
        case .foreach: elements(parent, documentation(before: first))
        case .catch, .declare: passedOver(parent)
        case .else, .do, .try, .finally:
            cursor.position += 1
            suite(parent)
        case .case, .default: label(parent)
        case .break, .continue, .goto: skipStatement()
        case .endif, .endfor, .endforeach, .endswitch, .endwhile, .enddeclare: cursor.position += 1
        case .global: outerNames()
        case .const: constants(parent)
        case .static where isVariable(1): staticVariables(parent)
        case .echo, .print: values(parent)
        default: plain(parent, first)
        }
        if cursor.isAt(";") { cursor.position += 1 }
    }

    private mutating func plain(_ parent: NodeID, _ first: Int) {
        if cursor.isOpen("{") { return suite(parent) }
        if cursor.isAt("enum") || cursor.isAt("readonly"), isPlainName(1), !cursor.isOpen("(", 1) {
            return classDeclaration(parent, documentation(before: first))
        }
        let typed = documentation(before: first).map { variableTypes(in: $0) } ?? []
        for (name, type) in typed { bind(name, to: type, in: parent) }
        let value = assigned()
        cursor.builder.append(value, to: parent)
        for (name, _) in typed {
            // The comment says more than the value.
            guard let documentation = documentation(before: first) else { break }
            for (again, type) in variableTypes(in: documentation) where again == name {
                bind(name, to: type, in: parent)
            }
        }
    }

    /// An expression; lists before `=` are targets.
    private mutating func assigned() -> NodeID {
        let isList = cursor.isOpen("[") || (keyword() == .list && cursor.isOpen("(", 1))
        let open = cursor.position + (keyword() == .list ? 1 : 0)
        if isList, open < cursor.limit {
            let behind = cursor.behind(open) - cursor.position
            if cursor.isAt("=", behind) { return listAssignment() }
        }
        return expression()
    }

    /// `[$a, $b] = value`.
    private mutating func listAssignment() -> NodeID {
        isTarget = true
        let target = operand()
        isTarget = false
        let bind = cursor.wrap(target, in: .bind)
        if cursor.isAt("=") {
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
        }
        cursor.finish(bind)
        return bind
    }

    /// Gives a variable that a comment names a type.
    private mutating func bind(_ name: Range<Int>, to type: NodeID, in parent: NodeID) {
        let start = cursor.builder[type].start
        let bind = cursor.builder.add(.bind, start: start, end: start)
        cursor.builder.append(variable(name, isGiven: true), to: bind)
        cursor.builder.append(type, to: bind)
        cursor.builder.append(bind, to: parent)
    }

    /// Statements that may not be run, or more than once; their variables are those of the function.
    mutating func suite(_ parent: NodeID, _ before: (inout Self, NodeID) -> Void = { _, _ in }) {
        let block = cursor.begin(.block)
        before(&self, block)
        let outer = isInClass
        isInClass = false
        if cursor.isOpen("{") {
            inside { $0.statements(of: block) }
        } else if cursor.isAt(":") {
            // Up to `endif` and its like: the statements that follow are read as those around.
            cursor.position += 1
        } else if !cursor.isAt(";") {
            nested { reader in
                if !reader.cursor.isAtEnd { reader.statement(of: block) }
            }
        }
        isInClass = outer
        cursor.finish(block)
        cursor.builder.append(block, to: parent)
    }

    /// `if (condition)`, `while (condition)`, `switch (value)`.
    private mutating func header(_ parent: NodeID) {
        cursor.position += 1
        let outer = compared
        compared = []
        var condition = NodeID.none
        if cursor.isOpen("(") { inside { condition = $0.expression() } }
        let found = compared
        compared = outer
        for one in found { narrow(one, parent) }
        cursor.builder.append(condition, to: parent)
        suite(parent)
    }

    /// What is compared with a class may be one of its objects.
    private mutating func narrow(_ one: (value: Range<Int>, type: Int), _ block: NodeID) {
        let (position, limit) = (cursor.position, cursor.limit)
        cursor.limit = one.value.upperBound
        cursor.position = one.value.lowerBound
        // A variable becomes a new one, so that it is no other before the comparison.
        let bind = cursor.begin(.bind, .declares)
        cursor.builder.append(operand(), to: bind)
        cursor.position = one.value.lowerBound
        let value = operand()
        (cursor.position, cursor.limit) = (position, limit)
        cursor.builder.append(typeNode(range(cursor.lexemes[one.type])), to: bind)
        cursor.builder.append(value, to: bind)
        cursor.builder.append(bind, to: block)
    }

    /// `for (first; condition; step)`.
    private mutating func loop(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                while !reader.cursor.isAtEnd {
                    let before = reader.cursor.position
                    reader.cursor.builder.append(reader.expression(), to: parent)
                    if reader.cursor.isAt(";") || reader.cursor.isAt(",") { reader.cursor.position += 1 }
                    if reader.cursor.position == before { reader.cursor.skip() }
                }
            }
        }
        suite(parent)
    }

    /// `foreach (values as $key => $value)`.
    private mutating func elements(_ parent: NodeID, _ documentation: Range<Int>?) {
        cursor.position += 1
        if cursor.isOpen("(") {
            inside { reader in
                let values = reader.expression()
                guard reader.keyword() == .as else { return reader.cursor.builder.append(values, to: parent) }
                reader.cursor.position += 1
                let bind = reader.cursor.begin(.bind, .element)
                reader.isTarget = true
                var target = reader.operand()
                if reader.cursor.isAt("=>") {
                    reader.cursor.position += 1
                    target = reader.operand()
                }
                reader.isTarget = false
                reader.cursor.builder.append(target, to: bind)
                reader.cursor.builder.append(values, to: bind)
                reader.cursor.finish(bind)
                reader.cursor.builder.append(bind, to: parent)
            }
        }
        suite(parent) { reader, block in
            guard let documentation else { return }
            for (name, type) in reader.variableTypes(in: documentation) { reader.bind(name, to: type, in: block) }
        }
    }

    /// `catch (Type $name)`, `declare(strict_types=1)`: what is in the parentheses leads to no client.
    private mutating func passedOver(_ parent: NodeID) {
        cursor.position += 1
        if cursor.isOpen("(") { cursor.skip() }
        if cursor.isOpen("{") { suite(parent) }
    }

    /// `case value:`, `default:`.
    private mutating func label(_ parent: NodeID) {
        let isCase = keyword() == .case
        cursor.position += 1
        if isCase { cursor.builder.append(expression(), to: parent) }
        if cursor.isAt(":") { cursor.position += 1 }
    }

    /// `global $a, $b;`.
    private mutating func outerNames() {
        cursor.position += 1
        while isVariable(), let lexeme = cursor.lexeme() {
            variables.setOutermost(lexeme.identifier)
            cursor.position += 1
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `static $a = value, $b;`.
    private mutating func staticVariables(_ parent: NodeID) {
        cursor.position += 1
        while isVariable() {
            let bind = cursor.begin(.bind)
            isTarget = true
            let target = operand()
            isTarget = false
            cursor.builder.append(target, to: bind)
            if cursor.isAt("=") {
                cursor.position += 1
                cursor.builder.append(expression(), to: bind)
            }
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `echo a, b;`.
    private mutating func values(_ parent: NodeID) {
        repeat {
            cursor.position += 1
            cursor.builder.append(expression(), to: parent)
        } while cursor.isAt(",")
    }

    /// `const NAME = value, OTHER = value;`, a type may be before the first name.
    mutating func constants(_ parent: NodeID) {
        cursor.position += 1
        while !cursor.isAtEnd, !cursor.isAt("=", 1), !cursor.isAt(";") { cursor.position += 1 }
        while isPlainName(), cursor.isAt("=", 1) {
            let bind = cursor.begin(.bind, isInClass ? .field : .declares)
            let target = cursor.nameNode()
            if !isInClass { cursor.builder[target].flags.insert(.shared) }
            cursor.builder.append(target, to: bind)
            cursor.position += 1
            cursor.builder.append(expression(), to: bind)
            cursor.finish(bind)
            cursor.builder.append(bind, to: parent)
            guard cursor.isAt(",") else { return }
            cursor.position += 1
        }
    }

    /// `#[Attribute(…)]`.
    mutating func skipAttributes() {
        while cursor.isAt("#"), cursor.isOpen("[", 1) {
            cursor.position += 1
            cursor.skip()
        }
    }
}
