/// A word that is recognised although it may be misspelt.
struct NearWord: Sendable {
    /// In capitals.
    private let letters: [UInt8]
    private let limit: Int
    private let kinds: UInt64

    /// A word, in capitals, that up to `limit` slips are to be looked through for: a letter too many, too few or wrong, or
    /// two neighbours exchanged.
    init(_ word: String, limit: Int) {
        letters = Array(word.utf8)
        self.limit = limit
        kinds = letters.reduce(0) { $0 | Self.kind($1) }
    }

    /// How many slips a word has, from 0 to the limit; nil where it is another word.
    ///
    /// Some ten nanoseconds for a word that is not near: only one with nearly the same letters is compared.
    func slips(in word: Span<UInt8>) -> Int? {
        guard abs(word.count - letters.count) <= limit else { return nil }
        var others: UInt64 = 0
        for index in word.indices { others |= Self.kind(capital(word[index])) }
        // A slip takes one kind of letter away and brings another at most.
        guard (kinds ^ others).nonzeroBitCount <= 2 * limit else { return nil }
        var typed: [UInt8] = []
        typed.reserveCapacity(word.count)
        for index in word.indices { typed.append(capital(word[index])) }
        return editDistance(typed, letters, limit: limit)
    }

    private static func kind(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 0x3F) }
}
