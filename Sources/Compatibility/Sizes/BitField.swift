/// How far BITFIELD writes.
enum BitField {
    /// How long the string is at least after the command; nil where nothing is written, or the command is refused.
    static func length(_ request: Request) -> Int? {
        var length: Int?
        var index = 2
        while index < request.count {
            if request.isWord(index, "OVERFLOW") {
                index += 2
                continue
            }
            let isRead = request.isWord(index, "GET")
            guard isRead || request.isWord(index, "SET") || request.isWord(index, "INCRBY"), index + 2 < request.count,
                let end = end(request, type: index + 1, offset: index + 2)
            else { return nil }
            if !isRead {
                guard request.integer(index + 3) != nil else { return nil }
                length = max(length ?? 0, end)
            }
            index += isRead ? 3 : 4
        }
        return length
    }

    /// The bytes up to the end of a field.
    private static func end(_ request: Request, type: Int, offset: Int) -> Int? {
        let name = request.copy(type, limit: 3)
        guard let sign = name.first, sign == UInt8(ascii: "u") || sign == UInt8(ascii: "i"),
            let bits = number(name.dropFirst()), bits > 0, bits <= (sign == UInt8(ascii: "u") ? 63 : 64)
        else { return nil }
        var text = request.copy(offset, limit: 20)[...]
        // Counted in fields.
        let isCounted = text.first == UInt8(ascii: "#")
        if isCounted { text = text.dropFirst() }
        let limit = ReplayedKeyspace.longestString * 8
        guard let number = number(text), number >= 0, number < limit else { return nil }
        let first = isCounted ? number * bits : number
        return first < limit ? (first + bits - 1) / 8 + 1 : nil
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? { text.withUnsafeBytes { Request.integer($0) } }
}
