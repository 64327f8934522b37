import TestSupport
import Testing

/// Arguments that a terminal would obey, through the built program.
@Suite("What a terminal would obey") struct HostileTextTests {
    private static let hostile = "\u{1B}]0;t\u{7}\u{9B}31m\u{7F}\u{202E}\u{2028}\u{200B}\n::error::x"

    @Test(arguments: [
        ["explain", "FO§"], ["explain", "--json", "FO§"], ["explain", "SET", "k§", "v", "NX", "KEEPTTL"],
        ["explain", "KEYS", "§"], ["commands", "§"], ["rules", "--§"], ["help", "§"], ["§"], ["--§"],
        ["start", "--port", "§"], ["start", "--port=§"], ["start", "--pid-file", "/none§/x", "--port", "0"],
        ["exec", "--", "./§"], ["exec", "--allow", "§", "--", "true"], ["lint", "/none§"], ["sizes", "/none§"],
        ["lint", "--output", "json", "/none§"], ["lint", "--output", "github", "/none§"], ["import", "/none§"],
        ["status", "--admin-socket", "/none§"], ["repl", "unix:///none§", "--", "PING"],
        ["lint", "--config", "/none§"],
        ["lint", "--output", "§=x"], ["fault", "add", "§"], ["export", "--rdb", "/none§/x"],
    ])
    func `in an argument is never written as it is`(_ arguments: [String]) async throws {
        let run = try await Program(arguments.map { $0.replacing("§", with: Self.hostile) }).ending()
        for text in [run.output, run.errors] {
            let unsafe = text.unicodeScalars.filter {
                $0 != "\n" && ($0.value < 32 || Self.hostile.unicodeScalars.contains($0))
            }
            .filter { $0.value < 32 || $0.value > 126 }
            #expect(unsafe.isEmpty, "\(unsafe.map { String($0.value, radix: 16) }) in \(run)")
            let commands = text.split(separator: "\n").filter { $0.hasPrefix("::") && !$0.hasPrefix("::error file=") }
            #expect(commands.isEmpty, "\(commands)")
        }
        #expect(!(run.output + run.errors).isEmpty)
    }

    @Test func `in a script and in the replies to it is shown by its number`() throws {
        let line = "ECHO \"\\x1b]0;t\\x07\"\nHELP @\u{1B}]0;t\u{7}\nGE\u{1B}[31mT\u{9B}\nEVAL \"x\u{1B}\" 0\n"
        for mode in ["tty", "csv", "json"] {
            let run = try Peer.run(
                Program.path, ["repl", "--embedded", "--keep-going", "--mode", mode], input: Array(line.utf8))
            let text = run.output + run.errors
            #expect(
                !text.unicodeScalars.contains { ($0.value < 32 && $0 != "\n") || $0 == "\u{9B}" }, "\(mode): \(run)")
        }
        // What is read by a program is what the server has.
        let raw = try Peer.run(Program.path, ["repl", "--embedded"], input: Array("ECHO \"\\x1b]0;t\\x07\"\n".utf8))
        #expect(raw.bytes == Array("\u{1B}]0;t\u{7}\n".utf8))
    }
}
