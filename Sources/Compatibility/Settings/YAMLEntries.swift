/// Reads the mappings of YAML by their indentation.
enum YAMLEntries {
    private struct Level {
        let indentation: Int
        let name: String
    }

    static func read(_ text: ManifestText) -> [SettingsEntry] {
        var levels: [Level] = []
        var entries: [SettingsEntry] = []
        /// What `name: X` names, for a `value: Y` beside it.
        var named: (name: String, indentation: Int)?
        for line in text.lines {
            var body = text.trimmed(line.lowerBound..<text.end(of: line, beforeComment: UInt8(ascii: "#")))
            guard !body.isEmpty else { continue }
            while text.starts(body, with: "- ") { body = text.trimmed(body.lowerBound + 2..<body.upperBound) }
            let indentation = body.lowerBound - line.lowerBound
            levels.removeAll { $0.indentation >= indentation }
            guard let colon = separator(text, body) else {
                if let entry = AssignmentEntries.entry(text, text.unquoted(body)) {
                    entries.append(
                        SettingsEntry(
                            path: levels.suffix(SettingsEntry.maximumDepth).map(\.name) + entry.path, value: entry.value
                        ))
                }
                continue
            }
            let name = text.string(text.unquoted(body.lowerBound..<colon))
            let value = text.unquoted(min(colon + 1, body.upperBound)..<body.upperBound)
            let path = levels.suffix(SettingsEntry.maximumDepth).map(\.name) + [name]
            levels.append(Level(indentation: indentation, name: name))
            guard !value.isEmpty else { continue }
            if name == "name" { named = (text.string(value), indentation) }
            if name == "value", let given = named, given.indentation == indentation {
                entries.append(SettingsEntry(path: [given.name], value: value))
            }
            // Several names of a property may be on one line, as Spring takes them.
            entries.append(
                SettingsEntry(path: path.flatMap { $0.split(separator: ".").map(String.init) }, value: value))
        }
        return entries
    }

    /// A colon with a blank or the line's end after it; a URL has none.
    private static func separator(_ text: ManifestText, _ body: Range<Int>) -> Int? {
        body.first { index in
            text[index] == UInt8(ascii: ":")
                && (index + 1 == body.upperBound || text[index + 1] == UInt8(ascii: " ") || text[index + 1] == 9)
        }
    }
}
