/// Scores as text, the way Redis 2.8 writes them (`d2string` of `util.c`, `rdbSaveDoubleValue` of `rdb.c`): a whole
/// number below 2^52 in its digits, any other as C's `%.17g` has it, an infinity as `inf` or `-inf`.
enum ScoreText {
    /// Appends the text of `score`, which is no NaN.
    ///
    /// - Parameter signingZero: whether negative zero is `-0` (in a ziplist) or `0` (in a plain sorted set).
    static func append(_ score: Double, signingZero: Bool, to bytes: inout [UInt8]) {
        if score.sign == .minus, score != 0 || signingZero { bytes.append(Byte.minus) }
        let magnitude = score.magnitude
        if magnitude.isInfinite {
            bytes.append(contentsOf: "inf".utf8)
        } else if let whole = Int64(exactly: magnitude), whole < wholeLimit(score) {
            DecimalInteger.append(whole, to: &bytes)
        } else {
            Decimal17(magnitude).append(to: &bytes)
        }
    }

    /// 2.8 takes for whole what lies strictly between -(2^52 - 1) and 2^52.
    private static func wholeLimit(_ score: Double) -> Int64 {
        score < 0 ? (1 << 52) - 1 : 1 << 52
    }

    /// The number that `text` spells, infinities included, or nil where it is none or no number (`nan`).
    static func parse(_ text: UnsafeRawBufferPointer) -> Double? {
        if let whole = DecimalInteger.parse(text) { return Double(whole) }
        guard !text.isEmpty, text.allSatisfy({ $0 > Byte.space && $0 < 0x7F }) else { return nil }
        guard let value = Double(String(decoding: text, as: UTF8.self)), !value.isNaN else { return nil }
        return value
    }
}

/// The first seventeen decimal digits of a positive number, correctly rounded: 0.D₁D₂…D₁₇ times a power of ten.
///
/// The number is m·2ᵉ with whole m. For e ≥ 0 its digits are those of the whole number m·2ᵉ; for e < 0 those of
/// m·5⁻ᵉ, with the point moved -e places. Both are computed exactly; scores have few binary places, so the work is
/// small.
private struct Decimal17 {
    private static let precision = 17
    private static let limbBase: UInt64 = 1_000_000_000

    /// ASCII digits, exactly seventeen.
    private var digits: [UInt8] = []
    /// The power of ten of the first digit: 2.5 has 0, 0.03 has -2.
    private var exponent: Int

    init(_ value: Double) {
        var significand = value.significandBitPattern
        var power = value.isNormal ? Int(value.exponent) - 52 : -1074
        if value.isNormal { significand |= 1 << 52 }
        let evenBits = significand.trailingZeroBitCount
        significand >>= UInt64(evenBits)
        power += evenBits

        // The digits in groups of nine, the lowest first.
        var limbs = [UInt32(significand % Self.limbBase), UInt32(significand / Self.limbBase)]
        Self.multiply(&limbs, by: power > 0 ? 2 : 5, times: power.magnitude, atOnce: power > 0 ? 29 : 12)
        digits = Self.spell(limbs)
        exponent = digits.count - 1 + min(power, 0)
        round()
    }

    private static func multiply(_ limbs: inout [UInt32], by factor: UInt64, times: UInt, atOnce: UInt) {
        var rest = times
        while rest > 0 {
            let count = min(rest, atOnce)
            var multiplier: UInt64 = 1
            for _ in 0..<count { multiplier *= factor }
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = UInt64(limbs[index]) * multiplier + carry
                limbs[index] = UInt32(product % limbBase)
                carry = product / limbBase
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
            rest -= count
        }
    }

    /// The digits without leading zeros.
    private static func spell(_ limbs: [UInt32]) -> [UInt8] {
        var reversed: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                reversed.append(Byte.zero + UInt8(rest % 10))
                rest /= 10
            }
        }
        while reversed.last == Byte.zero { reversed.removeLast() }
        return reversed.reversed()
    }

    /// Cuts or fills to seventeen digits; half-way cases go to the even digit.
    private mutating func round() {
        let cut = Self.precision
        guard digits.count > cut else {
            digits.append(contentsOf: repeatElement(Byte.zero, count: cut - digits.count))
            return
        }
        let half = Byte.zero + 5
        let isAboveHalf =
            digits[cut] > half || (digits[cut] == half && digits[(cut + 1)...].contains { $0 != Byte.zero })
        let isOdd = digits[cut - 1] & 1 == 1
        let goesUp = isAboveHalf || (digits[cut] == half && isOdd)
        digits.removeLast(digits.count - cut)
        guard goesUp else { return }
        for index in digits.indices.reversed() {
            if digits[index] < Byte.nine {
                digits[index] += 1
                return
            }
            digits[index] = Byte.zero
        }
        digits[0] = Byte.zero + 1
        exponent += 1
    }

    /// Appends the number as `%.17g` does: without zeros at the end of the fraction, with an exponent below 1e-4 and
    /// from 1e17 on.
    func append(to bytes: inout [UInt8]) {
        let significant = digits.lastIndex { $0 != Byte.zero }.map { $0 + 1 } ?? 1
        if exponent < -4 || exponent >= Self.precision {
            appendFraction(whole: 1, significant, to: &bytes)
            bytes.append(UInt8(ascii: "e"))
            bytes.append(exponent < 0 ? Byte.minus : Byte.plus)
            if exponent.magnitude < 10 { bytes.append(Byte.zero) }
            DecimalInteger.append(Int64(exponent.magnitude), to: &bytes)
        } else if exponent >= 0 {
            appendFraction(whole: exponent + 1, significant, to: &bytes)
        } else {
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(Byte.zero, count: -exponent - 1))
            bytes.append(contentsOf: digits[..<significant])
        }
    }

    private func appendFraction(whole: Int, _ significant: Int, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: digits[..<whole])
        guard significant > whole else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: digits[whole..<significant])
    }
}
