/// Finds `redis.call` and `redis.pcall` in Lua, in a file or in a string of another language.
struct LuaCalls {
    /// A call: its words, and where its command's name stands.
    struct Found {
        let words: [SentCommand.Word]
        let isOpenEnded: Bool
        let place: Range<Int>
        /// No name is shown: the tokens of the first argument.
        let undecided: String?
        let method: String
    }

    private let tracker: Tracker
    private(set) var found: [Found] = []

    /// Reads Lua.
    ///
    /// - Parameters:
    ///   - text: the script.
    ///   - symbols: the identifiers known so far.
    init(_ text: SourceText, table: ClientTable, symbols: SymbolTable, keywords: Keywords) {
        var lexer = Lexer(text: text, language: .lua, symbols: symbols)
        lexer.run()
        tracker = Tracker(lexer, table: table, keywords: keywords, receiverNames: [])
        read()
    }

    private mutating func read() {
        var aliases: Set<Symbol> = []
        var index = 0
        while index < tracker.tokens.count {
            if isCall(index) {
                // `local call = redis.call`
                if index >= 2, tracker.isSign(index - 1, .assign), tracker.isName(index - 2), !isArguments(index + 3) {
                    aliases.insert(tracker.symbol(index - 2))
                }
                if isArguments(index + 3) { add(arguments: index + 3, name: index + 2) }
                index += 3
            } else {
                if tracker.isName(index), aliases.contains(tracker.symbol(index)), isArguments(index + 1),
                    !tracker.isSign(index - 1, .dot)
                {
                    add(arguments: index + 1, name: index)
                }
                index += 1
            }
        }
    }

    /// A call of `redis.call` or `redis.pcall` starts here.
    private func isCall(_ index: Int) -> Bool {
        guard tracker.isName(index), tracker.isSign(index + 1, .dot), tracker.isName(index + 2) else { return false }
        guard index == 0 || !tracker.isSign(index - 1, .dot) else { return false }
        guard ["redis", "server"].contains(tracker.name(index)) else { return false }
        return ["call", "pcall"].contains(tracker.name(index + 2))
    }

    private func isArguments(_ index: Int) -> Bool {
        tracker.isOpen(index, .parenthesis) || (index < tracker.tokens.count && tracker.tokens[index].kind == .string)
    }

    private mutating func add(arguments open: Int, name: Int) {
        let isString = tracker.tokens[open].kind == .string
        let range = isString ? open..<open + 1 : open + 1..<Int(tracker.tokens[open].value)
        let arguments = tracker.arguments(in: range)
        let method = "redis." + tracker.name(name)
        guard let first = arguments.first else { return }
        let token = tracker.tokens[first.range.lowerBound]
        guard first.range.count == 1, let bytes = tracker.stringBytes(first.range.lowerBound) else {
            let end = tracker.tokens[first.range.upperBound - 1].end
            let place = Int(token.start)..<Int(end)
            let text = tracker.text.text(place.lowerBound, min(place.upperBound, place.lowerBound + 80))
            found.append(Found(words: [], isOpenEnded: true, place: place, undecided: text, method: method))
            return
        }
        var words: [SentCommand.Word] = [.literal(Array(String(decoding: bytes, as: UTF8.self).uppercased().utf8))]
        var isOpenEnded = false
        for argument in arguments.dropFirst() {
            if isUnpacked(argument) {
                isOpenEnded = true
            } else if case .bytes(let bytes)? = tracker.literal(argument.range) {
                words.append(.literal(bytes))
            } else {
                words.append(.unknown)
            }
        }
        let place = Int(token.contentStart)..<Int(token.contentEnd)
        found.append(Found(words: words, isOpenEnded: isOpenEnded, place: place, undecided: nil, method: method))
    }

    /// The argument stands for several: `unpack(ARGV)`, `table.unpack(…)`, `...`.
    private func isUnpacked(_ argument: Tracker.Argument) -> Bool {
        argument.isSpread || argument.range.isEmpty
            || argument.range.contains { tracker.isName($0) && tracker.name($0) == "unpack" }
    }
}
