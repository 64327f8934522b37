/// A sorted set to be read, whatever its form; valid until its record is next written to.
///
/// Every range of members is a range of ranks, 0 the member of the lowest score.
struct SortedSetMembers {
    let record: Record

    /// Looks at a record whose value is a sorted set.
    @inline(__always)
    init(_ record: Record) {
        assert(record.form.type == .sortedSet)
        self.record = record
    }

    @inline(__always)
    private var isPacked: Bool { record.form == .packedSortedSet }

    @inline(__always)
    private var packed: PackedSortedSet { PackedSortedSet(record) }

    /// The members by rank and by bytes, where the sorted set has outgrown the compact form.
    @inline(__always)
    var ranked: UnsafeMutablePointer<RankedMembers>? {
        isPacked ? nil : record.object(as: RankedMembers.self)
    }

    /// The sum of the members' lengths and 8 bytes a score; O(1).
    var payload: Int { ranked?.pointee.payload ?? packed.payload }

    /// How many members there are; O(1).
    var count: Int { ranked?.pointee.count ?? packed.count }

    /// A member's score; O(1), in a packed sorted set O(members).
    @inline(__always)
    func score(of member: ByteView) -> Double? {
        if let ranked { return ranked.pointee.score(of: member) }
        return packed.find(member)?.score
    }

    /// A member's rank; O(log n), in a packed sorted set O(members).
    @inline(__always)
    func rank(of member: ByteView) -> Int? {
        if let ranked {
            guard let score = ranked.pointee.score(of: member) else { return nil }
            return ranked.pointee.tree.rank(of: member, score: score)
        }
        let rank = packed.first { $0.member == member }.rank
        return rank < packed.count ? rank : nil
    }
}

// MARK: - Walking

extension SortedSetMembers {
    /// Visits every member in ascending order; what is lent is dead when `body` returns.
    @inline(__always)
    func forEach(_ body: (ByteView, Double) -> Void) {
        forEach(0..<count, body)
    }

    /// Visits the members of some ranks in ascending order; O(log n + ranks).
    @inline(__always)
    func forEach(_ ranks: Range<Int>, _ body: (ByteView, Double) -> Void) {
        if let ranked {
            ranked.pointee.tree.forEach(ranks) { body($0.key, $1) }
        } else {
            packed.forEach(ranks, body)
        }
    }

    /// Visits the members of some ranks in descending order; O(log n + ranks).
    @inline(__always)
    func forEachReversed(_ ranks: Range<Int>, _ body: (ByteView, Double) -> Void) {
        if let ranked {
            ranked.pointee.tree.forEachReversed(ranks) { body($0.key, $1) }
        } else {
            packed.forEachReversed(ranks, body)
        }
    }
}

// MARK: - Ranges

extension SortedSetMembers {
    /// The ranks of the members with scores in a range; O(log n), in a packed sorted set O(members).
    func ranks(_ range: ScoreRange) -> Range<Int> {
        if range.isEmpty { return 0..<0 }
        guard let ranked else {
            let first = packed.first { range.isAboveMinimum($0.score) }
            let end = packed.first(from: first.place, rank: first.rank) { !range.isBelowMaximum($0.score) }
            return first.rank..<end.rank
        }
        let first = ranked.pointee.tree.count(below: range.minimum, including: range.excludesMinimum)
        return first..<ranked.pointee.tree.count(below: range.maximum, including: !range.excludesMaximum)
    }

    /// The ranks of the members in a range by their bytes.
    ///
    /// O(log n) where all scores are equal, which alone gives such a range a meaning. Where they are not, O(members),
    /// and this answers what Redis 2.8 does: the members from the first above the minimum up to the first that is not
    /// below the maximum; nothing where the last of all is not above the minimum or the first of all not below the
    /// maximum.
    func ranks(_ range: LexRange) -> Range<Int> {
        guard let first = entry(atRank: 0), let last = entry(atRank: count - 1),
            range.isAboveMinimum(last.member), range.isBelowMaximum(first.member)
        else { return 0..<0 }
        guard let ranked, first.score == last.score else { return walkedRanks(range) }
        let begin = ranked.pointee.tree.count(before: range.minimum)
        return begin..<max(begin, ranked.pointee.tree.count(before: range.maximum))
    }

    /// Whether all scores are equal; O(log n).
    var haveOneScore: Bool { entry(atRank: 0)?.score == entry(atRank: count - 1)?.score }

    private func walkedRanks(_ range: LexRange) -> Range<Int> {
        var begin: Int?
        var end: Int?
        var rank = 0
        forEach { member, _ in
            if begin == nil && range.isAboveMinimum(member) { begin = rank }
            if begin != nil && end == nil && !range.isBelowMaximum(member) { end = rank }
            rank += 1
        }
        return (begin ?? rank)..<(end ?? rank)
    }

    private func entry(atRank rank: Int) -> (member: ByteView, score: Double)? {
        guard rank >= 0 && rank < count else { return nil }
        var entry: (ByteView, Double)?
        forEach(rank..<rank + 1) { entry = ($0, $1) }
        return entry
    }
}

extension RankedTree {
    /// How many members come before an end of a range by their bytes.
    fileprivate func count(before end: LexRange.End) -> Int {
        switch end {
        case .lowest: 0
        case .highest: count
        case .before(let member): count(before: member, including: false)
        case .after(let member): count(before: member, including: true)
        }
    }
}
