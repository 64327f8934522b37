// Strings of all languages.

extension Lexer {
    /// How code stands inside a string.
    enum Interpolation {
        case none
        /// `{code}`, and `{{` for a brace: Python's f-strings, C#'s `$"…"`.
        case braces
        /// `${code}`: JavaScript, Kotlin.
        case dollarBraces
        /// `#{code}`: Ruby.
        case hashBraces
        /// `$name` and `{$code}`: PHP; the code is passed over.
        case variables
    }

    /// The form of a string that has begun.
    struct Form {
        var quote: UInt8
        /// Three quotes end it, instead of one.
        var isTriple = false
        var escapes = true
        var spansLines = false
        var interpolation = Interpolation.none
        /// A doubled quote stands for one (C#'s verbatim strings).
        var doublesQuote = false
        var flags: Token.Flags = []
    }

    /// Reads a string that starts with the byte at the position; false where none does.
    mutating func string(_ byte: UInt8) -> Bool {
        switch language {
        case .python: pythonString(byte)
        case .java, .kotlin: jvmString(byte)
        case .go: goString(byte)
        case .javascript, .typescript: scriptString(byte)
        case .php: phpString(byte)
        case .ruby: rubyString(byte)
        case .csharp: csharpString(byte)
        case .lua, .c, .cpp, .rust: false
        }
    }

    /// Reads the rest of a string whose content starts at `content`, and the code inside it.
    mutating func quoted(_ form: Form, content: Int) {
        var form = form
        var code: [Range<Int>] = []
        var index = content
        var end = limit
        scan: while index < limit {
            let byte = text[index]
            if byte == form.quote {
                if form.doublesQuote, text[index + 1] == form.quote {
                    index += 2
                    continue
                }
                if !form.isTriple || (text[index + 1] == form.quote && text[index + 2] == form.quote) {
                    end = index
                    break scan
                }
            } else if byte == SourceByte.backslash, form.escapes {
                index += 2
                continue
            } else if byte == SourceByte.lineFeed, !form.spansLines {
                end = index
                break scan
            } else if let inside = interpolation(form.interpolation, at: index) {
                form.flags.insert(.interpolated)
                code.append(inside)
                index = max(index + 1, inside.upperBound + 1)
                continue
            } else if form.interpolation != .none, index + 1 < limit, isEscapedBrace(form.interpolation, at: index) {
                index += 2
                continue
            }
            index += 1
        }
        end = min(max(end, content), limit)
        let closing = end < limit && text[end] == form.quote ? (form.isTriple ? 3 : 1) : 0
        finishString(content: content..<end, end: min(limit, end + closing), flags: form.flags, code: code)
    }

    /// Adds the token of a string that starts at the position, and the code inside it.
    mutating func finishString(content: Range<Int>, end: Int, flags: Token.Flags, code: [Range<Int>] = []) {
        var token = Token(kind: .string, start: Int32(position), end: Int32(end))
        token.flags = flags
        token.contentStart = Int32(content.lowerBound)
        token.contentEnd = Int32(content.upperBound)
        append(token)
        position = max(position + 1, end)
        for range in code { lexInterpolation(range) }
    }

    /// The code of an interpolation that starts at `index`, without its marks.
    private func interpolation(_ style: Interpolation, at index: Int) -> Range<Int>? {
        let byte = text[index]
        let following = text[index + 1]
        switch style {
        case .none:
            return nil
        case .braces:
            guard byte == SourceByte.openBrace, following != SourceByte.openBrace else { return nil }
            return (index + 1)..<endOfCode(index + 1, depth: 0)
        case .dollarBraces, .hashBraces:
            let mark = style == .hashBraces ? SourceByte.hash : SourceByte.dollar
            guard byte == mark else { return nil }
            if following == SourceByte.openBrace { return (index + 2)..<endOfCode(index + 2, depth: 0) }
            let isName = style == .dollarBraces && language == .kotlin && SourceByte.startsName(following)
            return isName ? (index + 1)..<(index + 1) : nil
        case .variables:
            let isVariable =
                (byte == SourceByte.dollar && (SourceByte.startsName(following) || following == SourceByte.openBrace))
                || (byte == SourceByte.openBrace && following == SourceByte.dollar)
            return isVariable ? (index + 1)..<(index + 1) : nil
        }
    }

    private func isEscapedBrace(_ style: Interpolation, at index: Int) -> Bool {
        style == .braces && text[index] == SourceByte.openBrace && text[index + 1] == SourceByte.openBrace
    }

    /// The closing brace of the code that starts at `start`, strings and braces inside it passed over; or the limit.
    private func endOfCode(_ start: Int, depth: Int) -> Int {
        var braces = 0
        var index = start
        while index < limit {
            switch text[index] {
            case SourceByte.openBrace:
                braces += 1
            case SourceByte.closeBrace:
                if braces == 0 { return index }
                braces -= 1
            case SourceByte.doubleQuote, SourceByte.singleQuote, SourceByte.backtick:
                index = endOfInnerString(index, depth: depth)
            default:
                break
            }
            index += 1
        }
        return limit
    }

    /// The closing quote of a string inside code inside a string.
    private func endOfInnerString(_ start: Int, depth: Int) -> Int {
        let quote = text[start]
        var index = start + 1
        while index < limit {
            let byte = text[index]
            if byte == quote { return index }
            if byte == SourceByte.lineFeed, quote != SourceByte.backtick { return index }
            if byte == SourceByte.backslash {
                index += 1
            } else if quote == SourceByte.backtick, byte == SourceByte.dollar,
                text[index + 1] == SourceByte.openBrace, depth < Self.maximumDepth
            {
                index = endOfCode(index + 2, depth: depth + 1)
            }
            index += 1
        }
        return limit
    }
}

// The languages' own strings. Each answers false where no string starts.
extension Lexer {
    private func isTriple(_ quote: UInt8, at index: Int) -> Bool {
        text[index] == quote && text[index + 1] == quote && text[index + 2] == quote
    }

    /// Quotes with a prefix of the letters r, b, u, f, t.
    private mutating func pythonString(_ byte: UInt8) -> Bool {
        var index = position
        var isRaw = false
        var isFormat = false
        while index - position < 3 {
            let letter = SourceByte.small(text[index])
            if letter == 0x72 {
                isRaw = true
            } else if letter == 0x66 || letter == 0x74 {
                isFormat = true
            } else if letter != 0x62 && letter != 0x75 {
                break
            }
            index += 1
        }
        let quote = text[index]
        guard quote == SourceByte.doubleQuote || quote == SourceByte.singleQuote else { return false }
        let isTriple = isTriple(quote, at: index)
        var form = Form(quote: quote, isTriple: isTriple, spansLines: isTriple)
        form.interpolation = isFormat ? .braces : .none
        if isRaw { form.flags.insert(.raw) }
        quoted(form, content: index + (isTriple ? 3 : 1))
        return true
    }

    private mutating func jvmString(_ byte: UInt8) -> Bool {
        let isKotlin = language == .kotlin
        if byte == SourceByte.doubleQuote {
            let isTriple = isTriple(byte, at: position)
            var form = Form(quote: byte, isTriple: isTriple, spansLines: isTriple)
            form.escapes = !(isTriple && isKotlin)
            form.interpolation = isKotlin ? .dollarBraces : .none
            if !form.escapes { form.flags.insert(.raw) }
            quoted(form, content: position + (isTriple ? 3 : 1))
            return true
        }
        if byte == SourceByte.backtick, isKotlin {
            let end = min(limit, text.endOfLine(position))
            let close = text.find("`", from: position + 1, end: end) ?? position
            guard close > position + 1 else { return false }
            var token = Token(kind: .name, start: Int32(position), end: Int32(close + 1))
            token.value = symbols.symbol(text.slice(position + 1, close)).number
            append(token)
            position = close + 1
            return true
        }
        guard byte == SourceByte.singleQuote else { return false }
        quoted(Form(quote: byte), content: position + 1)
        return true
    }

    private mutating func goString(_ byte: UInt8) -> Bool {
        guard byte == SourceByte.doubleQuote || byte == SourceByte.singleQuote || byte == SourceByte.backtick else {
            return false
        }
        let isRaw = byte == SourceByte.backtick
        quoted(
            Form(quote: byte, escapes: !isRaw, spansLines: isRaw, flags: isRaw ? .raw : []), content: position + 1)
        return true
    }

    private mutating func scriptString(_ byte: UInt8) -> Bool {
        switch byte {
        case SourceByte.doubleQuote, SourceByte.singleQuote:
            quoted(Form(quote: byte), content: position + 1)
        case SourceByte.backtick:
            quoted(Form(quote: byte, spansLines: true, interpolation: .dollarBraces), content: position + 1)
        case SourceByte.slash:
            return expectsOperand && regularExpression()
        default:
            return false
        }
        return true
    }

    /// `/…/flags` on one line; a slash in brackets does not end it.
    private mutating func regularExpression() -> Bool {
        var index = position + 1
        var isInClass = false
        while index < limit, text[index] != SourceByte.lineFeed {
            switch text[index] {
            case SourceByte.backslash: index += 1
            case SourceByte.openBracket: isInClass = true
            case SourceByte.closeBracket: isInClass = false
            case SourceByte.slash where !isInClass:
                let content = (position + 1)..<index
                index += 1
                while SourceByte.continuesName(text[index]) { index += 1 }
                finishString(content: content, end: min(index, limit), flags: .interpolated)
                return true
            default: break
            }
            index += 1
        }
        return false
    }

    private mutating func csharpString(_ byte: UInt8) -> Bool {
        var index = position
        var isVerbatim = false
        var isFormat = false
        while index - position < 4, text[index] == SourceByte.at || text[index] == SourceByte.dollar {
            if text[index] == SourceByte.at { isVerbatim = true } else { isFormat = true }
            index += 1
        }
        let quote = text[index]
        if quote == SourceByte.singleQuote, index == position {
            quoted(Form(quote: quote), content: position + 1)
            return true
        }
        guard quote == SourceByte.doubleQuote else { return false }
        let isTriple = isTriple(quote, at: index)
        var form = Form(quote: quote, isTriple: isTriple, spansLines: isTriple || isVerbatim)
        form.escapes = !isTriple && !isVerbatim
        form.doublesQuote = isVerbatim && !isTriple
        form.interpolation = isFormat ? .braces : .none
        if !form.escapes { form.flags.insert(.raw) }
        quoted(form, content: index + (isTriple ? 3 : 1))
        return true
    }
}
