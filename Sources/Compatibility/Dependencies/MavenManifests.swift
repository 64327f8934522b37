import CommandCatalog

/// Reads the manifests of projects whose packages come from Maven repositories.
enum MavenManifests {
    /// Each `<dependency>` with its group and artifact.
    static func project(_ text: ManifestText) -> [Dependency] {
        var dependencies: [Dependency] = []
        var index = 0
        while let start = text.find("<dependency>", in: index..<text.count) {
            let end = text.find("</dependency>", in: start..<text.count) ?? text.count
            if let group = element("groupId", in: start..<end, of: text),
                let artifact = element("artifactId", in: start..<end, of: text)
            {
                let name = text.string(group) + ":" + text.string(artifact)
                dependencies.append(text.dependency(named: name, at: artifact, in: .maven))
            }
            index = end
        }
        return dependencies
    }

    private static func element(_ name: String, in range: Range<Int>, of text: ManifestText) -> Range<Int>? {
        guard let start = text.find("<\(name)>", in: range) else { return nil }
        let content = start + name.utf8.count + 2
        guard let end = text.find("</\(name)>", in: content..<range.upperBound) else { return nil }
        return text.trimmed(content..<end)
    }

    /// `"group:artifact:version"` of Gradle, `"group" % "artifact"` of sbt, `group = "…", name = "…"` of both.
    static func gradle(_ text: ManifestText) -> [Dependency] {
        text.lines.compactMap { line in
            let strings = text.quoted(in: line)
            guard let first = strings.first else { return nil }
            for string in strings {
                let parts = text.string(string).split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count >= 2, parts[0].contains("."), !parts[1].isEmpty else { continue }
                return text.dependency(named: "\(parts[0]):\(parts[1])", at: string, in: .maven)
            }
            let isPair = text.contains(line, "%") || text.contains(line, "group")
            guard isPair, strings.count >= 2, text.string(first).contains(".") else { return nil }
            return text.dependency(
                named: text.string(first) + ":" + text.string(strings[1]), at: strings[1], in: .maven)
        }
    }
}
