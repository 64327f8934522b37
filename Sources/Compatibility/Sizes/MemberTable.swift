/// The members of a set, or the fields of a hash, with what replaying needs of each: an open hash table over 64-bit
/// hashes.
///
/// The bytes themselves are not kept.
struct MemberTable {
    /// One member.
    ///
    /// Trivial, 32 bytes.
    struct Member {
        /// The member's hash; 0 in an empty place.
        var hash: UInt64 = 0
        var length: UInt32 = 0
        /// The length of a field's value.
        var valueLength: UInt32 = 0
        /// A field's value where ``isInteger`` says that it is one.
        var integer: Int64 = 0
        var isInteger = false
    }

    private var places: [Member] = []
    private(set) var count = 0
    /// The lengths of all members and values together.
    private(set) var payload = 0

    private static func clean(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

    private func place(of hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash >> 32) & (places.count - 1)
        while places[place].hash != 0, places[place].hash != hash { place = (place + 1) & (places.count - 1) }
        return place
    }

    /// The member of this hash; nil where there is none.
    func find(_ hash: UInt64) -> Member? {
        guard count > 0 else { return nil }
        let member = places[place(of: Self.clean(hash))]
        return member.hash == 0 ? nil : member
    }

    /// Adds a member or puts another in its place.
    ///
    /// Returns whether it is new.
    @discardableResult
    mutating func put(_ member: Member) -> Bool {
        if count * 4 >= places.count * 3 { grow() }
        var member = member
        member.hash = Self.clean(member.hash)
        let place = place(of: member.hash)
        let old = places[place]
        places[place] = member
        payload += Int(member.length) + Int(member.valueLength)
        guard old.hash == 0 else {
            payload -= Int(old.length) + Int(old.valueLength)
            return false
        }
        count += 1
        return true
    }

    /// Takes a member out; nil where it is not there.
    @discardableResult
    mutating func remove(_ hash: UInt64) -> Member? {
        guard count > 0 else { return nil }
        let hash = Self.clean(hash)
        var hole = place(of: hash)
        let removed = places[hole]
        guard removed.hash != 0 else { return nil }
        count -= 1
        payload -= Int(removed.length) + Int(removed.valueLength)
        // Members behind the hole move up unless that would put them before their own place.
        var next = (hole + 1) & (places.count - 1)
        while places[next].hash != 0 {
            let home = Int(truncatingIfNeeded: places[next].hash >> 32) & (places.count - 1)
            if (next - home) & (places.count - 1) >= (next - hole) & (places.count - 1) {
                places[hole] = places[next]
                hole = next
            }
            next = (next + 1) & (places.count - 1)
        }
        places[hole] = Member()
        return removed
    }

    /// Some member; nil where there is none.
    var first: Member? { places.first { $0.hash != 0 } }

    /// All members, in no order.
    func forEach(_ body: (Member) -> Void) {
        for member in places where member.hash != 0 { body(member) }
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: Member(), count: max(4, old.count * 2))
        for member in old where member.hash != 0 { places[place(of: member.hash)] = member }
    }
}
