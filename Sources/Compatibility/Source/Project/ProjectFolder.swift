import Glibc
import SystemCalls

/// Finds the source files of the projects that some paths belong to.
enum ProjectFolder {
    /// The files below the folders of the projects, each once and in order, with their paths from the root of the system,
    /// and behind them those that are read for themselves.
    ///
    /// A project's folder is the next one, from a path upward, that has `.git` or a configuration. Where there is none, a
    /// folder is a project of its own, and so is a file.
    ///
    /// - Parameters:
    ///   - paths: what the project is looked for around.
    ///   - inputs: the files that are read, also those that a project leaves out.
    ///   - choice: what a project leaves out.
    /// - Returns: the files, and whether the builds or settings of the projects speak of Redis.
    static func contents(
        around paths: [FilePath], inputs: [FilePath], _ choice: FolderWalk.Choice
    ) -> (files: [SourceProject.File], namesRedis: Bool) {
        var roots: Set<FilePath> = []
        for path in paths where path.text != "-" {
            let whole = path.absolute
            if let root = root(of: whole) ?? (InputFinder.isFolder(whole) ? whole : nil) { roots.insert(root) }
        }
        var known: Set<FilePath> = []
        var files: [SourceProject.File] = []
        var builds = BuildMention()
        for root in roots.sorted() where !roots.contains(where: { isBelow(root, $0) }) {
            for path in FolderWalk(root, choice).files {
                builds.look(at: path)
                if isSource(path), known.insert(path).inserted { files.append(file(path, below: root)) }
            }
        }
        for path in inputs.map(\.absolute) where isSource(path) && isFile(path) && known.insert(path).inserted {
            files.append(file(path, below: roots.first { isBelow(path, $0) }))
        }
        return (files, builds.namesRedis)
    }

    private static func isBelow(_ path: FilePath, _ folder: FilePath) -> Bool {
        path.bytes.starts(with: folder.appending([]).bytes) && path != folder
    }

    private static func file(_ path: FilePath, below root: FilePath?) -> SourceProject.File {
        let start = root.map { $0.appending([]).bytes.count } ?? 1
        return SourceProject.File(file: path, name: FilePath(bytes: Array(path.bytes.dropFirst(start))).text)
    }

    private static func root(of path: FilePath) -> FilePath? {
        var folder = path
        while folder.bytes.count > 1 {
            for mark in [".git", Configuration.fileName] {
                if folder.appending(Array(mark.utf8)).withSystemPath({ access($0, F_OK) }) == 0 { return folder }
            }
            folder = folder.parent
        }
        return nil
    }

    /// What a pipe or device has is there once, for the one who reads the input.
    private static func isFile(_ path: FilePath) -> Bool { path.status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

    /// The ending is one of a language that is read, or there is none.
    private static func isSource(_ path: FilePath) -> Bool {
        path.text != "-" && DialectList.mayBeSource(Recognition.plainName(path.text))
    }
}
