import Presentation

/// How the reports for people say numbers and places.
package enum Wording {
    /// A number with its thousands apart: `1,234,567`.
    package static func count(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// A number of things: `3 keys`, `1 key`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A list of names: `a`, `a and b`, `a, b and c`.
    static func list(_ names: [String]) -> String {
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    /// A size in tenths of a unit of 1024: `812 B`, `1.2 KiB`, `10.0 MiB`.
    package static func bytes(_ number: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard number >= 1024 else { return "\(number) B" }
        var size = Double(number) / 1024
        var unit = 0
        while size >= 1024 && unit < units.count - 1 {
            size /= 1024
            unit += 1
        }
        let tenths = Int(size * 10)
        return "\(count(tenths / 10)).\(tenths % 10) \(units[unit])"
    }

    /// A place as editors and compilers write it: `path:12:9`, `path:12`, `path: byte 1234`, `path`.
    package static func place(_ location: Location) -> String {
        let path = SafeText.line(location.path == "-" ? "stdin" : location.path)
        if let line = location.line {
            return "\(path):\(line)" + (location.columns.map { ":\($0.lowerBound)" } ?? "")
        }
        return location.byteOffset.map { "\(path): byte \($0)" } ?? path
    }

    /// A place within its file: `line 12`, `byte 1234`; nil where only the file is known.
    static func placeInFile(_ location: Location) -> String? {
        location.line.map { "line \($0)" } ?? location.byteOffset.map { "byte \($0)" }
    }

    /// A place that has no line, to stand before a message in a format that knows lines alone; else nothing.
    static func bytePlace(_ location: Location) -> String {
        location.line == nil ? location.byteOffset.map { "at byte \($0): " } ?? "" : ""
    }

    /// At most `limit` scalars of a text, the last of them `…` where it was longer.
    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        return String(text.unicodeScalars.prefix(limit - 1)) + "…"
    }
}

extension Finding {
    /// The message with what to do instead, on one line.
    var fullMessage: String {
        let advice = instead.isEmpty ? "" : "; instead: \(instead)"
        let times = count > 1 ? " (\(Wording.count(count)) times)" : ""
        return SafeText.line(message + times + advice)
    }

    /// ``fullMessage`` with the byte before it where there is no line.
    var placedMessage: String { Wording.bytePlace(first) + fullMessage }

    /// Why the finding is not exact or not sure, one sentence each.
    var reservations: [String] {
        approximations + (confidence == .low ? ["low confidence: \(doubt)"] : [])
    }

    /// Why it is a guess that the command is sent.
    private var doubt: String {
        let isLent = library.flatMap(ClientLibrary.init).map(ClientTable.shared.isLent) ?? false
        return isLent
            ? "nothing that was read says for certain that the cache is kept in Redis"
            : "the receiver is guessed by its name"
    }
}
