/// Intersection, union and difference of sets, as Redis 2.8 works them out.
enum SetAlgebra {
    /// Visits the members that all sets have; there is one set at least, none twice; O(smallest × sets).
    @inline(__always)
    static func forEachShared(_ sets: [SetMembers], _ body: (ByteView) -> Void) {
        // The stable order matters where sets are of one size: the first decides the order of the answer.
        let ordered = sets.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
        let smallest = ordered[0].element
        let others = ordered.dropFirst().map(\.element)
        smallest.forEach { member in
            if others.allSatisfy({ $0.contains(member) }) { body(member) }
        }
    }

    /// The members of any of the sets, as a record of `key`; nil where there are none; O(members of all).
    ///
    /// It is given up where it has come over a payload and there are more sets: `isWhole` is false then.
    static func union(_ sets: [SetMembers], key: ByteView, atMost: Int = .max) -> (record: Record?, isWhole: Bool) {
        var result = SetBuilder(key: key)
        for set in sets {
            if result.payload > atMost { return (result.finish(), false) }
            set.forEach { result.insert($0) }
        }
        return (result.finish(), true)
    }

    /// The members of the first set that no other has, as a record of `key`; nil where there are none.
    ///
    /// O(first × sets) or O(members of all), whichever is expected to be less. Of the first way's highest cost half is
    /// expected, since it stops at the first set that has a member.
    static func difference(_ sets: [SetMembers?], key: ByteView) -> Record? {
        guard let first = sets[0] else { return nil }
        let others = sets.dropFirst().compactMap { $0 }.distinct()
        if others.contains(where: { $0.record.address == first.record.address }) { return nil }
        let all = others.reduce(first.count) { $0 + $1.count }
        var result = SetBuilder(key: key)
        if first.count * (others.count + 1) / 2 <= all {
            let largestFirst = others.sorted { $0.count > $1.count }
            first.forEach { member in
                if !largestFirst.contains(where: { $0.contains(member) }) { result.insert(member) }
            }
        } else {
            first.forEach { result.insert($0) }
            for other in others { other.forEach { result.remove($0) } }
        }
        return result.finish()
    }
}

extension [SetMembers] {
    /// Each set once, where it comes first: a client may name one key as often as it likes; O(sets).
    func distinct() -> [SetMembers] {
        guard count > 1 else { return self }
        var seen = Set<UnsafeMutableRawPointer>(minimumCapacity: Swift.min(count, 1_024))
        return filter { seen.insert($0.record.address).inserted }
    }
}

/// A set that is put together aside, before it takes its place in the keyspace.
struct SetBuilder: ~Copyable {
    private let key: ByteView
    private var record: Record?

    /// Begins a set of `key`, which has to outlive the builder.
    init(key: ByteView) {
        self.key = key
    }

    deinit {
        if let record { StoredValue.release(record) }
    }

    /// The sum of the members' lengths; O(1).
    var payload: Int { record.map { SetMembers($0).payload } ?? 0 }

    /// Adds a member if it is not there.
    @inline(__always)
    mutating func insert(_ member: ByteView) {
        guard var record else {
            self.record = SetValue.make(key: key, containing: member)
            return
        }
        withUnsafeMutablePointer(to: &record) { _ = SetValue(slot: $0).insert(member) }
        self.record = record
    }

    /// Takes a member out if it is there.
    mutating func remove(_ member: ByteView) {
        guard var record else { return }
        withUnsafeMutablePointer(to: &record) { _ = SetValue(slot: $0).remove(member) }
        self.record = record
    }

    /// The set's record, which is the caller's from now on; nil where it has no members.
    consuming func finish() -> Record? {
        guard let record, SetMembers(record).count > 0 else { return nil }
        self.record = nil
        return record
    }
}
