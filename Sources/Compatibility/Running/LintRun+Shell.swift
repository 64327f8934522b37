import CommandCatalog
import Presentation

extension LintRun {
    /// A longer shell script is none.
    private static let maximumShellBytes = 16 << 20

    mutating func readShell(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        while !stream.isLast, stream.window.count <= Self.maximumShellBytes { stream.fill() }
        guard stream.window.count <= Self.maximumShellBytes else {
            report.add(
                "a shell script of more than \(Self.maximumShellBytes) bytes", byteOffset: Self.maximumShellBytes)
            return
        }
        let text = Array(stream.window)
        stream.consume(text.count)
        judge.manner.isGathered = false
        judge.manner.library = "redis-cli"
        var shell = ShellJudge(text: text, script: ScriptJudge(options: options, table: table))
        for command in ShellScript.commands(of: text) { shell.judge(command, &judge) }
        shell.finish(&judge)
        result.summary.undecided += shell.undecided.map { place, text in
            Summary.Undecided(location: place.location(stream.path), text: text, confidence: .high)
        }
        report.summary.coverage.append("variables and the output of commands are not known in a shell script")
    }
}

/// Judges what a shell script has redis-cli send.
struct ShellJudge {
    private let text: [UInt8]
    private var script: ScriptJudge
    private var variables: [String: [ShellScript.Word]] = [:]
    private var previous = ShellScript.SimpleCommand()
    /// Whether the command is one of a script in a script, which is followed no deeper.
    private var isNested = false
    /// Calls whose command is in a variable.
    private(set) var undecided: [(place: Place, text: String)] = []
    /// The findings that have no line yet, with the places of their commands.
    private var unshown: [(indexes: Range<Int>, offset: Int, column: Int)] = []
    /// The places of words that are secrets.
    private var secrets: [Range<Int>] = []
    /// The beginnings of the lines.
    private let lines: [Int]

    private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "zsh", "ksh"]
    /// What writes its words instead of running them.
    private static let writers: Set<String> = ["echo", "printf"]

    /// - Parameter variables: variables that hold a call, known from elsewhere.
    init(text: [UInt8], script: ScriptJudge, variables: [String: [ShellScript.Word]] = [:]) {
        self.text = text
        self.script = script
        self.variables = variables
        lines = [0] + text.indices.filter { text[$0] == 10 }.map { $0 + 1 }
    }

    mutating func judge(_ command: ShellScript.SimpleCommand, _ judge: inout Judge) {
        defer { previous = command }
        noteAssignments(command)
        judgeNested(command, &judge)
        guard let program = RedisClientCall.programIndex(command.words, variables) else { return }
        let isFed = !command.documents.isEmpty || command.readsPipe
        let prefix = command.words[program].variable.flatMap { variables[$0] } ?? []
        let isArgumentsFed = program > 0 && command.words[..<program].contains { RedisClientCall.name($0) == "xargs" }
        let call = RedisClientCall((prefix + command.words[(program + 1)...])[...], inputFollows: isFed)
        noteSecrets(call.secrets)
        for var sent in call.sent {
            sent.isOpen = sent.isOpen || isArgumentsFed
            self.judge(sent, command.words[program].offset, &judge)
        }
        guard call.readsInput else { return }
        for document in command.documents { judgeLines(document.text, document.offset, call.repetitions, &judge) }
        guard command.documents.isEmpty else { return }
        if previous.words.first.map({ RedisClientCall.name($0) }) == "cat" {
            // `cat <<EOF | redis-cli`
            for document in previous.documents { judgeLines(document.text, document.offset, call.repetitions, &judge) }
        }
        judgeEcho(call.repetitions, &judge)
    }

    /// `REDIS="redis-cli -h x"` makes `$REDIS` a call.
    private mutating func noteAssignments(_ command: ShellScript.SimpleCommand) {
        for word in command.words where RedisClientCall.isAssignment(word) {
            // Read out of the script: the word has lost its unknown parts, which may be the values of options.
            let written = text[min(word.offset, word.end)..<word.end]
            guard let sign = written.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: written[..<sign], as: UTF8.self)
            let inner = ShellScript.commands(of: Self.unquoted(written[(sign + 1)...])).first?.words ?? []
            guard let first = inner.first, RedisClientCall.programs.contains(RedisClientCall.name(first)) else {
                continue
            }
            variables[name] = inner.dropFirst().map { word in
                var moved = word
                moved.offset = 0
                return moved
            }
        }
    }

    /// `sh -c "redis-cli …"` runs what its word says.
    private mutating func judgeNested(_ command: ShellScript.SimpleCommand, _ judge: inout Judge) {
        let words = command.words
        guard !isNested, let shell = words.firstIndex(where: { Self.shells.contains(RedisClientCall.name($0)) }),
            shell + 2 < words.count, !Self.writers.contains(RedisClientCall.name(words[0])),
            words[shell + 1].text.hasPrefix("-"), words[shell + 1].text.hasSuffix("c")
        else { return }
        let word = words[shell + 2]
        let written = text[word.offset..<word.end]
        let inner = Self.unquoted(written)
        let start = word.offset + (written.count - inner.count) / 2
        isNested = true
        defer { isNested = false }
        let outer = previous
        for nested in ShellScript.commands(of: inner) { self.judge(nested.moved(by: start), &judge) }
        previous = outer
    }

    /// What stands between quotes.
    private static func unquoted(_ written: ArraySlice<UInt8>) -> [UInt8] {
        guard let quote = written.first, written.count > 1, written.last == quote,
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { return Array(written) }
        return Array(written.dropFirst().dropLast())
    }

    private mutating func judge(_ sent: RedisClientCall.Sent, _ fallback: Int, _ judge: inout Judge) {
        guard let first = sent.words.first, !first.isUnknown else {
            noteUndecided(sent)
            return
        }
        let offset = first.offset > 0 ? first.offset : fallback
        var place = self.place(offset)
        place.repetitions = sent.repetitions
        let shown = max(1, Scalars.count(first.bytes))
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + shown }
        noteSecrets(sent.words[(Catalog.firstSecret(of: sent.bytes) ?? sent.words.count)...])
        judge.manner.judgesArity = !sent.isOpen
        let known = judge.store.findings.count
        WordsRequest(sent.bytes).withRequest { request in
            _ = judge.judge(request, place, bytes: request.wireBytes)
        }
        judge.manner.judgesArity = true
        guard judge.store.findings.count > known else { return }
        unshown.append((known..<judge.store.findings.count, offset, place.columns?.lowerBound ?? 1))
    }

    /// Gives the findings their lines, once the secrets of all commands are known: several may be on one line.
    mutating func finish(_ judge: inout Judge) {
        for (indexes, offset, column) in unshown {
            let excerpt = text.withUnsafeBytes {
                Excerpts.window(around: offset, column: column, in: $0, hiding: secrets)
            }
            judge.store.amend(indexes) { $0.excerpt = excerpt }
        }
        unshown = []
    }

    private mutating func noteSecrets(_ words: some Sequence<ShellScript.Word>) {
        secrets += words.map { $0.offset..<max($0.offset, $0.end) }
    }

    private mutating func noteUndecided(_ sent: RedisClientCall.Sent) {
        guard let first = sent.words.first, first.offset < first.end, first.end <= text.count else { return }
        var place = place(first.offset)
        // The word alone: what follows may be a password.
        let written = text[first.offset..<first.end]
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + max(1, Scalars.count(written)) }
        undecided.append((place, Secrets.masked(String(decoding: written.prefix(200), as: UTF8.self))))
    }

    /// Lines that redis-cli reads from a here-document.
    private mutating func judgeLines(_ document: [UInt8], _ offset: Int, _ repetitions: Int, _ judge: inout Judge) {
        // What `--pipe` gets may be RESP.
        guard document.first != UInt8(ascii: "*") else { return }
        var start = 0
        for line in document.split(separator: 10, omittingEmptySubsequences: false) {
            let text = Array(line.last == 13 ? line.dropLast() : line)
            if let command = try? CommandLine(text), !text.contains(UInt8(ascii: "$")) || isKnown(command) {
                let place = place(offset + start)
                script.judge(
                    command, text, place.line, offset + start, column: (place.columns?.lowerBound ?? 1) - 1, &judge)
            }
            start += line.count + 1
        }
    }

    /// A line with variables is judged where its first word is none.
    private func isKnown(_ command: CommandLine) -> Bool {
        !(command.words.first?.contains(UInt8(ascii: "$")) ?? true)
    }

    /// Judges what the command before writes into a pipe, as in `echo "KEYS *" | redis-cli`.
    private mutating func judgeEcho(_ repetitions: Int, _ judge: inout Judge) {
        guard let first = previous.words.first, Self.writers.contains(RedisClientCall.name(first)) else { return }
        var words = previous.words.dropFirst()
        while let option = words.first, option.bytes.first == UInt8(ascii: "-") { words = words.dropFirst() }
        guard let place = words.first, !place.isUnknown else { return }
        let isFormat = RedisClientCall.name(first) == "printf" || previous.words.count > words.count + 1
        let joined = words.map(\.text).joined(separator: " ")
        let lines = isFormat ? joined.replacing("\\n", with: "\n").replacing("\\r", with: "") : joined
        guard !lines.hasPrefix("*") else { return }
        for line in lines.split(separator: "\n") {
            guard let command = try? CommandLine(Array(line.utf8)) else { continue }
            let at = self.place(place.offset)
            script.judge(
                command, Array(line.utf8), at.line, place.offset, column: (at.columns?.lowerBound ?? 1) - 1, &judge)
        }
    }

    private func place(_ offset: Int) -> Place {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        var place = Place()
        place.line = low + 1
        place.byteOffset = offset
        let column = Scalars.count(text[lines[low]..<max(lines[low], min(offset, text.count))]) + 1
        place.columns = column..<column + 1
        return place
    }
}
