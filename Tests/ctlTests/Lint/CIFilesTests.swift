import Foundation
import TestSupport
import Testing

@Suite("The files for CI") struct CIFilesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: Self.root.appending(path: name)), as: UTF8.self)
    }

    /// Runs one of the scripts with a folder in the PATH that has `clusterctl` in it.
    private func run(
        _ script: String, _ variables: [String: String], in folder: Folder
    ) throws -> (status: Int, output: String) {
        symlink(Program.path, folder.path("clusterctl"))
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ["LD_LIBRARY_PATH": $0] } ?? [:]
        let environment = variables.merging(["PATH": "\(folder.path):\(path)"]) { $1 }.merging(libraries) { $1 }
        let files = Folder()
        let status = try ChildProcess.run(
            "/bin/bash", [Self.root.appending(path: "ci/\(script)").path(percentEncoded: false)], environment,
            files: ("/dev/null", files.path("stdout"), files.path("stderr")), workingFolder: folder.path)
        return (Int(status), files.read("stdout"))
    }

    @Test func `the GitHub script annotates, summarises, writes SARIF and ends as the linter does`() throws {
        let folder = Folder()
        folder.write("a b.redis", "KEYS *\n")
        folder.write("c.redis", "GET a\n")
        let found = try run(
            "github.sh",
            [
                "PATHS": "a b.redis\nc.redis\n", "SARIF": "out.sarif", "FAIL_ON": "error", "ARGUMENTS": "--isolated",
                "GITHUB_OUTPUT": folder.path("output"), "GITHUB_STEP_SUMMARY": folder.path("summary"),
            ], in: folder)
        #expect(found.status == 1)
        #expect(found.output.hasPrefix("::error file=a b.redis,line=1"), "\(found.output)")
        #expect(folder.read("output") == "status=1\n")
        #expect(folder.read("summary").contains("| CTL001 refused-command |"))
        #expect(try JSONText(folder.read("out.sarif"))["version"].text == "2.1.0")
        let fine = try run("github.sh", ["PATHS": "c.redis"], in: folder)
        #expect(fine.status == 0, "\(fine.output)")
    }

    @Test func `the install script takes the program that is in the PATH`() throws {
        let ending = try run("install.sh", [:], in: Folder())
        #expect(ending.status == 0)
        #expect(ending.output.contains("is in the PATH"))
    }

    @Test func `the action hands the script just the variables that it reads`() throws {
        let action = try text("action.yml")
        let script = try text("ci/github.sh")
        let given = Set(action.matches(of: /(?m)^ {8}([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$/).map { String($0.1) })
        let read = Set(script.matches(of: /\$\{([A-Z_]+):-/).map { String($0.1) }).subtracting(["GITHUB_OUTPUT"])
        #expect(given == read)
        let inputs = Set(action.matches(of: #/inputs\.([a-z-]+) /#).map { String($0.1) })
        for input in inputs { #expect(action.contains("\n  \(input):\n"), "\(input) is no input") }
        for name in ["ci/install.sh", "ci/github.sh"] {
            #expect(action.contains("$GITHUB_ACTION_PATH/\(name)"))
            #expect(access(Self.root.appending(path: name).path(percentEncoded: false), X_OK) == 0)
        }
    }

    @Test func `the commands of the GitLab template and the hooks have options that there are`() async throws {
        let help = try await Program.run("lint", "--help").output
        let files = try [text("ci/gitlab.yml"), text(".pre-commit-hooks.yaml")].joined()
        let options = Set(files.matches(of: /--[a-z-]+[a-z]/).map { String($0.0) })
        #expect(options == ["--output", "--fail-on"])
        for option in options { #expect(help.contains(option)) }
        for format in files.matches(of: /--output ([a-z]+)/) { #expect(help.contains(String(format.1))) }
    }
}
