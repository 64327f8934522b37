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
    /// How many members have lost their bytes.
    private var unnamed = 0
    /// The members by score and name; made by the first command that asks for ranks or ranges, kept up from then on.
    private var order: RankOrder?

    /// What the contract counts for a score.
    static let scoreBytes = 8

    var count: Int { members.count }

    /// Whether the bytes of some member are not known, so that ranks and ranges by name are a guess.
    var hasUnnamed: Bool { unnamed > 0 }

    /// Gives a member its score.
    ///
    /// - Parameters:
    ///   - name: asked for the bytes of a member that is new.
    ///   - score: told the score so far, nil where there is no such member; returns the new one, nil to leave all as it
    ///     is.
    mutating func change(_ hash: UInt64, name: () -> [UInt8], _ score: (Double?) -> Double?) {
        if let index = members.index(forKey: hash) {
            guard let new = score(members.values[index].score) else { return }
            if order != nil { reorder(hash, members.values[index], new) }
            members.values[index].score = new
        } else if let new = score(nil) {
            let name = name()
            put(hash, Member(score: new, length: name.count, name: name))
        }
    }

    mutating func put(_ hash: UInt64, _ member: Member) {
        if let old = members.updateValue(member, forKey: hash) { forget(hash, old) }
        payload += member.length + Self.scoreBytes
        if member.name == nil { unnamed += 1 }
        order?.insert(Self.entry(hash, member))
    }

    mutating func remove(_ hash: UInt64) {
        if let old = members.removeValue(forKey: hash) { forget(hash, old) }
    }

    /// Takes a member that is no longer in the table out of everything else.
    private mutating func forget(_ hash: UInt64, _ member: Member) {
        payload -= member.length + Self.scoreBytes
        if member.name == nil { unnamed -= 1 }
        order?.remove(Self.entry(hash, member))
    }

    // MARK: Order

    /// Removes the members between two ranks, counted from the lowest score; negative ranks count from the end.
    mutating func remove(ranks first: Int, _ last: Int) { removeOrdered { $0.ranks(first, last) } }

    /// Removes the members of a range of scores.
    mutating func remove(_ range: ScoreRange) { removeOrdered { $0.ranks(range) } }

    /// Removes the members of a range of names, as far as these are known.
    ///
    /// Redis leaves open what that does among several scores; here all names in the range go.
    mutating func remove(_ range: NameRange) {
        let isOrdered = orderMembers { $0.hasOneScore } && !hasUnnamed
        guard !isOrdered else { return removeOrdered { $0.ranks(range) } }
        let removed = members.filter { $0.value.name.map { range.reaches($0) && !range.passes($0) } ?? false }
        for hash in removed.keys { remove(hash) }
    }

    private mutating func removeOrdered(_ ranks: (RankOrder) -> Range<Int>) {
        for entry in orderMembers({ $0.remove(ranks: ranks($0)) }) {
            guard let member = members.removeValue(forKey: entry.hash) else { continue }
            payload -= member.length + Self.scoreBytes
            if member.name == nil { unnamed -= 1 }
        }
    }

    /// The members of some ranks, in their order.
    mutating func entries(_ ranks: (RankOrder) -> Range<Int>) -> [RankOrder.Entry] {
        orderMembers { $0.entries(ranks($0)) }
    }

    /// Lets `body` use the order, which is made where there is none yet.
    private mutating func orderMembers<Result>(_ body: (inout RankOrder) -> Result) -> Result {
        var order = self.order ?? RankOrder(members.map { Self.entry($0.key, $0.value) })
        // The one reference to it, so that it is changed where it is.
        self.order = nil
        defer { self.order = order }
        return body(&order)
    }

    private mutating func reorder(_ hash: UInt64, _ member: Member, _ score: Double) {
        guard score != member.score else { return }
        order?.remove(Self.entry(hash, member))
        order?.insert(RankOrder.Entry(score: score, name: member.name ?? [], hash: hash))
    }

    private static func entry(_ hash: UInt64, _ member: Member) -> RankOrder.Entry {
        RankOrder.Entry(score: member.score, name: member.name ?? [], hash: hash)
    }
}
