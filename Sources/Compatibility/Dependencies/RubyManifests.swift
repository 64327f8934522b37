import CommandCatalog

/// Reads the manifests of Ruby projects.
enum RubyManifests {
    /// `gem "sidekiq"`, `spec.add_dependency "redis"`, and the indented `sidekiq (7.2.0)` of a lock.
    static func gems(_ text: ManifestText) -> [Dependency] {
        text.lines.compactMap { line in
            let body = text.trimmed(line.lowerBound..<text.end(of: line, beforeComment: UInt8(ascii: "#")))
            if text.starts(body, with: "gem ") || text.starts(body, with: "gem(") || text.contains(body, "_dependency")
            {
                return text.quoted(in: body).first.map { text.dependency($0, in: .rubygems) }
            }
            // A lock has the gems that it chose four columns in, and what these need two columns further.
            guard body.lowerBound - line.lowerBound == 4, let space = text.find(" (", in: body) else { return nil }
            return text.dependency(body.lowerBound..<space, in: .rubygems)
        }
    }
}
