// Files of a project that are a client library: what is imported from them is what the library's table says.

extension FlowWalker {
    /// Exports the library's class besides what the file says of itself.
    ///
    /// A library that makes its methods as they are called for, or of a list of commands' names, shows none of them.
    mutating func exportLibrary() {
        guard facts.tablesAreObjects, isNamedAfterRedis, makesMethods else { return }
        let makers = makers
        let exports = index.libraries(of: facts.name).compactMap { index.export(MemberNames.standard, of: $0) }
        let export = exports.first { export in
            index.table.types[export.type].speaksCommands
                && makers.contains { index.line($0, on: export.type, isStatic: true, argumentCount: .max) != nil }
        }
        guard let export else { return }
        flow.note(.variable, in: flow.scope.file, MemberNames.standard, flow.values.id(of: FlowValue(export)))
    }

    /// The functions of the file that may make a client.
    private var makers: [Identifier] {
        Self.makerNames.filter { name in
            tree.nodes.contains { node in
                guard node.kind == .bind || node.kind == .pair, !node.firstChild.isNone else { return false }
                return tree[node.firstChild].name == name
            }
        }
    }

    private static let makerNames = [Identifier("new"), Identifier("connect")]

    private var isNamedAfterRedis: Bool {
        let name = ModuleFinder.parts(of: flow.scope.path).stem.lowercased()
        return name.contains("redis") || name.contains("valkey")
    }

    /// The file makes methods that are named after commands: of what `__index` is asked for, or of a list.
    private var makesMethods: Bool {
        var (isAsked, isMadeUpper) = (false, false)
        for (number, node) in tree.nodes.enumerated() {
            let id = NodeID(index: Int32(number))
            switch node.kind {
            case .member, .name: isMadeUpper = isMadeUpper || node.name == Self.upper
            case .pair, .bind:
                guard let key = tree.child(0, of: id), let value = tree.child(1, of: id) else { continue }
                isAsked = isAsked || tree[key].name == Self.index && tree[value].kind == .function
            case .collection: if isListOfCommands(id) { return true }
            default: continue
            }
        }
        return isAsked && isMadeUpper
    }

    private static let index = Identifier("__index")
    private static let upper = Identifier("upper")

    /// So many names of commands make a list of them.
    private static let leastCommands = 8

    private func isListOfCommands(_ id: NodeID) -> Bool {
        var count = 0
        for child in tree.children(of: id) {
            let node =
                tree[child].kind == .pair ? tree.child(0, of: child).map { tree[$0] } ?? tree[child] : tree[child]
            let bytes = node.kind == .name ? tree.nameBytes(of: node) : tree.bytes(of: node)
            guard bytes.count < 24, index.command(plain: Identifier(plain: bytes)) != nil else { continue }
            count += 1
            if count == Self.leastCommands { return true }
        }
        return false
    }
}
