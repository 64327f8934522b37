import Glibc
import SystemCalls

/// Finds the source files of the projects that some paths belong to.
enum ProjectFolder {
    /// The files below the folders of the projects, each once and in order, with their paths from the root of the system.
    ///
    /// A project's folder is the next one, from a path upward, that has `.git` or a configuration. Where there is none, a
    /// folder is a project of its own, and so is a file.
    static func files(around paths: [String], ignores: (String) -> Bool) -> [SourceProject.File] {
        var roots: [String] = []
        var alone: [String] = []
        for path in paths where path != "-" {
            let whole = absolute(path)
            if let root = root(of: whole) {
                if !roots.contains(root) { roots.append(root) }
            } else if InputFinder.isFolder(whole) {
                if !roots.contains(whole) { roots.append(whole) }
            } else {
                alone.append(whole)
            }
        }
        var files: [SourceProject.File] = []
        for root in roots.sorted() where !roots.contains(where: { root.hasPrefix($0 + "/") }) {
            for path in InputFinder.files(below: root) where isSource(path) && !ignores(path) {
                files.append(SourceProject.File(path: path, name: String(path.dropFirst(root.count + 1))))
            }
        }
        for path in alone where !roots.contains(where: { path.hasPrefix($0 + "/") }) {
            files.append(
                SourceProject.File(
                    path: path, name: ModuleFinder.parts(of: path).folder.isEmpty ? path : String(path.dropFirst())))
        }
        return files
    }

    /// The path from the root of the system, without `.` and `..`.
    static func absolute(_ path: String) -> String {
        var whole = path
        if !path.hasPrefix("/"), let folder = getcwd(nil, 0) {
            whole = String(cString: folder) + "/" + path
            free(folder)
        }
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func root(of path: String) -> String? {
        var folder = path
        while folder.count > 1 {
            if access(folder + "/.git", F_OK) == 0 || access(folder + "/" + Configuration.fileName, F_OK) == 0 {
                return folder
            }
            folder = ModuleFinder.parts(of: folder).folder
        }
        return nil
    }

    /// The ending is one of a language that is read, or there is none.
    private static func isSource(_ path: String) -> Bool {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        return DialectList.mayBeSource(name)
    }
}
