extension TOMLReader {
    mutating func value() throws(TOMLError) -> TOMLValue {
        let start = line
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return TOMLValue(content: .string(try string(mayHaveLines: true)), line: start)
        case UInt8(ascii: "["): return TOMLValue(content: .array(try array()), line: start)
        case UInt8(ascii: "{"): return TOMLValue(content: .table(try inlineTable()), line: start)
        default: return TOMLValue(content: try word(), line: start)
        }
    }

    private mutating func array() throws(TOMLError) -> [TOMLValue] {
        try goDeeper()
        defer { depth -= 1 }
        var elements: [TOMLValue] = []
        skipBlankLines()
        while !take("]") {
            elements.append(try value())
            skipBlankLines()
            if take(",") {
                skipBlankLines()
            } else if peek() != UInt8(ascii: "]") {
                throw wrong("a list goes on with , or ends with ]")
            }
        }
        return elements
    }

    private mutating func inlineTable() throws(TOMLError) -> TOMLTable {
        try goDeeper()
        defer { depth -= 1 }
        var table = TOMLTable()
        skipBlanks()
        if !take("}") {
            repeat {
                let (path, value) = try member()
                try table.insert(value, at: path[...])
                skipBlanks()
            } while take(",")
            guard take("}") else { throw wrong("a table in braces goes on with , or ends with } on the same line") }
        }
        table.isComplete = true
        return table
    }

    /// Moves behind the opening bracket.
    private mutating func goDeeper() throws(TOMLError) {
        position += 1
        depth += 1
        guard depth <= Self.maximumDepth else { throw wrong("lists and tables are too deep in each other") }
    }

    /// A value without quotes: true, false or a number.
    private mutating func word() throws(TOMLError) -> TOMLValue.Content {
        let start = position
        while let byte = peek(), !" \t\r\n,]}#=".utf8.contains(byte) { position += 1 }
        let word = text(from: start)
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "": throw wrong("there must be a value")
        default:
            guard let number = Self.integer(word) else {
                throw wrong("'\(word)' is no value: write a whole number, true, false, or a text in quotes")
            }
            return .integer(number)
        }
    }

    /// A whole number: decimal, or with 0x, 0o or 0b; `_` may stand between digits.
    private static func integer(_ word: String) -> Int? {
        let radixes = ["0x": 16, "0o": 8, "0b": 2]
        let radix = radixes[String(word.prefix(2))]
        let digits = radix == nil ? word[...] : word.dropFirst(2)
        let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
        guard !parts.contains(where: \.isEmpty), let last = parts.last,
            last.utf8.allSatisfy({ $0 != 43 && $0 != 45 })
                || parts.count == 1
        else { return nil }
        let text = parts.joined()
        let unsigned = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        if radix == nil, unsigned.count > 1, unsigned.first == "0" { return nil }
        if radix != nil, unsigned.count < text.count { return nil }
        return Int(text, radix: radix ?? 10)
    }
}

// MARK: - Strings

extension TOMLReader {
    /// A string in one or three quotes of either kind.
    mutating func string(mayHaveLines: Bool) throws(TOMLError) -> String {
        if mayHaveLines, take("\"\"\"") { return try longString(UInt8(ascii: "\"")) }
        if mayHaveLines, take("'''") { return try longString(UInt8(ascii: "'")) }
        let quote: UInt8 = take("\"") ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        if quote == UInt8(ascii: "'") { position += 1 }
        var content: [UInt8] = []
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            if byte == quote {
                position += 1
                return String(decoding: content, as: UTF8.self)
            }
            try appendCharacter(quote, to: &content)
        }
        throw wrong("the text has no quote at its end")
    }

    private mutating func longString(_ quote: UInt8) throws(TOMLError) -> String {
        var content: [UInt8] = []
        // A line end right behind the quotes is not part of the text.
        _ = takeLineEnd()
        while let byte = peek() {
            if byte == quote, peek(1) == quote, peek(2) == quote, peek(3) != quote {
                position += 3
                return String(decoding: content, as: UTF8.self)
            }
            if takeLineEnd() {
                content.append(UInt8(ascii: "\n"))
            } else {
                try appendCharacter(quote, to: &content)
            }
        }
        throw wrong("the text has no three quotes at its end")
    }

    /// Takes one byte, or an escape where the quotes are double.
    private mutating func appendCharacter(_ quote: UInt8, to content: inout [UInt8]) throws(TOMLError) {
        guard let byte = peek() else { return }
        position += 1
        guard byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") else {
            guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else {
                throw wrong("a control character must be escaped, as in \\u0007")
            }
            return content.append(byte)
        }
        let escape = peek() ?? 0
        position += 1
        switch escape {
        case UInt8(ascii: "b"): content.append(8)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "f"): content.append(12)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): content.append(escape)
        case UInt8(ascii: "u"): try appendScalar(digits: 4, to: &content)
        case UInt8(ascii: "U"): try appendScalar(digits: 8, to: &content)
        default: throw wrong("\\ begins no escape here: a \\ itself is \\\\, or use '…'")
        }
    }

    private mutating func appendScalar(digits: Int, to content: inout [UInt8]) throws(TOMLError) {
        let start = position
        while position < start + digits, let byte = peek(), byte.isHexadecimalDigit { position += 1 }
        guard position == start + digits, let value = UInt32(text(from: start), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw wrong("there must be \(digits) hexadecimal digits of a character") }
        content += Array(String(scalar).utf8)
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
