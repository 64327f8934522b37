// Values given to names, members and elements.

extension FlowWalker {
    /// A declaration or an assignment; the value that is given.
    mutating func bind(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        if node.flags.contains(.map) { return added(id) }
        var target = NodeID.none
        var written: NodeID?
        var declared: ValueID?
        var given = ValueTable.unknown
        var isGiven = false
        for (number, child) in tree.children(of: id).enumerated() {
            if number == 0 {
                target = child
            } else if declared == nil, !isGiven, isType(tree[child].kind, child) {
                declared = type(child)
            } else {
                given = value(child)
                written = child
                isGiven = !isNothing(child)
            }
        }
        guard !target.isNone else { return ValueTable.unknown }
        var whole = given
        if node.flags.contains(.element) { whole = elementOf(given, target) }
        if let written, isDouble(written) { declared = nil }
        if let declared {
            whole =
                declared == ValueTable.other && flow.values.isDead(given)
                ? declared : flow.values.choice(whole, declared)
            isGiven = true
        }
        give(whole, to: target, node.flags, isGiven: isGiven)
        if node.flags.contains(.declares), declared != nil { noteEmpty(target, written) }
        return whole
    }

    /// The value is written as nothing: `None`, `a = b = None`.
    private func isNothing(_ id: NodeID) -> Bool {
        var id = id
        while tree[id].kind == .bind, let last = tree.children(of: id).reversed().first { id = last }
        return tree[id].flags.contains(.nothing)
    }

    /// Of a loop with two targets, the second gets the element, unless the elements are themselves taken apart.
    private mutating func elementOf(_ values: ValueID, _ target: NodeID) -> ValueID {
        flow.values.derived(.element, values)
    }

    /// Gives a value to a target.
    mutating func give(_ value: ValueID, to target: NodeID, _ flags: SyntaxNode.Flags, isGiven: Bool = true) {
        let node = tree[target]
        switch node.kind {
        case .name: giveName(value, node, flags, isGiven: isGiven)
        case .member: giveMember(value, target, node)
        case .index:
            guard let object = tree.child(0, of: target) else { return }
            var isFirst = takesFirst(object)
            for child in tree.children(of: target).dropFirst() {
                walk(child)
                isFirst = isFirst || tree[child].kind == .literal && tree.bytes(of: tree[child]).elementsEqual("0".utf8)
            }
            giveElement(value, to: object, isFirst: isFirst)
        case .collection: takeApart(value, target, node, flags)
        case .argument, .pair:
            if let last = tree.child(node.kind == .pair ? 1 : 0, of: target) { give(value, to: last, flags) }
        default: walk(target)
        }
    }

    private mutating func takeApart(_ value: ValueID, _ target: NodeID, _ node: SyntaxNode, _ flags: SyntaxNode.Flags) {
        let children = Array(tree.children(of: target))
        for (number, child) in children.enumerated() {
            let part: ValueID
            if node.flags.contains(.map) {
                // `{ client, other: name } = value`: members by their names.
                let key = tree[child].kind == .pair ? tree.child(0, of: child) ?? child : child
                part = memberValue(value, tree[key].name, tree.nameBytes(of: tree[key]))
            } else if flags.contains(.element), children.count > 1 {
                let own = flow.values.derived(.part, value, Int32(number))
                part = number == children.count - 1 ? flow.values.choice(value, own) : own
            } else {
                part = flow.values.derived(.part, value, Int32(number))
            }
            give(part, to: child, flags.subtracting(.element))
        }
    }

    /// - Parameter isFirst: of a list, it is the first element: the name, where the list is a command's words.
    private mutating func giveElement(_ value: ValueID, to object: NodeID, isFirst: Bool) {
        var held = flow.values.derived(.elements, value)
        if isFirst, flow.values[value].kind == .text { held = tuple([value]) }
        let node = tree[object]
        let known = self.value(object)
        guard !flow.values.isDead(value) else { return }
        if node.kind == .name {
            giveName(flow.values.choice(known, held), node, [])
        } else if node.kind == .member {
            giveMember(held, object, node)
        }
    }

    private mutating func giveMember(_ value: ValueID, _ target: NodeID, _ node: SyntaxNode) {
        guard let object = tree.child(0, of: target) else { return }
        let base = self.value(object)
        noteMemberOfCommon(object, node.name, value)
        if flow.values[base].kind == .instance {
            if node.name == MemberNames.base {
                return flow.note(EntityKey.of(.bases, in: flow.values[base].key), value)
            }
            return flow.note(.field, in: flow.values[base].key, node.name, value)
        }
        guard !flow.values.isDead(value) else { return }
        if flow.values[base].kind == .module, flow.values[base].key == flow.scope.file {
            return flow.note(.variable, in: flow.scope.file, node.name, value)
        }
        flow.stores.append((base, node.name, value))
    }

    private mutating func giveName(
        _ value: ValueID, _ node: SyntaxNode, _ flags: SyntaxNode.Flags, isGiven: Bool = true
    ) {
        let name = node.name
        if node.flags.contains(.shared) {
            flow.note(
                .variable, in: flow.scope.project, name, value, written: Identifier(word: tree.nameBytes(of: node)))
        }
        if isFieldDeclaration(flags), let around = classes.last {
            flow.note(.field, in: around.key, name, value)
            giveObject(around.instance, to: value)
            return
        }
        if flags.contains(.declares) { return declareVariable(name, value) }
        let isOuter = functions.last?.outer.contains(name) ?? false
        if let index = scopes.find(name),
            !facts.assignmentDeclares || isOuter || scopes[index].functionDepth == scopes.functionDepth
        {
            return assign(value, to: index, name, isGiven: isGiven)
        }
        if isOuter || (!facts.assignmentDeclares && scopes.functionDepth > 0) { return giveOuter(value, name) }
        if let around = classes.last, around.functionDepth == scopes.functionDepth {
            flow.note(.field, in: around.key, name, value)
        }
        declareVariable(name, value)
    }

    /// A function that becomes a member is run on the object: `Store.prototype.open = open`.
    private mutating func giveObject(_ object: ValueID, to function: ValueID) {
        guard facts.functionsHaveObject, !flow.values.isDead(function) else { return }
        flow.arguments.append(FileFlow.Argument(callee: function, number: -1, name: .none, value: object))
    }

    private func isFieldDeclaration(_ flags: SyntaxNode.Flags) -> Bool { flags.contains(.field) }

    /// A name that no variable in sight has: one of the file, or a field.
    private mutating func giveOuter(_ value: ValueID, _ name: Identifier) {
        flow.note(.variable, in: flow.scope.ofVariables, name, value)
        if facts.membersAreNames, let around = classes.last {
            flow.note(.field, in: around.key, name, value)
        }
    }

    /// Another value for a variable that is there.
    private mutating func assign(_ value: ValueID, to index: Int, _ name: Identifier, isGiven: Bool) {
        let variable = scopes[index]
        let isSure = variable.functionDepth == scopes.functionDepth && variable.blockDepth >= scopes.blockDepth
        if variable.functionDepth != scopes.functionDepth, variable.functionDepth > 0 { _ = share(index) }
        if scopes[index].entity != 0 { flow.note(scopes[index].entity, value) }
        if variable.functionDepth == 0 { flow.note(.variable, in: flow.scope.ofVariables, name, value) }
        guard isGiven || flow.values.isDead(variable.value) else { return }
        guard isSure else { return scopes[index].value = flow.values.choice(variable.value, value) }
        if scopes.isOfSibling(variable) { scopes.keepValue(of: index) }
        scopes[index].value = value
        scopes[index].isEmpty = false
    }

    /// The elements of a list, or the keys of a map, are names of what others give the file's objects.
    private mutating func noteGivenNames(_ id: NodeID) {
        for child in tree.children(of: id) {
            let name = tree[child].kind == .pair ? tree.child(0, of: child) : child
            guard let name else { continue }
            let node = tree[name]
            switch node.kind {
            case .name: flow.givenNames.insert(Identifier(plain: tree.nameBytes(of: node)))
            case .literal: flow.givenNames.insert(Identifier(plain: tree.bytes(of: node)))
            default: continue
            }
        }
    }

    /// A list, tuple, map or object that is written out.
    mutating func collection(_ id: NodeID, _ node: SyntaxNode) -> ValueID {
        if node.flags.contains(.shared) { noteGivenNames(id) }
        if node.flags.contains(.comprehension) { scopes.push() }
        defer { if node.flags.contains(.comprehension) { scopes.pop() } }
        let hasMethods = node.flags.contains(.map) && tree.children(of: id).contains { isMethod($0) }
        if hasMethods {
            let key = objectKey(node)
            let instance = flow.values.id(of: FlowValue(kind: .instance, key: key))
            classes.append(ClassContext(key: key, instance: instance, functionDepth: scopes.functionDepth))
        }
        defer { if hasMethods { classes.removeLast() } }
        var values: [ValueID] = []
        var named: [(Identifier, ValueID)] = []
        for child in tree.children(of: id) {
            let part = tree[child]
            switch part.kind {
            case .pair:
                guard let key = tree.child(0, of: child), let held = tree.child(1, of: child) else { continue }
                if tree[key].kind != .name { walk(key) }
                noteName(held)
                let value = value(held)
                values.append(value)
                if let name = keyName(key) { named.append((name, value)) }
            case .bind where node.flags.contains(.comprehension): _ = bind(child, part)
            case .function where part.name != .none && node.flags.contains(.map):
                let value = self.value(child)
                named.append((part.name, value))
            default:
                let value = self.value(child)
                values.append(value)
                if node.flags.contains(.map), part.kind == .name { named.append((part.name, value)) }
            }
        }
        if facts.tablesAreObjects, !node.flags.contains(.tuple) { return object(node, named, values) }
        if node.flags.contains(.map), !named.isEmpty { return object(node, named, values) }
        if node.flags.contains(.tuple) { return tuple(values) }
        let element = values.reduce(ValueTable.unknown) { flow.values.choice($0, $1) }
        return flow.values.isDead(element) ? ValueTable.other : flow.values.derived(.elements, element)
    }

    /// A member of an object that is a function: what it calls on itself are the object's other members.
    private func isMethod(_ id: NodeID) -> Bool {
        let node = tree[id]
        if node.kind == .function { return node.name != .none }
        guard node.kind == .pair, let value = tree.child(1, of: id) else { return false }
        return tree[value].kind == .function
    }

    /// What an object that is written out is known by.
    private func objectKey(_ node: SyntaxNode) -> UInt64 {
        EntityKey.of(.anonymous, in: flow.scope.file, Identifier(hash: UInt64(UInt32(bitPattern: node.start)) + 1))
    }

    private func keyName(_ key: NodeID) -> Identifier? {
        let node = tree[key]
        if node.kind == .name { return node.name }
        return node.kind == .literal && node.flags.contains(.string) ? Identifier(tree.bytes(of: node)) : nil
    }

    /// An object with members that are written out.
    private mutating func object(_ node: SyntaxNode, _ named: [(Identifier, ValueID)], _ values: [ValueID]) -> ValueID {
        let isOpen = facts.tablesAreObjects && (values.isEmpty || node.flags.contains(.map))
        guard
            isOpen || values.contains(where: { !flow.values.isDead($0) })
                || named.contains(where: { !flow.values.isDead($0.1) })
        else { return ValueTable.other }
        let key = objectKey(node)
        for (name, value) in named { flow.note(.field, in: key, name, value) }
        for value in values { flow.note(EntityKey.of(.elements, in: key), value) }
        return flow.values.id(of: FlowValue(kind: .instance, key: key))
    }
}
