/// Decimal integers in the one spelling that Redis takes for a number (`string2ll` of `util.c`): no sign but a minus,
/// no leading zero, no space, nothing but `0` for zero, and within 64 bits.
enum DecimalInteger {
    /// The longest spelling, that of `Int64.min`.
    static let maximumLength = 20

    /// The number that the whole of `text` spells, or nil.
    ///
    /// What it accepts, it would print the same way again.
    static func parse(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let lead = text.first, lead <= Byte.nine, lead >= Byte.minus else { return nil }
        let negative = lead == Byte.minus
        let digits = UnsafeRawBufferPointer(rebasing: text[(negative ? 1 : 0)...])
        guard let first = digits.first, digits.count < maximumLength else { return nil }
        if first == Byte.zero { return digits.count == 1 && !negative ? 0 : nil }
        // Nineteen digits at most: the sum stays below 10^19, which an unsigned word holds.
        var magnitude: UInt64 = 0
        for byte in digits {
            let digit = byte &- Byte.zero
            guard digit <= 9 else { return nil }
            magnitude = magnitude &* 10 &+ UInt64(digit)
        }
        if negative {
            return magnitude <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    /// How many bytes the spelling of `value` takes.
    static func length(of value: Int64) -> Int {
        var length = value < 0 ? 2 : 1
        var rest = value.magnitude
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        return length
    }

    /// Appends the decimal spelling of `value` to `bytes`.
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(Byte.minus) }
        let first = bytes.count
        var rest = value.magnitude
        repeat {
            bytes.append(Byte.zero + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[first...].reverse()
    }
}
