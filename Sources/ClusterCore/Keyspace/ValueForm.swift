/// How a record's value is laid out.
///
/// A form belongs to one type; a type has a compact form and one for what outgrows it.
enum ValueForm: UInt8 {
    /// The bytes themselves.
    case string = 0
    /// `PackedSequence`: elements, or fields and values in turn, or members and scores in turn.
    case packedList, packedSet, packedHash, packedSortedSet
    /// `IntegerSet`: sorted integers of one width.
    case integerSet
    /// The address of a collection.
    case list, set, hash, sortedSet

    /// The form with this number.
    ///
    /// Asked for at every look at a record: the synthesized look-up through an optional costs 28 instructions, a
    /// comparison with the last of the dense numbers one.
    @inline(__always)
    init(bits: UInt8) {
        precondition(bits <= ValueForm.sortedSet.rawValue, "no value has this form")
        self = unsafeBitCast(bits, to: ValueForm.self)
    }

    /// The type that TYPE names.
    var type: ValueType {
        switch self {
        case .string: .string
        case .packedList, .list: .list
        case .packedSet, .integerSet, .set: .set
        case .packedHash, .hash: .hash
        case .packedSortedSet, .sortedSet: .sortedSet
        }
    }
}

/// The five data types of Redis 2.8.
enum ValueType: UInt8, CaseIterable, Sendable {
    case string, list, set, hash, sortedSet

    /// What TYPE answers, and what reports print.
    var name: StaticString {
        switch self {
        case .string: "string"
        case .list: "list"
        case .set: "set"
        case .hash: "hash"
        case .sortedSet: "zset"
        }
    }
}
