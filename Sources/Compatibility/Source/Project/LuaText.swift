/// Lua scripts in strings.
enum LuaText {
    static func isScript(_ content: UnsafeRawBufferPointer) -> Bool {
        let text = SourceText(content)
        // A template of ServiceStack passes values on by signs that Lua does not have.
        for sign in ["|>", "{{ redis", "{{redis"] as [StaticString]
        where text.find(sign, from: 0, end: text.count) != nil { return false }
        return text.find("redis.call", from: 0, end: text.count) != nil
            || text.find("redis.pcall", from: 0, end: text.count) != nil
    }

    private static let dialect = DialectList.index(ofName: LuaDialect.facts.name)

    /// The commands of a script in a string; their places are those in the file.
    static func commands(of node: SyntaxNode, in text: SourceText, undecided: inout [UndecidedName]) -> [SentCommand] {
        let (script, offsets) = StringDecoder.bytes(of: node, in: text)
        let scan = scan(script, at: offsets)
        undecided += scan.undecided
        return scan.commands
    }

    /// The commands of a script that is put together of strings and of what only the running program knows.
    static func commands(
        ofParts parts: [NodeID], of tree: SyntaxTree, undecided: inout [UndecidedName]
    ) -> [SentCommand] {
        var script: [UInt8] = []
        var offsets: [Int] = []
        var holes: Set<Int> = []
        for part in parts {
            let node = tree[part]
            if node.kind == .literal {
                let (bytes, places) = StringDecoder.bytes(of: node, in: tree.text)
                script += bytes
                offsets += places
            } else {
                // A name that Lua would take, in and outside of a string; `"…" EOL "…"` ends a line.
                holes.insert(script.count)
                script.append(lineEnds.contains(node.name) ? SourceByte.lineFeed : UInt8(ascii: "x"))
                offsets.append(Int(node.start))
            }
        }
        let scan = scan(script, at: offsets, holes: holes)
        undecided += scan.undecided
        return scan.commands
    }

    /// What programs of C call the end of a line between strings.
    private static let lineEnds = Set(
        ["EOL", "NL", "LF", "CRLF", "ENDL", "NEWLINE", "LINE_END"].map { Identifier($0) })

    /// What a script sends; the places have bytes of the file, and no lines.
    ///
    /// - Parameters:
    ///   - offsets: of each byte of the script, its place in the file.
    ///   - holes: the bytes of the script that stand for what only the running program knows.
    private static func scan(_ script: [UInt8], at offsets: [Int], holes: Set<Int> = []) -> SourceScan {
        guard let dialect else { return SourceScan() }
        var scan = script.withUnsafeBytes { bytes in
            SourceProject.read(bytes, name: "script", dialect: dialect).scan(bytes, path: "script", ReceiverNames())
        }
        let isDecided = { (command: SentCommand) in
            isName(command.words.first) && !command.place.bytes.contains { holes.contains($0) }
        }
        let commands = scan.commands.filter { $0.origin == .script }
        scan.commands = commands.filter(isDecided)
        scan.undecided += commands.filter { !isDecided($0) }.map { command in
            UndecidedName(
                place: command.place, library: command.library, confidence: command.confidence,
                text: String(decoding: script[command.place.bytes].prefix(80), as: UTF8.self))
        }
        for index in scan.commands.indices { move(&scan.commands[index].place, by: offsets) }
        for index in scan.undecided.indices { move(&scan.undecided[index].place, by: offsets) }
        return scan
    }

    /// A command can be called so: no `$name`, `{name}`, `%s`, `<%= name %>` or `#{name}`, in which the program around the
    /// script, or what makes its text, puts something.
    private static func isName(_ word: SentCommand.Word?) -> Bool {
        guard case .literal(let bytes) = word else { return true }
        return bytes.allSatisfy { SourceByte.continuesName($0) && $0 != UInt8(ascii: "$") || ".-|".utf8.contains($0) }
    }

    private static func move(_ place: inout SourcePlace, by offsets: [Int]) {
        guard let last = offsets.last else { return }
        let bytes = place.bytes
        let start = bytes.lowerBound < offsets.count ? offsets[bytes.lowerBound] : last
        let end = bytes.isEmpty ? start : offsets[min(bytes.upperBound, offsets.count) - 1] + 1
        place = SourcePlace(bytes: start..<max(start, end), line: 0, column: 0, endColumn: 0)
    }
}
