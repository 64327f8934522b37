/// Reads `NAME=value` and `name: value`, with `[section]` before or without.
enum AssignmentEntries {
    static func read(_ text: ManifestText) -> [SettingsEntry] {
        var section: [String] = []
        var entries: [SettingsEntry] = []
        for line in text.lines {
            let body = text.trimmed(line)
            guard let first = body.first, !"#;!".utf8.contains(text[first]) else { continue }
            if text[first] == UInt8(ascii: "[") {
                section = text.string(body).split { "[]. \"".contains($0) }.map(String.init)
            } else if let entry = entry(text, body) {
                entries.append(SettingsEntry(path: section + entry.path, value: entry.value))
            }
        }
        return entries
    }

    /// One assignment; nil where a line has none.
    static func entry(_ text: ManifestText, _ line: Range<Int>) -> SettingsEntry? {
        guard let sign = line.first(where: { text[$0] == UInt8(ascii: "=") || text[$0] == UInt8(ascii: ":") }) else {
            return nil
        }
        let name = text.string(line.lowerBound..<sign).split(separator: " ").last.map(String.init) ?? ""
        let path = name.split { ".\"'".contains($0) }.map(String.init)
        guard !path.isEmpty else { return nil }
        var start = sign + 1
        while "=:>".utf8.contains(text[start]) { start += 1 }
        let end = max(start, text.end(of: line, beforeComment: UInt8(ascii: "#")))
        return SettingsEntry(path: path, value: text.unquoted(min(start, line.upperBound)..<min(end, line.upperBound)))
    }
}
