// Words that follow a command or an option: `AUTH user password`, `requirepass password`, `--pass password`.

extension SecretScanner {
    /// Reads AUTH: a command with its arguments, a method, or a name like others.
    mutating func readAuth(_ name: ArraySlice<UInt8>) {
        let written = written(name)
        let next = skipSpaces(written.end)
        let isJoined = byte(next) == UInt8(ascii: ",") || (written.isQuoted && TextQuote(in: text, at: next) != nil)
        if isJoined, written.isQuoted || notation == .code { return readArguments(next) }
        if written.isQuoted || !isCommand(name) { return readValue(of: name, isCertain: false) }
        readWords(2, after: name.endIndex, name)
    }

    /// Reads an option with its value, a word or the next of a list: `-a password`, `["-a", "password"]`.
    mutating func readOption(_ name: ArraySlice<UInt8>) {
        let written = written(name)
        if written.isQuoted, let literal = literalBeside(written) { return readJoined(literal) }
        readWords(1, after: name.endIndex, name)
    }

    /// Reads the option of a program that is a password: `-p password`, `-ppassword`; returns whether it is that.
    mutating func readOption(_ name: ArraySlice<UInt8>, of program: PasswordProgram) -> Bool {
        guard isAtWordStart(name.startIndex), let option = program.option(name) else { return false }
        self.program = nil
        let end = name.startIndex + option.utf8.count
        if program.isBehindColon {
            readUser(after: name.endIndex)
        } else if program.isJoined, isWordByte(end) {
            readJoinedOption(end, name)
        } else if program.isSeparate {
            readOption(name)
        } else {
            return false
        }
        return true
    }

    mutating func readJoinedOption(_ start: Int, _ name: ArraySlice<UInt8>) {
        if literalStart(start) != nil { return readJoined(start) }
        let quote = TextQuote.isQuote(byte(name.startIndex - 1)) ? byte(name.startIndex - 1) : nil
        let end = wordEnd(start, text.count, quote)
        if !isVariable(start..<end) { hide(start..<end) }
        position = max(position, end)
    }

    /// Hides what follows the colon in the next word, or behind an equals sign: `user:password`; of an address what stands
    /// before its `@` is hidden elsewhere.
    mutating func readUser(after end: Int) {
        let start = byte(end) == UInt8(ascii: "=") ? end + 1 : skipSpaces(end)
        let quote = TextQuote.isQuote(byte(start)) ? byte(start) : nil
        let first = quote == nil ? start : start + 1
        let last = wordEnd(first, text.count, quote)
        guard let colon = text[first..<max(first, last)].firstIndex(of: UInt8(ascii: ":")),
            byte(colon + 1) != UInt8(ascii: "/")
        else { return }
        if !isVariable(colon + 1..<last) { hide(colon + 1..<last) }
        position = max(position, last)
    }

    /// Reads the name of a setting: `requirepass password`, `"requirepass", "password"`.
    mutating func readSetting(_ name: ArraySlice<UInt8>, _ words: Int) {
        let isWord = Self.isSpace(byte(name.endIndex)) && !written(name).isQuoted
        let next = byte(skipSpaces(name.endIndex))
        guard isWord, next != UInt8(ascii: "="), next != UInt8(ascii: ":"), isText(name.startIndex) else {
            return readValue(of: name, isCertain: true)
        }
        // `sentinel auth-pass master password` names the master first, SENTINEL SET has named it before.
        let before = String(decoding: text[max(0, name.startIndex - 9)..<name.startIndex], as: UTF8.self).lowercased()
        readWords(before == "sentinel " ? words : 1, after: name.endIndex, name)
    }

    /// Whether a place is in no code: source code has commands in literals and comments alone.
    private func isText(_ place: Int) -> Bool {
        guard let line else { return true }
        return line.isComment(place) || line.literal(around: place) != nil
    }

    /// Whether AUTH is a command that was typed or is in a text, with its arguments behind it.
    private func isCommand(_ name: ArraySlice<UInt8>) -> Bool {
        let start = name.startIndex
        guard Self.isSpace(byte(name.endIndex)), isText(start) else { return false }
        let next = byte(skipSpaces(name.endIndex))
        if [0, UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ",")].contains(next) {
            return false
        }
        if text[start] == UInt8(ascii: "A"), text[start + 1] == UInt8(ascii: "U") { return true }
        if let literal = line?.literal(around: start), literal.lowerBound == start { return true }
        return line == nil && isAtCommandStart(start)
    }

    /// Whether a command may begin at a place: at the start, behind a prompt, a quote, a separator or the escape of a line
    /// feed; on a line that calls a client, anywhere.
    private func isAtCommandStart(_ start: Int) -> Bool {
        var index = start - 1
        while index >= 0, Self.isSpace(text[index]) { index -= 1 }
        guard index >= 0 else { return true }
        if ClientPrograms.areNamed(in: text) { return true }
        if TextQuote.isQuote(text[index]) || "|;&(>#$%".utf8.contains(text[index]) { return true }
        return index == start - 1 && index > 0 && "nr".utf8.contains(text[index])
            && text[index - 1] == UInt8(ascii: "\\")
    }

    /// Hides the words that follow, up to `count` of them.
    mutating func readWords(_ count: Int, after end: Int, _ name: ArraySlice<UInt8>) {
        let limit = line?.literal(around: name.startIndex)?.upperBound ?? text.count
        let quote = TextQuote.isQuote(byte(name.startIndex - 1)) ? byte(name.startIndex - 1) : nil
        var next = end
        for _ in 0..<count {
            let start = skipSpaces(next)
            guard start > next, start < limit,
                !"|&;<".utf8.contains(text[start])
                    || start + 1 < limit && !Self.isSpace(byte(start + 1)) && byte(start + 1) != text[start]
            else { break }
            if let quote = TextQuote(in: text, at: start), quote.contentStart <= limit {
                next = hideLiteral(quote)
            } else {
                next = wordEnd(start, limit, quote)
                if !isVariable(start..<next) { hide(start..<next) }
            }
        }
        position = max(position, next)
    }

    /// Where a word ends that has no quotes: before blanks, the quote around it, or the escape of a line's end.
    private func wordEnd(_ start: Int, _ limit: Int, _ quote: UInt8?) -> Int {
        var end = start
        while end < limit, text[end] > 32, text[end] != quote {
            if end > start, text[end] == UInt8(ascii: "\\"), "nr\"'".utf8.contains(byte(end + 1)) { break }
            end += 1
        }
        return end
    }

    /// Hides the literals that follow AUTH among the words of a command: `"AUTH", user, "password"`.
    private mutating func readArguments(_ start: Int) {
        var index = start
        let limit = min(text.count, start + Self.longestLook)
        while index < limit, !")]};".utf8.contains(text[index]) {
            if let quote = literalStart(index) {
                index = hideLiteral(quote)
            } else {
                index += 1
            }
        }
        position = max(position, index)
    }
}
