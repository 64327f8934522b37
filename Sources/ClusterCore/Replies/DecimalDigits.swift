/// Whole numbers as decimal text, without allocation.
enum DecimalDigits {
    /// The bytes of the longest: `-9223372036854775808`.
    static let longest = 20

    /// Writes a number to `target`, which has room for `longest` bytes; returns how many were written.
    @inline(__always)
    static func write(_ number: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        if number >= 0 && number < 10 {
            target[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
            return 1
        }
        return writeLong(number, to: target)
    }

    /// How many bytes a number's text has.
    static func length(of number: Int64) -> Int {
        (number < 0 ? 1 : 0) + digitCount(number.magnitude)
    }

    private static func writeLong(_ number: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var magnitude = number.magnitude
        let sign = number < 0 ? 1 : 0
        let length = sign + digitCount(magnitude)
        if sign == 1 { target[0] = UInt8(ascii: "-") }
        var position = length
        while magnitude >= 100 {
            let rest = magnitude / 100
            position -= 2
            writePair(magnitude - rest * 100, to: target + position)
            magnitude = rest
        }
        if magnitude >= 10 {
            writePair(magnitude, to: target + position - 2)
        } else {
            target[position - 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude)
        }
        return length
    }

    /// Two digits of a number below 100; a tenth of it is a product with 103 / 1,024.
    @inline(__always)
    private static func writePair(_ number: UInt64, to target: UnsafeMutablePointer<UInt8>) {
        let tens = (number * 103) >> 10
        target[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: tens)
        target[1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number - tens * 10)
    }

    /// How many digits a number has: a comparison each, in the order of what lengths and counters are.
    @inline(__always)
    private static func digitCount(_ magnitude: UInt64) -> Int {
        var count = 1
        var limit: UInt64 = 10
        while magnitude >= limit {
            count += 1
            let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
            if overflow { break }
            limit = next
        }
        return count
    }
}

extension MutableSpan<UInt8> {
    /// Lends the text of a number, written into this span of at least `DecimalDigits.longest` bytes.
    mutating func withDigits<Failure: Error>(
        of number: Int64, _ body: (ByteView) throws(Failure) -> Void
    ) throws(Failure) {
        try withUnsafeMutableBufferPointer { (buffer: UnsafeMutableBufferPointer<UInt8>) throws(Failure) in
            guard let start = buffer.baseAddress, buffer.count >= DecimalDigits.longest else {
                preconditionFailure("no room for a number's digits")
            }
            try body(ByteView(start: start, count: DecimalDigits.write(number, to: start)))
        }
    }
}
