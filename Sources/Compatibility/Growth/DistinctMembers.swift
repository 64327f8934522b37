/// The members of large sets, hashes and sorted sets that are written to again and again: what was there already does not
/// grow the value.
///
/// Those of a key are told apart from some moment on, in a place of their own (``GrowthBucket/distinct``). What the key
/// held before is a base that only a deletion takes away, so that base and members together are an upper bound.
struct DistinctMembers {
    private struct Collection {
        var base: Int
        var table = MemberTable()
        var bound: Int { base + table.payload }
    }

    /// By place; the first one is nobody's.
    private var collections = [Collection(base: 0)]
    private var free: [UInt16] = []
    private var members = 0

    /// How many members of all keys together are told apart: 32 bytes each, and room.
    private static let maximumMembers = 400_000

    /// Whether there is room for another key.
    var hasRoom: Bool { members < Self.maximumMembers && (!free.isEmpty || collections.count <= UInt16.max) }

    /// Begins with a key whose value has `base` bytes at most; returns its place, never 0.
    ///
    /// There is room: ``hasRoom``.
    mutating func begin(base: Int) -> UInt16 {
        if let place = free.popLast() {
            collections[Int(place)] = Collection(base: base)
            return place
        }
        collections.append(Collection(base: base))
        return UInt16(collections.count - 1)
    }

    /// Puts a member, or another length in its place.
    mutating func put(_ place: UInt16, _ hash: UInt64, length: Int) {
        guard members < Self.maximumMembers + 100_000 else {
            // Too many in one request: what comes is no longer told apart.
            collections[Int(place)].base += length
            return
        }
        let member = MemberTable.Member(hash: hash, length: UInt32(clamping: length))
        if collections[Int(place)].table.put(member) { members += 1 }
    }

    mutating func remove(_ place: UInt16, _ hash: UInt64) {
        if collections[Int(place)].table.remove(hash) != nil { members -= 1 }
    }

    func bound(_ place: UInt16) -> Int { collections[Int(place)].bound }

    /// Forgets the members of a key.
    mutating func end(_ place: UInt16) {
        members -= collections[Int(place)].table.count
        collections[Int(place)] = Collection(base: 0)
        free.append(place)
    }
}
