// Strings and lists that a program puts together before it sends them, in languages whose commands are strings:
// `snprintf(line, size, "KEYS %s", pattern)`, `words.push_back("KEYS")`, `line << "KEYS " << pattern`.
//
// What counts is how such a thing begins: with the name of the command.

extension FlowWalker {
    /// A function or method that puts its arguments into something.
    mutating func build(_ id: NodeID, _ callee: NodeID, _ given: [ValueID]) {
        guard facts.stringsAreFormats else { return }
        let name = tree[callee].name
        if tree[callee].kind == .member, let object = tree.child(0, of: callee), tree[object].kind != .opaque {
            if BuildingNames.adding.contains(name), let first = given.first {
                add(BuildingNames.toList.contains(name) ? listOf(first) : first, to: object)
            } else if BuildingNames.emptying.contains(name), given.isEmpty {
                empty(object)
            }
        }
        guard let target = tree.child(1, of: id) else { return }
        if let number = BuildingNames.filling[name], number < given.count {
            fill(target, with: formatted(id, number, given))
        } else if BuildingNames.joining.contains(name), given.count > 1 {
            add(given[1], to: target)
        }
    }

    /// What a function gives that makes a string or an iterator of its argument: `fmt::format("KEYS {}", pattern)`.
    func built(_ id: NodeID, _ callee: NodeID, _ given: [ValueID]) -> ValueID? {
        guard facts.stringsAreFormats else { return nil }
        let name = tree[callee].name
        let number = BuildingNames.ofFirst.contains(name) ? 0 : BuildingNames.ofSecond.contains(name) ? 1 : nil
        guard let number, number < given.count else { return nil }
        let value = formatted(id, number, given)
        return flow.values.isDead(value) ? nil : value
    }

    /// `std::string s("KEYS ")`, `std::vector<std::string> words{"KEYS", pattern}`.
    mutating func built(ofType type: NodeID, _ given: [ValueID]) -> ValueID? {
        guard facts.stringsAreFormats, let first = given.first else { return nil }
        let name = tree[type].name
        if BuildingNames.strings.contains(name) { return flow.values.isDead(first) ? nil : first }
        return BuildingNames.lists.contains(name) ? tuple(given) : nil
    }

    /// `"KEYS " + pattern`: what the first operand is, if it is the beginning of a command.
    mutating func beginning(ofConcatenation values: [ValueID]) -> ValueID {
        guard facts.stringsAreFormats, let first = values.first else { return ValueTable.other }
        return first == ValueTable.unknown ? ValueTable.other : first
    }

    /// `target << value`, `target += value`: the target.
    mutating func added(_ id: NodeID) -> ValueID {
        guard let target = tree.child(0, of: id), let value = tree.child(1, of: id) else { return ValueTable.unknown }
        let known = self.value(target)
        let given = self.value(value)
        add(given, to: target)
        return known
    }

    /// A variable that is declared holds nothing so far.
    mutating func noteEmpty(_ target: NodeID, _ value: NodeID?) {
        guard facts.stringsAreFormats, tree[target].kind == .name, let index = scopes.find(tree[target].name),
            value.map(isEmpty) ?? true
        else { return }
        scopes[index].isEmpty = true
    }

    /// Something is put into an element of a list that has none so far: `argv[count++] = "KEYS"`.
    mutating func takesFirst(_ object: NodeID) -> Bool {
        guard facts.stringsAreFormats, let index = builder(object) else { return false }
        defer { scopes[index].isEmpty = false }
        return scopes[index].isEmpty
    }

    private func isEmpty(_ id: NodeID) -> Bool {
        let node = tree[id]
        switch node.kind {
        case .literal: return node.flags.contains(.string) && node.end <= node.start
        case .collection: return tree.child(0, of: id) == nil
        case .new: return tree.child(1, of: id) == nil
        default: return false
        }
    }

    /// The variable of the present function that a node names, or the place in it: `line + length`.
    private func builder(_ id: NodeID) -> Int? {
        var id = id
        while [.concatenation, .cast, .bind].contains(tree[id].kind) {
            guard let inner = tree.child(tree[id].kind == .cast ? 1 : 0, of: id) else { return nil }
            id = inner
        }
        guard tree[id].kind == .name, let index = scopes.find(tree[id].name),
            scopes[index].functionDepth == scopes.functionDepth
        else { return nil }
        return index
    }

    /// Puts a value behind what is there: only the first says which command it is.
    private mutating func add(_ value: ValueID, to target: NodeID) {
        guard let index = builder(target), scopes[index].isEmpty else { return }
        scopes[index].isEmpty = false
        scopes[index].value = flow.values.choice(scopes[index].value, value)
    }

    private mutating func empty(_ target: NodeID) {
        guard let index = builder(target) else { return }
        scopes[index].isEmpty = true
        scopes[index].value = ValueTable.other
    }

    private mutating func fill(_ target: NodeID, with value: ValueID) {
        switch tree[target].kind {
        case .name, .member: give(value, to: target, [])
        default: add(value, to: target)
        }
    }

    /// An argument that is the format of others; `"%s %s"` begins with the one behind it.
    private func formatted(_ id: NodeID, _ number: Int, _ given: [ValueID]) -> ValueID {
        guard number + 1 < given.count, let format = tree.child(number + 1, of: id), tree[format].kind == .literal,
            ["%s", "{}"].contains(where: { tree.bytes(of: tree[format]).starts(with: $0.utf8) })
        else { return given[number] }
        return given[number + 1]
    }

    private mutating func listOf(_ first: ValueID) -> ValueID { flow.values.isDead(first) ? first : tuple([first]) }
}

/// What functions, methods and types are called that make strings and lists.
private enum BuildingNames {
    /// Methods that put their argument behind what is there.
    static let adding = set(["push_back", "emplace_back", "append", "push", "add", "Append", "Add", "<<"])
    static let toList = set(["push_back", "emplace_back", "push", "add", "Add"])
    static let emptying = set(["clear", "reset"])

    /// Functions that write a string into their first argument, and the number of the argument that it begins with.
    static let filling: [Identifier: Int] = {
        var numbers: [Identifier: Int] = [:]
        for name in [
            "sprintf", "vsprintf", "asprintf", "vasprintf", "xasprintf", "strcpy", "strncpy", "strlcpy", "stpcpy",
        ] {
            numbers[Identifier(name)] = 1
        }
        for name in ["snprintf", "vsnprintf", "g_snprintf", "sprintf_s", "strcpy_s", "_snprintf", "scnprintf"] {
            numbers[Identifier(name)] = 2
        }
        return numbers
    }()

    /// Functions that put their second argument behind their first.
    static let joining = set(["strcat", "strncat", "strlcat"])

    /// Functions that make a string, or an iterator, that begins as their first argument does.
    static let ofFirst = set([
        "string", "string_view", "StringPiece", "QString", "QByteArray", "begin", "cbegin", "data", "move", "forward",
        "format", "Format", "StrCat", "StrFormat", "StringPrintf", "strdup", "g_strdup", "xstrdup", "g_strdup_printf",
        "g_string_new", "sdsnew", "sdsdup", "Substitute", "str_format", "string_format", "stringf", "to_sds", "concat",
    ])
    static let ofSecond = set([
        "sdscat", "sdscatprintf", "sdscatfmt", "talloc_asprintf", "talloc_strdup", "apr_psprintf",
    ])

    static let strings = set([
        "string", "String", "string_view", "QString", "QByteArray", "wstring", "StringPiece", "ostringstream",
        "stringstream", "sds",
    ])
    static let lists = set([
        "vector", "list", "deque", "array", "initializer_list", "QStringList", "QList", "QVector", "span",
    ])

    private static func set(_ names: [String]) -> Set<Identifier> { Set(names.map(Identifier.init)) }
}
