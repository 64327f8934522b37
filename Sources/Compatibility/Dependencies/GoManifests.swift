import CommandCatalog

/// Reads `go.mod`.
enum GoManifests {
    /// The modules that are required; not those that only another module needs (`// indirect`).
    static func module(_ text: ManifestText) -> [Dependency] {
        var isRequiring = false
        return text.lines.compactMap { line in
            var body = text.trimmed(line)
            if text.starts(body, with: ")") { isRequiring = false }
            if text.starts(body, with: "require") {
                isRequiring = text.contains(body, "(")
                body = text.trimmed(body.lowerBound + "require".utf8.count..<body.upperBound)
            } else if !isRequiring {
                return nil
            }
            guard !text.contains(body, "// indirect"), let space = text.find(" ", in: body) else { return nil }
            let path = body.lowerBound..<space
            return text.contains(path, ".") ? text.dependency(path, in: .go) : nil
        }
    }
}
