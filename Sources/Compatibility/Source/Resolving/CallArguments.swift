/// The arguments of a call, and what the source shows of their values.
struct CallArguments {
    /// One argument.
    struct Argument {
        let whole: NodeID
        let value: NodeID
        /// Its place among all arguments, from 0.
        let number: Int
        /// Its name, if it has one (`ex=10`, `nx: true`, `"ex" => 10`).
        var name: String?
        /// It stands for several.
        var isSpread = false
    }

    /// What the source shows of a value.
    enum Literal {
        case bytes([UInt8])
        case flag(Bool)
        case nothing
        case list(NodeID)
        case map(NodeID)
    }

    let tree: SyntaxTree
    let type: ClientTable.ClientType
    /// The arguments in their order, without the named ones.
    private(set) var positional: [Argument] = []
    private(set) var named: [Argument] = []
    /// A block is behind the parentheses.
    private(set) var hasBlock = false

    /// - Parameters:
    ///   - first: the number of the first argument that counts.
    ///   - skipsObject: the first argument is the object that the method is called on.
    init(
        _ call: ReportedCall, _ tree: SyntaxTree, _ index: ClientIndex, _ type: ClientTable.ClientType,
        from first: Int? = nil, skipsObject: Bool = false
    ) {
        self.tree = tree
        self.type = type
        let skipped = index.table.libraries[type.library].skipped
        for (number, child) in tree.children(of: call.node).dropFirst().enumerated() {
            let node = tree[child]
            if node.kind == .classDeclaration || number < first ?? 0 { continue }
            if node.kind == .function || node.kind == .argument, node.flags.contains(.trailing) {
                hasBlock = true
                continue
            }
            var argument = Argument(whole: child, value: child, number: number)
            if node.kind == .argument {
                argument = Argument(whole: child, value: tree.child(0, of: child) ?? child, number: number)
                if node.nameEnd > node.nameStart {
                    argument.name = String(decoding: tree.nameBytes(of: node), as: UTF8.self)
                }
                argument.isSpread = node.flags.contains(.spread)
            }
            if !skipped.isEmpty, mentions(child, skipped) { continue }
            if argument.name == nil { positional.append(argument) } else { named.append(argument) }
        }
        if skipsObject, !positional.isEmpty { positional.removeFirst() }
        if type.skipsFirst, first == nil, !positional.isEmpty { positional.removeFirst() }
    }

    /// The elements of a list that is written out, as if they were arguments.
    init(elementsOf list: NodeID, _ tree: SyntaxTree, _ type: ClientTable.ClientType) {
        self.tree = tree
        self.type = type
        positional = tree.children(of: list).enumerated().map { number, child in
            var argument = Argument(whole: child, value: child, number: number)
            guard tree[child].kind == .argument else { return argument }
            argument = Argument(whole: child, value: tree.child(0, of: child) ?? child, number: number)
            argument.isSpread = tree[child].flags.contains(.spread)
            return argument
        }
    }

    /// How many there are, as the tables' lines ask.
    var count: Int { positional.count + named.count + (hasBlock ? 1 : 0) + (type.isBound ? 1 : 0) }

    /// One of the names is written in an argument.
    private func mentions(_ id: NodeID, _ names: [String]) -> Bool {
        visit(id) { node in
            node.nameEnd > node.nameStart && names.contains(String(decoding: tree.nameBytes(of: node), as: UTF8.self))
        }
    }

    /// True where `test` is of a node at or below another, closures left out.
    func visit(_ id: NodeID, _ test: (SyntaxNode) -> Bool) -> Bool {
        var pending = [id]
        var steps = 0
        while let next = pending.popLast(), steps < 200 {
            steps += 1
            if test(tree[next]) { return true }
            if tree[next].kind != .function { pending += tree.children(of: next) }
        }
        return false
    }

    /// An argument says that nothing is sent: `transaction=False`, `Redis::PIPELINE`, a function instead of a script; or
    /// none says that something is: `allEntries = true`.
    func isSilenced(_ method: ClientTable.Method) -> Bool {
        if let word = method.onlyIf {
            return !named.contains { argument in
                guard argument.name == word, case .flag(true)? = literal(argument.value) else { return false }
                return true
            }
        }
        guard let word = method.unless else { return false }
        if word == "lambda" {
            return hasBlock || (positional + named).contains { isFunction($0.value) }
        }
        for (index, argument) in (positional + named).enumerated() {
            let node = tree[argument.value]
            if node.kind == .name || node.kind == .member, node.name == Identifier(word) { return true }
            let isNamed = argument.name == word || (argument.name == nil && index == 0)
            if isNamed, case .flag(false)? = literal(argument.value) { return true }
            if case .map(let map)? = literal(argument.value), isFalse(word, in: map) { return true }
        }
        return false
    }

    private func isFunction(_ id: NodeID) -> Bool {
        visit(id) { node in
            node.kind == .function || node.kind == .classDeclaration
                || (node.kind == .type || node.kind == .name)
                    && String(decoding: tree.nameBytes(of: node), as: UTF8.self).hasSuffix("Callback")
        } || { if case .function = tree[id].kind { true } else { false } }()
    }

    private func isFalse(_ word: String, in map: NodeID) -> Bool {
        tree.children(of: map).contains { pair in
            guard tree[pair].kind == .pair, let key = tree.child(0, of: pair), let held = tree.child(1, of: pair) else {
                return false
            }
            return keyText(key) == word && tree[held].flags.contains(.no)
        }
    }

    /// A name or string as the key of a map.
    func keyText(_ key: NodeID) -> String? {
        let node = tree[key]
        if node.kind == .name { return String(decoding: tree.nameBytes(of: node), as: UTF8.self) }
        guard node.kind == .literal, node.flags.contains(.string) else { return nil }
        return String(decoding: tree.bytes(of: node), as: UTF8.self)
    }

    /// What the source shows of a value; nil where only the program knows.
    func literal(_ id: NodeID) -> Literal? {
        let node = tree[id]
        switch node.kind {
        case .literal:
            if node.flags.contains(.yes) { return .flag(true) }
            if node.flags.contains(.no) { return .flag(false) }
            if node.flags.contains(.nothing) { return .nothing }
            return .bytes(node.flags.contains(.number) ? number(node) : decoded(node))
        case .collection:
            if node.flags.contains(.comprehension) { return nil }
            return node.flags.contains(.map) ? .map(id) : .list(id)
        case .concatenation: return joined(id)
        case .call: return encoded(id)
        case .cast: return tree.child(1, of: id).flatMap(literal)
        default: return nil
        }
    }

    /// The bytes that a literal string stands for.
    func decoded(_ node: SyntaxNode) -> [UInt8] { StringDecoder.bytes(of: node, in: tree.text).bytes }

    /// A number as Redis gets it, without underscores and the letter of its type.
    private func number(_ node: SyntaxNode) -> [UInt8] {
        var bytes = tree.bytes(of: node).filter { $0 != SourceByte.underscore }
        if let last = bytes.last, !SourceByte.isDigit(last), !(bytes.count > 1 && SourceByte.small(bytes[1]) == 0x78) {
            bytes.removeLast()
        }
        return bytes
    }

    private func joined(_ id: NodeID) -> Literal? {
        var bytes: [UInt8] = []
        for child in tree.children(of: id) {
            guard case .bytes(let part)? = literal(child) else { return nil }
            bytes += part
        }
        return .bytes(bytes)
    }

    /// `"key".getBytes()`, `"key".encode()`.
    private func encoded(_ id: NodeID) -> Literal? {
        guard let callee = tree.child(0, of: id), tree[callee].kind == .member, let object = tree.child(0, of: callee),
            tree[object].kind == .literal, Self.encoders.contains(tree[callee].name)
        else { return nil }
        return literal(object)
    }

    private static let encoders = Set(["getBytes", "encode", "toByteArray", "b"].map(Identifier.init))
}
