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
        for part in parts {
            let node = tree[part]
            if node.kind == .literal {
                let (bytes, places) = StringDecoder.bytes(of: node, in: tree.text)
                script += bytes
                offsets += places
            } else {
                // A name that Lua would take, in and outside of a string; `"…" EOL "…"` ends a line.
                script.append(lineEnds.contains(node.name) ? SourceByte.lineFeed : UInt8(ascii: "x"))
                offsets.append(Int(node.start))
            }
        }
        let scan = scan(script, at: offsets)
        undecided += scan.undecided
        return scan.commands
    }

    /// What programs of C call the end of a line between strings.
    private static let lineEnds = Set(
        ["EOL", "NL", "LF", "CRLF", "ENDL", "NEWLINE", "LINE_END"].map { Identifier($0) })

    /// What a script sends; the places have bytes of the file, and no lines.
    ///
    /// - Parameter offsets: of each byte of the script, its place in the file.
    private static func scan(_ script: [UInt8], at offsets: [Int]) -> SourceScan {
        guard let dialect else { return SourceScan() }
        var scan = script.withUnsafeBytes { bytes in
            SourceProject.read(bytes, name: "script", dialect: dialect).scan(bytes, path: "script", ReceiverNames())
        }
        scan.commands.removeAll { $0.origin != .script }
        for index in scan.commands.indices { move(&scan.commands[index].place, by: offsets) }
        for index in scan.undecided.indices { move(&scan.undecided[index].place, by: offsets) }
        return scan
    }

    private static func move(_ place: inout SourcePlace, by offsets: [Int]) {
        guard let last = offsets.last else { return }
        let bytes = place.bytes
        let start = bytes.lowerBound < offsets.count ? offsets[bytes.lowerBound] : last
        let end = bytes.isEmpty ? start : offsets[min(bytes.upperBound, offsets.count) - 1] + 1
        place = SourcePlace(bytes: start..<max(start, end), line: 0, column: 0, endColumn: 0)
    }
}
