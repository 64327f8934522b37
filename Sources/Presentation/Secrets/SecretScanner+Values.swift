// Values, by the form that they have.

extension SecretScanner {
    /// Reads the value that begins at a place.
    mutating func readValue(at start: Int, isSpaced: Bool, _ written: Written, isCertain: Bool) {
        if literalStart(start) != nil { return readJoined(start) }
        switch byte(start) {
        case UInt8(ascii: "["), UInt8(ascii: "{"): return readList(start)
        case UInt8(ascii: "("):
            return isExpression(start) ? readExpression(start, isCertain: isCertain) : readList(start)
        case 0: return
        default: break
        }
        if isExpression(start) { return readExpression(start, isCertain: isCertain) }
        let around = line?.literal(around: written.start)
        var bare = Bare(end: around?.upperBound ?? text.count, quote: nil)
        bare.isSpaced = isSpaced
        bare.isMember = written.isQuoted
        if around == nil, !written.isQuoted, TextQuote.isQuote(byte(written.start - 1)) {
            bare.quote = byte(written.start - 1)
        }
        readBare(at: start, bare)
    }

    /// Whether what stands at a place is source code that is run, not text in a literal or a comment.
    private func isExpression(_ place: Int) -> Bool {
        guard let line else { return false }
        return line.literal(around: place) == nil && !line.isComment(place)
    }

    // MARK: Literals

    /// The quote of a literal at a place, behind the letters that some languages put before it; nil if none begins.
    func literalStart(_ place: Int) -> TextQuote? {
        if let quote = TextQuote(in: text, at: place) { return quote }
        var index = place
        while index - place < 2, "bBrRfFuULNq@$E".utf8.contains(byte(index)) { index += 1 }
        return index > place ? TextQuote(in: text, at: index) : nil
    }

    /// Hides the literal at a place, and returns where the text goes on after it.
    mutating func hideLiteral(_ quote: TextQuote) -> Int {
        guard let literal = quote.literal(in: text) else {
            hide(quote.contentStart..<text.count)
            return text.count
        }
        if !isVariable(literal.content) { hide(literal.content) }
        return literal.next
    }

    /// Hides a literal and those that are joined on to it.
    mutating func readJoined(_ start: Int) {
        guard let quote = literalStart(start) else { return }
        var next = hideLiteral(quote)
        while true {
            // A quote that is doubled, or in a shell the next part of the same word.
            if let quote = TextQuote(in: text, at: next) {
                next = hideLiteral(quote)
                continue
            }
            let sign = skipSpaces(next)
            let isJoined =
                ["+".utf8.first, ".".utf8.first, "&".utf8.first, "~".utf8.first].contains(byte(sign))
                && byte(sign + 1) != byte(sign)
            let other = isJoined ? skipSpaces(sign + 1) : sign
            guard isJoined || (notation == .code && other > next), let quote = literalStart(other) else { break }
            next = hideLiteral(quote)
        }
        if notation == .text, isWordByte(next) { return readBare(at: next, Bare(end: text.count, quote: nil)) }
        position = max(position, next)
    }

    func isWordByte(_ index: Int) -> Bool {
        let next = byte(index)
        return next > 32 && !",;)}]:&|<>\\/".utf8.contains(next)
    }

    /// Whether a value is nothing but the name of a variable: `$REDIS_PASSWORD`, `${REDIS_PASSWORD}`.
    func isVariable(_ range: Range<Int>) -> Bool {
        var name = text[range]
        guard name.popFirst() == UInt8(ascii: "$") else { return false }
        if name.first == UInt8(ascii: "{"), name.last == UInt8(ascii: "}") { name = name.dropFirst().dropLast() }
        return name.count >= 3 && name.allSatisfy { ($0 >= 65 && $0 <= 90) || ($0 >= 48 && $0 <= 57) || $0 == 95 }
    }

    // MARK: Lists and calls

    /// Hides the literals of a list or table, but not the names of a table's members.
    mutating func readList(_ open: Int) { position = max(position, hideLiterals(from: open + 1)) }

    /// Hides the literals among the arguments of a call.
    mutating func readCall(_ open: Int) {
        _ = hideLiterals(from: open + 1)
        position = max(position, open + 1)
    }

    /// Hides the literals up to the bracket that closes the one before `start`; returns where the text goes on.
    private mutating func hideLiterals(from start: Int) -> Int {
        var index = start
        var depth = 0
        let limit = min(text.count, start + Self.longestLook)
        while index < limit {
            if let quote = TextQuote(in: text, at: index) {
                let next = quote.literal(in: text)?.next ?? text.count
                let after = skipSpaces(next)
                let isMember =
                    byte(after) == UInt8(ascii: ":")
                    || (byte(after) == UInt8(ascii: "=") && byte(after + 1) == UInt8(ascii: ">"))
                if !isMember { _ = hideLiteral(quote) }
                index = next
                continue
            }
            if "([{".utf8.contains(text[index]) { depth += 1 }
            if ")]}".utf8.contains(text[index]) {
                if depth == 0 { return index + 1 }
                depth -= 1
            }
            index += 1
        }
        return index
    }

    // MARK: Expressions

    /// Hides the literals of an expression: all of them where the name is a password's, else those that are in no call.
    ///
    /// What is within is looked through for names of its own.
    private mutating func readExpression(_ start: Int, isCertain: Bool) {
        hideNumber(start)
        var index = start
        var depth = 0
        let limit = min(text.count, start + Self.longestLook)
        while index < limit, !(line?.isComment(index) ?? false) {
            if let quote = TextQuote(in: text, at: index) {
                let next = quote.literal(in: text)?.next ?? text.count
                if depth == 0 || (isCertain && !namesVariable(index)) { _ = hideLiteral(quote) }
                index = next
                continue
            }
            if "([{".utf8.contains(text[index]) { depth += 1 }
            if ")]}".utf8.contains(text[index]) { depth -= 1 }
            if depth < 0 || (depth == 0 && [UInt8(ascii: ","), UInt8(ascii: ";")].contains(text[index])) { return }
            index += 1
        }
    }

    /// A number, or a word with digits that is no call, may be a password that was written down: in a text of several
    /// lines, of which this one shows no quote.
    private mutating func hideNumber(_ start: Int) {
        var end = start
        while end < text.count, text[end] > 32, !",;)}]([{\"'".utf8.contains(text[end]) { end += 1 }
        let word = text[start..<end]
        let isOver = end == text.count || !"([{".utf8.contains(text[end])
        if isOver, word.contains(where: { $0 >= 48 && $0 <= 57 }), word.first != UInt8(ascii: "$") { hide(start..<end) }
    }

    /// Whether a literal is the first argument of what reads the environment or a configuration.
    private func namesVariable(_ quote: Int) -> Bool {
        var index = quote - 1
        while index > 0, Self.isSpace(text[index]) { index -= 1 }
        guard index > 0, [UInt8(ascii: "("), UInt8(ascii: "[")].contains(text[index]) else { return false }
        let before = String(decoding: text[max(0, index - 40)..<index], as: UTF8.self).lowercased()
        let name = before.split { !$0.isLetter && $0 != "." && $0 != "_" }.last ?? ""
        return ["env", "config", "propert", "setting", "param", "vault"].contains { name.contains($0) }
    }

    // MARK: Without quotes

    /// What is known of a value without quotes.
    struct Bare {
        /// Where it ends in any case.
        let end: Int
        /// The quote that was opened before the name; nil for none.
        var quote: UInt8?
        /// Whether blanks stand around its `=` or behind its colon, so that it may have blanks itself.
        var isSpaced = false
        /// Whether it is a member of a table, as in JSON.
        var isMember = false
    }

    /// Hides a value that has no quotes of its own.
    mutating func readBare(at start: Int, _ bare: Bare) {
        // What a command writes is not in the text.
        if byte(start) == UInt8(ascii: "$"), byte(start + 1) == UInt8(ascii: "(") {
            return position = max(position, start + 1)
        }
        if let value = otherExpansion(start) { return readExpansion(value) }
        var end = start
        while end < bare.end, !isEnd(end, start, bare) {
            if text[end] != bare.quote, let quote = TextQuote(in: text, at: end), bare.end == text.count,
                let literal = quote.literal(in: text)
            {
                end = literal.next
            } else {
                end += 1
            }
        }
        end = min(end, bare.end)
        while end > start, Self.isSpace(text[end - 1]) { end -= 1 }
        let word = String(decoding: text[start..<end].prefix(12), as: UTF8.self).lowercased()
        if !Self.nothing.contains(word), !isVariable(start..<end) { hide(start..<end) }
        position = max(position, end)
    }

    private static let nothing: Set<String> = ["null", "none", "nil", "undefined", "true", "false", "~"]

    /// Where the default begins of a variable that has another name: `PASSWORD=${P:-…}`.
    private func otherExpansion(_ start: Int) -> Int? {
        guard byte(start) == UInt8(ascii: "$"), byte(start + 1) == UInt8(ascii: "{") else { return nil }
        let name = text[(start + 2)...].prefix {
            $0 == 95 || ($0 >= 48 && $0 <= 57) || ($0 | 0x20 >= 97 && $0 | 0x20 <= 122)
        }
        var index = name.endIndex
        while [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "=")].contains(byte(index)) { index += 1 }
        return index > name.endIndex ? index : nil
    }

    private func isEnd(_ index: Int, _ start: Int, _ bare: Bare) -> Bool {
        let byte = text[index]
        if byte == bare.quote || byte < 32 && byte != 9 { return true }
        if byte == UInt8(ascii: "\\"), "nr".utf8.contains(self.byte(index + 1)), index > start { return true }
        if Self.isSpace(byte) { return !bare.isSpaced || endsAfterBlanks(index) }
        if bare.isMember, ",}]".utf8.contains(byte) { return true }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: ")") { return bare.isSpaced && isOver(index + 1) }
        guard ",;&".utf8.contains(byte) else { return false }
        return isOver(index + 1) || startsAssignment(index + 1)
    }

    private func isOver(_ index: Int) -> Bool { byte(index) <= 32 || "}]\"'".utf8.contains(byte(index)) }

    /// Whether a name and its `=` or `:` follow, so that another value begins.
    private func startsAssignment(_ index: Int) -> Bool {
        let name = text[min(index, text.count)...].prefix(40).prefix {
            $0 == 95 || $0 == 45 || $0 == 46 || ($0 >= 48 && $0 <= 57) || ($0 | 0x20 >= 97 && $0 | 0x20 <= 122)
        }
        return !name.isEmpty && [UInt8(ascii: "="), UInt8(ascii: ":")].contains(byte(name.endIndex))
    }

    /// Whether what follows the blanks is no part of the value: a comment, or in a shell the next command.
    private func endsAfterBlanks(_ index: Int) -> Bool {
        let next = skipSpaces(index)
        return "#|&;>".utf8.contains(byte(next)) || byte(next) == 0
    }
}
