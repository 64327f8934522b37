/// What keys of one kind have in common: the parts that look like identities become `*`.
///
///     sess:user:4711                                        sess:user:*
///     rq:job:3a554378-5575-414a-a282-edb842b465a3           rq:job:*
///     cache:v2:page                                         cache:*:page
///
/// A part is a run of letters and digits. It is an identity where it has a digit or a byte outside of ASCII, or where it
/// is longer than a word is.
enum KeyPattern {
    /// A longer pattern is cut; keys that differ only behind that are gathered together.
    static let maximumBytes = 96
    private static let longestWord = 32

    /// Writes the pattern of a key over `pattern`.
    static func write(_ key: UnsafeRawBufferPointer, to pattern: inout [UInt8]) {
        pattern.removeAll(keepingCapacity: true)
        var position = 0
        while position < key.count, pattern.count < maximumBytes {
            let byte = key[position]
            guard isWordByte(byte) else {
                pattern.append(byte)
                position += 1
                continue
            }
            let begin = position
            var isIdentity = false
            while position < key.count, isWordByte(key[position]) {
                isIdentity = isIdentity || !isLetter(key[position])
                position += 1
            }
            if isIdentity || position - begin > longestWord {
                appendStar(to: &pattern)
            } else if position - begin >= 4, continuesIdentity(pattern), key[begin..<position].allSatisfy(isHexLetter) {
                appendStar(to: &pattern)
            } else {
                pattern.append(contentsOf: key[begin..<position])
            }
        }
        if position < key.count, pattern.last != star { pattern.append(star) }
    }

    private static let star = UInt8(ascii: "*")

    /// `*-*` and `*.*` are one identity: UUIDs, dates, addresses, floating numbers.
    private static func appendStar(to pattern: inout [UInt8]) {
        guard continuesIdentity(pattern) else { return pattern.append(star) }
        pattern.removeLast()
    }

    private static func continuesIdentity(_ pattern: [UInt8]) -> Bool {
        guard pattern.count >= 2, pattern[pattern.count - 2] == star else { return false }
        let last = pattern[pattern.count - 1]
        return last == UInt8(ascii: "-") || last == UInt8(ascii: ".")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte >= 0x80 || (byte >= 48 && byte <= 57)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let folded = byte | 0x20
        return folded >= 97 && folded <= 122
    }

    private static func isHexLetter(_ byte: UInt8) -> Bool {
        let folded = byte | 0x20
        return folded >= 97 && folded <= 102
    }
}
