/// The four ways in which redis-cli shows SLOWLOG GET.
enum SlowLogShape {
    /// `1) 1) (integer) 23`, on a terminal.
    case terminal
    /// One value a line, without nesting.
    case piped
    /// `[[26,1795394111,6,["HELLO","3"],"127.0.0.1:59886",""],…]`
    case json
    /// `27,1795394111,4,"SLOWLOG","GET","2","127.0.0.1:59886","",26,…`
    case csv

    /// The shape of some lines; nil where they are no slow log.
    ///
    /// Prompts with what was typed there, and blank lines, may stand before it.
    static func of(_ lines: [ArraySlice<UInt8>]) -> SlowLogShape? {
        let filled = lines.drop { $0.isEmpty || TerminalText.isNoise($0) }
        guard let first = filled.first else { return nil }
        let text = String(decoding: first.drop { $0 == 32 || $0 == 9 }.prefix(64), as: UTF8.self)
        if isEntry(text) { return .terminal }
        if isJSON(filled) { return .json }
        let parts = text.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
        if parts.count == 4, parts[..<3].allSatisfy({ isNumber($0) }), parts[1].count >= 9, parts[3].hasPrefix("\"") {
            return .csv
        }
        let numbers = filled.prefix(3).map { String(decoding: $0.prefix(20), as: UTF8.self) }
        if numbers.count == 3, numbers.allSatisfy({ isNumber($0) }), numbers[1].count >= 9, filled.count > 3 {
            return .piped
        }
        return nil
    }

    /// `1) 1) (integer) 26`; the first entry of what was copied may be a later one.
    private static func isEntry(_ text: String) -> Bool {
        let rest = text.drop { $0.isASCII && $0.isNumber }
        return rest.count < text.count && rest.hasPrefix(") 1) (integer) ")
    }

    /// `[[26,`, with blanks and line feeds between.
    private static func isJSON(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        let bytes = lines.prefix(8).joined().filter { ![32, 9].contains($0) }.prefix(16)
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix("[[") && text.dropFirst(2).first?.isNumber ?? false
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
