// Strings of PHP and Ruby, whose text may stand on the following lines.

extension Lexer {
    mutating func phpString(_ byte: UInt8) -> Bool {
        switch byte {
        case SourceByte.singleQuote:
            quoted(Form(quote: byte, spansLines: true, flags: .quoteEscapes), content: position + 1)
        case SourceByte.doubleQuote:
            quoted(Form(quote: byte, spansLines: true, interpolation: .variables), content: position + 1)
        case SourceByte.backtick:
            quoted(Form(quote: byte, spansLines: true, flags: .interpolated), content: position + 1)
        case SourceByte.less:
            return text.starts(with: "<<<", at: position) && phpHeredoc()
        default:
            return false
        }
        return true
    }

    /// `<<<LABEL`, `<<<"LABEL"` or `<<<'LABEL'`, then lines up to one that starts with the label.
    private mutating func phpHeredoc() -> Bool {
        var start = position + 3
        while text[start] == SourceByte.space { start += 1 }
        let quote = text[start]
        let isQuoted = quote == SourceByte.singleQuote || quote == SourceByte.doubleQuote
        if isQuoted { start += 1 }
        guard SourceByte.startsName(text[start]) else { return false }
        var end = start
        while SourceByte.continuesName(text[end]) { end += 1 }
        let content = text.endOfLine(end) + 1
        let close = lineOfLabel(start..<end, from: content)
        let isRaw = isQuoted && quote == SourceByte.singleQuote
        finishHeredoc(content: content, close: close, label: start..<end, isRaw: isRaw)
        return true
    }

    private mutating func finishHeredoc(content: Int, close: Int, label: Range<Int>, isRaw: Bool) {
        var labelStart = close
        while text[labelStart] == SourceByte.space || text[labelStart] == SourceByte.tab { labelStart += 1 }
        let end = min(limit, close < limit ? labelStart + label.count : limit)
        let first = min(content, limit)
        var flags: Token.Flags = isRaw ? .raw : []
        if !isRaw, text.slice(first, close).contains(SourceByte.dollar) { flags.insert(.interpolated) }
        finishString(content: first..<max(first, close), end: end, flags: flags)
    }

    /// The start of the first line at or after `start` whose first word is the label; or the limit.
    private func lineOfLabel(_ label: Range<Int>, from start: Int) -> Int {
        var line = start
        while line < limit {
            var index = line
            while text[index] == SourceByte.space || text[index] == SourceByte.tab { index += 1 }
            if matches(label, at: index), !SourceByte.continuesName(text[index + label.count]) { return line }
            line = text.endOfLine(index) + 1
        }
        return limit
    }

    private func matches(_ label: Range<Int>, at index: Int) -> Bool {
        for offset in 0..<label.count where text[index + offset] != text[label.lowerBound + offset] { return false }
        return true
    }

    mutating func rubyString(_ byte: UInt8) -> Bool {
        switch byte {
        case SourceByte.singleQuote:
            quoted(Form(quote: byte, spansLines: true, flags: .quoteEscapes), content: position + 1)
        case SourceByte.doubleQuote, SourceByte.backtick:
            quoted(Form(quote: byte, spansLines: true, interpolation: .hashBraces), content: position + 1)
        case SourceByte.colon:
            return rubySymbol()
        case SourceByte.percent:
            return expectsOperand && percentLiteral()
        case SourceByte.slash:
            guard expectsOperand else { return false }
            let end = min(limit, text.endOfLine(position))
            guard text.find("/", from: position + 1, end: end) != nil else { return false }
            quoted(Form(quote: byte, flags: .interpolated), content: position + 1)
        case SourceByte.less:
            return text.starts(with: "<<", at: position) && rubyHeredoc()
        default:
            return false
        }
        return true
    }

    /// `:name` and `:"name"`; not the colon of `a ? b : c`, of `key:` or of `A::B`.
    private mutating func rubySymbol() -> Bool {
        let start = position + 1
        let before = text[position - 1]
        guard before != SourceByte.colon, !SourceByte.continuesName(before) else { return false }
        if text[start] == SourceByte.doubleQuote {
            quoted(Form(quote: SourceByte.doubleQuote, interpolation: .hashBraces), content: start + 1)
            return true
        }
        guard SourceByte.startsName(text[start]) else { return false }
        var end = start
        while end < limit, SourceByte.continuesName(text[end]) { end += 1 }
        finishString(content: start..<end, end: end, flags: .raw)
        return true
    }

    /// `%w[…]`, `%q(…)`, `%r{…}`: as one string that is not known, but for `%q` and `%Q`.
    private mutating func percentLiteral() -> Bool {
        var start = position + 1
        let letter = text[start]
        if "wWiIqQrsx".utf8.contains(letter) { start += 1 }
        let open = text[start]
        guard let close = Self.closing(open) else { return false }
        var depth = 1
        var index = start + 1
        while index < limit {
            let byte = text[index]
            if byte == SourceByte.backslash {
                index += 1
            } else if byte == close {
                depth -= 1
                if depth == 0 { break }
            } else if byte == open {
                depth += 1
            }
            index += 1
        }
        let end = min(index, limit)
        let isPlain = letter == 0x71 || letter == 0x51
        finishString(
            content: (start + 1)..<max(start + 1, end), end: min(limit, end + 1), flags: isPlain ? [] : .interpolated)
        return true
    }

    private static func closing(_ open: UInt8) -> UInt8? {
        switch open {
        case SourceByte.openParenthesis: SourceByte.closeParenthesis
        case SourceByte.openBracket: SourceByte.closeBracket
        case SourceByte.openBrace: SourceByte.closeBrace
        case SourceByte.less: SourceByte.greater
        case SourceByte.bar, SourceByte.exclamation: open
        default: nil
        }
    }

    /// `<<~LABEL`, `<<-LABEL`, `<<LABEL`, the label bare or quoted: the text follows on the next line.
    private mutating func rubyHeredoc() -> Bool {
        var start = position + 2
        let isSquiggly = text[start] == SourceByte.tilde || text[start] == SourceByte.minus
        if isSquiggly { start += 1 }
        let quote = text[start]
        let isQuoted = quote == SourceByte.singleQuote || quote == SourceByte.doubleQuote
        if isQuoted { start += 1 }
        // A bare label is in capitals, so that `list <<VALUE` alone can be mistaken for one.
        guard text[start] &- 0x41 < 26 else { return false }
        var end = start
        while SourceByte.continuesName(text[end]) { end += 1 }
        var flags: Token.Flags = isQuoted && quote == SourceByte.singleQuote ? .raw : []
        flags.insert(.interpolated)
        pendingHeredocs.append(Heredoc(label: start..<end, token: tokens.count))
        finishString(content: end..<end, end: end + (isQuoted ? 1 : 0), flags: flags)
        return true
    }

    /// At the start of the line after one with heredocs: their texts.
    mutating func readPendingHeredocs() {
        for heredoc in pendingHeredocs {
            let close = lineOfLabel(heredoc.label, from: position)
            let isInterpolated = text.find("#{", from: position, end: close) != nil
            tokens[heredoc.token].contentStart = Int32(position)
            tokens[heredoc.token].contentEnd = Int32(close)
            if !isInterpolated { tokens[heredoc.token].flags.remove(.interpolated) }
            position = min(limit, text.endOfLine(close) + 1)
        }
        pendingHeredocs.removeAll()
    }
}
