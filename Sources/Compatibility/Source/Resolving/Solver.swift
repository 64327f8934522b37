/// Puts the files of a family of languages together and finds out what every value may be.
///
/// Files may be added when others are solved already: that finds out more, though not always what all files together say,
/// since a name may mean something nearer than before. So the end puts all files in their order once more. What may
/// be only ever grows, so that it does not depend on threads. After ``maximumRounds`` it stops, whether or not something
/// may still follow.
struct Solver {
    var evaluation: Evaluation
    var values = ValueTable()
    private(set) var files: [File] = []
    /// Their numbers by the scopes of their own names.
    private(set) var fileNumbers: [UInt64: Int] = [:]
    /// How many of them have been solved, and whether that was at once, in their order.
    private var solvedCount = 0
    private var isOrdered = true
    private(set) var sources: [(entity: UInt64, value: ValueID)] = []
    /// For each source, the set that its entity was given last.
    private var flowed: [Int32] = []
    private(set) var arguments: [FileFlow.Argument] = []
    /// For each argument, the sets that it was given with last.
    private var given: [(callee: Int32, value: Int32)] = []
    private(set) var stores: [(object: ValueID, name: Identifier, value: ValueID)] = []

    /// What is known of a file, apart from its values.
    struct File {
        /// Its place among all files.
        let place: Int
        let names: FileFlow
        /// The numbers of its values here.
        let values: [ValueID]
        let sources: Range<Int>
        let stores: Range<Int>
        let arguments: Range<Int>
    }

    static let maximumRounds = 60

    init(index: ClientIndex = .shared) {
        evaluation = Evaluation(index: index)
    }

    /// Adds what a file says.
    ///
    /// - Parameter place: that of the file among all files.
    mutating func add(_ flow: FileFlow, at place: Int) {
        var numbers: [ValueID] = []
        numbers.reserveCapacity(flow.values.own.count)
        for value in flow.values.own { numbers.append(values.id(of: Self.renumbered(value) { numbers[Int($0)] })) }
        let starts = (sources.count, stores.count, arguments.count)
        take(flow.sources[...], flow.stores[...], flow.arguments[...]) { numbers[Int($0)] }
        var names = flow
        names.keepNames()
        fileNumbers[names.scope.file] = files.count
        files.append(
            File(
                place: place, names: names, values: numbers, sources: starts.0..<sources.count,
                stores: starts.1..<stores.count, arguments: starts.2..<arguments.count))
    }

    /// Takes over what is done with values under their new numbers.
    private mutating func take(
        _ sources: ArraySlice<(entity: UInt64, value: ValueID)>,
        _ stores: ArraySlice<(object: ValueID, name: Identifier, value: ValueID)>,
        _ arguments: ArraySlice<FileFlow.Argument>, _ number: (ValueID) -> ValueID
    ) {
        for source in sources { self.sources.append((source.entity, number(source.value))) }
        for store in stores { self.stores.append((number(store.object), store.name, number(store.value))) }
        for argument in arguments {
            self.arguments.append(
                FileFlow.Argument(
                    callee: number(argument.callee), number: argument.number, name: argument.name,
                    value: number(argument.value)))
        }
    }

    /// A value that comes from others under their new numbers.
    private static func renumbered(_ value: FlowValue, _ number: (ValueID) -> ValueID) -> FlowValue {
        var value = value
        switch value.kind {
        case .global, .member, .result, .element, .made, .part, .elements, .elementAccess, .passing:
            value.a = number(value.a)
        case .choice, .tuple, .memberByName:
            value.a = number(value.a)
            value.b = number(value.b)
            if value.kind == .choice, value.a > value.b { swap(&value.a, &value.b) }
        default: break
        }
        return value
    }

    /// Makes known what the files declare whose sources no entity was given yet.
    private mutating func declare(_ files: [File]) {
        evaluation.setNames(ProjectNames(files.map(\.names)))
        for source in sources[flowed.count...] { evaluation.declare(source.entity) }
    }

    /// Puts everything in the order of the files, and forgets what was found out.
    private mutating func restart() {
        let (files, values) = (sortedFiles, values)
        let (sources, stores, arguments) = (sources, stores, arguments)
        self = Solver(index: evaluation.index)
        var numbers = [ValueID](repeating: -1, count: values.count)
        for file in files {
            for id in file.values where numbers[Int(id)] < 0 {
                numbers[Int(id)] = self.values.id(of: Self.renumbered(values[id]) { numbers[Int($0)] })
            }
            take(sources[file.sources], stores[file.stores], arguments[file.arguments]) { numbers[Int($0)] }
        }
        declare(files)
    }

    private var sortedFiles: [File] { files.sorted { $0.place < $1.place } }

    /// Finds out what follows from the files that were added, on top of what is known of those before.
    mutating func solve() {
        guard files.count > solvedCount else { return }
        isOrdered = solvedCount == 0
        solvedCount = files.count
        declare(sortedFiles)
        evaluation.renew(values)
        run()
    }

    /// What every value may be, with all files.
    ///
    /// None may be added afterwards.
    mutating func solution() -> Solution {
        if solvedCount == 0 || (isOrdered && solvedCount == files.count) {
            solve()
        } else {
            restart()
            run()
        }
        _ = evaluation.set(of: ValueID(values.count - 1), &values)
        let sent = sentParameters()
        return Solution(
            values: SolvedValues(values), valueSets: evaluation.valueSets,
            sets: evaluation.sets, entities: evaluation.entities, entitySets: evaluation.entitySets,
            names: evaluation.names, sentParameters: sent)
    }

    private mutating func run() {
        flowed += Array(repeating: KnownSets.empty, count: sources.count - flowed.count)
        given += Array(repeating: (KnownSets.empty, KnownSets.empty), count: arguments.count - given.count)
        var rounds = 0
        var isChanged = true
        while isChanged, rounds < Self.maximumRounds {
            // What has not changed is given again only to see that nothing more follows.
            isChanged = round(isWhole: false) || round(isWhole: true)
            rounds += 1
        }
    }

    /// The names of functions that are given a client, and that no file which was read has.
    mutating func unknownCallees() -> Set<Identifier> {
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
