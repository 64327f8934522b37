import Glibc
import TestSupport

/// What of a command's reply has to be the same on both servers.
enum ReplyShape {
    case exact
    /// The elements, in any order.
    case unordered
    /// The pairs of elements, in any order.
    case pairs
    /// A time to live, give or take two seconds.
    case time(unit: Int64)
    /// The value of a score, its text being 2.8's.
    case score
    /// The values of the scores at every second place.
    case scores
    /// A cursor and elements, pairs, or pairs with scores.
    case scan(inPairs: Bool, hasScores: Bool)
    /// The type of reply, and the count of an array: random elements.
    case random
    /// A payload or none.
    case payload

    /// What of the reply to a request has to be the same.
    init(of request: DataRequest) {
        switch request.command {
        case "HGETALL": self = .pairs
        case "HKEYS", "HVALS", "SMEMBERS", "SUNION", "SINTER", "SDIFF": self = .unordered
        case "TTL": self = .time(unit: 1)
        case "PTTL": self = .time(unit: 1000)
        case "ZSCORE", "ZINCRBY": self = .score
        case "ZRANGE", "ZREVRANGE", "ZRANGEBYSCORE", "ZREVRANGEBYSCORE":
            self = request.words(from: 4).contains("WITHSCORES") ? .scores : .exact
        case "HSCAN": self = .scan(inPairs: true, hasScores: false)
        case "SSCAN": self = .scan(inPairs: false, hasScores: false)
        case "ZSCAN": self = .scan(inPairs: true, hasScores: true)
        case "SRANDMEMBER": self = .random
        case "DUMP": self = .payload
        default: self = .exact
        }
    }

    /// Whether our reply says the same as the peer's.
    func accepts(_ ours: TestReply, _ peers: TestReply) -> Bool {
        if ours == peers { return true }
        switch self {
        case .exact: return false
        case .unordered: return Comparison.areSame(ours.elements, peers.elements, inPairs: false)
        case .pairs: return Comparison.areSame(ours.elements, peers.elements, inPairs: true)
        case .time(let unit):
            guard let ours = ours.number, let peers = peers.number else { return false }
            return ours >= 0 && peers >= 0 && abs(ours - peers) <= 2 * unit
        case .score: return Self.areSameScore(ours, peers)
        case .scores: return Self.areSameScores(ours.elements, peers.elements)
        case .scan(let inPairs, let hasScores):
            guard let ours = ours.elements, let peers = peers.elements, ours.count == 2, ours[0] == peers[0] else {
                return false
            }
            // A collection with scores is read in the order of its scores where it is small: the order is the same.
            if hasScores { return Self.areSameScores(ours[1].sortedPairs, peers[1].sortedPairs) }
            return Comparison.areSame(ours[1].elements, peers[1].elements, inPairs: inPairs)
        case .random:
            switch (ours, peers) {
            case (.array(let ours), .array(let peers)): return ours.count == peers.count
            case (.bulk, .bulk): return true
            default: return false
            }
        case .payload: return ours.bytes != nil && peers.bytes != nil
        }
    }

    private static func areSameScores(_ ours: [TestReply]?, _ peers: [TestReply]?) -> Bool {
        guard let ours, let peers, ours.count == peers.count, ours.count.isMultiple(of: 2) else { return false }
        return stride(from: 0, to: ours.count, by: 2).allSatisfy {
            ours[$0] == peers[$0] && areSameScore(ours[$0 + 1], peers[$0 + 1])
        }
    }

    /// 7.0 writes the shortest digits that give the number, 2.8 seventeen: ours have to be the latter.
    ///
    /// 7.0 loses the sign of -0, where it keeps scores as integers.
    private static func areSameScore(_ ours: TestReply, _ peers: TestReply) -> Bool {
        guard let ours = ours.scoreText, let peers = peers.scoreText, let score = Double(ours) else { return false }
        return score == Double(peers) && ours == seventeenDigits(score)
    }

    private static func seventeenDigits(_ score: Double) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            _ = withVaList([score]) { vsnprintf(buffer.baseAddress, buffer.count, "%.17g", $0) }
            return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

extension TestReply {
    fileprivate var scoreText: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// The elements, pair by pair in the order of the pairs' first elements.
    fileprivate var sortedPairs: [TestReply]? {
        guard let elements, elements.count.isMultiple(of: 2) else { return nil }
        let starts = stride(from: 0, to: elements.count, by: 2)
        return starts.sorted { elements[$0].description < elements[$1].description }.flatMap {
            [elements[$0], elements[$0 + 1]]
        }
    }
}
