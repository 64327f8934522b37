/// Members and their scores, put together aside in any order, before they become a sorted set.
struct ScoreAccumulator: ~Copyable {
    private var table = HashTable()
    /// What they would weigh under one key.
    private(set) var payload = 0
    private var longest = 0
    private var isFinished = false

    deinit {
        if !isFinished { table.forEach { $0.free() } }
    }

    /// How many members there are.
    var count: Int { table.count }

    /// Gives a member the score that `score` makes of its old one, nil where it is new; O(1).
    @inline(__always)
    mutating func update(_ member: ByteView, score: (Double?) -> Double) {
        let hash = KeyHash.hash(member)
        if let record = table.find(member, hash: hash) {
            record.score = score(record.score)
            return
        }
        table.insert(RankedMembers.makeRecord(member, score: score(nil)), hash: hash)
        payload += member.count + PackedSortedSet.scoreSize
        longest = max(longest, member.count)
    }

    /// A record of `key` whose value is a sorted set of these members, in the form that suits them; O(n log n).
    consuming func finish(key: ByteView) -> Record {
        if count <= PackedSortedSet.maximumCount && longest <= PackedSortedSet.maximumMemberCount {
            var record = PackedSortedSet.make(key: key)
            table.forEach { PackedSortedSet.insert($0.key, score: $0.score, into: &record) }
            return record
        }
        isFinished = true
        var members = HashTable()
        swap(&members, &table)
        return SortedSetValue.make(key: key, ranked: RankedMembers(members, payload: payload))
    }
}
