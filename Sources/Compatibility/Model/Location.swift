/// A place in an input.
public struct Location: Sendable, Hashable {
    /// The file as it was given or found below a folder that was given; `-` for standard input.
    public var path: String
    /// Whether the path is a file's: what `clusterctl exec` finds is at the command that ran, which no report shows as a
    /// file.
    public var isFile = true
    /// The line, from 1; nil for a binary input.
    public var line: Int?
    /// The columns on that line, from 1, in Unicode scalars, the end not included; nil where only the line is known.
    public var columns: Range<Int>?
    /// How many bytes of the (uncompressed) file stand before the place; nil where that is not known.
    public var byteOffset: Int?
    /// When the trace says that it happened.
    public var time: Timestamp?

    /// A command that ran, in place of a file.
    public static func command(_ name: String) -> Location {
        var location = Location(path: name)
        location.isFile = false
        return location
    }

    /// A place in a file.
    public init(
        path: String, line: Int? = nil, columns: Range<Int>? = nil, byteOffset: Int? = nil, time: Timestamp? = nil
    ) {
        self.path = path
        self.line = line
        self.columns = columns
        self.byteOffset = byteOffset
        self.time = time
    }
}

/// A moment, in microseconds since 1970.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01 00:00 UTC.
    public var microseconds: Int64

    /// The moment that many microseconds after the beginning of 1970.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The moment `seconds` and `microseconds` after the beginning of 1970; seconds out of range are cut to it.
    public init(seconds: Int64, microseconds: Int64) {
        let limit = Int64.max / 1_000_000 - 1
        self.microseconds = min(max(seconds, -limit), limit) * 1_000_000 + microseconds
    }

    /// The order in time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, as in `2026-11-23T00:52:28.605720Z`.
    public var description: String {
        let second: Int64 = 1_000_000
        let total = microseconds / second - (microseconds % second < 0 ? 1 : 0)
        let fraction = microseconds - total * second
        let day = total / 86_400 - (total % 86_400 < 0 ? 1 : 0)
        let time = total - day * 86_400
        let (year, month, dayOfMonth) = Self.civilDate(daysSince1970: day)
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
        let clock =
            "\(Self.padded(time / 3600, 2)):\(Self.padded(time / 60 % 60, 2)):\(Self.padded(time % 60, 2))"
        return "\(date)T\(clock).\(Self.padded(fraction, 6))Z"
    }

    /// The Gregorian date of a day.
    ///
    /// Years are counted from March, so that the leap day is a year's last; 146,097 days are 400 years.
    private static func civilDate(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
