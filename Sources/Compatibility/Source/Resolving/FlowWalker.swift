/// Goes through a file's nodes in their order and finds out what its variables are.
///
/// It follows where values of clients come from and where they go. It knows no language: what it needs to know of one is in the dialect's facts.
///
/// The first time it notes what other files may need (``FileFlow``). The second time, when all files are put together, it
/// tells a ``CallReader`` each call.
struct FlowWalker {
    let tree: SyntaxTree
    let index: ClientIndex
    var flow: FileFlow
    var scopes = FlowScopes()
    /// The classes and functions around, innermost last.
    var classes: [ClassContext] = []
    var functions: [FunctionContext] = []
    /// What is told the calls; nil the first time.
    var calls: CallReader?
    private var depth = 0
    /// In how many calls that only describe what they are given.
    var descriptions = 0

    struct ClassContext {
        let key: UInt64
        let instance: ValueID
        let functionDepth: Int32
    }

    struct FunctionContext {
        let key: UInt64
        /// The class whose method it is, as ``classes`` counts; -1 outside of any.
        let inClass: Int
        let isClosure: Bool
        /// The object that the method is called on.
        var itself: ValueID
        /// Names that may be those of the file around.
        var outer: Set<Identifier> = []
    }

    static let maximumDepth = 400

    init(_ tree: SyntaxTree, scope: FileScope, index: ClientIndex, solved: SolvedValues? = nil) {
        self.tree = tree
        self.index = index
        flow = FileFlow(scope: scope, base: solved)
    }

    var facts: DialectFacts { flow.scope.facts }

    /// Goes through the whole file.
    mutating func run() {
        statements(of: tree.root)
        if calls == nil { exportLibrary() }
    }

    /// Has the calls reported that need the whole file to be seen.
    mutating func settleGuesses() {
        guard var reader = calls else { return }
        calls = nil
        reader.settleGuesses(&self)
        calls = reader
    }

    mutating func statements(of block: NodeID) {
        for statement in tree.children(of: block) { walk(statement) }
    }

    /// A statement, or an expression whose value goes nowhere.
    mutating func walk(_ id: NodeID) {
        guard depth < Self.maximumDepth else { return }
        depth += 1
        defer { depth -= 1 }
        let node = tree[id]
        switch node.kind {
        case .imported: imported(id, node)
        case .classDeclaration: classDeclaration(id, node)
        case .block:
            block(id, node)
        case .opaque where node.flags.contains(.outer): flow.package = node.name
        case .name where node.flags.contains(.outer):
            if !functions.isEmpty { functions[functions.count - 1].outer.insert(node.name) }
        default: _ = value(id)
        }
    }

    private mutating func block(_ id: NodeID, _ node: SyntaxNode) {
        if node.flags.contains(.scope) {
            scopes.push()
            statements(of: id)
            return scopes.pop()
        }
        scopes.enterCondition()
        statements(of: id)
        for (index, before) in scopes.leaveCondition() {
            scopes[index].value = flow.values.choice(before, scopes[index].value)
        }
    }

    /// The value of an expression; what it calls is told.
    mutating func value(_ id: NodeID) -> ValueID {
        guard depth < Self.maximumDepth else { return ValueTable.unknown }
        depth += 1
        defer { depth -= 1 }
        let node = tree[id]
        switch node.kind {
        case .name: return name(id, node)
        case .member: return member(id, node)
        case .index: return indexed(id)
        case .call: return call(id, node)
        case .new: return new(id, node)
        case .literal: return literal(node)
        case .function: return function(id, node)
        case .collection: return collection(id, node)
        case .bind: return bind(id, node)
        case .choice: return choice(id)
        case .cast: return cast(id)
        case .returned:
            returned(id, node)
            return ValueTable.unknown
        case .concatenation:
            return concatenation(id)
        case .argument: return tree.child(0, of: id).map { value($0) } ?? ValueTable.unknown
        case .type: return type(id)
        case .pair, .opaque, .interpolation, .parameter:
            walkChildren(id)
            return ValueTable.other
        case .block:
            return lastValue(of: id)
        case .imported: return importedValue(id, node)
        case .classDeclaration:
            walk(id)
            return ValueTable.unknown
        }
    }

    mutating func walkChildren(_ id: NodeID) {
        for child in tree.children(of: id) { walk(child) }
    }

    /// A block as an expression: its last statement is its value.
    mutating func lastValue(of block: NodeID) -> ValueID {
        scopes.push()
        defer { scopes.pop() }
        var last = ValueTable.unknown
        for statement in tree.children(of: block) {
            let kind = tree[statement].kind
            if kind == .imported || kind == .classDeclaration || kind == .block && !tree[statement].nextSibling.isNone {
                walk(statement)
                last = ValueTable.unknown
            } else {
                last = value(statement)
            }
        }
        return last
    }
}

// Simple expressions.
extension FlowWalker {
    private mutating func literal(_ node: SyntaxNode) -> ValueID {
        if node.flags.contains(.nothing) { return ValueTable.unknown }
        guard node.flags.contains(.string) else { return ValueTable.other }
        let bytes = tree.bytes(of: node)
        if facts.stringsAreFormats, let space = bytes.prefix(40).firstIndex(of: SourceByte.space) {
            return text(UnsafeRawBufferPointer(rebasing: bytes[..<space]))
        }
        return bytes.count < 40 ? text(bytes) : ValueTable.other
    }

    /// A setting may name a library's class in place of an import: `"BACKEND": "django_redis.cache.RedisCache"`.
    mutating func noteName(_ id: NodeID) {
        let node = tree[id]
        guard node.kind == .literal, node.flags.contains(.string), node.end - node.start > 15,
            let library = index.library(named: Identifier(plain: tree.bytes(of: node)), in: facts.name)
        else { return }
        flow.libraries.append((library, node.start, node.end))
        bring(library)
    }

    /// A string that is the name of a command, or anything else.
    private mutating func text(_ bytes: UnsafeRawBufferPointer) -> ValueID {
        let plain = Identifier(plain: bytes)
        guard index.command(plain: plain) != nil else { return ValueTable.other }
        return flow.values.id(of: FlowValue(kind: .text, plain: plain))
    }

    /// Literal strings put together: `"CONFIG " + "GET"`.
    private mutating func concatenation(_ id: NodeID) -> ValueID {
        var bytes: [UInt8] = []
        var values: [ValueID] = []
        var isWhole = true
        for child in tree.children(of: id) {
            values.append(value(child))
            let node = tree[child]
            isWhole = isWhole && node.kind == .literal && node.flags.contains(.string) && bytes.count < 40
            if isWhole { bytes += tree.bytes(of: node) }
        }
        return isWhole ? bytes.withUnsafeBytes { text($0) } : beginning(ofConcatenation: values)
    }

    private mutating func choice(_ id: NodeID) -> ValueID {
        var result = ValueTable.unknown
        for child in tree.children(of: id) {
            let one = value(child)
            result = flow.values.choice(result, one)
        }
        return result
    }

    private mutating func cast(_ id: NodeID) -> ValueID {
        guard let typeNode = tree.child(0, of: id), let inner = tree.child(1, of: id) else { return ValueTable.unknown }
        let castTo = isDouble(inner) ? ValueTable.unknown : type(typeNode)
        let known = value(inner)
        return flow.values.choice(known, castTo)
    }

    private mutating func indexed(_ id: NodeID) -> ValueID {
        guard let object = tree.child(0, of: id) else { return ValueTable.unknown }
        let base = value(object)
        return indexed(id, of: base, mayBeMethod: facts.methodsAreValues)
    }

    /// The class around has all members of an object, to which it passes what it does not know.
    private mutating func inherit(_ object: ValueID) {
        guard let around = classes.last, !flow.values.isDead(object) else { return }
        flow.note(EntityKey.of(.bases, in: around.key), object)
    }

    /// An element of an object, or a member by its name: `client["keys"]`, `env["redis"]`.
    mutating func indexed(_ id: NodeID, of object: ValueID, mayBeMethod: Bool) -> ValueID {
        if tree[id].flags.contains(.parent) { inherit(object) }
        var named = ValueTable.unknown
        for child in tree.children(of: id).dropFirst() {
            let key = value(child)
            let node = tree[child]
            if node.kind == .literal, node.flags.contains(.string) {
                let bytes = tree.bytes(of: node)
                named = memberValue(object, Identifier(bytes), bytes, mayBeMethod: mayBeMethod)
            } else if mayBeMethod, !flow.values.isDead(key) {
                let called = flow.values.id(of: FlowValue(kind: .memberByName, a: object, b: key))
                named = flow.values.choice(named, called)
            }
        }
        return flow.values.choice(named, flow.values.derived(.element, object))
    }

    private mutating func member(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        guard let object = tree.child(0, of: id) else { return ValueTable.unknown }
        if let exports = facts.exportsObject, exports.member == node.name, tree[object].name == exports.object,
            tree[object].kind == .name
        {
            return flow.values.id(of: FlowValue(kind: .module, key: flow.scope.file))
        }
        let base = value(object)
        let bytes = tree.nameBytes(of: node)
        let found = memberValue(base, node.name, bytes, mayBeMethod: facts.methodsAreValues)
        let member = memberOfCommon(object, node.name, found)
        guard facts.propertiesAreGetters, !flow.values.isDead(member) else { return member }
        let getter = FieldName.getter(of: bytes).withUnsafeBytes { memberValue(base, Identifier($0), $0) }
        return flow.values.choice(member, flow.values.derived(.result, getter))
    }

    /// A member.
    mutating func memberValue(
        _ base: ValueID, _ name: Identifier, _ bytes: UnsafeRawBufferPointer, mayBeMethod: Bool = true
    ) -> ValueID {
        guard base != ValueTable.unknown, base != ValueTable.other else { return ValueTable.unknown }
        let plain = mayBeMethod ? Identifier(plain: bytes) : Identifier.none
        return flow.values.id(of: FlowValue(kind: .member, a: base, name: name, plain: plain))
    }

    /// What a name means here.
    private mutating func name(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        if let other = tree.child(0, of: id), scopes.find(node.name) == nil {
            let member = memberValue(itself, node.name, tree.nameBytes(of: node))
            return flow.values.choice(member, firstDeclared(other))
        }
        if node.flags.contains(.itself) { return itself }
        if node.flags.contains(.parent) {
            guard let around = classes.last else { return ValueTable.unknown }
            return entity(EntityKey.of(.bases, in: around.key))
        }
        return lookUp(node.name, tree.nameBytes(of: node))
    }

    /// Of names, each the child of the one before, the first that the project or a library declares.
    private mutating func firstDeclared(_ id: NodeID) -> ValueID {
        var fallback = ValueTable.unknown
        if let other = tree.child(0, of: id) { fallback = firstDeclared(other) }
        return flow.values.id(
            of: FlowValue(kind: .global, a: fallback, key: flow.scope.file, name: tree[id].name))
    }

    /// The object that the method around is called on.
    var itself: ValueID {
        for function in functions.reversed() where function.itself != ValueTable.unknown { return function.itself }
        return classes.last?.instance ?? ValueTable.unknown
    }

    mutating func entity(_ key: UInt64) -> ValueID { flow.values.id(of: FlowValue(kind: .entity, key: key)) }

    mutating func lookUp(_ name: Identifier, _ bytes: UnsafeRawBufferPointer) -> ValueID {
        if let index = scopes.find(name) {
            let variable = scopes[index]
            guard variable.functionDepth != scopes.functionDepth else { return variable.value }
            if variable.functionDepth == 0 { return flow.values.choice(variable.value, global(name)) }
            let key = share(index)
            return flow.values.choice(variable.value, entity(key))
        }
        let outer = global(name)
        guard facts.membersAreNames else { return outer }
        var result = outer
        var isInnermost = true
        for function in functions.reversed().prefix(3) where function.itself != ValueTable.unknown {
            // An object that a closure is run on has a `copy` more likely than the one around.
            if !isInnermost, name == MemberNames.copy { break }
            isInnermost = false
            let member = memberValue(function.itself, name, bytes)
            result = flow.values.choice(result, member)
        }
        if functions.allSatisfy({ $0.isClosure || $0.itself == ValueTable.unknown }), let around = classes.last {
            let member = memberValue(around.instance, name, bytes)
            result = flow.values.choice(result, member)
        }
        return result
    }

    mutating func global(_ name: Identifier) -> ValueID {
        flow.values.id(of: FlowValue(kind: .global, key: flow.scope.file, name: name))
    }

    /// A variable of a function that another function names has one value for all of them.
    mutating func share(_ index: Int) -> UInt64 {
        if scopes[index].entity != 0 { return scopes[index].entity }
        let place = Identifier(hash: UInt64(index) &+ 1)
        let around = functions.first?.key ?? flow.scope.file
        let key = EntityKey.of(.local, in: EntityKey.of(.local, in: around, scopes[index].name), place)
        scopes[index].entity = key
        flow.note(key, scopes[index].value)
        return key
    }
}
