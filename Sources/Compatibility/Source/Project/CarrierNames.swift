/// The names by which other files can come by the clients of those that were read.
struct CarrierNames {
    /// The names under which files can come by an entity.
    private var named: [FileFlow.Named] = []
    /// Libraries that some files import for all others.
    private var sharedLibraries: Set<Int> = []

    mutating func add(_ flow: FileFlow) {
        for named in flow.named {
            let name = named.name == MemberNames.standard && named.owner == 0 ? Self.name(of: flow.scope) : named.name
            self.named.append(FileFlow.Named(name: name, entity: named.entity, owner: named.owner))
        }
        sharedLibraries.formUnion(flow.sharedLibraries)
    }

    /// The last word of a file's name, or of its folder's: others come by what it exports by its path.
    private static func name(of scope: FileScope) -> Identifier {
        let (folder, stem) = ModuleFinder.parts(of: scope.path)
        let name = scope.facts.indexNames.contains(stem) ? ModuleFinder.parts(of: folder).stem : stem
        let word = name.utf8.reversed().prefix { SourceByte.continuesName($0) }
        return word.isEmpty ? MemberNames.standard : Identifier(String(decoding: word.reversed(), as: UTF8.self))
    }

    /// A filter for files that can come by a client.
    ///
    /// A call of a client needs a name that holds or gives one. A file without such a name matters only where it says what
    /// another one lacks: it has a name of an object that has a client somewhere, and one that is asked for.
    func filter(_ solver: inout Solver) -> CarrierFilter {
        let named = named + solver.givenFields
        let clients = LeadingEntities(solver.evaluation, solver.values, named, throughFields: false)
        let objects = LeadingEntities(solver.evaluation, solver.values, named, throughFields: true)
        let functions = FunctionNames(named, solver)
        var direct = solver.unknownCallees()
        for library in sharedLibraries { direct.formUnion(ClientIndex.shared.exports(of: library).keys) }
        direct.formUnion(functions.names(lending: clients, &solver))
        var (indirect, weak): (Set<Identifier>, Set<Identifier>) = ([], [])
        for named in named {
            if clients.contains(named.entity) {
                let name = functions.name(of: named, solver)
                if name == named.name { direct.insert(name) } else { weak.formUnion([name, named.name]) }
            } else if objects.contains(named.entity) {
                indirect.insert(functions.name(of: named, solver))
            }
        }
        weak.subtract(direct)
        direct.formUnion(weak)
        let demanded = DemandedNames(&solver, direct: direct, parameters: functions.ofParameters)
        let telling = ClientIndex.shared.tellingCommands.union(solver.evaluation.names.clientNames)
        return CarrierFilter(
            direct: direct, weak: weak, indirect: indirect, demanded: demanded.names,
            telling: NameFilter(telling, isPlain: true))
    }
}

/// The names of a project's functions; those of constructors are their classes'.
private struct FunctionNames {
    /// By the keys of the functions' parameters.
    private(set) var ofParameters: [UInt64: Identifier] = [:]
    private var ofClasses: [UInt64: Identifier] = [:]
    private var constructors: Set<UInt64> = []

    init(_ named: [FileFlow.Named], _ solver: Solver) {
        for named in named {
            for value in solver.known(of: named.entity) where value.kind == .classObject {
                ofClasses[value.key] = named.name
            }
            guard named.name == MemberNames.constructor else { continue }
            constructors.insert(named.entity)
            for value in solver.known(of: named.entity) where value.kind == .function { constructors.insert(value.key) }
        }
        for named in named {
            for value in solver.known(of: named.entity) where value.kind == .function {
                let name = name(of: named, solver)
                for number in Self.parameters { ofParameters[EntityKey.parameter(number, of: value.key)] = name }
            }
        }
    }

    /// The object that a closure is run on, the first arguments, and a block.
    private static let parameters = Array(-1..<10) + [Int(FileFlow.Argument.trailing)]

    /// The name by which files speak of something: of a class, where it is a constructor under whatever name.
    func name(of named: FileFlow.Named, _ solver: Solver) -> Identifier {
        guard named.owner != 0, let name = ofClasses[named.owner] else { return named.name }
        let isConstructor =
            constructors.contains(named.entity)
            || solver.known(of: named.entity).contains { $0.kind == .function && constructors.contains($0.key) }
        return isConstructor ? name : named.name
    }

    /// The functions that call what they are given with a client, and those that send what they are given.
    func names(lending clients: LeadingEntities, _ solver: inout Solver) -> Set<Identifier> {
        var names: Set<Identifier> = []
        for parameter in solver.sentParameters().parameters { names.insert(ofParameters[parameter] ?? .none) }
        for argument in solver.arguments {
            guard clients.leads(set: solver.evaluation.present(argument.value)) else { continue }
            var callee = solver.values[argument.callee]
            while callee.kind == .member || callee.kind == .result { callee = solver.values[callee.a] }
            if callee.kind == .entity, let name = ofParameters[callee.key] { names.insert(name) }
        }
        names.remove(.none)
        return names
    }
}

extension Solver {
    /// The fields of objects that are given a value: `self.client = …`.
    fileprivate var givenFields: [FileFlow.Named] {
        stores.flatMap { store in
            evaluation.sets[evaluation.present(store.object)].compactMap { id in
                let object = values[id]
                guard object.kind == .instance || object.kind == .classObject else { return nil }
                let field = EntityKey.of(.field, in: object.key, store.name)
                return FileFlow.Named(name: store.name, entity: field, owner: object.key)
            }
        }
    }

    /// What an entity is known to hold.
    fileprivate func known(of entity: UInt64) -> [FlowValue] {
        guard let number = evaluation.entities[entity] else { return [] }
        return evaluation.sets[evaluation.entitySets[Int(number)]].map { values[$0] }
    }
}

/// The entities that lead to a client: that are one, or give one; and those that have one in a field, if that is asked for.
private struct LeadingEntities {
    private let evaluation: Evaluation
    private let values: ValueTable
    private var entities: [Bool]
    /// The classes with a field that leads to one.
    private var classes: Set<UInt64> = []

    init(_ evaluation: Evaluation, _ values: ValueTable, _ named: [FileFlow.Named], throughFields: Bool) {
        self.evaluation = evaluation
        self.values = values
        entities = [Bool](repeating: false, count: evaluation.entitySets.count)
        var undecided = entities.indices.filter { mayLead(set: evaluation.entitySets[$0]) }
        for _ in 0..<8 where spread(&undecided, throughFields ? named : []) {}
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

    func leads(set: Int32) -> Bool {
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
