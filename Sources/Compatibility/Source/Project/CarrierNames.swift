/// The names by which other files can come by the clients of those that were read.
struct CarrierNames {
    /// The names under which files can come by an entity.
    private var named: [FileFlow.Named] = []
    /// Libraries that some files import for all others.
    private var sharedLibraries: Set<Int> = []

    mutating func add(_ flow: FileFlow) {
        named += flow.named
        sharedLibraries.formUnion(flow.sharedLibraries)
    }

    func names(_ solver: inout Solver) -> Set<Identifier> {
        var names = solver.unknownCallees()
        for library in sharedLibraries { names.formUnion(ClientIndex.shared.exports(of: library).keys) }
        let leading = LeadingEntities(solver.evaluation, solver.values, named)
        for named in named where leading.contains(named.entity) { names.insert(named.name) }
        return names
    }
}

/// The entities that lead to a client: that are one, give one, or have one in a field.
private struct LeadingEntities {
    private let evaluation: Evaluation
    private let values: ValueTable
    private var entities: [Bool]
    /// The classes with a field that leads to one.
    private var classes: Set<UInt64> = []

    init(_ evaluation: Evaluation, _ values: ValueTable, _ named: [FileFlow.Named]) {
        self.evaluation = evaluation
        self.values = values
        entities = [Bool](repeating: false, count: evaluation.entitySets.count)
        var undecided = entities.indices.filter { mayLead(set: evaluation.entitySets[$0]) }
        for _ in 0..<8 where spread(&undecided, named) {}
    }

    func contains(_ key: UInt64) -> Bool { evaluation.entities[key].map { entities[Int($0)] } ?? false }

    /// True if more was found.
    private mutating func spread(_ undecided: inout [Int], _ named: [FileFlow.Named]) -> Bool {
        var rest: [Int] = []
        for number in undecided {
            if leads(set: evaluation.entitySets[number]) { entities[number] = true } else { rest.append(number) }
        }
        guard rest.count < undecided.count else { return false }
        undecided = rest
        for named in named where named.owner != 0 && contains(named.entity) { classes.insert(named.owner) }
        return true
    }

    /// Something in the set can lead anywhere at all.
    private func mayLead(set: Int32) -> Bool {
        evaluation.sets[set].contains { id in
            switch values[id].kind {
            case .other, .text, .module, .library: false
            default: true
            }
        }
    }

    private func leads(set: Int32) -> Bool {
        evaluation.sets[set].contains { leads(values[$0], depth: 0) }
    }

    private func leads(_ value: FlowValue, depth: Int) -> Bool {
        switch value.kind {
        case .client, .clientClass, .clientFunction, .clientMember: true
        case .function: contains(EntityKey.of(.result, in: value.key))
        case .instance, .classObject: contains(EntityKey.of(.bases, in: value.key)) || classes.contains(value.key)
        case .elements, .tuple, .passing:
            depth < 4 && evaluation.sets[evaluation.present(value.a)].contains { leads(values[$0], depth: depth + 1) }
        default: false
        }
    }
}
