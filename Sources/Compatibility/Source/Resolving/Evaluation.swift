/// Finds out what values may be, from what other values and entities may be.
///
/// While a project is solved it holds all there is; later it works above a ``Solution``, for one file.
struct Evaluation {
    let index: ClientIndex
    let base: Solution?
    private(set) var names: ProjectNames
    var sets: KnownSets
    /// The sets of the values with numbers from that of the base on.
    private(set) var valueSets: [Int32] = []
    private let firstValue: Int
    private(set) var entities = EntityNumbers()
    private(set) var entitySets: [Int32] = []
    /// Entities that hold something by the program's text, whatever it is found to be.
    private var sourced: [Bool] = []

    /// Who is to be computed anew when a set changes, while a project is solved.
    private var readers = ValueReaders()

    private var nearestFolders: [UInt64: UInt64?] = [:]

    /// How many values are found out for the sake of others now.
    private var nesting = 0

    private static let maximumDepth = 20

    /// For a project that is to be solved.
    init(index: ClientIndex) {
        self.index = index
        names = ProjectNames([])
        base = nil
        sets = KnownSets()
        firstValue = 0
    }

    /// For one file of a project that is solved.
    init(index: ClientIndex, above solution: Solution) {
        self.index = index
        names = solution.names
        base = solution
        sets = KnownSets(base: solution)
        firstValue = solution.valueSets.count
    }

    // MARK: Sets

    /// What a value may be.
    mutating func set(of id: ValueID, _ values: inout ValueTable) -> Int32 {
        if Int(id) < firstValue, let base { return base.valueSets[Int(id)] }
        while firstValue + valueSets.count <= Int(id) {
            let next = ValueID(firstValue + valueSets.count)
            valueSets.append(KnownSets.empty)
            let set = computed(next, &values)
            valueSets[Int(next) - firstValue] = set
            if base == nil, set != KnownSets.empty { readers.valueChanged(next) }
        }
        return valueSets[Int(id) - firstValue]
    }

    /// Computes a value's set anew, if one that it comes from has changed; true if it has changed itself.
    mutating func update(_ id: ValueID, _ values: inout ValueTable) -> Bool {
        guard Int(id) < valueSets.count else { return set(of: id, &values) != KnownSets.empty }
        guard readers.isDue(id) else { return false }
        let before = valueSets[Int(id)]
        let now = sets.union(before, computed(id, &values))
        valueSets[Int(id)] = now
        if now != before { readers.valueChanged(id) }
        return now != before
    }

    private mutating func computed(_ id: ValueID, _ values: inout ValueTable) -> Int32 {
        guard base == nil else { return compute(id, &values) }
        let outer = readers.begin(id)
        defer { readers.present = outer }
        return compute(id, &values)
    }

    /// What a value is known to be so far.
    func present(_ id: ValueID) -> Int32 { Int(id) < valueSets.count ? valueSets[Int(id)] : KnownSets.empty }

    func number(of entity: UInt64) -> Int32? { base?.entities[entity] ?? entities[entity] }

    mutating func set(ofEntity key: UInt64) -> Int32 {
        if base == nil { readers.readEntity(key) }
        return presentSet(ofEntity: key)
    }

    private func presentSet(ofEntity key: UInt64) -> Int32 {
        if let base { return base.entities[key].map { base.entitySets[Int($0)] } ?? KnownSets.empty }
        return entities[key].map { entitySets[Int($0)] } ?? KnownSets.empty
    }

    /// Adds to what an entity may hold; true if it has changed.
    mutating func add(_ set: Int32, to key: UInt64) -> Bool {
        guard set != KnownSets.empty else { return false }
        let number = entities[key] ?? newEntity(key)
        let before = entitySets[Int(number)]
        let now = sets.union(before, set)
        guard now != before else { return false }
        entitySets[Int(number)] = now
        readers.entityChanged(key)
        return true
    }

    private mutating func newEntity(_ key: UInt64) -> Int32 {
        entitySets.append(KnownSets.empty)
        sourced.append(false)
        return entities.add(key)
    }

    // MARK: Files

    /// Takes the names that all files declare and import, in place of those of fewer files.
    mutating func setNames(_ names: ProjectNames) {
        self.names = names
        nearestFolders = [:]
    }

    /// Notes that a file says what an entity holds.
    mutating func declare(_ key: UInt64) {
        let isNew = entities[key] == nil
        let number = entities[key] ?? newEntity(key)
        sourced[Int(number)] = true
        // It may hide what else has its name, even if nothing is known of what it holds.
        if isNew { readers.entityChanged(key) }
    }

    /// What depends on names is computed anew: they may mean something else since files were added.
    mutating func renew(_ values: ValueTable) {
        let modules = sets.own.map { $0.contains { values[$0].kind == .module } }
        for id in valueSets.indices {
            let value = values[ValueID(id)]
            switch value.kind {
            case .global, .imported, .libraryNamed: readers.tell(ValueID(id))
            case .member, .memberByName, .made, .result:
                if modules[Int(valueSets[Int(value.a)])] { readers.tell(ValueID(id)) }
            default: continue
            }
        }
    }

    // MARK: Values

    private mutating func compute(_ id: ValueID, _ values: inout ValueTable) -> Int32 {
        let value = values[id]
        switch value.kind {
        case .unknown: return KnownSets.empty
        case .other, .client, .clientClass, .clientFunction, .library, .clientMember, .passing, .text, .instance,
            .classObject, .function, .module, .elements, .elementAccess, .tuple:
            return sets.single(id, isOfClient: value.isOfClient)
        case .entity: return set(ofEntity: value.key)
        case .global: return global(value, &values)
        case .libraryNamed: return libraryNamed(value, &values)
        case .imported: return imported(value, &values)
        case .choice: return sets.union(operand(value.a, &values), operand(value.b, &values))
        case .member: return each(value.a, &values) { $0.member(value.name, value.plain, of: $1, depth: 0, &$2) }
        case .memberByName: return memberByName(value, &values)
        case .result: return each(value.a, &values) { $0.result(of: $1, depth: 0, hasBlock: value.b == 1, &$2) }
        case .element: return each(value.a, &values) { $0.element(of: $1, depth: 0, &$2) }
        case .part: return each(value.a, &values) { $0.part(Int(value.b), of: $1, &$2) }
        case .made:
            let made = each(value.a, &values) { $0.made(of: $1, depth: 0, &$2) }
            return made == KnownSets.empty ? sets.single(ValueTable.other) : made
        }
    }

    private mutating func operand(_ id: ValueID, _ values: inout ValueTable) -> Int32 {
        if Int(id) < firstValue, let base { return base.valueSets[Int(id)] }
        if base == nil { readers.readOperand(id) }
        let place = Int(id) - firstValue
        return place < valueSets.count ? valueSets[place] : set(of: id, &values)
    }

    /// What a value may be that another leads to: its elements, the object that it passes on.
    private mutating func inner(_ id: ValueID, _ values: inout ValueTable) -> Int32 {
        if base == nil, Int(id) >= firstValue { readers.readValue(id) }
        return operand(id, &values)
    }

    /// The union of what `body` makes of each that a value may be.
    private mutating func each(
        _ id: ValueID, _ values: inout ValueTable, _ body: (inout Evaluation, ValueID, inout ValueTable) -> Int32
    ) -> Int32 {
        var union = KnownSets.empty
        for known in sets[operand(id, &values)] { union = sets.union(union, body(&self, known, &values)) }
        return union
    }

    private mutating func eachOf(
        _ set: Int32, _ values: inout ValueTable, _ body: (inout Evaluation, ValueID, inout ValueTable) -> Int32
    ) -> Int32 {
        var union = KnownSets.empty
        for known in sets[set] { union = sets.union(union, body(&self, known, &values)) }
        return union
    }

    private mutating func single(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        sets.single(values.id(of: value), isOfClient: value.isOfClient)
    }

    private mutating func export(_ export: ClientTable.Export?, _ values: inout ValueTable) -> Int32 {
        export.map { single(FlowValue($0), &values) } ?? KnownSets.empty
    }

    // MARK: Names

    /// The folder next to a file in which a class or function is declared; what was found is kept.
    private mutating func nearestFolder(declaring name: Identifier, to scope: FileScope) -> UInt64? {
        let key = EntityKey.of(.classDeclaration, in: scope.folder, name)
        if let known = nearestFolders[key] { return known }
        let folder = names.nearestFolder(declaring: name, to: scope)
        nearestFolders[key] = .some(folder)
        return folder
    }

    private mutating func global(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        guard let file = names.files[value.key] else { return KnownSets.empty }
        let scope = file.scope
        if let export = index.export(qualified: value.name, in: scope.facts.name)
            ?? index.vendoredExport(value.name, inDialect: scope.dialect)
        {
            return self.export(export, &values)
        }
        let own = EntityKey.of(.variable, in: scope.file, value.name)
        let shared = EntityKey.of(.variable, in: scope.ofClasses, value.name)
        // Names of all the project are not as near as what the file imports.
        let isNear = isSourced(own) || (isSourced(shared) && scope.facts.sharing != .project)
        if isNear { return sets.union(set(ofEntity: own), set(ofEntity: shared)) }
        for library in file.libraryWildcards {
            if let export = index.export(value.name, of: library) { return self.export(export, &values) }
        }
        for module in file.wildcards {
            let key = EntityKey.of(.variable, in: module, value.name)
            if isSourced(key) { return set(ofEntity: key) }
        }
        let project = EntityKey.of(.variable, in: scope.project, value.name)
        if isSourced(project) { return set(ofEntity: project) }
        if let folder = nearestFolder(declaring: value.name, to: scope) {
            return set(ofEntity: EntityKey.of(.variable, in: folder, value.name))
        }
        for (number, library) in index.table.libraries.enumerated()
        where library.isBuiltIn && library.languageNames.contains(scope.facts.name) {
            if let export = index.export(value.name, of: number) { return self.export(export, &values) }
        }
        if let package = names.package(named: value.name, of: file) {
            return single(FlowValue(kind: .module, key: package), &values)
        }
        return value.a == ValueTable.unknown ? KnownSets.empty : operand(value.a, &values)
    }

    private mutating func libraryNamed(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        guard let file = names.files[value.key] else { return KnownSets.empty }
        for (number, library) in index.table.libraries.enumerated()
        where library.languageNames.contains(file.scope.facts.name) {
            if let export = index.export(value.name, of: number) { return self.export(export, &values) }
        }
        return KnownSets.empty
    }

    private func isSourced(_ key: UInt64) -> Bool {
        if let base { return base.entities[key] != nil }
        return entities[key].map { Int($0) < sourced.count && sourced[Int($0)] } ?? false
    }

    private mutating func imported(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        guard let file = names.files[value.key], Int(value.a) < file.modules.count else { return KnownSets.empty }
        var union = KnownSets.empty
        for scope in file.modules[Int(value.a)] {
            union = sets.union(
                union,
                value.name == .none
                    ? single(FlowValue(kind: .module, key: scope), &values) : export(value.name, of: scope, &values))
        }
        if union == KnownSets.empty, value.name != .none, file.scope.facts.importsMayBeNear,
            let folder = nearestFolder(declaring: value.name, to: file.scope)
        {
            return set(ofEntity: EntityKey.of(.variable, in: folder, value.name))
        }
        return union
    }

    /// What a file or folder exports under a name: a variable of it, or a file below it.
    private mutating func export(_ name: Identifier, of scope: UInt64, _ values: inout ValueTable) -> Int32 {
        let key = EntityKey.of(.variable, in: scope, name)
        if isSourced(key) { return set(ofEntity: key) }
        if let child = names.child(of: scope, name) { return single(FlowValue(kind: .module, key: child), &values) }
        guard let file = names.files[scope] else { return KnownSets.empty }
        for module in file.wildcards {
            let key = EntityKey.of(.variable, in: module, name)
            if isSourced(key) { return set(ofEntity: key) }
        }
        return set(ofEntity: key)
    }

    // MARK: Members

    mutating func member(
        _ name: Identifier, _ plain: Identifier, of known: ValueID, depth: Int, _ values: inout ValueTable
    ) -> Int32 {
        guard depth < Self.maximumDepth else { return KnownSets.empty }
        let value = values[known]
        switch value.kind {
        case .client: return clientMember(name, plain, of: value.a, isStatic: false, &values)
        case .clientClass: return clientMember(name, plain, of: value.a, isStatic: true, &values)
        case .library:
            if let export = index.export(name, of: Int(value.a)) { return self.export(export, &values) }
            return single(FlowValue(kind: .library, a: value.a, b: 1), &values)
        case .module: return export(name, of: value.key, &values)
        case .instance, .classObject:
            let found = member(name, plain, ofClass: value.key, depth: depth, &values)
            if found == KnownSets.empty, MemberNames.passing.contains(name) || MemberNames.unwrapping.contains(name) {
                return passing(known, name, &values)
            }
            return found
        case .function:
            if MemberNames.calling.contains(name) { return sets.single(known) }
            return memberOfResult(known, name, plain, &values)
        case .clientMember, .elementAccess, .passing: return memberOfResult(known, name, plain, &values)
        case .elements:
            if MemberNames.unwrapping.contains(name) { return inner(value.a, &values) }
            if MemberNames.ofKeys.contains(name) { return KnownSets.empty }
            return single(FlowValue(kind: .elementAccess, a: value.a), &values)
        case .text: return sets.single(known)
        case .tuple:
            // Of several results, an expression takes the first.
            return found(values.id(of: FlowValue(kind: .member, a: value.a, name: name, plain: plain)), &values)
        default: return KnownSets.empty
        }
    }

    private mutating func memberByName(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        var union = KnownSets.empty
        for name in sets[operand(value.b, &values)] where values[name].kind == .text {
            let plain = values[name].plain
            union = sets.union(union, each(value.a, &values) { $0.member(plain, plain, of: $1, depth: 0, &$2) })
        }
        return union
    }

    /// A member of the project's class, its own before those of its bases.
    private mutating func member(
        _ name: Identifier, _ plain: Identifier, ofClass key: UInt64, depth: Int, _ values: inout ValueTable
    ) -> Int32 {
        let field = EntityKey.of(.field, in: key, name)
        if base == nil { readers.readEntity(field) }
        if number(of: field) != nil { return set(ofEntity: field) }
        var union = KnownSets.empty
        for base in sets[set(ofEntity: EntityKey.of(.bases, in: key))] where mayHave(name, plain, values[base]) {
            let inherited = values.id(of: FlowValue(kind: .member, a: base, name: name, plain: plain))
            union = sets.union(union, found(inherited, &values))
        }
        return union == KnownSets.empty ? member(name, ofIncluders: key, values) : union
    }

    /// A member that the classes have which a mixin is part of, or their bases.
    ///
    /// Nothing is looked for further away: what is connected by mixins is often half of a project.
    private mutating func member(_ name: Identifier, ofIncluders key: UInt64, _ values: ValueTable) -> Int32 {
        var union = KnownSets.empty
        for includer in sets[set(ofEntity: EntityKey.of(.field, in: key, MemberNames.includer))] {
            let around = values[includer].key
            let own = field(name, of: around)
            union = sets.union(union, own)
            guard own == KnownSets.empty else { continue }
            for base in sets[set(ofEntity: EntityKey.of(.bases, in: around))] where values[base].kind == .instance {
                union = sets.union(union, field(name, of: values[base].key))
            }
        }
        return union
    }

    private mutating func field(_ name: Identifier, of key: UInt64) -> Int32 {
        set(ofEntity: EntityKey.of(.field, in: key, name))
    }

    /// What a class has of a client are the client's own methods: any other name is more likely one of another base.
    private func mayHave(_ name: Identifier, _ plain: Identifier, _ base: FlowValue) -> Bool {
        guard base.kind == .client || base.kind == .clientClass else { return true }
        return index.isNamedAfterCommand(plain: plain)
            || index.line(name, on: Int(base.a), isStatic: base.kind == .clientClass, argumentCount: .max) != nil
    }

    /// A function that is named as if it were what it gives: as a property, or a method without parentheses.
    private mutating func memberOfResult(
        _ known: ValueID, _ name: Identifier, _ plain: Identifier, _ values: inout ValueTable
    ) -> Int32 {
        let result = values.id(of: FlowValue(kind: .result, a: known))
        return found(values.id(of: FlowValue(kind: .member, a: result, name: name, plain: plain)), &values)
    }

    /// What is found of a value so far: while a project is solved, a new value is found out in its turn, so that nothing
    /// is found out twice and no depth is without end.
    private mutating func found(_ id: ValueID, _ values: inout ValueTable) -> Int32 {
        if base == nil {
            readers.readValue(id)
            return Int(id) < valueSets.count ? valueSets[Int(id)] : KnownSets.empty
        }
        guard nesting < Self.maximumDepth else { return KnownSets.empty }
        nesting += 1
        defer { nesting -= 1 }
        return set(of: id, &values)
    }

    private mutating func clientMember(
        _ name: Identifier, _ plain: Identifier, of type: Int32, isStatic: Bool, _ values: inout ValueTable
    ) -> Int32 {
        let isKnown = index.line(name, on: Int(type), isStatic: isStatic, argumentCount: .max) != nil
        if !isKnown, let own = extending(name, type) { return own }
        let passes = MemberNames.passing.contains(name) || MemberNames.unwrapping.contains(name)
        if !isKnown, passes, !index.table.types[Int(type)].addsParts {
            let object = values.id(of: FlowValue(kind: isStatic ? .clientClass : .client, a: type))
            return passing(object, name, &values)
        }
        return single(
            FlowValue(kind: .clientMember, a: type, b: isStatic ? 1 : 0, name: name, plain: plain), &values)
    }

    private mutating func passing(_ object: ValueID, _ name: Identifier, _ values: inout ValueTable) -> Int32 {
        single(FlowValue(kind: .passing, a: object, b: MemberNames.running.contains(name) ? 1 : 0), &values)
    }

    /// The project's functions of a name that extend a client type, or one that it is like.
    private mutating func extending(_ name: Identifier, _ type: Int32) -> Int32? {
        var next: Int? = Int(type)
        while let type = next {
            let key = EntityKey.of(.field, in: EntityKey.extensions(ofClient: Int32(type)), name)
            if base == nil { readers.readEntity(key) }
            if number(of: key) != nil { return set(ofEntity: key) }
            next = index.table.types[type].parent
        }
        return nil
    }

    // MARK: Calls

    /// - Parameter hasBlock: a block is given to what is called.
    mutating func result(
        of known: ValueID, depth: Int, hasBlock: Bool = false, _ values: inout ValueTable
    ) -> Int32 {
        let value = values[known]
        switch value.kind {
        case .clientClass, .clientFunction: return single(FlowValue(kind: .client, a: value.a), &values)
        case .classObject: return single(FlowValue(kind: .instance, key: value.key), &values)
        case .instance: return sets.single(known)
        case .function: return set(ofEntity: EntityKey.of(.result, in: value.key))
        case .clientMember:
            return hasBlock && isLending(value)
                ? sets.single(ValueTable.other) : result(ofMember: value, &values)
        case .passing: return sets.single(value.a)
        case .elementAccess:
            let elements = single(FlowValue(kind: .elements, a: value.a), &values)
            return sets.union(inner(value.a, &values), elements)
        case .elements: return inner(value.a, &values)
        // `name.c_str()`, `name.lower()`: the same string in another form.
        case .text: return sets.single(known)
        case .library: return madeOfDefault(value, &values)
        default: return KnownSets.empty
        }
    }

    /// With a block the method gives what the block gives: `Sidekiq.redis { |r| r.smembers("x") }`.
    private func isLending(_ member: FlowValue) -> Bool {
        let line = index.line(member.name, on: Int(member.a), isStatic: member.b == 1, argumentCount: .max)
        guard let line, line.callback != nil else { return false }
        if case .same = line.result { return false }
        return true
    }

    private mutating func result(ofMember value: FlowValue, _ values: inout ValueTable) -> Int32 {
        let type = Int(value.a)
        guard let line = index.line(value.name, on: type, isStatic: value.b == 1, argumentCount: .max) else {
            if let given = index.table.types[type].given {
                return single(FlowValue(kind: .client, a: Int32(given)), &values)
            }
            return index.table.types[type].isFluent || index.table.types[type].addsParts
                ? single(FlowValue(kind: .client, a: value.a), &values) : KnownSets.empty
        }
        switch line.result {
        case .nothing:
            return index.table.types[type].isFluent
                ? single(FlowValue(kind: .client, a: value.a), &values) : KnownSets.empty
        case .same: return single(FlowValue(kind: .client, a: value.a), &values)
        case .type(let result): return single(FlowValue(kind: .client, a: Int32(result)), &values)
        }
    }

    private mutating func madeOfDefault(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        guard value.b == 0, let export = index.export(MemberNames.standard, of: Int(value.a)) else {
            return KnownSets.empty
        }
        return single(FlowValue(kind: .client, a: Int32(export.type)), &values)
    }

    private mutating func made(of known: ValueID, depth: Int, _ values: inout ValueTable) -> Int32 {
        let value = values[known]
        switch value.kind {
        case .clientClass, .clientFunction, .classObject, .library: return result(of: known, depth: depth, &values)
        case .client, .instance: return sets.single(known)
        case .function: return set(ofEntity: EntityKey.of(.result, in: value.key))
        case .clientMember: return result(ofMember: value, &values)
        case .module:
            return eachOf(export(MemberNames.standard, of: value.key, &values), &values) {
                $0.made(of: $1, depth: depth + 1, &$2)
            }
        default: return KnownSets.empty
        }
    }

    // MARK: Elements

    private mutating func element(of known: ValueID, depth: Int, _ values: inout ValueTable) -> Int32 {
        guard depth < Self.maximumDepth else { return KnownSets.empty }
        let value = values[known]
        switch value.kind {
        // What is no client has none in it: a list of strings.
        case .other: return sets.single(known)
        case .client: return elementOfClient(value, &values)
        case .elements: return inner(value.a, &values)
        case .tuple:
            let first = inner(value.a, &values)
            guard value.b != ValueTable.unknown, depth > 0 || !isCommand(first, value.b, &values) else { return first }
            return sets.union(first, element(of: value.b, depth: depth + 1, &values))
        case .instance: return set(ofEntity: EntityKey.of(.elements, in: value.key))
        case .function, .elementAccess:
            let result = values.id(of: FlowValue(kind: .result, a: known))
            return found(values.id(of: FlowValue(kind: .element, a: result)), &values)
        default: return KnownSets.empty
        }
    }

    /// A command's name and its words: of the elements, only the first says which command it is.
    private mutating func isCommand(_ first: Int32, _ rest: ValueID, _ values: inout ValueTable) -> Bool {
        guard sets[first].contains(where: { values[$0].kind == .text }) else { return false }
        let words = element(of: rest, depth: 1, &values)
        return sets[words].contains { values[$0].kind != .text } || words == KnownSets.empty
    }

    /// `caches["default"]`: what the table says of the element.
    private mutating func elementOfClient(_ value: FlowValue, _ values: inout ValueTable) -> Int32 {
        let line = index.line(MemberNames.element, on: Int(value.a), isStatic: false, argumentCount: .max)
        guard case .type(let type)? = line?.result else { return KnownSets.empty }
        return single(FlowValue(kind: .client, a: Int32(type)), &values)
    }

    private mutating func part(_ number: Int, of known: ValueID, _ values: inout ValueTable) -> Int32 {
        var value = values[known]
        guard value.kind == .tuple else {
            if value.kind == .elements { return inner(value.a, &values) }
            return number == 0 ? sets.single(known) : KnownSets.empty
        }
        for _ in 0..<number {
            guard value.b != ValueTable.unknown else { return KnownSets.empty }
            value = values[value.b]
        }
        return inner(value.a, &values)
    }
}
