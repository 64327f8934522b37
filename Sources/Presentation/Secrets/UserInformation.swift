/// The user and the password in addresses: `redis://user:password@host`, `:password@host:6379`.
enum UserInformation {
    /// The places of what stands before the `@` of each address, ascending.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var position = 0
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: ":"), UInt8(ascii: "%"):
                if let start = authorityStart(in: text, at: position) {
                    let range = inAuthority(text, from: start)
                    if let range { ranges.append(range) }
                    position = range?.upperBound ?? start
                    continue
                }
            case UInt8(ascii: "@"):
                if let start = bareStart(in: text, at: position), start >= ranges.last?.upperBound ?? 0 {
                    ranges.append(start..<position)
                }
            default: break
            }
            position += 1
        }
        return ranges
    }

    private static let slash = UInt8(ascii: "/")
    /// A longer user and password are none: how far is looked from each mark, so that the time does not grow faster than
    /// the text.
    private static let longest = 1_024

    /// Where the authority begins that `://` announces, its slashes perhaps escaped; nil where the colon is another.
    private static func authorityStart(in text: [UInt8], at colon: Int) -> Int? {
        let rest = text[colon...]
        if rest.starts(with: Array("%3A%2F%2F".utf8)) || rest.starts(with: Array("%3a%2f%2f".utf8)) { return colon + 9 }
        guard text[colon] == UInt8(ascii: ":") else { return nil }
        var index = colon + 1
        var slashes = 0
        while slashes < 2, index < text.count {
            if text[index] == slash {
                slashes += 1
            } else if text[index] != UInt8(ascii: "\\") {
                return nil
            }
            index += 1
        }
        return slashes == 2 ? index : nil
    }

    private static func inAuthority(_ text: [UInt8], from start: Int) -> Range<Int>? {
        let limit = min(text.count, start + longest)
        var wordEnd = text[start..<limit].firstIndex(where: isWordEnd) ?? limit
        let word = text[start..<wordEnd]
        let end = word.firstIndex { "/?#,;\\".utf8.contains($0) } ?? wordEnd
        if text[start..<end].contains(UInt8(ascii: "@")) {
            // A password may hold what would end the authority, and an `@`: the last one of the address decides.
            if let next = (start..<wordEnd).first(where: {
                text[$0] == UInt8(ascii: ":") && authorityStart(in: text, at: $0) != nil
            }) {
                wordEnd = next
            }
            return text[start..<wordEnd].lastIndex(of: UInt8(ascii: "@")).map { start..<$0 }
        }
        if let sign = encodedSign(word) { return start..<sign }
        if let sign = passwordEnd(word) { return start..<sign }
        return joinedEnd(text, start, wordEnd) ?? cutEnd(text, start, wordEnd)
    }

    /// A user and a password whose `@` is not there because the text was cut before it.
    private static func cutEnd(_ text: [UInt8], _ start: Int, _ wordEnd: Int) -> Range<Int>? {
        guard wordEnd == text.count, start < wordEnd, text[start] != UInt8(ascii: "["),
            let colon = text[start...].firstIndex(where: { ":/?#,;".utf8.contains($0) }),
            text[colon] == UInt8(ascii: ":"), colon + 1 < wordEnd
        else { return nil }
        let port = text[(colon + 1)...].prefix { $0 >= 48 && $0 <= 57 }
        let isPort = !port.isEmpty && (port.endIndex == wordEnd || "/?#,;)]}".utf8.contains(text[port.endIndex]))
        return isPort ? nil : start..<wordEnd
    }

    private static func isWordEnd(_ byte: UInt8) -> Bool { byte <= 32 || "\"'`<>".utf8.contains(byte) }

    private static func encodedSign(_ word: ArraySlice<UInt8>) -> Int? {
        word.indices.dropLast(2).last {
            word[$0] == UInt8(ascii: "%") && word[$0 + 1] == UInt8(ascii: "4") && word[$0 + 2] == UInt8(ascii: "0")
        }
    }

    /// The `@` behind a password with characters that a URL does not allow there; nil where a host begins first.
    private static func passwordEnd(_ word: ArraySlice<UInt8>) -> Int? {
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")), let sign = word.lastIndex(of: UInt8(ascii: "@")),
            colon < sign
        else { return nil }
        let port = word[(colon + 1)...].prefix { $0 >= 48 && $0 <= 57 }
        let isPort = !port.isEmpty && (port.endIndex == word.endIndex || word[port.endIndex] == slash)
        return isPort ? nil : sign
    }

    /// `"redis://:" + "password" + "@host"`: what is joined on, up to the literal with the `@`.
    private static func joinedEnd(_ text: [UInt8], _ start: Int, _ wordEnd: Int) -> Range<Int>? {
        guard wordEnd < text.count, wordEnd > start, text[wordEnd - 1] == UInt8(ascii: ":"),
            let sign = text[wordEnd..<min(text.count, wordEnd + longest)].firstIndex(of: UInt8(ascii: "@")),
            let quote = text[wordEnd..<sign].lastIndex(of: text[wordEnd]), quote == sign - 1
        else { return nil }
        return wordEnd + 1..<quote
    }

    /// Where a user and a password begin that stand before an `@` without a scheme; nil where something else does.
    ///
    /// Keys of Redis have colons and may have addresses of mail in them, so that only what is certain counts: an empty
    /// user, the user `default`, or a port behind.
    private static func bareStart(in text: [UInt8], at sign: Int) -> Int? {
        let before =
            text[max(0, sign - longest)..<sign].lastIndex { isWordEnd($0) || "/=,(".utf8.contains($0) }.map { $0 + 1 }
            ?? 0
        let word = text[before..<sign]
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon + 1 < sign else { return nil }
        let host = text[(sign + 1)...].prefix {
            ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || ($0 >= 45 && $0 <= 57) || $0 == 95
        }
        guard !host.isEmpty else { return nil }
        let user = word[..<colon]
        if user.isEmpty || user.elementsEqual("default".utf8) { return before }
        guard host.endIndex < text.count, text[host.endIndex] == UInt8(ascii: ":") else { return nil }
        let port = text[(host.endIndex + 1)...].prefix { $0 >= 48 && $0 <= 57 }
        let isEnded =
            port.endIndex == text.count || isWordEnd(text[port.endIndex]) || "/,);".utf8.contains(text[port.endIndex])
        return (4...5).contains(port.count) && isEnded ? before : nil
    }
}
