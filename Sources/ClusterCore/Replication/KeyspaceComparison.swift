/// Compares two shards' keys value by value: what a replica has with what its primary has.
enum KeyspaceComparison {
    /// What a step has found.
    enum Step {
        /// Nothing so far: the next one goes on here.
        case equalSoFar(next: UInt64)
        /// All keys have been compared.
        case equal
        case different(key: [UInt8])
    }

    /// A step ends after so many parts of the table, or behind the one with which it has compared so many bytes.
    private static let bucketsPerStep = 32
    private static let bytesPerStep = 64 * 1024

    /// Compares some keys, from a cursor on, which begins with 0.
    ///
    /// Both shards stand still meanwhile, and are at one position of their log at each step.
    static func step(_ left: ShardSet.Reference, _ right: ShardSet.Reference, from start: UInt64) -> Step {
        var cursor = start
        var bytes = 0
        var difference: [UInt8]?
        for _ in 0..<bucketsPerStep where bytes < bytesPerStep {
            cursor = left.pointee.keyspace.scan(cursor) { record in
                bytes += StoredValue.payload(of: record)
                let other = right.pointee.keyspace.record(record.key)
                if other.map({ isEqual(record, $0) }) != true { difference = record.key.copied() }
            }
            if let difference { return .different(key: difference) }
            if cursor == 0 { return surplus(left, right).map { .different(key: $0) } ?? .equal }
        }
        return .equalSoFar(next: cursor)
    }

    /// A key that one of the shards alone has; nil where they have as many.
    private static func surplus(_ left: ShardSet.Reference, _ right: ShardSet.Reference) -> [UInt8]? {
        guard left.pointee.keyspace.count != right.pointee.keyspace.count else { return nil }
        var surplus: [UInt8]?
        right.pointee.keyspace.forEach { record in
            if left.pointee.keyspace.record(record.key) == nil { surplus = record.key.copied() }
        }
        return surplus ?? []
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
