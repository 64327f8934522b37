/// The members of a sorted set that has outgrown the compact form: a table to find them by their bytes and a tree to
/// find them by their rank.
///
/// Both share the records, whose value is the score.
struct RankedMembers: ~Copyable {
    private(set) var table: HashTable
    private(set) var tree: RankedTree
    /// The sum of the members' lengths and 8 bytes a score.
    private(set) var payload: Int

    /// Without members yet.
    init() {
        self.init(HashTable(), payload: 0)
    }

    /// Takes over a table of records made by `makeRecord`; O(n log n).
    init(_ table: consuming HashTable, payload: Int) {
        var tree = RankedTree()
        table.forEach { tree.insert($0, score: $0.score) }
        self.table = table
        self.tree = tree
        self.payload = payload
    }

    deinit {
        table.forEach { $0.free() }
    }

    /// How many members there are.
    var count: Int { tree.count }

    /// A record that holds a member and its score.
    @inline(__always)
    static func makeRecord(_ member: ByteView, score: Double) -> Record {
        let record = Record.make(form: .string, key: member, valueCount: PackedSortedSet.scoreSize)
        record.score = score
        return record
    }

    /// A member's score; O(1).
    @inline(__always)
    func score(of member: ByteView) -> Double? { table.find(member)?.score }

    /// Gives a member a score, adding it where it is not there; O(log n).
    mutating func update(_ member: ByteView, score: Double) -> SortedSetValue.Change {
        let hash = KeyHash.hash(member)
        if let record = table.find(member, hash: hash) {
            let old = record.score
            if old == score { return .unchanged }
            tree.move(record, from: old, to: score)
            record.score = score
            return .rescored
        }
        let record = Self.makeRecord(member, score: score)
        table.insert(record, hash: hash)
        tree.insert(record, score: score)
        payload += member.count + PackedSortedSet.scoreSize
        return .added
    }

    /// Takes a member out; false where it is none; O(log n).
    mutating func remove(_ member: ByteView) -> Bool {
        guard let record = table.find(member) else { return false }
        let rank = tree.rank(of: member, score: record.score)
        remove(rank..<rank + 1)
        return true
    }

    /// Takes out the members of some ranks; O(ranks + log n).
    mutating func remove(_ ranks: Range<Int>) {
        Self.remove(ranks, from: &tree, &table, &payload)
    }

    private static func remove(
        _ ranks: Range<Int>, from tree: inout RankedTree, _ table: inout HashTable, _ payload: inout Int
    ) {
        tree.remove(ranks) { record in
            table.remove(record.key, hash: KeyHash.hash(record.key))
            payload -= record.keyCount + PackedSortedSet.scoreSize
            record.free()
        }
    }

    /// Checks the tree, and the table against it: for tests.
    func checkInvariants() {
        tree.checkInvariants()
        precondition(table.count == tree.count, "\(table.count) members by bytes, \(tree.count) by rank")
        var bytes = 0
        tree.forEach(0..<tree.count) { record, score in
            bytes += record.keyCount + PackedSortedSet.scoreSize
            precondition(table.find(record.key)?.address == record.address && record.score == score)
        }
        precondition(bytes == payload, "payload \(payload), counted \(bytes)")
    }
}

extension Record {
    /// The score of a sorted set's member: the record's whole value.
    @inline(__always)
    var score: Double {
        get {
            assert(valueCount == PackedSortedSet.scoreSize)
            return UnsafeRawPointer(valueStart).loadUnaligned(as: Double.self)
        }
        nonmutating set {
            assert(valueCount == PackedSortedSet.scoreSize)
            UnsafeMutableRawPointer(valueStart).storeBytes(of: newValue, as: Double.self)
        }
    }
}
