/// A range of scores, as ZREMRANGEBYSCORE has it.
struct ScoreRange {
    private let low: (score: Double, isExclusive: Bool)
    private let high: (score: Double, isExclusive: Bool)

    /// The range between two arguments; nil where they are no scores.
    init?(_ request: Request, from low: Int, to high: Int) {
        guard let low = Self.bound(request, low), let high = Self.bound(request, high) else { return nil }
        (self.low, self.high) = (low, high)
    }

    /// The range between two scores, both of them in it.
    init(_ low: Double, _ high: Double) { (self.low, self.high) = ((low, false), (high, false)) }

    private static func bound(_ request: Request, _ index: Int) -> (score: Double, isExclusive: Bool)? {
        let text = request.copy(index, limit: 400)
        let isExclusive = text.first == UInt8(ascii: "(")
        return ReplayedKeyspace.score(isExclusive ? Array(text.dropFirst()) : text).map { ($0, isExclusive) }
    }

    /// Whether a score is not below the range.
    func reaches(_ score: Double) -> Bool { low.isExclusive ? score > low.score : score >= low.score }

    /// Whether a score is above the range.
    func passes(_ score: Double) -> Bool { high.isExclusive ? score >= high.score : score > high.score }
}

/// A range of members' names, as ZREMRANGEBYLEX has it.
struct NameRange {
    private let low: [UInt8]
    private let high: [UInt8]

    /// The range between two arguments; nil where they are no bounds.
    init?(_ request: Request, from low: Int, to high: Int) {
        self.init(request.copy(low), request.copy(high))
    }

    /// The range between two bounds as a request has them; nil where they are none.
    init?(_ low: [UInt8], _ high: [UInt8]) {
        (self.low, self.high) = (low, high)
        guard Self.isBound(self.low), Self.isBound(self.high) else { return nil }
    }

    private static func isBound(_ text: [UInt8]) -> Bool {
        switch text.first {
        case UInt8(ascii: "["), UInt8(ascii: "("): true
        case UInt8(ascii: "-"), UInt8(ascii: "+"): text.count == 1
        default: false
        }
    }

    /// Whether a name is not below the range.
    func reaches(_ name: [UInt8]) -> Bool {
        switch low.first {
        case UInt8(ascii: "-"): true
        case UInt8(ascii: "["): !name.lexicographicallyPrecedes(low.dropFirst())
        case UInt8(ascii: "("): low.dropFirst().lexicographicallyPrecedes(name)
        default: false
        }
    }

    /// Whether a name is above the range.
    func passes(_ name: [UInt8]) -> Bool {
        switch high.first {
        case UInt8(ascii: "+"): false
        case UInt8(ascii: "["): high.dropFirst().lexicographicallyPrecedes(name)
        case UInt8(ascii: "("): !name.lexicographicallyPrecedes(high.dropFirst())
        default: true
        }
    }
}
