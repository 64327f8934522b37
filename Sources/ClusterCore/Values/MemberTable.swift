/// The members of a set that has outgrown the compact forms: records without a value.
struct MemberTable: ~Copyable {
    private(set) var table = HashTable()
    /// The sum of the members' lengths.
    private(set) var payload = 0

    deinit {
        table.forEach { $0.free() }
    }

    /// How many members there are.
    var count: Int { table.count }

    /// O(1).
    @inline(__always)
    func contains(_ member: ByteView) -> Bool { table.find(member) != nil }

    /// Adds a member; false where it is one already; O(1).
    @inline(__always)
    @discardableResult
    mutating func insert(_ member: ByteView) -> Bool {
        let hash = KeyHash.hash(member)
        guard table.find(member, hash: hash) == nil else { return false }
        table.insert(Record.make(form: .string, key: member, valueCount: 0), hash: hash)
        payload += member.count
        return true
    }

    /// Takes a member out; false where it is none; O(1).
    mutating func remove(_ member: ByteView) -> Bool {
        guard let record = table.remove(member, hash: KeyHash.hash(member)) else { return false }
        payload -= record.keyCount
        record.free()
        return true
    }
}
