/// The simple commands of a shell script with their words, as far as they can be told without running it.
///
/// Quotes, escapes, comments, continued lines, pipes, command substitutions and here-documents are understood; variables
/// are not, but for those that hold a command (`REDIS="redis-cli -h x"`).
struct ShellScript {
    /// One word of a command.
    struct Word {
        /// What it is without its quotes; where it has an unknown part, that part is missing.
        var bytes: [UInt8] = []
        /// Whether a variable or a substitution is part of it.
        var isUnknown = false
        /// Whether it may become several words: an unquoted variable, `"$@"`.
        var isOpen = false
        /// Where it begins in the script.
        var offset = 0
        /// Where it ends in the script.
        var end = 0
        /// The name of the variable that the whole word is, with what stands beside it in the braces.
        var variable: String?
        /// The elements that an assignment gives an array: `NAME=(a b)`.
        var array: [Word]?
        /// Where in the bytes an unknown part is missing.
        var gaps: [Int] = []
        /// Whether the bytes are written elsewhere, as a variable's value is: the place is where they are used.
        var isElsewhere = false
        /// Whether a call of a function of the script has given the word.
        var isArgument = false

        /// The word with `$_` where a part is unknown.
        var shown: [UInt8] {
            var shown = bytes
            for gap in gaps.reversed() { shown.insert(contentsOf: "$_".utf8, at: min(gap, shown.count)) }
            return shown
        }

        /// The same word as if it were written at the place of another one.
        func placed(at other: Word) -> Word {
            var placed = self
            (placed.offset, placed.end) = (other.offset, other.end)
            (placed.isElsewhere, placed.isArgument) = (true, isArgument || other.isArgument)
            return placed
        }

        /// The word as text.
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// One simple command.
    struct SimpleCommand {
        var words: [Word] = []
        /// The bodies of its here-documents and here-strings, with the place of each.
        var documents: [(text: [UInt8], offset: Int)] = []
        /// Whether it reads what the command before it writes.
        var readsPipe = false
        /// The file that its input comes from.
        var input: Word?
        /// Where its output goes, and what it opens for reading and writing.
        var outputs: [Redirection] = []
        /// In how many substitutions it is.
        var level = 0
        /// `(` or `)`, which is between commands: then there are no words.
        var parenthesis: UInt8?

        /// The same command where its script begins at a byte of another one.
        func moved(by offset: Int) -> SimpleCommand {
            var moved = self
            for index in words.indices {
                moved.words[index].offset += offset
                moved.words[index].end += offset
            }
            for index in documents.indices { moved.documents[index].offset += offset }
            return moved
        }

        /// The same command where its script is the value of a word.
        func placed(at word: Word) -> SimpleCommand {
            var placed = self
            placed.words = words.map { $0.placed(at: word) }
            for index in documents.indices { placed.documents[index].offset = word.offset }
            return placed
        }
    }

    /// `>file`, `3<>file`, `>&3`.
    struct Redirection {
        /// What is redirected: a number, or a variable that holds one, as in `{fd}>file`, with its `$`.
        let descriptor: String
        /// The file, or the other descriptor, as it is written, without quotes.
        let target: String
        /// Whether the target is a descriptor.
        let isDescriptor: Bool
    }

    let text: [UInt8]
    var position = 0
    var commands: [SimpleCommand] = []
    /// The descriptor that the redirection which follows is for; nil for its usual one.
    var descriptor: String?
    var current = SimpleCommand()
    /// Here-documents whose bodies begin at the next line.
    var pending: [(delimiter: [UInt8], stripsTabs: Bool, command: Int)] = []
    var depth = 0
    /// Where a part begins that could not be read: a quote without its end, substitutions too deep in each other.
    var unread: Int?

    private init(_ text: [UInt8]) {
        self.text = text
    }

    /// The simple commands of a script, those of substitutions and subshells among them and before the one that they are in.
    static func commands(of text: [UInt8]) -> [SimpleCommand] { read(text).commands.filter { $0.parenthesis == nil } }

    /// The commands with the parentheses between them, and where a part begins that could not be read.
    static func read(_ text: [UInt8]) -> (commands: [SimpleCommand], unread: Int?) {
        var script = ShellScript(text)
        script.parse(until: nil)
        script.finishCommand(nextReadsPipe: false)
        return (script.commands, script.unread)
    }

    /// What stands between the quotes that a text begins and ends with.
    static func unquoted(_ written: ArraySlice<UInt8>) -> [UInt8] {
        guard let quote = written.first, written.count > 1, written.last == quote,
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { return Array(written) }
        return Array(written.dropFirst().dropLast())
    }

    static let maximumDepth = 50

    mutating func finishCommand(nextReadsPipe: Bool) {
        current.level = depth
        if !current.words.isEmpty || !current.documents.isEmpty { commands.append(current) }
        current = SimpleCommand()
        current.readsPipe = nextReadsPipe
    }

    /// Ends the command at a parenthesis, which a pipe may lead into.
    mutating func readParenthesis(_ byte: UInt8) {
        position += 1
        let isFed = current.readsPipe && current.words.isEmpty && byte == UInt8(ascii: "(")
        finishCommand(nextReadsPipe: isFed)
        commands.append(SimpleCommand(level: depth, parenthesis: byte))
    }

    /// Reads commands up to a closing character, or the end.
    mutating func parse(until closing: UInt8?) {
        var open = 0
        while position < text.count {
            let byte = text[position]
            // A backquote ends what it began, whatever parentheses are open in it.
            if byte == closing, open == 0 || byte == UInt8(ascii: "`") {
                position += 1
                return
            }
            switch byte {
            case 32, 9, 13: position += 1
            case 10:
                position += 1
                finishCommand(nextReadsPipe: current.readsPipe && current.words.isEmpty)
                readDocuments()
            case UInt8(ascii: "#"): skipLine()
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                open += byte == UInt8(ascii: "(") ? 1 : -1
                open = max(0, open)
                readParenthesis(byte)
            case UInt8(ascii: ";"), UInt8(ascii: "&"):
                position += 1
                finishCommand(nextReadsPipe: false)
            case UInt8(ascii: "|"):
                position += 1
                let isOr = position < text.count && text[position] == UInt8(ascii: "|")
                if isOr || (position < text.count && text[position] == UInt8(ascii: "&")) { position += 1 }
                finishCommand(nextReadsPipe: !isOr)
            case UInt8(ascii: "<"): readInput()
            case UInt8(ascii: ">"): readOutput(usual: "1", closing)
            case 92 where position + 1 < text.count && text[position + 1] == 10: position += 2
            default:
                var word = readWord(closing)
                descriptor = descriptor(word)
                if descriptor != nil { continue }
                if beginsArray(word) { word.array = readArray() }
                current.words.append(word)
            }
        }
    }

    /// `NAME=` with a parenthesis behind it.
    private func beginsArray(_ word: Word) -> Bool {
        position < text.count && text[position] == UInt8(ascii: "(") && word.bytes.last == UInt8(ascii: "=")
            && !word.isUnknown && RedisClientCall.isAssignment(word)
    }

    mutating func readArray() -> [Word] {
        position += 1
        var elements: [Word] = []
        while position < text.count {
            switch text[position] {
            case 32, 9, 10, 13: position += 1
            case UInt8(ascii: "#"): skipLine()
            case UInt8(ascii: ")"):
                position += 1
                return elements
            default: elements.append(readWord(UInt8(ascii: ")")))
            }
        }
        return elements
    }

    /// `2` of `2>file`, `$fd` of `{fd}<>file`; nil for a word that a redirection does not follow at once.
    private func descriptor(_ word: Word) -> String? {
        guard position < text.count, text[position] == UInt8(ascii: ">") || text[position] == UInt8(ascii: "<"),
            !word.isUnknown, word.end - word.offset == word.bytes.count
        else { return nil }
        if word.bytes.count <= 2, word.bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return word.text }
        guard word.bytes.count > 2, word.bytes.first == UInt8(ascii: "{"), word.bytes.last == UInt8(ascii: "}") else {
            return nil
        }
        return "$" + word.text.dropFirst().dropLast()
    }

    /// Reads what stands behind `>`, `>>`, `>|`, `>&` or `<>`.
    private mutating func readOutput(usual: String, _ closing: UInt8?) {
        var isDescriptor = false
        while position < text.count, [62, 38, 124].contains(text[position]) {
            isDescriptor = isDescriptor || text[position] == 38
            position += 1
        }
        skipBlanks()
        let start = min(position, text.count)
        _ = readWord(closing)
        let target = String(decoding: text[start..<max(start, min(position, text.count))], as: UTF8.self)
        current.outputs.append(
            Redirection(
                descriptor: descriptor ?? usual, target: target.filter { !"\"'{}".contains($0) },
                isDescriptor: isDescriptor))
        descriptor = nil
    }

    mutating func skipLine() {
        while position < text.count, text[position] != 10 { position += 1 }
    }

    mutating func skipBlanks() {
        while position < text.count, text[position] == 32 || text[position] == 9 { position += 1 }
    }

    // MARK: Here-documents

    mutating func readInput() {
        position += 1
        if position < text.count, text[position] == UInt8(ascii: ">") { return readOutput(usual: "0", nil) }
        descriptor = nil
        guard position < text.count, text[position] == UInt8(ascii: "<") else {
            skipBlanks()
            readInputFile()
            return
        }
        position += 1
        if position < text.count, text[position] == UInt8(ascii: "<") {
            position += 1
            skipBlanks()
            let word = readWord(nil)
            current.documents.append((word.bytes, word.offset))
            return
        }
        let stripsTabs = position < text.count && text[position] == UInt8(ascii: "-")
        if stripsTabs { position += 1 }
        skipBlanks()
        let delimiter = readWord(nil)
        // The command is not finished; it will stand behind those that are.
        pending.append((delimiter.bytes, stripsTabs, commands.count))
    }

    /// `file` of `<file`, or `<(commands)`, whose output nobody knows.
    mutating func readInputFile() {
        guard position < text.count else { return }
        let start = position
        let isOutput = text[position...].starts(with: "<(".utf8)
        if isOutput || text[position] == UInt8(ascii: "(") {
            var output = Word(isUnknown: true, offset: start)
            if isOutput { position += 1 }
            readSubstitution(&output, closing: UInt8(ascii: ")"), isQuoted: true)
            output.end = min(position, text.count)
            // `<(…)` alone is a word of the command: the name of a file.
            if isOutput { current.input = output } else { current.words.append(output) }
        } else {
            current.input = readWord(nil)
        }
    }

    mutating func readDocuments() {
        let documents = pending
        pending = []
        for document in documents {
            let start = position
            var end = position
            while position < text.count {
                let lineStart = position
                skipLine()
                var line = text[lineStart..<position]
                if document.stripsTabs { line = line.drop { $0 == 9 } }
                if line.last == 13 { line = line.dropLast() }
                end = lineStart
                if position < text.count { position += 1 }
                if Array(line) == document.delimiter { break }
                end = position
            }
            guard document.command < commands.count else { continue }
            commands[document.command].documents.append((Array(text[start..<max(start, end)]), start))
        }
    }
}
