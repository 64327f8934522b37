import Testing

@testable import Compatibility

@Suite struct ScoredMembersTests {
    /// The members in order, as a sorted array has them.
    private struct Model {
        var members: [(score: Double, name: [UInt8])] = []

        mutating func put(_ name: [UInt8], _ score: Double) {
            members.removeAll { $0.name == name }
            members.append((score, name))
            members.sort { left, right in
                left.score != right.score
                    ? left.score < right.score : left.name.lexicographicallyPrecedes(right.name)
            }
        }
    }

    private static func hash(_ name: [UInt8]) -> UInt64 { name.withUnsafeBytes { ByteHash.hash($0) } }

    @Test(arguments: [1, 40]) func `Ranks, scores and names remove what they remove of a sorted array`(scores: Int) {
        var random = SeededNumbers(9)
        var members = ScoredMembers()
        var model = Model()
        for _ in 0..<6000 {
            let name = Array("m\(Int.random(in: 0..<2000, using: &random))".utf8)
            let score = Double(Int.random(in: 0..<scores, using: &random))
            switch Int.random(in: 0..<40, using: &random) {
            case 0:
                let first = Int.random(in: -60..<60, using: &random)
                members.remove(ranks: first, first + 3)
                let (start, end) = (first < 0 ? first + model.members.count : first, first + 3)
                let last = min(end < 0 ? end + model.members.count : end, model.members.count - 1)
                if max(0, start) <= last { model.members.removeSubrange(max(0, start)...last) }
            case 1:
                members.remove(ScoreRange(score, score + 0.5))
                if scores > 1 { model.members.removeAll { $0.score == score } } else { model = Model() }
            case 2:
                let end = name + [0x35]
                let range = NameRange(Array("[".utf8) + name, Array("(".utf8) + end)
                if let range { members.remove(range) }
                model.members.removeAll {
                    !$0.name.lexicographicallyPrecedes(name) && $0.name.lexicographicallyPrecedes(end)
                }
            case 3...6:
                members.remove(Self.hash(name))
                model.members.removeAll { $0.name == name }
            default:
                members.change(Self.hash(name), name: { name }) { _ in score }
                model.put(name, score)
            }
            #expect(members.count == model.members.count)
            #expect(members.payload == model.members.reduce(0) { $0 + $1.name.count + 8 }, "seed \(SeededNumbers.seed)")
        }
    }

    @Test func `Chunks are split and joined to ranks without a member lost`() {
        var order = RankOrder([])
        for number in 0..<5000 {
            let value = number * 7919 % 5000
            order.insert(RankOrder.Entry(score: Double(value), name: [], hash: UInt64(value)))
        }
        #expect(order.remove(ranks: 1000..<3000).map(\.hash) == Array(1000..<3000))
        #expect(order.remove(ranks: 1000..<1001).map(\.hash) == [3000])
        #expect(order.firstRank { $0.score >= 3500 } == 1499)
        #expect(order.firstRank { $0.score >= 5000 } == 2999)
        order.remove(RankOrder.Entry(score: 4999, name: [], hash: 4999))
        #expect(order.remove(ranks: 2997..<2998).map(\.hash) == [4998])
        #expect(order.remove(ranks: 0..<order.count).count == 2997)
        #expect(order.count == 0)
    }

    /// Sorted anew for each of these commands, the members would take minutes.
    @Test func `A board that is cut after each score is kept in order`() {
        var lines: [String] = []
        for number in 0..<12_000 {
            lines.append("ZADD z \(number * 7919 % 10_007) member\(number % 11_000)")
            lines.append("ZREMRANGEBYRANK z 0 -5001\nZREMRANGEBYSCORE z -inf 10\nZADD y \(number) m\(number)")
        }
        for _ in 0..<4000 { lines.append("ZPOPMIN z\nZPOPMAX y") }
        let sizes = ReplayTests.sizes(lines.joined(separator: "\n"))
        #expect(sizes["z"].map { $0 > 1000 * 17 && $0 <= 1000 * 19 } ?? false, "\(sizes)")
        #expect(sizes["y"] == (0..<8000).reduce(0) { $0 + "m\($1)".utf8.count + 8 })
    }
}
