/// What the word that is being typed may become.
public struct Completion: Sendable, Hashable {
    /// How many bytes before the cursor the candidates replace.
    public let replacedBytes: Int
    /// The words as they are to stand on the line, sorted, each once.
    public let candidates: [String]

    /// A completion of these candidates.
    public init(replacedBytes: Int, candidates: [String]) {
        self.replacedBytes = replacedBytes
        self.candidates = candidates
    }

    /// What the candidates have in common at their beginning.
    public var commonPrefix: String {
        guard let first = candidates.first else { return "" }
        var common = first[...]
        for candidate in candidates.dropFirst() {
            common = common.prefix(zip(common, candidate).prefix(while: { $0 == $1 }).count)
        }
        return String(common)
    }

    /// The completion of a command that is being typed, the cursor at the line's end.
    ///
    /// Names and words are given in the case of letters that the typed part has: in small letters behind a small one.
    /// Refused commands are offered only where no supported one begins so.
    ///
    /// - Parameter keys: the names of keys that are known, offered where a key stands next.
    public init(of line: [UInt8], keys: [[UInt8]] = []) {
        let typed = TypedLine(line)
        let words = typed.command
        let letter: UInt8 = typed.partialWord.last ?? words.last?.last ?? 0
        let isLower = (97...122).contains(letter)
        let names: [String]
        if let name = words.first {
            names = Self.arguments(name, Array(words.dropFirst()), typed, isLower)
        } else {
            names = Self.names(typed.partialWord).map { isLower ? $0.lowercased() : $0 }
        }
        var candidates = Set(typed.openQuote == nil ? names : [])
        if Self.expectsKey(words) {
            for key in keys where key.starts(with: typed.partialWord) {
                candidates.insert(Self.quoted(key, typed.openQuote))
            }
        }
        self.init(replacedBytes: typed.partial.count, candidates: candidates.sorted())
    }

    /// The names of commands that begin so, in capitals.
    static func names(_ beginning: [UInt8]) -> [String] {
        let supported = Catalog.supported.map(\.name).filter { begins($0, beginning) }
        guard supported.isEmpty else { return supported }
        return Catalog.all.filter { $0.container == nil }.map(\.name).filter { begins($0, beginning) }
    }

    private static func arguments(
        _ name: [UInt8], _ arguments: [[UInt8]], _ typed: TypedLine, _ isLower: Bool
    ) -> [String] {
        var words: [String] = []
        if let expectation = expectation(name, arguments) {
            words = expectation.next.compactMap { if case .token(let word) = $0 { word } else { nil } }
        } else if arguments.isEmpty, let row = Catalog.row(named: String(decoding: name, as: UTF8.self)) {
            words = Catalog.subcommands(of: row).map { String($0.name.dropFirst(row.name.count + 1)) }
        }
        return words.filter { begins($0, typed.partialWord) }.map { isLower ? $0.lowercased() : $0 }
    }

    private static func expectation(_ name: [UInt8], _ arguments: [[UInt8]]) -> Expectation? {
        guard case .supported(let id)? = Catalog.find(name.span) else { return nil }
        var expectation: Expectation? = Expectation(of: id.row)
        for argument in arguments { expectation = expectation?.taking(argument) }
        return expectation
    }

    /// Whether a key stands next: by the syntax of a supported command, by the key layout of any other.
    private static func expectsKey(_ words: ArraySlice<[UInt8]>) -> Bool {
        guard let name = words.first, let match = Catalog.find(name.span) else { return false }
        switch match {
        case .supported:
            return expectation(name, Array(words.dropFirst()))?.next.contains { $0.isKey } ?? false
        case .unsupported(let row):
            return Catalog.all[row].facts.keys.indexes(argumentCount: words.count + 1) { _ in nil }
                .contains(words.count)
        }
    }

    /// A key as it is to stand on the line.
    private static func quoted(_ key: [UInt8], _ openQuote: UInt8?) -> String {
        let isPlain = !key.isEmpty && key.allSatisfy { $0 > 32 && $0 != 34 && $0 != 39 && $0 != 92 && $0 != 127 }
        let text = String(validating: key, as: UTF8.self)
        if isPlain, openQuote == nil, let text { return text }
        var quoted = "\""
        for byte in key {
            switch byte {
            case 34, 92: quoted += "\\\(Unicode.Scalar(byte))"
            case 32...126: quoted.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                quoted += "\\x" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return quoted + "\""
    }

    private static func begins(_ name: String, _ typed: [UInt8]) -> Bool {
        name.utf8.count >= typed.count && zip(name.utf8, typed).allSatisfy { $0 == capital($1) }
    }
}
