// What joins a name to its value.

extension SecretScanner {
    /// How a name was written.
    struct Written {
        let start: Int
        /// After the name, its quote and the brackets around it.
        var end: Int
        /// Whether it is a literal: `"password"`.
        var isQuoted = false
    }

    func written(_ name: ArraySlice<UInt8>) -> Written {
        var written = Written(start: name.startIndex, end: name.endIndex)
        let before = byte(name.startIndex - 1)
        guard TextQuote.isQuote(before), let quote = TextQuote(in: text, at: name.endIndex),
            byte(quote.contentStart - 1) == before
        else { return written }
        written.isQuoted = true
        // An empty literal may follow at once; only one quote closes the name.
        var index = name.endIndex
        while byte(index) == UInt8(ascii: "\\") { index += 1 }
        written.end = index + 1
        return written
    }

    /// Reads what a name's value may be.
    ///
    /// - Parameter isCertain: whether the name can be no other's than a secret's.
    mutating func readValue(of name: ArraySlice<UInt8>, isCertain: Bool) {
        let written = written(name)
        position = max(position, written.end)
        if isElement(written) { return readElement(written.end + 1) }
        if let expansion = expansionValue(written) { return readExpansion(expansion) }
        if !written.isQuoted, let open = callStart(written.end) { return readCall(open) }
        if let place = assignedValue(written) {
            return readValue(at: place.start, isSpaced: place.isSpaced, written, isCertain: isCertain)
        }
        if let literal = literalBeside(written) { return readJoined(literal) }
        if isFollowedByWord(name) { readWords(1, after: written.end, name) }
    }

    // MARK: Kinds of links

    /// Whether the name is that of an element: `<password>…</password>`.
    private func isElement(_ written: Written) -> Bool {
        byte(written.start - 1) == UInt8(ascii: "<") && byte(written.end) == UInt8(ascii: ">")
    }

    private mutating func readElement(_ start: Int) {
        let end = text[min(start, text.count)...].firstIndex(of: UInt8(ascii: "<")) ?? text.count
        hide(start..<max(start, end))
        position = max(position, end)
    }

    /// Where the default begins in `${PASSWORD:-…}` and `${PASSWORD:…}`; nil for another form.
    private func expansionValue(_ written: Written) -> Int? {
        guard byte(written.start - 1) == UInt8(ascii: "{") else { return nil }
        let isVariable = [UInt8(ascii: "$"), UInt8(ascii: "#")].contains(byte(written.start - 2))
        guard isVariable else { return nil }
        var index = written.end
        while [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "?")].contains(byte(index)) {
            index += 1
        }
        return index > written.end ? index : nil
    }

    /// Hides what is left of an expansion, up to its bracket.
    mutating func readExpansion(_ start: Int) {
        var depth = 0
        var end = start
        let limit = min(text.count, start + Self.longestLook)
        while end < limit {
            if text[end] == UInt8(ascii: "{") { depth += 1 }
            if text[end] == UInt8(ascii: "}") {
                if depth == 0 { break }
                depth -= 1
            }
            end += 1
        }
        if byte(start) != UInt8(ascii: "$") { hide(start..<end) }
        position = max(position, start)
    }

    /// The bracket of `setPassword(…)`, with one blank before it at most.
    private func callStart(_ end: Int) -> Int? {
        let open = Self.isSpace(byte(end)) ? end + 1 : end
        return byte(open) == UInt8(ascii: "(") ? open : nil
    }

    /// Where the value begins that an operator joins to the name.
    private func assignedValue(_ written: Written) -> (start: Int, isSpaced: Bool)? {
        var index = written.end
        if written.isQuoted { index = skipClosers(index) }
        // `auth[pass]=`
        if byte(index) == UInt8(ascii: "]"), byte(index + 1) == UInt8(ascii: "=") { index += 1 }
        let link = skipType(skipSpaces(index), written)
        guard let next = operatorEnd(link, written) else { return nil }
        let isSpaced = byte(next) == 32 || byte(next) == 9
        return (skipSpaces(next), isSpaced)
    }

    /// The brackets behind a name in quotes: `ENV["PASSWORD"]`, `getenv("PASSWORD")`.
    private func skipClosers(_ index: Int) -> Int {
        var index = index
        while [UInt8(ascii: "]"), UInt8(ascii: ")")].contains(byte(index)) { index += 1 }
        return index
    }

    /// `password string = …`, `password: String = …`: what stands between a name and its `=` as its type.
    private func skipType(_ index: Int, _ written: Written) -> Int {
        guard notation == .code, !written.isQuoted else { return index }
        var next = index
        if byte(next) == UInt8(ascii: ":"), byte(next + 1) != UInt8(ascii: "=") { next = skipSpaces(next + 1) }
        let start = next
        while next < text.count, next - start < 40 {
            let letter = text[next] | 0x20
            let isType = (letter >= 97 && letter <= 122) || "[]<>?.*&|_0123456789".utf8.contains(text[next])
            guard isType else { break }
            next += 1
        }
        guard next > start else { return index }
        next = skipSpaces(next)
        let isAssigned =
            byte(next) == UInt8(ascii: "=") || (byte(next) == UInt8(ascii: ":") && byte(next + 1) == UInt8(ascii: "="))
        return isAssigned && byte(next + 1) != UInt8(ascii: "=") ? next : index
    }

    /// Where an operator ends that joins a name and a value; nil where there is another, or none.
    private func operatorEnd(_ index: Int, _ written: Written) -> Int? {
        let rest = text[min(index, text.count)...]
        for sign in ["=>", ":=", "==", "!=", "+=", "||=", "??=", "||", "??", "?:", "="]
        where rest.starts(with: Array(sign.utf8)) {
            return index + sign.utf8.count
        }
        if byte(index) == UInt8(ascii: ":"), isColonOfValue(index, written) { return index + 1 }
        if rest.starts(with: Array("or ".utf8)) { return index + 2 }
        if written.isQuoted { return attributeEnd(index) ?? serializedEnd(index) }
        return nil
    }

    /// Whether a colon is followed by a value: in `auth:user:1` it is not, which is a key.
    private func isColonOfValue(_ index: Int, _ written: Written) -> Bool {
        let next = byte(index + 1)
        if next == UInt8(ascii: ":") || next == UInt8(ascii: "=") { return false }
        if written.isQuoted || next == 0 || Self.isSpace(next) { return true }
        if TextQuote(in: text, at: index + 1) != nil { return true }
        return text[written.start..<written.end].allSatisfy { !($0 >= 97 && $0 <= 122) }
    }

    /// Where the value of another attribute begins: `name="password" value=`.
    private func attributeEnd(_ index: Int) -> Int? {
        let rest = text[min(index, text.count)...].prefix(16)
        let word = String(decoding: rest.prefix { $0 | 0x20 >= 97 && $0 | 0x20 <= 122 }, as: UTF8.self)
        guard ["value", "content", "default"].contains(word.lowercased()),
            byte(index + word.utf8.count) == UInt8(ascii: "=")
        else { return nil }
        return index + word.utf8.count + 1
    }

    /// `s:8:"password";s:2:`, as PHP stores values.
    private func serializedEnd(_ index: Int) -> Int? {
        guard text[min(index, text.count)...].starts(with: Array(";s:".utf8)) else { return nil }
        var end = index + 3
        while byte(end) >= 48, byte(end) <= 57 { end += 1 }
        return byte(end) == UInt8(ascii: ":") ? end + 1 : nil
    }

    /// Where a literal begins that stands beside the name: after a comma or blanks.
    func literalBeside(_ written: Written) -> Int? {
        var index = skipSpaces(written.end)
        if written.isQuoted, byte(index) == UInt8(ascii: ",") {
            index = skipSpaces(index + 1)
        } else if index == written.end {
            return nil
        }
        return literalStart(index) == nil ? nil : index
    }

    /// Whether the name is an option or stands behind ENV, so that the next word is its value.
    private func isFollowedByWord(_ name: ArraySlice<UInt8>) -> Bool {
        guard Self.isSpace(byte(name.endIndex)) else { return false }
        if name.starts(with: Array("--".utf8)) { return true }
        guard name.allSatisfy({ !($0 >= 97 && $0 <= 122) }) else { return false }
        let before = String(decoding: text[max(0, name.startIndex - 40)..<name.startIndex], as: UTF8.self)
        let word = before.split(whereSeparator: \.isWhitespace).last?.lowercased() ?? ""
        return ["env", "arg", "setenv", "setx", "set", "-x", "-gx", "-ux", "putenv"].contains(word)
    }
}
