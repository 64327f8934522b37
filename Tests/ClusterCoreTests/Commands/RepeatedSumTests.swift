import Testing

@testable import ClusterCore

@Suite struct RepeatedSumTests {
    private static func byLoop(_ score: Double, _ total: Double, _ times: Int) -> Double {
        var total = total
        for _ in 0..<times {
            total += score
            if total.isNaN { total = 0 }
        }
        return total
    }

    private static func one(of numbers: [Double], _ generator: inout some RandomNumberGenerator) -> Double {
        numbers[Int.random(in: numbers.indices, using: &generator)]
    }

    /// Numbers with which rounding goes every way: whole ones, decimal fractions, very large and very small ones, ties.
    private static func number(_ generator: inout some RandomNumberGenerator) -> Double {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: Double(Int.random(in: -20...20, using: &generator))
        case 1: Double(Int.random(in: -20...20, using: &generator)) * 0.1
        case 2: Double.random(in: -1e6...1e6, using: &generator)
        case 3: Double.random(in: -1...1, using: &generator) * one(of: [1e-300, 1e300, 1e308, 1e16], &generator)
        case 4: one(of: [0, -0.0, .infinity, -.infinity, 1, -1, 3, 0.5, .leastNonzeroMagnitude], &generator)
        default:
            Double(
                sign: Bool.random(using: &generator) ? .plus : .minus,
                exponent: Int.random(in: -60...60, using: &generator),
                significand: Double(Int.random(in: 1...15, using: &generator)))
        }
    }

    @Test func `it is what a loop adds up, to the last digit`() {
        var generator = Seed.generator()
        for _ in 0..<20_000 {
            let (score, total) = (Self.number(&generator), Self.number(&generator))
            let times = Int.random(in: 0...300, using: &generator)
            let sum = RepeatedSum.adding(score, to: total, times: times)
            #expect(sum == Self.byLoop(score, total, times), "\(times) × \(score) to \(total), \(Seed.note)")
        }
    }

    @Test func `a million additions that cross zero and many powers of two are exact`() {
        for (score, total) in [
            (0.1, 0.3), (-0.1, 7_000.7), (1.0, -314_159.7), (3.0, 9_007_199_254_740_991.0), (1e-9, 1.0),
        ] {
            #expect(RepeatedSum.adding(score, to: total, times: 1_000_000) == Self.byLoop(score, total, 1_000_000))
        }
    }
}
