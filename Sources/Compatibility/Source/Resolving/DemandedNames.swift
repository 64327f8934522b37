/// The names that other files may have to say for what is not known here.
///
/// `app.store.redis.keys()` calls a client if `app.store` is an object that has one: the file that gives `store` its
/// value needs no client's name of its own, but it has the word `store`.
struct DemandedNames {
    private(set) var names: Set<Identifier> = []
    /// The functions' names by their parameters.
    private let parameters: [UInt64: Identifier]
    private var seen: [Bool]
    private var due: [ValueID] = []
    /// Variables, fields and parameters that hold nothing known, whose sources were not looked at.
    private var entities: Set<UInt64> = []
    private var seenEntities: Set<UInt64> = []

    /// How many variables and fields may pass a value on to each other.
    private static let maximumDepth = 8

    /// - Parameters:
    ///   - direct: the names by which files can come by a client itself.
    ///   - parameters: the functions' names by their parameters.
    init(_ solver: inout Solver, direct: Set<Identifier>, parameters: [UInt64: Identifier]) {
        self.parameters = parameters
        seen = [Bool](repeating: false, count: solver.values.count)
        for id in 0..<ValueID(solver.values.count) {
            let value = solver.values[id]
            guard value.kind == .member, direct.contains(value.name), solver.isUndecided(id) else { continue }
            follow(value.a, solver)
        }
        for _ in 0..<Self.maximumDepth where !entities.isEmpty {
            let reached = entities
            entities = []
            for source in solver.sources where reached.contains(source.entity) { follow(source.value, solver) }
        }
    }

    private mutating func follow(_ id: ValueID, _ solver: borrowing Solver) {
        due.append(id)
        while let id = due.popLast() {
            guard !seen[Int(id)] else { continue }
            seen[Int(id)] = true
            if solver.isUndecided(id) { demand(solver.values[id], solver) }
        }
    }

    /// What a value that is not known comes from.
    private mutating func demand(_ value: FlowValue, _ solver: borrowing Solver) {
        switch value.kind {
        case .global, .libraryNamed: names.insert(value.name)
        case .imported:
            names.insert(value.name)
            if let module = solver.moduleName(of: value) { names.formUnion(module) }
        case .member, .memberByName:
            names.insert(value.name)
            due.append(value.a)
            for object in solver.known(value.a) where object.kind == .instance || object.kind == .classObject {
                reach(EntityKey.of(.field, in: object.key, value.name))
            }
        case .result, .element, .made, .part, .elements: due.append(value.a)
        case .choice: due += [value.a, value.b]
        case .entity:
            if let function = parameters[value.key] { names.insert(function) }
            reach(value.key)
        default: break
        }
    }

    private mutating func reach(_ entity: UInt64) {
        if seenEntities.insert(entity).inserted { entities.insert(entity) }
    }
}

extension Solver {
    /// Nothing of a client is known of a value.
    func isUndecided(_ id: ValueID) -> Bool {
        let set = evaluation.sets[evaluation.present(id)]
        return set.isEmpty || set == [ValueTable.other]
    }

    /// What a value is known to be.
    fileprivate func known(_ id: ValueID) -> [FlowValue] { evaluation.sets[evaluation.present(id)].map { values[$0] } }

    /// The names of the module that something is imported from.
    func moduleName(of value: FlowValue) -> [Identifier]? {
        guard let number = fileNumbers[value.key] else { return nil }
        let modules = files[number].names.modules
        guard modules.indices.contains(Int(value.a)) else { return nil }
        return modules[Int(value.a)].split { "./\\:".contains($0) }.suffix(2).map { Identifier(String($0)) }
    }
}
