/// Makes a command's words out of a template and a call's arguments.
struct CommandWords {
    /// The words of one command.
    struct Words {
        var words: [SentCommand.Word] = []
        var isOpenEnded = false
        /// How many of the words may be none.
        var doubtful = 0
        /// The words' number is only the likely one.
        var isGuess = false
        /// Where the command's name is written, if not where the method's name is.
        var place: Range<Int>?

        /// The command alone, which clients never send without an argument: `list.sort`, `connection.config` are others'.
        var lacksArguments: Bool {
            guard !isOpenEnded, words.count == 1, case .literal(let name)? = words.first else { return false }
            return Self.neverAlone.contains(String(decoding: name, as: UTF8.self))
        }

        private static let neverAlone: Set<String> = [
            "SORT", "CLIENT", "CONFIG", "RENAME", "MOVE", "OBJECT", "SCRIPT", "COPY", "PUBLISH", "EVAL", "MIGRATE",
            "TOUCH",
            "UNLINK",
        ]

        /// The first word names a command, as any method that is called by its name need not.
        func isOfMethod(_ index: ClientIndex) -> Bool {
            guard case .literal(let name)? = words.first else { return true }
            return index.isNamedAfterCommand(plain: name.withUnsafeBytes { Identifier(plain: $0) })
        }
    }

    let arguments: CallArguments
    let tree: SyntaxTree
    let index: ClientIndex
    let facts: DialectFacts
    /// The words that are put together now.
    var now = Words()
    /// All commands that the call may send.
    var all: [Words] = []
    /// What hides the command's name.
    private(set) var undecided: Range<Int>?
    var positional: [CallArguments.Argument]
    private var named: [CallArguments.Argument] { arguments.named }
    /// How many of the positional arguments parts of the template take, from the first.
    private var taken = 0
    /// The positional arguments in which options were found.
    private var optionPlaces: Set<NodeID> = []

    init(_ arguments: CallArguments, _ tree: SyntaxTree, _ index: ClientIndex, _ facts: DialectFacts) {
        self.arguments = arguments
        self.tree = tree
        self.index = index
        self.facts = facts
        positional = arguments.positional
    }

    private var isBound: Bool { arguments.type.isBound }

    /// Fills ``all`` or ``undecided``; false where the call sends nothing.
    ///
    /// - Parameter names: of a raw call, the commands that the first argument may be by the flow of values.
    mutating func build(_ template: CommandTemplate, names: [[String]]) -> Bool {
        if template.isRaw { return buildRaw(template, names) }
        now.words = template.words.map { .literal(Array($0.utf8)) }
        // Options are among the arguments that no part before them takes.
        taken = template.parts.prefix { $0 != .options }.map(Self.reach).max() ?? 0
        let command = template.words.joined(separator: " ")
        for part in template.parts {
            guard add(part, command) else { return false }
        }
        all = [now]
        return true
    }

    /// Adds an option's word, if there is one, and all arguments.
    mutating func addPart(option: String?) {
        if let option { now.words.append(.literal(Array(option.utf8))) }
        for argument in positional { add(argument, takesApart: true) }
    }

    private static func reach(_ part: CommandTemplate.Part) -> Int {
        switch part {
        case .argument(let number), .named(let number, _), .number(let number), .notZero(let number): number
        case .list(let number), .script(let number): number
        case .rest(let number), .pairs(let number): number - 1
        case .option(let number, _), .flag(let number, _): number - 1
        case .literal, .options, .unknown, .open: 0
        }
    }

    private mutating func add(_ part: CommandTemplate.Part, _ command: String) -> Bool {
        switch part {
        case .literal(let text): now.words.append(.literal(Array(text.utf8)))
        case .unknown: now.words.append(.unknown)
        case .open: now.isOpenEnded = true
        case .argument(let number): addArgument(number, name: nil)
        case .named(let number, let name): addArgument(number, name: name)
        case .number(let number): addNumber(number)
        case .notZero(let number): return addDatabase(number)
        case .list(let number): if let argument = argument(number) { add(argument, takesApart: true) }
        case .script(let number): return addScript(number)
        case .option(let number, let word): addOption(number, word)
        case .flag(let number, let word): addFlag(number, word)
        case .rest(let number): addRest(number)
        case .pairs(let number): addPairs(number)
        case .options: addOptions(command)
        }
        return true
    }

    /// The argument of a number, from 1; nil where there is none, and where one before it stands for several.
    private mutating func argument(_ number: Int) -> CallArguments.Argument? {
        let index = number - 1 - (isBound ? 1 : 0)
        guard index >= 0, index < positional.count else { return nil }
        if positional[...index].contains(where: \.isSpread) {
            now.isOpenEnded = true
            return nil
        }
        return positional[index]
    }

    private mutating func addArgument(_ number: Int, name: String?) {
        if isBound, number == 1 { return now.words.append(.unknown) }
        guard let argument = argument(number) ?? named.first(where: { $0.name == name && name != nil }) else { return }
        // `count=None` is no argument.
        if name != nil, case .nothing? = arguments.literal(argument.value) { return }
        add(argument, takesApart: false)
    }

    private mutating func addNumber(_ number: Int) {
        addArgument(number, name: nil)
        guard let argument = argument(number), arguments.literal(argument.value) == nil else { return }
        now.doubtful += 1
    }

    private mutating func addDatabase(_ number: Int) -> Bool {
        guard let argument = argument(number), case .bytes(let bytes)? = arguments.literal(argument.value) else {
            return false
        }
        guard let value = Int(String(decoding: bytes, as: UTF8.self)), value != 0 else { return false }
        now.words.append(.literal(bytes))
        return true
    }

    private mutating func addScript(_ number: Int) -> Bool {
        if let argument = argument(number) {
            let node = tree[argument.value]
            let name = String(decoding: tree.nameBytes(of: node), as: UTF8.self).lowercased()
            if node.kind == .name || node.kind == .member, name.contains("hash") || name.contains("sha") {
                return false
            }
        }
        addArgument(number, name: nil)
        return true
    }

    private mutating func addOption(_ number: Int, _ word: String) {
        guard let argument = argument(number) else { return }
        switch arguments.literal(argument.value) {
        case .nothing?, .flag?, .list?, .map?: return
        case .bytes(let bytes)?:
            guard bytes.allSatisfy(SourceByte.isDigit), bytes != [SourceByte.zero] else { return }
        case nil:
            let node = tree[argument.value]
            if node.kind == .name || node.kind == .member, Self.optionNames.contains(node.name) { return }
        }
        now.words.append(.literal(Array(word.utf8)))
        add(argument, takesApart: false)
    }

    /// Arguments that are constants of their own and no time to live.
    private static let optionNames = Set(["KeepTTL", "NotExists", "Exists", "Always"].map(Identifier.init))

    private mutating func addFlag(_ number: Int, _ word: String) {
        guard let argument = argument(number), case .flag(true)? = arguments.literal(argument.value) else { return }
        now.words.append(.literal(Array(word.utf8)))
    }

    private mutating func addRest(_ number: Int) {
        if isBound, number == 1 { now.words.append(.unknown) }
        let first = max(0, number - 1 - (isBound ? 1 : 0))
        for argument in positional.dropFirst(first) where !optionPlaces.contains(argument.whole) {
            add(argument, takesApart: true)
        }
        if !named.isEmpty, taken == 0 { now.isOpenEnded = true }
    }

    /// A single argument that is not shown is a map: of one pair or more, two being likely.
    private mutating func addPairs(_ number: Int) {
        let first = max(0, number - 1 - (isBound ? 1 : 0))
        let rest = positional.dropFirst(first)
        let maps = named.filter { $0.name == "mapping" || $0.name == "items" }
        for argument in rest.count == 1 ? Array(rest) : maps {
            if argument.isSpread || arguments.literal(argument.value) != nil {
                add(argument, takesApart: true)
            } else {
                now.words += [.unknown, .unknown, .unknown, .unknown]
                now.isGuess = true
                now.isOpenEnded = true
            }
        }
        if rest.isEmpty, facts.namedArgumentsArePairs {
            for argument in named {
                now.words.append(.literal(Array((argument.name ?? "").utf8)))
                add(argument, takesApart: false)
            }
        } else if rest.count != 1 {
            for argument in rest { add(argument, takesApart: true) }
            for argument in named where ["key", "field", "value"].contains(argument.name) {
                add(argument, takesApart: false)
            }
        }
    }

    private mutating func add(_ argument: CallArguments.Argument, takesApart: Bool) {
        if argument.isSpread {
            now.isOpenEnded = true
            return
        }
        switch arguments.literal(argument.value) {
        case .bytes(let bytes)?: now.words.append(.literal(bytes))
        case .flag?: now.words.append(.unknown)
        case nil: addUnknown(argument, takesApart)
        case .nothing?: if !takesApart { now.words.append(.unknown) }
        case .list(let collection)?, .map(let collection)?:
            guard takesApart else { return now.words.append(.unknown) }
            addElements(of: collection)
        }
    }

    /// What a variable or a call gives: one word, or several where it is a list, or none where it is a callback.
    private mutating func addUnknown(_ argument: CallArguments.Argument, _ takesApart: Bool) {
        now.words.append(.unknown)
        let kind = tree[argument.value].kind
        if takesApart, facts.listsFlatten, kind == .name { now.isOpenEnded = true }
        let isString = kind == .literal || kind == .interpolation
        if facts.lastMayBeCallback, !isString, argument.whole == positional.last?.whole { now.doubtful += 1 }
    }

    /// The elements of a list; the keys and values of a map.
    private mutating func addElements(of collection: NodeID) {
        for element in tree.children(of: collection) {
            let node = tree[element]
            if node.kind == .argument, node.flags.contains(.spread) {
                now.isOpenEnded = true
                continue
            }
            guard node.kind == .pair, let key = tree.child(0, of: element), let value = tree.child(1, of: element)
            else {
                addElement(element)
                continue
            }
            // Of `{member: score}`, ZADD gets the score first.
            let isScored = now.words.first == .literal(Array("ZADD".utf8))
            if isScored { addElement(value) }
            if tree[key].kind == .name, !facts.mapsAreValues {
                now.words.append(.literal(Array(tree.nameBytes(of: tree[key]))))
            } else {
                addElement(key)
            }
            if !isScored { addElement(value) }
        }
    }

    private mutating func addElement(_ id: NodeID) {
        switch arguments.literal(id) {
        case .bytes(let bytes)?: now.words.append(.literal(bytes))
        // `[["field", "value"], …]`: a tuple for each pair.
        case .list(let tuple)?: addElements(of: tuple)
        default: now.words.append(.unknown)
        }
    }
}

// Raw calls: the arguments are the words.
extension CommandWords {
    private mutating func buildRaw(_ template: CommandTemplate, _ names: [[String]]) -> Bool {
        positional.removeFirst(min(template.firstWord, positional.count))
        guard let first = positional.first else { return false }
        if template.isFormat { return buildFormat(first, names) }
        var rest = Array(positional.dropFirst())
        var name = first.value
        if case .list(let list)? = arguments.literal(name), !first.isSpread {
            let elements = tree.children(of: list).map { element in
                let isSpread = tree[element].kind == .argument && tree[element].flags.contains(.spread)
                return CallArguments.Argument(whole: element, value: element, number: 0, isSpread: isSpread)
            }
            guard let own = elements.first, !own.isSpread else { return hides(first) }
            name = own.value
            rest = elements.dropFirst() + rest
        }
        guard !first.isSpread || !names.isEmpty else { return hides(first) }
        positional = rest
        let (commands, place) = commandNames(name, names)
        guard !commands.isEmpty else { return hides(first) }
        for command in commands.prefix(8) {
            now = Words()
            now.place = place
            now.words = command.map { .literal(Array($0.utf8)) }
            if template.takesWords, !first.isSpread {
                for argument in rest { add(argument, takesApart: true) }
                // A builder may be given more; `begin` and `end` are the words between them.
                if template.parts.contains(.open) || rest.contains(where: isEnd) { now.isOpenEnded = true }
            } else {
                now.isOpenEnded = true
            }
            all.append(now)
        }
        return true
    }

    /// `words.end()`, `std::end(words)`.
    private func isEnd(_ argument: CallArguments.Argument) -> Bool {
        guard tree[argument.value].kind == .call, let callee = tree.child(0, of: argument.value) else { return false }
        return Self.ends.contains(tree[callee].name)
    }

    private static let ends = Set(["end", "cend"].map(Identifier.init))

    mutating func hides(_ argument: CallArguments.Argument) -> Bool {
        let node = tree[argument.value]
        undecided = Int(node.start)..<Int(max(node.end, node.start))
        return true
    }

    /// `"KEYS"`, `Protocol.Command.KEYS`, a constant: the commands, and where the name is written.
    private func commandNames(_ id: NodeID, _ names: [[String]]) -> ([[String]], Range<Int>?) {
        let node = tree[id]
        if case .bytes(let bytes)? = arguments.literal(id) {
            let words = String(decoding: bytes, as: UTF8.self).split(separator: " ").map { $0.uppercased() }
            return (words.isEmpty ? [] : [words], Int(node.start)..<Int(node.end))
        }
        if !names.isEmpty { return (names, Int(node.start)..<Int(max(node.end, node.start))) }
        guard node.kind == .member else { return ([], nil) }
        let name = String(decoding: tree.nameBytes(of: node), as: UTF8.self)
        guard name.allSatisfy({ $0.isUppercase || $0 == "_" || $0.isNumber }), CommandNames.shared.isCommand(name)
        else {
            return ([], nil)
        }
        return ([[name]], Int(node.nameStart)..<Int(node.nameEnd))
    }
}

// Options: named arguments, entries of maps, words among the arguments, members of parameter objects.
extension CommandWords {
    /// A place where an option may be written.
    private struct OptionPlace {
        let name: String
        let value: NodeID?
        let argument: CallArguments.Argument
        /// It is a plain string among the arguments.
        let isString: Bool
    }

    private mutating func addOptions(_ command: String) {
        let options = CommandShape.options(of: command)
        guard !options.isEmpty else { return }
        let first = max(0, taken - (isBound ? 1 : 0))
        var seen: Set<String> = []
        var isAmongOptions = true
        for argument in Array(positional.dropFirst(first)) + named {
            if argument.isSpread { now.isOpenEnded = true }
            for place in places(in: argument) {
                let found = option(place, options)
                if command == "ZADD", argument.name == nil, place.isString {
                    // A member, even if it looks like an option, once a score or member was before it.
                    isAmongOptions = isAmongOptions && found != nil
                    if !isAmongOptions { continue }
                }
                guard let option = found, seen.insert(option.word).inserted else { continue }
                if argument.name == nil { optionPlaces.insert(argument.whole) }
                now.words.append(.literal(Array(option.word.utf8)))
                addValues(of: option, place)
            }
            if command == "ZADD", argument.name == nil, !isOptionLike(argument) { isAmongOptions = false }
        }
    }

    private func isOptionLike(_ argument: CallArguments.Argument) -> Bool {
        switch tree[argument.value].kind {
        case .literal: tree[argument.value].flags.contains(.string)
        case .collection: true
        default: false
        }
    }

    private func places(in argument: CallArguments.Argument) -> [OptionPlace] {
        if let name = argument.name {
            var places = [OptionPlace(name: name, value: argument.value, argument: argument, isString: false)]
            if !facts.mapsAreValues { gather(argument.value, argument, &places, depth: 0) }
            return places
        }
        if facts.mapsAreValues, case .map? = arguments.literal(argument.value) { return [] }
        var places: [OptionPlace] = []
        let written = options(inVariable: argument) ?? argument
        gather(written.value, written, &places, depth: 0)
        return places
    }

    /// `let options = SetOptions::default().with_expiration(…)` before the call that is given `options`.
    private func options(inVariable argument: CallArguments.Argument) -> CallArguments.Argument? {
        let name = tree[argument.value]
        guard name.kind == .name else { return nil }
        let last = argument.value.index
        for index in stride(from: last - 1, to: max(0, last - Self.searchedNodes), by: -1) {
            let bind = NodeID(index: index)
            guard tree[bind].kind == .bind, let target = tree.child(0, of: bind), tree[target].kind == .name,
                tree[target].name == name.name
            else { continue }
            guard let value = tree.children(of: bind).map({ $0 }).last,
                tree[value].kind == .call || tree[value].kind == .new,
                isParameterObject(value)
            else { return nil }
            return CallArguments.Argument(whole: value, value: value, number: argument.number)
        }
        return nil
    }

    /// So many nodes before a call are looked through for what a variable was given.
    private static let searchedNodes: Int32 = 2_000

    /// Not in what is called or indexed, as in `ex=times["get"]`.
    private func gather(
        _ id: NodeID, _ argument: CallArguments.Argument, _ places: inout [OptionPlace], depth: Int
    ) {
        guard depth < 20 else { return }
        let node = tree[id]
        switch node.kind {
        case .literal where node.flags.contains(.string) && node.end - node.start < 16:
            places.append(
                OptionPlace(
                    name: String(decoding: tree.bytes(of: node), as: UTF8.self), value: following(argument),
                    argument: argument,
                    isString: true))
        case .collection, .choice:
            for child in tree.children(of: id) { gather(child, argument, &places, depth: depth + 1) }
        case .pair:
            guard let key = tree.child(0, of: id), let value = tree.child(1, of: id) else { return }
            if let name = arguments.keyText(key) {
                places.append(OptionPlace(name: name, value: value, argument: argument, isString: false))
                // `{ score: 1, value: "nx" }`: what is stored is no option, whatever it looks like.
                if name == "value" || name == "member" { return }
            }
            gather(value, argument, &places, depth: depth + 1)
        case .member: gatherMember(id, node, value: nil, argument, &places, depth: depth)
        case .call:
            guard let callee = tree.child(0, of: id) else { return }
            gatherMember(callee, tree[callee], value: tree.child(1, of: id), argument, &places, depth: depth)
            // `with_expiration(SetExpiry::KEEPTTL)`
            for child in tree.children(of: id).dropFirst() where tree[child].kind == .member {
                gatherMember(child, tree[child], value: nil, argument, &places, depth: depth + 1)
            }
        case .new:
            for child in tree.children(of: id).dropFirst() where tree[child].kind == .argument {
                let name = String(decoding: tree.nameBytes(of: tree[child]), as: UTF8.self)
                places.append(
                    OptionPlace(name: name, value: tree.child(0, of: child), argument: argument, isString: false))
            }
        default: return
        }
    }

    /// `SetParams.setParams().nx().ex(10)`: the members of an object with options.
    private func gatherMember(
        _ id: NodeID, _ node: SyntaxNode, value: NodeID?, _ argument: CallArguments.Argument,
        _ places: inout [OptionPlace], depth: Int
    ) {
        guard node.kind == .member, isParameterObject(argument.whole) else { return }
        if let object = tree.child(0, of: id) { gather(object, argument, &places, depth: depth + 1) }
        let name = String(decoding: tree.nameBytes(of: node), as: UTF8.self)
        places.append(OptionPlace(name: name, value: value, argument: argument, isString: false))
    }

    /// Of an option among plain arguments, the argument after it.
    private func following(_ argument: CallArguments.Argument) -> NodeID? {
        positional.first { $0.number == argument.number + 1 }?.value
    }

    private func isParameterObject(_ id: NodeID) -> Bool {
        arguments.visit(id) { node in
            guard node.nameEnd > node.nameStart else { return false }
            let name = String(decoding: tree.nameBytes(of: node), as: UTF8.self)
            return Self.parameterObjects.contains { name.hasSuffix($0) } || name == "redis"
        }
    }

    private static let parameterObjects = [
        "Params", "Args", "Options", "When", "Builder", "ExpiryOption", "ExpireOption", "Flags", "Expiration",
        "SetExpiry",
        "Existence",
    ]

    private func option(_ place: OptionPlace, _ options: [CommandShape.Option]) -> CommandShape.Option? {
        if !place.isString, let value = place.value {
            switch arguments.literal(value) {
            case .flag(false)?, .nothing?: return nil
            case .flag?, .bytes?, .list?, .map?, nil: break
            }
        }
        let name = CommandNames.plain(place.name)
        let word = CommandShape.otherNames[name] ?? name.uppercased()
        return options.first { $0.word == word || $0.word == name.uppercased() }
    }

    private mutating func addValues(of option: CommandShape.Option, _ place: OptionPlace) {
        for number in 0..<option.arguments {
            guard number == 0, let value = place.value, case .bytes(let bytes)? = arguments.literal(value) else {
                now.words.append(.unknown)
                continue
            }
            if place.isString, let following = following(place.argument) { optionPlaces.insert(following) }
            now.words.append(.literal(bytes))
        }
    }
}
