/// A value that a text of settings gives to a name.
struct SettingsEntry {
    /// The names from the outermost to the setting's own, as written.
    var path: [String]
    /// The value without its quotes: byte offsets in the file.
    var value: Range<Int>

    /// How many of the outer names are kept, the inner ones first: hostile nesting costs no more.
    static let maximumDepth = 16
}

/// Reads the entries of a text, line by line or element by element.
///
/// No format is read whole: a template may be none of its kind, and what matters is on few lines. Every reader takes time
/// in proportion to the text, and none fails.
enum SettingsEntries {
    /// The entries of a text, in its order.
    static func read(_ text: ManifestText, as file: SettingsFile) -> [SettingsEntry] {
        switch file {
        case .assignments, .dockerfile, .makefile, .crontab, .windowsScript: AssignmentEntries.read(text)
        case .yaml: YAMLEntries.read(text)
        case .json: JSONEntries.read(text)
        case .xml: XMLEntries.read(text)
        case .prose: []
        }
    }
}

extension ManifestText {
    /// A value without blanks, quotes and a comma at its end.
    func unquoted(_ range: Range<Int>) -> Range<Int> {
        var range = trimmed(range)
        while let last = range.last, bytes[last] == UInt8(ascii: ",") || bytes[last] == UInt8(ascii: ";") {
            range = trimmed(range.lowerBound..<last)
        }
        guard range.count >= 2, let first = range.first, let last = range.last, bytes[first] == bytes[last],
            bytes[first] == UInt8(ascii: "\"") || bytes[first] == UInt8(ascii: "'")
        else { return range }
        return first + 1..<last
    }
}
