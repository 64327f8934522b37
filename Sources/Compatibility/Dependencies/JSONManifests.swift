import CommandCatalog

/// Reads manifests in JSON whose packages are the keys of some objects.
enum JSONManifests {
    /// The keys of the objects of these names at the first level.
    static func packages(
        _ text: ManifestText, in ecosystem: Framework.Ecosystem, sections: Set<String>
    ) -> [Dependency] {
        var reader = KeyReader(text: text)
        var dependencies: [Dependency] = []
        while let key = reader.nextKey() {
            if key.depth == 2, sections.contains(key.parent) {
                dependencies.append(text.dependency(key.range, in: ecosystem))
            }
        }
        return dependencies
    }

    /// Goes from key to key through nested objects, whatever else the text holds.
    private struct KeyReader {
        let text: ManifestText
        private var index = 0
        private var depth = 0
        private var topLevelKey = ""

        struct Key {
            let range: Range<Int>
            let depth: Int
            /// The key at the first level that the key is below.
            let parent: String
        }

        init(text: ManifestText) {
            self.text = text
        }

        mutating func nextKey() -> Key? {
            while index < text.count {
                let byte = text[index]
                index += 1
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                case UInt8(ascii: "\""):
                    let range = readString()
                    guard isFollowedByColon else { continue }
                    if depth == 1 { topLevelKey = text.string(range) }
                    return Key(range: range, depth: depth, parent: topLevelKey)
                default: continue
                }
            }
            return nil
        }

        private mutating func readString() -> Range<Int> {
            let start = index
            while index < text.count, text[index] != UInt8(ascii: "\"") {
                index += text[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            let end = min(index, text.count)
            index = min(index + 1, text.count)
            return start..<end
        }

        private var isFollowedByColon: Bool {
            var next = index
            while " \t\r\n".utf8.contains(text[next]) { next += 1 }
            return text[next] == UInt8(ascii: ":")
        }
    }
}
