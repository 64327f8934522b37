/// A line that is being typed, cut into words up to its end.
///
/// Unlike a line that is sent it may end within a quote.
public struct TypedLine: Sendable {
    /// The words that are complete: a space follows each.
    public private(set) var words: [[UInt8]] = []
    /// Where each of these words stands on the line, its quotes included.
    public private(set) var places: [Range<Int>] = []
    /// The word that is being typed, as it stands on the line, its quotes included; empty behind a space.
    public private(set) var partial: ArraySlice<UInt8>
    /// What the word that is being typed stands for, its quotes taken away.
    public private(set) var partialWord: [UInt8] = []
    /// The quote that is open at the line's end.
    public private(set) var openQuote: UInt8?

    /// Cuts a line.
    public init(_ line: [UInt8]) {
        partial = line[line.endIndex...]
        var index = line.startIndex
        while true {
            while index < line.endIndex, Self.isSpace(line[index]) { index += 1 }
            guard index < line.endIndex else { return }
            let start = index
            var word: [UInt8] = []
            let isEnded = read(line, &index, &word)
            guard isEnded else {
                partial = line[start...]
                partialWord = word
                return
            }
            words.append(word)
            places.append(start..<index - 1)
        }
    }

    /// The words from the command's name on: a number before it says how often to send it.
    public var command: ArraySlice<[UInt8]> {
        let isRepeated = words.first.map { !$0.isEmpty && $0.allSatisfy { $0 >= 48 && $0 <= 57 } } ?? false
        return isRepeated ? words.dropFirst() : words[...]
    }

    /// Reads a word; false where the line ends with it.
    private mutating func read(_ line: [UInt8], _ index: inout Int, _ word: inout [UInt8]) -> Bool {
        openQuote = nil
        while index < line.endIndex {
            let byte = line[index]
            index += 1
            if let quote = openQuote {
                if byte == UInt8(ascii: "\\"), index < line.endIndex, quote == UInt8(ascii: "\"") {
                    word.append(Self.escaped(line, &index))
                } else if byte == UInt8(ascii: "\\"), index < line.endIndex, line[index] == quote {
                    word.append(quote)
                    index += 1
                } else if byte == quote {
                    openQuote = nil
                } else {
                    word.append(byte)
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                openQuote = byte
            } else if Self.isSpace(byte) {
                return true
            } else {
                word.append(byte)
            }
        }
        return false
    }

    /// What a backslash between double quotes and the bytes behind it stand for.
    private static func escaped(_ line: [UInt8], _ index: inout Int) -> UInt8 {
        let byte = line[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "a"): return 7
        case UInt8(ascii: "x"):
            let digits = line[index...].prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 2 else { return byte }
            index += 2
            return UInt8(digits[0] << 4 | digits[1])
        default: return byte
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }
}
