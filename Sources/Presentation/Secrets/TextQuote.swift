/// The quote that a literal begins with, and how deep it is within other literals: `"`, `\"`, `"""`.
struct TextQuote {
    private let byte: UInt8
    /// How many backslashes stand before it: 0, 1 within a literal, 3 within one of those.
    private let slashes: Int
    private let isTriple: Bool
    /// Where what is quoted begins.
    let contentStart: Int

    /// The quote at a place; nil if there is none.
    init?(in text: [UInt8], at place: Int) {
        var index = place
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        guard index < text.count, Self.isQuote(text[index]) else { return nil }
        byte = text[index]
        slashes = index - place
        isTriple = slashes == 0 && text[index...].prefix(3).elementsEqual([byte, byte, byte])
        contentStart = index + (isTriple ? 3 : 1)
    }

    /// The literal's content and where the text goes on after its end; nil where it is not closed.
    func literal(in text: [UInt8]) -> (content: Range<Int>, next: Int)? {
        var index = contentStart
        var before = 0
        while index < text.count {
            if text[index] == byte, isClosing(text, index, before) {
                return (contentStart..<index - slashes, index + (isTriple ? 3 : 1))
            }
            before = text[index] == UInt8(ascii: "\\") ? before + 1 : 0
            index += 1
        }
        return nil
    }

    /// Whether the quote at a place, behind so many backslashes, is the end: one that is escaped has more of them.
    private func isClosing(_ text: [UInt8], _ index: Int, _ before: Int) -> Bool {
        if isTriple { return text[index...].prefix(3).elementsEqual([byte, byte, byte]) }
        return before % (2 * (slashes + 1)) == slashes
    }

    static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }
}

/// What of a line of source code is a literal and what is a comment, as far as one line shows it.
struct CodeLine {
    /// What the literals hold, in their order.
    private var literals: [Range<Int>] = []
    /// Where a comment begins that goes on to the end.
    private let commentStart: Int

    init(_ text: [UInt8]) {
        var index = text.firstIndex { $0 != 32 && $0 != 9 } ?? 0
        let isContinued = index < text.count && text[index] == UInt8(ascii: "*")
        while index < text.count, !isContinued, !Self.isComment(text, index) {
            guard let quote = TextQuote(in: text, at: index) else {
                index += 1
                continue
            }
            let literal = quote.literal(in: text) ?? (quote.contentStart..<text.count, text.count)
            literals.append(literal.content)
            index = literal.next
        }
        commentStart = isContinued ? 0 : index
    }

    /// The literal around a place; nil if there is none.
    func literal(around place: Int) -> Range<Int>? {
        var low = 0
        var high = literals.count
        while low < high {
            let middle = (low + high) / 2
            if literals[middle].upperBound < place { low = middle + 1 } else { high = middle }
        }
        return low < literals.count && literals[low].contains(place) ? literals[low] : nil
    }

    func isComment(_ place: Int) -> Bool { place >= commentStart }

    private static func isComment(_ text: [UInt8], _ index: Int) -> Bool {
        let isAfterBlank = index == 0 || [32, 9, UInt8(ascii: ";"), UInt8(ascii: "}")].contains(text[index - 1])
        let next = index + 1 < text.count ? text[index + 1] : 0
        switch text[index] {
        case UInt8(ascii: "#"): return isAfterBlank
        case UInt8(ascii: "/"): return next == UInt8(ascii: "*") || (next == UInt8(ascii: "/") && isAfterBlank)
        case UInt8(ascii: "-"): return isAfterBlank && next == UInt8(ascii: "-")
        default: return false
        }
    }
}
