/// A place among a file's lexemes, and the nodes made so far: what every reader works on.
struct LexemeCursor {
    let text: SourceText
    let lexemes: [Lexeme]
    var builder: SyntaxBuilder
    var position = 0
    /// What is read now ends before this lexeme: the end of the brackets around.
    var limit: Int
    /// A lexeme that starts a line may end a statement here, as outside of parentheses.
    var linesMatter: Bool
    /// How deep brackets and statements are nested around the position.
    var depth = 0

    /// Deeper than this nothing is read.
    static let maximumDepth = 150
    /// A chain of more members and calls than this is read in parts.
    static let maximumChain = 200

    init(_ text: SourceText, lexemes: [Lexeme], builder: consuming SyntaxBuilder, linesMatter: Bool) {
        self.text = text
        self.lexemes = lexemes
        self.builder = builder
        self.linesMatter = linesMatter
        limit = lexemes.count
    }

    /// What is at the position is too deep to be read.
    mutating func cutOff() {
        if !isAtEnd { builder.noteUnread(from: lexemes[position].start) }
    }

    /// The position is in brackets whose content is read now.
    var isInBrackets: Bool { limit < lexemes.count || !linesMatter }

    var isAtEnd: Bool { position >= limit }

    /// The lexeme at the position, or some places after it; nil beyond the limit.
    func lexeme(_ offset: Int = 0) -> Lexeme? {
        let index = position + offset
        return index < limit && index >= 0 ? lexemes[index] : nil
    }

    /// The lexeme is written like this.
    func isAt(_ sign: StaticString, _ offset: Int = 0) -> Bool {
        guard let lexeme = lexeme(offset), lexeme.kind != .string else { return false }
        return Int(lexeme.end - lexeme.start) == sign.utf8CodeUnitCount
            && text.starts(with: sign, at: Int(lexeme.start))
    }

    func isName(_ offset: Int = 0) -> Bool { lexeme(offset)?.kind == .name }

    /// A name that is no keyword.
    func isFreeName(_ offset: Int = 0) -> Bool {
        guard let lexeme = lexeme(offset) else { return false }
        return lexeme.kind == .name && lexeme.keyword == 0
    }

    func isString(_ offset: Int = 0) -> Bool { lexeme(offset)?.kind == .string }

    /// An opening bracket, `(`, `[` or `{`.
    func isOpen(_ bracket: StaticString, _ offset: Int = 0) -> Bool {
        guard let lexeme = lexeme(offset), lexeme.kind == .open else { return false }
        return lexeme.flags.contains(.interpolated) ? false : text.starts(with: bracket, at: Int(lexeme.start))
    }

    /// The lexeme begins a line, where lines matter.
    func startsLine(_ offset: Int = 0) -> Bool {
        linesMatter && lexeme(offset)?.flags.contains(.startsLine) == true
    }

    /// The index behind a bracket's content and its partner.
    func behind(_ open: Int) -> Int {
        let partner = Int(lexemes[open].partner)
        guard partner > open else { return open + 1 }
        guard partner < lexemes.count, Int(lexemes[partner].partner) == open else { return min(partner, lexemes.count) }
        return partner + 1
    }

    /// Goes past the lexeme at the position, and past the partner of a bracket.
    mutating func skip() {
        guard position < lexemes.count else { return }
        position = lexemes[position].kind == .open ? behind(position) : position + 1
    }

    /// Goes on to the next comma of the present brackets and past it; false where there is none.
    mutating func skipPastComma() -> Bool {
        while !isAtEnd {
            if isAt(",") {
                position += 1
                return true
            }
            skip()
        }
        return false
    }

    /// The start of the lexeme at the position, or where the last one ended.
    var start: Int32 {
        if position < lexemes.count { return lexemes[position].start }
        return lexemes.last?.end ?? 0
    }

    /// The end of the lexeme before the position.
    var end: Int32 { position > 0 && position <= lexemes.count ? lexemes[position - 1].end : 0 }
}

// Nodes of lexemes.
extension LexemeCursor {
    /// A node that begins at the position and whose end is not known yet.
    mutating func begin(_ kind: SyntaxNode.Kind, _ flags: SyntaxNode.Flags = []) -> NodeID {
        builder.add(kind, flags, start: start, end: start)
    }

    /// A node that begins where another does, and has that as its first child.
    mutating func wrap(_ child: NodeID, in kind: SyntaxNode.Kind, _ flags: SyntaxNode.Flags = []) -> NodeID {
        let first = child.isNone ? start : builder[child].start
        let node = builder.add(kind, flags, start: first, end: end)
        builder.append(child, to: node)
        return node
    }

    /// Ends a node before the position.
    mutating func finish(_ node: NodeID) { builder[node].end = max(builder[node].start, end) }

    /// Gives a node the name at the position, and goes past it.
    mutating func takeName(_ node: NodeID) {
        guard let lexeme = lexeme() else { return }
        setName(node, lexeme)
        position += 1
    }

    mutating func setName(_ node: NodeID, _ lexeme: Lexeme) {
        builder[node].name =
            lexeme.kind == .string
            ? Identifier(text.slice(Int(lexeme.contentStart), Int(lexeme.contentEnd))) : lexeme.identifier
        builder[node].nameStart = lexeme.kind == .string ? lexeme.contentStart : lexeme.start
        builder[node].nameEnd = lexeme.kind == .string ? lexeme.contentEnd : lexeme.end
    }

    /// A node of the name at the position.
    mutating func nameNode(_ kind: SyntaxNode.Kind = .name) -> NodeID {
        let node = begin(kind)
        takeName(node)
        finish(node)
        return node
    }

    /// A node of the word at the position, which means itself: `this`, `null`.
    mutating func constant(_ kind: SyntaxNode.Kind, _ flags: SyntaxNode.Flags) -> NodeID {
        let node = begin(kind, flags)
        position += 1
        finish(node)
        return node
    }

    /// A type of the name behind the sign at the position, as a member of the type before it: `Outer.Inner`.
    mutating func qualified(_ outer: NodeID) -> NodeID {
        position += 1
        let type = wrap(outer, in: .type, .qualified)
        takeName(type)
        finish(type)
        return type
    }

    /// `a.b.Type` at the position.
    mutating func dottedType() -> NodeID {
        var type = nameNode(.type)
        while isAt("."), isName(1) { type = qualified(type) }
        return type
    }

    /// A value that is taken for one of a type, both of which are read: `value as Type`.
    mutating func cast(_ value: NodeID, to type: NodeID) -> NodeID {
        let cast = builder.add(.cast, start: builder[value].start, end: end)
        builder.append(type, to: cast)
        builder.append(value, to: cast)
        return cast
    }

    /// A node of the string or number at the position, without code inside.
    mutating func literalNode() -> NodeID {
        guard let lexeme = lexeme() else { return begin(.opaque) }
        position += 1
        guard lexeme.kind == .string else {
            return builder.add(.literal, .number, start: lexeme.start, end: lexeme.end)
        }
        if lexeme.flags.contains(.pattern) { return builder.add(.opaque, start: lexeme.start, end: lexeme.end) }
        var flags = SyntaxNode.Flags.string
        if lexeme.flags.contains(.raw) { flags.insert(.raw) }
        if lexeme.flags.contains(.quoteEscapes) { flags.insert(.quoteEscapes) }
        return builder.add(.literal, flags, start: lexeme.contentStart, end: lexeme.contentEnd)
    }
}
