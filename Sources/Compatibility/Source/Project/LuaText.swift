/// Lua scripts in strings.
enum LuaText {
    static func isScript(_ content: UnsafeRawBufferPointer) -> Bool {
        let text = SourceText(content)
        return text.find("redis.call", from: 0, end: text.count) != nil
            || text.find("redis.pcall", from: 0, end: text.count) != nil
    }

    /// The commands of a script in a string; their places are those in the file.
    static func commands(of node: SyntaxNode, in text: SourceText, undecided: inout [UndecidedName]) -> [SentCommand] {
        let (script, offsets) = StringDecoder.bytes(of: CallArguments.token(node), in: text)
        return commands(script, at: offsets, undecided: &undecided)
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
                let (bytes, places) = StringDecoder.bytes(of: CallArguments.token(node), in: tree.text)
                script += bytes
                offsets += places
            } else {
                // A name that Lua would take, in and outside of a string.
                script.append(UInt8(ascii: "x"))
                offsets.append(Int(node.start))
            }
        }
        return commands(script, at: offsets, undecided: &undecided)
    }

    /// - Parameter offsets: of each byte of the script, its place in the file.
    private static func commands(
        _ script: [UInt8], at offsets: [Int], undecided: inout [UndecidedName]
    ) -> [SentCommand] {
        var commands: [SentCommand] = []
        script.withUnsafeBytes { bytes in
            for call in LuaScanner.calls(SourceText(bytes)) {
                guard call.place.lowerBound < offsets.count else { continue }
                let start = offsets[call.place.lowerBound]
                let end = call.place.isEmpty ? start : offsets[min(call.place.upperBound, offsets.count) - 1] + 1
                let place = SourcePlace(bytes: start..<max(start, end), line: 0, column: 0, endColumn: 0)
                if let shown = call.undecided {
                    undecided.append(UndecidedName(place: place, library: .luaScript, confidence: .high, text: shown))
                } else {
                    commands.append(
                        SentCommand(
                            place: place, words: call.words, isOpenEnded: call.isOpenEnded,
                            leastWords: call.words.count,
                            isRaw: true, origin: .script, library: .luaScript, confidence: .high, method: call.method))
                }
            }
        }
        return commands
    }
}

/// Finds `redis.call` in Lua.
enum LuaScanner {
    private static let keywords: (Keywords, SymbolTable) = {
        var symbols = ClientTable.shared.symbols
        let keywords = Keywords(&symbols)
        return (keywords, symbols)
    }()

    static func calls(_ text: SourceText) -> [LuaCalls.Found] {
        LuaCalls(text, table: .shared, symbols: keywords.1, keywords: keywords.0).found
    }
}
