/// The members of a sorted set with their scores.
///
/// Members are told apart by their hashes. Their bytes are kept too, because ranks and ranges by name need them; those
/// that came out of a set (ZUNIONSTORE takes sets) have lost theirs.
struct ScoredMembers {
    /// One member.
    struct Member {
        var score: Double
        var length: Int
        /// The bytes; nil where they are not known.
        var name: [UInt8]?
    }

    private(set) var members: [UInt64: Member] = [:]
    /// The lengths of all members and 8 bytes a score.
    private(set) var payload = 0

    /// What the contract counts for a score.
    static let scoreBytes = 8

    var count: Int { members.count }

    /// Gives a member its score.
    ///
    /// - Parameters:
    ///   - name: asked for the bytes of a member that is new.
    ///   - score: told the score so far, nil where there is no such member; returns the new one, nil to leave all as it
    ///     is.
    mutating func change(_ hash: UInt64, name: () -> [UInt8], _ score: (Double?) -> Double?) {
        if let index = members.index(forKey: hash) {
            if let new = score(members.values[index].score) { members.values[index].score = new }
        } else if let new = score(nil) {
            let name = name()
            put(hash, Member(score: new, length: name.count, name: name))
        }
    }

    mutating func put(_ hash: UInt64, _ member: Member) {
        if let old = members.updateValue(member, forKey: hash) { payload -= old.length + Self.scoreBytes }
        payload += member.length + Self.scoreBytes
    }

    mutating func remove(_ hash: UInt64) {
        if let old = members.removeValue(forKey: hash) { payload -= old.length + Self.scoreBytes }
    }

    mutating func removeAll(where condition: (Member) -> Bool) {
        for (hash, member) in members where condition(member) { remove(hash) }
    }

    /// Removes the members between two ranks, counted from the lowest score; negative ranks count from the end.
    mutating func remove(ranks first: Int, _ last: Int) {
        let count = members.count
        let start = max(0, first < 0 ? first + count : first)
        let end = min(count - 1, last < 0 ? last + count : last)
        guard start <= end else { return }
        for hash in sorted()[start...end] { remove(hash) }
    }

    /// The members' hashes by score and name.
    private func sorted() -> [UInt64] {
        members.sorted { left, right in
            guard left.value.score == right.value.score else { return left.value.score < right.value.score }
            return (left.value.name ?? []).lexicographicallyPrecedes(right.value.name ?? [])
        }.map(\.key)
    }

    /// Whether the bytes of some member are not known, so that ranks and ranges by name are a guess.
    var hasUnnamed: Bool { members.values.contains { $0.name == nil } }
}
