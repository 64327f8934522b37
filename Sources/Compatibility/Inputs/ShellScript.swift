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
    }

    private let text: [UInt8]
    private var position = 0
    private var commands: [SimpleCommand] = []
    private var current = SimpleCommand()
    /// Here-documents whose bodies begin at the next line.
    private var pending: [(delimiter: [UInt8], stripsTabs: Bool, command: Int)] = []
    private var depth = 0
    /// Where a part begins that could not be read: a quote without its end, substitutions too deep in each other.
    private var unread: Int?

    private init(_ text: [UInt8]) {
        self.text = text
    }

    /// The simple commands of a script, those of substitutions and subshells among them and before the one that they are in.
    static func commands(of text: [UInt8]) -> [SimpleCommand] { read(text).commands }

    /// The commands, and where a part begins that could not be read.
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

    private static let maximumDepth = 50

    private mutating func finishCommand(nextReadsPipe: Bool) {
        if !current.words.isEmpty || !current.documents.isEmpty { commands.append(current) }
        current = SimpleCommand()
        current.readsPipe = nextReadsPipe
    }

    /// Reads commands up to a closing character, or the end.
    private mutating func parse(until closing: UInt8?) {
        while position < text.count {
            let byte = text[position]
            if byte == closing {
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
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ")"), UInt8(ascii: "("):
                position += 1
                finishCommand(nextReadsPipe: false)
            case UInt8(ascii: "|"):
                position += 1
                let isOr = position < text.count && text[position] == UInt8(ascii: "|")
                if isOr || (position < text.count && text[position] == UInt8(ascii: "&")) { position += 1 }
                finishCommand(nextReadsPipe: !isOr)
            case UInt8(ascii: "<"): readInput()
            case UInt8(ascii: ">"):
                while position < text.count, [62, 38, 124].contains(text[position]) { position += 1 }
                skipBlanks()
                _ = readWord(closing)
            case 92 where position + 1 < text.count && text[position + 1] == 10: position += 2
            default:
                var word = readWord(closing)
                if isDescriptor(word) { continue }
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

    private mutating func readArray() -> [Word] {
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

    /// `2` of `2>file`.
    private func isDescriptor(_ word: Word) -> Bool {
        position < text.count && text[position] == UInt8(ascii: ">") && word.bytes.count == 1
            && word.bytes[0] >= 48 && word.bytes[0] <= 57
    }

    private mutating func skipLine() {
        while position < text.count, text[position] != 10 { position += 1 }
    }

    private mutating func skipBlanks() {
        while position < text.count, text[position] == 32 || text[position] == 9 { position += 1 }
    }

    // MARK: Here-documents

    private mutating func readInput() {
        position += 1
        guard position < text.count, text[position] == UInt8(ascii: "<") else {
            skipBlanks()
            if position < text.count, text[position] != UInt8(ascii: "(") { current.input = readWord(nil) }
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

    private mutating func readDocuments() {
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

    // MARK: Words

    private mutating func readWord(_ closing: UInt8?) -> Word {
        var word = scanWord(closing)
        word.end = min(position, text.count)
        return word
    }

    private mutating func scanWord(_ closing: UInt8?) -> Word {
        var word = Word(offset: position)
        let begin = position
        while position < text.count {
            let byte = text[position]
            if byte == closing { break }
            switch byte {
            case 32, 9, 10, 13, 59, 38, 124, 40, 41, 60, 62:
                if position == begin { position += 1 }
                return word
            case UInt8(ascii: "'"): readLiteral(&word)
            case UInt8(ascii: "\""): readQuoted(&word)
            case 92:
                if position + 1 < text.count, text[position + 1] != 10 { word.bytes.append(text[position + 1]) }
                position += 2
            case UInt8(ascii: "$"): readExpansion(&word, isQuoted: false)
            case UInt8(ascii: "`"): readSubstitution(&word, closing: UInt8(ascii: "`"), isQuoted: false)
            default:
                word.bytes.append(byte)
                position += 1
            }
        }
        position = min(position, text.count)
        return word
    }

    private mutating func readLiteral(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "'") {
            word.bytes.append(text[position])
            position += 1
        }
        if position >= text.count { noteUnread(start) }
        position += 1
    }

    /// `$'it\'s\n'`.
    private mutating func readEscaped(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "'") {
            if text[position] == 92, position + 1 < text.count {
                position += 1
                let named: [UInt8: UInt8] = [110: 10, 116: 9, 114: 13, 97: 7, 98: 8, 101: 27, 102: 12, 118: 11]
                if let byte = named[text[position]] {
                    word.bytes.append(byte)
                } else if [120, 117, 85, 99].contains(text[position]) || (48...55).contains(text[position]) {
                    word.isUnknown = true
                } else {
                    word.bytes.append(text[position])
                }
            } else {
                word.bytes.append(text[position])
            }
            position += 1
        }
        if position >= text.count { noteUnread(start) }
        position = min(position + 1, text.count)
    }

    private mutating func noteUnread(_ start: Int) { unread = unread ?? start }

    private mutating func readQuoted(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            switch text[position] {
            case 92:
                if position + 1 < text.count {
                    let next = text[position + 1]
                    if [36, 96, 34, 92].contains(next) {
                        word.bytes.append(next)
                    } else if next != 10 {
                        word.bytes += [92, next]
                    }
                }
                position += 2
            case UInt8(ascii: "$"): readExpansion(&word, isQuoted: true)
            case UInt8(ascii: "`"): readSubstitution(&word, closing: UInt8(ascii: "`"), isQuoted: true)
            default:
                word.bytes.append(text[position])
                position += 1
            }
        }
        if position >= text.count { noteUnread(start) }
        position = min(position + 1, text.count)
    }

    private mutating func readExpansion(_ word: inout Word, isQuoted: Bool) {
        let isWhole = word.bytes.isEmpty && !word.isUnknown
        position += 1
        guard position < text.count else { return word.bytes.append(36) }
        switch text[position] {
        case UInt8(ascii: "("): return readSubstitution(&word, closing: UInt8(ascii: ")"), isQuoted: isQuoted)
        case UInt8(ascii: "{"):
            let end = text[position...].firstIndex(of: UInt8(ascii: "}")) ?? text.count
            let name = String(decoding: text[min(position + 1, end)..<end], as: UTF8.self)
            position = min(end + 1, text.count)
            noteVariable(name, &word, isWhole: isWhole, isQuoted: isQuoted)
        case UInt8(ascii: "'") where !isQuoted: readEscaped(&word)
        default:
            let end = text[position...].firstIndex { !Self.isNameByte($0) } ?? text.count
            if end > position {
                let name = String(decoding: text[position..<end], as: UTF8.self)
                position = end
                return noteVariable(name, &word, isWhole: isWhole, isQuoted: isQuoted)
            }
            guard "@*#?$!-".utf8.contains(text[position]) else { return word.bytes.append(36) }
            word.isUnknown = true
            word.isOpen = word.isOpen || !isQuoted || text[position] == UInt8(ascii: "@")
            position += 1
        }
    }

    private func noteVariable(_ name: String, _ word: inout Word, isWhole: Bool, isQuoted: Bool) {
        word.isUnknown = true
        word.isOpen = word.isOpen || !isQuoted || name.contains("@")
        word.variable = isWhole ? name : nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == 95 || (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    /// `$(…)` and `` `…` `` are commands of their own.
    private mutating func readSubstitution(_ word: inout Word, closing: UInt8, isQuoted: Bool) {
        position += 1
        word.isUnknown = true
        word.isOpen = word.isOpen || !isQuoted
        guard depth < Self.maximumDepth else {
            noteUnread(position)
            return position = text.count
        }
        depth += 1
        let outer = current
        let outerPending = pending
        current = SimpleCommand()
        pending = []
        parse(until: closing)
        finishCommand(nextReadsPipe: false)
        current = outer
        // What stands before the outer command has grown.
        pending = outerPending.map { ($0.delimiter, $0.stripsTabs, commands.count) }
        depth -= 1
    }
}
