/// When a key expires: any number of milliseconds of the Unix epoch that 64 bits hold.
///
/// Redis 2.8 adds up deadlines in 64 bits that wrap around, and whoever looks at a key takes a negative one for none: the
/// key stays, while TTL subtracts the clock from it and wraps around again. So a deadline is kept as it was computed.
///
/// ```text
///   bits                        the deadline
///   0 … nearest                 microseconds, up to the end of the year 9999
///   nearest + 1 … max - 1       a negative one, from Int64.min milliseconds on
///   max                         never
///   negative                    milliseconds after the year 9999, with the top bit set
/// ```
struct Deadline: Equatable, Sendable, BitwiseCopyable {
    /// The deadline in the eight bytes that a record has for it.
    let bits: Int64

    /// The deadline of a key without a time to live.
    static let never = Deadline(bits: .max)

    /// The end of the year 9999: the last of the milliseconds that are kept with their microseconds.
    static let latestNear: Int64 = 253_402_300_799_999
    private static let latestNearBits: Int64 = 253_402_300_799_999_999
    private static let firstNegativeBits = latestNearBits + 1

    @inline(__always)
    init(bits: Int64) {
        self.bits = bits
    }

    /// A number of milliseconds of the Unix epoch.
    ///
    /// Those that are negative and less than 8 million years before 1970 are one: TTL answers 0 for each of them.
    init(milliseconds: Int64) {
        if milliseconds < 0 {
            bits = Self.firstNegativeBits + min(milliseconds - .min, .max - 1 - Self.firstNegativeBits)
        } else if milliseconds <= Self.latestNear {
            bits = milliseconds * 1000
        } else {
            bits = milliseconds + .min
        }
    }

    /// The deadline so many milliseconds after an instant, whose microseconds it keeps; a sum that does not fit 64 bits
    /// wraps around.
    init(milliseconds: Int64, after now: Instant) {
        let sum = now.milliseconds &+ milliseconds
        if (0...Self.latestNear).contains(sum) {
            self.init(bits: now.microseconds + milliseconds * 1000)
        } else {
            self.init(milliseconds: sum)
        }
    }

    /// Milliseconds of the Unix epoch, rounded down; nil for never.
    var milliseconds: Int64? {
        if self == .never { return nil }
        if bits < 0 { return bits - .min }
        return bits <= Self.latestNearBits ? bits / 1000 : bits - Self.firstNegativeBits + .min
    }

    /// The same, and nil for a negative one as well, which never comes.
    var expiry: Int64? { milliseconds.flatMap { $0 < 0 ? nil : $0 } }

    /// Whether a key with this deadline is gone at `now`: from the millisecond after it on.
    @inline(__always)
    func hasPassed(at now: Instant) -> Bool { bits >= 0 && bits <= now.microseconds - 1000 }

    /// Whether it is not after `now`, or negative: EXPIRE and its kin then remove a key.
    func hasCome(at now: Instant) -> Bool { milliseconds.map { $0 <= now.milliseconds } ?? false }

    /// Milliseconds from `now` to the deadline, rounded up, or 0; nil for never.
    ///
    /// To a negative deadline it is as far as the difference, wrapped around, says.
    func millisecondsLeft(from now: Instant) -> Int64? {
        if bits >= 0, bits <= Self.latestNearBits {
            return Instant(microseconds: bits).millisecondsLeft(from: now)
        }
        return milliseconds.map { max(0, $0 &- now.milliseconds) }
    }
}
