// Imports, classes, functions and what they are given.

extension FlowWalker {
    mutating func imported(_ id: NodeID, _ node: SyntaxNode) {
        guard node.flags.contains(.wildcard) else { return declareVariable(node.name, importedValue(id, node)) }
        guard let path = tree.child(0, of: id) else { return }
        if let library = library(of: path) {
            if node.flags.contains(.shared) { flow.sharedLibraries.append(library) }
            return flow.libraryWildcards.append(library)
        }
        flow.wildcards.append(note(module: path))
    }

    /// What is imported, as a value.
    mutating func importedValue(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        guard let path = tree.child(0, of: id) else { return ValueTable.unknown }
        let member = tree.child(1, of: id)
        if let library = library(of: path) { return value(ofLibrary: library, member) }
        return flow.values.id(
            of: FlowValue(
                kind: .imported, a: note(module: path), key: flow.scope.file,
                name: member.map { tree[$0].name } ?? .none))
    }

    /// The library that a path names, whose use is noted.
    private mutating func library(of path: NodeID) -> Int? {
        let module = String(decoding: tree.bytes(of: tree[path]), as: UTF8.self)
        guard let library = index.library(ofModule: module, in: facts.name) else { return nil }
        flow.libraries.append((library, tree[path].start, tree[path].end))
        bring(library)
        return library
    }

    /// The names of the libraries that one brings lead to Redis in all files of the project.
    mutating func bring(_ library: Int) {
        for brought in index.librariesBrought(by: library) where !flow.sharedLibraries.contains(brought) {
            flow.sharedLibraries.append(brought)
        }
    }

    private mutating func note(module path: NodeID) -> Int32 {
        flow.modules.append(String(decoding: tree.bytes(of: tree[path]), as: UTF8.self))
        return Int32(flow.modules.count - 1)
    }

    private mutating func value(ofLibrary library: Int, _ member: NodeID?) -> ValueID {
        if let member {
            if let export = index.export(tree[member].name, of: library) {
                return flow.values.id(of: FlowValue(export))
            }
            if let first = tree.nameBytes(of: tree[member]).first, first &- 0x41 < 26 { return ValueTable.other }
        }
        return flow.values.id(of: FlowValue(kind: .library, a: Int32(library)))
    }

    /// A new variable of the block; one of the file is known to other functions and files.
    mutating func declareVariable(_ name: Identifier, _ value: ValueID) {
        scopes.declare(name, value)
        if scopes.functionDepth == 0, classes.isEmpty {
            flow.note(.variable, in: flow.scope.ofDeclaredVariables, name, value)
            if flow.scope.facts.sharing == .package, !flow.values.isDead(value) { flow.declared.append(name) }
        }
    }

    mutating func classDeclaration(_ id: NodeID, _ node: SyntaxNode) {
        let key = classKey(id, node)
        let instance = flow.values.id(of: FlowValue(kind: .instance, key: key))
        let object = flow.values.id(of: FlowValue(kind: .classObject, key: key))
        if node.name != .none, !node.flags.contains(.extends) { declareClass(node, object) }
        classes.append(ClassContext(key: key, instance: instance, functionDepth: scopes.functionDepth))
        scopes.push()
        for child in tree.children(of: id) {
            let kind = tree[child].kind
            if kind == .type || kind == .opaque || kind == .choice {
                let base = type(child)
                flow.note(EntityKey.of(.bases, in: key), base)
                // The methods of a mixin call those of the class that they are mixed into.
                if tree[child].flags.contains(.extends) { flow.stores.append((base, MemberNames.includer, instance)) }
            } else {
                classMember(child)
            }
        }
        scopes.pop()
        classes.removeLast()
    }

    private func classKey(_ id: NodeID, _ node: SyntaxNode) -> UInt64 {
        guard node.name != .none else {
            return EntityKey.of(.anonymous, in: flow.scope.file, Identifier(hash: UInt64(node.start) + 1))
        }
        return EntityKey.of(.classDeclaration, in: flow.scope.ofClasses, node.name)
    }

    private mutating func declareClass(_ node: SyntaxNode, _ object: ValueID) {
        let name = node.name
        if scopes.functionDepth > 0 { scopes.declare(name, object) }
        if let outer = classes.last {
            flow.note(.field, in: outer.key, Identifier(word: tree.nameBytes(of: node)), object)
        }
        flow.note(
            .variable, in: flow.scope.ofClasses, name, object, written: Identifier(word: tree.nameBytes(of: node)))
        if flow.scope.facts.sharing != .file { flow.declared.append(name) }
    }

    /// A declaration in a class: a field, a method, or code that is run when it is made.
    private mutating func classMember(_ id: NodeID) {
        let node = tree[id]
        switch node.kind {
        case .bind: _ = bind(id, node)
        case .function: _ = function(id, node)
        case .block: for child in tree.children(of: id) { classMember(child) }
        default: walk(id)
        }
    }

    /// A function of any kind; its value, and its name's if it has one.
    mutating func function(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        var owner: UInt64?
        if node.name != .none {
            owner = receiverClass(id) ?? (isInClassBody ? classes.last?.key : nil)
        }
        let key = functionKey(node, owner)
        let function = flow.values.id(of: FlowValue(kind: .function, key: key))
        declareFunction(node, function, key, owner)
        enter(id, node, key, owner)
        return function
    }

    private var isInClassBody: Bool { classes.last.map { $0.functionDepth == scopes.functionDepth } ?? false }

    func functionKey(_ node: SyntaxNode, _ owner: UInt64?) -> UInt64 {
        if let owner { return EntityKey.of(.function, in: owner, node.name) }
        if node.name != .none, scopes.functionDepth == 0 {
            // Functions of a name in several files are several, whatever the name then means elsewhere.
            let scope = facts.sharing == .project ? flow.scope.file : flow.scope.ofFunctions
            return EntityKey.of(.function, in: scope, node.name)
        }
        return EntityKey.of(
            .function, in: flow.scope.file, Identifier(hash: UInt64(UInt32(bitPattern: node.start)) + 1))
    }

    /// The class of a method that names its object as a parameter, as Go's `func (s *Store) Get()`.
    private mutating func receiverClass(_ id: NodeID) -> UInt64? {
        for child in tree.children(of: id) where tree[child].kind == .parameter {
            guard tree[child].flags.contains(.receiver), let type = tree.child(0, of: child) else { return nil }
            if let client = clientType(tree[type].name) { return EntityKey.extensions(ofClient: client) }
            return EntityKey.of(.classDeclaration, in: flow.scope.ofClasses, tree[type].name)
        }
        return nil
    }

    /// The client type of a class that the file imports.
    private func clientType(_ name: Identifier) -> Int32? {
        if let variable = scopes.find(name) {
            let value = flow.values[scopes[variable].value]
            return value.kind == .clientClass ? value.a : nil
        }
        for library in flow.libraryWildcards {
            if let export = index.export(name, of: library), export.kind == .type { return Int32(export.type) }
        }
        return nil
    }

    private mutating func declareFunction(_ node: SyntaxNode, _ function: ValueID, _ key: UInt64, _ owner: UInt64?) {
        guard node.name != .none else { return }
        if let owner {
            if node.flags.contains(.constructor) {
                flow.note(.field, in: owner, MemberNames.constructor, function)
            }
            if facts.gettersAreMade, let field = FieldName(ofGetter: tree.nameBytes(of: node)) {
                flow.name(EntityKey.of(.field, in: owner, node.name), field.bytes.withUnsafeBytes { Identifier($0) })
            }
            return flow.note(.field, in: owner, node.name, function)
        }
        if scopes.functionDepth > 0 { return scopes.declare(node.name, function) }
        flow.note(.variable, in: flow.scope.ofFunctions, node.name, function)
        if facts.sharing != .file { flow.declared.append(node.name) }
    }

    /// Goes through a function's parameters and body.
    private mutating func enter(_ id: NodeID, _ node: SyntaxNode, _ key: UInt64, _ owner: UInt64?) {
        var itself = ValueTable.unknown
        if let owner { itself = flow.values.id(of: FlowValue(kind: .instance, key: owner)) }
        let isClosure = node.name == .none
        if isClosure, facts.membersAreNames, !facts.closuresKeepObject {
            itself = entity(EntityKey.parameter(-1, of: key))
        }
        if facts.functionsHaveObject, !isClosure, owner == nil, functions.isEmpty, classes.isEmpty {
            itself = entity(EntityKey.parameter(-1, of: key))
        }
        scopes.pushFunction()
        functions.append(
            FunctionContext(
                key: key, inClass: owner == nil ? -1 : classes.count - 1, isClosure: isClosure, itself: itself))
        var number = 0
        var isFirst = true
        for child in tree.children(of: id) {
            let part = tree[child]
            switch part.kind {
            case .parameter:
                let isReceiver = part.flags.contains(.receiver) || (isFirst && node.flags.contains(.method))
                parameter(child, part, isReceiver ? nil : number, key, itself)
                if !isReceiver { number += 1 }
                isFirst = false
            case .type: result(child, node, key)
            case .choice where !tree[child].nextSibling.isNone: result(child, node, key)
            case .block: body(child, node, key)
            default:
                let value = value(child)
                flow.note(EntityKey.of(.result, in: key), value)
            }
        }
        if facts.lastTakesTrailing, number > 0, !isClosure {
            let trailing = entity(EntityKey.parameter(Int(FileFlow.Argument.trailing), of: key))
            let last = entity(EntityKey.parameter(number - 1, of: key))
            flow.note(flow.values[last].key, trailing)
            flow.note(flow.values[trailing].key, last)
        }
        functions.removeLast()
        scopes.popFunction()
    }

    private mutating func result(_ typeNode: NodeID, _ node: SyntaxNode, _ key: UInt64) {
        let type = type(typeNode)
        flow.note(EntityKey.of(.result, in: key), type)
    }

    private mutating func body(_ block: NodeID, _ node: SyntaxNode, _ key: UInt64) {
        guard node.flags.contains(.lastIsResult) else { return statements(of: block) }
        let last = lastValue(of: block)
        flow.note(EntityKey.of(.result, in: key), last)
    }

    private mutating func parameter(
        _ id: NodeID, _ node: SyntaxNode, _ number: Int?, _ function: UInt64, _ itself: ValueID
    ) {
        var declared = ValueTable.unknown
        var standard = ValueTable.unknown
        for child in tree.children(of: id) {
            if isType(tree[child].kind, child) { declared = type(child) } else { standard = value(child) }
        }
        guard let number else {
            let object = flow.values.choice(itself, declared)
            if !functions.isEmpty { functions[functions.count - 1].itself = object }
            return scopes.declare(node.name, object)
        }
        let key = EntityKey.parameter(
            node.flags.contains(.trailing) ? Int(FileFlow.Argument.trailing) : number, of: function)
        flow.note(key, declared)
        flow.note(key, standard)
        let named = entity(EntityKey.of(.namedParameter, in: function, node.name))
        flow.note(key, named)
        var value = entity(key)
        if node.flags.contains(.spread) { value = flow.values.derived(.elements, value) }
        if declared == ValueTable.other { value = ValueTable.other }
        scopes.declare(node.name, value, entity: node.flags.contains(.spread) ? 0 : key)
        if node.flags.contains(.field), let around = classes.last {
            flow.note(.field, in: around.key, node.name, value)
        }
    }

    /// The node is a type, not a value.
    func isType(_ kind: SyntaxNode.Kind, _ id: NodeID) -> Bool {
        if kind == .type { return true }
        guard kind == .choice, let first = tree.child(0, of: id) else { return false }
        return tree[first].kind == .type
    }

    mutating func returned(_ id: NodeID, _ node: SyntaxNode) {
        var values: [ValueID] = []
        for child in tree.children(of: id) { values.append(value(child)) }
        let result = values.count > 1 ? tuple(values) : values.first ?? ValueTable.unknown
        guard let function = functions.last else { return }
        if node.flags.contains(.element) {
            let elements = flow.values.derived(.elements, result)
            flow.note(EntityKey.of(.result, in: function.key), elements)
        }
        flow.note(EntityKey.of(.result, in: function.key), result)
    }

    mutating func tuple(_ values: [ValueID]) -> ValueID {
        guard values.contains(where: { !flow.values.isDead($0) }) else { return ValueTable.other }
        var rest = ValueTable.unknown
        for value in values.prefix(16).reversed() {
            rest = flow.values.id(of: FlowValue(kind: .tuple, a: value, b: rest))
        }
        return rest
    }
}
