/// A stretch of a pattern without a star: for each byte of a text that it is to match, the bytes that are allowed there.
///
/// A short one is looked for by trying place after place. A longer one by Shift-And (Baeza-Yates and Gonnet 1992): bit i of
/// `state` says whether the items up to i match the bytes up to the one that was just read, so that one shift and one
/// mask a word of 64 items carry all places on at once, whatever pattern and text are.
struct GlobSegment: Sendable {
    private let items: [ByteSet]
    /// By byte, one word of bits after another: the items that the byte matches; empty for a short segment.
    private let masks: [UInt64]
    private let words: Int

    /// Up to so many items, or so many bytes of text, the places are tried one after another: at most 8 steps a byte.
    private static let triedItems = 8
    private static let triedBytes = 32

    init(_ items: [ByteSet]) {
        self.items = items
        words = (items.count + 63) / 64
        masks = items.count > Self.triedItems ? Self.masks(of: items, words: words) : []
    }

    private static func masks(of items: [ByteSet], words: Int) -> [UInt64] {
        var masks = [UInt64](repeating: 0, count: 256 * words)
        for (index, item) in items.enumerated() {
            item.forEach { masks[Int($0) * words + index / 64] |= 1 << UInt64(index % 64) }
        }
        return masks
    }

    /// How many bytes it takes.
    var count: Int { items.count }

    /// Whether it matches the bytes from `place` on; there must be as many as it takes.
    func matches(_ text: ByteView, at place: Int) -> Bool {
        for index in items.indices where !items[index].contains(text[place + index]) { return false }
        return true
    }

    /// The first place within a range where it matches bytes that lie in the range.
    func find(in text: ByteView, _ range: Range<Int>) -> Int? {
        guard range.count >= count else { return nil }
        if masks.isEmpty || range.count <= Self.triedBytes {
            return (range.lowerBound...range.upperBound - count).first { matches(text, at: $0) }
        }
        return masks.withUnsafeBufferPointer { masks in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { state in
                state.initialize(repeating: 0)
                return findByShifting(text, range, masks, state)
            }
        }
    }

    private func findByShifting(
        _ text: ByteView, _ range: Range<Int>, _ masks: UnsafeBufferPointer<UInt64>,
        _ state: UnsafeMutableBufferPointer<UInt64>
    ) -> Int? {
        let final: UInt64 = 1 << UInt64((count - 1) % 64)
        for place in range {
            let mask = Int(text[place]) * words
            var carry: UInt64 = 1
            for word in 0..<words {
                let old = state[word]
                state[word] = (old << 1 | carry) & masks[mask + word]
                carry = old >> 63
            }
            if state[words - 1] & final != 0 { return place + 1 - count }
        }
        return nil
    }
}
