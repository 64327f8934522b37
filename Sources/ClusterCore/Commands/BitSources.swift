/// The strings that BITOP combines, each once with how often it is named: combined with itself a string is itself, or
/// nothing, so that no name is gone through twice.
struct BitSources {
    private(set) var values: [(value: ByteView, times: Int)] = []
    /// The bytes of the longest.
    private(set) var longest = 0
    /// Whether one is named that is not there: it is zero bytes.
    private(set) var hasMissing = false
    private var places: [UnsafePointer<UInt8>: Int] = [:]

    /// Finds the strings of the keys from an argument on; O(names).
    ///
    /// They are where they are until the keyspace next changes.
    init(_ call: Call, from first: Int) throws(ReplyError) {
        for index in first..<call.arguments.count { add(try Strings.value(of: call.key(at: index))) }
    }

    private mutating func add(_ value: ByteView?) {
        guard let value else {
            hasMissing = true
            return
        }
        // One alone in its record: what begins where another does is the same.
        if let place = places[value.start] {
            values[place].times += 1
            return
        }
        places[value.start] = values.count
        values.append((value, 1))
        longest = max(longest, value.count)
    }
}
