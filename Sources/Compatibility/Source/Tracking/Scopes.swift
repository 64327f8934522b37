/// The variables that are in sight, innermost last, and what is known of the fields and functions of the file.
///
/// Only names that matter are kept: those of clients, and those that could be mistaken for one.
struct Scopes {
    enum Kind { case file, type, function, block }

    struct Scope {
        var kind: Kind
        /// The index of its first variable.
        var start: Int
        /// The column of the word that begins it (Python).
        var indentation = 0
        /// What the function is called.
        var name = Symbol.none
        /// The number of the class that it is in; 0 outside of any.
        var type = 0
    }

    private struct Variable {
        let key: Int32
        var value: Value
    }

    struct Field {
        var value: Value
        /// What stood before the dot where it was given a value.
        var base: Symbol
    }

    private var variables: [Variable] = []
    /// Where the variables of each key are, the innermost last.
    private var places: [Int32: [Int]] = [:]
    private(set) var scopes = [Scope(kind: .file, start: 0)]
    /// Fields by class and name, functions by name: what the first pass found serves the second.
    private var fields: [Int64: Field] = [:]
    private var fieldsOfAnyType: [Symbol: Field] = [:]
    private var functions: [Symbol: Value] = [:]
    /// Variables of the file that a function gives a client, by their keys.
    private var shared: [Int32: Value] = [:]
    private var typeCount = 0

    var innermost: Scope { scopes[scopes.count - 1] }

    /// Forgets all variables, but not the fields and functions.
    mutating func restart() {
        variables.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        scopes = [Scope(kind: .file, start: 0)]
        typeCount = 0
    }

    mutating func push(_ kind: Kind, name: Symbol = .none, indentation: Int = 0) {
        var scope = innermost
        scope.kind = kind
        scope.start = variables.count
        scope.indentation = indentation
        if kind != .block { scope.name = name }
        if kind == .type {
            typeCount += 1
            scope.type = typeCount
        }
        scopes.append(scope)
    }

    mutating func pop() {
        guard scopes.count > 1, let scope = scopes.popLast() else { return }
        for variable in variables[scope.start...].reversed() { places[variable.key]?.removeLast() }
        variables.removeSubrange(scope.start...)
    }

    /// Drops scopes down to `depth`.
    mutating func pop(to depth: Int) {
        while scopes.count > max(1, depth) { pop() }
    }

    /// Ends the blocks of Python that a line at this column is no longer in.
    mutating func endScopes(at indentation: Int) {
        while scopes.count > 1, innermost.indentation >= indentation { pop() }
    }

    /// The function or file around, not the blocks in it.
    private var body: Int { scopes.lastIndex { $0.kind != .block } ?? 0 }

    var isInFunction: Bool { scopes.contains { $0.kind == .function } }

    /// Neither a function nor a class is around.
    var isInFileAlone: Bool { innermost.type == 0 && !isInFunction }

    /// The innermost scope is a class's, and no function in it.
    var isInTypeAlone: Bool { innermost.type > 0 && !isInFunction }

    /// The innermost function's name.
    var functionName: Symbol { innermost.name }

    func variable(_ key: Int32) -> Value? { places[key]?.last.map { variables[$0].value } }

    /// Gives a variable a value: a new variable of the innermost block, or one that is in sight, or a new one of the
    /// function.
    mutating func bind(_ key: Int32, to value: Value, isNew: Bool, reachesOut: Bool) {
        let first = isNew ? innermost.start : reachesOut ? 0 : scopes[body].start
        if let known = places[key]?.last, known >= first {
            variables[known].value = value
            if value.isTracked, isInFunction, known < scopes[1].start { shared[key] = value }
            return
        }
        let place = isNew ? scopes.count - 1 : body
        let index = place + 1 < scopes.count ? scopes[place + 1].start : variables.count
        variables.insert(Variable(key: key, value: value), at: index)
        if index == variables.count - 1 { places[key, default: []].append(index) } else { findPlaces() }
        for later in (place + 1)..<max(place + 1, scopes.count) { scopes[later].start += 1 }
    }

    /// Notes anew where all variables are.
    private mutating func findPlaces() {
        places.removeAll(keepingCapacity: true)
        for (index, variable) in variables.enumerated() { places[variable.key, default: []].append(index) }
    }

    /// What a function of the file, perhaps one below, gives the file's variable.
    func sharedVariable(_ key: Int32) -> Value? { shared[key] }

    private func fieldKey(_ name: Symbol) -> Int64 { Int64(innermost.type) << 32 | Int64(name.number) }

    mutating func bindField(_ name: Symbol, to value: Value, base: Symbol) {
        fields[fieldKey(name)] = Field(value: value, base: base)
        guard value.isTracked else { return }
        fieldsOfAnyType[name] = Field(value: value, base: base)
    }

    /// A field of the present class.
    func field(_ name: Symbol) -> Field? { fields[fieldKey(name)] }

    /// A field of any class of the file, if it is a client in one.
    func fieldOfAnyType(_ name: Symbol) -> Field? { fieldsOfAnyType[name] }

    mutating func bindFunction(_ name: Symbol, to value: Value) {
        if name != .none { functions[name] = value }
    }

    func function(_ name: Symbol) -> Value? { functions[name] }
}
