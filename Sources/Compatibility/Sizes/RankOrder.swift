/// The members of a sorted set by score and name, kept in order through changes.
///
/// An array of short sorted arrays: a member is found by two binary searches, and putting one in or taking one out moves
/// a chunk's entries at most. A rank is counted from the nearer end, chunk by chunk.
struct RankOrder {
    /// A member in its place.
    struct Entry {
        let score: Double
        /// Empty where the bytes are not known.
        let name: [UInt8]
        let hash: UInt64

        func precedes(_ other: Entry) -> Bool {
            if score != other.score { return score < other.score }
            if name.lexicographicallyPrecedes(other.name) { return true }
            if other.name.lexicographicallyPrecedes(name) { return false }
            // Members without names are still told apart.
            return hash < other.hash
        }
    }

    /// None of them is empty.
    private var chunks: [[Entry]]
    private(set) var count: Int

    private static let chunkSize = 256

    /// Sorts all members once.
    init(_ entries: [Entry]) {
        let sorted = entries.sorted { $0.precedes($1) }
        count = sorted.count
        chunks = stride(from: 0, to: sorted.count, by: Self.chunkSize).map { start in
            Array(sorted[start..<min(start + Self.chunkSize, sorted.count)])
        }
    }

    mutating func insert(_ entry: Entry) {
        count += 1
        guard !chunks.isEmpty else { return chunks.append([entry]) }
        // Behind everything it goes to the last chunk.
        let chunk = min(Self.first(chunks) { !Self.ends($0, before: entry) }, chunks.count - 1)
        let place = Self.first(chunks[chunk]) { !$0.precedes(entry) }
        chunks[chunk].insert(entry, at: place)
        if chunks[chunk].count > 2 * Self.chunkSize { split(chunk) }
    }

    mutating func remove(_ entry: Entry) {
        let chunk = Self.first(chunks) { !Self.ends($0, before: entry) }
        guard chunk < chunks.count else { return }
        let place = Self.first(chunks[chunk]) { !$0.precedes(entry) }
        guard place < chunks[chunk].count, chunks[chunk][place].hash == entry.hash else { return }
        remove(place..<place + 1, of: chunk)
    }

    /// Takes the members of some ranks out, counted from the lowest score.
    mutating func remove(ranks: Range<Int>) -> [Entry] {
        guard !ranks.isEmpty else { return [] }
        var removed: [Entry] = []
        removed.reserveCapacity(ranks.count)
        var (chunk, place) = position(ofRank: ranks.lowerBound)
        while removed.count < ranks.count {
            let end = min(place + ranks.count - removed.count, chunks[chunk].count)
            removed += chunks[chunk][place..<end]
            let remains = end - place < chunks[chunk].count
            remove(place..<end, of: chunk)
            if remains { chunk += 1 }
            place = 0
        }
        return removed
    }

    /// The first rank whose member satisfies a condition that, once true, stays so; the number of members for none.
    func firstRank(where condition: (Entry) -> Bool) -> Int {
        let chunk = Self.first(chunks) { $0.last.map(condition) ?? true }
        guard chunk < chunks.count else { return count }
        return rank(ofChunk: chunk) + Self.first(chunks[chunk], where: condition)
    }

    /// The ranks from one to another, as Redis counts them: negative ones from the end.
    func ranks(_ first: Int, _ last: Int) -> Range<Int> {
        let start = max(0, first < 0 ? first + count : first)
        let end = min(count - 1, last < 0 ? last + count : last)
        return start <= end ? start..<end + 1 : 0..<0
    }

    func ranks(_ range: ScoreRange) -> Range<Int> {
        let first = firstRank { range.reaches($0.score) }
        return first..<max(first, firstRank { range.passes($0.score) })
    }

    /// The ranks of a range of names, where all members have the same score.
    func ranks(_ range: NameRange) -> Range<Int> {
        let first = firstRank { range.reaches($0.name) }
        return first..<max(first, firstRank { range.passes($0.name) })
    }

    /// The members of some ranks.
    func entries(_ ranks: Range<Int>) -> [Entry] {
        guard !ranks.isEmpty else { return [] }
        var entries: [Entry] = []
        var (chunk, place) = position(ofRank: ranks.lowerBound)
        while entries.count < ranks.count {
            entries += chunks[chunk][place..<min(place + ranks.count - entries.count, chunks[chunk].count)]
            (chunk, place) = (chunk + 1, 0)
        }
        return entries
    }

    /// Whether all members have the same score, so that their names alone order them.
    var hasOneScore: Bool { chunks.first?.first?.score == chunks.last?.last?.score }

    // MARK: Chunks

    private static func ends(_ chunk: [Entry], before entry: Entry) -> Bool { chunk.last?.precedes(entry) ?? true }

    /// The first index that satisfies a condition that, once true, stays so.
    private static func first<Element>(_ elements: [Element], where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func remove(_ places: Range<Int>, of chunk: Int) {
        count -= places.count
        if places.count == chunks[chunk].count {
            chunks.remove(at: chunk)
        } else {
            chunks[chunk].removeSubrange(places)
        }
    }

    private mutating func split(_ chunk: Int) {
        let half = chunks[chunk].count / 2
        chunks.insert(Array(chunks[chunk][half...]), at: chunk + 1)
        chunks[chunk].removeSubrange(half...)
    }

    private func rank(ofChunk chunk: Int) -> Int {
        guard chunk > chunks.count / 2 else { return chunks[..<chunk].reduce(0) { $0 + $1.count } }
        return count - chunks[chunk...].reduce(0) { $0 + $1.count }
    }

    /// The chunk of a rank that there is, and the place in it.
    private func position(ofRank rank: Int) -> (chunk: Int, place: Int) {
        if rank < count / 2 {
            var before = 0
            for (chunk, entries) in chunks.enumerated() {
                if rank < before + entries.count { return (chunk, rank - before) }
                before += entries.count
            }
        }
        var behind = count
        for (chunk, entries) in chunks.enumerated().reversed() {
            behind -= entries.count
            if rank >= behind { return (chunk, rank - behind) }
        }
        return (0, 0)
    }
}
