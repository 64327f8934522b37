/// A word, literal or sign of a file.
struct Lexeme: BitwiseCopyable {
    enum Kind: UInt8 {
        case name, number, string, sign
        /// `(`, `[`, `{`, and the start of code inside a string.
        case open
        case close
    }

    var kind: Kind
    var flags: Flags = []
    /// The number of its keyword in the dialect's list, from 1; 0 where it is none.
    var keyword: UInt8 = 0
    /// Bytes of the file.
    var start: Int32
    var end: Int32
    /// A bracket: its partner's index; of an opening one that is never closed, where its content ends.
    ///
    /// A string: the index behind the code inside it.
    var partner: Int32 = -1
    /// A string: its bytes without quotes.
    var contentStart: Int32 = 0
    var contentEnd: Int32 = 0
    /// A name's identifier.
    var identifier = Identifier.none

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt8
        /// The first lexeme of its line.
        static let startsLine = Flags(rawValue: 1)
        /// White space is before it.
        static let afterSpace = Flags(rawValue: 2)
        /// A string with code in it, which follows it; or the brackets of that code.
        static let interpolated = Flags(rawValue: 4)
        /// A string without escapes.
        static let raw = Flags(rawValue: 8)
        /// A string in which a quote and a backslash can be escaped, nothing else.
        static let quoteEscapes = Flags(rawValue: 16)
        /// A string whose bytes are not known, as a format or an expression.
        static let pattern = Flags(rawValue: 32)
        /// A command line, which a shell runs.
        static let command = Flags(rawValue: 64)
    }
}

/// The form of a string that begins somewhere.
struct StringForm {
    /// Where its content begins.
    var content: Int
    /// What ends it; empty where it ends with the line, or before ``label``.
    var close: StaticString
    /// A backslash takes the meaning off the next byte.
    var escapes = true
    /// A doubled quote is one.
    var doublesQuote = false
    /// It may go on over the end of the line.
    var spansLines = false
    var code = Code.none
    var flags: Lexeme.Flags = []
    /// A heredoc: its lines come after this one, up to one that has this label alone.
    var label: Range<Int>?

    /// How code is written inside a string.
    enum Code {
        case none
        /// `{code}`, and `{{` for a brace.
        case braces
        /// `${code}`, and `$name`.
        case dollar
        /// `${code}` alone.
        case dollarBraces
        /// `#{code}`.
        case hash
        /// `\(code)`.
        case backslash
        /// `$name`, `{$code}`.
        case variables
    }
}

/// How a language's bytes become lexemes; what is the same in most languages is here.
protocol LexicalRules {
    /// The words that cannot be names.
    static var keywords: KeywordTable { get }

    /// The end of the comment that begins at `index`, or nil where none does.
    ///
    /// - Parameter isLineStart: nothing but blanks is before it on its line.
    static func endOfComment(_ text: SourceText, at index: Int, isLineStart: Bool) -> Int?

    /// The string that begins at `index`, or nil where none does.
    ///
    /// - Parameter previous: the lexeme before.
    static func string(_ text: SourceText, at index: Int, after previous: Lexeme?) -> StringForm?

    /// The byte begins a name.
    static func startsName(_ byte: UInt8) -> Bool

    /// The byte goes on with a name.
    static func continuesName(_ byte: UInt8) -> Bool
}

extension LexicalRules {
    static func startsName(_ byte: UInt8) -> Bool { SourceByte.startsName(byte) }

    static func continuesName(_ byte: UInt8) -> Bool { SourceByte.continuesName(byte) }

    /// `// …` and `/* … */`.
    static func endOfSlashComment(_ text: SourceText, at index: Int) -> Int? {
        guard text[index] == SourceByte.slash else { return nil }
        switch text[index + 1] {
        case SourceByte.slash: return text.endOfLine(index)
        case SourceByte.asterisk: return text.find("*/", from: index + 2, end: text.count).map { $0 + 2 } ?? text.count
        default: return nil
        }
    }
}

/// The keywords of a language by their identifiers.
struct KeywordTable: Sendable {
    private let numbers: [Identifier: UInt8]

    /// - Parameter words: at most 255.
    init(_ words: [String]) {
        var numbers: [Identifier: UInt8] = [:]
        for (index, word) in words.prefix(255).enumerated() { numbers[Identifier(word)] = UInt8(index + 1) }
        self.numbers = numbers
    }

    /// The number of a keyword, from 1; 0 for any other name.
    func number(of identifier: Identifier) -> UInt8 { numbers[identifier] ?? 0 }
}
