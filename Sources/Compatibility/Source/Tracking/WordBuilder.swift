import CommandCatalog

/// Makes a command's words out of a template and a call's arguments.
struct WordBuilder {
    let tracker: Tracker
    let type: ClientTable.ClientType
    /// The arguments in their order, without the named ones.
    private var positional: [Tracker.Argument] = []
    private var named: [Tracker.Argument] = []
    /// How many of the positional arguments parts of the template take, from the first.
    private var taken = 0

    private(set) var words: [SentCommand.Word] = []
    private(set) var isOpenEnded = false
    /// How many of the words may be none.
    private(set) var doubtful = 0
    /// The words' number is only the likely one.
    private(set) var isGuess = false
    /// Where the command's name stands, if not the method's name.
    private(set) var place: Range<Int>?
    /// The positional arguments in which options were found, by their first tokens.
    private var optionPlaces: Set<Int> = []
    /// The tokens that hide the command's name.
    private(set) var undecided: Range<Int>?

    init(tracker: Tracker, call: Tracker.Call, type: ClientTable.ClientType) {
        self.tracker = tracker
        self.type = type
        for argument in tracker.arguments(in: call.arguments) where !tracker.isNoWord(argument) {
            if argument.name == nil { positional.append(argument) } else { named.append(argument) }
        }
        if type.skipsFirst, !positional.isEmpty { positional.removeFirst() }
    }

    /// Fills ``words``; false where the call does not send the command at all.
    mutating func build(_ template: CommandTemplate) -> Bool {
        if template.isRaw { return buildRaw(template) }
        words = template.words.map { .literal(Array($0.utf8)) }
        taken = template.parts.map(Self.reach).max() ?? 0
        let command = template.words.joined(separator: " ")
        for part in template.parts {
            guard add(part, command) else { return false }
        }
        return true
    }

    private static func reach(_ part: CommandTemplate.Part) -> Int {
        switch part {
        case .argument(let number), .named(let number, _), .number(let number),
            .notZero(let number):
            number
        case .rest(let number), .pairs(let number): number - 1
        case .option(let number, _), .flag(let number, _): number - 1
        case .literal, .options, .unknown, .open: 0
        }
    }

    private mutating func add(_ part: CommandTemplate.Part, _ command: String) -> Bool {
        switch part {
        case .literal(let text): words.append(.literal(Array(text.utf8)))
        case .unknown: words.append(.unknown)
        case .open: isOpenEnded = true
        case .argument(let number): addArgument(number, name: nil)
        case .named(let number, let name): addArgument(number, name: name)
        case .number(let number): addNumber(number)
        case .notZero(let number): return addDatabase(number)
        case .option(let number, let word): addOption(number, word)
        case .flag(let number, let word): addFlag(number, word)
        case .rest(let number): addRest(number)
        case .pairs(let number): addPairs(number)
        case .options: addOptions(command)
        }
        return true
    }

    /// The argument of a number, from 1; nil where there is none.
    ///
    /// Where one before it stands for several, nobody knows.
    private mutating func argument(_ number: Int) -> Tracker.Argument? {
        let index = number - 1 - (type.isBound ? 1 : 0)
        guard index >= 0, index < positional.count else { return nil }
        if positional[...index].contains(where: \.isSpread) {
            isOpenEnded = true
            return nil
        }
        return positional[index]
    }

    private mutating func addArgument(_ number: Int, name: String?) {
        if type.isBound, number == 1 { return words.append(.unknown) }
        guard let argument = argument(number) ?? named.first(where: { $0.name == name && name != nil }) else { return }
        // `count=None` is no argument.
        if name != nil, case .nothing? = tracker.literal(argument.range) { return }
        add(argument, takesApart: false)
    }

    private mutating func addNumber(_ number: Int) {
        addArgument(number, name: nil)
        guard let argument = argument(number), tracker.literal(argument.range) == nil else { return }
        doubtful += 1
    }

    private mutating func addDatabase(_ number: Int) -> Bool {
        guard let argument = argument(number), case .bytes(let bytes)? = tracker.literal(argument.range) else {
            return false
        }
        guard let value = Int(String(decoding: bytes, as: UTF8.self)), value != 0 else { return false }
        words.append(.literal(bytes))
        return true
    }

    private mutating func addOption(_ number: Int, _ word: String) {
        guard let argument = argument(number) else { return }
        let literal = tracker.literal(argument.range)
        switch literal {
        case .nothing?, .flag?, .list?, .map?: return
        case .bytes(let bytes)?:
            guard bytes.allSatisfy(SourceByte.isDigit), bytes != [SourceByte.zero] else { return }
        case nil:
            if let last = argument.range.last, tracker.isName(last), Self.optionNames[tracker.name(last)] != nil {
                return
            }
        }
        words.append(.literal(Array(word.utf8)))
        add(argument, takesApart: false)
    }

    /// Arguments that are constants of their own and no time to live.
    private static let optionNames: [String: Bool] = [
        "KeepTTL": true, "NotExists": true, "Exists": true, "Always": true,
    ]

    private mutating func addFlag(_ number: Int, _ word: String) {
        guard let argument = argument(number), case .flag(true)? = tracker.literal(argument.range) else { return }
        words.append(.literal(Array(word.utf8)))
    }

    private mutating func addRest(_ number: Int) {
        if type.isBound, number == 1 { words.append(.unknown) }
        let first = max(0, number - 1 - (type.isBound ? 1 : 0))
        for argument in positional.dropFirst(first) where !optionPlaces.contains(argument.whole.lowerBound) {
            add(argument, takesApart: true)
        }
        if !named.isEmpty, !hasOptions { isOpenEnded = true }
    }

    private var hasOptions: Bool { taken > 0 }

    /// A single argument that is not shown is a map: of one pair or more, two being likely.
    private mutating func addPairs(_ number: Int) {
        let first = max(0, number - 1 - (type.isBound ? 1 : 0))
        let rest = positional.dropFirst(first)
        let maps = named.filter { $0.name == "mapping" || $0.name == "items" }
        for argument in rest.count == 1 ? Array(rest) : maps {
            if argument.isSpread || tracker.literal(argument.range) != nil {
                add(argument, takesApart: true)
            } else {
                words += [.unknown, .unknown, .unknown, .unknown]
                isGuess = true
                isOpenEnded = true
            }
        }
        if rest.isEmpty, tracker.language == .ruby {
            for argument in named {
                words.append(.literal(Array((argument.name ?? "").utf8)))
                add(argument, takesApart: false)
            }
        } else if rest.count != 1 {
            for argument in rest { add(argument, takesApart: true) }
            for argument in named where ["key", "field", "value"].contains(argument.name) {
                add(argument, takesApart: false)
            }
        }
    }

    private mutating func add(_ argument: Tracker.Argument, takesApart: Bool) {
        if argument.isSpread {
            isOpenEnded = true
            return
        }
        switch tracker.literal(argument.range) {
        case .bytes(let bytes)?: words.append(.literal(bytes))
        case .flag?: words.append(.unknown)
        case nil: addUnknown(argument, takesApart)
        case .nothing?: if !takesApart { words.append(.unknown) }
        case .list(let range)?, .map(let range)?:
            guard takesApart else { return words.append(.unknown) }
            addElements(of: range)
        }
    }

    /// What a variable or a call gives: one word, or several where it is a list, or none where it is a callback.
    private mutating func addUnknown(_ argument: Tracker.Argument, _ takesApart: Bool) {
        words.append(.unknown)
        let flattens = tracker.language.isJavaScript || tracker.language == .php || tracker.language == .ruby
        if takesApart, flattens, argument.range.count == 1 { isOpenEnded = true }
        let isString = tracker.tokens[argument.range.lowerBound].kind == .string
        if tracker.language.isJavaScript, !isString, argument.whole == positional.last?.whole { doubtful += 1 }
    }

    /// The elements of a list; the keys and values of a map.
    private mutating func addElements(of range: Range<Int>) {
        for element in tracker.arguments(in: range) {
            if element.isSpread {
                isOpenEnded = true
                continue
            }
            let separator = element.whole.first { index in
                index > element.whole.lowerBound && (tracker.isSign(index, .colon) || tracker.isSign(index, .fatArrow))
            }
            guard let separator else {
                addElement(element.whole)
                continue
            }
            let key = element.whole.lowerBound..<separator
            let value = separator + 1..<element.whole.upperBound
            // Of `{member: score}`, ZADD gets the score first.
            let isScored = words.first == .literal(Array("ZADD".utf8))
            if isScored { addElement(value) }
            if key.count == 1, tracker.isName(key.lowerBound),
                tracker.language.isJavaScript || tracker.language == .ruby
            {
                words.append(.literal(Array(tracker.name(key.lowerBound).utf8)))
            } else {
                addElement(key)
            }
            if !isScored { addElement(value) }
        }
    }

    private mutating func addElement(_ range: Range<Int>) {
        guard case .bytes(let bytes)? = tracker.literal(range) else { return words.append(.unknown) }
        words.append(.literal(bytes))
    }
}

// Raw calls: the arguments are the words.
extension WordBuilder {
    private mutating func buildRaw(_ template: CommandTemplate) -> Bool {
        var range = positional.first?.range ?? 0..<0
        guard positional.first?.isSpread != true else {
            undecided = range
            return true
        }
        if case .list(let inside)? = tracker.literal(range) {
            positional = tracker.arguments(in: inside) + positional.dropFirst()
            range = positional.first?.range ?? 0..<0
        }
        guard !range.isEmpty else { return false }
        guard positional.first?.isSpread != true, let (bytes, place) = commandName(range) else {
            undecided = range
            return true
        }
        self.place = place
        let names = String(decoding: bytes, as: UTF8.self).split(separator: " ").map { $0.uppercased() }
        words = names.map { .literal(Array($0.utf8)) }
        guard template.parts == [.rest(1)] else {
            isOpenEnded = true
            return !words.isEmpty
        }
        for argument in positional.dropFirst() { add(argument, takesApart: true) }
        return !words.isEmpty
    }

    /// `"KEYS"`, `:keys`, `Protocol.Command.KEYS`: the name and where it stands.
    private func commandName(_ range: Range<Int>) -> ([UInt8], Range<Int>)? {
        if range.count == 1, let bytes = tracker.stringBytes(range.lowerBound) {
            let token = tracker.tokens[range.lowerBound]
            return (bytes, Int(token.contentStart)..<Int(token.contentEnd))
        }
        guard range.count >= 3, let last = range.last, tracker.isName(last) else { return nil }
        let isPath = range.allSatisfy {
            tracker.isName($0) || tracker.isSign($0, .dot) || tracker.isSign($0, .doubleColon)
        }
        let name = tracker.name(last)
        guard isPath, name.allSatisfy({ $0.isUppercase || $0 == "_" || $0.isNumber }) else { return nil }
        guard CommandNames.shared.isCommand(name) else { return nil }
        let token = tracker.tokens[last]
        return (Array(name.utf8), Int(token.start)..<Int(token.end))
    }
}

// Options: named arguments, entries of maps, words among the arguments, members of parameter objects.
extension WordBuilder {
    private mutating func addOptions(_ command: String) {
        let options = CommandShape.options(of: command)
        guard !options.isEmpty else { return }
        let first = max(0, taken - (type.isBound ? 1 : 0))
        var seen: Set<String> = []
        var members = MemberSearch(isOn: command == "ZADD")
        for argument in Array(positional.dropFirst(first)) + named {
            if argument.isSpread { isOpenEnded = true }
            for index in places(in: argument) where tracker.tokens[index].kind != .open {
                let found = option(at: index, in: argument, of: options)
                if members.isMember(at: index, isOption: found != nil, in: argument, tracker) { continue }
                guard let option = found, seen.insert(option.word).inserted else { continue }
                if argument.name == nil { optionPlaces.insert(argument.whole.lowerBound) }
                words.append(.literal(Array(option.word.utf8)))
                addValues(of: option, after: index)
            }
        }
    }

    /// Where options may stand in an argument: not in what is called or indexed, as in `ex=times["get"]`.
    ///
    /// Python's maps among the arguments are values.
    private func places(in argument: Tracker.Argument) -> [Int] {
        if tracker.language == .python {
            if argument.name != nil { return [argument.whole.lowerBound] }
            if case .map? = tracker.literal(argument.range) { return [] }
        }
        var places: [Int] = []
        var index = argument.whole.lowerBound
        while index < argument.whole.upperBound {
            places.append(index)
            let isInside = tracker.tokens[index].kind == .open && tracker.tokens[index].value > index
            let isPassedOver = isInside && !holdsOptions(index)
            index = isPassedOver ? Int(tracker.tokens[index].value) + 1 : index + 1
        }
        return places
    }

    /// The brackets are those of a map, a list or an object, and not of a call or an index.
    private func holdsOptions(_ open: Int) -> Bool {
        let before = open > 0 ? tracker.tokens[open - 1] : nil
        switch tracker.tokens[open].sign {
        case .brace: return true
        case .bracket: return before.map { $0.kind == .sign || $0.kind == .open } ?? true
        case .parenthesis: return tracker.isName(open - 1) && tracker.name(open - 1) == "array"
        default: return false
        }
    }

    private func option(
        at index: Int, in argument: Tracker.Argument, of options: [CommandShape.Option]
    ) -> CommandShape.Option? {
        let token = tracker.tokens[index]
        let name: String
        if token.kind == .name {
            guard isOptionName(index, in: argument) else { return nil }
            name = CommandNames.plain(tracker.name(index))
        } else if token.kind == .string, let bytes = tracker.stringBytes(index), bytes.count < 16 {
            name = CommandNames.plain(String(decoding: bytes, as: UTF8.self))
        } else {
            return nil
        }
        if hasSeparator(index), isNegative(index + 2) { return nil }
        let word = CommandShape.otherNames[name] ?? name.uppercased()
        return options.first { $0.word == word || $0.word == name.uppercased() }
    }

    /// `nx=True`, `NX: true`, `'nx' => 1`; `SetParams.setParams().nx()`, `When.NotExists`; not a variable `get`.
    private func isOptionName(_ index: Int, in argument: Tracker.Argument) -> Bool {
        if hasSeparator(index) { return true }
        guard tracker.isSign(index - 1, .dot) || tracker.isSign(index - 1, .doubleColon) else { return false }
        return argument.whole.contains { place in
            guard tracker.isName(place) else { return false }
            let name = tracker.name(place)
            return Self.parameterObjects.contains { name.hasSuffix($0) } || (name == "redis" && tracker.language == .go)
        }
    }

    private static let parameterObjects = [
        "Params", "Args", "Options", "When", "Builder", "ExpiryOption", "ExpireOption", "Flags",
    ]

    private func hasSeparator(_ index: Int) -> Bool {
        tracker.isSign(index + 1, .assign) || tracker.isSign(index + 1, .colon) || tracker.isSign(index + 1, .fatArrow)
    }

    private func isNegative(_ index: Int) -> Bool {
        guard index < tracker.tokens.count else { return false }
        switch tracker.literal(index..<index + 1) {
        case .flag(false)?, .nothing?: return true
        case .flag?, .bytes?, .list?, .map?, nil: return false
        }
    }

    private mutating func addValues(of option: CommandShape.Option, after index: Int) {
        for number in 0..<option.arguments {
            let place = index + 2 + number * 2
            let isShown = number == 0 && place < tracker.tokens.count
            guard isShown, case .bytes(let bytes)? = tracker.literal(place..<place + 1) else {
                words.append(.unknown)
                continue
            }
            words.append(.literal(bytes))
        }
    }
}

/// Tells the words of ZADD that are members from its options, which stand before the first score.
private struct MemberSearch {
    /// Whether the command has members after its options.
    let isOn: Bool
    private var isAmongOptions = true

    init(isOn: Bool) { self.isOn = isOn }

    /// The string at `index` is a member, even if it looks like an option.
    mutating func isMember(
        at index: Int, isOption: Bool, in argument: Tracker.Argument, _ tracker: Tracker
    ) -> Bool {
        guard isOn, argument.name == nil, ![.sign, .close].contains(tracker.tokens[index].kind) else { return false }
        guard tracker.tokens[index].kind == .string else {
            // PHP's `array('NX')` is a list of options.
            let isList = tracker.isName(index) && tracker.name(index) == "array"
            isAmongOptions = isAmongOptions && isList
            return false
        }
        // `condition: 'NX'` of node-redis.
        if tracker.isSign(index - 1, .colon), tracker.isName(index - 2) {
            return !["condition", "comparison"].contains(tracker.name(index - 2))
        }
        let isPlain = !tracker.isSign(index + 1, .colon) && !tracker.isSign(index + 1, .fatArrow)
        isAmongOptions = isAmongOptions && isOption && isPlain
        return !isAmongOptions
    }
}
