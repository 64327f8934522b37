import CommandCatalog
import Presentation

extension LintRun {
    /// A longer shell script is none.
    private static let maximumShellBytes = 4 << 20

    /// The text with LF where CR alone ends its lines.
    private static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
        guard !text.contains(10), text.contains(13) else { return text }
        return text.map { $0 == 13 ? 10 : $0 }
    }

    mutating func readShell(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        stream.fill(upTo: Self.maximumShellBytes + 1)
        guard stream.window.count <= Self.maximumShellBytes else {
            report.add("a shell script of more than \(Wording.bytes(Self.maximumShellBytes))")
            return stream.consume(stream.window.count)
        }
        let text = Self.withLineFeeds(Array(stream.window))
        stream.consume(text.count)
        report.summary.ignoreComments = IgnoreComment.read(text)
        judge.manner.isGathered = false
        judge.manner.library = "redis-cli"
        var shell = ShellJudge(text: text, script: ScriptJudge(options: options, table: table))
        let script = ShellScript.read(text)
        shell.judge(script.commands, &judge)
        shell.finish(&judge)
        if let unread = script.unread, RedisClientCall.programs.contains(where: { text[unread...].contains($0.utf8) }) {
            report.add(
                "a quote is not closed, or substitutions are too deep in each other: what follows was not read",
                line: shell.place(unread).line, byteOffset: unread)
        }
        if let unread = shell.unread {
            report.add(
                "commands are too deep in each other: what they run was not read", line: shell.place(unread).line,
                byteOffset: unread)
        }
        result.summary.undecided += shell.undecided.map { name in
            Summary.Undecided(location: name.place.location(stream.path), text: name.text, confidence: .high)
        }
        report.summary.coverage.append("variables and the output of commands are not known in a shell script")
    }
}
