import CommandCatalog

// From a call on a client to the commands that it sends.

extension Tracker {
    /// A call whose arguments have been walked.
    struct Call {
        let name: Symbol
        /// The token of the method's name.
        let token: Int
        let arguments: Range<Int>
        /// A block is all the arguments there are.
        var hasBlock = false
    }

    /// The object that a method is called on; one that is known by its name alone where nothing else is known.
    func receiver(_ chain: Chain) -> Value {
        guard chain.value.kind == .unknown else { return chain.value }
        guard chain.name != .none, isReceiverName(chain.name) else { return chain.value }
        let types = uses.lazy.compactMap { table.libraries[$0.library].receiver }
        guard let type = types.first else { return chain.value }
        return Value(kind: .instance, index: type, isCertain: false)
    }

    /// Ends a call of a member: reports its commands, makes its result the chain's value.
    ///
    /// - Returns: what a block after the call is called with.
    mutating func finish(_ call: Call, _ chain: inout Chain) -> Value? {
        let value = receiver(chain)
        let method = chain.method.isEmpty ? symbols.text(call.name) : chain.method + "." + symbols.text(call.name)
        let unknown = Chain(value: scopes.function(call.name).flatMap { isOwn(chain) ? $0 : nil } ?? .unknown)
        switch value.kind {
        case .unknown, .other:
            chain = unknown
            return nil
        case .module:
            let exported = table.libraries[value.index].exports[call.name] ?? .unknown
            chain = Chain(value: .unknown)
            guard exported.kind == .type || exported.kind == .function else { return nil }
            construct(exported, at: call)
            chain.value = Value(kind: .instance, index: exported.index)
            return nil
        case .function:
            chain = Chain(value: .unknown)
            return nil
        case .type, .instance:
            return finish(call, on: value, &chain, method)
        }
    }

    private func isOwn(_ chain: Chain) -> Bool { keywords.receivers.contains(chain.name) }

    private mutating func construct(_ value: Value, at call: Call) {
        reportDatabases(in: call.arguments, of: value)
        let new = symbols.symbol("new")
        let count = arguments(in: call.arguments).count
        if value.kind == .type, let method = table.method(new, on: value.index, isStatic: true, argumentCount: count) {
            report(method, call, value, symbols.text(call.name))
        }
    }

    private mutating func finish(_ call: Call, on value: Value, _ chain: inout Chain, _ text: String) -> Value? {
        let isStatic = value.kind == .type
        let type = table.types[value.index]
        if value.isCertain { use(type.library, at: call.token) }
        if isStatic { reportDatabases(in: call.arguments, of: value) }
        let count = max(0, arguments(in: call.arguments).count + (call.hasBlock ? 1 : 0) - (type.skipsFirst ? 1 : 0))
        guard let method = method(call.name, on: value, argumentCount: count + (type.isBound ? 1 : 0)) else {
            chain = Chain(value: type.isFluent ? value : .unknown)
            if type.isFluent { chain.name = call.name }
            if isStatic, language == .ruby, symbols.text(call.name) == "new" {
                chain.value = Value(kind: .instance, index: value.index)
            } else if value.kind == .instance, value.isCertain, type.speaksCommands, !call.hasBlock {
                reportUndecided(value, call.token..<call.token + 1)
            }
            return nil
        }
        report(method, call, value, text)
        var result = Value.unknown
        switch method.result {
        case .nothing: if type.isFluent { result = value }
        case .same: result = value
        case .type(let index): result = Value(kind: .instance, index: index, isCertain: value.isCertain)
        }
        let isSilent = method.templates.isEmpty && result.kind == .instance
        chain = Chain(value: result)
        chain.method = isSilent && !type.isFluent && Self.isShown(table.types[result.index]) ? text : ""
        return method.callback.map { Value(kind: .instance, index: $0, isCertain: value.isCertain) }
    }

    /// `opsForValue().set` is shown with both its names; `getResource().keys` is not.
    private static func isShown(_ type: ClientTable.ClientType) -> Bool { !type.speaksCommands }

    /// The table's line for a method, else the command that it is named after.
    private func method(_ name: Symbol, on value: Value, argumentCount: Int) -> ClientTable.Method? {
        let isStatic = value.kind == .type
        if let method = table.method(name, on: value.index, isStatic: isStatic, argumentCount: argumentCount) {
            return method
        }
        let text = symbols.text(name)
        if text.hasSuffix("Async"), text.utf8.count > 5 {
            if let plain = table.method(
                table.symbol(String(text.dropLast(5))), on: value.index, isStatic: isStatic,
                argumentCount: argumentCount)
            {
                return plain
            }
        }
        let type = table.types[value.index]
        guard type.speaksCommands, !isStatic || type.name == "facade" else { return nil }
        guard let words = CommandNames.shared.command(ofMethod: text) else {
            return nil
        }
        if isStatic, let method = table.method(name, on: value.index, isStatic: false, argumentCount: argumentCount) {
            return method
        }
        var method = ClientTable.Method()
        method.templates = [CommandTemplate(words: words, parts: CommandShape.parts(of: words.joined(separator: " ")))]
        return method
    }

    /// Reports all that a method sends.
    mutating func report(_ method: ClientTable.Method, _ call: Call, _ value: Value, _ text: String) {
        guard isReporting, !isSilenced(method, call) else { return }
        for template in method.templates {
            switch content(template, call, value, text) {
            case nil: continue
            case .command(let command)?:
                findings.append(Finding(range: command.place.bytes, content: .command(command)))
            case .undecided(let tokens)?: reportUndecided(value, tokens)
            }
        }
    }

    private enum Content {
        case command(SentCommand)
        case undecided(Range<Int>)
    }

    /// What a template makes of a call; nil where the call does not send the command.
    private func content(_ template: CommandTemplate, _ call: Call, _ value: Value, _ text: String) -> Content? {
        let type = table.types[value.index]
        var words = WordBuilder(tracker: self, call: call, type: type)
        guard words.build(template) else { return nil }
        if let undecided = words.undecided { return .undecided(undecided) }
        let place = words.place ?? Int(tokens[call.token].start)..<Int(tokens[call.token].end)
        let isSure = value.isCertain && !words.isGuess
        return .command(
            SentCommand(
                place: SourcePlace(bytes: place, line: 0, column: 0, endColumn: 0), words: words.words,
                isOpenEnded: words.isOpenEnded, leastWords: words.words.count - words.doubtful, isRaw: template.isRaw,
                origin: template.isRaw ? .raw : template.isHidden ? .hidden : .method,
                library: table.libraries[type.library].library, confidence: isSure ? .high : .low, method: text))
    }

    /// An argument says that nothing is sent: `transaction=False`, `Redis::PIPELINE`, a function instead of a script.
    private func isSilenced(_ method: ClientTable.Method, _ call: Call) -> Bool {
        guard let word = method.unless else { return false }
        if word == "lambda" {
            return call.hasBlock
                || call.arguments.contains { index in
                    isSign(index, .arrow) || isSign(index, .fatArrow)
                        || (isName(index) && name(index).hasSuffix("Callback"))
                }
        }
        for (index, argument) in arguments(in: call.arguments).enumerated() {
            if let last = argument.range.last, isName(last), name(last) == word { return true }
            let isNamed = argument.name == word || (argument.name == nil && index == 0)
            if isNamed, case .flag(false)? = literal(argument.range) { return true }
            if case .map(let range)? = literal(argument.range),
                range.contains(where: { isName($0) && name($0) == word && isSign($0 + 1, .colon) && isFalse($0 + 2) })
            {
                return true
            }
        }
        return false
    }

    private func isFalse(_ index: Int) -> Bool { isName(index) && keywords.falsehoods.contains(symbol(index)) }

    /// A call whose command nobody can read off the source.
    mutating func reportUndecided(_ value: Value, _ range: Range<Int>) {
        guard isReporting, let first = range.first, let last = range.last else { return }
        let bytes = Int(tokens[first].start)..<Int(tokens[last].end)
        let place = SourcePlace(bytes: bytes, line: 0, column: 0, endColumn: 0)
        let shown = text.text(bytes.lowerBound, min(bytes.upperBound, bytes.lowerBound + 80))
        let library = table.libraries[table.types[value.index].library].library
        let undecided = UndecidedName(
            place: place, library: library, confidence: value.isCertain ? .high : .low, text: shown)
        findings.append(Finding(range: bytes, content: .undecided(undecided)))
    }

    /// `db=3`, `{ db: 3 }`, `'database' => 3` anywhere in a constructor's arguments: SELECT 3.
    mutating func reportDatabases(in range: Range<Int>, of value: Value) {
        use(table.types[value.index].library, at: max(0, range.lowerBound - 1))
        guard isReporting, range.count >= 3 else { return }
        for index in range.lowerBound..<range.upperBound - 2 where isDatabaseName(index) {
            guard isSign(index + 1, .assign) || isSign(index + 1, .colon) || isSign(index + 1, .fatArrow) else {
                continue
            }
            reportDatabase(token: index + 2, number: literalNumber(index + 2), of: value)
        }
    }

    private func isDatabaseName(_ index: Int) -> Bool {
        if isName(index) { return keywords.databases.contains(symbol(index)) }
        guard let bytes = stringBytes(index), bytes.count < 32 else { return false }
        return ["db", "database", "dbindex"].contains(CommandNames.plain(String(decoding: bytes, as: UTF8.self)))
    }

    private func literalNumber(_ index: Int) -> Int? {
        guard case .bytes(let bytes)? = literal(index..<index + 1) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    /// SELECT of a database other than 0, by the token that says its number.
    private mutating func reportDatabase(token: Int, number: Int?, of value: Value) {
        guard let number, number > 0 else { return }
        let library = table.libraries[table.types[value.index].library].library
        let place = Int(tokens[token].start)..<Int(tokens[token].end)
        addDatabase(number, at: place, library: library)
    }

    mutating func addDatabase(_ number: Int, at place: Range<Int>, library: ClientLibrary) {
        let words = [SentCommand.Word.literal(Array("SELECT".utf8)), .literal(Array(String(number).utf8))]
        let command = SentCommand(
            place: SourcePlace(bytes: place, line: 0, column: 0, endColumn: 0), words: words, isOpenEnded: false,
            leastWords: words.count, isRaw: false, origin: .database, library: library, confidence: .high,
            method: "SELECT")
        findings.append(Finding(range: place, content: .command(command)))
    }
}
