/// Goes over the value of a stream, step by step, so that it need not be in memory as a whole.
///
///     nodes, and for each: its key, its listpack                    (strings)
///     entries, last identifier                                      (lengths: 1 + 2)
///     first identifier, greatest deleted one, entries ever added    (lengths: 2 + 2 + 1; since the second form)
///     groups, and for each:
///         name, last identifier                                     (a string, lengths: 2)
///         entries read                                              (a length; since the second form)
///         pending, and for each: identifier:16 time:8 deliveries    (the last a length)
///         consumers, and for each:
///             name, seen:8                                          (a string)
///             active:8                                              (since the third form)
///             pending, and for each: identifier:16
struct StreamSkipper {
    /// What came first (5.0), what 7.0 and what 7.2 write.
    enum Form {
        case first
        case second
        case third
    }

    private enum Step {
        case nodes
        case nodeStrings
        case metadata
        case groups
        case groupName
        case groupCounters
        case groupPending
        case consumers
        case consumerName
        case consumerTimes
        case consumerPending
        case done
    }

    private let form: Form
    private var step = Step.nodes
    /// What is still to come: strings of nodes, groups, consumers of the group, pending entries of either.
    private var nodeStrings: UInt64 = 0
    private var groups: UInt64 = 0
    private var consumers: UInt64 = 0
    private var pending: UInt64 = 0

    init(_ form: Form) {
        self.form = form
    }

    /// Goes one step further.
    ///
    /// A step that throws has changed nothing and can be tried again with more bytes.
    ///
    /// - Parameter skipping: how many bytes at `cursor` must be skipped before the next step.
    /// - Returns: false when the stream is over.
    mutating func next(_ cursor: inout ByteCursor, skipping: inout Int) throws(RDBError) -> Bool {
        switch step {
        case .nodes:
            nodeStrings = try cursor.readCount(unit: 2)
            step = .nodeStrings
        case .nodeStrings:
            guard try skipString(&cursor, &skipping, &nodeStrings) else { step = .metadata; break }
        case .metadata:
            try skipLengths(form == .first ? 3 : 8, &cursor)
            step = .groups
        case .groups:
            groups = try cursor.readLength()
            step = .groupName
        case .groupName:
            step = try skipString(&cursor, &skipping, &groups) ? .groupCounters : .done
        case .groupCounters:
            try skipLengths(form == .first ? 2 : 3, &cursor)
            pending = try cursor.readLength()
            step = .groupPending
        case .groupPending:
            try skipPendingOfGroup(&cursor)
        case .consumers:
            consumers = try cursor.readLength()
            step = .consumerName
        case .consumerName:
            step = try skipString(&cursor, &skipping, &consumers) ? .consumerTimes : .groupName
        case .consumerTimes:
            try cursor.skip(form == .third ? 16 : 8)
            pending = try cursor.readLength()
            step = .consumerPending
        case .consumerPending:
            try skipPendingOfConsumer(&cursor)
        case .done:
            return false
        }
        return true
    }

    /// Skips one of `count` strings; false when there is none left.
    private func skipString(
        _ cursor: inout ByteCursor, _ skipping: inout Int, _ count: inout UInt64
    ) throws(RDBError) -> Bool {
        guard count > 0 else { return false }
        skipping = try cursor.readStringHeader(limit: Int.max).storedLength
        count -= 1
        return true
    }

    private func skipLengths(_ count: Int, _ cursor: inout ByteCursor) throws(RDBError) {
        for _ in 0..<count { _ = try cursor.readLength() }
    }

    private mutating func skipPendingOfGroup(_ cursor: inout ByteCursor) throws(RDBError) {
        guard pending > 0 else { step = .consumers; return }
        try cursor.skip(16 + 8)
        _ = try cursor.readLength()
        pending -= 1
    }

    private mutating func skipPendingOfConsumer(_ cursor: inout ByteCursor) throws(RDBError) {
        guard pending > 0 else { step = .consumerName; return }
        try cursor.skip(16)
        pending -= 1
    }
}

extension ByteCursor {
    /// Reads a number of things that are `unit` items each; the number of items.
    mutating func readCount(unit: UInt64) throws(RDBError) -> UInt64 {
        let start = position
        let (items, overflow) = try readLength().multipliedReportingOverflow(by: unit)
        guard !overflow else {
            seek(to: start)
            throw error(.badLength(bytes[start]))
        }
        return items
    }
}
