// The arguments of a call, and what the source shows of their values.

extension Tracker {
    /// One argument of a call.
    struct Argument {
        /// All its tokens.
        let whole: Range<Int>
        /// Its value's tokens.
        let range: Range<Int>
        /// Its name, where it has one (`ex=10`, `nx: true`, `"ex" => 10`).
        var name: String?
        /// It stands for several: `*keys`, `...keys`, `keys...`.
        var isSpread = false
    }

    /// What the source shows of a value.
    enum Literal {
        case bytes([UInt8])
        case flag(Bool)
        case nothing
        /// The tokens between the brackets.
        case list(Range<Int>)
        case map(Range<Int>)
    }

    /// The arguments in a range of tokens, between commas.
    func arguments(in range: Range<Int>) -> [Argument] {
        var arguments: [Argument] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if tokens[index].kind == .open, tokens[index].value > index {
                index = min(Int(tokens[index].value), range.upperBound)
            } else if let generics = isName(index) ? skipGenerics(index + 1, range.upperBound) : nil {
                index = generics.next - 1
            } else if isSign(index, .comma) {
                if start < index { arguments.append(argument(start..<index)) }
                start = index + 1
            }
            index += 1
        }
        if start < range.upperBound { arguments.append(argument(start..<range.upperBound)) }
        return arguments
    }

    /// An argument tells the client how to send the command, and is not sent: StackExchange.Redis' flags, node-redis'
    /// `commandOptions(…)`.
    func isNoWord(_ argument: Argument) -> Bool {
        guard let first = argument.range.first else { return false }
        if language.isJavaScript { return isName(first) && name(first) == "commandOptions" }
        guard language == .csharp else { return false }
        return argument.range.contains { isName($0) && ["CommandFlags", "flags"].contains(name($0)) }
    }

    private func argument(_ range: Range<Int>) -> Argument {
        var start = range.lowerBound
        var end = range.upperBound
        var name: String?
        var isSpread = false
        let second = start + 1 < end ? tokens[start + 1] : nil
        if let second, second.kind == .sign, tokens[start].kind == .name || tokens[start].kind == .string {
            let isNamed =
                switch second.sign {
                case .assign: language == .python || language == .kotlin
                case .colon: language == .ruby || language == .csharp || language == .php
                case .fatArrow: language == .ruby || language == .php
                default: false
                }
            if isNamed {
                name =
                    tokens[start].kind == .name
                    ? self.name(start) : stringBytes(start).map { String(decoding: $0, as: UTF8.self) }
                start += 2
            }
        }
        if start < end, tokens[start].kind == .sign {
            let sign = tokens[start].sign
            let marks = language == .python || language == .ruby || language == .kotlin
            if sign == .spread || (marks && (sign == .star || sign == .doubleStar)) {
                isSpread = true
                start += 1
            }
        }
        if end > start, isSign(end - 1, .spread) {
            isSpread = true
            end -= 1
        }
        return Argument(whole: range, range: start..<end, name: name, isSpread: isSpread)
    }

    /// What the source shows of the value in these tokens; nil where only the program knows.
    func literal(_ range: Range<Int>) -> Literal? {
        guard let first = range.first else { return nil }
        if range.count == 1 { return single(first) }
        if range.count == 2, isSign(first, .minus), tokens[first + 1].kind == .number {
            return .bytes(Array(text.slice(Int(tokens[first].start), Int(tokens[first + 1].end))))
        }
        if isOpen(first, .bracket) || isOpen(first, .brace), Int(tokens[first].value) == range.upperBound - 1 {
            return isComprehension(first) ? nil : collection(first)
        }
        if tokens[first].kind == .string { return encoded(range) }
        return composite(range)
    }

    private func single(_ index: Int) -> Literal? {
        let token = tokens[index]
        switch token.kind {
        case .string:
            return stringBytes(index).map(Literal.bytes)
        case .number:
            return .bytes(number(index))
        case .name:
            if keywords.truths.contains(symbol(index)) { return .flag(true) }
            if keywords.falsehoods.contains(symbol(index)) { return .flag(false) }
            return keywords.nothings.contains(symbol(index)) ? .nothing : nil
        case .sign, .open, .close:
            return nil
        }
    }

    /// A number as Redis gets it, without underscores and the letter of its type.
    private func number(_ index: Int) -> [UInt8] {
        var bytes = text.slice(Int(tokens[index].start), Int(tokens[index].end)).filter { $0 != SourceByte.underscore }
        if let last = bytes.last, !SourceByte.isDigit(last), !(bytes.count > 1 && SourceByte.small(bytes[1]) == 0x78) {
            bytes.removeLast()
        }
        return bytes
    }

    /// `[… for … in …]`, `{… for … in …}`: of how many elements, only the program knows.
    private func isComprehension(_ open: Int) -> Bool {
        guard language == .python else { return false }
        var index = open + 1
        while index < Int(tokens[open].value) {
            if isName(index), symbol(index) == keywords.loop { return true }
            index = tokens[index].kind == .open && tokens[index].value > index ? Int(tokens[index].value) : index + 1
        }
        return false
    }

    private func collection(_ open: Int) -> Literal {
        let inside = open + 1..<Int(tokens[open].value)
        if isOpen(open, .bracket), language != .php { return .list(inside) }
        var index = inside.lowerBound
        while index < inside.upperBound {
            if isSign(index, .colon) || isSign(index, .fatArrow) { return .map(inside) }
            if tokens[index].kind == .open, tokens[index].value > index { index = Int(tokens[index].value) }
            index += 1
        }
        return inside.isEmpty && tokens[open].sign == .brace ? .map(inside) : .list(inside)
    }

    /// `"key".getBytes()`, `"key".encode()`; and strings one after the other (Python).
    private func encoded(_ range: Range<Int>) -> Literal? {
        let first = range.lowerBound
        if isSign(first + 1, .dot), isName(first + 2), isOpen(first + 3, .parenthesis) {
            let isAll = Int(tokens[first + 3].value) == range.upperBound - 1
            guard isAll, ["getBytes", "encode", "toByteArray", "b"].contains(name(first + 2)) else { return nil }
            return single(first)
        }
        guard language == .python else { return nil }
        var bytes: [UInt8] = []
        for index in range {
            guard let part = stringBytes(index) else { return nil }
            bytes += part
        }
        return .bytes(bytes)
    }

    /// `[]string{"a", "b"}`, `map[string]any{…}`, `new[] {…}`, `new String[] {…}`, `array(…)`.
    private func composite(_ range: Range<Int>) -> Literal? {
        let last = range.upperBound - 1
        guard tokens[last].kind == .close, tokens[last].value >= range.lowerBound, tokens[last].value < last else {
            return nil
        }
        let open = Int(tokens[last].value)
        if language == .php, tokens[open].sign == .parenthesis, open == range.lowerBound + 1, name(open - 1) == "array"
        {
            return collection(open)
        }
        guard tokens[open].sign == .brace, language == .go || language == .csharp || language == .java else {
            return nil
        }
        let before = range.lowerBound..<open
        guard before.contains(where: { tokens[$0].sign == .bracket }) else { return nil }
        return collection(open)
    }

    /// The bytes of a string token without interpolation; nil for any other token.
    func stringBytes(_ index: Int) -> [UInt8]? {
        guard index < tokens.count, index >= 0 else { return nil }
        let token = tokens[index]
        guard token.kind == .string, !token.flags.contains(.interpolated) else { return nil }
        return StringDecoder.bytes(of: token, in: text).bytes
    }
}

/// Takes the escapes out of string literals.
enum StringDecoder {
    /// The bytes that a string stands for.
    ///
    /// - Returns: the bytes, and for each the offset in the file where it is written.
    static func bytes(of token: Token, in text: SourceText) -> (bytes: [UInt8], offsets: [Int]) {
        var bytes: [UInt8] = []
        var offsets: [Int] = []
        let end = Int(token.contentEnd)
        var index = Int(token.contentStart)
        bytes.reserveCapacity(max(0, end - index))
        while index < end {
            let start = index
            var written: [UInt8]
            if text[index] == SourceByte.backslash, !token.flags.contains(.raw) {
                let isQuoteOnly = token.flags.contains(.quoteEscapes)
                (written, index) = isQuoteOnly ? quoteEscape(text, index) : escape(text, index, end)
            } else {
                bytes.append(text[index])
                offsets.append(start)
                index += 1
                continue
            }
            for byte in written {
                bytes.append(byte)
                offsets.append(start)
            }
        }
        return (bytes, offsets)
    }

    /// `\'` and `\\` alone.
    private static func quoteEscape(_ text: SourceText, _ index: Int) -> ([UInt8], Int) {
        let byte = text[index + 1]
        guard byte == SourceByte.singleQuote || byte == SourceByte.backslash else {
            return ([SourceByte.backslash], index + 1)
        }
        return ([byte], index + 2)
    }

    private static func escape(_ text: SourceText, _ index: Int, _ end: Int) -> ([UInt8], Int) {
        guard index + 1 < end else { return ([SourceByte.backslash], index + 1) }
        let byte = text[index + 1]
        switch byte {
        case 0x6E: return ([SourceByte.lineFeed], index + 2)
        case 0x74: return ([SourceByte.tab], index + 2)
        case 0x72: return ([SourceByte.carriageReturn], index + 2)
        case SourceByte.zero: return ([0], index + 2)
        case SourceByte.lineFeed: return ([], index + 2)
        case 0x78: return hexadecimal(text, index + 2, digits: 2, end) ?? ([byte], index + 2)
        case 0x75:
            guard let (scalar, next) = number(text, index + 2, digits: 4, end), let unicode = Unicode.Scalar(scalar)
            else {
                return ([byte], index + 2)
            }
            return (Array(String(Swift.Character(unicode)).utf8), next)
        default: return ([byte], index + 2)
        }
    }

    private static func hexadecimal(_ text: SourceText, _ index: Int, digits: Int, _ end: Int) -> ([UInt8], Int)? {
        number(text, index, digits: digits, end).map { ([UInt8(truncatingIfNeeded: $0.value)], $0.next) }
    }

    private static func number(_ text: SourceText, _ start: Int, digits: Int, _ end: Int) -> (value: UInt32, next: Int)?
    {
        var value: UInt32 = 0
        var index = start
        while index < min(end, start + digits), let digit = SourceByte.hexValue(text[index]) {
            value = value << 4 | digit
            index += 1
        }
        return index == start ? nil : (value, index)
    }
}
