// In a comment of any language, behind the code that it is about or on a line of its own above it:
//
//   r.keys("*")  # clusterctl:ignore refused-command -- only ever run against the old server
//   // clusterctl:ignore CTL001, CTL007 -- likewise
//   /* clusterctl:ignore-file other-database -- this whole file is about the old server */

/// A comment that asks for findings to be ignored.
struct IgnoreComment: Hashable {
    /// The rules that it names, as it names them.
    var names: [String]
    /// What stands behind `--`; nil where nothing does.
    var reason: String?
    /// The line that it stands on, from 1.
    var line: Int
    /// Where on that line, from the marker to the end of the comment.
    var columns: Range<Int>
    /// The comment from its marker on.
    var text: String
    /// The line whose findings it is about; nil for the whole file.
    var target: Int?

    private static let marker = Array("clusterctl:ignore".utf8)

    /// The comments of a file, in their order.
    static func read(_ bytes: [UInt8]) -> [IgnoreComment] {
        guard hasMarker(bytes) else { return [] }
        var comments: [IgnoreComment] = []
        var isAlone: Set<Int> = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let found = onLine(line, number: index + 1) else { continue }
            comments.append(found.comment)
            if found.isAlone { isAlone.insert(index + 1) }
        }
        // From below, so that each line is looked at once: a comment above another one is about what that is about.
        var targets: [Int: Int] = [:]
        for index in comments.indices.reversed()
        where isAlone.contains(comments[index].line) && comments[index].target != nil {
            let line = comments[index].line
            let target = lineOfCode(below: line, in: lines, isIgnoring: { isAlone.contains($0) }, targets)
            comments[index].target = target
            targets[line] = target
        }
        return comments
    }

    /// The comments of a file that is in memory already.
    static func read(_ window: UnsafeRawBufferPointer) -> [IgnoreComment] {
        hasMarker(window) ? read(Array(window)) : []
    }

    /// The first line below a comment's that is not blank and no comment itself.
    private static func lineOfCode(
        below line: Int, in lines: [ArraySlice<UInt8>], isIgnoring: (_ line: Int) -> Bool, _ targets: [Int: Int]
    ) -> Int {
        let beginnings = beginnings(like: lines[line - 1])
        var target = line + 1
        while target < lines.count {
            if let known = targets[target] { return known }
            let text = lines[target - 1].drop { $0 <= UInt8(ascii: " ") }
            guard text.isEmpty || isIgnoring(target) || beginnings.contains(where: { text.starts(with: $0.utf8) })
            else { break }
            target += 1
        }
        return target
    }

    /// What comments begin with where one is written like this line: what it is in another language may be code here, as
    /// a `#name` of JavaScript.
    private static func beginnings(like line: ArraySlice<UInt8>) -> [String] {
        let text = line.drop { $0 <= UInt8(ascii: " ") }
        let families = [["//", "/*", "* ", "*/", "*\r"], ["#"], ["--"], [";"], ["<!--"], ["{#"], ["%"]]
        return families.first { $0.contains { text.starts(with: $0.utf8) } } ?? []
    }

    /// The comment on a line, and whether it stands there alone; nil where the line has none.
    private static func onLine(
        _ bytes: ArraySlice<UInt8>, number: Int
    ) -> (comment: IgnoreComment, isAlone: Bool)? {
        guard hasMarker(bytes) else { return nil }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        let word = Array("clusterctl:ignore".unicodeScalars)
        guard let start = scalars.indices.first(where: { scalars[$0...].starts(with: word) }),
            let isAlone = isAlone(behind: scalars[..<start])
        else { return nil }
        var rest = scalars[(start + word.count)...]
        let isWholeFile = rest.starts(with: Array("-file".unicodeScalars))
        if isWholeFile { rest = rest.dropFirst(5) }
        rest = rest[..<end(of: rest)]
        // `clusterctl:ignored` is another word.
        guard rest.first.map(\.properties.isWhitespace) ?? true else { return nil }
        let (names, reason) = parts(text(rest))
        let comment = IgnoreComment(
            names: names, reason: reason, line: number, columns: start + 1..<rest.endIndex + 1,
            text: text(scalars[start..<rest.endIndex]), target: isWholeFile ? nil : number)
        return (comment, isAlone)
    }

    /// Whether nothing but the beginning of a comment stands before the marker; nil where no comment begins there.
    private static func isAlone(behind scalars: ArraySlice<Unicode.Scalar>) -> Bool? {
        let before = text(scalars)
        let openers: Set<Character> = ["#", "/", "*", "-", ";", "!", "%", "["]
        let beginning = before.reversed().drop(while: \.isWhitespace)
        let opener = beginning.prefix { openers.contains($0) }
        let isComment = opener.first.map { $0 != "/" && $0 != "-" && $0 != "[" } ?? false || opener.count >= 2
        guard isComment else { return nil }
        let rest = beginning.dropFirst(opener.count).drop(while: \.isWhitespace)
        // `<!--` and `{#` begin with a letter that is no opener by itself.
        return rest.allSatisfy { $0 == "<" || $0 == "{" || $0.isWhitespace }
    }

    /// Where the comment ends: before what closes a comment, and the white space there.
    private static func end(of scalars: ArraySlice<Unicode.Scalar>) -> Int {
        let closers = ["*/", "-->", "]]", "#}", "%>"].map { Array($0.unicodeScalars) }
        var end =
            scalars.indices.first { index in closers.contains { scalars[index...].starts(with: $0) } }
            ?? scalars.endIndex
        while end > scalars.startIndex, scalars[end - 1].properties.isWhitespace { end -= 1 }
        return end
    }

    /// The names, with commas or blanks between, and the reason behind `--`.
    private static func parts(_ text: String) -> (names: [String], reason: String?) {
        let words = text.split(whereSeparator: \.isWhitespace)
        let dashes = words.firstIndex(of: "--") ?? words.endIndex
        let names = words[..<dashes].flatMap { $0.split(separator: ",").map(String.init) }
        let reason = words[dashes...].dropFirst().joined(separator: " ")
        return (names, reason.isEmpty ? nil : reason)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// Whether the marker is among the bytes, by Horspool's algorithm: where the byte under its end is not in it, it moves
    /// on by its whole length.
    private static func hasMarker(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        bytes.withContiguousStorageIfAvailable { bytes in
            var end = marker.count - 1
            while end < bytes.count {
                let step = steps[Int(bytes[end])]
                if step == 0, bytes[(end + 1 - marker.count)...end].elementsEqual(marker) { return true }
                end += max(1, step)
            }
            return false
        } ?? false
    }

    /// How far the marker moves on for the byte under its end; 0 for its own last byte.
    private static let steps: [Int] = {
        var steps = [Int](repeating: marker.count, count: 256)
        for (index, byte) in marker.enumerated() { steps[Int(byte)] = marker.count - 1 - index }
        return steps
    }()
}
