/// What stands behind the key of HSCAN, SSCAN and ZSCAN: the cursor, and which elements to answer how many of.
struct ScanOptions {
    /// How many elements a step is asked for.
    private(set) var count = 10
    /// What fields or members must match; nil where all do.
    private(set) var pattern: GlobPattern?

    /// A step goes through at most so many buckets for each element it is asked for, since most may be empty.
    private static let bucketsPerElement = 10

    /// Reads `MATCH pattern` and `COUNT count` from argument 3 on.
    ///
    /// Redis looks at the cursor first, then at the key, and reads the options only where the key exists and is of the
    /// right type: so this is called last.
    init(_ arguments: Arguments) throws(ReplyError) {
        var index = 3
        while index < arguments.count {
            let hasValue = index + 1 < arguments.count
            if hasValue && arguments[index].equalsIgnoringCase("count") {
                guard let count = arguments[index + 1].parsedInteger() else { throw .notInteger }
                guard count >= 1 else { throw .syntax }
                self.count = Int(count)
            } else if hasValue && arguments[index].equalsIgnoringCase("match") {
                let text = arguments[index + 1]
                guard text.count <= GlobPattern.longest else { throw .patternTooLong(bytes: text.count) }
                let pattern = GlobPattern(text)
                self.pattern = pattern.matchesEverything ? nil : pattern
            } else {
                throw .syntax
            }
            index += 2
        }
    }

    /// Whether a field or member is to be answered.
    @inline(__always)
    func accepts(_ bytes: ByteView) -> Bool {
        guard let pattern else { return true }
        return pattern.matches(bytes)
    }

    /// Goes one step through a table, bucket after bucket until COUNT records were visited or ten times as many buckets.
    ///
    /// Returns the cursor of the next step, 0 at the end, and the records that MATCH accepts.
    func step(through table: borrowing HashTable, from cursor: UInt64) -> (next: UInt64, accepted: [Record]) {
        var cursor = cursor
        var accepted: [Record] = []
        var visited = 0
        var bucketsLeft = min(count, Int.max / Self.bucketsPerElement) * Self.bucketsPerElement
        repeat {
            cursor = table.scan(cursor) { record in
                visited += 1
                if accepts(record.key) { accepted.append(record) }
            }
            bucketsLeft -= 1
        } while cursor != 0 && visited < count && bucketsLeft > 0
        return (cursor, accepted)
    }
}

// MARK: - Cursors

extension ScanOptions {
    /// The cursor of an argument, read as Redis does with `strtoul`: a sign, wrapped around, and nothing at all (0) are
    /// allowed; space before it, anything behind it and more than 64 bits are not.
    static func cursor(_ text: ByteView) throws(ReplyError) -> UInt64 {
        var index = 0
        var isNegative = false
        if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            isNegative = text[0] == UInt8(ascii: "-")
            index = 1
        }
        let firstDigit = index
        var value: UInt64 = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") <= 9 {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, carry) = tenfold.addingReportingOverflow(UInt64(text[index] &- UInt8(ascii: "0")))
            if overflow || carry { throw .invalidCursor }
            value = next
            index += 1
        }
        let hasEnded = index == text.count || text[index] == 0
        guard hasEnded, index > firstDigit || firstDigit == 0 else { throw .invalidCursor }
        return isNegative ? 0 &- value : value
    }

    /// Begins the answer of a step, an array of two: the cursor, and the elements, whose array is to follow.
    static func appendCursor(_ cursor: UInt64, to reply: inout ReplyBuffer) {
        reply.append(arrayOf: 2)
        reply.append(bulkInteger: Int64(bitPattern: cursor))
    }

    /// The answer for a key that does not exist: nothing, and nothing to follow.
    static func appendEmpty(to reply: inout ReplyBuffer) {
        reply.append("*2\r\n$1\r\n0\r\n*0\r\n")
    }
}
