// Calls, constructions and types.

extension FlowWalker {
    mutating func call(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        guard let callee = tree.child(0, of: id) else { return ValueTable.unknown }
        var object = ValueTable.unknown
        let function: ValueID
        if tree[callee].kind == .member, let base = tree.child(0, of: callee) {
            object = self.object(base, of: tree[callee])
            if calls == nil { noteReceiver(base, tree[callee]) }
            let member = memberValue(object, tree[callee].name, tree.nameBytes(of: tree[callee]))
            function = memberOfCommon(base, tree[callee].name, member)
        } else if tree[callee].kind == .index, let base = tree.child(0, of: callee) {
            object = value(base)
            function = indexed(callee, of: object, mayBeMethod: true)
            notePassedName(callee, of: object)
        } else {
            function = value(callee)
        }
        if tree[callee].kind == .name, MemberNames.collecting.contains(tree[callee].name),
            scopes.find(tree[callee].name) == nil
        {
            return collected(id)
        }
        let isGivenObject = tree[callee].kind == .member && tree[callee].flags.contains(.method)
        let isDescription = describes(callee)
        if isDescription { descriptions += 1 }
        let given = arguments(of: id, callee: function, object: isGivenObject ? object : nil)
        if isDescription { descriptions -= 1 }
        runOn(id, tree[callee])
        build(id, callee, given)
        tell(ReportedCall(node: id, callee: callee, object: object, function: function, arguments: given))
        if makesDouble(tree[callee].name) { return ValueTable.other }
        let built = built(id, callee, given)
        if built == nil, facts.capitalsConstruct, startsWithCapital(tree[callee]) {
            return flow.values.derived(.made, function)
        }
        var result = transformed(id, tree[callee]) ?? flow.values.derived(.result, function, hasBlock(id) ? 1 : 0)
        if let base = tree.child(0, of: callee), tree[callee].kind == .member {
            result = kept(id, tree[callee], in: base, object: object, result: result)
        }
        if let built { return flow.values.choice(result, built) }
        if let named = classArgument(of: id) { return flow.values.choice(result, named) }
        let isMember = tree[callee].kind == .member
        guard facts.gettersAreMade, isMember || tree[callee].kind == .name, tree.child(1, of: id) == nil,
            let field = FieldName(ofGetter: tree.nameBytes(of: tree[callee]))
        else { return result }
        let holder = isMember ? object : itself
        return flow.values.choice(result, field.bytes.withUnsafeBytes { memberValue(holder, Identifier($0), $0) })
    }

    /// `object[name](…)`, `$object->$name(…)`: the name is passed on as that of a method.
    private mutating func notePassedName(_ callee: NodeID, of object: ValueID) {
        guard !flow.values.isDead(object), let key = tree.child(1, of: callee), tree[key].kind == .name else { return }
        let name = value(key)
        guard flow.values[name].kind == .entity else { return }
        let function = flow.values.id(
            of: FlowValue(kind: .member, a: object, name: MemberNames.named, plain: MemberNames.named))
        flow.arguments.append(FileFlow.Argument(callee: function, number: 0, name: .none, value: name))
    }

    /// A block is behind the arguments.
    private func hasBlock(_ call: NodeID) -> Bool {
        tree.children(of: call).contains { tree[$0].kind == .function && tree[$0].flags.contains(.trailing) }
    }

    /// `with(client) { … }`: the closure is run on the object.
    private mutating func runOn(_ id: NodeID, _ callee: SyntaxNode) {
        guard facts.membersAreNames, callee.kind == .name, callee.name == MemberNames.with,
            scopes.find(callee.name) == nil,
            let first = tree.child(1, of: id), let last = tree.child(2, of: id), tree[last].kind == .function
        else { return }
        let object = value(first)
        guard !flow.values.isDead(object) else { return }
        let closure = entity(EntityKey.parameter(-1, of: functionKey(tree[last], nil)))
        flow.sources.append((flow.values[closure].key, object))
    }

    /// `values.map { … }`, `client.use { … }`: what the closure gives, or a collection of it.
    private mutating func transformed(_ id: NodeID, _ callee: SyntaxNode) -> ValueID? {
        let isMapping = callee.kind == .member && MemberNames.mapping.contains(callee.name)
        let isBlock =
            callee.kind == .name && MemberNames.running.contains(callee.name) && scopes.find(callee.name) == nil
        guard isMapping || isBlock || callee.kind == .member && MemberNames.transforming.contains(callee.name),
            let closure = tree.children(of: id).dropFirst().first(where: { tree[$0].kind == .function })
        else { return nil }
        let given = entity(EntityKey.of(.result, in: functionKey(tree[closure], nil)))
        guard isMapping else { return given }
        return flow.values.choice(given, flow.values.derived(.elements, given))
    }

    private mutating func noteReceiver(_ object: NodeID, _ method: SyntaxNode) {
        guard index.isTelling(tree.nameBytes(of: method)) else { return }
        let receiver = tree.receiverName(of: object)
        if receiver != .none { flow.tellingReceivers.insert(receiver) }
    }

    /// A class among the arguments, as of `container.get(Store::class)`: the result may be one of its objects.
    private mutating func classArgument(of id: NodeID) -> ValueID? {
        for child in tree.children(of: id).dropFirst() where tree[child].kind == .type { return type(child) }
        return nil
    }

    /// `list(clients)`: what is made is a collection, of what the first argument holds; `listOf(client)`: one of them.
    private mutating func collected(_ id: NodeID) -> ValueID {
        var first: ValueID?
        var all = ValueTable.unknown
        for child in tree.children(of: id).dropFirst() {
            let value = value(child)
            first = first ?? value
            all = flow.values.choice(all, value)
        }
        if let callee = tree.child(0, of: id), tree.nameBytes(of: tree[callee]).suffix(2).elementsEqual("Of".utf8) {
            return flow.values.isDead(all) ? ValueTable.other : flow.values.derived(.elements, all)
        }
        guard let first, !flow.values.isDead(first) else { return ValueTable.other }
        return first
    }

    /// Tells the reader of calls, if there is one.
    private mutating func tell(_ call: ReportedCall) {
        guard var reader = calls else { return }
        calls = nil
        reader.read(call, in: &self)
        calls = reader
    }

    /// The object whose member is named; of `Type::method` it is one of the type's objects.
    mutating func object(_ id: NodeID, of member: SyntaxNode) -> ValueID {
        let object = value(id)
        guard member.flags.contains(.receiver) else { return object }
        return flow.values.derived(.made, object)
    }

    private func startsWithCapital(_ node: SyntaxNode) -> Bool {
        guard node.kind == .name || node.kind == .member, let first = tree.nameBytes(of: node).first else {
            return false
        }
        return first &- 0x41 < 26
    }

    /// Goes through a call's arguments, and notes where they go; their values.
    ///
    /// - Parameters:
    ///   - made: what is constructed: its members are given the arguments that are fields.
    ///   - object: what is given before the arguments.
    mutating func arguments(
        of id: NodeID, callee: ValueID, made: ValueID? = nil, object: ValueID? = nil
    ) -> [ValueID] {
        var number: Int32 = 0
        var all: [ValueID] = []
        if let object {
            if !flow.values.isDead(object), callee != ValueTable.unknown {
                flow.arguments.append(
                    FileFlow.Argument(callee: callee, number: number, name: .none, value: object))
            }
            number += 1
        }
        for child in tree.children(of: id).dropFirst() {
            let node = tree[child]
            guard node.kind != .classDeclaration else {
                walk(child)
                continue
            }
            let given = value(child)
            all.append(given)
            let isNamed = node.kind == .argument && node.name != .none
            let isBlock = (node.kind == .function || node.kind == .argument) && node.flags.contains(.trailing)
            defer { if !isBlock, !isNamed { number += 1 } }
            guard !flow.values.isDead(given) else { continue }
            if isNamed, let made, node.flags.contains(.field) { flow.stores.append((made, node.name, given)) }
            guard callee != ValueTable.unknown, node.kind != .argument || !node.flags.contains(.spread) else {
                continue
            }
            flow.arguments.append(
                FileFlow.Argument(
                    callee: callee, number: isBlock ? FileFlow.Argument.trailing : number,
                    name: isNamed ? node.name : .none, value: given))
        }
        return all
    }

    mutating func new(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        guard let first = tree.child(0, of: id) else { return ValueTable.unknown }
        let constructor = isType(tree[first].kind, first) ? constructedType(first) : value(first)
        let made = makesDouble(tree[first].name) ? ValueTable.other : flow.values.derived(.made, constructor)
        let given = arguments(of: id, callee: constructor, made: made)
        tell(ReportedCall(node: id, callee: first, object: ValueTable.unknown, function: constructor, arguments: given))
        if let own = tree.children(of: id).first(where: { tree[$0].kind == .classDeclaration }) {
            let key = EntityKey.of(
                .anonymous, in: flow.scope.file, Identifier(hash: UInt64(UInt32(bitPattern: tree[own].start)) + 1))
            flow.note(EntityKey.of(.bases, in: key), made)
            return flow.values.id(of: FlowValue(kind: .instance, key: key))
        }
        if let settled = settled(id, tree[first]) { return settled }
        if let built = built(ofType: first, given) { return flow.values.choice(made, built) }
        return constructor == ValueTable.unknown ? ValueTable.other : made
    }

    /// `new Promise((resolve, reject) => …)`: what `resolve` is called with.
    private mutating func settled(_ id: NodeID, _ type: SyntaxNode) -> ValueID? {
        guard type.name == MemberNames.promise, let closure = tree.child(1, of: id), tree[closure].kind == .function
        else { return nil }
        let executor = functionKey(tree[closure], nil)
        let resolve = EntityKey.of(.function, in: executor, MemberNames.promise)
        flow.note(
            EntityKey.parameter(0, of: executor), flow.values.id(of: FlowValue(kind: .function, key: resolve)))
        return entity(EntityKey.parameter(0, of: resolve))
    }

    /// The class of a construction, its type's arguments read too.
    private mutating func constructedType(_ id: NodeID) -> ValueID {
        let node = tree[id]
        for (number, child) in tree.children(of: id).enumerated() where number > 0 || !node.flags.contains(.qualified) {
            _ = type(child)
        }
        return typeName(id)
    }

    // MARK: Types

    /// The value that something of a type is.
    mutating func type(_ id: NodeID) -> ValueID {
        let node = tree[id]
        switch node.kind {
        case .choice:
            var result = ValueTable.unknown
            for child in tree.children(of: id) {
                let one = type(child)
                result = flow.values.choice(result, one)
            }
            return result
        case .type: return plainType(id, node)
        case .collection where node.flags.contains(.tuple):
            var parts: [ValueID] = []
            for child in tree.children(of: id) { parts.append(type(child)) }
            return tuple(parts)
        case .literal where node.flags.contains(.nothing): return ValueTable.unknown
        case .name, .member: return flow.values.derived(.made, value(id))
        default:
            walkChildren(id)
            return ValueTable.unknown
        }
    }

    private mutating func plainType(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        if node.flags.contains(.tuple) {
            var parts: [ValueID] = []
            for child in tree.children(of: id) { parts.append(type(child)) }
            return tuple(parts)
        }
        if node.flags.contains(.callable) { return callableType(id) }
        var held = ValueTable.unknown
        for (number, child) in tree.children(of: id).enumerated() where number > 0 || !node.flags.contains(.qualified) {
            let one = type(child)
            held = flow.values.choice(held, one)
        }
        if node.name == .none || node.flags.contains(.elements) {
            return flow.values.isDead(held) ? ValueTable.unknown : flow.values.derived(.elements, held)
        }
        let bytes = tree.nameBytes(of: node)
        if TypeNames.isAnything(bytes) { return ValueTable.unknown }
        if makesDouble(node.name) { return ValueTable.other }
        if !flow.values.isDead(held), TypeNames.isWrapper(bytes) || facts.lenders.contains(node.name) { return held }
        let named = typeName(id)
        // A single letter is often the parameter of a generic, which may be anything.
        let kind: FlowValue.Kind = bytes.count == 1 ? .result : .made
        let own = named == ValueTable.unknown ? ValueTable.other : flow.values.derived(kind, named)
        return flow.values.isDead(held) ? own : flow.values.choice(own, flow.values.derived(.elements, held))
    }

    /// A function that is called with what its parameters' types say, and gives what its result's type says.
    private mutating func callableType(_ id: NodeID) -> ValueID {
        var given = ValueTable.unknown
        var isFirst = true
        // A closure that is run on the object has it as no argument.
        var isRunOn: Int32 = 0
        for child in tree.children(of: id) {
            if tree[child].kind == .parameter, let inner = tree.child(0, of: child) {
                let type = type(inner)
                if isFirst {
                    given = type
                    isRunOn = tree[child].flags.contains(.receiver) ? 1 : 0
                }
                isFirst = false
            } else {
                let type = type(child)
                given = flow.values.isDead(given) ? type : given
            }
        }
        return flow.values.isDead(given) ? ValueTable.unknown : flow.values.derived(.elements, given, isRunOn)
    }

    /// The class that a type names.
    private mutating func typeName(_ id: NodeID) -> ValueID {
        let node = tree[id]
        guard node.kind == .type else { return value(id) }
        guard node.flags.contains(.qualified), let outer = tree.child(0, of: id) else {
            let known = lookUp(node.name, tree.nameBytes(of: node))
            guard node.flags.contains(.documented) else { return known }
            let named = flow.values.id(of: FlowValue(kind: .libraryNamed, key: flow.scope.file, name: node.name))
            return flow.values.choice(known, named)
        }
        let module = tree[outer].kind == .type ? typeName(outer) : value(outer)
        let named = memberValue(module, node.name, tree.nameBytes(of: node))
        guard let library = index.library(ofModule: qualified(id), in: facts.name),
            let export = index.export(node.name, of: library)
        else { return named }
        return flow.values.id(of: FlowValue(export))
    }

    /// `redis.clients.jedis.Jedis`, as it is written.
    private func qualified(_ id: NodeID) -> String {
        let node = tree[id]
        return tree.text.text(Int(node.start), Int(max(node.nameEnd, node.start)))
    }
}

/// What types' names tell that are no classes of clients.
enum TypeNames {
    /// Nothing is known of what such a type holds.
    static func isAnything(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.isEmpty || anything.contains(Identifier(bytes))
    }

    /// The type is one of its argument, as far as members go.
    static func isWrapper(_ bytes: UnsafeRawBufferPointer) -> Bool { wrappers.contains(Identifier(bytes)) }

    private static let anything = Set(
        [
            "Any", "any", "object", "Object", "dynamic", "unknown", "var", "auto", "mixed", "interface", "id", "val",
            "let",
            "AnyObject", "Self", "self", "static",
        ].map(Identifier.init))

    private static let wrappers = Set(
        [
            "Optional", "Union", "Annotated", "Awaitable", "Coroutine", "Final", "ClassVar", "Promise", "PromiseLike",
            "Future", "CompletableFuture", "Task", "ValueTask", "Nullable", "Maybe", "Option", "Box", "Arc", "Rc",
            "Mutex",
            "RwLock", "RefCell", "Ref", "Readonly", "Required", "Partial", "NonNullable", "shared_ptr", "unique_ptr",
            "weak_ptr", "optional", "reference_wrapper", "scoped_ptr", "intrusive_ptr", "QSharedPointer",
            "QScopedPointer",
            "Mono", "Single", "Uni", "InstanceType", "Result", "Generator", "AsyncGenerator", "Iterator",
            "AsyncIterator", "ContextManager", "AbstractContextManager", "AsyncContextManager", "Type",
        ].map(Identifier.init))
}
