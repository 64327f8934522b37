/// Puts the files of a project together and finds out what every value may be.
///
/// What may be only ever grows, so that the end does not depend on the order of files and threads. After
/// ``maximumRounds`` it stops, whether or not something may still follow.
struct Solver {
    var evaluation: Evaluation
    var values = ValueTable()
    private var sources: [(entity: UInt64, value: ValueID)] = []
    /// For each source, the set that its entity was given last.
    private var flowed: [Int32] = []
    private(set) var arguments: [FileFlow.Argument] = []
    /// For each argument, the sets that it was given with last.
    private var given: [(callee: Int32, value: Int32)] = []
    private var stores: [(object: ValueID, name: Identifier, value: ValueID)] = []
    /// Whether everything that follows was found.
    private(set) var isComplete = true

    static let maximumRounds = 60

    init(_ flows: [FileFlow], index: ClientIndex) {
        evaluation = Evaluation(index: index, names: ProjectNames(flows))
        for flow in flows { add(flow) }
        for source in sources where evaluation.entities[source.entity] == nil {
            _ = evaluation.newEntity(source.entity)
        }
        evaluation.sourced = [Bool](repeating: true, count: evaluation.entitySets.count)
    }

    /// Takes over a file's values under new numbers.
    private mutating func add(_ flow: FileFlow) {
        var numbers: [ValueID] = []
        numbers.reserveCapacity(flow.values.own.count)
        for value in flow.values.own {
            var value = value
            switch value.kind {
            case .global, .member, .result, .element, .made, .part, .elements, .elementAccess, .passing:
                value.a = numbers[Int(value.a)]
            case .choice, .tuple, .memberByName:
                value.a = numbers[Int(value.a)]
                value.b = numbers[Int(value.b)]
                if value.kind == .choice, value.a > value.b { swap(&value.a, &value.b) }
            default: break
            }
            numbers.append(values.id(of: value))
        }
        for source in flow.sources { sources.append((source.entity, numbers[Int(source.value)])) }
        for store in flow.stores { stores.append((numbers[Int(store.object)], store.name, numbers[Int(store.value)])) }
        for argument in flow.arguments {
            arguments.append(
                FileFlow.Argument(
                    callee: numbers[Int(argument.callee)], number: argument.number, name: argument.name,
                    value: numbers[Int(argument.value)]))
        }
    }

    /// Finds out everything that some files say together.
    static func solution(of flows: [FileFlow], index: ClientIndex = .shared) -> Solution {
        var solver = Solver(flows, index: index)
        return solver.solve()
    }

    /// Finds out everything.
    mutating func solve() -> Solution {
        var rounds = 0
        var isChanged = true
        flowed = Array(repeating: KnownSets.empty, count: sources.count)
        given = Array(repeating: (KnownSets.empty, KnownSets.empty), count: arguments.count)
        while isChanged, rounds < Self.maximumRounds {
            // What has not changed is given again only to see that nothing more follows.
            isChanged = round(isWhole: false) || round(isWhole: true)
            rounds += 1
        }
        isComplete = !isChanged
        _ = evaluation.set(of: ValueID(values.count - 1), &values)
        let sent = sentParameters()
        return Solution(
            values: SolvedValues(values), valueSets: evaluation.valueSets,
            sets: evaluation.sets, entities: evaluation.entities, entitySets: evaluation.entitySets,
            names: evaluation.names, unknownCallees: unknownCallees(), sentParameters: sent)
    }

    /// The names of functions that are given a client, and that no file which was read has.
    private mutating func unknownCallees() -> Set<Identifier> {
        var names: Set<Identifier> = []
        // The bases of a class, as in `super(client)`.
        var entities: Set<UInt64> = []
        for argument in arguments {
            let callee = values[argument.callee]
            guard callee.name != .none || callee.kind == .entity else { continue }
            let called = evaluation.set(of: argument.callee, &values)
            guard called == KnownSets.empty || callee.kind == .entity && evaluation.sets[called] == [ValueTable.other]
            else { continue }
            let given = evaluation.sets[evaluation.set(of: argument.value, &values)]
            guard given.contains(where: { values[$0].kind == .client || values[$0].kind == .clientClass }) else {
                continue
            }
            if callee.kind == .entity { entities.insert(callee.key) } else { names.insert(callee.name) }
        }
        for source in sources where !entities.isEmpty && entities.contains(source.entity) {
            names.insert(typeName(of: source.value))
        }
        names.remove(.none)
        return names
    }

    /// The name of the class that a type's value is made of.
    private func typeName(of id: ValueID) -> Identifier {
        var value = values[id]
        while value.kind == .made || value.kind == .choice { value = values[value.a] }
        return value.name
    }

    private mutating func round(isWhole: Bool) -> Bool {
        var isChanged = false
        let count = values.count
        var id: ValueID = 0
        while id < values.count {
            if evaluation.update(id, &values) { isChanged = true }
            id += 1
        }
        for (number, source) in sources.enumerated() {
            let set = evaluation.set(of: source.value, &values)
            guard flowed[number] != set else { continue }
            flowed[number] = set
            if evaluation.add(set, to: source.entity) { isChanged = true }
        }
        for store in stores where self.store(store) { isChanged = true }
        for number in arguments.indices where give(number, isWhole: isWhole) { isChanged = true }
        return isChanged || values.count > count
    }

    /// A member of an object is given a value.
    private mutating func store(_ store: (object: ValueID, name: Identifier, value: ValueID)) -> Bool {
        let set = evaluation.set(of: store.value, &values)
        guard set != KnownSets.empty else { return false }
        var isChanged = false
        for known in evaluation.sets[evaluation.set(of: store.object, &values)] {
            let object = values[known]
            switch object.kind {
            case .instance where store.name == MemberNames.base:
                isChanged = evaluation.add(set, to: EntityKey.of(.bases, in: object.key)) || isChanged
            case .instance, .classObject:
                isChanged = evaluation.add(set, to: EntityKey.of(.field, in: object.key, store.name)) || isChanged
            case .module:
                isChanged = evaluation.add(set, to: EntityKey.of(.variable, in: object.key, store.name)) || isChanged
            default: continue
            }
        }
        return isChanged
    }

    /// An argument is given to what is called.
    private mutating func give(_ number: Int, isWhole: Bool) -> Bool {
        let argument = arguments[number]
        let set = evaluation.set(of: argument.value, &values)
        guard set != KnownSets.empty else { return false }
        let callees = evaluation.set(of: argument.callee, &values)
        guard isWhole || given[number] != (callees, set) else { return false }
        given[number] = (callees, set)
        var isChanged = false
        for known in evaluation.sets[callees] {
            isChanged = give(set, argument, to: values[known]) || isChanged
        }
        return isChanged
    }

    private mutating func give(_ set: Int32, _ argument: FileFlow.Argument, to callee: FlowValue) -> Bool {
        switch callee.kind {
        case .function: return give(set, argument, toFunction: callee.key)
        case .classObject, .instance:
            // An object is called as the base of another: `super(client)`.
            var isChanged = false
            let made = EntityKey.of(.field, in: callee.key, MemberNames.constructor)
            for known in evaluation.sets[evaluation.set(ofEntity: made)] where values[known].kind == .function {
                isChanged = give(set, argument, toFunction: values[known].key) || isChanged
            }
            return isChanged
        case .passing:
            let passed = evaluation.sets.single(callee.a)
            return give(passed, toFunctionsIn: set, parameters: [callee.b == 1 ? -1 : 0])
        case .elementAccess:
            return give(evaluation.set(of: callee.a, &values), toFunctionsIn: set, parameters: [0])
        case .clientMember:
            guard
                let line = evaluation.index.line(
                    callee.name, on: Int(callee.a), isStatic: callee.b == 1, argumentCount: .max),
                let type = line.callback
            else { return false }
            let client = evaluation.sets.single(
                values.id(of: FlowValue(kind: .client, a: Int32(type))), isOfClient: true)
            return give(client, toFunctionsIn: set, parameters: [0])
        default: return false
        }
    }

    private mutating func give(_ set: Int32, _ argument: FileFlow.Argument, toFunction key: UInt64) -> Bool {
        guard argument.name == .none else {
            return evaluation.add(set, to: EntityKey.of(.namedParameter, in: key, argument.name))
        }
        let parameter = EntityKey.parameter(Int(argument.number), of: key)
        let isChanged = evaluation.add(set, to: parameter)
        // A closure for a parameter whose type says what it is called with.
        let held = evaluation.sets[evaluation.set(ofEntity: parameter)]
        for known in held where values[known].kind == .elements {
            let elements = evaluation.set(of: values[known].a, &values)
            if give(elements, toFunctionsIn: set, parameters: [values[known].b == 1 ? -1 : 0]) { return true }
        }
        return isChanged
    }

    /// The functions among some values are called with a value.
    private mutating func give(_ value: Int32, toFunctionsIn set: Int32, parameters: [Int]) -> Bool {
        var isChanged = false
        for known in evaluation.sets[set] where values[known].kind == .function {
            for number in parameters {
                isChanged = evaluation.add(value, to: EntityKey.parameter(number, of: values[known].key)) || isChanged
            }
        }
        return isChanged
    }
}
