/// A pattern of SCAN's MATCH, read as Redis 2.8's `stringmatchlen` reads it.
///
/// - `*` any bytes, none too; `?` one byte
/// - `[abc]`, `[a-z]`, `[^…]` one byte of the set, or not of it; ranges may be written from either end, a backslash
///   takes the next byte as it is, and a set that is not closed reaches to the end of the pattern
/// - `\x` the byte x; a backslash at the very end stands for itself
///
/// Redis tries every length for every `*`, which takes exponential time for patterns such as `*a*a*a*b`. Here the pattern
/// is cut at its stars: the first and the last segment have one place each, and of those between each takes the first
/// place behind the one before, which leaves the most to the rest. To find it costs at most 16 steps a byte of the text.
struct GlobPattern: Sendable {
    /// The segments between the stars; one where there is no star.
    ///
    /// Only the first and the last may be empty: several stars in a row match what one does.
    let segments: [GlobSegment]
    /// The bytes that all segments take.
    private let least: Int

    /// The longest pattern in bytes; it is what bounds the time of a match.
    static let longest = 1_024

    /// Whether every text matches: the pattern is nothing but stars.
    let matchesEverything: Bool

    /// Reads a pattern of at most ``longest`` bytes; O(its bytes).
    init(_ pattern: ByteView) {
        precondition(pattern.count <= Self.longest)
        var segments: [GlobSegment] = []
        var items: [ByteSet] = []
        var place = 0
        while place < pattern.count {
            if pattern[place] == UInt8(ascii: "*") {
                if segments.isEmpty || !items.isEmpty { segments.append(GlobSegment(items)) }
                items = []
                place += 1
            } else {
                items.append(Self.item(pattern, &place))
            }
        }
        segments.append(GlobSegment(items))
        self.segments = segments
        matchesEverything = segments.count == 2 && segments.allSatisfy { $0.count == 0 }
        least = segments.reduce(0) { $0 + $1.count }
    }

    /// Whether the whole of `text` matches; O(text), with a factor of at most 16.
    func matches(_ text: ByteView) -> Bool {
        let (first, last) = (segments[0], segments[segments.count - 1])
        guard text.count >= least, first.matches(text, at: 0) else { return false }
        if segments.count == 1 { return text.count == least }
        let end = text.count - last.count
        guard last.matches(text, at: end) else { return false }
        var place = first.count
        for segment in segments[1..<segments.count - 1] {
            guard let found = segment.find(in: text, place..<end) else { return false }
            place = found + segment.count
        }
        return true
    }
}

// MARK: - Reading a pattern

extension GlobPattern {
    /// The bytes that the item at `place`, which is no star, matches; moves behind it.
    private static func item(_ pattern: ByteView, _ place: inout Int) -> ByteSet {
        let byte = pattern[place]
        place += 1
        switch byte {
        case UInt8(ascii: "?"):
            return ByteSet().inverted
        case UInt8(ascii: "["):
            return set(pattern, &place)
        case UInt8(ascii: "\\") where place < pattern.count:
            place += 1
            return ByteSet(pattern[place - 1])
        default:
            return ByteSet(byte)
        }
    }

    /// The set whose `[` ends at `place`; moves behind its end.
    private static func set(_ pattern: ByteView, _ place: inout Int) -> ByteSet {
        let isNegated = place < pattern.count && pattern[place] == UInt8(ascii: "^")
        if isNegated { place += 1 }
        var set = ByteSet()
        while place < pattern.count && pattern[place] != UInt8(ascii: "]") {
            if pattern[place] == UInt8(ascii: "\\") && place + 1 < pattern.count {
                set.insert(pattern[place + 1])
                place += 2
            } else if place + 2 < pattern.count && pattern[place + 1] == UInt8(ascii: "-") {
                set.insert(from: pattern[place], to: pattern[place + 2])
                place += 3
            } else {
                set.insert(pattern[place])
                place += 1
            }
        }
        place = min(place + 1, pattern.count)
        return isNegated ? set.inverted : set
    }
}
