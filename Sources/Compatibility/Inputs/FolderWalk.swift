import Glibc
import SystemCalls

/// The files of a folder and of the folders below it that are to be read, and what was left out.
struct FolderWalk {
    /// What is read below a folder.
    struct Choice {
        /// Whether everything is, but for what a version control keeps.
        var isEverything = false
        /// Whether a path is left out by the configuration.
        var isConfiguredOut: @Sendable (String) -> Bool = { _ in false }
        /// The wish that the walk ends with what it has found.
        var stop: StopRequest?

        fileprivate var isStopped: Bool { stop?.hasCome ?? false }
    }

    /// In the order of their paths.
    private(set) var files: [FilePath] = []
    private(set) var leftOut = LeftOut()
    /// Folders that could not be read.
    private(set) var problems: [InputProblem] = []
    private let choice: Choice

    /// Folders of what others have written, or programs: what linters leave out where nobody says otherwise.
    static let usualNames: Set<[UInt8]> = Set(
        [
            "node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "Godeps",
            "Pods", "Carthage", "build", "_build", "dist", "target", "buck-out", "bazel-out", "venv", "site-packages",
            "__pypackages__", "__pycache__",
        ].map { Array($0.utf8) })

    /// Hidden folders that hold the project's own files: what CI runs.
    private static let readHiddenNames: Set<[UInt8]> = Set(
        [
            ".azure", ".azure-devops", ".azure-pipelines", ".azuredevops", ".buildkite", ".ci", ".circleci",
            ".devcontainer",
            ".docker", ".drone", ".evergreen", ".forgejo", ".gitea", ".github", ".gitlab", ".gitlab-ci", ".husky",
            ".jenkins", ".kokoro", ".pipelines", ".semaphore", ".teamcity", ".tekton", ".travis", ".woodpecker",
        ].map { Array($0.utf8) })

    /// Where a version control keeps what was: nothing there is a file of the project.
    private static let storeNames: Set<[UInt8]> = Set([".git", ".hg", ".svn", ".bzr", "CVS"].map { Array($0.utf8) })

    /// Walks through a folder.
    ///
    /// Links are not followed, so that nothing is read twice and no loop is entered.
    init(_ root: FilePath, _ choice: Choice) {
        self.choice = choice
        var folders = [(path: root, rules: choice.isEverything ? nil : IgnoreRules(root))]
        problems += folders[0].rules?.problems ?? []
        while !choice.isStopped, let (folder, rules) = folders.popLast() {
            do throws(FolderListing.Failure) {
                for entry in try FolderListing.entries(in: folder) where !choice.isStopped {
                    let path = folder.appending(entry.name)
                    guard take(entry, path, rules) else { continue }
                    let inner = rules?.within(entry.name, at: path)
                    problems += inner?.problems ?? []
                    folders.append((path, inner))
                }
            } catch {
                fail(folder, error.code)
            }
        }
        files.sort()
        problems.sort { $0.location.path < $1.location.path }
    }

    /// Takes note of an entry; returns whether it is a folder to be entered.
    private mutating func take(_ entry: FolderListing.Entry, _ path: FilePath, _ rules: IgnoreRules?) -> Bool {
        switch entry.kind {
        case .file:
            if rules?.ignores(entry.name, isFolder: false) ?? false {
                leftOut.ignoredFiles += 1
            } else if !choice.isEverything && choice.isConfiguredOut(path.text) {
                leftOut.configuredFiles += 1
            } else {
                files.append(path)
            }
        case .folder: return isEntered(entry.name, rules)
        case .link: leftOut.links += 1
        case .special: leftOut.specialFiles += 1
        case .unknown(let code): fail(path, code)
        }
        return false
    }

    private mutating func isEntered(_ name: [UInt8], _ rules: IgnoreRules?) -> Bool {
        if Self.storeNames.contains(name) { return false }
        if choice.isEverything { return true }
        switch rules?.ignores(name, isFolder: true) {
        case true?: leftOut.ignoredFolders += 1
        // A line that says so brings a folder back.
        case false?: return true
        case nil:
            if Self.usualNames.contains(name) {
                leftOut.usualFolders[String(decoding: name, as: UTF8.self), default: 0] += 1
            } else if name.first == UInt8(ascii: "."), !Self.readHiddenNames.contains(name) {
                leftOut.hiddenFolders += 1
            } else {
                return true
            }
        }
        return false
    }

    private mutating func fail(_ path: FilePath, _ code: CInt) {
        let reason = String(cString: strerror(code))
        problems.append(
            InputProblem(location: Location(path: path.text), message: "cannot be read: \(reason)"))
    }
}
