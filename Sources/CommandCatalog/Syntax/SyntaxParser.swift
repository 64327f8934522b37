extension Syntax {
    /// Why a text is not a syntax.
    public enum Failure: Error, Hashable {
        /// A bracket is opened and not closed, or closed and not opened.
        case unbalancedBracket
        /// A `|` stands where there is nothing on one side of it.
        case emptyChoice
        /// The bracket with these points does not repeat what stands before it.
        case repeatsNothing(String)
        /// A character that has no place in a syntax.
        case unexpected(Character)
    }

    /// Parses a text in the notation of Redis' documentation.
    public init(parsing text: String) throws(Failure) {
        var parser = SyntaxParser(tokens: try SyntaxParser.tokens(of: text))
        root = try parser.wholeSyntax()
    }
}

/// A parser by recursive descent.
///
///     syntax   = { element }
///     element  = word { "|" word } | "[" syntax "]" | "[" syntax "..." "]"
private struct SyntaxParser {
    enum Token: Hashable {
        case open, close, bar, points
        case word(String)
    }

    private var tokens: ArraySlice<Token>

    init(tokens: [Token]) { self.tokens = tokens[...] }

    static func tokens(of text: String) throws(Syntax.Failure) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("...") {
                tokens.append(.points)
                rest = rest.dropFirst(3)
                continue
            }
            switch character {
            case "[": tokens.append(.open)
            case "]": tokens.append(.close)
            case "|": tokens.append(.bar)
            case " ": break
            default:
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
                guard !word.isEmpty else { throw .unexpected(character) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
                continue
            }
            rest = rest.dropFirst()
        }
        return tokens
    }

    mutating func wholeSyntax() throws(Syntax.Failure) -> Syntax.Node {
        let root = try sequence()
        guard tokens.isEmpty else { throw .unbalancedBracket }
        return root
    }

    /// Parts up to a closing bracket, points or the text's end.
    private mutating func sequence() throws(Syntax.Failure) -> Syntax.Node {
        var parts: [Syntax.Node] = []
        while let token = tokens.first {
            switch token {
            case .word(let word):
                tokens.removeFirst()
                parts.append(try choice(from: leaf(word)))
            case .open:
                tokens.removeFirst()
                try bracket(after: &parts)
            case .bar:
                throw .emptyChoice
            case .close, .points:
                return .joining(parts)
            }
        }
        return .joining(parts)
    }

    /// A word with the alternatives that bars join to it.
    private mutating func choice(from first: Syntax.Node) throws(Syntax.Failure) -> Syntax.Node {
        guard tokens.first == .bar else { return first }
        var alternatives = [first]
        while tokens.first == .bar {
            guard case .word(let word)? = tokens.dropFirst().first else { throw .emptyChoice }
            tokens.removeFirst(2)
            alternatives.append(leaf(word))
        }
        return .choice(alternatives)
    }

    /// What follows an opening bracket: a part that may be left out, or the repetition of the parts before it.
    private mutating func bracket(after parts: inout [Syntax.Node]) throws(Syntax.Failure) {
        let content = try sequence()
        let repeats = tokens.first == .points
        if repeats { tokens.removeFirst() }
        guard tokens.popFirst() == .close else { throw .unbalancedBracket }
        if repeats {
            try repeatLast(content, in: &parts)
        } else {
            parts.append(.optional(content))
        }
    }

    /// Makes the last parts repeated where the bracket with points names the same ones.
    private func repeatLast(_ content: Syntax.Node, in parts: inout [Syntax.Node]) throws(Syntax.Failure) {
        let repeated: [Syntax.Node] =
            switch content {
            case .sequence(let parts): parts
            case let part: [part]
            }
        guard !repeated.isEmpty, Array(parts.suffix(repeated.count)) == repeated else {
            throw .repeatsNothing("\(Syntax(root: content))")
        }
        parts.removeLast(repeated.count)
        parts.append(.repeated(.joining(repeated)))
    }

    private func leaf(_ word: String) -> Syntax.Node {
        word.contains(where: \.isLowercase) ? .argument(word) : .token(word)
    }
}

extension Syntax.Node {
    /// The parts in a row: one of them alone stands for itself.
    fileprivate static func joining(_ parts: [Syntax.Node]) -> Syntax.Node {
        parts.count == 1 ? parts[0] : .sequence(parts)
    }
}
