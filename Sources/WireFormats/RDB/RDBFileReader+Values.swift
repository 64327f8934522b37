extension RDBFileReader {
    /// Reads the value of a string.
    mutating func readStringValue(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        let isHeld = contents == .bytes ? try isHeld(cursor) : false
        if isHeld {
            report(try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes))
        } else {
            let (length, rest) = try cursor.passString(limit: maximumStringBytes)
            skipping = rest
            report(length: length)
            element.isPassedOver = contents == .bytes
        }
        state = .keyEnd
        return .element
    }

    /// Whether the string at a place is short enough to be held.
    @inline(__always)
    private func isHeld(_ cursor: ByteCursor) throws(RDBError) -> Bool {
        guard longestHeld < maximumStringBytes else { return true }
        var ahead = cursor
        return try !ahead.readStringHeader(limit: maximumStringBytes).isLonger(than: longestHeld)
    }

    // MARK: - Element by element

    /// Reads an element of a collection that is written in plain.
    mutating func readPlainElement(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard left > 0 else {
            state = .record
            return .keyEnd
        }
        let isComplete: Bool
        if contents == .bytes, !begun.hasBegun, try readPlainBytes(&cursor) {
            isComplete = true
        } else {
            isComplete = try readPlainLengths(&cursor)
            element.isPassedOver = contents == .bytes
        }
        guard isComplete else { return nil }
        left -= 1
        return .element
    }

    /// Reads an element with its contents; false, and nothing is read, where one of its strings is too long for that.
    private mutating func readPlainBytes(_ cursor: inout ByteCursor) throws(RDBError) -> Bool {
        let start = cursor
        var expiry = try readExpiryBefore(&cursor)
        guard try isHeld(cursor) else {
            cursor = start
            return false
        }
        let bytes = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
        switch type {
        case .sortedSet: report(bytes, score: try cursor.readTextScore())
        case .sortedSet2: report(bytes, score: try cursor.readBinaryScore())
        case .list, .set: report(bytes)
        default:
            guard try isHeld(cursor) else {
                cursor = start
                return false
            }
            let value = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
            if type == .valkeyHash { expiry = try readExpiryBehind(&cursor) }
            report(bytes, value: value)
            element.expiry = expiry
        }
        return true
    }

    /// Goes over an element; false when the buffer ends behind one of its parts.
    private mutating func readPlainLengths(_ cursor: inout ByteCursor) throws(RDBError) -> Bool {
        var parts = begun
        if parts.length == nil {
            parts.expiry = try readExpiryBefore(&cursor)
            let (length, rest) = try cursor.passString(limit: maximumStringBytes)
            parts.length = length
            if rest > 0, type != .list, type != .set { return leave(parts, rest) }
            skipping = rest
        }
        switch type {
        case .list, .set: break
        case .sortedSet: try cursor.passTextScore()
        case .sortedSet2: try cursor.skip(8)
        default:
            if parts.valueLength == nil {
                let (length, rest) = try cursor.passString(limit: maximumStringBytes)
                parts.valueLength = length
                if rest > 0, type == .valkeyHash { return leave(parts, rest) }
                skipping = rest
            }
            if type == .valkeyHash { parts.expiry = try readExpiryBehind(&cursor) }
        }
        report(length: parts.length ?? 0, valueLength: parts.valueLength ?? 0)
        element.expiry = parts.expiry
        begun = BegunElement()
        return true
    }

    /// Remembers an element that goes on behind `rest` bytes.
    private mutating func leave(_ parts: BegunElement, _ rest: Int) -> Bool {
        begun = parts
        skipping = rest
        return false
    }

    // MARK: - Expiry of fields

    /// The expiry time that stands before a field, if the type has one there.
    @inline(__always)
    private func readExpiryBefore(_ cursor: inout ByteCursor) throws(RDBError) -> Int64? {
        switch type.fieldExpiry {
        case .none, .entry, .behind: return nil
        case .before, .beforeFromEarliest:
            let time = Int64(truncatingIfNeeded: try cursor.readLength())
            guard time != 0 else { return nil }
            return type.fieldExpiry == .before ? time : earliestExpiry &+ time &- 1
        }
    }

    /// The expiry time that stands behind a value.
    private func readExpiryBehind(_ cursor: inout ByteCursor) throws(RDBError) -> Int64? {
        let time = try cursor.readInteger(Int64.self)
        return time < 0 ? nil : time
    }

    // MARK: - Compact collections

    /// Reads the string that holds all elements.
    mutating func readCollection(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard case .compact(_, let encoding) = type.layout else { preconditionFailure("\(type) is not compact") }
        guard try isHeld(cursor) else { return try passCollection(&cursor, then: .keyEnd) }
        try open(encoding, &cursor)
        return nil
    }

    /// Passes over a collection in one string, whose elements have at least half of its bytes and at most all.
    private mutating func passCollection(_ cursor: inout ByteCursor, then next: State) throws(RDBError) -> RDBEvent {
        let (length, rest) = try cursor.passString(limit: maximumStringBytes)
        skipping = rest
        report(length: length)
        element.isPassedOver = true
        state = next
        return .element
    }

    /// Reads a node of a quicklist: a string that holds some elements, or one element.
    mutating func readQuicklistNode(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard left > 0 else {
            state = .record
            return .keyEnd
        }
        guard case .quicklist(hasContainers: true) = type.layout else { return try readPackedNode(.ziplist, &cursor) }
        let start = cursor.position
        switch try cursor.readLength() {
        case QuicklistContainer.packed: return try readPackedNode(.listpack, &cursor)
        case QuicklistContainer.plain:
            _ = try readStringValue(&cursor)
            state = .quicklist
            left -= 1
            return .element
        default:
            cursor.seek(to: start)
            throw cursor.error(.badLength(cursor.bytes[start]))
        }
    }

    private mutating func readPackedNode(
        _ encoding: CompactEncoding, _ cursor: inout ByteCursor
    ) throws(RDBError) -> RDBEvent? {
        let event: RDBEvent?
        if try isHeld(cursor) {
            try open(encoding, &cursor)
            event = nil
        } else {
            event = try passCollection(&cursor, then: .quicklist)
        }
        left -= 1
        return event
    }

    private mutating func open(_ encoding: CompactEncoding, _ cursor: inout ByteCursor) throws(RDBError) {
        let byteOffset = cursor.origin + cursor.position
        let collection = try cursor.readString(limit: maximumStringBytes, scratch: &collectionBytes)
        entries = try CompactReader(encoding, collection, byteOffset: byteOffset)
        state = .entries
    }

    /// Reads an element of the open collection.
    mutating func readEntry() throws(RDBError) -> RDBEvent? {
        guard let first = try entries?.next() else {
            entries = nil
            if case .quicklist = type.layout {
                state = .quicklist
                return nil
            }
            state = .record
            return .keyEnd
        }
        guard case .compact(let kind, _) = type.layout, kind == .hash || kind == .sortedSet else {
            report(first)
            return .element
        }
        let second = try readSecond()
        if kind == .hash {
            report(first, second)
            if type.hasFieldExpiry { element.expiry = try readExpiryEntry() }
        } else {
            report(first)
            if case .bytes = contents {
                guard let score = second.score else {
                    throw RDBError(kind: .badScore, byteOffset: entries?.byteOffset ?? 0)
                }
                element.score = score
            }
        }
        return .element
    }

    /// The entry that must follow the first one of an element.
    private mutating func readSecond() throws(RDBError) -> CompactEntry {
        if let entry = try entries?.next() { return entry }
        throw entries?.damage ?? RDBError(kind: .truncated, byteOffset: byteOffset)
    }

    /// The expiry time that stands behind a value as an entry.
    private mutating func readExpiryEntry() throws(RDBError) -> Int64? {
        let time: Int64? =
            switch try readSecond() {
            case .integer(let time): time
            case .bytes(let text): DecimalInteger.parse(text)
            }
        guard let time else { throw entries?.damage ?? RDBError(kind: .truncated, byteOffset: byteOffset) }
        return time == 0 ? nil : time
    }

    // MARK: - Reporting

    @inline(__always)
    private mutating func report(length: Int, valueLength: Int = 0) {
        element.length = length
        element.valueLength = valueLength
        element.expiry = nil
        element.isPassedOver = false
        guard contents == .bytes else { return }
        element.bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        element.value = element.bytes
        element.score = 0
    }

    private mutating func report(
        _ bytes: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        score: Double = 0
    ) {
        report(length: bytes.count, valueLength: value.count)
        element.bytes = bytes
        element.value = value
        element.score = score
    }

    @inline(__always)
    private mutating func report(_ entry: CompactEntry) {
        switch contents {
        case .lengths: report(length: entry.length)
        case .bytes: report(entry.text(in: &firstBytes))
        }
    }

    @inline(__always)
    private mutating func report(_ field: CompactEntry, _ value: CompactEntry) {
        switch contents {
        case .lengths: report(length: field.length, valueLength: value.length)
        case .bytes: report(field.text(in: &firstBytes), value: value.text(in: &secondBytes))
        }
    }
}

/// The parts of an element that were read before the buffer ended.
struct BegunElement {
    /// The bytes of the element, the member, the field.
    var length: Int?
    /// The bytes of a field's value.
    var valueLength: Int?
    var expiry: Int64?

    var hasBegun: Bool { length != nil }
}

/// What a node of a quicklist holds, since 7.0.
private enum QuicklistContainer {
    static let plain: UInt64 = 1
    static let packed: UInt64 = 2
}

extension CompactEntry {
    /// How many bytes ``text(in:)`` has.
    @inline(__always)
    var length: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .integer(let value): DecimalInteger.length(of: value)
        }
    }
}

extension ByteCursor {
    /// Goes over a string as far as it is there: its length, and how many of its bytes are still to come.
    @inline(__always)
    mutating func passString(limit: Int) throws(RDBError) -> (length: Int, rest: Int) {
        let string = try readStringHeader(limit: limit)
        if case .integer = string.form { return (DecimalInteger.length(of: try readStoredInteger(string)), 0) }
        let present = min(remaining, string.storedLength)
        try skip(present)
        return (string.length, string.storedLength - present)
    }

    /// Goes over a score that is written as text.
    mutating func passTextScore() throws(RDBError) {
        let length = try readByte()
        if length < TextScore.notANumber { try skip(Int(length)) }
    }

    /// Reads a score of eight bytes.
    mutating func readBinaryScore() throws(RDBError) -> Double {
        let start = position
        let score = Double(bitPattern: try readInteger(UInt64.self))
        guard !score.isNaN else {
            seek(to: start)
            throw error(.badScore)
        }
        return score
    }
}
