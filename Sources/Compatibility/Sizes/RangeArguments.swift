/// What ZRANGESTORE takes of its source.
struct RangeArguments {
    private enum Kind {
        case ranks(Int, Int)
        case scores(ScoreRange)
        case names(NameRange)
    }

    private let kind: Kind
    private let isReversed: Bool
    private let offset: Int
    /// Negative for no limit.
    private let limit: Int

    /// The arguments behind destination and source; nil where Redis refuses them.
    init?(_ request: Request) {
        var (isReversed, byScore, byName, offset, limit) = (false, false, false, 0, -1)
        var index = 5
        while index < request.count {
            if request.isWord(index, "REV") {
                isReversed = true
            } else if request.isWord(index, "BYSCORE") {
                byScore = true
            } else if request.isWord(index, "BYLEX") {
                byName = true
            } else if request.isWord(index, "LIMIT"), let first = request.integer(index + 1),
                let count = request.integer(index + 2)
            {
                (offset, limit) = (first, count)
                index += 2
            } else {
                return nil
            }
            index += 1
        }
        let (low, high) = isReversed ? (4, 3) : (3, 4)
        if byScore {
            guard !byName, let range = ScoreRange(request, from: low, to: high) else { return nil }
            kind = .scores(range)
        } else if byName {
            guard let range = NameRange(request, from: low, to: high) else { return nil }
            kind = .names(range)
        } else {
            guard limit < 0, let first = request.integer(3), let last = request.integer(4) else {
                return nil
            }
            kind = .ranks(first, last)
        }
        (self.isReversed, self.offset, self.limit) = (isReversed, offset, limit)
    }

    /// The ranks that are taken, counted from the lowest score.
    func ranks(in order: RankOrder) -> Range<Int> {
        switch kind {
        case .ranks(let first, let last):
            let ranks = order.ranks(first, last)
            return isReversed ? order.count - ranks.upperBound..<order.count - ranks.lowerBound : ranks
        case .scores(let range): return limited(order.ranks(range))
        case .names(let range): return limited(order.ranks(range))
        }
    }

    private func limited(_ ranks: Range<Int>) -> Range<Int> {
        guard offset >= 0, offset < ranks.count else { return ranks.lowerBound..<ranks.lowerBound }
        let count = min(limit < 0 ? Int.max : limit, ranks.count - offset)
        if isReversed { return ranks.upperBound - offset - count..<ranks.upperBound - offset }
        return ranks.lowerBound + offset..<ranks.lowerBound + offset + count
    }
}
