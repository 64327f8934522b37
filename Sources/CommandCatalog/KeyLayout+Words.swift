// The layouts whose keys are found by words among the arguments. None of the supported commands has one of these.

/// The number of keys that a decimal argument announces; nil where it is no number or not a positive one.
func keyCount(_ digits: Span<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for index in digits.indices {
        let digit = digits[index] &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        value = value * 10 + Int(digit)
    }
    return value > 0 ? value : nil
}

/// The index of the destination that SORT's and GEORADIUS' options name; nil without one.
///
/// Where the option is repeated the last one counts, as in Redis. Arguments of SORT's other options are skipped, so that
/// `SORT k BY STORE` has none.
func storeDestination(in buffer: Span<UInt8>, arguments: Span<Range<Int>>, from options: Int) -> Int? {
    var destination: Int?
    var index = options
    while index < arguments.count {
        let word = buffer.extracting(arguments[index])
        if equalsFolded(word, "STORE") || equalsFolded(word, "STOREDIST") {
            if index + 1 < arguments.count { destination = index + 1 }
            index += 2
        } else if equalsFolded(word, "LIMIT") {
            index += 3
        } else if equalsFolded(word, "GET") || equalsFolded(word, "BY") {
            index += 2
        } else {
            index += 1
        }
    }
    return destination
}

/// The keys of XREAD and XREADGROUP: the first half of what follows STREAMS.
func streamIndexes(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> KeyIndexes {
    var index = 1
    while index < arguments.count, !equalsFolded(buffer.extracting(arguments[index]), "STREAMS") { index += 1 }
    let first = index + 1
    let following = arguments.count - first
    return KeyIndexes(destination: nil, first: first, count: following / 2, argumentCount: arguments.count)
}

/// The keys of MIGRATE: argument 3, or everything after KEYS where argument 3 is empty.
func migrateIndexes(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> KeyIndexes {
    guard arguments.count > 3 else { return KeyIndexes() }
    if arguments[3].isEmpty {
        var index = 6
        while index < arguments.count {
            if equalsFolded(buffer.extracting(arguments[index]), "KEYS") {
                return KeyIndexes(from: index + 1, through: -1, by: 1, argumentCount: arguments.count)
            }
            index += 1
        }
    }
    return KeyIndexes(from: 3, through: 3, by: 1, argumentCount: arguments.count)
}
