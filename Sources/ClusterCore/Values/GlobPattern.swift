/// A pattern of SCAN's MATCH, read as Redis 2.8's `stringmatchlen` reads it.
///
/// - `*` any bytes, none too; `?` one byte
/// - `[abc]`, `[a-z]`, `[^…]` one byte of the set, or not of it; ranges may be written from either end, a backslash
///   takes the next byte as it is, and a set that is not closed reaches to the end of the pattern
/// - `\x` the byte x; a backslash at the very end stands for itself
///
/// Redis tries every length for every `*`, which takes exponential time for patterns such as `*a*a*a*b`. Only the last
/// `*` that was passed has to be tried again: what an earlier one took is settled once a later one is reached. So a
/// match costs at most O(pattern × text).
struct GlobPattern {
    private let pattern: ByteView

    init(_ pattern: ByteView) {
        self.pattern = pattern
    }

    /// Whether every text matches.
    var matchesEverything: Bool { pattern.count == 1 && pattern[0] == UInt8(ascii: "*") }

    /// Whether the whole of `text` matches.
    func matches(_ text: ByteView) -> Bool {
        var place = 0
        var index = 0
        /// The place behind the last `*` and the end of what it has taken so far.
        var retry: (place: Int, index: Int)?
        while true {
            if place < pattern.count && pattern[place] == UInt8(ascii: "*") {
                place += 1
                if place == pattern.count { return true }
                retry = (place, index)
            } else if index < text.count, let next = placeAfter(place, matching: text[index]) {
                place = next
                index += 1
            } else if index == text.count && place == pattern.count {
                return true
            } else {
                guard let last = retry, last.index < text.count else { return false }
                retry = (last.place, last.index + 1)
                (place, index) = (last.place, last.index + 1)
            }
        }
    }

    /// The place behind the item at `place`, which is not a `*`, if that item matches `byte`.
    private func placeAfter(_ place: Int, matching byte: UInt8) -> Int? {
        guard place < pattern.count else { return nil }
        switch pattern[place] {
        case UInt8(ascii: "?"):
            return place + 1
        case UInt8(ascii: "["):
            return placeAfterSet(place + 1, matching: byte)
        case UInt8(ascii: "\\") where place + 1 < pattern.count:
            return pattern[place + 1] == byte ? place + 2 : nil
        default:
            return pattern[place] == byte ? place + 1 : nil
        }
    }

    /// The place behind the set whose `[` ends at `place`, if it matches `byte`.
    private func placeAfterSet(_ place: Int, matching byte: UInt8) -> Int? {
        var place = place
        let isNegated = place < pattern.count && pattern[place] == UInt8(ascii: "^")
        if isNegated { place += 1 }
        var isMember = false
        while place < pattern.count && pattern[place] != UInt8(ascii: "]") {
            if pattern[place] == UInt8(ascii: "\\") && place + 1 < pattern.count {
                isMember = isMember || pattern[place + 1] == byte
                place += 2
            } else if place + 2 < pattern.count && pattern[place + 1] == UInt8(ascii: "-") {
                isMember = isMember || Self.range(pattern[place], pattern[place + 2], contains: byte)
                place += 3
            } else {
                isMember = isMember || pattern[place] == byte
                place += 1
            }
        }
        return isMember != isNegated ? min(place + 1, pattern.count) : nil
    }

    /// Redis compares `char`, which is signed where it usually runs: bytes from 0x80 on lie below the ASCII ones.
    private static func range(_ first: UInt8, _ last: UInt8, contains byte: UInt8) -> Bool {
        let (first, last, byte) = (Int8(bitPattern: first), Int8(bitPattern: last), Int8(bitPattern: byte))
        return byte >= min(first, last) && byte <= max(first, last)
    }
}
