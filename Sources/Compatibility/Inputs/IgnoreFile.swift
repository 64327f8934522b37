/// The lines of a `.gitignore`, as gitignore(5) says.
///
///     *.log          a name anywhere below
///     /build         here alone; so does a slash in the middle
///     cache/         folders alone
///     a/**/b         any number of folders between
///     !keep.log      not ignored after all; the last line that matches counts
struct IgnoreFile {
    private struct Line {
        let pattern: GlobPath
        let isNegated: Bool
        let isForFolders: Bool
        /// Whether the pattern is a name that may be anywhere below.
        let isName: Bool
    }

    private let lines: [Line]

    /// Reads the text of a file.
    init(_ text: [UInt8]) {
        // Git passes over a byte order mark as well.
        let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text[3...] : text[...]
        lines = text.split(separator: 10).compactMap { Self.line($0) }
    }

    var isEmpty: Bool { lines.isEmpty }

    private static func line(_ text: ArraySlice<UInt8>) -> Line? {
        var rest = text.last == 13 ? text.dropLast() : text
        guard rest.first != UInt8(ascii: "#") else { return nil }
        while rest.last == 32, !isEscaped(rest) { rest = rest.dropLast() }
        let isNegated = rest.first == UInt8(ascii: "!")
        if isNegated { rest = rest.dropFirst() }
        let isForFolders = rest.last == UInt8(ascii: "/")
        if isForFolders { rest = rest.dropLast() }
        guard !rest.isEmpty else { return nil }
        let isName = !rest.contains(UInt8(ascii: "/"))
        return Line(pattern: GlobPath(rest), isNegated: isNegated, isForFolders: isForFolders, isName: isName)
    }

    /// Whether a backslash stands before the last byte.
    private static func isEscaped(_ text: ArraySlice<UInt8>) -> Bool {
        !text.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2)
    }

    /// Whether an entry is ignored; nil if no line is about it.
    ///
    /// - Parameter path: its parts from the folder of the file on.
    func ignores(_ path: ArraySlice<[UInt8]>, isFolder: Bool) -> Bool? {
        let match = lines.last { line in
            if line.isForFolders && !isFolder { return false }
            return line.pattern.matches(line.isName ? path.suffix(1) : path)
        }
        return match.map { !$0.isNegated }
    }
}

/// A pattern of paths with `*`, `?`, `[a-z]`, `**` and backslashes, as Git's wildmatch reads it.
///
/// A match takes a time that grows with the product of both lengths, whatever the pattern.
struct GlobPath {
    private enum Part {
        /// `**`: any number of folders.
        case anyFolders
        case name(GlobName)
        /// What no path has: two slashes in a row, a set without its end.
        case nothing
    }

    private let parts: [Part]

    init(_ text: ArraySlice<UInt8>) {
        let rest = text.first == UInt8(ascii: "/") ? text.dropFirst() : text
        parts = Self.split(rest)?.map { Self.part($0) } ?? [.nothing]
    }

    /// The parts between the slashes, but for those in a set; nil if a set has no end.
    private static func split(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var parts: [ArraySlice<UInt8>] = []
        var rest = text
        var start = text.startIndex
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"):
                // A slash parts names with a backslash before it, too.
                guard rest.popFirst() == UInt8(ascii: "/") else { break }
                parts.append(text[start..<rest.startIndex - 2])
                start = rest.startIndex
            case UInt8(ascii: "["): guard GlobName.passesSet(&rest) else { return nil }
            case UInt8(ascii: "/"):
                parts.append(text[start..<rest.startIndex - 1])
                start = rest.startIndex
            default: break
            }
        }
        return parts + [text[start...]]
    }

    private static func part(_ text: ArraySlice<UInt8>) -> Part {
        if text.isEmpty { return .nothing }
        return text.elementsEqual("**".utf8) ? .anyFolders : .name(GlobName(text))
    }

    func matches(_ path: ArraySlice<[UInt8]>) -> Bool {
        var (path, pattern) = (path, parts[...])
        var retry: (path: ArraySlice<[UInt8]>, pattern: ArraySlice<Part>)?
        while true {
            switch pattern.first {
            case .anyFolders:
                pattern = pattern.dropFirst()
                // `a/**` is what is in a, not a itself.
                if pattern.isEmpty { return !path.isEmpty }
                retry = (path, pattern)
                continue
            case .name(let glob):
                if let name = path.first, glob.matches(name) {
                    (path, pattern) = (path.dropFirst(), pattern.dropFirst())
                    continue
                }
            case .nothing: return false
            case nil: if path.isEmpty { return true }
            }
            guard let last = retry, !last.path.isEmpty else { return false }
            (path, pattern) = (last.path.dropFirst(), last.pattern)
            retry = (path, pattern)
        }
    }
}

/// The pattern of one name of a path.
private struct GlobName {
    private enum Piece {
        case byte(UInt8)
        case anyByte
        case anyBytes
        /// One byte of a set, or one that is not in it.
        case oneOf([ClosedRange<UInt8>], isNegated: Bool)
        /// A set without its end, which nothing matches.
        case nothing
    }

    private let pieces: [Piece]

    init(_ text: ArraySlice<UInt8>) {
        var pieces: [Piece] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): pieces.append(.anyBytes)
            case UInt8(ascii: "?"): pieces.append(.anyByte)
            case UInt8(ascii: "["): pieces.append(Self.set(&rest))
            case UInt8(ascii: "\\"): pieces.append(rest.popFirst().map { .byte($0) } ?? .nothing)
            default: pieces.append(.byte(byte))
            }
        }
        self.pieces = pieces
    }

    /// Passes over a set behind its opening bracket; false if it has no end.
    static func passesSet(_ rest: inout ArraySlice<UInt8>) -> Bool {
        if case .nothing = set(&rest) { false } else { true }
    }

    /// `a-z]`, `!abc]`, `[:digit:]x]`, `]]`.
    private static func set(_ rest: inout ArraySlice<UInt8>) -> Piece {
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest = rest.dropFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        var isFirst = true
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !isFirst { return .oneOf(ranges, isNegated: isNegated) }
            isFirst = false
            if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":") {
                guard let named = namedSet(&rest) else { return .nothing }
                ranges += named
                continue
            }
            guard let low = byte == UInt8(ascii: "\\") ? rest.popFirst() : byte else { return .nothing }
            guard rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") else {
                ranges.append(low...low)
                continue
            }
            rest = rest.dropFirst(2)
            guard let high = end == UInt8(ascii: "\\") ? rest.popFirst() : end else { return .nothing }
            if low <= high { ranges.append(low...high) }
        }
        return .nothing
    }

    /// `:alpha:]` of `[[:alpha:]]`.
    private static func namedSet(_ rest: inout ArraySlice<UInt8>) -> [ClosedRange<UInt8>]? {
        let name = rest.dropFirst().prefix { $0 != UInt8(ascii: ":") }
        let following = rest[name.endIndex...]
        guard following.starts(with: Array(":]".utf8)),
            let ranges = namedSets[String(decoding: name, as: UTF8.self)]
        else { return nil }
        rest = following.dropFirst(2)
        return ranges
    }

    private static let namedSets: [String: [ClosedRange<UInt8>]] = [
        "alpha": [65...90, 97...122], "digit": [48...57], "alnum": [48...57, 65...90, 97...122],
        "upper": [65...90], "lower": [97...122], "xdigit": [48...57, 65...70, 97...102], "blank": [32...32, 9...9],
        "space": [32...32, 9...13], "punct": [33...47, 58...64, 91...96, 123...126], "print": [32...126],
        "graph": [33...126], "cntrl": [0...31, 127...127],
    ]

    func matches(_ name: [UInt8]) -> Bool {
        var (place, index) = (0, 0)
        var retry: (place: Int, index: Int)?
        while true {
            if index < pieces.count, case .anyBytes = pieces[index] {
                index += 1
                retry = (place, index)
            } else if index < pieces.count, place < name.count, Self.matches(pieces[index], name[place]) {
                (place, index) = (place + 1, index + 1)
            } else if index == pieces.count, place == name.count {
                return true
            } else if let last = retry, last.place < name.count {
                (place, index) = (last.place + 1, last.index)
                retry = (place, index)
            } else {
                return false
            }
        }
    }

    private static func matches(_ piece: Piece, _ byte: UInt8) -> Bool {
        switch piece {
        case .byte(let wanted): byte == wanted
        case .anyByte: true
        case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        case .anyBytes, .nothing: false
        }
    }
}
