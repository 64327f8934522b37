import Testing

@testable import ClusterCore

@Suite("Numbers in bytes")
struct ByteViewNumbersTests {
    @Test(
        "integers are read as strtoll reads them, and refused where it leaves something over",
        arguments: [
            ("0", 0), ("-0", 0), ("+7", 7), ("007", 7), ("", 0), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("1\u{0}abc", 1), ("\u{0}", 0), (" 1", nil), ("1 ", nil), ("-", nil), ("+", nil), ("1.0", nil),
            ("0x1", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func integers(text: String, expected: Int64?) {
        #expect(Bytes.with(text) { $0.parsedInteger() } == expected)
    }

    @Test(
        "only the canonical text of a number is one that Redis keeps as an integer",
        arguments: [
            ("0", 0), ("-1", -1), ("10", 10), ("-0", nil), ("01", nil), ("+1", nil), ("", nil), ("-", nil),
            ("9223372036854775807", Int64.max), ("9223372036854775808", nil), ("1a", nil),
        ] as [(String, Int64?)])
    func canonicalIntegers(text: String, expected: Int64?) {
        #expect(Bytes.with(text) { $0.canonicalInteger() } == expected)
    }

    @Test(
        "doubles are read as strtod reads them, but not NaN, not out of range, not after a space",
        arguments: [
            ("1.5", 1.5), ("-inf", -Double.infinity), ("Infinity", .infinity), ("0x10", 16), ("1e3", 1000), ("", 0),
            ("nan", nil), (" 1", nil), ("1 ", nil), ("1e400", nil), ("1e-400", nil),
            ("123456789012345", 123_456_789_012_345),
        ] as [(String, Double?)])
    func doubles(text: String, expected: Double?) {
        #expect(Bytes.with(text) { $0.parsedDouble() } == expected)
    }

    @Test("a negative zero stays negative")
    func negativeZero() {
        #expect(Bytes.with("-0") { $0.parsedDouble() }?.sign == .minus)
    }

    @Test(
        "the end of a range of scores may follow a space and may be out of range",
        arguments: [(" 1", 1), ("1e400", .infinity), ("nan", nil), ("1x", nil)] as [(String, Double?)])
    func rangeEnds(text: String, expected: Double?) {
        #expect(Bytes.with(text) { $0.parsedRangeEnd() } == expected)
    }
}
