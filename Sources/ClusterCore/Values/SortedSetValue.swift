/// A sorted set to be written to, at the place of its record in the keyspace or in a variable.
///
/// Up to 128 members of up to 64 bytes each are a `PackedSortedSet`; what outgrows that has `RankedMembers` and keeps
/// them.
struct SortedSetValue {
    let slot: HashTable.Slot

    @inline(__always)
    init(slot: HashTable.Slot) {
        self.slot = slot
    }

    /// What giving a member a score has done.
    enum Change {
        case added, rescored, unchanged
    }

    /// The sorted set to be read, until it is next written to.
    @inline(__always)
    var members: SortedSetMembers { SortedSetMembers(slot.pointee) }

    @inline(__always)
    private var ranked: UnsafeMutablePointer<RankedMembers>? { members.ranked }
}

// MARK: - What StoredValue asks

extension SortedSetValue {
    /// The sum of the members' lengths and 8 bytes a score; O(1).
    static func payload(of record: Record) -> Int { SortedSetMembers(record).payload }

    /// Frees the members of a record of form `sortedSet`; O(members).
    static func releaseObject(of record: Record) {
        let members = record.object(as: RankedMembers.self)
        members.deinitialize(count: 1)
        members.deallocate()
    }
}

// MARK: - Making and writing

extension SortedSetValue {
    /// A record whose value is a sorted set without members yet.
    static func make(key: ByteView, deadline: Deadline = .never) -> Record {
        PackedSortedSet.make(key: key, deadline: deadline)
    }

    /// A record whose value are members that have outgrown the packed form.
    static func make(key: ByteView, ranked: consuming RankedMembers) -> Record {
        let members = UnsafeMutablePointer<RankedMembers>.allocate(capacity: 1)
        members.initialize(to: ranked)
        return make(key: key).withObject(members, form: .sortedSet)
    }

    /// Gives a member a score, adding it where it is not there; O(log n), in a packed sorted set O(members).
    @inline(__always)
    @discardableResult
    func update(_ member: ByteView, score: Double) -> Change {
        if let ranked { return ranked.pointee.update(member, score: score) }
        return updatePacked(member, score: score)
    }

    private func updatePacked(_ member: ByteView, score: Double) -> Change {
        let packed = PackedSortedSet(slot.pointee)
        if let entry = packed.find(member) {
            if entry.score == score { return .unchanged }
            PackedSortedSet.remove(at: entry.place, in: &slot.pointee)
            PackedSortedSet.insert(member, score: score, into: &slot.pointee)
            return .rescored
        }
        if packed.count < PackedSortedSet.maximumCount && member.count <= PackedSortedSet.maximumMemberCount {
            PackedSortedSet.insert(member, score: score, into: &slot.pointee)
            return .added
        }
        turnIntoRanked()
        return update(member, score: score)
    }

    private func turnIntoRanked() {
        let ranked = UnsafeMutablePointer<RankedMembers>.allocate(capacity: 1)
        ranked.initialize(to: RankedMembers())
        members.forEach { _ = ranked.pointee.update($0, score: $1) }
        slot.pointee = slot.pointee.withObject(ranked, form: .sortedSet)
    }

    /// Takes a member out; false where it is none; O(log n), in a packed sorted set O(members).
    ///
    /// The sorted set may be left without members.
    func remove(_ member: ByteView) -> Bool {
        if let ranked { return ranked.pointee.remove(member) }
        guard let entry = PackedSortedSet(slot.pointee).find(member) else { return false }
        PackedSortedSet.remove(at: entry.place, in: &slot.pointee)
        return true
    }

    /// Takes out the members of some ranks; O(log n + ranks), in a packed sorted set O(members).
    func remove(_ ranks: Range<Int>) {
        if let ranked { return ranked.pointee.remove(ranks) }
        let place = PackedSortedSet(slot.pointee).place(ofRank: ranks.lowerBound)
        PackedSortedSet.remove(ranks.count, at: place, in: &slot.pointee)
    }
}
