import CommandCatalog

/// Reads the manifests of Python projects.
enum PythonManifests {
    /// One requirement a line; options and URLs are passed over.
    static func requirements(_ text: ManifestText) -> [Dependency] {
        text.lines.compactMap { line in
            let body = text.trimmed(line.lowerBound..<text.end(of: line, beforeComment: UInt8(ascii: "#")))
            return requirement(text, body)
        }
    }

    /// `[project]` with arrays of requirements, Poetry's and Pipenv's tables with a package a key.
    static func project(_ text: ManifestText) -> [Dependency] {
        var reader = ProjectReader(text: text)
        for line in text.lines { reader.read(line) }
        return reader.dependencies
    }

    /// The quoted requirements of `install_requires` and its like in a program, the indented ones in a `.cfg`.
    static func setup(_ text: ManifestText) -> [Dependency] {
        var dependencies: [Dependency] = []
        var isRequiring = false
        for line in text.lines {
            let body = text.trimmed(line.lowerBound..<text.end(of: line, beforeComment: UInt8(ascii: "#")))
            let begins = ["install_requires", "extras_require", "tests_require", "setup_requires", "requirements"]
                .contains { text.contains(body, $0) }
            let strings = text.quoted(in: body)
            if begins { isRequiring = true }
            guard isRequiring else { continue }
            if strings.isEmpty, !begins, body.lowerBound > line.lowerBound {
                dependencies += requirement(text, body).map { [$0] } ?? []
            }
            dependencies += strings.compactMap { requirement(text, text.trimmed($0)) }
            let closes = text[body.upperBound - 1] == UInt8(ascii: "]") || text.starts(body, with: "]")
            let isNextKey = !begins && strings.isEmpty && body.lowerBound == line.lowerBound && !body.isEmpty
            if closes || isNextKey { isRequiring = false }
        }
        return dependencies
    }

    /// `celery[redis]>=5.3; python_version > "3.8"`: a name, extras, then anything that is no further part of a name.
    static func requirement(_ text: ManifestText, _ range: Range<Int>) -> Dependency? {
        var end = range.lowerBound
        while end < range.upperBound, isName(text[end]) { end += 1 }
        guard end > range.lowerBound, isLetterOrDigit(text[range.lowerBound]) else { return nil }
        let name = range.lowerBound..<end
        var extras: [String] = []
        if end < range.upperBound, text[end] == UInt8(ascii: "[") {
            let close = text.find("]", in: end..<range.upperBound) ?? range.upperBound
            extras = text.string(end + 1..<close).lowercased().split(separator: ",").map { word in
                String(word.filter { $0 != " " })
            }
            end = min(close + 1, range.upperBound)
        }
        while end < range.upperBound, text[end] == UInt8(ascii: " ") { end += 1 }
        guard end == range.upperBound || "<>=!~;@(,".utf8.contains(text[end]) else { return nil }
        return text.dependency(name, in: .pypi, extras: extras)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            || byte | 0x20 >= UInt8(ascii: "a")
                && byte | 0x20 <= UInt8(ascii: "z")
    }
}

extension PythonManifests {
    /// Reads `pyproject.toml` line by line: in which table, and in which array of it.
    private struct ProjectReader {
        let text: ManifestText
        var dependencies: [Dependency] = []
        private var table = ""
        private var isInArray = false

        init(text: ManifestText) {
            self.text = text
        }

        mutating func read(_ line: Range<Int>) {
            let body = text.trimmed(line.lowerBound..<text.end(of: line, beforeComment: UInt8(ascii: "#")))
            guard !body.isEmpty else { return }
            if isInArray { return readArray(body) }
            if text[body.lowerBound] == UInt8(ascii: "[") {
                table = text.string(body).filter { !"[]\" ".contains($0) }
            } else if let equals = text.find("=", in: body) {
                readEntry(text.trimmed(body.lowerBound..<equals), value: text.trimmed(equals + 1..<body.upperBound))
            }
        }

        private mutating func readEntry(_ key: Range<Int>, value: Range<Int>) {
            if isTableOfPackages {
                let name = text.quoted(in: key).first ?? key
                let extras =
                    text.contains(value, "extras") ? text.quoted(in: value).map { text.string($0).lowercased() } : []
                if text.string(name) != "python" {
                    dependencies.append(text.dependency(name, in: .pypi, extras: extras))
                }
            } else if holdsRequirements(key: text.string(key)), text[value.lowerBound] == UInt8(ascii: "[") {
                isInArray = true
                readArray(value)
            }
        }

        private mutating func readArray(_ body: Range<Int>) {
            dependencies += text.quoted(in: body).compactMap { PythonManifests.requirement(text, text.trimmed($0)) }
            if text[body.upperBound - 1] == UInt8(ascii: "]") { isInArray = false }
        }

        private var isTableOfPackages: Bool {
            table == "packages" || table == "dev-packages"
                || table.hasPrefix("tool.poetry.") && table.hasSuffix("dependencies")
        }

        private func holdsRequirements(key: String) -> Bool {
            table == "project" && key == "dependencies" || table == "project.optional-dependencies"
                || table == "dependency-groups" || table.hasPrefix("tool.pdm.dev-dependencies")
                || table == "tool.uv" && key == "dev-dependencies"
        }
    }
}
