extension RDBFileReader {
    /// Reads the value of a string.
    mutating func readStringValue(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        switch contents {
        case .bytes:
            report(try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes))
        case .lengths:
            let (length, rest) = try cursor.passString(limit: maximumStringBytes)
            skipping = rest
            report(length: length)
        }
        state = .keyEnd
        return .element
    }

    // MARK: - Element by element

    /// Reads an element of a collection that is written in plain.
    mutating func readPlainElement(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard left > 0 else {
            state = .record
            return .keyEnd
        }
        let isComplete =
            switch contents {
            case .bytes: try readPlainBytes(&cursor)
            case .lengths: try readPlainLengths(&cursor)
            }
        guard isComplete else { return nil }
        left -= 1
        return .element
    }

    private mutating func readPlainBytes(_ cursor: inout ByteCursor) throws(RDBError) -> Bool {
        if type.hasFieldExpiry { _ = try cursor.readLength() }
        let bytes = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
        switch type {
        case .sortedSet: report(bytes, score: try cursor.readTextScore())
        case .sortedSet2: report(bytes, score: try cursor.readBinaryScore())
        case .list, .set: report(bytes)
        default: report(bytes, value: try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes))
        }
        return true
    }

    /// Goes over an element; false when the buffer ends behind its first part.
    private mutating func readPlainLengths(_ cursor: inout ByteCursor) throws(RDBError) -> Bool {
        var length = 0
        if let firstLength {
            length = firstLength
        } else {
            if type.hasFieldExpiry { _ = try cursor.readLength() }
            let rest: Int
            (length, rest) = try cursor.passString(limit: maximumStringBytes)
            if rest > 0, type != .list, type != .set {
                firstLength = length
                skipping = rest
                return false
            }
            skipping = rest
        }
        switch type {
        case .list, .set: report(length: length)
        case .sortedSet:
            try cursor.passTextScore()
            report(length: length)
        case .sortedSet2:
            try cursor.skip(8)
            report(length: length)
        default:
            let (valueLength, rest) = try cursor.passString(limit: maximumStringBytes)
            skipping = rest
            report(length: length, valueLength: valueLength)
        }
        firstLength = nil
        return true
    }

    // MARK: - Compact collections

    /// Reads the string that holds all elements.
    mutating func readCollection(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard case .compact(_, let encoding) = type.layout else { preconditionFailure("\(type) is not compact") }
        try open(encoding, &cursor)
        return nil
    }

    /// Reads a node of a quicklist: a string that holds some elements, or one element.
    mutating func readQuicklistNode(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        guard left > 0 else {
            state = .record
            return .keyEnd
        }
        guard case .quicklist(hasContainers: true) = type.layout else {
            try open(.ziplist, &cursor)
            left -= 1
            return nil
        }
        let start = cursor.position
        switch try cursor.readLength() {
        case QuicklistContainer.packed:
            try open(.listpack, &cursor)
            left -= 1
            return nil
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
            if type.hasFieldExpiry { _ = try readSecond() }
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

    // MARK: - Reporting

    @inline(__always)
    private mutating func report(length: Int, valueLength: Int = 0) {
        element.length = length
        element.valueLength = valueLength
    }

    private mutating func report(
        _ bytes: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        score: Double = 0
    ) {
        element.bytes = bytes
        element.value = value
        element.score = score
        report(length: bytes.count, valueLength: value.count)
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
