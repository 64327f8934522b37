import Foundation
import Glibc
import Presentation
import SystemCalls
import Testing

@testable import Compatibility

/// A folder with files in folders, taken away at the end.
final class TemporaryTree {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "clusterctl-tree-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { _ = Self.run("rm", "-rf", root) }

    /// Writes a file and the folders that it is in.
    func write(_ path: String, _ text: String = "") throws {
        let whole = URL(filePath: "\(root)/\(path)")
        try FileManager.default.createDirectory(
            at: whole.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: whole)
    }

    /// The files that a walk finds, from the root, in order.
    func found(_ choice: FolderWalk.Choice = FolderWalk.Choice(), below folder: String = "") -> [String] {
        let walk = FolderWalk(FilePath(folder.isEmpty ? root : "\(root)/\(folder)"), choice)
        return walk.files.map { String($0.text.dropFirst(root.count + 1)) }
    }

    /// What git says with these arguments; nil if it is not there.
    func git(_ arguments: String...) -> String? { Self.run(["git", "-C", root] + arguments) }

    private static func run(_ arguments: String...) -> String? { run(arguments) }

    private static func run(_ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}

@Suite("What is read below a folder") struct FolderWalkTests {
    @Test func `folders of others and hidden ones are left out, and read where they are named`() throws {
        let tree = try TemporaryTree()
        for path in [
            "a.py", "src/b.py", "node_modules/x.js", "src/vendor/c.php", "third_party/d.go", "build/e.py",
            "target/f.java", "dist/g.js", "venv/h.py", ".venv/i.py", ".github/j.sh", ".idea/l.sh", "builder/k.py",
            "src/.env", ".azure-pipelines/m.yml",
        ] {
            try tree.write(path)
        }
        #expect(
            tree.found() == [".azure-pipelines/m.yml", ".github/j.sh", "a.py", "builder/k.py", "src/.env", "src/b.py"])
        #expect(tree.found(below: "build") == ["build/e.py"])
        #expect(tree.found(below: ".venv") == [".venv/i.py"])
        #expect(tree.found(FolderWalk.Choice(isEverything: true)).count == 15)
        let leftOut = FolderWalk(FilePath(tree.root), FolderWalk.Choice()).leftOut
        #expect(leftOut.folders == 9)
        #expect(leftOut.hiddenFolders == 2)
        #expect(leftOut.usualFolders["vendor"] == 1)
    }

    @Test func `what a version control keeps is never read`() throws {
        let tree = try TemporaryTree()
        try tree.write(".git/hooks/x.sh")
        try tree.write("a.sh")
        #expect(tree.found(FolderWalk.Choice(isEverything: true)) == ["a.sh"])
    }

    @Test func `a gitignore counts without a repository, below its own folder`() throws {
        let tree = try TemporaryTree()
        try tree.write(".gitignore", "*.log\n!keep.log\n/generated\n!vendor/\n")
        for path in ["a.log", "keep.log", "src/b.log", "generated/c.py", "src/generated/d.py", "vendor/e.php"] {
            try tree.write(path)
        }
        #expect(tree.found() == [".gitignore", "keep.log", "src/generated/d.py", "vendor/e.php"])
        #expect(tree.found(below: "src") == ["src/b.log", "src/generated/d.py"])
        let leftOut = FolderWalk(FilePath(tree.root), FolderWalk.Choice()).leftOut
        #expect((leftOut.ignoredFiles, leftOut.ignoredFolders) == (2, 1))
    }

    @Test func `the files above count up to the repository, and so does its exclude file`() throws {
        let tree = try TemporaryTree()
        try tree.write(".gitignore", "*.log\n")
        try tree.write("repository/.git/info/exclude", "secret.py\n")
        try tree.write("repository/.gitignore", "/src/*.tmp\n")
        for name in ["a.log", "a.tmp", "a.py", "secret.py"] { try tree.write("repository/src/\(name)") }
        #expect(tree.found(below: "repository/src") == ["repository/src/a.log", "repository/src/a.py"])
    }

    @Test func `a worktree's exclude file is the repository's`() throws {
        let tree = try TemporaryTree()
        try tree.write("main/.git/info/exclude", "secret.py\n")
        try tree.write("main/.git/worktrees/w/commondir", "../..\n")
        try tree.write("w/.git", "gitdir: \(tree.root)/main/.git/worktrees/w\n")
        try tree.write("w/secret.py")
        try tree.write("w/a.py")
        #expect(tree.found(below: "w") == ["w/.git", "w/a.py"])
    }

    @Test func `links are not followed, and counted with sockets and pipes`() throws {
        let tree = try TemporaryTree()
        try tree.write("a.py")
        symlink(".", "\(tree.root)/loop")
        symlink("a.py", "\(tree.root)/b.py")
        symlink("nowhere", "\(tree.root)/dangling.py")
        mkfifo("\(tree.root)/pipe.py", 0o600)
        let walk = FolderWalk(FilePath(tree.root), FolderWalk.Choice())
        #expect(walk.files.count == 1)
        #expect((walk.leftOut.links, walk.leftOut.specialFiles) == (3, 1))
        #expect(walk.problems.isEmpty)
    }

    @Test func `a name that is not UTF-8 is read and shown with its bytes`() throws {
        let tree = try TemporaryTree()
        let path = FilePath(tree.root).appending([0x63, 0x61, 0x66, 0xE9] + Array(".sh".utf8))
        let text = "redis-cli keys x\n"
        let file = path.withSystemPath { open($0, O_WRONLY | O_CREAT, 0o600) }
        #expect(Glibc.write(file, text, text.utf8.count) == text.utf8.count)
        close(file)
        let result = Linter(LintOptions()).run([tree.root])
        #expect(result.summary.problems.isEmpty)
        #expect(result.findings.map(\.first.path) == ["\(tree.root)/caf\\xE9.sh"])
        #expect(Linter(LintOptions()).run([path]).findings.count == 1)
        let report = Report(result, toolVersion: "1", base: BasePath("/", workingFolder: "/"))
        let bytes = Base64.encode(path.bytes)
        for format in [ReportFormat.json, .jsonl] {
            let json = ByteSink.text { report.write(format, to: &$0) }
            #expect(json.contains("\"file_base64\":\(format == .json ? " " : "")\"\(bytes)\""), "\(json)")
        }
    }

    @Test func `a folder that cannot be read is a failure`() throws {
        let tree = try TemporaryTree()
        // So deep that the whole path is longer than the system takes.
        let name = String(repeating: "d", count: 250)
        var folder = open(tree.root, O_RDONLY | O_DIRECTORY)
        for _ in 0..<17 {
            mkdirat(folder, name, 0o700)
            let inner = openat(folder, name, O_RDONLY | O_DIRECTORY)
            close(folder)
            folder = inner
        }
        close(folder)
        let result = Linter(LintOptions()).run([tree.root])
        #expect(result.summary.hasFailures)
        #expect(result.summary.problems.map(\.message) == ["cannot be read: File name too long"])
    }

    /// Patterns of all kinds, and paths of all shapes, judged by git itself.
    @Test func `random gitignore files leave out what git leaves out`() throws {
        var numbers = SeededNumbers(77)
        let tree = try TemporaryTree()
        guard tree.git("init", "-q") != nil else { return }
        let names = ["a", "b", "ab", "a.log", "b.log", "c d", "x1", "x2", "[x]", "#a", "!b", "é"]
        var paths: Set<String> = []
        for _ in 0..<60 {
            let depth = Int.random(in: 1...4, using: &numbers)
            paths.insert((0..<depth).map { _ in names.randomElement(using: &numbers) ?? "a" }.joined(separator: "/"))
        }
        for path in paths.sorted() where !paths.contains(where: { $0.hasPrefix("\(path)/") }) { try? tree.write(path) }
        let pieces = [
            "a", "b", "*", "?", "**", "a*", "*.log", "[ab]", "[!a]", "[a-x]?", "x[[:digit:]]", "\\#a", "\\!b", "c\\ d",
            "c d",
            "a**b", "[x", "\\[x\\]", "é", "a\\",
        ]
        for round in 0..<25 {
            var written: [String: [String]] = [:]
            for folder in ["", "a/", "a/b/"] {
                guard InputFinder.isFolder(FilePath("\(tree.root)/\(folder)")) else { continue }
                let lines = (0..<4).map { _ in
                    let parts = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
                        pieces.randomElement(using: &numbers) ?? "a"
                    }
                    let head = ["", "", "!", "/"].randomElement(using: &numbers) ?? ""
                    let tail = ["", "", "/", "  "].randomElement(using: &numbers) ?? ""
                    return head + parts.joined(separator: "/") + tail
                }
                written[folder] = lines
                try tree.write("\(folder).gitignore", lines.joined(separator: "\n"))
            }
            let output = try #require(
                tree.git("-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard"))
            let expected = output.split(separator: "\0").map(String.init).sorted()
            let difference = Set(tree.found()).symmetricDifference(expected)
            #expect(difference.isEmpty, "round \(round), seed \(SeededNumbers.seed), \(written)")
            for folder in ["a/", "a/b/"] {
                try? FileManager.default.removeItem(atPath: "\(tree.root)/\(folder).gitignore")
            }
        }
    }

    @Test func `a pattern that matches in many ways takes no time`() {
        let stars = String(repeating: "*a", count: 2_000)
        let file = IgnoreFile(Array("\(stars)b\n\(String(repeating: "**/a/", count: 1_000))b\n".utf8))
        let name = [UInt8](repeating: 97, count: 4_000)
        #expect(file.ignores([name], isFolder: false) == nil)
        #expect(file.ignores(Array(repeating: [97], count: 1_000)[...], isFolder: false) == nil)
    }
}
