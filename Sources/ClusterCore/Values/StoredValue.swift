/// What holds for a value of any type: what it weighs, and how it ends.
enum StoredValue {
    /// The payload bytes of a record's value, as the contract counts them: without any encoding's overhead.
    ///
    /// O(1).
    @inline(__always)
    static func payload(of record: Record) -> Int {
        record.form == .string ? record.valueCount : payloadOfCollection(record)
    }

    private static func payloadOfCollection(_ record: Record) -> Int {
        switch record.form.type {
        case .string: record.valueCount
        case .list: ListValue.payload(of: record)
        case .set: SetValue.payload(of: record)
        case .hash: HashValue.payload(of: record)
        case .sortedSet: SortedSetValue.payload(of: record)
        }
    }

    /// Frees a record that no table holds any more, with all that belongs to its value; one of many parts a little later,
    /// so that nobody waits for that.
    static func release(_ record: Record) {
        if isLarge(record) { Reclaimer.shared.add(record) } else { free(record) }
    }

    /// Whether to free a record would take long: each field and member is an allocation of its own, and each chunk of a
    /// list.
    private static func isLarge(_ record: Record) -> Bool {
        switch record.form {
        case .string, .packedList, .packedSet, .packedHash, .packedSortedSet, .integerSet: false
        case .list: ListValue.chunkCount(of: record) > Reclaimer.mostFreedAtOnce
        case .set: SetMembers(record).count > Reclaimer.mostFreedAtOnce
        case .hash: HashValue.count(of: record) > Reclaimer.mostFreedAtOnce
        case .sortedSet: SortedSetMembers(record).count > Reclaimer.mostFreedAtOnce
        }
    }

    /// Frees a record with all that belongs to its value; O(its parts).
    static func free(_ record: Record) {
        switch record.form {
        case .string, .packedList, .packedSet, .packedHash, .packedSortedSet, .integerSet: break
        case .list: ListValue.releaseObject(of: record)
        case .set: SetValue.releaseObject(of: record)
        case .hash: HashValue.releaseObject(of: record)
        case .sortedSet: SortedSetValue.releaseObject(of: record)
        }
        record.free()
    }
}
