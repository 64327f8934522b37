/// Which lines have changed since a revision, after `git diff --unified=0` with the prefixes `a/` and `b/`.
public struct ChangedLines: Sendable {
    /// The repository's absolute path.
    private let root: String
    private var lines: [String: [ClosedRange<Int>]] = [:]
    private var wholeFiles: Set<String> = []

    /// The lines that a patch adds, by files below `root`.
    ///
    /// - Parameters:
    ///   - patch: the output of `git diff`.
    ///   - wholeFiles: files that are new or binary, from the root: all of them counts as changed.
    public init(root: String, patch: [UInt8], wholeFiles: [String]) {
        self.root = root == "/" ? "" : root
        self.wholeFiles = Set(wholeFiles)
        var file: String?
        var left = 0
        for bytes in patch.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            // What a hunk holds may look like a header: it is counted off.
            if left > 0, let first = bytes.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
                left -= 1
                continue
            }
            let line = String(decoding: bytes, as: UTF8.self)
            if line.hasPrefix("+++ ") {
                file = Self.file(String(line.dropFirst(4)))
            } else if line.hasPrefix("@@ "), let hunk = Self.hunk(line) {
                left = hunk.removed + hunk.added.count
                if let file, let last = hunk.added.last {
                    lines[file, default: []].append(hunk.added.lowerBound...last)
                }
            }
        }
    }

    /// Whether a line of a file has changed, or, where `line` is nil, anything of it; a file outside of the repository
    /// counts as changed.
    public func contains(_ path: String, line: Int?) -> Bool {
        guard path.hasPrefix(root + "/") else { return true }
        let file = String(path.dropFirst(root.count + 1))
        if wholeFiles.contains(file) { return true }
        guard let ranges = lines[file] else { return false }
        guard let line else { return true }
        return ranges.contains { $0.contains(line) }
    }

    /// `b/path`, or the same in quotes with C's escapes where the name has special characters; nil for `/dev/null`.
    private static func file(_ text: String) -> String? {
        // A name with a blank in it ends with a tab.
        let name = text.hasPrefix("\"") ? unquoted(text) : text.hasSuffix("\t") ? String(text.dropLast()) : text
        return name.hasPrefix("b/") ? String(name.dropFirst(2)) : nil
    }

    private static func unquoted(_ text: String) -> String {
        let bytes = Array(text.utf8.dropFirst())
        var name: [UInt8] = []
        var index = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                name.append(bytes[index])
                index += 1
                continue
            }
            let octal = bytes[(index + 1)...].prefix(3).prefix { (48...55).contains($0) }
            if octal.count == 3 {
                name.append(octal.reduce(0) { $0 &* 8 &+ ($1 - 48) })
                index += 4
            } else {
                let escapes: [Character: UInt8] = ["a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13]
                name.append(escapes[Character(Unicode.Scalar(bytes[index + 1]))] ?? bytes[index + 1])
                index += 2
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// `@@ -12,3 +14 @@ …`: how many lines go, and which lines come; a missing count is 1.
    private static func hunk(_ line: String) -> (removed: Int, added: Range<Int>)? {
        let words = line.split(separator: " ")
        guard words.count >= 3, let old = numbers(words[1], "-"), let new = numbers(words[2], "+") else { return nil }
        return (old.count, new.start..<new.start + new.count)
    }

    private static func numbers(_ word: Substring, _ sign: Character) -> (start: Int, count: Int)? {
        let parts = word.dropFirst().split(separator: ",")
        guard word.first == sign, let start = parts.first.flatMap({ Int($0) }), parts.count <= 2, start >= 0 else {
            return nil
        }
        guard parts.count == 2 else { return (start, 1) }
        return Int(parts[1]).flatMap { $0 >= 0 && $0 < 1 << 40 ? (start, $0) : nil }
    }
}
