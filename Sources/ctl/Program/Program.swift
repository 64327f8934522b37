import ArgumentParser
import ClusterCore
import CommandCatalog
import Compatibility
import Glibc

/// The program's one way in and its few ways out: every error becomes one line on stderr and a status of the table in
/// ``ExitStatus``.
@main
enum Program {
    static func main() {
        FileDescriptor.openStandardStreams()
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        ProgramArguments.hideSecrets()
        if arguments.count == 2, arguments[0] == "help", let topic = HelpTopic(rawValue: arguments[1]) {
            StandardOutput.writeLine(topic.text)
            return
        }
        if let line = unknownTopic(arguments) {
            complain("clusterctl: \(line)")
            exit(ExitStatus.usage.rawValue)
        }
        do {
            var command = try parse(arguments)
            try command.run()
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch let interrupted as Interrupted {
            complain("\(name(arguments)): \(interrupted.message)")
            exit(interrupted.status)
        } catch let failure as Failure {
            complain("\(name(arguments)): \(failure.message)")
            exit(failure.status.rawValue)
        } catch {
            end(error, arguments)
        }
    }

    /// The command that the arguments ask for.
    ///
    /// The parser looks at the options of all subcommands before it reads a word, which a start can do without: a
    /// subcommand that is named is asked first. Whatever it does not take, and help, whose lines name the whole program, is
    /// that program's.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        let named = Clusterctl.configuration.subcommands.first { $0._commandName == arguments.first }
        if let named, let command = try? parse(Array(arguments.dropFirst()), by: named),
            type(of: command)._commandName != "help"
        {
            return command
        }
        return try Clusterctl.parseAsRoot(joiningNegativeNumbers(in: arguments))
    }

    private static func parse(
        _ arguments: [String], by subcommand: any ParsableCommand.Type
    ) throws -> any ParsableCommand {
        guard subcommand is any TakesManyWords.Type else { return try subcommand.parseAsRoot(arguments) }
        let folded = FoldedArguments(arguments)
        let command = try subcommand.parseAsRoot(folded.arguments)
        return ((command as? any TakesManyWords)?.unfolded(folded) as? any ParsableCommand) ?? command
    }

    /// The arguments with each negative number joined to the option before it, as in `--seed=-1`.
    ///
    /// The parser takes a number with a minus for an option and says that the value is missing; as one word it says what
    /// the value may be.
    static func joiningNegativeNumbers(in arguments: [String]) -> [String] {
        let options = arguments.prefix { $0 != "--" }
        let joined = options.reduce(into: [String]()) { words, word in
            let isNegative = word.first == "-" && word.dropFirst().first?.isNumber == true
            if isNegative, let option = words.last, option.hasPrefix("--"), !option.contains("=") {
                words[words.count - 1] = "\(option)=\(word)"
            } else {
                words.append(word)
            }
        }
        return joined + arguments.dropFirst(options.count)
    }

    /// Ends for an error of the parser: help and version are no errors, everything else is a wrong use.
    private static func end(_ error: any Error, _ arguments: [String]) -> Never {
        guard Clusterctl.exitCode(for: error) != .success else {
            StandardOutput.write(Help.withExamples(Clusterctl.fullMessage(for: error), arguments) + "\n")
            exit(ExitStatus.fine.rawValue)
        }
        let name = name(arguments)
        complain(
            "\(name): \(unknownSubcommand(arguments) ?? complete(Clusterctl.message(for: error), name))")
        exit(ExitStatus.usage.rawValue)
    }

    /// Says why the program ends; the parser and others repeat arguments, which may be secrets.
    private static func complain(_ message: String) {
        StandardError.writeLine(ProgramArguments.secrets.masked(message))
    }

    /// The line for a subcommand that there is not; nil where that is not what is wrong.
    private static func unknownSubcommand(_ arguments: [String]) -> String? {
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help", Help.subcommand(in: arguments) == nil
        else { return nil }
        let names = Clusterctl.configuration.subcommands.map { $0._commandName }
        return "there is no subcommand '\(word)': \(Suggestion.advice(for: word, among: names))"
    }

    /// The line for a help on what there is not, which the parser answers with that of the whole program; nil where that is
    /// not what is wrong.
    private static func unknownTopic(_ arguments: [String]) -> String? {
        guard arguments.count > 1, arguments[0] == "help", !arguments[1].hasPrefix("-"), arguments[1] != "help",
            Help.subcommand(in: arguments) == nil
        else { return nil }
        let names = Clusterctl.configuration.subcommands.map { $0._commandName } + HelpTopic.allCases.map(\.rawValue)
        return "there is no help on '\(arguments[1])': \(Suggestion.advice(for: arguments[1], among: names))"
    }

    /// A message of the parser as one line that ends with what to do.
    private static func complete(_ message: String, _ name: String) -> String {
        let line = withoutFarSuggestion(oneLine(message))
        let end = line.hasSuffix("?") ? " " : ": "
        return (line.hasSuffix(".") ? String(line.dropLast()) : line) + end + "see `\(name) --help`"
    }

    /// A line of the parser without an option that it suggests though that is far from what was typed: more than a slip of
    /// the pen, and not the same with a word in front, as `--no-raw` of `--raw`.
    private static func withoutFarSuggestion(_ line: String) -> String {
        guard let match = line.wholeMatch(of: /(.*option '-*([^']*)')\. Did you mean '-*([^']*)'\?/),
            !Catalog.isNear(String(match.2), to: String(match.3)), !match.3.hasSuffix(match.2)
        else { return line }
        return String(match.1)
    }

    /// The program's name with the subcommand's that the arguments ask for.
    private static func name(_ arguments: [String]) -> String {
        Help.subcommand(in: arguments).map { "clusterctl \($0._commandName)" } ?? "clusterctl"
    }

    /// A message of the parser without line breaks, its first letter small as it stands behind a colon.
    private static func oneLine(_ message: String) -> String {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard let first = line.first, line.dropFirst().first?.isLowercase == true else { return line }
        return first.lowercased() + line.dropFirst()
    }
}
