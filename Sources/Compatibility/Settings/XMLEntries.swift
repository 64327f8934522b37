/// Reads the attributes and the texts of XML elements.
enum XMLEntries {
    static func read(_ text: ManifestText) -> [SettingsEntry] {
        var reader = Reader(text: text)
        reader.read()
        return reader.entries
    }

    private struct Reader {
        let text: ManifestText
        private(set) var entries: [SettingsEntry] = []
        /// Of each open element its name, its class and its identity.
        private var open: [[String]] = []
        private var index = 0

        init(text: ManifestText) {
            self.text = text
        }

        private var outer: [String] { open.suffix(SettingsEntry.maximumDepth).flatMap { $0 } }

        mutating func read() {
            while let start = text.find("<", in: index..<text.count) {
                if text.starts(start..<text.count, with: "<!--") {
                    index = text.find("-->", in: start..<text.count) ?? text.count
                } else {
                    addText(index..<start)
                    readTag(start)
                }
            }
        }

        /// `<database>3</database>`.
        private mutating func addText(_ range: Range<Int>) {
            let value = text.trimmed(range)
            guard !value.isEmpty, !open.isEmpty, value.count < 256 else { return }
            entries.append(SettingsEntry(path: outer, value: value))
        }

        private mutating func readTag(_ start: Int) {
            let end = text.find(">", in: start..<text.count) ?? text.count
            index = min(end + 1, text.count)
            if text[start + 1] == UInt8(ascii: "/") {
                if !open.isEmpty { open.removeLast() }
                return
            }
            guard text[start + 1] != UInt8(ascii: "?"), text[start + 1] != UInt8(ascii: "!") else { return }
            let attributes = attributes(start..<end)
            let name = text.string(start + 1..<end).prefix { !" \t\r\n/".contains($0) }
            func value(_ names: String...) -> Range<Int>? { attributes.first { names.contains($0.name) }?.value }
            let identity = [value("class"), value("id")].compactMap { $0 }.map(text.string)
            if let key = value("name", "key"), let value = value("value") {
                let path = outer + [String(name)] + text.string(key).split { ".:".contains($0) }.map(String.init)
                entries.append(SettingsEntry(path: path, value: value))
            }
            for attribute in attributes {
                let own = attribute.name.split(separator: ":").last.map(String.init) ?? ""
                entries.append(
                    SettingsEntry(path: outer + [String(name)] + identity + [own], value: attribute.value))
            }
            if text[end - 1] != UInt8(ascii: "/") { open.append([String(name)] + identity) }
        }

        private func attributes(_ tag: Range<Int>) -> [(name: String, value: Range<Int>)] {
            text.quoted(in: tag).compactMap { value in
                var end = value.lowerBound - 1
                while end > tag.lowerBound, " =\t\r\n".utf8.contains(text[end - 1]) { end -= 1 }
                var start = end
                while start > tag.lowerBound, !" \t\r\n<".utf8.contains(text[start - 1]) { start -= 1 }
                return start < end ? (text.string(start..<end), value) : nil
            }
        }
    }
}
