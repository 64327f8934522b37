/// What a command of a shell script writes, for the one that reads it.
enum ShellOutput {
    /// A here-document, at its place in the script.
    case document([UInt8], offset: Int)
    /// What `echo` or `printf` writes, at the word that says it; `$_` is where nobody knows a part.
    case text([UInt8], ShellScript.Word)
    /// What only the running program knows, with the word that names where it comes from.
    case unknown(ShellScript.Word)

    /// Whether the arguments of a function are in it.
    var isArgument: Bool {
        switch self {
        case .document: false
        case .text(_, let word), .unknown(let word): word.isArgument
        }
    }

    /// The same as what a function reads where it is called.
    var asArgument: ShellOutput {
        switch self {
        case .document, .unknown: return self
        case .text(let text, var word):
            word.isArgument = true
            return .text(text, word)
        }
    }
}

// What goes from one command to the next.

extension ShellJudge {
    /// What writes its words instead of running them.
    private static let writers: Set<String> = ["echo", "printf"]
    /// What writes what it reads.
    private static let copiers: Set<String> = ["cat", "tee", "pv", "tac", "sponge"]
    /// What writes nothing, or nothing that matters.
    private static let silent: Set<String> = [
        "sleep", ":", "true", "false", "cd", "read", "[", "[[", "test", "export", "local", "declare", "set", "unset",
        "break",
        "continue", "wait", "let", "shift", "for", "case", "select", "return", "exit", "function", "}", "done", "fi",
        "esac",
        "trap", "mkdir", "rm", "touch",
    ]
    private static let maximumDepth = 20
    /// A group of more commands is not gone through for what it writes.
    private static let maximumGroup = 10_000

    /// What a command reads.
    func inputs(of index: Int) -> [ShellOutput] {
        let command = commands[index]
        if !command.documents.isEmpty { return command.documents.map { .document($0.text, offset: $0.offset) } }
        if let input = command.input { return [.unknown(input)] }
        guard let writer = structure.writers[index] else { return inherited }
        let outputs = self.outputs(of: writer, depth: 0)
        return outputs.isEmpty ? commands[index].words.prefix(1).map { .unknown($0) } : outputs
    }

    /// What a command, or the group that ends with it, writes.
    func written(by index: Int) -> [ShellOutput] { outputs(of: index, depth: 0) }

    /// Whether a command has an input of its own.
    func hasInput(_ index: Int) -> Bool {
        !commands[index].documents.isEmpty || commands[index].input != nil || structure.writers[index] != nil
    }

    /// Whether a command reads what the arguments of a function say.
    func readsArguments(_ index: Int) -> Bool {
        guard structure.writers[index] != nil || !inherited.isEmpty, commands[index].documents.isEmpty else {
            return false
        }
        return structure.writers[index] == nil || inputs(of: index).contains { $0.isArgument }
    }

    /// What a command, or the group that ends with it, writes.
    private func outputs(of index: Int, depth: Int) -> [ShellOutput] {
        let command = commands[index]
        guard let start = structure.starts[index] else { return output(of: command, index, depth) }
        let word = commands[start...index].lazy.compactMap { command in
            ShellProgram.first(of: command.words).map { command.words[$0] }
        }.first
        guard depth < Self.maximumDepth, index - start < Self.maximumGroup else {
            return word.map { [.unknown($0)] } ?? []
        }
        return (start...index).filter {
            commands[$0].level == command.level && !structure.isPiped[$0] && commands[$0].parenthesis == nil
                && ($0 != index || structure.starts[$0] == nil)
        }.flatMap { output(of: commands[$0], $0, depth + 1) }
    }

    private func output(of command: ShellScript.SimpleCommand, _ index: Int, _ depth: Int) -> [ShellOutput] {
        guard let first = ShellProgram.first(of: command.words) else { return [] }
        let word = command.words[first]
        let name = word.isUnknown ? "" : ShellProgram.name(word)
        if Self.silent.contains(name) { return [] }
        if Self.writers.contains(name) { return written(Array(command.words[first...])) }
        let reads = name == "tee" || command.words[(first + 1)...].allSatisfy { $0.bytes.first == UInt8(ascii: "-") }
        if Self.copiers.contains(name), reads {
            if !command.documents.isEmpty { return command.documents.map { .document($0.text, offset: $0.offset) } }
            if command.input == nil, let writer = structure.writers[index], depth < Self.maximumDepth {
                return outputs(of: writer, depth: depth + 1)
            }
        }
        if let function = structure.functions[name], depth < Self.maximumDepth, !function.body.contains(index),
            let last = function.body.last
        {
            return outputs(of: last, depth: depth + 1)
        }
        return [.unknown(word)]
    }

    /// What `echo` and `printf` write, each time for what their variables may be.
    private func written(_ words: [ShellScript.Word]) -> [ShellOutput] {
        let isPrintf = words.first.map { ShellProgram.name($0) } == "printf"
        return variables.expanded(Array(words.dropFirst())).compactMap { words in
            let rest = words.drop { $0.bytes.first == UInt8(ascii: "-") && !$0.isUnknown && $0.bytes.count < 4 }
            guard var place = rest.first(where: \.isArgument) ?? rest.first else { return nil }
            place.end = max(place.end, place.offset)
            let texts = rest.map(\.shown)
            if isPrintf { return .text(PrintfText.text(texts), place) }
            let text = Array(texts.joined(separator: [32]))
            return .text(rest.count < words.count ? PrintfText.unescaped(text) : text, place)
        }
    }

    // MARK: Judging

    /// Judges what a call reads.
    mutating func judgeInput(_ input: ShellOutput, _ program: ShellScript.Word, _ judge: inout Judge) {
        switch input {
        case .document(let text, let offset): judgeLines(text, offset, &judge)
        case .text(let text, let word): judgeLines(text, at: word, &judge)
        case .unknown(let word): noteUndecided(word.offset < word.end ? word : program)
        }
    }

    /// Lines that redis-cli reads from a here-document.
    private mutating func judgeLines(_ document: [UInt8], _ offset: Int, _ judge: inout Judge) {
        // What `--pipe` gets may be RESP.
        guard document.first != UInt8(ascii: "*") else { return }
        var start = 0
        for line in document.split(separator: 10, omittingEmptySubsequences: false) {
            let text = Array(line.last == 13 ? line.dropLast() : line)
            let place = self.place(offset + start)
            let word = ShellScript.Word(offset: offset + start, end: offset + start + Self.firstWord(text))
            judgeLine(text, place, column: (place.columns?.lowerBound ?? 1) - 1, word, &judge)
            start += line.count + 1
        }
    }

    private static func firstWord(_ line: [UInt8]) -> Int { line.firstIndex { $0 == 32 || $0 == 9 } ?? line.count }

    /// Lines that the command before writes into a pipe, as in `echo "KEYS *" | redis-cli`.
    private mutating func judgeLines(_ text: [UInt8], at word: ShellScript.Word, _ judge: inout Judge) {
        let place = self.place(word.offset)
        for line in RESPLines.lines(of: text) {
            judgeLine(line, place, column: (place.columns?.lowerBound ?? 1) - 1, word, &judge)
        }
    }

    private mutating func judgeLine(
        _ line: [UInt8], _ place: Place, column: Int, _ word: ShellScript.Word, _ judge: inout Judge
    ) {
        guard case .command(let command) = ScriptLine(line) else { return }
        // A line is judged if its first word has no variable in it.
        guard let first = command.words.first, !first.contains(UInt8(ascii: "$")) else { return noteUndecided(word) }
        judge.manner.judgesArity = !line.contains(UInt8(ascii: "$"))
        script.judge(command, line, place.line, place.byteOffset, column: column, &judge)
        judge.manner.judgesArity = true
    }
}

/// What printf(1) writes.
enum PrintfText {
    private static let maximumBytes = 64 << 10

    /// The text of a format and its arguments: the format is used again as long as there are arguments.
    static func text(_ words: [[UInt8]]) -> [UInt8] {
        guard let format = words.first else { return [] }
        var arguments = words.dropFirst()
        var text: [UInt8] = []
        repeat {
            let before = arguments.count
            append(format, &arguments, to: &text)
            if arguments.count == before { break }
        } while !arguments.isEmpty && text.count < maximumBytes
        return unescaped(text)
    }

    private static func append(_ format: [UInt8], _ arguments: inout ArraySlice<[UInt8]>, to text: inout [UInt8]) {
        var index = 0
        while index < format.count {
            guard format[index] == UInt8(ascii: "%"), index + 1 < format.count else {
                text.append(format[index])
                index += 1
                continue
            }
            index += 1
            if format[index] == UInt8(ascii: "%") {
                text.append(format[index])
            } else {
                while index + 1 < format.count, "-+ #0123456789.".utf8.contains(format[index]) { index += 1 }
                text += arguments.popFirst() ?? []
            }
            index += 1
        }
    }

    /// The text with its line feeds and returns.
    static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(92) else { return text }
        var plain: [UInt8] = []
        var index = 0
        while index < text.count {
            let next = index + 1 < text.count ? text[index + 1] : 0
            let meant: [UInt8: UInt8] = [110: 10, 114: 13, 116: 9]
            if text[index] == 92, let byte = meant[next] {
                plain.append(byte)
                index += 2
            } else {
                plain.append(text[index])
                index += 1
            }
        }
        return plain
    }
}
