/// A small sorted set inside its record: a `PackedSequence` of members and scores in turn, in the sorted set's order.
///
/// ```text
///   +----------+---------+----------+---------+--
///   | member 0 | score 0 | member 1 | score 1 | …
///   +----------+---------+----------+---------+--
///    score  a double of 8 bytes
/// ```
struct PackedSortedSet {
    private let sequence: PackedSequence

    /// The most members, and the longest: `zset-max-ziplist-entries` and `zset-max-ziplist-value` of Redis 2.8.
    static let maximumCount = 128
    static let maximumMemberCount = 64

    /// The bytes of a score, which count as payload too.
    static let scoreSize = MemoryLayout<Double>.size

    /// Looks at the value of a record of form `packedSortedSet`.
    @inline(__always)
    init(_ record: Record) {
        assert(record.form == .packedSortedSet)
        sequence = PackedSequence(record)
    }

    /// A member, its score, where they begin, and where the next member does.
    struct Entry {
        let member: ByteView
        let score: Double
        let place: Int
        let end: Int
    }

    @inline(__always)
    var payload: Int { sequence.payload }

    /// How many members there are.
    @inline(__always)
    var count: Int { sequence.count / 2 }

    /// Where the member after the last would begin.
    @inline(__always)
    var end: Int { sequence.end }
}

// MARK: - Reading

extension PackedSortedSet {
    /// The entry whose member begins at `place`, which is not the end.
    @inline(__always)
    func entry(at place: Int) -> Entry {
        entry(sequence.elements.element(at: place))
    }

    @inline(__always)
    private func entry(_ member: PackedElements.Element) -> Entry {
        let score = sequence.elements.element(at: member.end)
        assert(score.bytes.count == Self.scoreSize)
        return Entry(
            member: member.bytes,
            score: score.bytes.raw.loadUnaligned(as: Double.self),
            place: member.place,
            end: score.end
        )
    }

    /// The entry of a member; O(members).
    @inline(__always)
    func find(_ member: ByteView) -> Entry? {
        sequence.elements.find(member, stride: 2).map(entry)
    }

    /// The rank of the first entry from `place`, of rank `rank`, on that a condition holds of, and its place; the count
    /// and the end where there is none.
    @inline(__always)
    func first(
        from place: Int = 0, rank: Int = 0, where condition: (Entry) -> Bool
    ) -> (rank: Int, place: Int) {
        var rank = rank
        var place = place
        while place != end {
            let entry = entry(at: place)
            if condition(entry) { break }
            place = entry.end
            rank += 1
        }
        return (rank, place)
    }

    /// The place of the entry of a rank; the end for the rank after the last.
    func place(ofRank rank: Int) -> Int {
        sequence.elements.place(ofIndex: rank * 2, count: sequence.count)
    }

    /// Visits the entries of some ranks in ascending order.
    @inline(__always)
    func forEach(_ ranks: Range<Int>, _ body: (ByteView, Double) -> Void) {
        guard !ranks.isEmpty else { return }
        var place = place(ofRank: ranks.lowerBound)
        for _ in ranks {
            let entry = entry(at: place)
            body(entry.member, entry.score)
            place = entry.end
        }
    }

    /// Visits the entries of some ranks in descending order.
    @inline(__always)
    func forEachReversed(_ ranks: Range<Int>, _ body: (ByteView, Double) -> Void) {
        guard !ranks.isEmpty else { return }
        var place = place(ofRank: ranks.upperBound)
        for _ in ranks {
            place = sequence.elements.place(2, before: place)
            let entry = entry(at: place)
            body(entry.member, entry.score)
        }
    }
}

// MARK: - Writing

extension PackedSortedSet {
    /// A record without members yet.
    static func make(key: ByteView, deadline: Deadline = .never) -> Record {
        PackedSequence.make(form: .packedSortedSet, key: key, deadline: deadline)
    }

    /// Adds a member that is not there, where it belongs; O(members).
    static func insert(_ member: ByteView, score: Double, into record: inout Record) {
        let place = PackedSortedSet(record).first { entry in
            entry.score > score || (entry.score == score && member.isOrderedBefore(entry.member))
        }.place
        withUnsafeBytes(of: score) { bytes in
            guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            PackedSequence.insert(member, ByteView(start: start, count: scoreSize), at: place, in: &record)
        }
    }

    /// Takes out the `count` entries from `place` on.
    static func remove(_ count: Int = 1, at place: Int, in record: inout Record) {
        PackedSequence.remove(count * 2, at: place, in: &record)
    }

    /// Checks the order: for tests.
    func checkInvariants() {
        sequence.checkInvariants()
        precondition(sequence.count % 2 == 0 && count <= Self.maximumCount)
        var last: Entry?
        var place = 0
        while place != end {
            let entry = entry(at: place)
            if let last {
                precondition(
                    last.score < entry.score
                        || (last.score == entry.score && last.member.isOrderedBefore(entry.member)),
                    "\(last.score) \(last.member.copied()) is not before \(entry.score) \(entry.member.copied())")
            }
            last = entry
            place = entry.end
        }
    }
}
