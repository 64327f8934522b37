import Presentation

/// Numbers as people read them.
enum Quantity {
    /// A number with its thousands apart: `1,234,567`.
    static func count(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// A number of things: `3 keys`, `1 key`.
    static func count(_ number: Int, _ noun: String) -> String { "\(count(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// A size: `812 B`, `1.2 KiB`, `10.0 MiB`.
    static func bytes(_ number: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard number >= 1024 else { return "\(number) B" }
        var tenths = number * 10 / 1024
        var unit = 0
        while tenths >= 10_240 && unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        return "\(count(tenths / 10)).\(tenths % 10) \(units[unit])"
    }

    /// A time: `450 ms`, `12 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`.
    static func time(milliseconds: Int) -> String {
        let seconds = milliseconds / 1000
        switch seconds {
        case ..<1: return "\(milliseconds) ms"
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }

    /// Bytes as one line: text as it is, other bytes as `\xHH`, cut where they are long.
    static func printable(_ bytes: [UInt8], longest: Int = 40) -> String {
        guard let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: \.isUnsafe)
        else {
            return cut(bytes.map(escaped).joined(), longest)
        }
        return cut(text, longest)
    }

    private static func escaped(_ byte: UInt8) -> String {
        if byte >= 0x20 && byte < 0x7F { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "\\x0" + digits : "\\x" + digits
    }

    private static func cut(_ text: String, _ longest: Int) -> String {
        text.count <= longest ? text : text.prefix(longest - 3) + "..."
    }
}
