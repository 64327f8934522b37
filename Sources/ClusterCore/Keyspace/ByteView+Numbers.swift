import CLibrary

extension ByteView {
    /// The whole text as a number, read as Redis 2.8 does with `strtoll`: a sign, leading zeros, nothing at all (0) and
    /// whatever follows a zero byte are allowed; space and anything after the digits are not.
    ///
    /// Nil where it is none or does not fit 64 bits.
    func parsedInteger() -> Int64? {
        var index = 0
        var isNegative = false
        if count > 0, start[0] == UInt8(ascii: "-") || start[0] == UInt8(ascii: "+") {
            isNegative = start[0] == UInt8(ascii: "-")
            index = 1
        }
        let firstDigit = index
        var value: Int64 = 0
        while index < count, start[index] &- UInt8(ascii: "0") <= 9 {
            let digit = Int64(start[index] &- UInt8(ascii: "0"))
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, carry) =
                isNegative ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = next
            index += 1
        }
        let hasEnded = index == count || start[index] == 0
        let hasNumber = index > firstDigit || firstDigit == 0
        return hasEnded && hasNumber ? value : nil
    }

    /// The number whose canonical text these bytes are: what Redis keeps as an integer.
    ///
    /// `007`, `+1` and `-0` are none.
    func canonicalInteger() -> Int64? {
        guard count > 0, count <= DecimalDigits.longest else { return nil }
        let isNegative = start[0] == UInt8(ascii: "-")
        let firstDigit = isNegative ? 1 : 0
        guard firstDigit < count, start[firstDigit] &- UInt8(ascii: "0") <= 9 else { return nil }
        if start[firstDigit] == UInt8(ascii: "0") { return count == 1 ? 0 : nil }
        for index in firstDigit..<count where start[index] &- UInt8(ascii: "0") > 9 { return nil }
        return parsedInteger()
    }

    /// The whole text as a double, as Redis 2.8 reads scores and increments.
    func parsedDouble() -> Double? {
        if count > 0, count <= 15, let whole = canonicalInteger() { return Double(whole) }
        var result = 0.0
        return clibrary_parse_double(start, count, &result) ? result : nil
    }

    /// The whole text as the end of a range of scores, without its `(`.
    func parsedRangeEnd() -> Double? {
        var result = 0.0
        return clibrary_parse_range_end(start, count, &result) ? result : nil
    }
}
