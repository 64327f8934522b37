import Foundation
import TestSupport
import Testing

/// `completions/`: as the parser writes them, valid, and of use in each shell.
@Suite("The shells' completions") struct CompletionsTests {
    private static let files = [
        ("bash", "completions/clusterctl.bash"), ("zsh", "completions/_clusterctl"),
        ("fish", "completions/clusterctl.fish"),
    ]

    @Test(arguments: files)
    func `the committed file is the one that the program writes`(shell: String, file: String) async throws {
        let run = try await Program.run("--generate-completion-script", shell)
        #expect(try CommandTree.text(file) == run.output, "\(file) is out of date: run `make completions`")
    }

    @Test(arguments: files)
    func `the shell can read it`(shell: String, file: String) throws {
        guard Machine.has(shell) else {
            print("skipped: \(shell) is not installed")
            return
        }
        let run = try Peer.run("/usr/bin/env", [shell, "-n", CommandTree.path(file)])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }

    /// What a shell offers for a line, a word each.
    private func offered(_ shell: String, _ line: String) throws -> Set<String> {
        let folder = Folder()
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let run: Peer.Ending
        switch shell {
        case "bash":
            let script = """
                source \(CommandTree.path("completions/clusterctl.bash"))
                COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
                COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
                _clusterctl clusterctl '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            run = try Peer.run("/usr/bin/env", ["bash", "--norc", "-c", script])
        case "fish":
            let script = "source \(CommandTree.path("completions/clusterctl.fish")); complete -C '\(line)'"
            run = try Peer.run(
                "/usr/bin/env", ["fish", "--no-config", "-c", script], environment: ["HOME": folder.path])
        default:
            run = try Peer.run(
                "/usr/bin/python3", [CommandTree.path("Tests/ctlTests/Documentation/zsh-complete.py"), line])
        }
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        // zsh lists several in a row.
        let lines = run.output.split { $0 == "\n" || (shell == "zsh" && $0 == " ") }
        return Set(lines.map { $0.prefix { $0 != "\t" && $0 != " " }.replacing("\\", with: "") }.map { String($0) })
    }

    @Test(arguments: ["bash", "fish", "zsh"])
    func `Tab offers subcommands, options and values`(shell: String) async throws {
        guard Machine.has(shell), shell != "zsh" || Machine.has("/usr/bin/python3") else {
            print("skipped: \(shell) is not installed")
            return
        }
        let names = Set(try await CommandTree.read().subcommands.map(\.commandName))
        let subcommands = try offered(shell, "clusterctl ")
        #expect(subcommands.isSuperset(of: names), "\(shell): \(subcommands.sorted())")
        let options = try offered(shell, "clusterctl repl --")
        #expect(options.isSuperset(of: ["--embedded", "--file", "--check"]), "\(shell): \(options.sorted())")
        let values = try offered(shell, "clusterctl repl --check ")
        #expect(values.isSuperset(of: ["off", "warn", "block"]), "\(shell): \(values.sorted())")
    }
}
