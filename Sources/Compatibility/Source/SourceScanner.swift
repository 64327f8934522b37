/// Reads source code for the commands that its Redis clients send.
///
/// A file counts only if it imports a client; a call counts only if its receiver is one: assigned from a constructor,
/// declared with a client's type, held in a field, lent by a pool. So `dict.keys()` and `os.rename()` are never taken
/// for commands. Keep one scanner a thread: it reuses what it has built. Whatever bytes come, `scan` ends and gives
/// what it could read.
public struct SourceScanner {
    private let table = ClientTable.shared
    private let keywords: Keywords
    private let receiverNames: Set<String>
    private let givenNames: ReceiverNames
    /// The identifiers of the tables and keywords; a scan's own are added to a copy.
    private let symbols: SymbolTable

    /// A scanner that guesses clients by these names.
    public init(_ receiverNames: ReceiverNames = ReceiverNames()) {
        var symbols = ClientTable.shared.symbols
        keywords = Keywords(&symbols)
        self.symbols = symbols
        givenNames = receiverNames
        self.receiverNames = Set((ReceiverNames.usual + receiverNames.trusted).map(CommandNames.plain))
    }

    /// True where the bytes mention Redis at all, as every file does that imports a client.
    ///
    /// Several gigabytes a second.
    public static func mentionsClient(_ bytes: UnsafeRawBufferPointer) -> Bool { ClientMention.isIn(bytes) }

    /// The commands that one file sends.
    ///
    /// - Parameters:
    ///   - bytes: the file. One of 2 GB or more is not read.
    ///   - language: its language, by ``SourceLanguage/of(path:head:)``.
    public mutating func scan(_ bytes: UnsafeRawBufferPointer, language: SourceLanguage) -> SourceScan {
        guard bytes.count < Int32.max, ClientMention.isIn(bytes) else { return SourceScan() }
        if let dialect = DialectList.index(ofName: language.rawValue) {
            let project = SourceProject.read(bytes, name: "file", dialect: dialect)
            return project.scan(bytes, path: "file", givenNames)
        }
        let text = SourceText(bytes)
        var lexer = Lexer(text: text, language: language, symbols: symbols)
        lexer.run()
        var tracker = Tracker(lexer, table: table, keywords: keywords, receiverNames: receiverNames)
        tracker.run()
        guard let first = tracker.uses.first else { return SourceScan() }
        addStrings(&tracker, library: table.libraries[first.library].library)
        let uses = tracker.uses.map { library, token in
            (table.libraries[library].library, Int(tracker.tokens[token].start)..<Int(tracker.tokens[token].end))
        }
        return result(tracker.findings, uses, text)
    }

    /// Database numbers in URLs, and scripts, in the file's strings.
    private func addStrings(_ tracker: inout Tracker, library: ClientLibrary) {
        for token in tracker.tokens where token.kind == .string && token.contentEnd - token.contentStart >= 11 {
            let content = tracker.text.slice(Int(token.contentStart), Int(token.contentEnd))
            if let number = DatabaseURL.database(content) ?? DatabaseURL.defaultDatabase(content) {
                tracker.addDatabase(
                    number, at: Int(token.contentStart)..<Int(token.contentEnd), library: library)
            } else if isScript(content) {
                addScript(token, &tracker)
            }
        }
    }

    private func isScript(_ content: UnsafeRawBufferPointer) -> Bool {
        let text = SourceText(content)
        return text.find("redis.call", from: 0, end: text.count) != nil
            || text.find("redis.pcall", from: 0, end: text.count) != nil
    }

    /// The commands of a Lua script in a string; its places are those in the file.
    private func addScript(_ token: Token, _ tracker: inout Tracker) {
        let scan = LuaText.scan(token, in: tracker.text)
        for command in scan.commands {
            tracker.findings.append(Tracker.Finding(range: command.place.bytes, content: .command(command)))
        }
        for name in scan.undecided {
            tracker.findings.append(Tracker.Finding(range: name.place.bytes, content: .undecided(name)))
        }
    }

    /// Puts the findings in order and gives all places lines and columns.
    private func result(
        _ findings: [Tracker.Finding], _ uses: [(library: ClientLibrary, range: Range<Int>)], _ text: SourceText
    ) -> SourceScan {
        var scan = SourceScan()
        guard !findings.isEmpty || !uses.isEmpty else { return scan }
        var lines = LineIndex(text)
        scan.libraries = uses.map { LibraryUse(library: $0.library, place: lines.place($0.range, in: text)) }
        let order = findings.indices.sorted {
            (findings[$0].range.lowerBound, $0) < (findings[$1].range.lowerBound, $1)
        }
        for index in order {
            let place = lines.place(findings[index].range, in: text)
            switch findings[index].content {
            case .command(var command):
                command.place = place
                scan.commands.append(command)
            case .undecided(var undecided):
                undecided.place = place
                scan.undecided.append(undecided)
            }
        }
        return scan
    }
}

/// The database number of a Redis URL.
enum DatabaseURL {
    /// 3 for `redis://user:password@host:6379/3` and `unix:///run/redis.sock?db=3`; nil for 0 and for anything else.
    static func database(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let text = SourceText(bytes)
        let schemes: [StaticString] = ["redis://", "rediss://", "valkey://", "valkeys://", "redis+unix://", "unix://"]
        guard let scheme = schemes.first(where: { text.starts(with: $0, at: 0) }) else { return nil }
        let authority = scheme.utf8CodeUnitCount
        var path = authority
        while path < text.count, text[path] != SourceByte.slash, text[path] != SourceByte.question { path += 1 }
        if let query = text.find("db=", from: path, end: text.count) { return number(text, from: query + 3) }
        guard text[path] == SourceByte.slash, !text.starts(with: "unix", at: 0) else { return nil }
        return number(text, from: path + 1)
    }

    /// 3 for StackExchange.Redis' `localhost,defaultDatabase=3`.
    static func defaultDatabase(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count < 4096 else { return nil }
        let text = SourceText(bytes)
        return text.find("defaultDatabase=", from: 0, end: text.count).flatMap { number(text, from: $0 + 16) }
    }

    /// The number up to the end, `?`, `&` or a comma; nil for 0.
    private static func number(_ text: SourceText, from start: Int) -> Int? {
        var value = 0
        var index = start
        while SourceByte.isDigit(text[index]), index - start < 6 {
            value = value * 10 + Int(text[index] - SourceByte.zero)
            index += 1
        }
        let ends =
            index == text.count || text[index] == SourceByte.comma || text[index] == SourceByte.question
            || text[index] == SourceByte.ampersand
        return index > start && ends && value > 0 ? value : nil
    }
}
