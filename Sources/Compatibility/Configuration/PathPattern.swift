/// A pattern of paths, as in a `.gitignore`: `*` and `?` stay within a part of the path, `**` goes over parts; what matches
/// a folder matches all below it; without a `/` (but one at its end) it matches a part anywhere.
public struct PathPattern: Sendable, Hashable {
    private let parts: [[Character]]
    private let isAnywhere: Bool

    /// A pattern as it is written.
    public init(_ text: String) {
        let parts = text.split(separator: "/").map { Array($0) }.filter { $0 != ["."] }
        isAnywhere = parts.count == 1 && !text.hasPrefix("/")
        self.parts = parts
    }

    /// What a pattern without a wildcard matches.
    enum Literal {
        /// A part of this name, wherever it is.
        case name(String)
        /// Paths that begin with these parts.
        case beginning(String)
    }

    /// What it matches where it has no wildcard; nil where it has one, or matches nothing.
    var literal: Literal? {
        guard !parts.isEmpty, !parts.contains(where: { $0.contains("*") || $0.contains("?") }) else { return nil }
        return isAnywhere ? .name(String(parts[0])) : .beginning(parts.map { String($0) }.joined(separator: "/"))
    }

    /// Whether a relative path matches.
    public func matches(_ path: String) -> Bool {
        let path = path.split(separator: "/").map { Array($0) }
        guard let first = parts.first else { return false }
        if isAnywhere { return path.contains { Self.matches($0[...], first[...]) } }
        return Self.matches(path[...], parts[...])
    }

    /// Whether the pattern's parts match the beginning of the path.
    ///
    /// Of several `**`, one step back to the last is enough, as with `*` in a part.
    private static func matches(_ path: ArraySlice<[Character]>, _ pattern: ArraySlice<[Character]>) -> Bool {
        var (path, pattern) = (path, pattern)
        var retry: (path: ArraySlice<[Character]>, pattern: ArraySlice<[Character]>)?
        while let part = pattern.first {
            if part == ["*", "*"] {
                pattern = pattern.dropFirst()
                retry = (path, pattern)
                // `a/**` is everything below a, not a itself.
                if pattern.isEmpty { return !path.isEmpty }
            } else if let name = path.first, matches(name[...], part[...]) {
                (path, pattern) = (path.dropFirst(), pattern.dropFirst())
            } else if let last = retry, !last.path.isEmpty {
                (path, pattern) = (last.path.dropFirst(), last.pattern)
                retry = (path, pattern)
            } else {
                return false
            }
        }
        return true
    }

    /// Whether a part of a path matches a part of a pattern, in a time that grows with the product of their lengths.
    private static func matches(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        var (name, pattern) = (name, pattern)
        var retry: (name: ArraySlice<Character>, pattern: ArraySlice<Character>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
            } else if let letter = name.first, pattern.first == "?" || pattern.first == letter {
                (name, pattern) = (name.dropFirst(), pattern.dropFirst())
            } else if name.isEmpty && pattern.isEmpty {
                return true
            } else if let last = retry, !last.name.isEmpty {
                (name, pattern) = (last.name.dropFirst(), last.pattern)
                retry = (name, pattern)
            } else {
                return false
            }
        }
    }
}
