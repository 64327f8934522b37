import Testing

@testable import clusterctl

@Suite("Help topics and suggestions") struct HelpTopicsTests {
    @Test func `help begins with what the command is for and ends with examples`() async throws {
        let names = try await CommandTree.read().subcommands.map { [$0.commandName] }
        for arguments in [[]] + names {
            let run = try await Program(arguments + ["--help"]).ending()
            #expect(run.status == 0 && run.errors.isEmpty)
            #expect(run.output.hasPrefix("OVERVIEW: "), "\(run)")
            #expect(run.output.contains("\nUSAGE: " + (["clusterctl"] + arguments).joined(separator: " ")), "\(run)")
            #expect(run.output.contains("--version"))
            let examples = try #require(run.output.split(separator: "\n\nEXAMPLES:\n").last)
            let isExamples = examples.split(separator: "\n").allSatisfy {
                $0.hasPrefix("  ") && $0.contains("clusterctl")
            }
            #expect(isExamples, "\(arguments): \(run)")
        }
    }

    @Test(arguments: [
        (["replx"], "did you mean 'repl'?"), (["ststus"], "did you mean 'status'?"),
        (["lint", "--jsn", "."], "Did you mean '--json'?"), (["zzz"], "choose one of start, "),
        (["help", "replx"], "did you mean 'repl'?"), (["help", "format"], "did you mean 'formats'?"),
    ])
    func `a mistyped subcommand or option gets a suggestion`(arguments: [String], words: String) async throws {
        let run = try await Program(arguments).ending()
        #expect(run.status == 2)
        #expect(run.errorLines.count == 1 && run.errors.contains(words), "\(run)")
    }

    @Test(arguments: HelpTopic.allCases)
    func `a topic of help is written`(topic: HelpTopic) async throws {
        let run = try await Program.run("help", topic.rawValue)
        #expect(run.status == 0 && run.output == topic.text + "\n" && run.errors.isEmpty)
        let help = try await Program.run("--help")
        let words = help.output.split { $0 == " " || $0 == "\n" || $0 == "`" || $0 == "," || $0 == "." }
        #expect(words.contains(Substring(topic.rawValue)), "\(help.output)")
    }

    @Test func `every variable of the environment that a man page names is in the topic`() async throws {
        let topic = HelpTopic.environment.text
        for command in try await CommandTree.read().subcommands {
            let page = try CommandTree.text("man/clusterctl-\(command.commandName).1")
            for name in page.matches(of: /\n\.It Ev ([A-Z_]+)/).map({ String($0.1) }) where name != "PATH" {
                #expect(topic.contains(name), "\(name) of \(command.commandName)")
            }
        }
    }
}
