/// The four ways in which redis-cli shows SLOWLOG GET.
enum SlowLogShape {
    /// `1) 1) (integer) 23`, on a terminal.
    case terminal
    /// One value a line, without nesting.
    case piped
    /// `[[26,1795394111,6,["HELLO","3"],"127.0.0.1:59886",""],…]`
    case json
    /// `27,1795394111,4,"SLOWLOG","GET","2","127.0.0.1:59886",""`
    case csv

    /// The shape of some lines; nil where they are no slow log.
    static func of(_ lines: [ArraySlice<UInt8>]) -> SlowLogShape? {
        let filled = lines.drop { $0.isEmpty }
        guard let first = filled.first else { return nil }
        let text = String(decoding: first.prefix(64), as: UTF8.self)
        if text.hasPrefix("1) 1) (integer) ") || text.hasPrefix(" 1) 1) (integer) ") { return .terminal }
        if text.hasPrefix("[["), text.dropFirst(2).first?.isNumber ?? false { return .json }
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

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
