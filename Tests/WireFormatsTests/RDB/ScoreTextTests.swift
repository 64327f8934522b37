import Foundation
import Testing

@testable import WireFormats

@Suite("Scores as text")
struct ScoreTextTests {
    private func text(_ score: Double, signingZero: Bool = true) -> String {
        var bytes: [UInt8] = []
        ScoreText.append(score, signingZero: signingZero, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "As 2.8.24 writes them",
        arguments: [
            (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (-17.0, "-17"), (2.5, "2.5"), (0.1, "0.10000000000000001"),
            (1e300, "1.0000000000000001e+300"), (-1e-7, "-9.9999999999999995e-08"), (0.0001, "0.0001"),
            (4503599627370495.0, "4503599627370495"), (-4503599627370494.0, "-4503599627370494"),
            (4503599627370496.0, "4503599627370496"), (1e17, "1e+17"), (123456789012345678.0, "1.2345678901234568e+17"),
            (.infinity, "inf"), (-.infinity, "-inf"), (.leastNonzeroMagnitude, "4.9406564584124654e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        ])
    func known(score: Double, expected: String) {
        #expect(text(score) == expected)
    }

    @Test("Plain sorted sets have no negative zero")
    func unsignedZero() {
        #expect(text(-0.0, signingZero: false) == "0")
    }

    @Test("Any number as C's %.17g has it, and it reads back as the same number")
    func agreesWithC() {
        var random = SeededGenerator()
        for round in 0..<SeededGenerator.rounds(20_000) {
            let score: Double =
                switch round % 4 {
                case 0: Double(bitPattern: random.next())
                case 1: Double(Int64(truncatingIfNeeded: random.next()) >> Int64(random.below(63)))
                case 2: Double(random.below(100_000_000)) / 1000
                default: Double(random.below(2_000_001) - 1_000_000) / Double(1 << random.below(60))
                }
            guard score.isFinite, score != 0 else { continue }
            let expected = String(format: "%.17g", score)
            let written = text(score)
            #expect(written == expected || score == score.rounded(), "seed \(random.seed): \(score.bitPattern)")
            #expect([UInt8](written).withUnsafeBytes { ScoreText.parse($0) } == score, "seed \(random.seed)")
        }
    }

    @Test(
        "What is no number is refused", arguments: ["", "nan", "-nan", "1x", " 1", "1 ", "\0", "1\0", "é", "--1", "."])
    func refused(text: String) {
        #expect([UInt8](text).withUnsafeBytes { ScoreText.parse($0) } == nil)
    }

    @Test("Spellings of infinity and of exponents are read")
    func accepted() {
        for (text, score) in [
            ("inf", Double.infinity), ("-inf", -.infinity), ("+3", 3), ("1e3", 1000), ("-0", 0), ("007", 7),
        ] {
            #expect([UInt8](text).withUnsafeBytes { ScoreText.parse($0) } == score)
        }
    }
}
