import Glibc
import SystemCalls

/// What the `.gitignore` files around a folder say of its entries: those of the folders above it up to the repository's, its
/// own, and the repository's `.git/info/exclude`.
///
/// Without a repository the files below the folder that was named count all the same, so that an unpacked archive is read
/// as the checkout was.
struct IgnoreRules {
    private struct Level {
        /// How many parts the path of the file's folder has.
        let depth: Int
        let file: IgnoreFile
    }

    /// From the weakest to the strongest.
    private var levels: [Level] = []
    /// The path of the folder in its parts.
    private var path: [[UInt8]]
    /// Files that could not be read.
    private(set) var problems: [InputProblem] = []

    /// A longer file is none.
    private static let maximumBytes = 1 << 20

    /// The rules for what is in a folder.
    init(_ folder: FilePath) {
        let whole = folder.resolved ?? folder
        path = whole.bytes.split(separator: UInt8(ascii: "/")).map { Array($0) }
        guard let root = Self.repository(around: path) else {
            read(folder, depth: path.count)
            return
        }
        for depth in root...path.count {
            enter(Self.folder(path[..<depth]), depth: depth)
        }
    }

    /// The rules in a folder of this one; what could not be read is in its problems.
    func within(_ name: [UInt8], at folder: FilePath) -> IgnoreRules {
        var inner = self
        inner.problems = []
        inner.path.append(name)
        inner.enter(folder, depth: inner.path.count)
        return inner
    }

    /// Whether an entry of the folder is ignored; nil if no file is about it.
    func ignores(_ name: [UInt8], isFolder: Bool) -> Bool? {
        guard !levels.isEmpty else { return nil }
        let entry = path + [name]
        for level in levels.reversed() {
            if let isIgnored = level.file.ignores(entry[level.depth...], isFolder: isFolder) { return isIgnored }
        }
        return nil
    }

    /// Adds what a folder's own files say; a repository's folder ends what those above have said.
    private mutating func enter(_ folder: FilePath, depth: Int) {
        let git = folder.appending(Array(".git".utf8))
        if git.withSystemPath({ access($0, F_OK) }) == 0 {
            levels = []
            if let exclude = Self.exclude(git) { read(exclude, in: depth) }
        }
        read(folder, depth: depth)
    }

    private mutating func read(_ folder: FilePath, depth: Int) {
        read(folder.appending(Array(".gitignore".utf8)), in: depth)
    }

    private mutating func read(_ path: FilePath, in depth: Int) {
        guard path.withSystemPath({ access($0, F_OK) }) == 0 else { return }
        do throws(InputProblem) {
            let file = IgnoreFile(try Self.content(path))
            if !file.isEmpty { levels.append(Level(depth: depth, file: file)) }
        } catch {
            problems.append(
                InputProblem(
                    location: error.location, message: "\(error.message): what it ignores is read", isFailure: false))
        }
    }

    private static func content(_ path: FilePath) throws(InputProblem) -> [UInt8] {
        let stream = try ByteStream(path)
        stream.fill(upTo: maximumBytes + 1)
        if let problem = stream.problem { throw problem }
        guard stream.window.count <= maximumBytes else {
            throw InputProblem(
                location: Location(path: path.text), message: "is longer than \(Wording.bytes(maximumBytes))")
        }
        return Array(stream.window)
    }

    /// How many parts the path of the repository around a folder has; nil if there is none.
    private static func repository(around path: [[UInt8]]) -> Int? {
        for depth in stride(from: path.count, through: 0, by: -1) {
            let git = folder(path[..<depth]).appending(Array(".git".utf8))
            if git.withSystemPath({ access($0, F_OK) }) == 0 { return depth }
        }
        return nil
    }

    private static func folder(_ parts: ArraySlice<[UInt8]>) -> FilePath {
        FilePath(bytes: parts.isEmpty ? [UInt8(ascii: "/")] : Array(parts.map { [UInt8(ascii: "/")] + $0 }.joined()))
    }

    /// `.git/info/exclude`; a worktree's `.git` is a file that names a folder, and that the repository's.
    private static func exclude(_ git: FilePath) -> FilePath? {
        var folder = git
        if git.status.map({ $0.st_mode & S_IFMT == S_IFREG }) ?? false {
            guard let named = reference(git, prefix: "gitdir: ", in: git.parent) else { return nil }
            folder = reference(named.appending(Array("commondir".utf8)), prefix: "", in: named) ?? named
        }
        return folder.appending(Array("info/exclude".utf8))
    }

    /// The path that a small file holds behind a prefix.
    private static func reference(_ file: FilePath, prefix: String, in folder: FilePath) -> FilePath? {
        guard let text = try? content(file), text.starts(with: prefix.utf8) else { return nil }
        let path = Array(text.dropFirst(prefix.utf8.count).prefix { $0 != 10 && $0 != 13 })
        return path.first == UInt8(ascii: "/") ? FilePath(bytes: path) : folder.appending(path)
    }
}
