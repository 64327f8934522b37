/// The members of large sets, hashes and sorted sets that are written to again and again: what was there already does not
/// grow the value.
///
/// Those of a key are told apart from some moment on. What it held before is a base that only a deletion takes away, so
/// that base and members together are an upper bound.
struct DistinctMembers {
    private struct Collection {
        var base: Int
        var table = MemberTable()
        var bound: Int { base + table.payload }
    }

    /// By bucket.
    private var collections: [Int: Collection] = [:]
    private var members = 0

    /// How many members of all keys together are told apart: 24 bytes each.
    private static let maximumMembers = 400_000

    /// Whether there is room for another key.
    var hasRoom: Bool { members < Self.maximumMembers }

    /// Begins with a key whose value has `base` bytes at most.
    mutating func begin(_ bucket: Int, base: Int) { collections[bucket] = Collection(base: base) }

    /// Puts a member, or another length in its place.
    mutating func put(_ bucket: Int, _ hash: UInt64, length: Int) {
        guard members < Self.maximumMembers + 100_000 else {
            // Too many in one request: what comes is no longer told apart.
            collections[bucket]?.base += length
            return
        }
        let member = MemberTable.Member(hash: hash, length: UInt32(clamping: length))
        if collections[bucket]?.table.put(member) ?? false { members += 1 }
    }

    mutating func remove(_ bucket: Int, _ hash: UInt64) {
        if collections[bucket]?.table.remove(hash) != nil { members -= 1 }
    }

    func bound(_ bucket: Int) -> Int { collections[bucket]?.bound ?? 0 }

    /// Forgets the members of a key.
    mutating func end(_ bucket: Int) {
        members -= collections.removeValue(forKey: bucket)?.table.count ?? 0
    }
}
