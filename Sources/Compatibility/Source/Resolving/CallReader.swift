import CommandCatalog

/// A call that the walker has come to.
struct ReportedCall {
    let node: NodeID
    /// What is called: a member, a name, a type.
    let callee: NodeID
    /// The object whose member is called.
    let object: ValueID
    /// The member, function or class.
    let function: ValueID
    /// The values of the arguments in their order.
    let arguments: [ValueID]
}

/// Finds out which commands the calls of a file send.
struct CallReader {
    let index: ClientIndex
    var evaluation: Evaluation
    private let usualNames: Set<Identifier>
    private let speakingNames: Set<Identifier>
    private let trustedNames: Set<Identifier>
    private var guesses = ReceiverGuesses()
    private let sentParameters: SentParameters
    private let mayLend: Bool
    /// What was found, in the order of the walk.
    var commands: [SentCommand] = []
    /// The commands that calls have begun, to which others add.
    var begun: [NodeID: Int] = [:]
    private(set) var undecided: [UndecidedName] = []
    /// The libraries that the file's calls use, with the places of the first.
    private(set) var libraries: [(library: Int, place: Range<Int>)] = []
    /// The construction that was looked through for databases last.
    private var lastConstruction = NodeID.none
    /// Where databases were found: constructions may be inside one another.
    private var databasePlaces: Set<Int> = []

    /// - Parameter mayLend: libraries that send only where others bring them may do so.
    init(index: ClientIndex, solution: Solution, _ receiverNames: ReceiverNames, mayLend: Bool) {
        self.index = index
        evaluation = Evaluation(index: index, above: solution)
        (usualNames, speakingNames) = (Self.usualNames, Self.speakingNames)
        trustedNames = ReceiverNames.identifiers(receiverNames.trusted)
        sentParameters = solution.sentParameters
        self.mayLend = mayLend
    }

    private static let usualNames = ReceiverNames.identifiers(ReceiverNames.usual)
    private static let speakingNames = ReceiverNames.identifiers(ReceiverNames.speaking)

    /// A client whose member is called, and how sure that is.
    struct Target {
        let type: Int
        let isStatic: Bool
        let name: Identifier
        let plain: Identifier
        let isCertain: Bool
    }

    mutating func read(_ call: ReportedCall, in walker: inout FlowWalker) {
        let functions = evaluation.sets[evaluation.set(of: call.function, &walker.flow.values)]
        var isKnown = false
        for function in functions {
            let value = walker.flow.values[function]
            switch value.kind {
            case .clientMember:
                isKnown = true
                let named = memberByName(call.function, walker)
                // A field sends nothing.
                if value.plain == .none || named.map({ isToldByCallers($0, walker) }) == true { continue }
                let target = Target(
                    type: Int(value.a), isStatic: value.b == 1, name: value.name, plain: value.plain,
                    isCertain: named.map { isCertain($0, &walker) } ?? true)
                report(target, call, &walker)
            case .library where value.b == 1: isKnown = true
            case .clientClass, .clientFunction, .library:
                isKnown = true
                construct(value, call, &walker)
            case .function:
                isKnown = true
                pass(call, through: value.key, &walker)
            case .classObject:
                isKnown = true
                passToConstructors(of: value.key, call, &walker)
            case .unknown: continue
            default: isKnown = true
            }
        }
        if !isKnown, walker.tree[call.callee].kind == .index { hide(call, &walker) }
        if !isKnown { guess(call, &walker) }
    }

    /// `object[name]`: a member, or else an element.
    private func memberByName(_ function: ValueID, _ walker: FlowWalker) -> ValueID? {
        let values = walker.flow.values
        let value = values[function]
        guard value.kind == .choice else { return value.kind == .memberByName ? function : nil }
        if values[value.a].kind == .memberByName { return value.a }
        return values[value.b].kind == .memberByName ? value.b : nil
    }

    /// The method's name is a parameter that is sent: what callers give is told where they call.
    private func isToldByCallers(_ named: ValueID, _ walker: FlowWalker) -> Bool {
        walker.flow.values.origin(of: walker.flow.values[named].b).map { sentParameters[$0] != nil } ?? false
    }

    /// A method that comes by its name is that of a client if the object is nothing else.
    private mutating func isCertain(_ named: ValueID, _ walker: inout FlowWalker) -> Bool {
        !evaluation.mayBeOther(named, &walker.flow.values)
    }

    /// A class of the project whose objects send what they are made with: `Reply reply(context, "KEYS *")`.
    private mutating func passToConstructors(of key: UInt64, _ call: ReportedCall, _ walker: inout FlowWalker) {
        let made = EntityKey.of(.field, in: key, MemberNames.constructor)
        for known in evaluation.sets[evaluation.set(ofEntity: made)] where walker.flow.values[known].kind == .function {
            pass(call, through: walker.flow.values[known].key, &walker)
        }
    }

    /// A function of the project that sends what it is given: `send("KEYS", pattern)`.
    private mutating func pass(_ call: ReportedCall, through function: UInt64, _ walker: inout FlowWalker) {
        for number in call.arguments.indices {
            guard let sender = sentParameters[EntityKey.parameter(number, of: function)] else { continue }
            if sender.isFormat {
                sendFormat(number, of: call, sender.type, &walker)
            } else if number < SentParameters.maximumNumber {
                sendName(number, of: call, sender.type, &walker)
            }
        }
    }

    private mutating func sendName(_ number: Int, of call: ReportedCall, _ type: Int, _ walker: inout FlowWalker) {
        let names = rawNames(call.arguments[number], &walker)
        guard !names.isEmpty else { return }
        let words = CallArguments(call, walker.tree, index, index.table.types[type], from: number)
        let target = Target(
            type: type, isStatic: false, name: SentParameters.method, plain: SentParameters.method, isCertain: true)
        send(.raw, words, names, target, call, place(of: call, walker.tree), &walker)
    }

    private mutating func sendFormat(_ number: Int, of call: ReportedCall, _ type: Int, _ walker: inout FlowWalker) {
        let library = index.table.types[type].library
        use(library, place(of: call, walker.tree))
        let arguments = CallArguments(call, walker.tree, index, ClientTable.ClientType(name: "", library: library))
        let template = CommandTemplate.format(number + 1)
        let names = rawNames(arguments, template, call, &walker)
        let target = Target(
            type: type, isStatic: true, name: SentParameters.construction, plain: SentParameters.construction,
            isCertain: true)
        let known = commands.count
        send(template, arguments, names, target, call, place(of: call, walker.tree), &walker)
        for index in known..<commands.count where isUnfinished(commands[index]) { commands[index].isOpenEnded = true }
    }

    /// The command's name alone: the first part of a format that the function puts together.
    private func isUnfinished(_ command: SentCommand) -> Bool {
        command.words.count == 1 && Catalog.row(named: command.name)?.facts.accepts(argumentCount: 1) == false
    }

    /// A member that only the running program knows is called: `getattr(client, name)()`.
    private mutating func hide(_ call: ReportedCall, _ walker: inout FlowWalker) {
        let objects = evaluation.sets[evaluation.set(of: call.object, &walker.flow.values)]
        guard let object = objects.map({ walker.flow.values[$0] }).first(where: { $0.kind == .client }),
            index.table.types[Int(object.a)].speaksCommands
        else { return }
        let node = walker.tree[walker.tree.child(1, of: call.callee) ?? call.callee]
        note(
            Int(node.start)..<Int(max(node.end, node.start)), walker.tree, index.table.types[Int(object.a)].library,
            true)
    }

    // MARK: Guesses

    /// A call of a member of something that nothing is known of but its name.
    private mutating func guess(_ call: ReportedCall, _ walker: inout FlowWalker) {
        let callee = walker.tree[call.callee]
        guard callee.kind == .member, let object = walker.tree.child(0, of: call.callee),
            walker.tree[object].flags.isDisjoint(with: [.itself, .parent])
        else { return }
        let held = evaluation.sets[evaluation.set(of: call.object, &walker.flow.values)]
        guard held.allSatisfy({ walker.flow.values[$0].kind == .other }) else { return }
        let receiver = walker.tree.receiverName(of: object)
        let method = walker.tree.nameBytes(of: callee)
        let candidate = ReceiverGuesses.Candidate(
            call: call, receiver: receiver, method: callee.name, plain: Identifier(plain: method),
            isTelling: index.isTelling(method))
        if trustedNames.contains(receiver) { return report(candidate, isCertain: true, &walker) }
        // What has a type that is no client's is none, whatever its methods are called.
        guard held.isEmpty else { return }
        if usualNames.contains(receiver), walker.flow.libraries.contains(where: { isSpoken(by: $0.library) }) {
            let isHeld = walker.tree[object].kind == .member || walker.scopes.find(walker.tree[object].name) != nil
            return report(candidate, isCertain: isHeld && speakingNames.contains(receiver), &walker)
        }
        guesses.note(candidate)
    }

    /// Reports the calls that were put aside and are those of a client in all likelihood.
    mutating func settleGuesses(_ walker: inout FlowWalker) {
        let (names, scope) = (evaluation.names, walker.flow.scope)
        let usesClient = names.libraries(of: scope).contains(where: isSpoken)
        let likely = guesses.likely {
            names.isClient(named: $0, in: scope) || usesClient && speakingNames.contains($0)
        }
        for candidate in likely {
            let isGiven = walker.flow.givenNames.contains(candidate.receiver)
            let isClear =
                guesses.isClear(candidate.receiver) || isGiven && names.isClient(given: candidate.receiver, in: scope)
            report(candidate, isCertain: usesClient && isClear, &walker)
        }
    }

    private mutating func report(
        _ candidate: ReceiverGuesses.Candidate, isCertain: Bool, _ walker: inout FlowWalker
    ) {
        guard let type = guessedType(walker.flow) else { return }
        report(
            Target(
                type: type, isStatic: false, name: candidate.method, plain: candidate.plain, isCertain: isCertain),
            candidate.call, &walker)
    }

    private func isSpoken(by library: Int) -> Bool { index.table.libraries[library].receiver != nil }

    /// What a variable is taken for: a client of a library of the file, of another file, or of the language's first.
    private func guessedType(_ flow: FileFlow) -> Int? {
        let libraries = flow.libraries.map(\.library) + evaluation.names.libraries(of: flow.scope)
        if let type = libraries.lazy.compactMap({ index.table.libraries[$0].receiver }).first { return type }
        return index.table.libraries.first { library in
            library.receiver != nil && library.languageNames.contains(flow.scope.facts.name)
        }?.receiver
    }

    // MARK: Calls of members

    private mutating func report(_ target: Target, _ call: ReportedCall, _ walker: inout FlowWalker) {
        let type = index.table.types[target.type]
        let place = self.place(of: call, walker.tree)
        guard let target = certain(target, walker) else { return }
        if target.isCertain, !index.table.libraries[type.library].isScript { use(type.library, place) }
        if target.isStatic { databases(call, type.library, walker.tree) }
        let words = CallArguments(
            call, walker.tree, index, type, skipsObject: isGivenObject(call, target, &walker))
        guard let method = method(target, call, words.count, walker.tree) else {
            if type.addsParts { return add(words, of: call, walker) }
            let isOwn = target.isStatic || !type.speaksCommands || !target.isCertain || words.hasBlock
            if !isOwn { note(place, walker.tree, type.library, target.isCertain) }
            return
        }
        guard !words.isSilenced(method) else { return }
        for template in method.templates {
            if template.isListOfCommands {
                sendEach(of: words, target, call, &walker)
                continue
            }
            let names = template.isRaw ? rawNames(words, template, call, &walker) : []
            send(template, words, names, target, call, place, &walker)
        }
    }

    /// The target, with what the project says of its library; nil if that does not send here.
    private func certain(_ target: Target, _ walker: FlowWalker) -> Target? {
        guard let isCertain = sends(index.table.types[target.type].library, walker) else { return nil }
        return Target(
            type: target.type, isStatic: target.isStatic, name: target.name, plain: target.plain,
            isCertain: target.isCertain && isCertain)
    }

    /// Whether a library sends for certain; nil if it does not.
    private func sends(_ library: Int, _ walker: FlowWalker) -> Bool? {
        index.certainty(
            of: library, besides: evaluation.names.libraries(of: walker.flow.scope), mayLend: mayLend)
    }

    /// The first argument is the object that the method is called on, as in `client.keys(client, "*")`.
    private mutating func isGivenObject(
        _ call: ReportedCall, _ target: Target, _ walker: inout FlowWalker
    ) -> Bool {
        let callee = walker.tree[call.callee]
        guard walker.facts.objectsAreArguments, !callee.flags.contains(.method), let first = call.arguments.first
        else { return false }
        return evaluation.sets[evaluation.set(of: first, &walker.flow.values)].contains { known in
            isClient(walker.flow.values[known], target.type, &walker)
        }
    }

    /// The value is an object of the type, or the first of several results is.
    private mutating func isClient(
        _ value: FlowValue, _ type: Int, _ walker: inout FlowWalker, depth: Int = 0
    ) -> Bool {
        guard value.kind == .tuple else {
            return Int(value.a) == type && (value.kind == .client || value.kind == .clientClass)
        }
        guard depth < 4 else { return false }
        return evaluation.sets[evaluation.set(of: value.a, &walker.flow.values)].contains { known in
            isClient(walker.flow.values[known], type, &walker, depth: depth + 1)
        }
    }

    /// The table's line for a method, else the command that it is named after.
    private func method(
        _ target: Target, _ call: ReportedCall, _ count: Int, _ tree: SyntaxTree
    ) -> ClientTable.Method? {
        if let line = index.line(target.name, on: target.type, isStatic: target.isStatic, argumentCount: count) {
            return line
        }
        let callee = tree[call.callee]
        let isWritten = callee.name == target.name && callee.kind == .member
        let text = isWritten ? String(decoding: tree.nameBytes(of: callee), as: UTF8.self) : index.text(of: target.name)
        if let text, text.hasSuffix("Async"), text.utf8.count > 5,
            let line = index.line(
                Identifier(String(text.dropLast(5))), on: target.type, isStatic: target.isStatic, argumentCount: count)
        {
            return line
        }
        let type = index.table.types[target.type]
        guard type.speaksCommands, !target.isStatic || type.name == "facade" else { return nil }
        let words = text.flatMap(CommandNames.shared.command(ofMethod:)) ?? index.command(plain: target.plain)
        guard let words else { return nil }
        if target.isStatic,
            let line = index.line(target.name, on: target.type, isStatic: false, argumentCount: count)
        {
            return line
        }
        var method = ClientTable.Method()
        let isOpen = type.isOpen || text?.hasSuffix(CommandNames.withContext) == true
        let parts = isOpen ? [.open] : CommandShape.parts(of: words.joined(separator: " "))
        method.templates = [CommandTemplate(words: words, parts: parts)]
        return method
    }

    private mutating func send(
        _ template: CommandTemplate, _ arguments: CallArguments, _ names: [[String]], _ target: Target,
        _ call: ReportedCall, _ place: Range<Int>, _ walker: inout FlowWalker
    ) {
        var words = CommandWords(arguments, walker.tree, index, walker.facts)
        // What callers give is told where they call.
        if template.isFormat, !names.isEmpty, isForwarded(arguments, template, call, walker) { return }
        guard words.build(template, names: names) else { return }
        let type = index.table.types[target.type]
        if let undecided = words.undecided {
            return note(undecided, walker.tree, type.library, target.isCertain)
        }
        if words.all.count == 1 { begun[call.node] = commands.count }
        let isDescribed = isDescribed(call, walker)
        for words in words.all {
            if template.isMethod, !words.isOfMethod(index) { continue }
            if !template.isRaw, !template.isHidden, arguments.count == 0, words.lacksArguments { continue }
            let isSure = target.isCertain && !words.isGuess && !isDescribed
            commands.append(
                SentCommand(
                    place: SourcePlace(bytes: words.place ?? place, line: 0, column: 0, endColumn: 0),
                    words: words.words,
                    isOpenEnded: words.isOpenEnded, leastWords: words.words.count - words.doubtful,
                    isRaw: template.isRaw, origin: origin(of: template, type.library),
                    library: index.table.libraries[type.library].library, confidence: isSure ? .high : .low,
                    method: methodText(target, call, walker.tree)))
        }
    }

    /// A test only says what is to be called.
    private func isDescribed(_ call: ReportedCall, _ walker: FlowWalker) -> Bool {
        if walker.descriptions > 0 { return true }
        guard walker.tree[call.callee].kind == .member, let object = walker.tree.child(0, of: call.callee) else {
            return false
        }
        return walker.isDescribed(object)
    }

    /// The commands of a list that is written out, each a list of its words.
    private mutating func sendEach(
        of arguments: CallArguments, _ target: Target, _ call: ReportedCall, _ walker: inout FlowWalker
    ) {
        let tree = walker.tree
        guard let list = arguments.positional.first?.value, tree[list].kind == .collection else { return }
        for element in tree.children(of: list) where tree[element].kind == .collection {
            let place = Int(tree[element].start)..<Int(max(tree[element].end, tree[element].start))
            send(.raw, CallArguments(elementsOf: element, tree, arguments.type), [], target, call, place, &walker)
        }
    }

    private func isForwarded(
        _ arguments: CallArguments, _ template: CommandTemplate, _ call: ReportedCall, _ walker: FlowWalker
    ) -> Bool {
        guard let number = arguments.positional.dropFirst(template.firstWord).first?.number,
            number < call.arguments.count
        else { return false }
        guard let parameter = walker.flow.values.origin(of: call.arguments[number]) else { return false }
        return sentParameters[parameter]?.isFormat == true
    }

    private func origin(of template: CommandTemplate, _ library: Int) -> SentCommand.Origin {
        if index.table.libraries[library].isScript { return .script }
        return template.isRaw ? .raw : template.isHidden ? .hidden : .method
    }

    /// The names of commands that the first of a raw call's words may be.
    private mutating func rawNames(
        _ arguments: CallArguments, _ template: CommandTemplate, _ call: ReportedCall, _ walker: inout FlowWalker
    ) -> [[String]] {
        guard let number = arguments.positional.dropFirst(template.firstWord).first?.number,
            number < call.arguments.count
        else { return [] }
        // What is passed through is told where it is chosen.
        if let parameter = walker.flow.values.origin(of: call.arguments[number]),
            sentParameters[parameter]?.isFormat == false
        {
            return []
        }
        return rawNames(call.arguments[number], &walker)
    }

    private mutating func rawNames(_ argument: ValueID, _ walker: inout FlowWalker) -> [[String]] {
        let set = evaluation.sets[evaluation.set(of: argument, &walker.flow.values)]
        var names: [[String]] = []
        for known in set {
            var value = walker.flow.values[known]
            // The words as a list or tuple: the first is the name.
            if value.kind == .tuple || value.kind == .elements { value = first(of: value, &walker) ?? value }
            if value.kind == .text, let words = index.command(plain: value.plain) { names.append(words) }
        }
        return names
    }

    private mutating func first(of value: FlowValue, _ walker: inout FlowWalker) -> FlowValue? {
        guard value.kind == .tuple else { return nil }
        let set = evaluation.sets[evaluation.set(of: value.a, &walker.flow.values)]
        return set.first.map { walker.flow.values[$0] }
    }

    private func methodText(_ target: Target, _ call: ReportedCall, _ tree: SyntaxTree) -> String {
        let callee = tree[call.callee]
        let isScript = index.table.libraries[index.table.types[target.type].library].isScript
        guard callee.kind == .member, callee.name == target.name else {
            return (isScript ? "redis." : "") + (index.text(of: target.name) ?? "")
        }
        return (isScript ? "redis." : "") + String(decoding: tree.nameBytes(of: callee), as: UTF8.self)
    }

    /// Where the method's name is written.
    private func place(of call: ReportedCall, _ tree: SyntaxTree) -> Range<Int> {
        let callee = tree[call.callee]
        if callee.nameStart >= 0 { return Int(callee.nameStart)..<Int(callee.nameEnd) }
        if callee.kind == .index, let key = tree.child(1, of: call.callee), tree[key].kind == .literal {
            // `client["keys"]`: the string with its quotes.
            return Int(tree[key].start) - 1..<Int(tree[key].end) + 1
        }
        return Int(callee.start)..<Int(max(callee.end, callee.start))
    }

    private mutating func note(_ place: Range<Int>, _ tree: SyntaxTree, _ library: Int, _ isCertain: Bool) {
        let shown = tree.text.text(place.lowerBound, min(place.upperBound, place.lowerBound + 80))
        undecided.append(
            UndecidedName(
                place: SourcePlace(bytes: place, line: 0, column: 0, endColumn: 0),
                library: index.table.libraries[library].library, confidence: isCertain ? .high : .low, text: shown))
    }

    private mutating func use(_ library: Int, _ place: Range<Int>) {
        if !libraries.contains(where: { $0.library == library }) { libraries.append((library, place)) }
    }

    // MARK: Constructors

    private mutating func construct(_ value: FlowValue, _ call: ReportedCall, _ walker: inout FlowWalker) {
        let isLibrary = value.kind == .library
        let library = isLibrary ? Int(value.a) : index.table.types[Int(value.a)].library
        guard let isCertain = sends(library, walker) else { return }
        use(library, place(of: call, walker.tree))
        databases(call, library, walker.tree)
        guard value.kind == .clientClass else { return }
        let type = index.table.types[Int(value.a)]
        let arguments = CallArguments(call, walker.tree, index, type)
        let new = Identifier("new")
        guard let method = index.line(new, on: Int(value.a), isStatic: true, argumentCount: arguments.count),
            !arguments.isSilenced(method)
        else { return }
        let target = Target(type: Int(value.a), isStatic: true, name: new, plain: new, isCertain: isCertain)
        for template in method.templates {
            let names = template.isRaw ? rawNames(arguments, template, call, &walker) : []
            send(template, arguments, names, target, call, place(of: call, walker.tree), &walker)
        }
    }

    /// `db=3`, `{ db: 3 }`, `'database' => 3` anywhere in a constructor's arguments: SELECT 3.
    private mutating func databases(_ call: ReportedCall, _ library: Int, _ tree: SyntaxTree) {
        // What is constructed may be known twice, as a module and as its default export.
        guard call.node != lastConstruction else { return }
        lastConstruction = call.node
        var pending = Array(tree.children(of: call.node).dropFirst())
        var steps = 0
        while let id = pending.popLast(), steps < 2000 {
            steps += 1
            let node = tree[id]
            if node.kind == .function || node.kind == .classDeclaration { continue }
            if let (key, held) = named(id, node, tree), DatabaseNames.contains(key), let number = number(held, tree) {
                let place = Int(tree[held].start)..<Int(tree[held].end)
                if number > 0, databasePlaces.insert(place.lowerBound).inserted {
                    commands.append(.database(number, at: place, index.table.libraries[library].library))
                }
            }
            pending += tree.children(of: id)
        }
    }

    private func named(_ id: NodeID, _ node: SyntaxNode, _ tree: SyntaxTree) -> (Identifier, NodeID)? {
        if node.kind == .argument, node.nameEnd > node.nameStart, let held = tree.child(0, of: id) {
            return (Identifier(plain: tree.nameBytes(of: node)), held)
        }
        guard node.kind == .pair, let key = tree.child(0, of: id), let held = tree.child(1, of: id) else { return nil }
        let bytes = tree[key].kind == .name ? tree.nameBytes(of: tree[key]) : tree.bytes(of: tree[key])
        return (Identifier(plain: bytes), held)
    }

    private func number(_ id: NodeID, _ tree: SyntaxTree) -> Int? {
        let node = tree[id]
        guard node.kind == .literal, node.flags.contains(.number) || node.flags.contains(.string) else { return nil }
        return Int(String(decoding: tree.bytes(of: node), as: UTF8.self))
    }
}

/// What constructors call the number of the database.
enum DatabaseNames {
    static func contains(_ plain: Identifier) -> Bool { names.contains(plain) }

    private static let names = Set(["db", "database", "dbindex", "defaultdatabase", "selecteddb"].map(Identifier.init))
}

extension SentCommand {
    /// SELECT of a database.
    static func database(_ number: Int, at place: Range<Int>, _ library: ClientLibrary) -> SentCommand {
        SentCommand(
            place: SourcePlace(bytes: place, line: 0, column: 0, endColumn: 0),
            words: [.literal(Array("SELECT".utf8)), .literal(Array(String(number).utf8))], isOpenEnded: false,
            leastWords: 2, isRaw: false, origin: .database, library: library, confidence: .high, method: "SELECT")
    }
}
