/// Patterns of paths of which one is to match.
///
/// Those without a wildcard are looked up, however many there are; the others are tried one by one.
public struct PathPatternSet: Sendable {
    /// Names that a part of the path may have anywhere.
    private var names: Set<Substring> = []
    /// Beginnings of paths, their parts joined by slashes.
    private var beginnings: Set<String> = []
    /// What has a wildcard.
    private(set) var tried: [PathPattern] = []

    /// A set of patterns.
    public init(_ patterns: [PathPattern]) {
        for pattern in patterns {
            switch pattern.literal {
            case .name(let name)?: names.insert(name[...])
            case .beginning(let text)?: beginnings.insert(text)
            case nil: tried.append(pattern)
            }
        }
    }

    /// Whether a relative path matches one of them.
    public func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        if !names.isEmpty, parts.contains(where: names.contains) { return true }
        return hasBeginning(parts) || tried.contains { $0.matches(path) }
    }

    private func hasBeginning(_ parts: [Substring]) -> Bool {
        guard !beginnings.isEmpty else { return false }
        var beginning = ""
        for part in parts {
            if !beginning.isEmpty { beginning += "/" }
            beginning += part
            if beginnings.contains(beginning) { return true }
        }
        return false
    }
}
