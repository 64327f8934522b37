/// The answer to SUNION of large sets, made while they are gone through: no set is put together that would be freed at once.
///
/// The order is that of the sets, the largest first; 2.8's is as arbitrary where a result has over 512 members.
struct UnionReply: ~Copyable {
    /// Members that were answered, but for those of the largest set; they belong to their sets, or are among `made`.
    private var seen: HashTable
    /// Members of compact sets, which have no records of their own.
    private var made: [Record] = []
    private let largest: UnsafeMutablePointer<MemberTable>
    private var count = 0

    private static let leastMembers = 513

    /// Whether a set is so large that no order is kept.
    static func suits(_ sets: [SetMembers]) -> Bool {
        sets.contains { $0.count >= leastMembers && $0.table != nil }
    }

    /// Answers the members of any of some different sets that it suits; O(members of all), and it ends where the reply finds
    /// no more room.
    static func append(_ sets: [SetMembers], to reply: inout ReplyBuffer) {
        guard let largest = sets.max(by: { weight($0) < weight($1) }), let table = largest.table else {
            preconditionFailure("a union without a large set")
        }
        let others = sets.filter { $0.record.address != largest.record.address }
        // What is answered finds room, and no set is left behind the last.
        let most = min(others.dropLast().reduce(0) { $0 + $1.count }, reply.room / ReplyBuffer.leastBulk)
        var union = UnionReply(largest: table, seen: HashTable(minimumCapacity: most))
        let mark = reply.count
        table.pointee.table.forEach { if !reply.isOverflowing { reply.append(bulk: $0.key) } }
        union.count = table.pointee.count
        for (index, set) in others.enumerated() where !reply.isOverflowing {
            union.append(set, isLast: index == others.count - 1, &reply)
        }
        reply.insert(arrayOf: union.count, at: mark)
    }

    private static func weight(_ set: SetMembers) -> Int { set.table == nil ? 0 : set.count }

    private init(largest: UnsafeMutablePointer<MemberTable>, seen: consuming HashTable) {
        self.largest = largest
        self.seen = seen
    }

    deinit {
        for record in made { record.free() }
    }

    private mutating func append(_ set: SetMembers, isLast: Bool, _ reply: inout ReplyBuffer) {
        guard let table = set.table else {
            return set.forEach { member in
                let record = Record.make(form: .string, key: member, valueCount: 0)
                made.append(record)
                append(record, isLast: isLast, &reply)
            }
        }
        table.pointee.table.forEach { append($0, isLast: isLast, &reply) }
    }

    @inline(__always)
    private mutating func append(_ record: Record, isLast: Bool, _ reply: inout ReplyBuffer) {
        if reply.isOverflowing { return }
        let hash = KeyHash.hash(record.key)
        guard largest.pointee.table.find(record.key, hash: hash) == nil, seen.find(record.key, hash: hash) == nil
        else { return }
        if !isLast { seen.insert(record, hash: hash) }
        count += 1
        reply.append(bulk: record.key)
    }
}
