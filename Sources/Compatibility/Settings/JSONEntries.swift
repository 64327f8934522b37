/// Reads the members of JSON objects.
enum JSONEntries {
    static func read(_ text: ManifestText) -> [SettingsEntry] {
        var reader = Reader(text: text)
        reader.read()
        return reader.entries
    }

    private struct Reader {
        let text: ManifestText
        private(set) var entries: [SettingsEntry] = []
        private var index = 0
        private var path: [String] = []
        private var key: String?

        init(text: ManifestText) {
            self.text = text
        }

        mutating func read() {
            while index < text.count {
                let byte = text[index]
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    path.append(key ?? "")
                    key = nil
                    index += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if !path.isEmpty { path.removeLast() }
                    key = nil
                    index += 1
                case UInt8(ascii: "\""): readString()
                case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
                default:
                    if byte == UInt8(ascii: ",") { key = nil }
                    index += 1
                }
            }
        }

        private mutating func readString() {
            let start = index + 1
            index = start
            while index < text.count, text[index] != UInt8(ascii: "\"") {
                index += text[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            let range = start..<max(start, min(index, text.count))
            index += 1
            var next = index
            while " \t\r\n".utf8.contains(text[next]) { next += 1 }
            if text[next] == UInt8(ascii: ":") {
                key = text.string(range)
                index = next + 1
            } else {
                add(range)
            }
        }

        private mutating func readNumber() {
            let start = index
            while text[index] >= UInt8(ascii: "0") && text[index] <= UInt8(ascii: "9") { index += 1 }
            add(start..<index)
        }

        private mutating func add(_ value: Range<Int>) {
            let names = (path.suffix(SettingsEntry.maximumDepth) + [key ?? ""]).filter { !$0.isEmpty }
            entries.append(
                SettingsEntry(path: names.flatMap { $0.split { ".:".contains($0) }.map(String.init) }, value: value))
        }
    }
}
