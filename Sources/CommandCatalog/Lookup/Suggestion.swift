extension Catalog {
    /// The command that a mistyped name probably means, in capitals; nil where none is near.
    ///
    /// Near is one slip of the pen for a name of up to four letters, two for a longer one: a letter too many, one too
    /// few, a wrong one, or two exchanged. Among equally near names the catalog's order counts. Only supported commands
    /// are named: nobody is sent from one refusal to the next; if one that is refused is nearer (`KEYSS`), it is the one
    /// that was meant, and none is named. Some 200 µs, for error messages only.
    public static func suggestion(for name: Span<UInt8>) -> String? {
        guard name.count > 1, name.count <= 32 else { return nil }
        var typed: [UInt8] = []
        for index in name.indices { typed.append(capital(name[index])) }
        var limit = typed.count <= 4 ? 1 : 2
        var nearest: String?
        for row in supported {
            guard let distance = editDistance(typed, Array(row.name.utf8), limit: limit) else { continue }
            nearest = row.name
            limit = distance - 1
            if distance <= 1 { break }
        }
        guard nearest != nil else { return nil }
        // `limit` is now one less than the nearest one's distance.
        let isRefusedMeant = all.contains { row in
            row.id == nil && row.container == nil && editDistance(typed, Array(row.name.utf8), limit: limit) != nil
        }
        return isRefusedMeant ? nil : nearest
    }

    /// The command that a mistyped name probably means; nil where none is near.
    public static func suggestion(for name: String) -> String? { suggestion(for: name.utf8.span) }

    /// What to say of a name that no Redis has: `did you mean GET?`, or `JSON. begins the names of the module RedisJSON`;
    /// nil where there is nothing to say.
    public static func remark(onUnknown name: String) -> String? {
        if let suggestion = suggestion(for: name) { return "did you mean \(suggestion)?" }
        guard let point = name.firstIndex(of: ".") else { return nil }
        let prefix = name[...point].uppercased()
        let row = all.first { $0.group == .module && $0.name.hasPrefix(prefix) }
        return row.map { "\(prefix) begins the names of the module \($0.since.product.rawValue)" }
    }

    /// Whether a word may be a slip of the pen for another: one slip in up to four letters, two in more.
    public static func isNear(_ word: String, to other: String) -> Bool {
        editDistance(Array(word.utf8), Array(other.utf8), limit: word.utf8.count <= 4 ? 1 : 2) != nil
    }

    /// The number of slips between two words: letters too many, too few or wrong, and neighbours exchanged; nil where it is
    /// more than `limit`.
    package static func slips(between left: String, and right: String, limit: Int) -> Int? {
        editDistance(Array(left.utf8), Array(right.utf8), limit: limit)
    }
}

/// The number of slips between two names (optimal string alignment: insertion, deletion, replacement, exchange of
/// neighbours); nil where it is more than `limit`.
func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    // Three rows of the usual table: row i holds the distances of the first i bytes of `left` to all prefixes of `right`.
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in 0..<left.count {
        var current = [i + 1]
        current.reserveCapacity(right.count + 1)
        for j in 0..<right.count {
            var distance = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            current.append(distance)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count] <= limit ? last[right.count] : nil
}
