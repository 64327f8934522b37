/// Readers of option values.
///
/// What they throw completes the parser's line, which names the value and its option.
enum ArgumentValues {
    /// Why a value cannot be, as the end of a line.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    /// A reader of whole numbers in a range.
    static func integer(in range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), range.contains(number) else {
                throw Unusable(
                    description: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    /// A reader of names that are not empty.
    ///
    /// - Parameter thing: what is named, with its article.
    static func name(of thing: String) -> @Sendable (String) throws -> String {
        { text in
            guard !text.isEmpty else { throw Unusable(description: "write the name of \(thing)") }
            return text
        }
    }

    /// A reader of sizes in a range: bytes, or a number with a unit of 1024 (`64k`, `10MB`, `1MiB`, `2g`).
    static func bytes(in range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let (digits, unit) = split(text), let factor = factor(ofBytes: unit), let number = Int(digits) else {
                throw Unusable(
                    description: "write bytes, or a number with k, MB, MiB or g (each 1024 of the one before)")
            }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
            guard !overflow, range.contains(bytes) else {
                throw Unusable(description: "from \(range.lowerBound) to \(range.upperBound) bytes are possible")
            }
            return bytes
        }
    }

    /// A reader of times, in milliseconds: seconds, or a number with a unit (`500ms`, `90s`, `30m`, `2h`, `1d`).
    static let milliseconds: @Sendable (String) throws -> Int64 = { text in
        guard let (digits, unit) = split(text), let factor = factor(ofTime: unit), let number = Int64(digits) else {
            throw Unusable(description: "write seconds, or a number with ms, s, m, h or d, such as 500ms or 30m")
        }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow, milliseconds <= longestTime else {
            throw Unusable(description: "at most a thousand years are possible")
        }
        return milliseconds
    }

    /// In milliseconds: as good as for ever, and far from where sums with it would overflow.
    static let longestTime: Int64 = 1000 * 366 * 86_400_000

    /// A number's digits and the unit behind them; nil where it does not begin with a digit.
    private static func split(_ text: String) -> (digits: Substring, unit: String)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        return (digits, text.dropFirst(digits.count).lowercased())
    }

    private static func factor(ofBytes unit: String) -> Int? {
        switch unit {
        case "", "b": 1
        case "k", "kb", "kib": 1 << 10
        case "m", "mb", "mib": 1 << 20
        case "g", "gb", "gib": 1 << 30
        default: nil
        }
    }

    private static func factor(ofTime unit: String) -> Int64? {
        switch unit {
        case "ms": 1
        case "", "s": 1000
        case "m", "min": 60_000
        case "h": 3_600_000
        case "d": 86_400_000
        default: nil
        }
    }
}
