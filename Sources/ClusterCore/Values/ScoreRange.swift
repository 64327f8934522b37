/// The `min max` of ZRANGEBYSCORE and its like: scores, each excluded where a `(` precedes it.
struct ScoreRange {
    let minimum: Double
    let maximum: Double
    let excludesMinimum: Bool
    let excludesMaximum: Bool

    /// Reads both ends.
    init(minimum: ByteView, maximum: ByteView) throws(ReplyError) {
        (self.minimum, excludesMinimum) = try Self.end(minimum)
        (self.maximum, excludesMaximum) = try Self.end(maximum)
    }

    private static func end(_ text: ByteView) throws(ReplyError) -> (score: Double, isExcluded: Bool) {
        let isExcluded = text.count > 0 && text[0] == UInt8(ascii: "(")
        let number = isExcluded ? text.slice(1..<text.count) : text
        guard let score = number.parsedRangeEnd() else { throw .rangeNotFloat }
        return (score, isExcluded)
    }

    /// Whether no score can lie in the range.
    var isEmpty: Bool {
        minimum > maximum || (minimum == maximum && (excludesMinimum || excludesMaximum))
    }

    func isAboveMinimum(_ score: Double) -> Bool {
        excludesMinimum ? score > minimum : score >= minimum
    }

    func isBelowMaximum(_ score: Double) -> Bool {
        excludesMaximum ? score < maximum : score <= maximum
    }
}
