/// Looks through a text for names that say what stands beside them is a secret.
///
/// It knows no language's grammar: a name, what joins it to a value in any of them, and the value. Where it is not sure it
/// hides too much rather than too little.
struct SecretScanner {
    let text: [UInt8]
    let notation: SecretNotation
    /// Where secrets are, in no order.
    private(set) var found: [Range<Int>] = []
    var position = 0
    /// What of the text is literal or comment; nil for what is no source code.
    let line: CodeLine?
    /// Whether a client's program is named, whose option `-a` is a password.
    private let callsClient: Bool
    /// Whether the program of the command before is a client, so that what follows are its options.
    private(set) var isBehindClient = false
    /// The program before, one of whose options is a password.
    var program: PasswordProgram?
    /// Whether rules of a user follow.
    private var hidesRules = false

    init(_ text: [UInt8], as notation: SecretNotation) {
        self.text = text
        self.notation = notation
        line = notation == .code ? CodeLine(text) : nil
        callsClient = ClientPrograms.areNamed(in: text)
    }

    /// Looks through the whole text.
    mutating func run() {
        while position < text.count {
            if let name = name(at: position) {
                let start = position
                position = max(name.endIndex, start + 1)
                read(name)
            } else if hidesRules, let end = ruleEnd(position) {
                hide(position..<end)
                position = max(end, position + 1)
            } else {
                // Another command has options of its own.
                if "|;&".utf8.contains(text[position]) {
                    program = nil
                    isBehindClient = false
                }
                readChinese()
            }
        }
    }

    /// Notes a secret.
    mutating func hide(_ range: Range<Int>) {
        if !range.isEmpty { found.append(range) }
    }

    func byte(_ index: Int) -> UInt8 { index >= 0 && index < text.count ? text[index] : 0 }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

    func skipSpaces(_ index: Int) -> Int {
        var index = index
        while Self.isSpace(byte(index)) { index += 1 }
        return index
    }

    /// How far is looked for the end of an expression or a list.
    static let longestLook = 1_024

    // MARK: Names

    /// The name that begins at a place; nil if none does.
    private func name(at start: Int) -> ArraySlice<UInt8>? {
        guard Self.isName(text[start]), start == 0 || !Self.isName(text[start - 1]) else { return nil }
        var end = start + 1
        while end < text.count, Self.isName(text[end]) { end += 1 }
        while end > start, [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "$")].contains(text[end - 1]) {
            end -= 1
        }
        return text[start..<end]
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 97 && byte | 0x20 <= 122) || (byte >= 48 && byte <= 57)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "$")
    }

    private mutating func read(_ name: ArraySlice<UInt8>) {
        if callsClient, readClientOption(name) { return }
        isBehindClient = isBehindClient || ClientPrograms.isName(name)
        if let program, readOption(name, of: program) { return }
        if let next = PasswordProgram(name) { program = next }
        switch SecretName.kind(of: name) {
        case .none:
            if name.startIndex == 0, name.elementsEqual("user".utf8), notation == .text { hidesRules = true }
        case .setUser: hidesRules = true
        case .auth: readAuth(name)
        case .setting(let words): readSetting(name, words)
        case .weak: readValue(of: name, isCertain: false)
        case .strong: readValue(of: name, isCertain: true)
        }
    }

    func isAtWordStart(_ start: Int) -> Bool {
        start == 0 || Self.isSpace(text[start - 1]) || TextQuote.isQuote(text[start - 1])
    }

    /// `密码: …` and `口令 …`, whose letters are no name above.
    private mutating func readChinese() {
        let rest = text[position...]
        guard let word = Self.chinese.first(where: { rest.starts(with: $0) }) else { return position += 1 }
        position += word.count
        var next = position
        while let link = Self.chineseLinks.first(where: { text[next...].starts(with: $0) }) { next += link.count }
        guard next > position else { return }
        position = next
        readBare(at: next, Bare(end: text.count, quote: nil))
    }

    private static let chinese = ["密码", "口令"].map { Array($0.utf8) }
    private static let chineseLinks = [" ", ":", "=", "：", "是", "为", "\"", "'"].map { Array($0.utf8) }

    // MARK: Rules of users

    /// Where a rule ends that is a password (`>pw`, `<pw`) or its hash (`#…`, `!…`); nil where none begins.
    private func ruleEnd(_ start: Int) -> Int? {
        guard [62, 60, 35, 33].contains(text[start]), isAtWordStart(start) || byte(start - 1) == UInt8(ascii: ",")
        else {
            return nil
        }
        let isPassword = text[start] == UInt8(ascii: ">") || text[start] == UInt8(ascii: "<")
        var end = start + 1
        while end < text.count, !Self.isSpace(text[end]), isPassword || isHexadecimal(text[end]) {
            if TextQuote.isQuote(text[end]), text[end] == byte(start - 1) { break }
            end += 1
        }
        return isPassword ? (end > start + 1 ? end : nil) : (end > start + 8 ? end : nil)
    }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 102)
    }
}
