// Members of objects that a framework hands to all functions of a program: `res.locals.redis`, `app.get("redis")`.

extension FlowWalker {
    private static let set = Identifier("set")
    private static let get = Identifier("get")

    /// What all files of the project know by the name of such an object.
    private func common(_ object: Identifier) -> UInt64 { EntityKey.of(.anonymous, in: flow.scope.project, object) }

    /// The name of such an object; nil for any other.
    private func commonName(_ object: NodeID, in names: Set<Identifier>) -> Identifier? {
        let node = tree[object]
        guard !names.isEmpty, node.kind == .name || node.kind == .member, names.contains(node.name) else { return nil }
        return node.name
    }

    /// A member, and what any file has given to the member of that name.
    mutating func memberOfCommon(_ object: NodeID, _ name: Identifier, _ member: ValueID) -> ValueID {
        guard let common = commonName(object, in: facts.commonObjects) else { return member }
        return flow.values.choice(member, entity(EntityKey.of(.field, in: self.common(common), name)))
    }

    /// A member of such an object is given a value.
    mutating func noteMemberOfCommon(_ object: NodeID, _ name: Identifier, _ value: ValueID) {
        guard let common = commonName(object, in: facts.commonObjects), !flow.values.isDead(value) else { return }
        flow.note(.field, in: self.common(common), name, value)
    }

    /// `app.set("redis", client)` keeps a value under a string; `app.get("redis")` gives it.
    mutating func kept(
        _ call: NodeID, _ callee: SyntaxNode, in object: NodeID, object store: ValueID, result: ValueID
    ) -> ValueID {
        guard callee.name == Self.set || callee.name == Self.get,
            let keeper = commonName(object, in: facts.commonStores),
            let first = tree.child(1, of: call), tree[first].kind == .literal, tree[first].flags.contains(.string)
        else { return result }
        let name = Identifier(tree.bytes(of: tree[first]))
        let second = tree.child(2, of: call)
        if callee.name == Self.get {
            guard second == nil else { return result }
            let member = memberValue(store, name, tree.bytes(of: tree[first]))
            let held = flow.values.choice(entity(EntityKey.of(.field, in: common(keeper), name)), member)
            return flow.values.choice(result, held)
        }
        if let second, tree[second].kind == .name || tree[second].kind == .member {
            let given = value(second)
            if !flow.values.isDead(given) { flow.note(.field, in: common(keeper), name, given) }
        }
        return result
    }
}
