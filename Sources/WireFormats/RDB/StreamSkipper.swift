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
///         given back, and for each: identifier:16                   (since the fifth form)
///     how long and how many identifiers of producers are kept       (lengths: 2; this and all below since the fourth form)
///     producers, and for each:
///         name                                                      (a string)
///         entries, and for each: its own identifier, identifier     (a string, lengths: 2)
///     identifiers ever added, and how many came twice               (lengths: 2)
struct StreamSkipper {
    /// What came first (5.0), and what 7.0, 7.2, 8.6 and 8.8 write.
    enum Form: Int {
        case first
        case second
        case third
        case fourth
        case fifth
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
        case givenBack
        case givenBackEntries
        case producers
        case producerName
        case producerCount
        case producerEntry
        case producerIdentifier
        case producerTotals
        case done
    }

    private let form: Form
    private var step = Step.nodes
    /// What is still to come: strings of nodes, groups, consumers of the group, pending entries of either, producers and
    /// the entries of one.
    private var nodeStrings: UInt64 = 0
    private var groups: UInt64 = 0
    private var consumers: UInt64 = 0
    private var pending: UInt64 = 0
    private var producers: UInt64 = 0
    private var entries: UInt64 = 0

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
            let isThere = try skipString(&cursor, &skipping, &groups)
            step = isThere ? .groupCounters : isAtLeast(.fourth) ? .producers : .done
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
            let isThere = try skipString(&cursor, &skipping, &consumers)
            step = isThere ? .consumerTimes : isAtLeast(.fifth) ? .givenBack : .groupName
        case .consumerTimes:
            try cursor.skip(isAtLeast(.third) ? 16 : 8)
            pending = try cursor.readLength()
            step = .consumerPending
        case .consumerPending:
            try skipIdentifier(&cursor, then: .consumerName)
        case .givenBack:
            pending = try cursor.readLength()
            step = .givenBackEntries
        case .givenBackEntries:
            try skipIdentifier(&cursor, then: .groupName)
        case .producers, .producerName, .producerCount, .producerEntry, .producerIdentifier, .producerTotals:
            try nextOfProducers(&cursor, &skipping)
        case .done:
            return false
        }
        return true
    }

    private mutating func nextOfProducers(_ cursor: inout ByteCursor, _ skipping: inout Int) throws(RDBError) {
        switch step {
        case .producers:
            try skipLengths(2, &cursor)
            producers = try cursor.readLength()
            step = .producerName
        case .producerName:
            step = try skipString(&cursor, &skipping, &producers) ? .producerCount : .producerTotals
        case .producerCount:
            entries = try cursor.readLength()
            step = .producerEntry
        case .producerEntry:
            step = try skipString(&cursor, &skipping, &entries) ? .producerIdentifier : .producerName
        case .producerIdentifier:
            try skipLengths(2, &cursor)
            step = .producerEntry
        default:
            try skipLengths(2, &cursor)
            step = .done
        }
    }

    private func isAtLeast(_ form: Form) -> Bool { self.form.rawValue >= form.rawValue }

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

    /// Skips one of the identifiers; goes on to another step where there is none left.
    private mutating func skipIdentifier(_ cursor: inout ByteCursor, then next: Step) throws(RDBError) {
        guard pending > 0 else { step = next; return }
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
