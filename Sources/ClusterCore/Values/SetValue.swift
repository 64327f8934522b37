/// A set to be written to, at the place of its record in the keyspace or in a variable.
///
/// Integers alone are an `integerSet` of up to 512 members; other members a `packedSet` of up to 128 of up to 64 bytes
/// each; what outgrows those has a `MemberTable` and keeps it.
struct SetValue {
    let slot: HashTable.Slot

    /// The most members of a packed set, and the longest.
    private static let packedCount = 128
    private static let packedMemberCount = 64

    @inline(__always)
    init(slot: HashTable.Slot) {
        self.slot = slot
    }

    /// The set to be read, until it is next written to.
    @inline(__always)
    var members: SetMembers { SetMembers(slot.pointee) }
}

// MARK: - What StoredValue asks

extension SetValue {
    /// The sum of the members' lengths; O(1).
    static func payload(of record: Record) -> Int { SetMembers(record).payload }

    /// Frees the table of a record of form `set`; O(members).
    static func releaseObject(of record: Record) {
        let table = record.object(as: MemberTable.self)
        table.deinitialize(count: 1)
        table.deallocate()
    }
}

// MARK: - Making and writing

extension SetValue {
    /// A record whose value is a set of one member, in the form that suits it.
    static func make(key: ByteView, containing member: ByteView, deadline: Deadline = .never) -> Record {
        if let integer = member.canonicalInteger() {
            return IntegerSet.make(key: key, containing: integer, deadline: deadline)
        }
        if member.count <= packedMemberCount && deadline == Deadline.never {
            return PackedSequence.make(form: .packedSet, key: key, containing: member)
        }
        var record = PackedSequence.make(form: .packedSet, key: key, deadline: deadline)
        withUnsafeMutablePointer(to: &record) { _ = SetValue(slot: $0).insert(member) }
        return record
    }

    /// Adds a member; false where it is one already; O(1), in the compact forms O(members).
    @inline(__always)
    @discardableResult
    func insert(_ member: ByteView) -> Bool {
        if slot.pointee.form == .set {
            return slot.pointee.object(as: MemberTable.self).pointee.insert(member)
        }
        return insertIntoCompact(member)
    }

    private func insertIntoCompact(_ member: ByteView) -> Bool {
        if slot.pointee.form == .packedSet { return insertIntoPacked(member) }
        let count = IntegerSet(slot.pointee).count
        if let integer = member.canonicalInteger() {
            if count < IntegerSet.maximumCount { return IntegerSet.insert(integer, into: &slot.pointee) }
            if IntegerSet(slot.pointee).contains(integer) { return false }
        } else if count < Self.packedCount && member.count <= Self.packedMemberCount {
            turnIntoPacked()
            PackedSequence.append(member, to: &slot.pointee)
            return true
        }
        turnIntoTable()
        return insert(member)
    }

    private func insertIntoPacked(_ member: ByteView) -> Bool {
        let packed = PackedSequence(slot.pointee)
        if packed.elements.find(member) != nil { return false }
        if packed.count < Self.packedCount && member.count <= Self.packedMemberCount {
            PackedSequence.append(member, to: &slot.pointee)
            return true
        }
        turnIntoTable()
        return insert(member)
    }

    /// Takes a member out; false where it is none; O(1), in the compact forms O(members).
    ///
    /// The set may be left without members.
    @discardableResult
    func remove(_ member: ByteView) -> Bool {
        switch slot.pointee.form {
        case .integerSet:
            guard let integer = member.canonicalInteger() else { return false }
            return IntegerSet.remove(integer, from: &slot.pointee)
        case .packedSet:
            guard let element = PackedSequence(slot.pointee).elements.find(member) else { return false }
            PackedSequence.remove(at: element.place, in: &slot.pointee)
            return true
        default:
            return slot.pointee.object(as: MemberTable.self).pointee.remove(member)
        }
    }

    /// Takes a member out by chance, lending it to `body` first; the set has one at least.
    @inline(__always)
    func removeRandom(using generator: inout SmallGenerator, _ body: (ByteView) -> Void) {
        members.withRandom(using: &generator) { member in
            body(member)
            remove(member)
        }
    }
}

// MARK: - Outgrowing

extension SetValue {
    private func turnIntoPacked() {
        let old = slot.pointee
        var packed = PackedSequence.make(form: .packedSet, key: old.key, deadline: old.deadline)
        SetMembers(old).forEach { PackedSequence.append($0, to: &packed) }
        old.free()
        slot.pointee = packed
    }

    private func turnIntoTable() {
        let table = UnsafeMutablePointer<MemberTable>.allocate(capacity: 1)
        table.initialize(to: MemberTable())
        members.forEach { table.pointee.insert($0) }
        slot.pointee = slot.pointee.withObject(table, form: .set)
    }
}
