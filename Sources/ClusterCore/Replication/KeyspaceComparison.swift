/// Compares two shards' keys value by value: what a replica has with what its primary has.
enum KeyspaceComparison {
    /// A key in which two shards differ; nil where they are equal.
    ///
    /// Both shards stand still meanwhile.
    static func difference(_ left: ShardSet.Reference, _ right: ShardSet.Reference) -> [UInt8]? {
        var difference: [UInt8]?
        left.pointee.keyspace.forEach { record in
            guard difference == nil else { return }
            let other = right.pointee.keyspace.record(record.key)
            if other.map({ isEqual(record, $0) }) != true { difference = record.key.copied() }
        }
        guard difference == nil, left.pointee.keyspace.count != right.pointee.keyspace.count else { return difference }
        right.pointee.keyspace.forEach { record in
            if left.pointee.keyspace.record(record.key) == nil { difference = record.key.copied() }
        }
        return difference
    }

    /// Whether two records have the same type, value and, in whole milliseconds, deadline.
    private static func isEqual(_ left: Record, _ right: Record) -> Bool {
        guard left.form.type == right.form.type, left.deadline.milliseconds == right.deadline.milliseconds,
            StoredValue.payload(of: left) == StoredValue.payload(of: right)
        else { return false }
        switch left.form.type {
        case .string: return left.value == right.value
        case .list: return elements(left) == elements(right)
        case .set:
            let (ours, theirs) = (SetMembers(left), SetMembers(right))
            return ours.count == theirs.count && ours.allSatisfy { theirs.contains($0) }
        case .hash: return fields(left) == fields(right)
        case .sortedSet:
            let (ours, theirs) = (SortedSetMembers(left), SortedSetMembers(right))
            var isEqual = ours.count == theirs.count
            ours.forEach { member, score in if theirs.score(of: member) != score { isEqual = false } }
            return isEqual
        }
    }

    private static func elements(_ record: Record) -> [[UInt8]] {
        var record = record
        var elements: [[UInt8]] = []
        withUnsafeMutablePointer(to: &record) { ListValue($0).forEach { elements.append($0.copied()) } }
        return elements
    }

    private static func fields(_ record: Record) -> [[UInt8]: [UInt8]] {
        var record = record
        var fields: [[UInt8]: [UInt8]] = [:]
        withUnsafeMutablePointer(to: &record) { slot in
            HashValue(slot).forEach { field, value in fields[field.copied()] = value.copied() }
        }
        return fields
    }
}

extension Keyspace {
    /// A key's record, expired or not.
    func record(_ key: ByteView) -> Record? { find(key, hash: KeyHash.hash(key)) }
}
